#include "catch_compat.hpp"
#include "written.hpp"

using cwtsim::io::Lever;
using cwtsim::io::read_scenario;
using written::Folder;

namespace {

cwtsim::io::ReadResult with_levers(std::vector<Lever> levers, std::string const& more = {}) {
  Folder const folder;
  return read_scenario({folder.write("scenario.json", written::scenario(more)), {}, std::move(levers)});
}

Lever scale(std::string pointer, std::string factor) {
  return {"", std::move(pointer), Lever::Op::scale, std::move(factor), {}, {}};
}
Lever set(std::string pointer, std::string value) {
  return {"", std::move(pointer), Lever::Op::set, std::move(value), {}, {}};
}
Lever add(std::string pointer, std::string value) {
  return {"", std::move(pointer), Lever::Op::add, std::move(value), {}, {}};
}

double seconds_of(cwtsim::io::ReadResult const& r, std::string const& step) {
  auto const& takes = r.scenario.base.pathways.find("clinic")->steps.find(step)->takes;
  return std::get<cwtsim::Constant>(takes.rows.at(0).value.shape).value.seconds;
}

}  // namespace

TEST_CASE("set replaces a value, or adds a key that the reader knows") {
  auto const r = with_levers({set("/name", "\"Another\""),
                              set("/providers/hospital/resources/clinic/promote_after", "\"14 days\""),
                              set("/demand/gp/per_week", "{\"hospital\": 12}"), set("/demand/gp/provider", "\"\"")});
  INFO(written::text_of(r.problems));
  REQUIRE(r.problems.empty());
  CHECK(r.scenario.base.name == "Another");
  CHECK(r.scenario.base.providers.find("hospital")->resources.find("clinic")->promote_after->seconds == 14 * 86400.0);
  CHECK(*r.scenario.base.demand.find("gp")->volume.find("hospital") == 12);
}

TEST_CASE("scale and add change numbers and lengths of time") {
  auto const r =
      with_levers({scale("/demand/gp/per_week", "1.1"), scale("/pathways/clinic/steps/first/takes", "2"),
                   add("/pathways/clinic/steps/results/takes", "\"36 hours\""),
                   scale("/providers/*/resources/*/sessions/*/slots", "1.1"), scale("/horizon/run_for", "3")});
  INFO(written::text_of(r.problems));
  REQUIRE(r.problems.empty());
  CHECK(*r.scenario.base.demand.find("gp")->volume.find("hospital") == 33);
  CHECK(seconds_of(r, "first") == 3600);
  CHECK(seconds_of(r, "results") == 8.5 * 86400);
  CHECK(r.composed_json.find("\"60 min\"") != std::string::npos);
  // 10 * 1.1 is 11.000000000000002 in binary; a planner means 11
  CHECK(r.scenario.base.providers.find("hospital")->resources.find("clinic")->openings.find("weekday")->amount == 11);
  CHECK(r.scenario.base.horizon.run_for.count == 3);
}

TEST_CASE("levers are pulled in their order: files first, then the others") {
  Folder const folder;
  auto const path = folder.write("scenario.json", written::scenario());
  auto const doubled =
      folder.write("double.json", R"({ "schema": 1, "name": "Double", "mark": "assumed", "cost": "nothing",
    "levers": { "more": { "pointer": "/demand/*/per_week", "scale": 2 }, "ten": { "pointer": "/demand/gp/per_week", "add": 10 } } })");
  auto const r = read_scenario({path, {doubled, doubled}, {scale("/demand/gp/per_week", "0.5")}});
  INFO(written::text_of(r.problems));
  REQUIRE(r.problems.empty());
  CHECK(*r.scenario.base.demand.find("gp")->volume.find("hospital") == 75);
  REQUIRE(r.with.size() == 2);
  CHECK(r.with[0].name == "Double");
  CHECK(r.with[0].cost == "nothing");
  CHECK(r.with[0].evidence.mark == cwtsim::scenario::Mark::assumed);
  CHECK(r.composed_json.find("\"levers_applied\"") != std::string::npos);
}

TEST_CASE("a lever for many passes over resources that are elsewhere") {
  Folder const folder;
  folder.write("base.json", written::scenario());
  auto const path = folder.write("over.json", std::string(R"({ "schema": 1, "extends": "base.json", "providers": {
      "hub": { "resources": { "clinic": { "at": "hospital" } } } } })"));
  auto const r = read_scenario({path, {}, {set("/providers/*/resources/clinic/notice", "\"5 days\"")}});
  INFO(written::text_of(r.problems));
  REQUIRE(r.problems.empty());
  CHECK(r.scenario.base.providers.find("hospital")->resources.find("clinic")->notice.seconds == 5 * 86400.0);
  CHECK(r.scenario.base.providers.find("hub")->resources.find("clinic")->at == "hospital");
}

