// What once wrapped, hung or crashed, as a user meets it: the right figure, or a refusal that says why.

#include "cases/case.hpp"

namespace {

/// A scenario of one provider and one pathway that begins at "first"; `more` stands before the providers.
std::string scenario(std::string const& steps, std::string const& more = "", std::string const& run_for = "1 year") {
  return R"({"schema": 1, "name": "Case", "horizon": {"starts": "2026-06-01", "run_for": ")" + run_for + R"("}, )" +
         more + R"("providers": {"here": {}},
    "demand": {"gp": {"pathway": "path", "provider": "here", "per_week": 20, "milestones": "came"}},
    "standards": {"fds": {"starts": "came", "stops": "told", "limit": "28 days"}},
    "pathways": {"path": {"start": "first", "steps": {)" +
         steps + R"("told": {"kind": "delay", "takes": "0 min", "on_finish": "told", "then": "home"},
      "home": {"kind": "end"}}}}})";
}

/// So many branches of a day, and one of 40 days that a quarter of the patients have.
std::string fork(int branches) {
  std::string starts = R"("late": 0.25)", steps;
  for (int i = 1; i < branches; ++i) {
    auto const name = "\"b" + std::to_string(i) + "\": ";
    starts += ", " + name + "1";
    steps += name + R"({"kind": "delay", "takes": "1 day", "then": "told"}, )";
  }
  return R"("first": {"kind": "parallel", "starts": {)" + starts + R"(}, "joins_at": "told"},
    "late": {"kind": "delay", "takes": "40 days", "then": "told"}, )" +
         steps;
}

Finished checked(std::string const& text) {
  Folder const folder;
  return run_program({"check", folder.write("case.json", text)});
}

std::string const a_day = R"("first": {"kind": "delay", "takes": "1 day", "then": "told"}, )";

}  // namespace

TEST_CASE("257 branches: those that have the long one are late, as with 3") {
  Folder const folder;
  auto const attained = [&folder](int branches) {
    auto const name = std::to_string(branches);
    auto const ran = run_program({"run", folder.write(name + ".json", scenario(fork(branches))), "--replications", "2",
                                  "--quiet", "--out", folder / name});
    REQUIRE(ran.code == 0);
    for (auto const& row : csv::read(folder / (name + "/standards.csv")))
      if (row.at("dimension") == "all" && row.at("month") == "all") return row.at("attainment");
    return std::string("no row");
  };
  auto const few = attained(3);
  CHECK(std::stod(few) == Approx(0.75).margin(0.04));
  CHECK(attained(257) == few);
}

TEST_CASE("40,000 days waited are refused") {
  auto const said = checked(scenario(
      a_day,
      R"("waiting": {"list": {"like": "gp", "provider": "here", "step": "first", "patients": 9, "waited": "40000 days"}}, )"));
  CHECK(said.code == 2);
  CHECK(has(said.err, "at most 10000 days, which is 27 years, can be counted"));
}

TEST_CASE("a run of a second is refused, with ticks of a minute") {
  auto const said = checked(scenario(a_day, "", "1 s"));
  CHECK(said.code == 2);
  CHECK(has(said.err, "comes to no tick of 1 min, so nothing would be measured"));
}

TEST_CASE("a lognormal that has hardly any spread is refused, and ends") {
  auto const said = checked(scenario(
      R"("first": {"kind": "delay", "takes": {"lognormal": {"mean": "7 days", "sd": "0.001 s"}}, "then": "told"}, )"));
  CHECK(said.code == 2);
  CHECK(has(said.err, "it is spread too little to be worked out: write the one length of time"));
}

TEST_CASE("65,601 providers are refused by their number") {
  std::string others;
  for (int i = 1; i < 65'601; ++i) others += "\"p" + std::to_string(i) + "\": {}, ";
  auto text = scenario(a_day);
  std::string const here = R"("here": {}})";
  text.replace(text.find(here), 0, others);
  auto const said = checked(text);
  CHECK(said.code == 2);
  CHECK(has(said.err, "/providers\n  65601 providers; at most 60000 are allowed"));
}
