#pragma once
// The kinds of step and of resource: one record each, which says all that is asked of a kind outside its own behaviour.
// Reading, checking, the graph, compiling, the engine and the pictures follow from it. Enumerators are spelled as in
// JSON; a kind without a record, or one out of order, does not compile.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include "cwtsim/core/words.hpp"

namespace cwtsim {

enum class ResourceKind : std::uint8_t { sessions, servers, meeting };
enum class StepKind : std::uint8_t { delay, appointment, servers, meeting, gather, parallel, transfer, continues, end };

/// What is asked of a kind of resource.
struct ResourceRecord {
  ResourceKind kind = ResourceKind::sessions;
  std::string_view noun;      ///< what a step waits for: "a meeting"
  std::string_view openings;  ///< the key under which its openings stand
  std::string_view amount;    ///< the key of how much there is of it at an opening
  std::string_view unit;      ///< of what is offered and used
};

inline constexpr std::array resource_records{
    ResourceRecord{
        .kind = ResourceKind::sessions, .noun = "sessions", .openings = "sessions", .amount = "slots", .unit = "slots"},
    ResourceRecord{.kind = ResourceKind::servers,
                   .noun = "servers",
                   .openings = "hours",
                   .amount = "servers",
                   .unit = "server hours"},
    ResourceRecord{
        .kind = ResourceKind::meeting, .noun = "a meeting", .openings = "meets", .amount = "cases", .unit = "cases"},
};

/// From when the time is counted after which patients give up: they leave the list, or the step before it is over.
enum class GivingUp : std::uint8_t { since_joining, since_start };

/// What is asked of a kind of step.
struct StepRecord {
  StepKind kind = StepKind::delay;
  std::string_view noun;     ///< one of them in a message: "an appointment"
  std::string_view plural;   ///< several of them: "appointments"
  std::string_view meaning;  ///< what it is, in one line
  std::string_view shape;    ///< how Graphviz draws it

  bool leads_on = false;                       ///< it is started and finished, and `then` says what comes next
  bool takes_time = false;                     ///< it may say how long it `takes`
  bool must_take_time = false;                 ///< it has to
  bool in_working_days = false;                ///< its length may be counted in working days
  bool may_repeat = false;                     ///< it may be gone through several times, one `every` so long
  bool may_pause_clocks = false;               ///< the days that it takes may be left out of clocks
  std::optional<GivingUp> given_up = {};       ///< patients may give it up
  std::optional<ResourceKind> waits_for = {};  ///< it needs resources, and waits on the list of one of this kind
  bool may_be_missed = false;                  ///< patients may not attend
  bool uses_up = false;                        ///< a slot or case is used up each time: going round it takes time
  bool gathers = false;                        ///< patients wait for each other, until so many are together
  bool branches = false;                       ///< it starts branches, which join at a later step
  bool moves = false;                          ///< it takes the patient to another provider
  bool continues = false;                      ///< it goes on with another pathway
  bool ends = false;                           ///< the patient has left
  bool has_figures = true;                     ///< it holds figures that are owed evidence

