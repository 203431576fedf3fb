// What was composed of a scenario and its levers reads as the same again, and is then composed to the same bytes.

#include <algorithm>

#include "catch_compat.hpp"
#include "written.hpp"

using cwtsim::io::Lever;
using cwtsim::io::read_scenario;
using written::Folder;

namespace {

cwtsim::io::ReadResult again(std::string const& text) {
  cwtsim::io::ReadRequest request;
  request.path = "composed.json";
  request.text = text;
  return read_scenario(request);
}

double volume(cwtsim::scenario::Scenario const& s) {
  return *s.demand.find("gp")->volume.find("hospital");
}

/// Demand by the date from which it holds.
std::string volumes(cwtsim::io::ReadResult const& r) {
  auto text = std::to_string(volume(r.scenario.base));
  for (auto const& [day, changed] : r.scenario.changes)
    text += " " + cwtsim::format_date(day) + " " + std::to_string(volume(changed));
  return text;
}

Lever lever(Lever::Op op, std::string value, std::string const& from = "", std::string const& until = "") {
  Lever l{"", "/demand/gp/per_week", op, std::move(value), {}, {}};
  if (!from.empty()) l.from = cwtsim::parse_date(from);
  if (!until.empty()) l.until = cwtsim::parse_date(until);
  return l;
}

}  // namespace

TEST_CASE("what was composed reads as the same, in whatever order dated and undated levers stand") {
  Folder const folder;
  auto const path = folder.write("scenario.json", written::scenario(R"("ledgers": { "cash": {} },)"));
  auto const file = folder.write("file.json", R"({ "schema": 1, "name": "A file", "costs": {
      "posts": { "ledger": "cash", "per_year": 100, "from": "2026-06-01", "taper": { "2026-12-01": 0.5 } } },
    "levers": { "dated": { "pointer": "/demand/gp/per_week", "add": 6, "from": "2026-05-01", "until": "2026-08-01" } } })");
  std::vector<Lever> const levers{
      lever(Lever::Op::set, "40"), lever(Lever::Op::scale, "2", "2026-07-01"), lever(Lever::Op::add, "1"),
      lever(Lever::Op::scale, "0.5", "2026-06-01", "2026-09-01"), lever(Lever::Op::scale, "3")};
  // every order of five levers
  std::vector<std::size_t> order{0, 1, 2, 3, 4};
  std::size_t different = 0;
  std::string before;
  do {
    cwtsim::io::ReadRequest request{path, {file}, {}};
    for (auto const i : order) request.levers.push_back(levers[i]);
    auto const first = read_scenario(request);
    INFO(written::text_of(first.problems));
    REQUIRE(first.problems.empty());
    auto const second = again(first.composed_json);
    INFO(written::text_of(second.problems));
    REQUIRE(second.problems.empty());
    if (volumes(first) != volumes(second) || first.composed_json != second.composed_json) FAIL(first.composed_json);
    different += volumes(first) != before ? 1 : 0;
    before = volumes(first);
    REQUIRE_FALSE(second.with.empty());
    REQUIRE(second.with[0].costs.items.size() == 1);
    CHECK(second.with[0].costs_json == first.with[0].costs_json);
    CHECK(second.with[0].name == "A file");
  } while (std::next_permutation(order.begin(), order.end()));
  CHECK(different > 60);
}

TEST_CASE("what was composed tells of its levers what was told of them when they were given") {
  Folder const folder;
  auto const path = folder.write("scenario.json", written::scenario());
  auto const file = folder.write("file.json", R"({ "schema": 1, "name": "A file", "levers": {
    "more": { "pointer": "/demand/gp/per_week", "scale": 2, "from": "2026-09-01" },
    "twice": { "pointer": "/demand/gp/per_week", "scale": 2 } } })");
  auto const r = read_scenario({path, {file}, {lever(Lever::Op::add, "1"), lever(Lever::Op::add, "1")}});
  auto const second = again(r.composed_json);
  INFO(r.composed_json);
  INFO(written::text_of(second.problems));
  REQUIRE(r.pulled.size() == 4);
  REQUIRE(second.pulled.size() == 4);
  CHECK(second.told.empty());
  for (std::size_t i = 0; i < 4; ++i) {
    auto const &a = r.pulled[i], &b = second.pulled[i];
    INFO(i);
    CHECK(a.intervention == b.intervention);
    CHECK((a.lever.name.empty() ? a.intervention : a.lever.name) == b.lever.name);
    REQUIRE(a.changes.size() == 1);
    REQUIRE(b.changes.size() == 1);
    CHECK(a.changes[0].from == b.changes[0].from);
    CHECK(a.changes[0].to == b.changes[0].to);
  }
  CHECK(r.pulled[3].intervention == "--add /demand/gp/per_week=1");
}

TEST_CASE("sets of two files of one name keep their costs apart") {
  Folder const folder;
  auto const path = folder.write("scenario.json", written::scenario(R"("ledgers": { "cash": {} },)"));
  auto const costing = [&](std::string const& name, std::string const& pounds) {
    return folder.write(name, R"({ "schema": 1, "name": "Same", "levers": {}, "costs": {
      "posts": { "ledger": "cash", "per_year": )" +
                                  pounds + "} } }");
  };
  auto const r = read_scenario({path, {costing("a.json", "100"), costing("b.json", "200")}, {}});
  INFO(written::text_of(r.problems));
  REQUIRE(r.problems.empty());
  auto const twice = again(r.composed_json);
  INFO(written::text_of(twice.problems));
  REQUIRE(twice.with.size() == 2);
  CHECK(twice.with[0].costs.find("posts")->per_year == 100.0);
  CHECK(twice.with[1].costs.find("posts")->per_year == 200.0);
}

