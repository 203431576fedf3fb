#include <fmt/format.h>

#include "commands.hpp"
#include "console.hpp"
#include "cwtsim/io/schema.hpp"
#include "cwtsim/report/compare.hpp"
#include "cwtsim/report/tables.hpp"

namespace cwtsim::cli {
namespace {

constexpr char const* levers_text = R"(Levers

A lever changes one thing of a scenario: a JSON pointer to it, and what is done there.

  cwtsim run SCENARIO --set '/horizon/run_for=2 years'
  cwtsim run SCENARIO --scale '/providers/*/resources/ct/per_week=1.1'
  cwtsim run SCENARIO --with second-scanner.json

* in a pointer stands for any key. The three operations:

  set     puts a value in the place of what is there
  scale   multiplies the number that is there
  add     adds to the number that is there

Lever files are applied in the order of the command line, then --set and --scale in theirs. A lever may hold from a
date on, until a date, or between two; without dates it holds from the start to the end. The same file may be given
once, included or not.

How much there is of a resource is spelled in many ways; one word reaches them all:

  cwtsim run SCENARIO --scale '/providers/*/resources/*/capacity=1.1'

  sessions   slots a week: per_week, or the slots of all sessions; those that are alike are written per week where
             they would not be whole, others are rounded, the largest remainders up, and told
  meetings   cases a week, likewise rounded; those that take all cases have no limit to scale, and 0 closes them
  servers    how many are open at once: servers, or those of each of the hours; likewise rounded

set and add are in the same units: add 5 to the capacity of sessions is five slots a week more.

`check` and the report of a run say what each lever changed, from what to what, and what its * could have stood for and
did not; `check --all` and levers.csv say all of it. Whole-time equivalents are posts: what is said of people counts
those in post. The slots of a resource with other_work are shared with it, the new ones too.

)";

/// A chapter of the field reference, up to the next one; the reference is the one place that says it.
std::string chapter(std::string const& title) {
  auto const reference = io::field_reference();
  auto const start = reference.find("## " + title + "\n");
  if (start == std::string::npos) return {};
  auto const end = reference.find("\n## ", start);
  return reference.substr(start, end == std::string::npos ? end : end + 1 - start);
}

}  // namespace

ExitCode help(Topic topic) {
  switch (topic) {
    case Topic::fields:
      return say(io::field_reference());
    case Topic::levers:
      return say(levers_text + chapter("lever files"));
    case Topic::tables:
      return say(report::table_reference() + report::compare_reference());
    case Topic::distributions:
      return say(chapter("distributions"));
  }
  return ExitCode::our_fault;
}

ExitCode schema() {
  return say(io::json_schema());
}

}  // namespace cwtsim::cli
