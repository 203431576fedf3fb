#pragma once
// From scenario files and levers to a scenario, or to everything that is wrong with them.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cwtsim/core/problem.hpp"
#include "cwtsim/scenario/scenario.hpp"

namespace cwtsim::io {

/// A change of a scenario: a JSON pointer into the composed scenario (`*` stands for any key) and what is done there.
struct Lever {
  /// What is done to what the pointer leads to.
  enum class Op { set, scale, add };
  std::string name;     ///< in its file; empty for one from the command line
  std::string pointer;  ///< "/providers/*/resources/ct/per_week"
  Op op = Op::set;
  std::string value;          ///< JSON text
  std::optional<Date> from;   ///< holds from this day on; absent: from the start
  std::optional<Date> until;  ///< no longer holds on this day; absent: to the end
};

/// What an intervention costs beside what the scenario spends.
struct InterventionCost {
  std::string ledger, fund;
  std::optional<double> once;      ///< pounds, on the day `on`; or
  std::optional<double> per_year;  ///< pounds a year, by day
  std::optional<Date> on, from, until;
  Named<double> taper;  ///< date -> share of `per_year` from then on
  scenario::Evidence evidence;
  std::string place;  ///< "file.json:3:7"
};

/// A value that a lever changed, as it was and as it is then.
struct Change {
  std::string pointer;
  std::string from, to;     ///< "" where there was nothing, or is nothing any more
  std::string note;         ///< what a reader of the two values would not know; may be empty
  bool is_rounded = false;  ///< to a whole number
};

/// What the last `*` of a pointer that tells things apart could stand for, and what of that the lever did not reach.
struct Reach {
  /// One that it did not reach.
  struct Missed {
    std::string pointer, name;
    std::string why;  ///< "it has \"per_week\""
  };
  std::string kind;  ///< "resources"
  std::size_t of = 0;
  std::vector<Missed> missed;
};

/// What a lever did, the first time that it was pulled: a dated one on the first day on which it holds.
struct Pulled {
  Lever lever;
  std::string intervention;  ///< the name of its file; of one from the command line the option
  std::string place;         ///< "file.json:12:7", or the option
  std::string pointer;       ///< of the lever itself in its own file; "" of one from the command line
  bool is_option = false;    ///< of the command line, also where it is written out in a scenario
  std::vector<Change> changes;
  std::optional<Reach> reach;      ///< where there is a `*` that did not reach all
  std::vector<std::string> notes;  ///< what all of its changes come to
};

/// A named file of levers, without the levers.
struct Intervention {
  std::string file;
  std::string at;  ///< where it stands in its file: "/with/0" of a scenario; "" of a file of its own
  std::string name, summary;
  std::string cost;  ///< as it is written
  Named<InterventionCost> costs;
  std::string costs_json;  ///< as they are written; "" if there are none
  scenario::Evidence evidence;
  bool is_option = false;  ///< of the command line, written out in a scenario
};

/// What to read, and what to change of it.
struct ReadRequest {
  std::string path;               ///< the scenario file; "-" is standard input
  std::vector<std::string> with;  ///< files of levers, applied in this order
  std::vector<Lever> levers;      ///< applied after those
  /// Read in the place of the file, which need not exist: its name is for messages, its folder for what is extended.
  std::optional<std::string> text{};
  /// All levers are read, and only the first so many are pulled.
  std::optional<std::size_t> pull_only{};
};

/// Knows where in which file each part of a composed scenario stands.
class Locator {
 public:
  struct Composed;
  Locator() = default;
  /// Looks in what was composed.
  explicit Locator(std::shared_ptr<Composed const> composed) : composed_(std::move(composed)) {}
  /// "file.json:12:7" of the value at this JSON pointer or of its nearest parent that exists; "" if nothing was read.
  [[nodiscard]] std::string place(std::string_view pointer) const;
  /// Fills in the places that are still empty.
  void locate(Problems& problems) const;

 private:
  std::shared_ptr<Composed const> composed_;
};

/// A scenario, or all that is wrong with it.
struct ReadResult {
  scenario::DatedScenario scenario;
  std::string composed_json;  ///< all that was read as one scenario, which reads as the same: levers and the costs of
                              ///< interventions stand under "with"
  std::vector<std::string> files;  ///< every file read, in the order of reading
  std::vector<Intervention> with;
  std::vector<Pulled> pulled;  ///< a lever each, in the order in which they are pulled
  Locator where;
  Problems told;      ///< nothing wrong, but to be told: old words that were read all the same
  Problems problems;  ///< if there are any, the scenario is not fit for use
};

/// Reads, composes and types a scenario. Order: `extends` (base first), `include`, the file itself, resource templates,
/// lever sets of the scenario, lever files, other levers. Dated levers make one further scenario for each date on which
/// something changes.
[[nodiscard]] ReadResult read_scenario(ReadRequest const& request);

/// A lever that always holds; the value is JSON, or else a plain text.
[[nodiscard]] Lever lever_of(Lever::Op op, std::string pointer, std::string value);
/// The lever of an option like "/horizon/run_for=2 years". Nothing, if there is no "=" or no pointer before it.
[[nodiscard]] std::optional<Lever> parse_lever(Lever::Op op, std::string_view text);

/// Problems as they are printed: a line with `title` and their number, then place, pointer, what and suggestion of
/// each; at most 20. Control characters are escaped.
[[nodiscard]] std::string format_problems(Problems const& problems, std::string const& title);
/// What is to be told though nothing is wrong, a line each kind, with the first place of it.
[[nodiscard]] std::string format_told(Problems const& told);

}  // namespace cwtsim::io
