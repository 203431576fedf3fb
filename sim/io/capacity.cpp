#include "capacity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "cwtsim/scenario/days.hpp"

namespace cwtsim::io {
namespace {

constexpr double hair = 1e-9;
constexpr double most = 1e15;  ///< beyond this a number that is not whole cannot be told from one that is

bool is_whole(double x) {
  return std::fabs(x - std::round(x)) < hair * std::max(1.0, std::fabs(x));
}

/// What becomes of so much.
struct Pull {
  Lever::Op op;
  double by;
  [[nodiscard]] double of(double x) const {
    return op == Lever::Op::set ? by : op == Lever::Op::scale ? x * by : x + by;
  }
};

/// An amount of one opening, and how much of it a week has.
struct Amount {
  Value* opening;
  std::string key, pointer;
  double now = 0, weight = 1;
};

/// Hours of an opening; a day where it does not say.
double hours_of(Value const& opening) {
  auto const time = [&opening](std::string_view key, std::int32_t otherwise) {
    auto const* at = opening.find(key);
    auto const read = at == nullptr ? std::nullopt : parse_time_of_day(at->text);
    return read ? read->minutes : otherwise;
  };
  constexpr std::int32_t a_day = 1440;
  auto const length = time("closes", a_day) - time("opens", 0);
  return (length > 0 ? length : length + a_day) / 60.0;
}

double a_week(std::vector<Amount> const& amounts) {
  return std::accumulate(amounts.begin(), amounts.end(), 0.0,
                         [](double sum, Amount const& a) { return sum + a.now * a.weight; });
}

/// Whole numbers near `wanted`: each rounded down, then one more where most is missing, as long as that brings the week
/// nearer to what is wanted of it (the largest remainder).
std::vector<double> in_whole(std::vector<double> const& wanted, std::vector<Amount> const& amounts) {
  std::vector<double> whole(wanted.size());
  double missing = 0;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    whole[i] = is_whole(wanted[i]) ? std::round(wanted[i]) : std::floor(wanted[i]);
    missing += (wanted[i] - whole[i]) * amounts[i].weight;
  }
  std::vector<std::size_t> order(wanted.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order,
                           [&](std::size_t a, std::size_t b) { return wanted[a] - whole[a] > wanted[b] - whole[b]; });
  for (auto const i : order) {
    if (is_whole(wanted[i]) || missing < amounts[i].weight / 2 - hair) continue;
    ++whole[i];
    missing -= amounts[i].weight;
  }
  return whole;
}

/// Pulls one resource.
class Resource {
 public:
  Resource(Value& value, std::string pointer, Pull pull, Place place, Pulled& pulled)
      : value_(value),
        pointer_(std::move(pointer)),
        pull_(pull),
        limits_all_(pull.op == Lever::Op::set || (pull.op == Lever::Op::scale && pull.by == 0)),
        place_(place),
        pulled_(pulled) {}

  std::string pull() {
    if (auto* per_week = value_.find("per_week")) return write(*per_week, pointer_ + "/per_week", "a week");
    if (auto* servers = value_.find("servers")) return whole(*servers, pointer_ + "/servers");
    if (value_.find("hours") != nullptr) return hours();
    if (value_.find("meets") != nullptr) return openings("meets", "cases");
    if (value_.find("sessions") != nullptr) return openings("sessions", "slots");
    return miss("it says nothing of how much there is of it");
  }

 private:
  std::string miss(std::string why) {
    missed = std::move(why);
    return {};
  }
  [[nodiscard]] static std::string below_nothing(double x) { return fmt::format("there would be {}", decimal(x)); }

  /// What was wanted is written as it is, or as the whole number that is near it.
  void put(Value& at, std::string const& pointer, double x, double wanted) {
    bool const is_rounded = x != wanted && !is_whole(wanted);
    auto note = is_rounded ? "rounded from " + decimal(wanted) : "";
    auto from = in_short(at);
    at = number_value(decimal(x));
    at.place = place_;
    pulled_.changes.push_back({pointer, std::move(from), in_short(at), std::move(note), is_rounded});
  }
  std::string write(Value& at, std::string const& pointer, std::string_view of) {
    auto const now = number_of(at);
    if (!now) return fmt::format("{} {} is no number", shown(at), of);
    auto const then = pull_.of(*now);
    if (!(then >= 0 && then < most)) return below_nothing(then);
    put(at, pointer, then, then);
    return {};
  }
  std::string whole(Value& at, std::string const& pointer) {
    auto const now = number_of(at);
    if (!now) return fmt::format("{} is no number", shown(at));
    auto const then = pull_.of(*now);
    if (!(then >= 0 && then < most)) return below_nothing(then);
    auto const rounded = std::round(then);
    put(at, pointer, rounded, then);
    return {};
  }

