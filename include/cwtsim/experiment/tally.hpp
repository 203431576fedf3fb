#pragma once
// What replications add up to, in whole numbers: adding one and merging two tallies are exact in any order, so pieces
// of an experiment can be run anywhere, kept in files and put together. Its size does not grow with the replications
// but for a row each, with the packed counts of its standards.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "cwtsim/core/fields.hpp"
#include "cwtsim/core/folded.hpp"
#include "cwtsim/core/statistics.hpp"
#include "cwtsim/core/time.hpp"
#include "cwtsim/engine/result.hpp"
#include "cwtsim/experiment/packed.hpp"
#include "cwtsim/model/model.hpp"

namespace cwtsim::experiment {

/// A published figure to hold the simulation against; shares of 1.
struct ObservedFigure {
  std::string standard, dimension, value;
  Date from, until;  ///< inclusive
  std::optional<double> attainment;
  std::optional<double> patients;
};

/// "all": the whole measured time; month: "2026-04"; year: twelve whole months, "2026/27"; figure: the months of
/// observed figures, where these are neither.
enum class Span : std::uint8_t { all, month, year, figure };

/// A run of measured months that is counted as one.
struct Months {
  Span span = Span::all;
  std::string when;
  std::uint32_t first = 0, count = 0;
  std::optional<std::uint32_t> year;  ///< its place in Tally::years, where it is as long as a year
};

/// What is counted, and where it stands in a Tally.
struct Layout {
  Layout() = default;
  /// That of a model, with the months of its observed figures.
  Layout(model::Model const& model, std::vector<ObservedFigure> const& observed);
  std::vector<Months> spans;  ///< all, the months, the years, those of figures
  std::uint32_t months = 0, strata = 0, standards = 0;
  std::uint32_t years = 0;           ///< spans as long as a year
  std::vector<std::string> periods;  ///< each measured month is of one: whole years, "rest"; or "all"
  std::vector<std::uint32_t> period_of_month;
  std::vector<double> targets;         ///< [stratum * spans + span], in force in its last month; NaN: none
  std::vector<std::uint32_t> precise;  ///< the strata whose attainment a precision is about: each standard's whole
  /// A stratum of a measure.
  struct MeasureStratum {
    std::uint64_t scale = 1;      ///< parts of one
    bool at_most = false;         ///< how its targets are meant
    std::vector<double> targets;  ///< by span; NaN: none
  };
  std::vector<MeasureStratum> measured;  ///< strata of all measures
  std::vector<model::Gap> gaps;
  std::size_t gap_groups = 0;            ///< of all gaps that are spreads
  std::size_t accounts = 0;              ///< of the ledgers
  std::vector<std::uint32_t> wholes;     ///< of these, by ledger, the account of all that it holds
  std::size_t resources = 0, steps = 0;  ///< steps times providers
  std::size_t staff = 0;                 ///< roles of providers
  std::size_t rules = 0;                 ///< by rule and provider
  std::size_t clock_ticks = 0;           ///< as in a replication's result
  std::vector<std::uint32_t> places;     ///< model::waiting_places
  /// Where a stratum over a span of months stands.
  [[nodiscard]] std::size_t cell(std::uint32_t stratum, std::size_t span) const {
    return std::size_t{stratum} * spans.size() + span;
  }
};

/// What is kept of each replication. One that hit a limit or froze has no counts.
struct Replication {
  std::uint64_t replication = 0;
  engine::Outcome outcome = engine::Outcome::completed;
  Tick stopped_at = 0;
  std::uint64_t events = 0, referred = 0, finished = 0, still_in = 0, measured_referrals = 0;
  std::vector<std::uint64_t> precise;
  Packed counts, recorded, pence;
  std::vector<std::uint32_t> frozen;

  template <class T = Replication>
  static constexpr auto fields() {
    return std::tuple(
        Field{&T::replication, "replication", "", "its number"}, Field{&T::outcome, "outcome", "", "how it ended"},
        Field{&T::stopped_at, "stopped_at", "tick", "the end, or the moment a limit was hit or it froze"},
        Field{&T::events, "events", "events", "whole run"}, Field{&T::referred, "referred", "patients", "whole run"},
        Field{&T::finished, "finished", "patients", "whole run"},
        Field{&T::still_in, "still_in", "patients", "at the end"},
        Field{&T::measured_referrals, "measured_referrals", "patients", "who came in the measured time"},
        Field{&T::precise, "precise", "halves", "met and counted of each of Layout::precise"},
        Field{&T::counts, "counts", "halves", "met and counted, [(stratum * periods + period) * 2]"},
        Field{&T::recorded, "recorded", "parts",
              "of measures: values, and those that would all be 1, [(stratum * periods + period) * 2]"},
        Field{&T::pence, "pence", "pence", "of the whole ledgers, [ledger * periods + period]"},
        Field{&T::frozen, "frozen", "patients",
              "[resource] of one that is not completed: who wait for it or keep it, and can never go on"});
  }
  friend bool operator==(Replication const&, Replication const&) = default;
};

/// A standard or a measure in a stratum over a span of months.
struct Attained {
  RatioSums sums;
  std::uint32_t counting = 0, meeting = 0;

