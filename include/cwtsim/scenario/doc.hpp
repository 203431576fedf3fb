#pragma once
// What is said of a field beside its name and type, and how the words of the language are spelled.

#include <array>
#include <optional>
#include <span>
#include <string_view>

#include "cwtsim/scenario/scenario.hpp"

namespace cwtsim::scenario {

/// The documentation and the limits of one field of a scenario file.
struct Doc {
  std::string_view text = {};      ///< what it means, in one line
  std::string_view example = {};   ///< a value as it stands in the file
  bool required = false;           ///< refused when absent (in every kind that has it)
  std::optional<double> min = {};  ///< least number or count allowed (inclusive)
  std::optional<double> max = {};  ///< largest number or count allowed (inclusive)
  std::string_view kinds = {};     ///< the kinds of step or resource that have it, with blanks; empty: all
  std::string_view keys = {};      ///< the keys its object must have, with blanks; empty: any names
  bool whole_keys = false;         ///< the names of its shares are whole numbers from 1
  std::string_view mend = {};      ///< what to do when its value is refused
};

/// Of `odds` and `times`: the product of as many as are allowed is a number still.
inline constexpr double largest_factor = 1000;
inline constexpr std::size_t most_factors = 32;

/// How the openings of a resource are spelled.
enum class OpeningStyle { sessions, hours, meets };

using Words = std::span<std::string_view const>;

inline constexpr std::array<std::string_view, 6> mark_words{"none",     "observed", "cited",
                                                            "strategy", "derived",  "assumed"};
inline constexpr std::array<std::string_view, 2> bank_holidays_words{"none", "england"};
inline constexpr std::array<std::string_view, 3> resource_kind_words{"sessions", "servers", "meeting"};
inline constexpr std::array<std::string_view, 3> order_words{"arrival", "priority", "breach_date"};
inline constexpr std::array<std::string_view, 3> at_closing_words{"finish", "pause", "restart"};
inline constexpr std::array<std::string_view, 2> when_full_words{"turn_away", "hold"};
inline constexpr std::array<std::string_view, 2> on_holidays_words{"closed", "open"};
inline constexpr std::array<std::string_view, 8> step_kind_words{"delay",    "appointment", "servers",   "meeting",
                                                                 "parallel", "transfer",    "continues", "end"};
inline constexpr std::array<std::string_view, 2> new_posts_words{"filled", "recruited"};
inline constexpr std::array<std::string_view, 3> credited_to_words{"at_start", "at_stop", "shared"};

/// The spellings of an enumeration, in the order of its values.
constexpr Words words_of(Mark) {
  return mark_words;
}
constexpr Words words_of(BankHolidays) {
  return bank_holidays_words;
}
constexpr Words words_of(ResourceKind) {
  return resource_kind_words;
}
constexpr Words words_of(Order) {
  return order_words;
}
constexpr Words words_of(AtClosing) {
  return at_closing_words;
}
constexpr Words words_of(WhenFull) {
  return when_full_words;
}
constexpr Words words_of(OnHolidays) {
  return on_holidays_words;
}
constexpr Words words_of(NewPosts) {
  return new_posts_words;
}
constexpr Words words_of(StepKind) {
  return step_kind_words;
}
constexpr Words words_of(CreditedTo) {
  return credited_to_words;
}

/// The keys of the shapes of a distribution, in the order of the alternatives of `Shape`.
inline constexpr std::array<std::string_view, 9> shape_words{
    "constant", "exponential", "uniform", "triangular", "lognormal", "gamma", "erlang", "weibull", "bands"};

/// The date from which a target written as a plain number holds: the earliest that can be written.
inline constexpr std::string_view always_from = "1900-01-01";

}  // namespace cwtsim::scenario
