// What levers did, and what of their kind they did not reach; names and times that are pointed out.

#include <filesystem>
#include <fstream>

#include "cases/case.hpp"

using cases::checked;
using cases::path_of;
using cases::Ran;

namespace {

std::vector<std::string> with(std::string const& levers) {
  return {"--with", path_of(levers + ".levers.json")};
}

/// A file with a change of the text of a case.
class Changed {
 public:
  Changed(std::string const& name, std::string const& from, std::string const& to) {
    std::ifstream in(path_of(name + ".json"));
    std::string text{std::istreambuf_iterator<char>(in), {}};
    auto const at = text.find(from);
    REQUIRE(at != std::string::npos);
    std::ofstream(path()) << text.replace(at, from.size(), to);
  }
  [[nodiscard]] std::string path() const { return folder_ / "changed.json"; }

 private:
  Folder folder_;
};

}  // namespace

TEST_CASE("a strike that closes the theatre alone says what it leaves open") {
  auto const check = checked("strike", with("strike"));
  CHECK(check.code == 0);
  CHECK(has(check.out, "Strike: close: scale /providers/*/resources/*/sessions/*/slots by 0, from 2026-05-04"));
  CHECK(has(check.out, "hospital/theatre/mon/slots 5 -> 0, hospital/theatre/wed/slots 5 -> 0"));
  CHECK(has(check.out, "changed 1 of 3 resources; not mdt (it has \"meets\"), clinic (it has \"per_week\")"));
  Ran const ran("strike", with("strike")), before("strike");
  CHECK(has(ran.said.out, "changed 1 of 3 resources; not mdt (it has \"meets\"), clinic (it has \"per_week\")"));
  CHECK(has(ran.said.out, "A hospital on strike, with Strike\n"));
  CHECK(ran.rows("levers", {{"what", "changed"}}).size() == 2);
  csv::Row const clinic{{"what", "not reached"}, {"pointer", "/providers/hospital/resources/clinic"}};
  CHECK(ran.cell("levers", clinic, "note") == "it has \"per_week\"");
  csv::Row const monday{{"pointer", "/providers/hospital/resources/theatre/sessions/mon/slots"}};
  CHECK(ran.cell("levers", monday, "before") == "5");
  CHECK(ran.cell("levers", monday, "after") == "0");
  CHECK(ran.cell("levers", monday, "from") == "2026-05-04");
  csv::Row const all{{"standard", "fds"}, {"dimension", "all"}, {"month", "all"}};
  CHECK(ran.number("standards", all, "patients") == before.number("standards", all, "patients"));
  CHECK_FALSE(std::filesystem::exists(before.file("levers.csv")));
}

TEST_CASE("a strike on every capacity closes all of it, however it is spelled") {
  Ran const ran("strike", with("strike_of_all")), before("strike");
  CHECK(ran.said.code == 0);
  CHECK_FALSE(has(ran.said.out, "resources; not"));
  CHECK(ran.rows("levers", {{"what", "changed"}}).size() == 4);
  CHECK(ran.rows("levers", {{"what", "not reached"}}).empty());
  for (auto const* resource : {"clinic", "theatre", "mdt"}) {
    csv::Row const where{{"resource", resource}};
    INFO(resource);
    // four weeks of twelve
    CHECK(ran.number("resources", where, "offered") ==
          Approx(before.number("resources", where, "offered") / 3).epsilon(0.03));
  }
}

TEST_CASE("a tenth more of every capacity is a tenth more, to the last slot") {
  Ran const ran("strike", with("a_tenth_more"));
  auto const a_week = [&ran](char const* resource) {
    csv::Row const where{{"resource", resource}};
    return ran.number("resources", where, "offered") + ran.number("resources", where, "other_work");
  };
  CHECK(a_week("clinic") == Approx(42.5 * 1.1).epsilon(0.001));
  CHECK(a_week("theatre") == Approx(11));
  CHECK(a_week("mdt") == Approx(33));
  CHECK(has(ran.said.out, "other work takes 0.85 of the 5.25 slots a week that are new"));
}

TEST_CASE("offered is what other work leaves, in check and in every table") {
  Ran const ran("strike");
  csv::Row const clinic{{"resource", "clinic"}};
  CHECK(ran.number("resources", clinic, "offered") == Approx(42.5 * 0.8).epsilon(0.02));
  CHECK(ran.number("resources", clinic, "offered") ==
        Approx(ran.number("resources", clinic, "used") + ran.number("resources", clinic, "unused")).epsilon(1e-4));
  CHECK(ran.number("resources", clinic, "utilisation") ==
        Approx(ran.number("resources", clinic, "used") / ran.number("resources", clinic, "offered")).epsilon(1e-4));
  CHECK(has(checked("strike").out, "clinic at hospital: 20.0 slots/week wanted, 32.2 offered"));
  CHECK_FALSE(has(checked("strike").out, "42.5 offered"));
}