  template <class T = Attained>
  static constexpr auto fields() {
    return std::tuple(
        Field{&T::sums, "sums", "", "halves; of a measure its values and those that would all be 1, in parts"},
        Field{&T::counting, "counting", "replications", "that counted anyone"},
        Field{&T::meeting, "meeting", "replications", "of those, that met the span's target"});
  }
  friend bool operator==(Attained const&, Attained const&) = default;
};

/// How the attainments of single years lie: each of them (to 2^-32) up to `most_exact`, from then on to the nearest
/// 0.025 points. What it holds depends on the values alone, not on their order or on what was merged when.
class Spread {
 public:
  static constexpr std::size_t most_exact = 100;
  static constexpr std::uint64_t steps_of_one = 4000;
  using Value = std::pair<std::uint32_t, std::uint32_t>;  ///< as many 2^32-1ths or steps, and how often
  void add(std::uint64_t met, std::uint64_t counted);     ///< counted > 0
  /// Adds all that another holds.
  void merge(Spread const& other);
  /// Its shares (of 1), each with how often, after those that there are.
  void append_to(std::vector<Counted>& shares) const;
  /// For files: ascending, without repeats.
  [[nodiscard]] std::vector<Value> const& values() const { return values_; }
  /// It holds them one by one.
  [[nodiscard]] bool exact() const { return exact_; }
  /// What values() and exact() said; nothing where that cannot be.
  [[nodiscard]] static std::optional<Spread> from_file(bool exact, std::vector<Value> values);
  friend bool operator==(Spread const&, Spread const&) = default;

 private:
  void insert(std::uint32_t value, std::uint32_t times);
  void make_coarse();
  bool exact_ = true;
  std::uint64_t count_ = 0;
  std::vector<Value> values_;
};

/// A gap of each replication, in billionths.
struct GapSums {
  std::int64_t sum = 0;
  Wide squares = 0;
  Cubes cubes;  ///< below nothing they wrap round
  std::uint64_t times = 0;
  /// Adds that of a replication.
  void add(std::int64_t value);
  template <class T = GapSums>
  static constexpr auto fields() {
    return std::tuple(Field{&T::sum, "sum", "billionths", "over replications"},
                      Field{&T::squares, "squares", "", "sum of their squares"},
                      Field{&T::cubes, "cubes", "", "sum of their cubes"},
                      Field{&T::times, "times", "replications", "in which there was one"});
  }
  friend bool operator==(GapSums const&, GapSums const&) = default;
};

/// One of the groups that may be the least or the greatest: its level less that of all of them together.
struct GroupSums {
  std::int64_t off = 0;
  Wide squares = 0;
  std::uint64_t times = 0, patients = 0;
  /// Adds that of a replication.
  void add(std::int64_t own_off, std::uint64_t own_patients);
  template <class T = GroupSums>
  static constexpr auto fields() {
    return std::tuple(Field{&T::off, "off", "billionths", "over replications"},
                      Field{&T::squares, "squares", "", "sum of their squares"},
                      Field{&T::times, "times", "replications", "that counted anyone of it"},
                      Field{&T::patients, "patients", "patients", "of it, over replications"});
  }
  friend bool operator==(GroupSums const&, GroupSums const&) = default;
};

/// A quantile of the waits of each replication, in thousandths of a day, and a day more, so that none is below nothing.
struct QuantileSums {
  ValueSums thousandths;
  std::uint64_t times = 0;
  /// Adds that of a replication.
  void add(std::uint64_t value) {
    thousandths.add(value);
    ++times;
  }
  template <class T = QuantileSums>
  static constexpr auto fields() {
    return std::tuple(Field{&T::thousandths, "thousandths", "thousandths of a day", "over replications"},
                      Field{&T::times, "times", "replications", "that counted anyone"});
  }
  friend bool operator==(QuantileSums const&, QuantileSums const&) = default;
};

/// The quantiles of waits that are told, as shares.
inline constexpr std::array told_quantiles = {0.5, 0.9};

/// How long a list was at each count, and how much its changes from one to the next vary.
struct ListSums {
  std::array<std::uint64_t, model::list_counts> lengths{};
  Wide squares = 0;
  /// Adds those of a replication.
  void add(std::array<std::uint64_t, model::list_counts> const& own);
  template <class T = ListSums>
  static constexpr auto fields() {
    return std::tuple(Field{&T::lengths, "lengths", "patients", "by count, over replications"},
                      Field{&T::squares, "squares", "", "sum of the squares of all changes"});
  }
  friend bool operator==(ListSums const&, ListSums const&) = default;
};

/// Sums are over the completed replications only: those that hit a limit or froze are kept apart.
struct Tally {
  std::vector<Replication> completed, limited;
  std::uint64_t events = 0;
  std::vector<Attained> attained;
  std::vector<Spread> years;
  std::vector<Attained> measured;
  std::vector<GapSums> gaps;
  std::vector<GroupSums> gap_groups;
  std::vector<QuantileSums> quantiles;
  std::vector<ValueSums> pence;
  std::vector<std::uint64_t> days, second_starts, clock_ticks;
  std::vector<Folded<engine::ClockTotals>> clocks;
  std::vector<ValueSums> open, open_long;
  std::vector<Folded<engine::StepTotals>> steps, branch_steps;
  std::vector<Folded<engine::ResourceTotals>> resources;
  std::vector<ListSums> lists;
  std::vector<Folded<engine::StaffTotals>> staff;
  std::vector<Folded<engine::RuleTotals>> rules;
  std::vector<Folded<engine::ResourceMonth>> resource_months;
  std::vector<Folded<engine::StepMonth>> step_months;
  std::vector<Folded<engine::StaffMonth>> staff_months;

