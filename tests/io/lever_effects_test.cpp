// What levers did, and the one word for capacity.

#include <filesystem>

#include "io/by_hand.hpp"

namespace {

/// A provider with a resource of each way to say how much there is of it.
std::string const capacities = R"("providers": { "hub": { "resources": {
  "weekly": { "kind": "sessions", "per_week": 40, "other_work": 0.3, "sessions": { "day": { "on": "mon-fri" } } },
  "alike": { "kind": "sessions", "sessions": { "mon": { "on": "mon", "slots": 5 }, "wed": { "on": "wed", "slots": 5 } } },
  "unlike": { "kind": "sessions", "sessions": { "mon": { "on": "mon,tue", "slots": 5 }, "wed": { "on": "wed", "slots": 8 } } },
  "beds": { "kind": "servers", "servers": 3 },
  "shifts": { "kind": "servers", "hours": { "day": { "opens": "08:00", "closes": "20:00", "servers": 4 },
    "night": { "opens": "20:00", "closes": "08:00", "servers": 2 } } },
  "mdt": { "kind": "meeting", "meets": { "week": { "on": "mon", "at": "14:00", "cases": 20 } } },
  "open": { "kind": "meeting", "meets": { "week": { "on": "mon", "at": "14:00" } } } },
  "staff": { "doctor": { "whole_time_equivalents": 10, "vacancy": 0.29 } } } }, )";

cwtsim::io::ReadResult over_capacities(std::vector<Lever> levers) {
  Folder const folder;
  auto text = written::scenario();
  text.replace(text.find("\"providers\": {"), 14, capacities.substr(0, capacities.size() - 4) + ", ");
  return read_scenario({folder.write("scenario.json", text), {}, std::move(levers)});
}

/// "pointer before -> after", a line a value that the first lever changed; the hub goes without saying.
std::string changes_of(cwtsim::io::ReadResult const& r) {
  INFO(written::text_of(r.problems));
  REQUIRE(r.problems.empty());
  std::string out;
  std::string const hub = "/providers/hub/";
  for (auto const& c : r.pulled.at(0).changes)
    out +=
        (c.pointer.rfind(hub, 0) == 0 ? c.pointer.substr(hub.size()) : c.pointer) + " " + c.from + " -> " + c.to + "\n";
  return out;
}

std::string missed_by(cwtsim::io::ReadResult const& r) {
  auto const& reach = r.pulled.at(0).reach;
  if (!reach) return "nothing";
  auto out =
      std::to_string(reach->of - reach->missed.size()) + " of " + std::to_string(reach->of) + " " + reach->kind + ":";
  for (auto const& m : reach->missed) out += " " + m.name + " (" + m.why + ")";
  return out;
}

}  // namespace

TEST_CASE("a lever notes what it changed, from what to what") {
  auto const r = with_levers(
      {scale("/demand/*/per_week", "1.1"), set("/providers/hospital/resources/clinic/promote_after", "\"14 days\"")});
  REQUIRE(r.pulled.size() == 2);
  CHECK(changes_of(r) == "/demand/gp/per_week 30 -> 33\n");
  CHECK(r.pulled[0].intervention == "--scale /demand/*/per_week=1.1");
  REQUIRE(r.pulled[1].changes.size() == 1);
  CHECK(r.pulled[1].changes[0].from.empty());
  CHECK(r.pulled[1].changes[0].to == "14 days");
  CHECK_FALSE(r.pulled[0].reach);
}

TEST_CASE("a dated lever notes what it changed on its first day, once, under the levers before it") {
  auto later = scale("/demand/gp/per_week", "2");
  later.from = cwtsim::parse_date("2026-06-01");
  auto first = add("/demand/gp/per_week", "5");
  first.from = cwtsim::parse_date("2026-05-01");
  auto const r = with_levers({later, first});
  REQUIRE(r.problems.empty());
  CHECK(changes_of(r) == "/demand/gp/per_week 30 -> 60\n");
  REQUIRE(r.pulled[1].changes.size() == 1);
  CHECK(r.pulled[1].changes[0].from == "30");
  CHECK(r.pulled[1].changes[0].to == "35");
}

TEST_CASE("what a * could have stood for and did not is noted with its reason") {
  CHECK(
      missed_by(over_capacities({scale("/providers/*/resources/*/sessions/*/slots", "0")})) ==
      "3 of 9 resources: hub/weekly (it has \"per_week\") hub/beds (it has \"servers\") hub/shifts (it has \"hours\") "
      "hub/mdt (it has \"meets\") hub/open (it has \"meets\") hospital/ward (it has \"servers\")");
}