TEST_CASE("dated levers make one more scenario for each date of change") {
  auto april = scale("/demand/gp/per_week", "2");
  april.from = cwtsim::parse_date("2026-06-01");
  april.until = cwtsim::parse_date("2026-09-01");
  auto july = add("/demand/gp/per_week", "1");
  july.from = cwtsim::parse_date("2026-07-01");
  auto const r = with_levers({april, july, set("/demand/gp/per_week", "100")});
  INFO(written::text_of(r.problems));
  REQUIRE(r.problems.empty());
  CHECK(*r.scenario.base.demand.find("gp")->volume.find("hospital") == 100);
  REQUIRE(r.scenario.changes.size() == 3);
  CHECK(cwtsim::format_date(r.scenario.changes[0].first) == "2026-06-01");
  CHECK(cwtsim::format_date(r.scenario.changes[1].first) == "2026-07-01");
  CHECK(cwtsim::format_date(r.scenario.changes[2].first) == "2026-09-01");

  auto const plain = with_levers({april, july});
  REQUIRE(plain.scenario.changes.size() == 3);
  auto const volume = [&](std::size_t i) {
    return *plain.scenario.changes[i].second.demand.find("gp")->volume.find("hospital");
  };
  CHECK(*plain.scenario.base.demand.find("gp")->volume.find("hospital") == 30);
  CHECK(volume(0) == 60);
  CHECK(volume(1) == 61);
  CHECK(volume(2) == 31);
  CHECK(plain.composed_json.find("\"per_week\": 30") != std::string::npos);
  CHECK(plain.composed_json.find("\"until\": \"2026-09-01\"") != std::string::npos);
}

TEST_CASE("a dated lever from the first day on holds from the start") {
  auto lever = scale("/demand/gp/per_week", "2");
  lever.from = cwtsim::parse_date("2026-04-01");
  auto const r = with_levers({lever});
  REQUIRE(r.problems.empty());
  CHECK(*r.scenario.base.demand.find("gp")->volume.find("hospital") == 60);
  CHECK(r.scenario.changes.empty());
}

TEST_CASE("dates before the first day and after the last are outside the horizon") {
  auto const refused = [](char const* from, char const* until) {
    auto lever = scale("/demand/gp/per_week", "2");
    if (from) lever.from = cwtsim::parse_date(from);
    if (until) lever.until = cwtsim::parse_date(until);
    return written::text_of(with_levers({lever}).problems).find("outside the horizon") != std::string::npos;
  };
  CHECK(refused("2026-03-31", nullptr));
  CHECK(refused("2027-04-01", nullptr));
  CHECK_FALSE(refused("2027-03-31", nullptr));
  CHECK_FALSE(refused(nullptr, "2027-04-01"));
  CHECK(refused(nullptr, "2027-04-02"));
}

TEST_CASE("a lever of the command line is named in its problem") {
  auto const r = with_levers({scale("/demand/gp/per_wek", "2")});
  CHECK(written::text_of(r.problems) ==
        "it: 1 problem, nothing was run\n\n--scale /demand/gp/per_wek=2\n  the pointer \"/demand/gp/per_wek\" leads "
        "nowhere (there is "
        "no \"per_wek\"). Did you mean \"per_week\"?\n");
  auto const wrong = with_levers({set("/horizon/run_for", "\"soon\"")});
  CHECK(written::text_of(wrong.problems).find("--set /horizon/run_for=\"soon\" /horizon/run_for\n") !=
        std::string::npos);
}

TEST_CASE("the text of an option becomes a lever") {
  auto const number = cwtsim::io::parse_lever(Lever::Op::scale, "/a/b=1.5");
  REQUIRE(number);
  CHECK(number->pointer == "/a/b");
  CHECK(number->value == "1.5");
  CHECK(cwtsim::io::parse_lever(Lever::Op::set, "/a/b=2 years")->value == "\"2 years\"");
  CHECK(cwtsim::io::parse_lever(Lever::Op::set, "/a/b={\"x\": 1}")->value == "{\"x\": 1}");
  CHECK(cwtsim::io::parse_lever(Lever::Op::set, "/a=b=c")->value == "\"b=c\"");
  CHECK_FALSE(cwtsim::io::parse_lever(Lever::Op::set, "/a/b"));
  CHECK_FALSE(cwtsim::io::parse_lever(Lever::Op::set, "a=1"));
}
