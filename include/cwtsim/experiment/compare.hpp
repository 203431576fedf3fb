#pragma once
// Arms that were given the same luck, held against the first of them: by how much each figure differs, how sure that
// is, and what it costs.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "cwtsim/core/paired.hpp"
#include "cwtsim/experiment/estimates.hpp"

namespace cwtsim::experiment {

/// What a comparison needs of an arm's replications.
struct ArmReplications {
  ArmSummary arm;
  std::string scenario;
  std::vector<StandardName> standards;
  std::vector<Stratum> strata;
  std::vector<MeasureName> measures;
  std::vector<Stratum> measure_strata;  ///< Stratum::standard: in measures
  std::vector<double> scales;           ///< by stratum of measures: parts of one
  std::vector<LedgerName> ledgers;
  std::vector<std::string> periods;  ///< as in Layout
  std::vector<double> years;         ///< by period, how long it is
  Date first_measured, last_measured;
  std::uint64_t seed = 0, limited = 0;
  std::vector<Replication> completed;
  std::vector<double> outlays;  ///< pounds of interventions, [ledger * periods + period]
};
/// That of an experiment on `model`.
[[nodiscard]] ArmReplications replications_of(model::Model const& model, Experiment experiment, ArmSummary arm,
                                              std::vector<Outlay> const& outlays);

/// A figure that arms may differ in.
enum class Figures : std::uint8_t {
  attainment,  ///< of a standard: share
  in_time,     ///< of a standard: patients a year who met it
  mean,        ///< of a measure
  total,       ///< of a measure, a year
  pounds       ///< of a ledger, a year
};
/// As tables have it.
[[nodiscard]] std::string_view word_of(Figures figure);

/// One figure of an arm, and of the first.
struct ArmDifference {
  std::size_t arm = 0;  ///< in Differences::arms
  Figures figure = Figures::attainment;
  std::size_t of = 0;       ///< the standard, measure or ledger
  std::size_t stratum = 0;  ///< in strata or measure_strata; of a ledger 0
  std::string when;         ///< "all", "2026/27"
  double first = 0, other = 0;
  Estimate difference;
  double error = 0;                               ///< standard error of the difference
  std::optional<double> low_of_all, high_of_all;  ///< those of all arms hold together in 95 of 100 cases
  std::optional<double> saved;                    ///< as in Difference

  /// More in truth: the interval that holds for all arms together is above nothing.
  [[nodiscard]] bool is_more() const { return low_of_all && *low_of_all > 0; }
  /// Less in truth: it is below.
  [[nodiscard]] bool is_less() const { return high_of_all && *high_of_all < 0; }
};

/// Which arm meets a standard most often over all the measured time.
struct BestArm {
  std::size_t standard = 0, arm = 0;
  std::vector<std::size_t> as_good;  ///< arms in which every replication shows the same as in that
  std::optional<double> confidence;  ///< that no other is better (Hsu: Multiple comparisons, 1996, chapter 4)
  std::uint64_t advised = 0;         ///< as in Estimate, of its leads over the others
};

/// Pounds that an arm spends for each patient more who is in time, against the first.
struct PoundsEach {
  std::size_t arm = 0, standard = 0, ledger = 0;
  ArmDifference in_time, pounds;
  std::optional<Estimate> each;  ///< nothing where it is not clear that more are in time
};

/// What many arms differ in.
struct Differences {
  ArmReplications names;               ///< of the first, without its replications
  std::vector<ArmSummary> arms;        ///< the first is what the others are held against
  std::vector<std::uint64_t> limited;  ///< by arm: replications that hit a limit or froze
  std::uint64_t replications = 0;      ///< completed in every arm: those that are compared
  std::vector<ArmDifference> rows;     ///< by arm, figure, stratum and time; of parts of the patients only what differs
  std::vector<BestArm> best;           ///< by standard
  std::vector<PoundsEach> pounds_each;
  /// Of which patients a row is; of a ledger all.
  [[nodiscard]] Stratum const& stratum_of(ArmDifference const& row) const;
};
/// An arm counts other things than the first, so that they cannot be held against each other: which, and what.
struct NotAlike {
  std::size_t arm = 0;
  std::string what;  ///< "it has 10 providers"
};
/// What another arm counts that the first does not, or the other way round, whatever their replications; empty: they
/// count the same.
[[nodiscard]] std::string unlike(ArmReplications const& first, ArmReplications const& other);
/// Holds arms against the first of them, by those replications that all of them completed.
[[nodiscard]] std::variant<Differences, NotAlike> compare(std::vector<ArmReplications> arms);

}  // namespace cwtsim::experiment