TEST_CASE("one word for capacity: ten per cent more of everything, whatever its spelling") {
  auto const r = over_capacities({scale("/providers/hub/resources/*/capacity", "1.1")});
  CHECK(changes_of(r) ==
        "resources/weekly/per_week 40 -> 44\n"
        "resources/alike/per_week 10 -> 11\n"           // 5.5 slots of each session
        "resources/unlike/sessions/mon/slots 5 -> 5\n"  // of 5.5 and 8.8 the larger remainder goes up
        "resources/unlike/sessions/wed/slots 8 -> 9\n"
        "resources/beds/servers 3 -> 3\n"
        "resources/shifts/hours/day/servers 4 -> 5\n"  // of 4.4 and 2.2 likewise: 7.7 servers of half a day
        "resources/shifts/hours/night/servers 2 -> 2\n"
        "resources/mdt/meets/week/cases 20 -> 22\n");
  CHECK(missed_by(r) == "6 of 7 resources: open (its meetings take all cases)");
  CHECK(r.pulled[0].changes[2].note == "rounded from 5.5");
  CHECK(r.pulled[0].changes[1].note.find("written per week") == 0);
  REQUIRE(r.pulled[0].notes.size() == 2);
  CHECK(r.pulled[0].notes[0] == "other work takes 1.2 of the 6 slots a week that are new");
  CHECK(r.pulled[0].notes[1] == "5 of the 8 values are rounded to whole numbers");
  auto const& alike = *r.scenario.base.providers.find("hub")->resources.find("alike");
  CHECK(alike.per_week == 11);
  CHECK_FALSE(alike.openings.find("mon")->amount);
}

TEST_CASE("one word for capacity: nothing of anything") {
  CHECK(changes_of(over_capacities({scale("/providers/hub/resources/*/capacity", "0")})) ==
        "resources/weekly/per_week 40 -> 0\n"
        "resources/alike/sessions/mon/slots 5 -> 0\n"
        "resources/alike/sessions/wed/slots 5 -> 0\n"
        "resources/unlike/sessions/mon/slots 5 -> 0\n"
        "resources/unlike/sessions/wed/slots 8 -> 0\n"
        "resources/beds/servers 3 -> 0\n"
        "resources/shifts/hours/day/servers 4 -> 0\n"
        "resources/shifts/hours/night/servers 2 -> 0\n"
        "resources/mdt/meets/week/cases 20 -> 0\n"
        "resources/open/meets/week/cases no limit -> 0\n");
  auto const closed = over_capacities({set("/providers/hub/resources/*/capacity", "0")});
  CHECK(missed_by(closed) == "nothing");
  CHECK(closed.pulled[0].changes.size() == 10);
}

TEST_CASE("one word for capacity: so many more, and so many") {
  auto const pull = [](Lever lever) { return changes_of(over_capacities({std::move(lever)})); };
  CHECK(pull(add("/providers/hub/resources/weekly/capacity", "2.5")) == "resources/weekly/per_week 40 -> 42.5\n");
  CHECK(pull(add("/providers/hub/resources/alike/capacity", "2")) ==
        "resources/alike/sessions/mon/slots 5 -> 6\nresources/alike/sessions/wed/slots 5 -> 6\n");
  CHECK(pull(add("/providers/hub/resources/alike/capacity", "1")) == "resources/alike/per_week 10 -> 11\n");
  CHECK(pull(add("/providers/hub/resources/beds/capacity", "-1")) == "resources/beds/servers 3 -> 2\n");
  CHECK(pull(add("/providers/hub/resources/shifts/capacity", "1")) ==
        "resources/shifts/hours/day/servers 4 -> 5\nresources/shifts/hours/night/servers 2 -> 3\n");
  CHECK(pull(set("/providers/hub/resources/unlike/capacity", "36")) ==
        "resources/unlike/sessions/mon/slots 5 -> 10\nresources/unlike/sessions/wed/slots 8 -> 16\n");
  CHECK(pull(set("/providers/hub/resources/open/capacity", "7")) == "resources/open/meets/week/cases no limit -> 7\n");
  CHECK(pull(set("/providers/hub/resources/weekly/capacity", "12.5")) == "resources/weekly/per_week 40 -> 12.5\n");
}

TEST_CASE("one word for capacity: what cannot be done is refused with the way to do it") {
  auto const refused = [](Lever lever) {
    auto const r = over_capacities({std::move(lever)});
    REQUIRE(r.problems.size() == 1);
    return r.problems.list()[0].what + ". " + r.problems.list()[0].suggestion;
  };
  CHECK(refused(add("/providers/hub/resources/beds/capacity", "-4")) ==
        "/providers/hub/resources/beds/capacity: /providers/hub/resources/beds: there would be -1. Write a number that "
        "leaves 0 or more");
  CHECK(refused(scale("/providers/hub/resources/weekly/capacity", "\"ten\"")).find("\"ten\" is no number") !=
        std::string::npos);
  CHECK(refused(scale("/providers/hub/resources/beds/capacity", "1e300")).find("there would be") != std::string::npos);
  Folder const folder;
  folder.write("base.json", written::scenario());
  auto const path = folder.write("over.json", std::string(R"({ "schema": 1, "extends": "base.json", "providers": {
      "hub": { "resources": { "clinic": { "at": "hospital" } } } } })"));
  auto const one = read_scenario({path, {}, {scale("/providers/hub/resources/clinic/capacity", "2")}});
  REQUIRE(one.problems.size() == 1);
  CHECK(one.problems.list()[0].suggestion == "Write /providers/hospital/resources/clinic/capacity");
  CHECK(changes_of(read_scenario({path, {}, {scale("/providers/*/resources/clinic/capacity", "2")}})) ==
        "/providers/hospital/resources/clinic/sessions/weekday/slots 10 -> 20\n");
}