TEST_CASE("lever sets of a scenario are pulled before the levers of the command line") {
  Folder const folder;
  auto const path = folder.write("scenario.json", written::scenario(R"("with": [
    { "name": "Ten", "levers": { "ten": { "pointer": "/demand/gp/per_week", "set": 10 } } },
    { "name": "Twice", "levers": { "twice": { "pointer": "/demand/gp/per_week", "scale": 2 } } } ],)"));
  CHECK(volumes(read_scenario({path, {}, {lever(Lever::Op::add, "1")}})) == std::to_string(21.0));
}

namespace {

std::string const set_of_2026 = R"({ "name": "Now", "levers": {
    "ct": { "pointer": "/demand/gp/per_week", "scale": 2, "from": "2026-09-01" } } })",
                  set_of_2030 = R"({ "name": "Later", "levers": {
    "CT": { "pointer": "/demand/gp/per_week", "scale": 3, "from": "2030-01-01" } } })";

/// As sets of the scenario, or as files.
cwtsim::io::ReadResult read_sets(std::vector<std::string> const& sets, bool as_files) {
  Folder const folder;
  std::string with;
  std::vector<std::string> files;
  for (auto const& set : sets) {
    with += (with.empty() ? "" : ", ") + set;
    files.push_back(folder.write(std::to_string(files.size()) + ".json", R"({ "schema": 1, )" + set.substr(1)));
  }
  std::string const more = R"("ledgers": { "cash": {} },)";
  auto const path =
      folder.write("scenario.json", written::scenario(as_files ? more : more + R"( "with": [ )" + with + " ],"));
  return read_scenario({path, as_files ? files : std::vector<std::string>{}, {}});
}

}  // namespace

TEST_CASE("sets of a scenario are as far apart as files: one whose dates all miss the run is refused") {
  for (bool const as_files : {true, false}) {
    INFO(as_files);
    auto const r = read_sets({set_of_2026, set_of_2030}, as_files);
    REQUIRE(r.problems.size() == 1);
    CHECK(r.problems.list()[0].pointer == (as_files ? "/levers/CT/from" : "/with/1/levers/CT/from"));
    CHECK(r.problems.list()[0].what.find("2030-01-01 lies outside the horizon") == 0);
  }
}

TEST_CASE("levers of two sets of a scenario are not told to look alike, nor those of two files, but those of one are") {
  auto const later = [](std::string const& set) {
    auto text = set;
    return text.replace(text.find("2030"), 4, "2026").replace(text.find("-01-01"), 6, "-10-01");
  };
  for (bool const as_files : {true, false}) {
    INFO(as_files);
    auto const apart = read_sets({set_of_2026, later(set_of_2030)}, as_files);
    INFO(written::text_of(apart.told));
    CHECK(apart.problems.empty());
    CHECK(apart.told.empty());
    auto both = set_of_2026;
    both.insert(both.find("\"ct\""), R"("CT": { "pointer": "/demand/gp/per_week", "scale": 3 }, )");
    CHECK(read_sets({both}, as_files).told.size() == 1);
  }
}

TEST_CASE("the costs of a set and its name are told where they stand in the scenario") {
  std::string const levers = R"("levers": { "ct": { "pointer": "/demand/gp/per_week", "scale": 2 } } })";
  auto const costing = [&levers](std::string const& name, std::string const& ledger, std::string const& fund) {
    return R"({ "name": ")" + name + R"(", "costs": { "posts": { "ledger": ")" + ledger + R"(", "fund": ")" + fund +
           R"(", "per_year": 100 } }, )" + levers;
  };
  auto const r = read_sets({costing("One", "cash", "NHS"), costing("Two", "cahs", "NHS")}, false);
  REQUIRE(r.problems.size() == 1);
  CHECK(r.problems.list()[0].pointer == "/with/1/costs/posts/ledger");
  auto const told = read_sets({costing("One", "cash", "NHS"), costing("one", "cash", "nhs")}, false).told;
  INFO(written::text_of(told));
  REQUIRE(told.size() == 2);
  CHECK(told.list()[0].pointer == "/with/1/name");
  CHECK(told.list()[1].pointer == "/with/1/costs/posts/fund");
  CHECK(read_sets({costing("One", "cahs", "NHS")}, true).problems.list().at(0).pointer == "/costs/posts/ledger");
}

TEST_CASE("an option that is written out in a scenario is one still, a file or set that only has such a name is not") {
  Folder const folder;
  auto const path = folder.write("scenario.json", written::scenario());
  auto const option = read_scenario({path, {}, {lever(Lever::Op::add, "1")}});
  REQUIRE(option.pulled.size() == 1);
  CHECK(option.pulled[0].is_option);
  auto const second = again(option.composed_json);
  REQUIRE(second.pulled.size() == 1);
  CHECK(second.pulled[0].is_option);
  CHECK(second.with[0].is_option);
  std::string const one = R"("--x": { "pointer": "/demand/gp/per_week", "scale": 2 })";
  auto const named = [](std::string const& levers) { return R"({ "name": "--x", "levers": {)" + levers + "} }"; };
  CHECK_FALSE(read_sets({named(one)}, true).pulled.at(0).is_option);
  CHECK(read_sets({named(one)}, false).pulled.at(0).is_option);
  auto const two = one + R"(, "--X": { "pointer": "/demand/gp/per_week", "scale": 2 })";
  for (bool const as_files : {true, false}) {
    auto const r = read_sets({named(two)}, as_files);
    CHECK_FALSE(r.pulled.at(0).is_option);
    CHECK(r.told.size() == 1);  // the two look alike
  }
}
