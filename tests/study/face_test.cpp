// The face, from inside: what it says is what the rooms say.

#include <algorithm>
#include <atomic>
#include <cmath>
#include <stdexcept>

#include "clinic.hpp"
#include "cwtsim/cwtsim.hpp"
#include "cwtsim/report/tables.hpp"
#include "cwtsim/report/text.hpp"
#include "cwtsim/study/run.hpp"
#include "cwtsim/study/summary.hpp"

using namespace cwtsim;

namespace {

face::ReadRequest clinic_text() {
  face::ReadRequest request;
  request.path = "clinic.json";
  request.text = clinic::request().scenario.text;
  return request;
}

face::Model clinic_model() {
  return face::compile(face::read(clinic_text()));
}

face::RunRequest replications(std::uint64_t n) {
  face::RunRequest request;
  request.replications = n;
  request.threads = 1;
  return request;
}

}  // namespace

TEST_CASE("the face reads a text, a file, and levers in their three kinds") {
  CHECK(face::problems(face::read(clinic_text())).empty());
  auto changed = clinic_text();
  changed.levers = {{"/demand/gp/timetable/patients", "2"},
                    {"/demand/gp/timetable/patients", "2", "scale"},
                    {"/demand/gp/timetable/patients", "-1", "add"},
                    {"/pathways/path/steps/wait/takes", "30 days"}};
  auto const scenario = face::read(changed);
  CHECK(face::problems(scenario).empty());
  auto const results = face::run(face::compile(scenario), replications(1));
  CHECK(face::attainments(results).at(0).patients == 6);  // three a week, two weeks of them told
  CHECK(face::attainments(results).at(0).attainment == 0.0);
  clinic::Folder const folder;
  std::ofstream(folder / "file.json") << *clinic_text().text;
  face::ReadRequest file;
  file.path = folder / "file.json";
  CHECK(face::composed(face::read(file)) == face::composed(face::read(clinic_text())));
  changed.levers = {{"/name", "x", "multiply"}};
  CHECK_THROWS_AS(face::read(changed), std::invalid_argument);
}

TEST_CASE("the face tells of old words, with their places") {
  CHECK(face::told(face::read(clinic_text())).empty());
  auto old = clinic_text();
  auto const at = old.text->find("\"milestones\"");
  REQUIRE(at != std::string::npos);
  old.text->replace(at, std::string("\"milestones\"").size(), "\"marks\"");
  auto const scenario = face::read(old);
  CHECK(face::problems(scenario).empty());
  auto const told = face::told(scenario);
  REQUIRE(told.size() == 1);
  CHECK(told[0].pointer.ends_with("/marks"));
  CHECK(told[0].file == "clinic.json");
  CHECK(told[0].line > 0);
  CHECK(told[0].what.find("milestones") != std::string::npos);
  old.text = "{}";
  CHECK(face::told(face::read(old)).empty());  // with problems there is nothing to be told
}

TEST_CASE("the face gives problems as data, with file, line and column") {
  face::ReadRequest request;
  request.text = "{\n  \"schema\": 1,\n    \"nam\": \"x\"\n}";
  auto const problems = face::problems(face::read(request));
  auto const found = std::find_if(problems.begin(), problems.end(), [](auto const& p) { return p.pointer == "/nam"; });
  REQUIRE(found != problems.end());
  auto const& p = *found;
  CHECK(p.file == "text");
  CHECK(p.line == 3);
  CHECK(p.column == 5);
  CHECK(p.what.find("\"nam\"") != std::string::npos);
  CHECK(p.suggestion.find("\"name\"") != std::string::npos);

  auto lever = clinic_text();
  lever.levers = {{"/nowhere/at/all", "1"}};
  auto const of_lever = face::problems(face::read(lever)).at(0);
  CHECK(of_lever.file == "--set /nowhere/at/all=1");
  CHECK(of_lever.line == 0);
  CHECK(of_lever.column == 0);

  request.path = "/no/such/file.json";
  request.text.reset();
  CHECK(face::problems(face::read(request)).at(0).file == "/no/such/file.json");
}

TEST_CASE("the face refuses what cannot be asked") {
  face::ReadRequest bad;
  bad.text = "{}";
  auto const unsound = face::read(bad);
  CHECK_THROWS_AS(face::compile(unsound), std::invalid_argument);
  CHECK_THROWS_AS(face::composed(unsound), std::invalid_argument);
  CHECK_THROWS_AS(face::problems(nullptr), std::invalid_argument);
  CHECK_THROWS_AS(face::report(nullptr), std::invalid_argument);
  CHECK_THROWS_AS(face::csv(face::Table{}), std::invalid_argument);
  CHECK_THROWS_AS(face::compile(face::read(clinic_text()), {{}, 1}), std::invalid_argument);
  auto const model = clinic_model();
  auto request = replications(0);
  CHECK_THROWS_AS(face::run(model, request), std::invalid_argument);
  request = replications(2);
  request.precision_points = 1;
  CHECK_THROWS_AS(face::run(model, request), std::invalid_argument);
  request.replications.reset();
  request.precision_points = -1;
  CHECK_THROWS_AS(face::run(model, request), std::invalid_argument);
  request.precision_points = 1;
  auto without = clinic_text();
  without.levers = {{"/standards", "{}"}};
  CHECK_THROWS_AS(face::run(face::compile(face::read(without)), request), std::invalid_argument);
  request = replications(2);
  request.threads = -1;
  CHECK_THROWS_AS(face::run(model, request), std::invalid_argument);
}

