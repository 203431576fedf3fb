#include "io/by_hand.hpp"

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
  // 10 * 1.1 is 11.000000000000002 in binary; a planner means 11
  CHECK(r.scenario.base.providers.find("hospital")->resources.find("clinic")->openings.find("weekday")->amount == 11);
  CHECK(r.scenario.base.horizon.run_for.count == 3);
}

TEST_CASE("levers are pulled in their order: files first, then the others") {
  Folder const folder;
  auto const path = folder.write("scenario.json", written::scenario());
  std::string const text = R"({ "schema": 1, "name": "Double", "mark": "assumed", "cost": "nothing",
    "levers": { "more": { "pointer": "/demand/*/per_week", "scale": 2 }, "ten": { "pointer": "/demand/gp/per_week", "add": 10 } } })";
  auto const doubled = folder.write("double.json", text), again = folder.write("again.json", text);
  auto const r = read_scenario({path, {doubled, again}, {scale("/demand/gp/per_week", "0.5")}});
  INFO(written::text_of(r.problems));
  REQUIRE(r.problems.empty());
  CHECK(*r.scenario.base.demand.find("gp")->volume.find("hospital") == 75);
  REQUIRE(r.with.size() == 2);
  CHECK(r.with[0].name == "Double");
  CHECK(r.with[0].cost == "nothing");
  CHECK(r.with[0].evidence.mark == cwtsim::scenario::Mark::assumed);
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
  CHECK_FALSE(r.pulled.at(0).reach);  // and it is not said to have missed them
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

TEST_CASE("a file of levers whose dates all miss the run is refused, one that is in force on some day is not") {
  Folder const folder;
  auto const scenario = folder.write("scenario.json", written::scenario(""));
  auto const refused = [&](std::string const& levers) {
    auto const file = folder.write("dated.json", R"({ "schema": 1, "name": "Dated", "levers": {)" + levers + "} }");
    return written::text_of(read_scenario({scenario, {file}, {}}).problems).find("outside the horizon") !=
           std::string::npos;
  };
  auto const lever = [](std::string const& name, std::string const& dates) {
    return "\"" + name + R"(": { "pointer": "/demand/gp/per_week", "scale": 2)" + dates + "}";
  };
  CHECK_FALSE(refused(lever("before the start", R"(, "from": "2020-04-01")")));
  CHECK_FALSE(refused(lever("on the last day", R"(, "from": "2027-03-31")")));
  CHECK(refused(lever("after the end", R"(, "from": "2027-04-01")")));
  CHECK_FALSE(refused(lever("beyond the end", R"(, "until": "2027-04-02")")));
  CHECK_FALSE(refused(lever("on the first day", R"(, "until": "2026-04-02")")));
  CHECK(refused(lever("over before the start", R"(, "until": "2026-04-01")")));
  auto const over = lever("over", R"(, "from": "2025-04-01", "until": "2025-10-01")");
  CHECK_FALSE(refused(over + "," + lever("then", R"(, "from": "2025-10-01")")));
  CHECK(refused(over + "," + lever("undated", "")));
}

TEST_CASE("seconds of a warm-up are of the run: a lever may begin on the day that they alone reach") {
  auto from_the_last = scale("/demand/gp/per_week", "2");
  from_the_last.from = cwtsim::parse_date("2027-04-01");
  auto const with_warm_up = [&](std::string const& length) {
    return with_levers({set("/horizon/warm_up", length), from_the_last}).problems.size();
  };
  CHECK(with_warm_up("\"30 seconds\"") == 0);
  CHECK(with_warm_up("\"0 seconds\"") == 1);
}

TEST_CASE("a lever that began before the first day holds from the start, one that was over never") {
  Folder const folder;
  auto const file = folder.write("dated.json", R"({ "schema": 1, "name": "Dated", "levers": {
    "over": { "pointer": "/demand/gp/per_week", "scale": 5, "from": "2019-04-01", "until": "2020-04-01" },
    "early": { "pointer": "/demand/gp/per_week", "scale": 2, "from": "2020-04-01", "until": "2030-04-01" } } })");
  auto const r = read_scenario({folder.write("scenario.json", written::scenario("")), {file}, {}});
  INFO(written::text_of(r.problems));
  REQUIRE(r.problems.empty());
  CHECK(*r.scenario.base.demand.find("gp")->volume.find("hospital") == 60);
  CHECK(r.scenario.changes.empty());
}

TEST_CASE("a file of levers may include others, whose levers are pulled first") {
  Folder const folder;
  auto const one = folder.write("one.json", R"({ "schema": 1, "name": "One", "levers": {
    "same name": { "pointer": "/demand/gp/per_week", "add": 1 } } })");
  folder.write("two.json", R"({ "schema": 1, "name": "Two", "include": "one.json", "levers": {
    "same name": { "pointer": "/demand/gp/per_week", "scale": 2 } } })");
  auto const all = folder.write("all.json", R"({ "schema": 1, "name": "All", "include": ["two.json"], "levers": {
    "last": { "pointer": "/demand/gp/per_week", "scale": 10 } } })");
  auto const scenario = folder.write("scenario.json", written::scenario(""));
  auto const r = read_scenario({scenario, {all}, {}});
  INFO(written::text_of(r.problems));
  REQUIRE(r.problems.empty());
  CHECK(*r.scenario.base.demand.find("gp")->volume.find("hospital") == (30 + 1) * 2 * 10);
  REQUIRE(r.with.size() == 3);
  CHECK(r.with[0].name == "One");
  CHECK(r.with[1].name == "Two");
  CHECK(r.with[2].name == "All");

  auto const problems = [&](std::string const& include) {
    auto const file =
        folder.write("bad.json", R"({ "schema": 1, "name": "Bad", "include": )" + include + R"(, "levers": {} })");
    return written::text_of(read_scenario({scenario, {file}, {}}).problems);
  };
  CHECK(problems("\"one.json\"").find("0 problems") != std::string::npos);
  CHECK(problems(R"(["two.json", "one.json"])").find("is read already") != std::string::npos);
  CHECK(problems("\"bad.json\"").find("round and round") != std::string::npos);
  CHECK(problems("\"no.json\"").find("does not exist") != std::string::npos);
  CHECK(problems("\"../one.json\"").find("does not lie in the folder") != std::string::npos);
  CHECK(problems("[3]").find("is not the name of a file") != std::string::npos);
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