  template <class T = Tally>
  static constexpr auto fields() {
    using L = Layout const&;
    return std::tuple(
        Field{&T::completed, "completed", "", "replications, ascending"},
        Field{&T::limited, "limited", "", "those that hit a limit or froze, ascending"},
        Field{&T::events, "events", "events", "of all of them"},
        ListField{&T::attained, "attained", "", "standards, by Layout::cell",
                  [](L l) { return std::size_t{l.strata} * l.spans.size(); }},
        ListField{&T::years, "years", "", "[stratum * Layout::years + year]",
                  [](L l) { return std::size_t{l.strata} * l.years; }},
        ListField{&T::measured, "measured", "", "measures, by Layout::cell of their strata",
                  [](L l) { return l.measured.size() * l.spans.size(); }},
        ListField{&T::gaps, "gaps", "", "by Layout::gaps", [](L l) { return l.gaps.size(); }},
        ListField{&T::gap_groups, "gap_groups", "", "those of each of Layout::gaps that is a spread, in order",
                  [](L l) { return l.gap_groups; }},
        ListField{&T::quantiles, "quantiles", "", "[stratum * told_quantiles + k]",
                  [](L l) { return std::size_t{l.strata} * told_quantiles.size(); }},
        ListField{&T::pence, "pence", "pence", "by Layout::cell of an account",
                  [](L l) { return l.accounts * l.spans.size(); }},
        ListField{&T::days, "days", "halves", "[days * strata + stratum]",
                  [](L l) { return std::size_t{l.strata} * model::day_cells; }},
        ListField{&T::second_starts, "second_starts", "times", "[standard]",
                  [](L l) { return std::size_t{l.standards}; }},
        ListField{&T::clock_ticks, "clock_ticks", "ticks", "by clock_cell", [](L l) { return l.clock_ticks; }},
        ListField{&T::clocks, "clocks", "", "[standard * 2 + breached]",
                  [](L l) { return std::size_t{l.standards} * 2; }},
        ListField{&T::open, "open", "patients", "[month * strata + stratum]",
                  [](L l) { return std::size_t{l.strata} * l.months; }},
        ListField{&T::open_long, "open_long", "patients", "[(month * strata + stratum) * 2 + k]",
                  [](L l) { return std::size_t{l.strata} * l.months * 2; }},
        ListField{&T::steps, "steps", "", "[step * providers + provider]", [](L l) { return l.steps; }},
        ListField{&T::branch_steps, "branch_steps", "", "likewise, of branches", [](L l) { return l.steps; }},
        ListField{&T::resources, "resources", "", "[resource]", [](L l) { return l.resources; }},
        ListField{&T::lists, "lists", "", "[resource]", [](L l) { return l.resources; }},
        ListField{&T::staff, "staff", "", "[role of a provider]", [](L l) { return l.staff; }},
        ListField{&T::rules, "rules", "", "[rule at a provider]", [](L l) { return l.rules; }},
        ListField{&T::resource_months, "resource_months", "", "[month * resources + resource]",
                  [](L l) { return l.resources * l.months; }},
        ListField{&T::step_months, "step_months", "", "[month * places + place]",
                  [](L l) { return l.places.size() * l.months; }},
        ListField{&T::staff_months, "staff_months", "", "[month * roles + role]",
                  [](L l) { return l.staff * l.months; }});
  }
  /// Completed, and those that hit a limit or froze.
  [[nodiscard]] std::uint64_t replications() const { return completed.size() + limited.size(); }
  /// Those that froze.
  [[nodiscard]] std::uint64_t deadlocked() const;
  [[nodiscard]] std::uint64_t first() const;  ///< number of the first replication; of an empty one 0
  [[nodiscard]] std::uint64_t end() const;    ///< one past the last
  [[nodiscard]] bool empty() const { return replications() == 0; }
  /// Makes room for all that the layout counts; adding does it where there is none.
  void size_by(Layout const& layout);
  /// Adds a replication.
  void add(Layout const& layout, engine::ReplicationResult const& result);
  /// Adds what another of the same layout holds; no replication may be in both.
  void merge(Tally const& other);
  friend bool operator==(Tally const&, Tally const&) = default;
};

}  // namespace cwtsim::experiment