TEST_CASE("what the face says of a run is what the rooms say") {
  auto const arm = clinic::arm();
  auto const run = study::run(arm, study::request_of(arm, {3, std::nullopt, 2, 9, 1}).value());
  auto estimates = study::estimate(arm, std::get<study::FinishedRun>(run).experiment);
  estimates.foundations = study::foundations_of(arm);
  auto request = replications(3);
  request.first_replication = 2;
  request.seed = 9;
  auto results = face::run(clinic_model(), request);
  CHECK(face::report(results) == report::text_report(estimates, report::Colour::off));
  auto const ending = face::ending(results);
  CHECK(ending.ended == "all_done");
  CHECK(ending.seed == 9);
  CHECK(ending.first_replication == 2);
  CHECK(ending.completed == 3);
  CHECK(ending.limited == 0);
  CHECK(ending.events == estimates.events);
  auto const tables = face::tables(results);
  auto const expected = report::all_tables(estimates);
  REQUIRE(tables.size() == expected.size());
  results.reset();  // a table keeps what it is made from
  for (std::size_t i = 0; i < tables.size(); ++i) {
    INFO(tables[i].name);
    CHECK(tables[i].name == expected[i].name);
    CHECK(tables[i].caption == expected[i].caption);
    CHECK(tables[i].columns.size() == expected[i].columns.size());
    CHECK(face::csv(tables[i]) == files::to_csv(expected[i]));
    std::size_t rows = 0;
    expected[i].rows.each([&rows](files::Row const&) { ++rows; });
    CHECK(face::rows(tables[i]).size() == rows);
  }
}

TEST_CASE("the face gives attainments with their targets and intervals") {
  auto const model = face::compile(face::read(clinic_text()), {}, "base");
  auto const all = face::attainments(face::run(model, replications(2))).at(0);
  CHECK(all.standard == "fds");
  CHECK(all.dimension == "all");
  CHECK(all.value == "all");
  CHECK(all.when == "all");
  CHECK(all.target == 0.8);
  CHECK(all.attainment == 1.0);
  CHECK(all.patients == 5);
  CHECK(all.probability_met == 1.0);
  CHECK(all.met_low.value() == Approx(std::sqrt(0.025)));  // in both of two
  CHECK(all.met_high == 1.0);
  CHECK_FALSE(all.ci_low);
  CHECK_FALSE(all.replications_advised);
  auto varied = clinic_text();
  varied.levers.push_back({"/pathways/path/steps/wait/takes", R"({"exponential": {"mean": "15 days"}})"});
  auto const some = face::attainments(face::run(face::compile(face::read(varied)), replications(5))).at(0);
  CHECK(some.ci_low.value() < some.attainment.value());
  CHECK(some.ci_high.value() > some.attainment.value());
  CHECK(some.replications_advised.value() >= 32);
}

TEST_CASE("a limit of the face ends replications, and they are told apart") {
  auto const model = face::compile(face::read(clinic_text()), {3, std::nullopt});
  auto const ending = face::ending(face::run(model, replications(4)));
  CHECK(ending.completed == 0);
  CHECK(ending.limited == 4);
}

TEST_CASE("the face tells how far a run is, and stops it when asked") {
  std::vector<std::uint64_t> told;
  auto request = replications(5);
  request.progress = [&told](std::uint64_t done, std::uint64_t expected) {
    CHECK(expected == 5);
    told.push_back(done);
  };
  CHECK(face::ending(face::run(clinic_model(), request)).completed == 5);
  CHECK(told == std::vector<std::uint64_t>{1, 2, 3, 4, 5});

  std::atomic<bool> stop = false;
  request.stop = &stop;
  request.progress = [&stop](std::uint64_t done, std::uint64_t) { stop = done >= 2; };
  auto const stopped = face::ending(face::run(clinic_model(), request));
  CHECK(stopped.ended == "interrupted");
  CHECK(stopped.completed >= 2);
  CHECK(stopped.completed < 5);

  request.stop = nullptr;
  request.progress = [](std::uint64_t, std::uint64_t) { throw std::runtime_error("enough"); };
  CHECK_THROWS_WITH(face::run(clinic_model(), request), "enough");
}

TEST_CASE("what the face checks is the summary, as tables") {
  auto const tables = face::check(clinic_model());
  REQUIRE(tables.size() == 6);
  CHECK(tables[2].name == "loads");
  auto const rows = face::rows(tables[2]);
  REQUIRE(rows.size() == 1);
  CHECK(std::get<std::string>(rows[0][0]) == "desk");
  CHECK(std::get<double>(rows[0][8]) == Approx(0.25).epsilon(0.01));
}
