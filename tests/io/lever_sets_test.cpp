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

TEST_CASE("without dated levers what was composed is a plain scenario") {
  Folder const folder;
  auto const path = folder.write("scenario.json", written::scenario());
  auto const file = folder.write("file.json", R"({ "schema": 1, "name": "A file",
    "levers": { "more": { "pointer": "/demand/gp/per_week", "scale": 2 } } })");
  auto const r = read_scenario({path, {file}, {lever(Lever::Op::add, "1")}});
  CHECK(r.composed_json.find("\"with\"") == std::string::npos);
  CHECK(volumes(again(r.composed_json)) == volumes(r));
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
