// Measures one thing and says it as one line of JSON, for table.py. Each figure that is a ratio is taken in turns.

#include <fmt/format.h>

#include <cstdio>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "by_hand_models.hpp"
#include "cwtsim/engine/replication.hpp"
#include "cwtsim/experiment/experiment.hpp"
#include "cwtsim/io/read.hpp"
#include "cwtsim/model/compile.hpp"
#include "cwtsim/scenario/validate.hpp"
#include "workload.hpp"

namespace {

using namespace cwtsim;
using bench::Wish;

struct Arguments {
  Wish wish;
  int rounds = 9;
  std::uint64_t replications = 4;
};

/// A scenario beside the loop of the same model.
struct Rivals {
  Wish wish;
  std::function<by_hand::Outcome(std::uint64_t)> loop;
};

Rivals rivals(Wish const& wish) {
  if (wish.scenario == "pathway8") return {wish, by_hand::pathway8};
  if (wish.scenario == "mm1") return {wish, by_hand::mm1};
  if (wish.scenario != "booked") throw std::runtime_error("there is no loop by hand for " + wish.scenario);
  double const times = wish.size;
  auto const servers = by_hand::booked_servers(times);
  Wish sized = wish;
  sized.size = 1;
  sized.scale.push_back(fmt::format("/demand/bookings/per_year={}", times));
  sized.set.push_back(fmt::format("/providers/hospital/resources/*/servers={}", servers));
  auto loop = std::make_shared<by_hand::BookedWaits>(by_hand::Booked{20'000 * times, servers});
  return {sized, [loop](std::uint64_t seed) { return loop->run(seed); }};
}

/// Ticks, of a service that began in measured time.
double mean_wait(engine::ReplicationResult const& r) {
  double waited = 0, starts = 0;
  for (auto const& resource : r.resources) {
    waited += static_cast<double>(resource.wait_ticks);
    starts += static_cast<double>(resource.starts);
  }
  return waited / starts;
}

// In turns, so that the ratio is of one moment; the median of the rounds' ratios, so that one bad moment does not
// count.
int ratio(Arguments const& a) {
  auto const pair = rivals(a.wish);
  auto const model = bench::load(pair.wish);
  engine::Workspace workspace(model);
  workspace.run(1, 0);
  pair.loop(1);
  std::vector<double> engine_ns, hand_ns, ratios, engine_waits, hand_waits;
  double events = 0, hand_events = 0, pending = 0;
  for (int round = 1; round <= a.rounds; ++round) {
    auto const number = static_cast<std::uint64_t>(round);
    engine::ReplicationResult const* result = nullptr;
    by_hand::Outcome outcome;
    double const engine_time = bench::processor_seconds([&] { result = &workspace.run(1, number); });
    double const hand_time = bench::processor_seconds([&] { outcome = pair.loop(number); });
    events = static_cast<double>(result->events);
    hand_events = static_cast<double>(outcome.events);
    pending = static_cast<double>(result->still_in);
    engine_ns.push_back(engine_time * 1e9 / events);
    hand_ns.push_back(hand_time * 1e9 / hand_events);
    ratios.push_back(hand_ns.back() / engine_ns.back());
    engine_waits.push_back(mean_wait(*result));
    hand_waits.push_back(static_cast<double>(outcome.wait_ticks) / static_cast<double>(outcome.starts));
  }
  fmt::print(
      R"({{"events": {}, "hand_events": {}, "pending": {}, "engine_ns": {:.2f}, "hand_ns": {:.2f}, "ratio": {:.4f}, "engine_wait_ticks": {:.3f}, "hand_wait_ticks": {:.3f}}})"
      "\n",
      events, hand_events, pending, bench::median(engine_ns), bench::median(hand_ns), bench::median(ratios),
      bench::median(engine_waits), bench::median(hand_waits));
  return 0;
}

// One warm replication: processor time, and the memory of the workspace alone.
int once(Arguments const& a) {
  auto const model = bench::load(a.wish);
  double const before = bench::resident_bytes();
  engine::Workspace workspace(model);
  engine::ReplicationResult const* result = &workspace.run(1, 0);
  double const after = bench::resident_bytes();
  std::vector<double> seconds, ns;
  for (int round = 1; round <= a.rounds; ++round) {
    seconds.push_back(bench::processor_seconds([&] { result = &workspace.run(1, static_cast<std::uint64_t>(round)); }));
    ns.push_back(seconds.back() * 1e9 / static_cast<double>(result->events));
  }
  fmt::print(
      R"({{"events": {}, "referred": {}, "measured_referrals": {}, "still_in": {}, "seconds": {:.4f}, "ns": {:.2f}, "workspace_bytes": {:.0f}, "rss_bytes": {:.0f}, "completed": {}}})"
      "\n",
      result->events, result->referred, result->measured_referrals, result->still_in, bench::median(seconds),
      bench::median(ns), after - before, bench::most_resident_bytes(),
      result->outcome == engine::Outcome::completed ? "true" : "false");
  return 0;
}

int startup(Arguments const& a) {
  std::vector<double> reading, validating, compiling, all;
  for (int round = 0; round < a.rounds; ++round) {
    io::ReadResult found;
    double const read_time = bench::processor_seconds([&] {
      found = io::read_scenario({std::string(CWTSIM_SOURCE_DIR) + "/scenarios/" + a.wish.scenario + ".json", {}, {}});
    });
    double const validate_time = bench::processor_seconds([&] { found.problems = scenario::validate(found.scenario); });
    if (!found.problems.empty()) throw std::runtime_error("the scenario is unsound");
    double const compile_time = bench::processor_seconds([&] { (void)model::compile(found.scenario); });
    reading.push_back(1000 * read_time);
    validating.push_back(1000 * validate_time);
    compiling.push_back(1000 * compile_time);
    all.push_back(reading.back() + validating.back() + compiling.back());
  }
  fmt::print(R"({{"read_ms": {:.2f}, "validate_ms": {:.2f}, "compile_ms": {:.2f}, "all_ms": {:.2f}}})"
             "\n",
             bench::median(reading), bench::median(validating), bench::median(compiling), bench::median(all));
  return 0;
}

// One thread and two, in turns; on the wall, for that is what two threads save.
int threads(Arguments const& a) {
  auto const model = bench::load(a.wish);
  experiment::RunRequest request;
  request.replications = a.replications;
  auto const timed = [&](int count) {
    request.threads = count;
    return bench::wall_seconds([&] { (void)experiment::run(model, request); });
  };
  timed(2);
  std::vector<double> one, two, ratios;
  for (int round = 0; round < a.rounds; ++round) {
    bool const one_first = round % 2 == 0;
    double const first = timed(one_first ? 1 : 2), second = timed(one_first ? 2 : 1);
    one.push_back(one_first ? first : second);
    two.push_back(one_first ? second : first);
    ratios.push_back(one.back() / two.back());
  }
  fmt::print(R"({{"one_seconds": {:.4f}, "two_seconds": {:.4f}, "ratio": {:.4f}}})"
             "\n",
             bench::median(one), bench::median(two), bench::median(ratios));
  return 0;
}

/// Share met over the measured time, of each standard in all and by provider.
std::vector<double> attainments(model::Model const& model, engine::ReplicationResult const& r) {
  std::vector<double> shares;
  for (auto const& cut : model.cuts) {
    if (cut.name != "all" && cut.name != "provider") continue;
    for (std::uint32_t level = 0; level < cut.levels; ++level) {
      double met = 0, counted = 0;
      for (std::uint32_t m = 0; m < model.months; ++m) {
        met += r.met[model.cell(cut.first + level, m)];
        counted += r.counted[model.cell(cut.first + level, m)];
      }
      shares.push_back(counted > 0 ? met / counted : -1);
    }
  }
  return shares;
}

std::vector<std::string> strata(model::Model const& model) {
  std::vector<std::string> names;
  for (std::size_t s = 0; s < model.standards.size(); ++s)
    for (std::uint32_t i = 0; i < model.standards[s].cuts.count; ++i) {
      auto const& cut = model.cuts[model.standards[s].cuts.first + i];
      if (cut.name == "all") names.push_back(model.names.standards[s]);
      if (cut.name == "provider")
        for (auto const& provider : model.names.providers)
          names.push_back(model.names.standards[s] + " at " + provider);
    }
  return names;
}

std::string list(std::vector<std::string> const& items) {
  return fmt::format("[{}]", fmt::join(items, ", "));
}

// Two arms under common random numbers, and the second arm once more under another seed: a row a replication.
int pairing(Arguments const& a) {
  Wish plain = a.wish;
  plain.scale.clear();
  auto const base = bench::load(plain), changed = bench::load(a.wish);
  engine::Workspace base_space(base), changed_space(changed);
  std::vector<std::string> names, rows;
  for (auto const& name : strata(base)) names.push_back(fmt::format("\"{}\"", name));
  for (std::uint64_t r = 0; r < a.replications; ++r) {
    auto const text = [&](engine::Workspace& space, std::uint64_t seed) {
      return fmt::format("[{:.9f}]", fmt::join(attainments(base, space.run(seed, r)), ", "));
    };
    auto const first = text(base_space, 1), second = text(changed_space, 1);
    rows.push_back(fmt::format("[{}, {}, {}]", first, second, text(changed_space, 2)));
  }
  fmt::print("{{\"strata\": {}, \"rows\": {}}}\n", list(names), list(rows));
  return 0;
}

int measure(std::vector<std::string> const& words) {
  if (words.size() < 2)
    throw std::runtime_error(
        "cwtsim_measure ratio|once|startup|threads|pairing SCENARIO [--rounds N] [--replications N] [--size F] "
        "[--set POINTER=VALUE]... [--scale POINTER=FACTOR]...");
  Arguments a;
  a.wish.scenario = words[1];
  for (std::size_t i = 2; i < words.size(); i += 2) {
    if (i + 1 == words.size()) throw std::runtime_error(words[i] + " needs a value");
    auto const& value = words[i + 1];
    if (words[i] == "--rounds")
      a.rounds = std::stoi(value);
    else if (words[i] == "--replications")
      a.replications = std::stoull(value);
    else if (words[i] == "--size")
      a.wish.size = std::stod(value);
    else if (words[i] == "--set")
      a.wish.set.push_back(value);
    else if (words[i] == "--scale")
      a.wish.scale.push_back(value);
    else
      throw std::runtime_error("unknown: " + words[i]);
  }
  if (words[0] == "ratio") return ratio(a);
  if (words[0] == "once") return once(a);
  if (words[0] == "startup") return startup(a);
  if (words[0] == "threads") return threads(a);
  if (words[0] == "pairing") return pairing(a);
  throw std::runtime_error("unknown: " + words[0]);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return measure({argv + 1, argv + argc});
  } catch (std::exception const& error) {
    std::fprintf(stderr, "cwtsim_measure: %s\n", error.what());
    return 2;
  }
}
