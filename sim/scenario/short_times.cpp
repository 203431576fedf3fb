// Lengths of time that a tick is too coarse for.

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

#include "cwtsim/scenario/horizon.hpp"
#include "point_out.hpp"
#include "visit.hpp"

namespace cwtsim::scenario {
namespace {

constexpr double much = 0.01;  ///< of the mean
constexpr std::size_t most_told = 8;
/// What a resolution may sensibly be; each divides an hour.
constexpr std::array<double, 26> resolutions{1800, 1200, 900, 720, 600, 360, 300, 240, 180, 120, 60,  30,  20,
                                             15,   12,   10,  6,   5,   4,   3,   2,   1,   0.5, 0.4, 0.2, 0.1};

/// A length of time, and what it is multiplied by once it has been drawn.
using Length = std::pair<Distribution, double>;

double mean_of(Length const& length) {
  return mean_seconds(length.first) * length.second;
}

/// The mean of what is drawn in ticks of so long, in seconds. For what is not constant, the same words are drawn from a
/// table so fine that it rounds nothing to speak of: what is left between the two is the rounding.
double mean_in_ticks(Length const& length, double tick) {
  auto const& [distribution, factor] = length;
  QuantileTable const coarse(distribution, tick);
  auto const ticks = [&coarse, factor = factor](std::uint64_t word) {
    double const drawn = coarse.sample(word);
    return factor == 1 ? drawn : std::floor(drawn * factor + 0.5);
  };
  if (coarse.is_constant()) return ticks(0) * tick;
  double const mean = mean_seconds(distribution), hair = std::min(tick / 64, mean / 256);
  QuantileTable const fine(distribution, hair);
  constexpr int bits = 12;
  double moved = 0, most = 0;
  for (std::uint64_t i = 0; i < 1ULL << bits; ++i) {
    std::uint64_t const word = middle_word(i, bits);
    double const drawn = ticks(word);
    most = std::max(most, drawn);
    moved += drawn * tick - fine.sample(word) * hair * factor;
  }
  return most == 0 ? 0 : mean * factor + std::ldexp(moved, -bits);
}

bool fits(Length const& length, double tick) {
  double const mean = mean_of(length);
  // what is rounded to the nearest is moved by half a tick at most
  double const reach = tick / 2 * (length.second > 1 ? length.second + 1 : 2);
  return mean <= 0 || reach <= much * mean || std::fabs(mean_in_ticks(length, tick) - mean) <= much * mean;
}

/// In the largest unit of which it is one or more, with three digits.
std::string shown(double seconds) {
  struct Unit {
    double seconds;
    char const* name;
  };
  constexpr std::array<Unit, 3> units{{{86400, "days"}, {3600, "hours"}, {60, "min"}}};
  for (auto const& unit : units)
    if (seconds >= unit.seconds) return fmt::format("{:.4g} {}", seconds / unit.seconds, unit.name);
  return seconds == 0 ? "0" : fmt::format("{:.3g} s", seconds);
}

struct Found {
  std::string pointer;
  Length length;
};

/// Gathers what does not fit.
class Gather {
 public:
  Gather(double tick, std::vector<Found>& found) : tick_(tick), found_(found) {}
  void operator()(std::string const& pointer, Duration& duration) {
    bool const of_whole_days = pointer.ends_with("/no_clock_due");
    if (pointer != "/horizon/resolution" && !of_whole_days) add(pointer, {Distribution{Constant{duration}, {}}, 1});
  }
  void operator()(std::string const& pointer, Distribution& distribution) {
    bool const of_whole_days = pointer.starts_with("/waiting/") || pointer.find("/staff/") != std::string::npos;
    if (!of_whole_days) add(pointer, {distribution, 1});
  }
  /// Lengths of time that are drawn and then multiplied.
  void factors(std::string const& pointer, DistributionTable const& table, Factors const& times) {
    for (auto const& [name, factor] : times)
      for (auto const& by : factor.rows)
        for (auto const& row : table.rows) {
          if (by.value == 1 || !fits({row.value, 1}, tick_)) continue;  // the latter is told of itself
          auto at = under(pointer, name);
          for (auto const& key : by.keys) at = under(at, key);
          add(at, {row.value, by.value});
        }
  }

 private:
  void add(std::string const& pointer, Length const& length) {
    auto const [it, fresh] = known_.try_emplace(length, true);
    if (fresh) it->second = fits(length, tick_);
    if (!it->second) found_.push_back({pointer, length});
  }

  double tick_;
  std::vector<Found>& found_;
  std::map<Length, bool> known_;
};

std::vector<Found> gather(Scenario scenario) {
  std::vector<Found> found;
  Gather use(scenario.horizon.resolution.seconds, found);
  Visit visit(use, "");
  describe(visit, scenario);
  for (auto const& [pathway, what] : scenario.pathways)
    for (auto const& [name, step] : what.steps) {
      auto const at = under("/pathways", pathway, "steps", name);
      use.factors(under(at, "times"), step.takes, step.times);
      for (auto const& [way, gives_up] : step.gives_up)
        use.factors(under(at, "gives_up", way, "times"), gives_up.after, gives_up.times);
    }
  return found;
}

/// The coarsest tick that fits them all, of those into which the present one can be cut; the finest if none does.
std::optional<double> tick_for(std::vector<Found> const& found, Horizon const& horizon) {
  std::optional<double> finest;
  for (auto const tick : resolutions) {
    double const cuts = horizon.resolution.seconds / tick;
    if (cuts < 1.5 || std::fabs(cuts - std::round(cuts)) > 1e-6 || !can_count(horizon, Duration{tick})) continue;
    finest = tick;
    if (std::ranges::all_of(found, [tick](Found const& f) { return fits(f.length, tick); })) break;
  }
  return finest;
}

}  // namespace

void point_out_short_times(Scenario const& scenario, Problems& told) {
  auto found = gather(scenario);
  if (found.empty()) return;
  double const tick = scenario.horizon.resolution.seconds;
  auto const better = tick_for(found, scenario.horizon);
  auto const mend = better ? fmt::format("Write \"resolution\": \"{}\" in \"horizon\"", format_duration({*better}))
                           : std::string("There is no finer resolution: choose a longer time, or a shorter scenario");
  std::vector<std::string> words;
  std::size_t untold = 0;
  for (auto const& f : found) {
    auto const after = mean_in_ticks(f.length, tick);
    auto const what = fmt::format("{}{} becomes {}{}, for a tick is {}", shown(mean_of(f.length)),
                                  f.length.second == 1 ? "" : ", by this factor,", shown(after),
                                  std::holds_alternative<Constant>(f.length.first.shape) ? "" : " on average",
                                  format_duration(scenario.horizon.resolution));
    bool const fresh = std::ranges::find(words, what) == words.end();
    if (fresh && words.size() == most_told) {
      ++untold;
      continue;
    }
    if (fresh) words.push_back(what);
    told.add(f.pointer, what, mend);
  }
  if (untold > 0)
    told.add("/horizon/resolution",
             fmt::format("{} more lengths of time are moved by more than 1 % of their mean", untold), mend);
}

}  // namespace cwtsim::scenario