TEST_CASE("posts are told as people: of two fewer, with 29 % vacant, 1.4 go") {
  auto const check = checked("strike", {"--scale", "/providers/*/staff/surgeon/whole_time_equivalents=0.8"});
  CHECK(has(check.out, "whole-time equivalents are posts: 10 -> 8 posts are 7.1 -> 5.68 people in post"));
}

TEST_CASE("a fault that a lever brings about names the lever, its file and its line") {
  Folder const folder;
  auto const file = folder / "rooms.json";
  std::ofstream(file) << R"({ "schema": 1, "name": "Rooms", "levers": {
    "fine": { "pointer": "/demand/gp/per_week", "scale": 1.1 },
    "no clinic": { "pointer": "/providers/hospital/resources/clinic/per_week", "set": 0 },
    "too": { "pointer": "/demand/gp/per_week", "scale": 0.9 } } })";
  auto const check = checked("strike", {"--with", file});
  CHECK(check.code == 2);
  CHECK(has(check.err, file + ":3:"));
  CHECK(has(check.err, "the lever \"no clinic\" of \"Rooms\" brings this about"));
  CHECK_FALSE(has(check.err, "strike.json:2"));
  // what is wrong without levers is not laid at their door
  Changed const bad("strike", "\"needs\": \"clinic\"", "\"needs\": \"klinic\"");
  auto const both = run_program({"check", bad.path(), "--scale", "/demand/gp/per_week=1.1"});
  CHECK(has(both.err, "there is no resource \"klinic\""));
  CHECK_FALSE(has(both.err, "brings this about"));
}

TEST_CASE("a clock that waits for informed while a step reaches another 'Informed' is told of it by check and run") {
  Changed const changed("strike", R"("takes": "2 hours",)", R"("takes": "2 hours", "on_finish": "Informed ",)");
  for (auto const* command : {"check", "run"}) {
    auto const said = run_program({command, changed.path()});
    CHECK(said.code == 0);
    CHECK(has(said.err, changed.path() + ":"));
    CHECK(has(said.err,
              "\"Informed \" and \"informed\" look alike and are two milestones: they differ in a blank at an "
              "end and capital letters"));
  }
}

TEST_CASE("a session that closes before it opens and a time too short for a tick are told with their line") {
  Changed const closes("strike", R"("closes": "12:00")", R"("closes": "05:00")");
  auto const check = run_program({"check", closes.path()});
  CHECK(check.code == 0);
  CHECK(has(check.err,
            "it closes at 05:00 before it opens at 09:00, so it is open for 20 hours, to the next day. Write "
            "\"17:00\" if the afternoon is meant"));
  Changed const quick("strike", R"("takes": "30 min")", R"("takes": "20 s")");
  CHECK(has(run_program({"check", quick.path()}).err,
            "20 s becomes 0, for a tick is 1 min. Write \"resolution\": \"20 s\""));
}

TEST_CASE("nothing divided by nothing is a dash or nothing, in every output") {
  Ran const ran("no_referrals");
  CHECK(ran.said.code == 0);
  auto const no_number = [](std::string const& text) {
    for (auto const* word : {"nan", "inf,", "-inf"})
      if (has(text, word)) return true;
    return false;
  };
  CHECK_FALSE(no_number(ran.said.out));
  CHECK_FALSE(no_number(checked("no_referrals", {"--all"}).out));
  for (auto const& entry :
       std::filesystem::directory_iterator(std::filesystem::path(ran.file("run.json")).parent_path())) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path());
    std::string const text{std::istreambuf_iterator<char>(in), {}};
    INFO(entry.path());
    CHECK_FALSE(has(text, "nan,"));
    CHECK_FALSE(has(text, "nan\n"));
    CHECK_FALSE(has(text, ",inf"));
  }
}

TEST_CASE("a meeting that takes all offers as many as are wanted, not infinitely many") {
  Changed const changed("strike", R"("cases": 30)", R"("_cases": 30)");
  auto const check = run_program({"check", changed.path()});
  CHECK(check.code == 0);
  CHECK(has(check.out, "cases/week wanted, all who come are taken\n"));
  CHECK_FALSE(has(check.out, "inf offered"));
}
