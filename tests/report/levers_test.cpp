// What the report says of levers.

#include "catch_compat.hpp"
#include "cwtsim/report/text.hpp"

using namespace cwtsim;
using experiment::LeverValue;
using experiment::PulledLever;
using experiment::PulledLevers;

namespace {

LeverValue value(std::string pointer, std::string before, std::string after, std::string note = {}) {
  LeverValue v;
  v.pointer = std::move(pointer);
  v.what = "changed";
  v.before = std::move(before);
  v.after = std::move(after);
  v.note = std::move(note);
  return v;
}

/// A lever that has changed so many sessions of one provider.
void add(PulledLevers& pulled, std::string const& name, std::size_t sessions) {
  PulledLever lever{"Strike", name, "scale /providers/*/x by 0", "from 2026-06-01",
                    {},       {},   pulled.values.size(),        sessions};
  for (std::size_t i = 1; i <= sessions; ++i)
    pulled.values.push_back(value("/providers/p/resources/ct/sessions/s" + std::to_string(i) + "/slots",
                                  std::to_string(i), "0", "as said"));
  pulled.levers.push_back(lever);
}

bool has(std::string const& text, std::string const& part) {
  INFO(text);
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("without levers nothing is said of them") {
  CHECK(report::levers_text({}, false).empty());
  CHECK(report::levers_text({}, true).empty());
}

TEST_CASE("a lever is told with what it says, what it changed, what it did not reach and what that comes to") {
  PulledLevers pulled;
  add(pulled, "close", 2);
  pulled.levers[0].reach = "1 of 3 resources; not theatre (no \"slots\")";
  pulled.levers[0].notes = {"other work takes 2 of 4"};
  CHECK(report::levers_text(pulled, true) ==
        "\nWhat the levers changed\n"
        "  Strike: close: scale /providers/*/x by 0, from 2026-06-01\n"
        "    p/ct/s1/slots 1 -> 0 (as said), p/ct/s2/slots 2 -> 0 (as said)\n"
        "    changed 1 of 3 resources; not theatre (no \"slots\")\n"
        "    other work takes 2 of 4\n");
}

TEST_CASE("many values are a range and the first of them, all of them on demand") {
  PulledLevers pulled;
  add(pulled, "close", 3);
  CHECK_FALSE(has(report::levers_text(pulled, false), "values"));
  pulled = {};
  add(pulled, "close", 4);
  CHECK(has(report::levers_text(pulled, false),
            "4 values (1 to 4 -> 0): p/ct/s1/slots 1 -> 0, p/ct/s2/slots 2 -> 0, p/ct/s3/slots 3 -> 0"));
  CHECK(has(report::levers_text(pulled, false), " more\n"));
  CHECK(has(report::levers_text(pulled, true), "p/ct/s4/slots 4 -> 0"));
}

TEST_CASE("of more than six levers a file has a line, and those that did not reach all of their kind have theirs") {
  PulledLevers pulled;
  for (int i = 0; i < 6; ++i) add(pulled, "lever " + std::to_string(i), 1);
  CHECK(has(report::levers_text(pulled, false), "Strike: lever 5: scale"));
  add(pulled, "seventh", 1);
  pulled.levers.back().reach = "1 of 2 providers; not hub (no \"x\")";
  auto const brief = report::levers_text(pulled, false);
  CHECK(has(brief, "  Strike: 7 levers, 7 values changed\n    seventh: changed 1 of 2 providers; not hub"));
  CHECK_FALSE(has(brief, "lever 5"));
  CHECK(has(report::levers_text(pulled, true), "Strike: lever 5: scale"));
}

TEST_CASE("of many files the first are told, and those that did not reach all of their kind") {
  PulledLevers pulled;
  for (int i = 1; i <= 9; ++i) {
    add(pulled, "more", 2);
    pulled.levers.back().intervention = "File " + std::to_string(i);
  }
  pulled.levers[7].reach = "1 of 2 providers; not hub (no \"x\")";
  auto const brief = report::levers_text(pulled, false);
  CHECK(
      has(brief, "  File 6: 1 lever, 2 values changed\n  File 8: 1 lever, 2 values changed\n    more: changed 1 of 2"));
  CHECK_FALSE(has(brief, "File 7"));
  CHECK(has(brief, "  and 2 more, with 2 levers: 4 values changed\n"));
}

TEST_CASE("a lever that changed nothing says so, and a value that was not there is nothing") {
  PulledLevers pulled;
  add(pulled, "none", 0);
  pulled.values.push_back(value("/demand/gp/per_week", "", "5"));
  pulled.levers.push_back({"--set /demand/gp/per_week=5", "--set /demand/gp/per_week=5", "", "", "", {}, 0, 1, true});
  auto const text = report::levers_text(pulled, false);
  CHECK(has(text, "    nothing is changed\n"));
  CHECK(has(text, "  --set /demand/gp/per_week=5\n    gp/per_week nothing -> 5\n"));
}
