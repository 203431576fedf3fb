// Patients who are held for ever: refused, or an outcome of its own that is never averaged with healthy replications.

#include "cases/case.hpp"

using cases::Ran;

namespace {

std::string flat(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

}  // namespace

TEST_CASE("two steps in a row that need the same single bed are refused") {
  for (auto const* command : {"check", "run"}) {
    auto const finished = run_program({command, cases::path_of("blocks_himself.json")});
    CHECK(finished.code == 2);
    CHECK(has(finished.err, "/pathways/p/steps/acute/then"));
    CHECK(has(finished.err, "nobody could ever go on (a deadlock), at \"h\""));
  }
}

TEST_CASE("with two beds it is told before and freezes when it runs") {
  auto const two = "/providers/h/resources/bed/servers=2";
  auto const checked = cases::checked("blocks_himself", {"--set", two});
  CHECK(checked.code == 0);
  CHECK(has(checked.err, "blocks_himself.json:"));
  CHECK(has(checked.err, "patients may come to wait for each other for ever (a deadlock) at \"h\""));
  // one a day is never in the other's way; two at once take both beds and then want another one
  Ran const one("blocks_himself", {"--set", two});
  CHECK(one.said.code == 0);
  CHECK(has(one.said.err, "(a deadlock)"));
  Ran const both("blocks_himself", {"--set", two, "--set", "/demand/p/timetable={\"at\": \"09:00\", \"patients\": 2}"});
  CHECK(both.said.code == 3);
  CHECK(both.cell("replications", {{"replication", "0"}}, "outcome") == "deadlocked");
  CHECK(both.cell("replications", {{"replication", "0"}}, "frozen") == "h/bed");
  CHECK(both.cell("replications", {{"replication", "0"}}, "finished") == "0");
  CHECK(both.number("replications", {{"replication", "0"}}, "days") == Approx(11. / 24).epsilon(1e-4));
}

TEST_CASE("a chain of wards in which nobody comes back is told of as nothing") {
  for (auto const* name : {"held_between_units", "held_in_bed_until_ward_free", "blocked_bed_days"}) {
    INFO(name);
    auto const finished = cases::checked(name);
    CHECK(finished.code == 0);
    CHECK(finished.err.empty());
  }
}

// with four a day, as the case has it, no replication of a hundred freezes
TEST_CASE("intensive care and ward: what freezes is deadlocked, with its place and day, and pooled with nothing") {
  std::vector<std::string> const five{"--replications", "5", "--set", "/demand/adm/per_day=5"};
  Ran const ran("itu_and_ward_freeze", five);
  CHECK(ran.said.code == 3);
  CHECK(has(ran.said.err, "who has finished \"ward\" keeps \"ward\" until there is room at \"itu\""));
  auto const frozen = ran.rows("replications", {{"outcome", "deadlocked"}});
  REQUIRE(frozen.size() == 2);
  for (auto const& row : frozen) CHECK(row.at("frozen") == "h/itu; h/ward");
  CHECK(ran.rows("replications", {{"outcome", "completed"}}).size() == 3);
  CHECK(has(ran.said.out, "DEADLOCK: 2 of 5 replications froze"));
  CHECK(has(flat(ran.said.out), "h/itu; h/ward: replication 0 on 2026-10-06, replication 3 on 2026-10-30."));
  CHECK(has(text_of(ran.file("run.json")), "\"deadlocked\": 2"));
  // the figures are those of the others alone
  double starts = 0;
  for (auto const* number : {"1", "2", "4"}) {
    auto alone = five;
    alone[1] = "1";
    alone.insert(alone.end(), {"--first-replication", number});
    Ran const other("itu_and_ward_freeze", alone);
    CHECK(other.said.code == 0);
    starts += other.number("steps", {{"step", "p/ward"}}, "visits");
  }
  CHECK(ran.number("steps", {{"step", "p/ward"}}, "visits") == Approx(starts / 3).epsilon(1e-5));
}

TEST_CASE("what froze is the same when a run goes on from its parts") {
  Folder const folder;
  auto const run = [&](std::string const& out, char const* replications) {
    return run_program({"run", cases::path_of("itu_and_ward_freeze.json"), "--set", "/demand/adm/per_day=5", "--out",
                        folder / out, "--quiet", "--replications", replications});
  };
  CHECK(run("parts", "2").code == 3);
  auto const went_on = run("parts", "6"), whole = run("whole", "6");
  CHECK(went_on.code == 3);
  CHECK(went_on.out == whole.out);
  CHECK(text_of(folder / "parts/replications.csv") == text_of(folder / "whole/replications.csv"));
  CHECK(has(text_of(folder / "parts/replications.csv"), ",deadlocked,"));
}

TEST_CASE("steps where nobody was served and lists that grew all through are said before all else") {
  // one slot a day for two patients, and a second step whose session is never long enough for anybody to reach it
  auto const finished = run_program({"run", cases::path_of("nobody_served.json"), "--quiet"});
  CHECK(finished.code == 0);
  auto const first = finished.out.find("What to look at first");
  REQUIRE(first != std::string::npos);
  CHECK(first < finished.out.find("How often the standards are met"));
  CHECK(has(finished.out, "Nobody was served at p/scan at h;"));
  CHECK(has(finished.out, "The list of clinic at h grew all through, from 0 to"));
  CHECK(has(finished.out, "The list of mri at h grew all through, from 0 to"));
  auto const tiny_run = run_program({"run", tiny, "--quiet"});
  CHECK_FALSE(has(tiny_run.out, "What to look at first"));
}
