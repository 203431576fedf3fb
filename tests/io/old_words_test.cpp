#include "catch_compat.hpp"
#include "written.hpp"

using cwtsim::io::Lever;
using cwtsim::io::read_scenario;
using written::Folder;

namespace {

std::string const old_stream = R"("demand": { "gp": { "pathway": "clinic", "provider": "hospital", "per_week": 30,
    "marks": ["referred"] } })";
std::string const old_list = R"("waiting": { "now": { "like": "gp", "provider": "hospital", "step": "first",
    "patients": 3, "waited": "5 days", "marks": [] } })";

std::vector<std::string> referred() {
  return {"referred"};
}

}  // namespace

TEST_CASE("milestones under their old name are read, and told with their place") {
  Folder const folder;
  folder.write("base.json", written::scenario());
  auto const path =
      folder.write("old.json", R"({ "schema": 1, "extends": "base.json", )" + old_stream + ", " + old_list + " }");
  auto const r = read_scenario({path, {}, {}, {}});
  INFO(written::text_of(r.problems));
  REQUIRE(r.problems.empty());
  CHECK(r.scenario.base.demand.find("gp")->milestones == referred());
  CHECK(r.scenario.base.waiting.find("now")->milestones == std::vector<std::string>{});
  REQUIRE(r.told.size() == 2);
  CHECK(r.told.list()[0].pointer == "/demand/gp/marks");
  CHECK(r.told.list()[0].place == path + ":2:5");
  CHECK(r.told.list()[1].pointer == "/waiting/now/marks");
  CHECK(
      cwtsim::io::format_told(r.told) ==
      "cwtsim: " + path +
          ":2:5: \"marks\" is called \"milestones\" now (there and in 1 more place). Write the new word: this version "
          "is the last to read the old one.\n");
  CHECK(r.composed_json.find("\"milestones\"") != std::string::npos);
  CHECK(r.composed_json.find("\"marks\"") == std::string::npos);
}

TEST_CASE("an old word in one file and the new one in another are one thing") {
  Folder const folder;
  folder.write("old.json", written::scenario(R"("summary": "x",)"));
  folder.write("middle.json", R"({ "schema": 1, "extends": "old.json", )" + old_stream + " }");
  auto const path = folder.write("new.json", R"({ "schema": 1, "extends": "middle.json",
      "demand": { "gp": { "milestones": ["came", "referred"] } } })");
  auto const r = read_scenario({path, {}, {}, {}});
  REQUIRE(r.problems.empty());
  CHECK(r.scenario.base.demand.find("gp")->milestones == std::vector<std::string>{"came", "referred"});
  CHECK(r.told.size() == 1);
}

TEST_CASE("both words in one object are one too many") {
  auto const r = written::read_patch(R"("demand": { "gp": { "marks": ["a"], "milestones": ["b"] } })");
  CHECK(written::text_of(r.problems).find("marks") != std::string::npos);
  CHECK(r.told.empty());
}

TEST_CASE("levers reach what has another name now") {
  Folder const folder;
  auto const path = folder.write("s.json", written::scenario());
  auto const file = folder.write("l.json", R"({ "schema": 1, "name": "L", "levers": {
      "a": { "pointer": "/demand/*/marks", "set": ["referred"] } } })");
  auto const by_file = read_scenario({path, {file}, {}, {}});
  INFO(written::text_of(by_file.problems));
  REQUIRE(by_file.problems.empty());
  CHECK(by_file.scenario.base.demand.find("gp")->milestones == referred());
  CHECK(by_file.told.size() == 1);
  Lever const whole{"",
                    "/demand/gp",
                    Lever::Op::set,
                    R"({"pathway": "clinic", "provider": "hospital", "per_week": 1, "marks": ["referred"]})",
                    {},
                    {}};
  auto const by_option = read_scenario({path, {}, {whole}, {}});
  REQUIRE(by_option.problems.empty());
  CHECK(by_option.scenario.base.demand.find("gp")->milestones == referred());
  CHECK(by_option.told.size() == 1);
}

TEST_CASE("what is called a mark still is one: evidence and names are left alone") {
  auto const r = written::read_patch(
      R"("demand": { "marks": { "pathway": "clinic", "provider": "hospital", "per_week": 2, "mark": "assumed" } })");
  INFO(written::text_of(r.problems));
  REQUIRE(r.problems.empty());
  CHECK(r.told.empty());
  CHECK(r.scenario.base.demand.find("marks")->evidence.mark == cwtsim::scenario::Mark::assumed);
}