TEST_CASE("a dated lever may write slots of sessions per week from its day on") {
  auto more = scale("/providers/hub/resources/alike/capacity", "1.1");
  more.from = cwtsim::parse_date("2026-06-01");
  auto const r = over_capacities({more});
  REQUIRE(r.problems.empty());
  REQUIRE(r.scenario.changes.size() == 1);
  CHECK_FALSE(r.scenario.base.providers.find("hub")->resources.find("alike")->per_week);
  CHECK(r.scenario.changes[0].second.providers.find("hub")->resources.find("alike")->per_week == 11);
}

TEST_CASE("posts that a lever changes are told as people, and slots with what other work takes of them") {
  auto const notes = [](Lever lever) {
    auto const r = over_capacities({std::move(lever)});
    REQUIRE(r.problems.empty());
    return r.pulled[0].notes;
  };
  using Notes = std::vector<std::string>;
  auto const doctor = std::string("/providers/hub/staff/doctor/");
  CHECK(notes(add(doctor + "whole_time_equivalents", "-2")) ==
        Notes{"whole-time equivalents are posts: 10 -> 8 posts are 7.1 -> 5.68 people in post"});
  CHECK(notes(set(doctor + "vacancy", "0.2")) == Notes{"10 posts: 7.1 -> 8 people in post"});
  CHECK(notes(scale("/providers/hub/resources/weekly/per_week", "1.25")) ==
        Notes{"other work takes 3 of the 10 slots a week that are new"});
  CHECK(notes(scale("/providers/hub/resources/weekly/per_week", "0.5")) ==
        Notes{"other work takes 6 of the 20 slots a week that are gone"});
  CHECK(notes(scale("/providers/hub/resources/alike/sessions/*/slots", "2")).empty());
}

TEST_CASE("the same file of levers twice is refused, whatever it is called") {
  Folder const folder;
  auto const scenario = folder.write("scenario.json", written::scenario(""));
  auto const one = folder.write("one.json", R"({ "schema": 1, "name": "One", "levers": {
    "more": { "pointer": "/demand/gp/per_week", "add": 1 } } })");
  auto const all = folder.write("all.json", R"({ "schema": 1, "name": "All", "include": "one.json", "levers": {} })");
  auto const link = one.substr(0, one.rfind('/')) + "/link.json";
  std::filesystem::create_symlink(one, link);
  auto const hard = one.substr(0, one.rfind('/')) + "/hard.json";
  std::filesystem::create_hard_link(one, hard);
  auto const other_way = one.substr(0, one.rfind('/')) + "/./one.json";
  auto const refused = [&](std::vector<std::string> with) {
    return written::text_of(read_scenario({scenario, std::move(with), {}}).problems);
  };
  CHECK(refused({one, one}).find("the file is given twice. Take it away: its levers would be pulled twice") !=
        std::string::npos);
  for (auto const& same : {link, hard, other_way})
    CHECK(refused({one, same}).find("the file is given twice, the first time as " + one) != std::string::npos);
  CHECK(refused({all, one}).find("the file is given twice") != std::string::npos);
  CHECK(refused({one, all}).find("\"one.json\" is read already") != std::string::npos);
  CHECK(refused({one}).find("0 problems") != std::string::npos);
  CHECK(refused({all}).find("0 problems") != std::string::npos);
}

TEST_CASE("names in lever files that look alike are told, and two files of one name") {
  Folder const folder;
  auto const scenario = folder.write("scenario.json", written::scenario(""));
  auto const file = [&](std::string const& at, std::string const& name, std::string const& levers) {
    return folder.write(at, R"({ "schema": 1, "name": ")" + name + R"(", "levers": {)" + levers + "} }");
  };
  std::string const lever = R"(: { "pointer": "/demand/gp/per_week", "add": 1 })";
  auto const told = [&](std::vector<std::string> with) {
    return cwtsim::io::format_told(read_scenario({scenario, std::move(with), {}}).told);
  };
  auto const twice = file("twice.json", "Twice", "\"More\"" + lever + ", \"more \"" + lever);
  CHECK(told({twice}).find("twice.json:1:") != std::string::npos);
  CHECK(told({twice}).find("look alike and are two levers") != std::string::npos);
  auto const a = file("a.json", "Strike", "\"more\"" + lever), b = file("b.json", "strike", "\"more\"" + lever),
             c = file("c.json", "Strike", "\"more\"" + lever);
  CHECK(told({a}).empty());
  CHECK(told({a, b}).find("look alike and are two lever files") != std::string::npos);
  CHECK(told({a, c}).find("has the name \"Strike\" too") != std::string::npos);
}

TEST_CASE("a template that nobody uses, for its name only looks like that of a resource, is told") {
  auto const r = written::read(written::scenario(R"("resources": { "Clinic": { "kind": "sessions" } },)"));
  CHECK(cwtsim::io::format_told(r.told).find(
            "the template \"Clinic\" is used by nobody; \"clinic\", which looks like it, differs in capital letters") !=
        std::string::npos);
}