  /// It waits for a resource ...
  [[nodiscard]] constexpr bool waits_on_list() const { return waits_for.has_value(); }
  /// ... or for that or others.
  [[nodiscard]] constexpr bool waits() const { return waits_on_list() || gathers; }
  /// Patients may give it up.
  [[nodiscard]] constexpr bool may_be_given_up() const { return given_up.has_value(); }
};

inline constexpr std::array step_records{
    StepRecord{.kind = StepKind::delay,
               .noun = "a delay",
               .plural = "delays",
               .meaning = "time passes; nothing is needed",
               .shape = "ellipse",
               .leads_on = true,
               .takes_time = true,
               .must_take_time = true,
               .in_working_days = true,
               .may_repeat = true,
               .may_pause_clocks = true,
               .given_up = GivingUp::since_start},
    StepRecord{.kind = StepKind::appointment,
               .noun = "an appointment",
               .plural = "appointments",
               .meaning = "a slot of a session is waited for and used up",
               .shape = "box",
               .leads_on = true,
               .takes_time = true,
               .may_repeat = true,
               .may_pause_clocks = true,
               .given_up = GivingUp::since_joining,
               .waits_for = ResourceKind::sessions,
               .may_be_missed = true,
               .uses_up = true},
    StepRecord{.kind = StepKind::servers,
               .noun = "a step of kind servers",
               .plural = "servers",
               .meaning = "servers are waited for, held while it lasts and given back",
               .shape = "box3d",
               .leads_on = true,
               .takes_time = true,
               .may_repeat = true,
               .may_pause_clocks = true,
               .given_up = GivingUp::since_joining,
               .waits_for = ResourceKind::servers},
    StepRecord{.kind = StepKind::meeting,
               .noun = "a meeting",
               .plural = "meetings",
               .meaning = "a case of a meeting is waited for and used up",
               .shape = "hexagon",
               .leads_on = true,
               .may_repeat = true,
               .may_pause_clocks = true,
               .given_up = GivingUp::since_joining,
               .waits_for = ResourceKind::meeting,
               .uses_up = true},
    StepRecord{.kind = StepKind::gather,
               .noun = "a step that gathers",
               .plural = "steps that gather",
               .meaning = "patients wait until so many are together, or the first has waited long enough",
               .shape = "invtriangle",
               .leads_on = true,
               .may_repeat = true,
               .given_up = GivingUp::since_joining,
               .gathers = true},
    StepRecord{.kind = StepKind::parallel,
               .noun = "a parallel step",
               .plural = "parallel steps",
               .meaning = "branches are started, and waited for where they join",
               .shape = "triangle",
               .branches = true},
    StepRecord{.kind = StepKind::transfer,
               .noun = "a transfer",
               .plural = "transfers",
               .meaning = "the patient goes to another provider",
               .shape = "cds",
               .leads_on = true,
               .takes_time = true,
               .moves = true},
    StepRecord{.kind = StepKind::continues,
               .noun = "a step that continues elsewhere",
               .plural = "steps that continue elsewhere",
               .meaning = "the patient goes on with another pathway",
               .shape = "rarrow",
               .continues = true},
    StepRecord{.kind = StepKind::end,
               .noun = "an end",
               .plural = "ends",
               .meaning = "the patient leaves",
               .shape = "doublecircle",
               .ends = true,
               .has_figures = false},
};

/// The record of a kind.
[[nodiscard]] constexpr ResourceRecord const& record_of(ResourceKind kind) {
  return resource_records[static_cast<std::size_t>(kind)];
}
[[nodiscard]] constexpr StepRecord const& record_of(StepKind kind) {
  return step_records[static_cast<std::size_t>(kind)];
}

/// The kinds of step of whose records something holds (a member, or what a function says of one): bit a kind.
template <class Says>
[[nodiscard]] constexpr std::uint32_t steps_that(Says const& says) {
  static_assert(count_of<StepKind> < 32);
  std::uint32_t kinds = 0;
  for (auto const& record : step_records)
    if (std::invoke(says, record)) kinds |= 1u << static_cast<unsigned>(record.kind);
  return kinds;
}

/// Do patients wait at such a step, on a list or for each other?
[[nodiscard]] constexpr bool waits(StepKind kind) {
  constexpr auto those = steps_that(&StepRecord::waits);
  return (those >> static_cast<unsigned>(kind) & 1u) != 0;
}
/// Do patients wait on the list of a resource at such a step?
[[nodiscard]] constexpr bool waits_on_list(StepKind kind) {
  constexpr auto those = steps_that(&StepRecord::waits_on_list);
  return (those >> static_cast<unsigned>(kind) & 1u) != 0;
}

namespace kinds {

/// One record for each kind, in the order of the kinds.
template <class Record, std::size_t n>
constexpr bool in_order(std::array<Record, n> const& records) {
  using Kind = decltype(Record::kind);
  if (n != count_of<Kind>) return false;
  for (std::size_t i = 0; i < n; ++i)
    if (records[i].kind != static_cast<Kind>(i)) return false;
  return true;
}

/// Every text is given.
constexpr bool told(ResourceRecord const& r) {
  return !r.noun.empty() && !r.openings.empty() && !r.amount.empty();
}
constexpr bool told(StepRecord const& r) {
  return !r.noun.empty() && !r.plural.empty() && !r.meaning.empty() && !r.shape.empty();
}

/// A step goes on in one way; only what is started and finished can last, be repeated or be waited for.
constexpr bool sound(StepRecord const& r) {
  int const ways = (r.leads_on ? 1 : 0) + (r.branches ? 1 : 0) + (r.continues ? 1 : 0) + (r.ends ? 1 : 0);
  bool const in_time = r.takes_time || r.may_repeat || r.may_pause_clocks || r.moves || r.may_be_given_up() ||
                       r.waits() || r.may_be_missed || r.uses_up;
  return ways == 1 && (!in_time || r.leads_on) && (!(r.must_take_time || r.in_working_days) || r.takes_time) &&
         (!(r.may_be_missed || r.uses_up) || r.waits_on_list()) && !(r.gathers && r.waits_on_list());
}

static_assert(in_order(resource_records), "each kind of resource has one record, in the order of the kinds");
static_assert(in_order(step_records), "each kind of step has one record, in the order of the kinds");
static_assert(std::ranges::all_of(resource_records, [](auto const& r) { return told(r); }), "a text is missing");
static_assert(std::ranges::all_of(step_records, [](auto const& r) { return told(r); }), "a text is missing");
static_assert(std::ranges::all_of(step_records, sound), "a record contradicts itself");

}  // namespace kinds

}  // namespace cwtsim