  std::vector<Amount> amounts_of(std::string const& openings, std::string const& key) {
    std::vector<Amount> amounts;
    for (auto& m : value_.find(openings)->members) {
      if (is_comment(m.key) || !m.value.is(ValueKind::object)) continue;
      auto const* given = m.value.find(key);
      auto const now = given == nullptr ? std::nullopt : number_of(*given);
      auto const weight = held_a_week(m.value) * (openings == "hours" ? hours_of(m.value) : 1);
      if (now || limits_all_)
        amounts.push_back({&m.value, key, fmt::format("{}/{}/{}/{}", pointer_, openings, escape_pointer(m.key), key),
                           now.value_or(0), weight});
    }
    return amounts;
  }
  void put_all(std::vector<Amount> const& amounts, std::vector<double> const& wanted) {
    auto const rounded = in_whole(wanted, amounts);
    for (std::size_t i = 0; i < amounts.size(); ++i) {
      auto const& a = amounts[i];
      if (a.opening->find(a.key) == nullptr) a.opening->members.push_back({a.key, place_, {}});
      auto& at = *a.opening->find(a.key);
      bool const is_new = at.is(ValueKind::null);
      put(at, a.pointer, rounded[i], wanted[i]);
      if (is_new) pulled_.changes.back().from = "no limit";
    }
  }

  /// Servers: as many as said at once, in each of the opening hours.
  std::string hours() {
    auto const amounts = amounts_of("hours", "servers");
    if (amounts.empty()) return miss("it says nothing of how many servers are open");
    std::vector<double> wanted;
    wanted.reserve(amounts.size());
    for (auto const& a : amounts) wanted.push_back(pull_.of(a.now));
    for (auto const x : wanted)
      if (!(x >= 0 && x < most)) return below_nothing(x);
    put_all(amounts, wanted);
    return {};
  }

  /// Sessions and meetings: so many a week, in the proportions in which they stand.
  std::string openings(std::string const& key, std::string const& of) {
    auto const amounts = amounts_of(key, of);
    if (amounts.empty()) return miss(key == "meets" ? "its meetings take all cases" : "its sessions say no \"slots\"");
    auto const now = a_week(amounts), then = pull_.of(now);
    if (!(then >= 0 && then < most)) return below_nothing(then);
    auto const first = amounts.front().now;
    bool const alike = std::ranges::all_of(amounts, [first](Amount const& a) { return a.now == first; });
    double weight = 0;
    for (auto const& a : amounts) weight += a.weight;
    std::vector<double> wanted;
    wanted.reserve(amounts.size());
    for (auto const& a : amounts)
      wanted.push_back(pull_.op == Lever::Op::scale ? pull_.of(a.now)
                       : now > 0                    ? a.now * then / now
                       : weight > 0                 ? then / weight
                                                    : 0);
    if (of == "slots" && alike && weight > 0 && !is_whole(wanted.front())) {
      per_week(amounts, now, then);
      return {};
    }
    put_all(amounts, wanted);
    return {};
  }
  void per_week(std::vector<Amount> const& amounts, double now, double then) {
    for (auto const& a : amounts) a.opening->erase(a.key);
    value_.members.push_back({"per_week", place_, number_value(decimal(then))});
    value_.members.back().value.place = place_;
    pulled_.changes.push_back({pointer_ + "/per_week", decimal(now), decimal(then),
                               "written per week in place of slots of sessions, which would not be whole"});
  }

  Value& value_;
  std::string pointer_;
  Pull pull_;
  bool limits_all_;  ///< also what has no limit
  Place place_;
  Pulled& pulled_;

 public:
  std::string missed;  ///< why there was nothing to pull
};

}  // namespace

double held_a_week(Value const& opening) {
  auto const* on = opening.find("on");
  auto const days = scenario::parse_days(on == nullptr ? "daily" : on->text);
  auto const* every = opening.find("every_weeks");
  auto const weeks = every == nullptr ? 1 : number_of(*every).value_or(1);
  return days && weeks >= 1 ? static_cast<double>(std::count(days->begin(), days->end(), true)) / weeks : 0;
}

bool is_capacity(std::vector<std::string> const& tokens) {
  return tokens.size() == 5 && tokens[0] == "providers" && tokens[2] == "resources" && tokens[4] == "capacity";
}

Wrong pull_capacity(Search const& search, PlacedLever const& l, Pulled& pulled) {
  auto const by = number_of(l.value);
  if (!by) return {fmt::format("{} is no number (a capacity is one)", shown(l.value))};
  bool const for_many = l.lever.pointer.find('*') != std::string::npos;
  Reach reach{"resources", 0, {}};
  for (auto const& match : search.matches) {
    auto& value = *child(*match.parent, match.token);
    if (!value.is(ValueKind::object)) continue;  // the reader says what is wrong with it
    if (auto const* at = value.find("at")) {
      if (for_many) continue;
      return {fmt::format("the \"{}\" of \"{}\" is that of {}, and has no capacity of its own", match.token,
                          match.way[1], shown(*at)),
              fmt::format("Write /providers/{}/resources/{}/capacity", escape_pointer(at->text),
                          escape_pointer(match.token))};
    }
    ++reach.of;
    Resource resource(value, match.pointer(), {l.lever.op, *by}, l.place, pulled);
    if (auto const what = resource.pull(); !what.empty())
      return {fmt::format("{}: {}", match.pointer(), what), "Write a number that leaves 0 or more"};
    if (!resource.missed.empty()) reach.missed.push_back({match.pointer(), search.name_of(match.way), resource.missed});
  }
  if (!reach.missed.empty()) pulled.reach = std::move(reach);
  return {};
}

}  // namespace cwtsim::io
