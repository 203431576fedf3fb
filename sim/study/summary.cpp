#include "cwtsim/study/summary.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <future>
#include <utility>

#include "cwtsim/scenario/people_wanted.hpp"

namespace cwtsim::study {
namespace {

// with 20,000 what is asked of a list of a rare kind is off by several points
constexpr std::uint32_t walkers = 400'000;

}  // namespace

std::vector<PeopleLoad> people_loads_of(Arm const& arm) {
  std::vector<PeopleLoad> loads;
  auto const& model = arm.model;
  for (auto const& wanted : scenario::people_wanted(arm.scenario)) {
    auto const name = std::ranges::find(model.names.staff, wanted.provider + "/" + wanted.role);
    auto const& staff = model.eras.front().staff[static_cast<std::size_t>(name - model.names.staff.begin())];
    PeopleLoad load;
    load.provider = wanted.provider;
    load.role = wanted.role;
    load.wanted = wanted.a_week;
    load.at_work = staff.people * staff.present;
    load.there = load.at_work * staff.sessions_per_day * std::popcount(staff.days.weekdays);
    load.share = load.wanted <= 0 ? 0 : load.there <= 0 ? HUGE_VAL : load.wanted / load.there;
    load.at_once = wanted.at_once;
    load.when = std::string(word_of(wanted.on)) + " " + format_time_of_day(wanted.at);
    loads.push_back(std::move(load));
  }
  std::ranges::stable_sort(loads, [](PeopleLoad const& a, PeopleLoad const& b) { return a.share > b.share; });
  return loads;
}

namespace {

std::uint64_t seed_of(Arm const& arm) {
  return static_cast<std::uint64_t>(arm.scenario.experiment.seed);
}

/// What takes seconds.
struct WorkedOut {
  engine::Walk walk;
  std::vector<Load> loads;
  std::vector<experiment::Ceiling> ceilings;
};

/// The loads, where two threads are allowed and can be had, beside the rest.
WorkedOut work_out(Arm const& arm, int threads, std::atomic<bool> const* stop = nullptr) {
  auto const how = threads > 1 ? std::launch::async | std::launch::deferred : std::launch::deferred;
  auto const seed = seed_of(arm);
  auto loads = std::async(how, [&arm, seed] { return loads_of(arm.model, walkers, seed); });
  auto walk = engine::walk(arm.model, walkers, seed);
  auto ceilings = ceilings_of(arm.model, seed, stop);
  return {std::move(walk), loads.get(), std::move(ceilings)};
}

experiment::Foundations founded(EvidenceCounts const& counts, std::vector<Leaning> leanings,
                                std::vector<experiment::Ceiling> ceilings) {
  using scenario::Mark;
  experiment::Foundations f;
  for (auto const& [words, mark] : {std::pair("observed", Mark::observed), std::pair("cited", Mark::cited),
                                    std::pair("from a strategy", Mark::strategy), std::pair("derived", Mark::derived),
                                    std::pair("assumed", Mark::assumed), std::pair("unmarked", Mark::none)})
    f.evidence.emplace_back(words, counts.of(mark));
  f.leanings = std::move(leanings);
  f.ceilings = std::move(ceilings);
  return f;
}

}  // namespace

experiment::Foundations foundations_of(Arm const& arm, int threads, std::atomic<bool> const* stop) {
  auto out = work_out(arm, threads, stop);
  return founded(count_evidence(arm.scenario), leanings_of(arm, out.walk, out.loads), std::move(out.ceilings));
}

experiment::Foundations foundations_of(Summary const& summary) {
  return founded(summary.evidence, summary.leanings, summary.ceilings);
}

Summary summarise(Arm const& arm, int threads) {
  auto const& model = arm.model;
  auto const day = [&model](Tick t) { return model.first_day + static_cast<std::int32_t>(t / model.ticks_per_day); };
  auto out = work_out(arm, threads);
  Summary summary;
  summary.first_measured = day(model.measure_from);
  summary.last_measured = day(model.end - 1);
  summary.pathways = scenario::summarise_pathways(arm.scenario);
  for (std::size_t i = 0; i < model.standards.size(); ++i)
    summary.times.push_back({model.names.standards[i], out.walk.median_days[i], model.standards[i].limit});
  summary.people = people_loads_of(arm);
  summary.evidence = count_evidence(arm.scenario);
  summary.leanings = leanings_of(arm, out.walk, out.loads);
  summary.loads = std::move(out.loads);
  summary.ceilings = std::move(out.ceilings);
  return summary;
}

}  // namespace cwtsim::study
