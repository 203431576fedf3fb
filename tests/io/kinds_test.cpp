// Which fields a step of each kind may have.

#include "cwtsim/core/kinds.hpp"

#include <algorithm>
#include <sstream>

#include "catch_compat.hpp"
#include "written.hpp"

using namespace cwtsim;

namespace {

struct Owned {
  std::string field, kinds;  ///< kinds with blanks, or "all"
};
std::vector<Owned> const fields = {
    {"takes", "delay appointment servers transfer"},
    {"times", "delay appointment servers transfer"},
    {"counts", "delay"},
    {"needs", "appointment servers meeting"},
    {"then", "delay appointment servers meeting gather transfer"},
    {"odds", "delay appointment servers meeting gather transfer"},
    {"repeats", "delay appointment servers meeting gather"},
    {"every", "delay appointment servers meeting gather"},
    {"did_not_attend", "appointment"},
    {"gives_up", "delay appointment servers meeting gather"},
    {"when_full", "appointment servers meeting"},
    {"priority", "appointment servers meeting"},
    {"on_joining", "all"},
    {"on_start", "all"},
    {"on_finish", "all"},
    {"finds", "delay appointment servers meeting gather transfer"},
    {"sets", "all"},
    {"pauses", "delay appointment servers meeting"},
    {"costs", "delay appointment servers meeting gather transfer"},
    {"together", "gather"},
    {"wait_at_most", "gather"},
    {"starts", "parallel"},
    {"joins_at", "parallel"},
    {"to", "transfer"},
    {"pathway", "continues"},
};

bool among(std::string const& words, std::string_view word) {
  std::istringstream in(words);
  for (std::string one; in >> one;)
    if (one == word) return true;
  return false;
}

}  // namespace

TEST_CASE("a field is refused at a step of a kind that does not have it, and at no other") {
  std::string steps;
  for (auto const kind : words_of<StepKind>()) {
    steps += "\"a_" + std::string(kind) + "\": { \"kind\": \"" + std::string(kind) + "\"";
    for (auto const& [field, kinds] : fields) steps += ", \"" + field + "\": []";
    steps += " }, ";
  }
  auto const read =
      written::read_patch("\"pathways\": { \"all\": { \"start\": \"x\", \"steps\": { " + steps + "\"_\": 0 } } }");
  for (auto const kind : words_of<StepKind>())
    for (auto const& [field, kinds] : fields) {
      INFO(field << " at a step of kind " << kind);
      auto const said = "\"" + field + "\" means nothing for a step of kind \"" + std::string(kind) + "\"";
      bool const refused = std::ranges::any_of(
          read.problems.list(), [&](Problem const& problem) { return problem.what.rfind(said, 0) == 0; });
      CHECK(refused != (kinds == "all" || among(kinds, kind)));
    }
}
