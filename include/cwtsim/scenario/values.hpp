#pragma once
// The kinds of value that a scenario is made of: evidence, tables, shares and conditions.

#include <cstdint>
#include <string>
#include <vector>

#include "cwtsim/core/distribution.hpp"
#include "cwtsim/core/named.hpp"

namespace cwtsim::scenario {

/// How far a figure can be trusted: observed (published counts), cited (read in a source), strategy (a strategy
/// document), derived (worked out from those), assumed (chosen by a modeller).
enum class Mark : std::uint8_t { none, observed, cited, strategy, derived, assumed };

/// Where the numbers of an object come from.
struct Evidence {
  Mark mark = Mark::none;
  std::string source;
  std::string note;
  friend bool operator==(Evidence const&, Evidence const&) = default;
};

/// Values that may depend on attributes, the provider or the stream. JSON: a plain value, or
/// {"by": ["tumour", "provider"], "lung": {"cwft": value, "otherwise": value}, "otherwise": value}.
/// `by` names attributes, or the words "provider" (where the patient is now) and "stream".
template <class T>
struct Table {
  /// A value, and for which levels it holds.
  struct Row {
    std::vector<std::string> keys;  ///< one a name in `by`; "otherwise" stands for every level not named at that depth;
                                    ///< a row may be shorter than `by`: the rest does not matter
    T value;
    friend bool operator==(Row const&, Row const&) = default;
  };
  std::vector<std::string> by;  ///< empty: one row without keys
  std::vector<Row> rows;
  /// Whether anything was written.
  [[nodiscard]] bool given() const { return !rows.empty(); }
  friend bool operator==(Table const&, Table const&) = default;
};

/// Names and their shares, which sum to 1. JSON: {"yes": 0.1, "no": 0.9}, or "yes" for certainty.
using Shares = Named<double>;
using ShareTable = Table<Shares>;
using NumberTable = Table<double>;
using DistributionTable = Table<Distribution>;
/// Factors by name; their product counts.
using Factors = Named<NumberTable>;
/// By outcome of a choice: factors of its share. All shares are then scaled to sum to 1 again.
using Odds = Named<Factors>;

/// Attributes and the levels that satisfy: {"route": ["usc", "screening"], "cancer": "yes"}; all must hold.
struct Condition {
  Named<std::vector<std::string>> levels;
  friend bool operator==(Condition const&, Condition const&) = default;
};

/// The word for the rest in a table.
inline constexpr char const* otherwise = "otherwise";

}  // namespace cwtsim::scenario
