#include <fmt/format.h>

#include "commands.hpp"
#include "console.hpp"
#include "cwtsim/io/schema.hpp"
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
date on, until a date, or between two; without dates it holds from the start to the end.

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
      return say(report::table_reference());
    case Topic::distributions:
      return say(chapter("distributions"));
  }
  return ExitCode::our_fault;
}

ExitCode schema() {
  return say(io::json_schema());
}

}  // namespace cwtsim::cli
