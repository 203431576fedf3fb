#include "cwtsim/study/summary.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <future>

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

/// The loads; beside them, on a thread of its own where two are allowed, the rest.
template <class Rest>
std::vector<Load> loads_beside(Arm const& arm, int threads, Rest const& rest) {
  auto const how = threads > 1 ? std::launch::async : std::launch::deferred;
  auto loads = std::async(how, [&arm] { return loads_of(arm.model, walkers, seed_of(arm)); });
  rest();
  return loads.get();
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
  engine::Walk walk;
  std::vector<experiment::Ceiling> ceilings;
  auto const loads = loads_beside(arm, threads, [&] {
    walk = engine::walk(arm.model, walkers, seed_of(arm));
    ceilings = ceilings_of(arm.model, seed_of(arm), stop);
  });
  return founded(count_evidence(arm.scenario), leanings_of(arm, walk, loads), std::move(ceilings));
}

experiment::Foundations foundations_of(Summary const& summary) {
  return founded(summary.evidence, summary.leanings, summary.ceilings);
}

Summary summarise(Arm const& arm, int threads) {
  auto const& model = arm.model;
  auto const day = [&model](Tick t) { return model.first_day + static_cast<std::int32_t>(t / model.ticks_per_day); };
  Summary summary;
  engine::Walk walk;
  summary.loads = loads_beside(arm, threads, [&] {
    walk = engine::walk(model, walkers, seed_of(arm));
    summary.ceilings = ceilings_of(model, seed_of(arm));
  });
  summary.first_measured = day(model.measure_from);
  summary.last_measured = day(model.end - 1);
  summary.pathways = scenario::summarise_pathways(arm.scenario);
  for (std::size_t i = 0; i < model.standards.size(); ++i)
    summary.times.push_back({model.names.standards[i], walk.median_days[i], model.standards[i].limit});
  summary.people = people_loads_of(arm);
  summary.evidence = count_evidence(arm.scenario);
  summary.leanings = leanings_of(arm, walk, summary.loads);
  return summary;
}

}  // namespace cwtsim::study
