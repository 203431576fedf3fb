// Where two readings of one scenario differ, member by member. Each struct is taken apart into as many members as are
// named here: with one more it does not compile until that is named too.

#include <algorithm>
#include <sstream>
#include <string_view>
#include <tuple>
#include <type_traits>

#include "calendar.hpp"
#include "plain_reader.hpp"

namespace cwtsim::oracle {
namespace {

/// The members of a struct, in their order.
template <class T>
struct Names {
  char const* members;
};
constexpr std::tuple structs{
    Names<Period>{"count unit"},
    Names<DateTime>{"date time"},
    Names<scenario::Horizon>{"starts warm_up run_for resolution bank_holidays"},
    Names<scenario::Limits>{"max_in_system max_events"},
    Names<scenario::Experiment>{"replications seed"},
    Names<scenario::Evidence>{"mark source note"},
    Names<scenario::Progress>{"after to"},
    Names<scenario::Attribute>{"levels shares summary evidence odds progresses"},
    Names<scenario::Profile>{"months weekdays hours holidays evidence"},
    Names<scenario::Timetable>{"on at patients"},
    Names<scenario::Stream>{
        "summary pathway volume unit volumes_from growth_per_year profile timetable provider batch batch_sizes "
        "attributes milestones evidence"},
    Names<scenario::WaitingRow>{"patients like provider pathway step referred waited listed on_list missed attributes"},
    Names<scenario::Column>{"name spelled"},
    Names<scenario::Columns>{"referred waited listed on_list missed patients like provider pathway step attributes"},
    Names<scenario::Waiting>{
        "like pathway milestones provider step patients waited on_list missed rows file columns evidence"},
    Names<scenario::Opening>{"on opens closes every_weeks amount"},
    Names<scenario::Resource>{"kind label at order promote_after no_clock_due waiting_room when_full notice per_week "
                              "other_work staff servers "
                              "at_closing cut_off holidays openings costs evidence"},
    Names<scenario::Trainer>{"role sessions_per_week"},
    Names<scenario::Staff>{
        "whole_time_equivalents sessions_per_week leave sickness vacancy costs leavers_per_year recruited_after "
        "trained_after trainer new_posts stands_in_for covers evidence"},
    Names<scenario::Provider>{"label group resources staff"},
    Names<scenario::DidNotAttend>{"share rebook up_to then adjusts odds"},
    Names<scenario::GivesUp>{"after then times"},
    Names<scenario::Step>{
        "kind label takes times working_days needs then odds repeats every did_not_attend gives_up when_full priority "
        "on_joining on_start on_finish finds sets pauses costs together wait_at_most starts joins_at to pathway "
        "evidence"},
    Names<scenario::Pathway>{"summary start steps"},
    Names<scenario::Standard>{
        "label starts stops excluded_by breach_if_late only_when limit_days targets credited_to handover_by_days "
        "treat_within_days adjustments by long_waits gaps evidence"},
    Names<scenario::Observed>{"from until attainment patients evidence"},
    Names<scenario::Rule>{
        "kind resource among on at every_weeks takes when_gap at_most when_waiting until_waiting scale evidence"},
    Names<scenario::Hazard>{"since beyond_days per_days ratio"},
    Names<scenario::Gap>{"by from to at_least"},
    Names<scenario::Measure>{
        "label on only_when value days_since number_of unit hazard by targets target_is ledger gaps evidence"},
    Names<scenario::Ledger>{"label kind evidence"},
    Names<scenario::Condition>{"levels"},
    Names<scenario::Scenario>{
        "name summary horizon limits experiment attributes profiles demand waiting providers pathways standards "
        "measures rules ledgers observed"}};

template <class T, class... All>
constexpr char const* found_in(std::tuple<Names<All>...> const& all) {
  if constexpr ((std::is_same_v<T, All> || ...)) return std::get<Names<T>>(all).members;
  return nullptr;
}
/// Null: it is compared as a whole.
template <class T>
constexpr char const* names_of = found_in<T>(structs);

constexpr std::size_t words_in(char const* text) {
  std::size_t words = 1;
  for (; *text; ++text) words += *text == ' ' ? 1 : 0;
  return words;
}

/// A struct of so many members, taken apart.
template <std::size_t count, class T>
auto members_of(T const& whole) {
  if constexpr (count == 1) {
    auto const& [a] = whole;
    return std::tie(a);
  }
  if constexpr (count == 2) {
    auto const& [a, b] = whole;
    return std::tie(a, b);
  }
  if constexpr (count == 3) {
    auto const& [a, b, c] = whole;
    return std::tie(a, b, c);
  }
  if constexpr (count == 4) {
    auto const& [a, b, c, d] = whole;
    return std::tie(a, b, c, d);
  }
  if constexpr (count == 5) {
    auto const& [a, b, c, d, e] = whole;
    return std::tie(a, b, c, d, e);
  }
  if constexpr (count == 6) {
    auto const& [a, b, c, d, e, f] = whole;
    return std::tie(a, b, c, d, e, f);
  }
  if constexpr (count == 11) {
    auto const& [a, b, c, d, e, f, g, h, i, j, k] = whole;
    return std::tie(a, b, c, d, e, f, g, h, i, j, k);
  }
  if constexpr (count == 13) {
    auto const& [a, b, c, d, e, f, g, h, i, j, k, l, m] = whole;
    return std::tie(a, b, c, d, e, f, g, h, i, j, k, l, m);
  }
  if constexpr (count == 14) {
    auto const& [a, b, c, d, e, f, g, h, i, j, k, l, m, n] = whole;
    return std::tie(a, b, c, d, e, f, g, h, i, j, k, l, m, n);
  }
  if constexpr (count == 16) {
    auto const& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p] = whole;
    return std::tie(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p);
  }
  if constexpr (count == 19) {
    auto const& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s] = whole;
    return std::tie(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s);
  }
  if constexpr (count == 28) {
    auto const& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x, y, z, aa, bb] = whole;
    return std::tie(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x, y, z, aa, bb);
  }
}

template <class T>
constexpr bool is_named = false;
template <class T>
constexpr bool is_named<Named<T>> = true;
template <class T>
constexpr bool is_optional = false;
template <class T>
constexpr bool is_optional<std::optional<T>> = true;

/// A value as a reader of the difference wants it.
template <class T>
std::string shown(T const& value) {
  std::ostringstream out;
  out.precision(17);
  if constexpr (std::is_enum_v<T>)
    out << "choice " << static_cast<int>(value);
  else if constexpr (std::is_same_v<T, Duration>)
    out << value.seconds << " s";
  else if constexpr (std::is_same_v<T, TimeOfDay>)
    out << value.minutes << " min after midnight";
  else if constexpr (std::is_same_v<T, Date>)
    out << written_day(value);
  else if constexpr (std::is_arithmetic_v<T> || std::is_same_v<T, std::string>)
    out << value;
  else
    return "another value";
  return out.str();
}

class Differences {
 public:
  template <class T>
  void compare(T const& read, T const& plain) {
    if constexpr (is_named<T>) {
      compare_named(read, plain);
    } else if constexpr (is_optional<T>) {
      if (read.has_value() != plain.has_value())
        tell(read ? "a value" : "nothing", plain ? "a value" : "nothing");
      else if (read)
        compare(*read, *plain);
    } else if constexpr (std::is_same_v<T, std::vector<scenario::WaitingRow>>) {
      if (read.size() != plain.size()) tell(std::to_string(read.size()) + " rows", std::to_string(plain.size()));
      for (std::size_t i = 0; i < read.size() && i < plain.size(); ++i)
        compare_below("row " + std::to_string(i), read[i], plain[i]);
    } else if constexpr (names_of<T> != nullptr) {
      compare_members(read, plain);
    } else if (!(read == plain)) {
      tell(shown(read), shown(plain));
    }
  }
  template <class T>
  void compare_below(std::string_view name, T const& read, T const& plain) {
    way_.push_back(name);
    compare(read, plain);
    way_.pop_back();
  }
  void tell(std::string const& read, std::string const& plain) {
    if (++told_ > 5) return;
    text_ += " ";
    for (auto const& name : way_) text_ += " /" + std::string(name);
    text_ += ": read as " + read + ", plainly as " + plain + "\n";
  }
  [[nodiscard]] std::string const& text() const { return text_; }

 private:
  template <class T>
  void compare_named(Named<T> const& read, Named<T> const& plain) {
    for (std::size_t i = 0; i < read.size() && i < plain.size(); ++i)
      if (read.items[i].first != plain.items[i].first)
        tell(read.items[i].first, plain.items[i].first);
      else
        compare_below(read.items[i].first, read.items[i].second, plain.items[i].second);
    if (read.size() != plain.size()) tell(std::to_string(read.size()) + " names", std::to_string(plain.size()));
  }
  template <class T>
  void compare_members(T const& read, T const& plain) {
    std::string_view names = names_of<T>;
    auto const one = [&](auto const& of_read, auto const& of_plain) {
      auto const end = std::min(names.find(' '), names.size());
      compare_below(names.substr(0, end), of_read, of_plain);
      names.remove_prefix(std::min(end + 1, names.size()));
    };
    constexpr std::size_t count = words_in(names_of<T>);
    auto const of_read = members_of<count>(read), of_plain = members_of<count>(plain);
    [&]<std::size_t... i>(std::index_sequence<i...>) {
      (one(std::get<i>(of_read), std::get<i>(of_plain)), ...);
    }
    (std::make_index_sequence<count>{});
  }

  std::vector<std::string_view> way_;
  std::string text_;
  int told_ = 0;
};

}  // namespace

std::string difference_of(scenario::DatedScenario const& read, scenario::DatedScenario const& plain) {
  Differences found;
  found.compare(read.base, plain.base);
  if (read.changes.size() != plain.changes.size())
    found.tell(std::to_string(read.changes.size()) + " dates of change", std::to_string(plain.changes.size()));
  for (std::size_t i = 0; i < read.changes.size() && i < plain.changes.size(); ++i) {
    auto const& [date, changed] = read.changes[i];
    auto const& [plain_date, plain_changed] = plain.changes[i];
    std::string const from = "from " + written_day(date) + " on";
    found.compare_below(from, date, plain_date);
    found.compare_below(from, changed, plain_changed);
  }
  return found.text();
}

}  // namespace cwtsim::oracle
