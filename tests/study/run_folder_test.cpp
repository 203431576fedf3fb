#include "cwtsim/study/run_folder.hpp"

#include <cerrno>

#include "clinic.hpp"
#include "cwtsim/files/owner.hpp"

using namespace cwtsim;
using study::Refusal;
using study::Start;

namespace {

using Files = std::map<std::string, std::string>;

experiment::RunRequest request_of(study::Arm const& arm, std::uint64_t replications) {
  return study::request_of(arm, {replications, std::nullopt, 0, std::nullopt, 1}).value();
}

/// Of an arm with seed 1, nobody else having it.
study::RunFolder folder_at(std::string const& path, study::Arm const& arm) {
  return {std::get<files::OwnedFolder>(files::own_folder(path)), study::owner_of(arm, 1), std::chrono::seconds(0)};
}

struct Told {
  study::Taken taken;
  std::uint64_t found = 0, simulated = 0;
  study::Saved saved;
};

/// The arm run in a folder, each block written as it is finished.
Told run_in(std::string const& path, study::Arm const& arm, std::uint64_t replications, Start start = Start::go_on,
            std::uint64_t seed = 1) {
  auto request = request_of(arm, replications);
  request.seed = seed;
  Told told;
  auto owned = files::own_folder(path);
  if (auto const* const problem = std::get_if<files::FileProblem>(&owned)) {
    told.taken.refusal = {Refusal::Why::unusable, problem->what};
    return told;
  }
  study::RunFolder folder(std::get<files::OwnedFolder>(std::move(owned)), study::owner_of(arm, seed),
                          std::chrono::seconds(0));
  told.taken = folder.take(start, arm.layout, request);
  if (told.taken.refusal) return told;
  told.found = request.done.replications();
  auto const finished = std::get<study::FinishedRun>(study::run(arm, request));
  told.simulated = finished.experiment.simulated;
  told.saved = folder.save(arm, finished, study::estimate(arm, finished.experiment), {});
  return told;
}

/// Without what depends on the clock on the wall and on the process.
Files lasting(std::string const& folder) {
  auto files = clinic::files_in(folder);
  files.erase("run.json");
  files.erase(".owner");
  return files;
}

/// Runs so many replications and leaves their parts as if it had been killed.
void leave_parts(std::string const& path, study::Arm const& arm, std::uint64_t replications) {
  auto request = request_of(arm, replications);
  auto folder = folder_at(path, arm);
  REQUIRE_FALSE(folder.take(Start::go_on, arm.layout, request).refusal);
  CHECK(std::holds_alternative<study::FinishedRun>(study::run(arm, request)));
}

}  // namespace

TEST_CASE("a folder holds the tables, run.json and one part, and is left alone when all is there") {
  clinic::Folder const folder;
  auto const arm = clinic::arm();
  auto const first = run_in(folder / "out", arm, 7);
  CHECK(first.saved.problems.empty());
  CHECK_FALSE(first.saved.before);
  CHECK(first.simulated == 7);
  auto const files = clinic::files_in(folder / "out");
  for (auto const* name :
       {"run.json", "scenario.json", "arms.csv", "standards.csv", "replications.csv", "parts/whole.part"})
    CHECK(files.count(name) == 1);
  auto const again = run_in(folder / "out", arm, 7);
  CHECK(again.saved.before);
  CHECK(again.found == 7);
  CHECK(again.simulated == 0);
  CHECK(clinic::files_in(folder / "out") == files);
}

TEST_CASE("a table that is missing is written again from the part") {
  clinic::Folder const folder;
  auto const arm = clinic::arm();
  CHECK(run_in(folder / "out", arm, 7).saved.problems.empty());
  auto const files = lasting(folder / "out");
  clinic::fs::remove(folder / "out/waits.csv");
  auto const again = run_in(folder / "out", arm, 7);
  CHECK_FALSE(again.saved.before);
  CHECK(again.simulated == 0);
  CHECK(lasting(folder / "out") == files);
}

TEST_CASE("parts are gone on from, and the files are those of an unbroken run") {
  clinic::Folder const folder;
  auto const arm = clinic::arm();
  leave_parts(folder / "out", arm, 10);
  CHECK(clinic::files_in(folder / "out").size() == 2);
  auto const rest = run_in(folder / "out", arm, 12);
  CHECK(rest.found == 10);
  CHECK(rest.simulated == 2);
  CHECK(run_in(folder / "unbroken", arm, 12).simulated == 12);
  CHECK(lasting(folder / "out") == lasting(folder / "unbroken"));
}

TEST_CASE("a damaged part is named, and its replications are run again") {
  clinic::Folder const folder;
  auto const arm = clinic::arm();
  leave_parts(folder / "out", arm, 10);
  auto const part = folder / "out/parts/000005-000010.part";
  REQUIRE(clinic::fs::exists(part));
  std::ofstream(part, std::ios::binary) << "cwtsim part";
  auto const rest = run_in(folder / "out", arm, 10);
  REQUIRE(rest.taken.damaged.size() == 1);
  CHECK(rest.taken.damaged[0].path == part);
  CHECK_FALSE(rest.taken.damaged[0].what.empty());
  CHECK(rest.found == 5);
  CHECK(rest.simulated == 5);
}

TEST_CASE("a folder of another run, or of something else, is refused and left as it was") {
  clinic::Folder const folder;
  auto const arm = clinic::arm();
  CHECK(run_in(folder / "out", arm, 5).saved.problems.empty());
  auto const files = clinic::files_in(folder / "out");
  auto const seed = run_in(folder / "out", arm, 5, Start::go_on, 2).taken.refusal.value();
  CHECK(seed.why == Refusal::Why::another_run);
  CHECK(seed.what == folder / "out/parts/whole.part is a part of seed 1, and this is 2");
  auto const late = run_in(folder / "out", clinic::arm(clinic::request(clinic::late)), 5).taken.refusal.value();
  CHECK(late.why == Refusal::Why::another_run);
  CHECK(clinic::files_in(folder / "out") == files);

  clinic::fs::create_directories(folder / "mine");
  std::ofstream(folder / "mine/letter.txt") << "Dear";
  auto const mine = run_in(folder / "mine", arm, 5).taken.refusal.value();
  CHECK(mine.why == Refusal::Why::not_empty);
  CHECK(mine.what.find("it holds letter.txt") != std::string::npos);
  auto const nowhere = run_in(folder / "mine/letter.txt/deeper", arm, 5).taken.refusal.value();
  CHECK(nowhere.why == Refusal::Why::unusable);
}

TEST_CASE("a start afresh takes any folder, and removes the parts that are there") {
  clinic::Folder const folder;
  auto const arm = clinic::arm();
  CHECK(run_in(folder / "out", arm, 5).saved.problems.empty());
  auto const afresh = run_in(folder / "out", arm, 6, Start::afresh, 2);
  CHECK_FALSE(afresh.taken.refusal);
  CHECK(afresh.found == 0);
  CHECK(afresh.simulated == 6);
  CHECK(run_in(folder / "other", arm, 6, Start::go_on, 2).simulated == 6);
  CHECK(lasting(folder / "out") == lasting(folder / "other"));
}

TEST_CASE("a start afresh leaves no part, though it be killed at once") {
  clinic::Folder const folder;
  auto const arm = clinic::arm();
  leave_parts(folder / "out", arm, 10);
  auto request = request_of(arm, 5);
  auto run_folder = folder_at(folder / "out", arm);
  CHECK_FALSE(run_folder.take(Start::afresh, arm.layout, request).refusal);
  CHECK(request.done.empty());
  CHECK(lasting(folder / "out").empty());
}

TEST_CASE("a request that was refused is as it was") {
  clinic::Folder const folder;
  auto const arm = clinic::arm();
  clinic::fs::create_directories(folder / "out");
  std::ofstream(folder / "out/file") << "x";
  auto request = request_of(arm, 5);
  auto run_folder = folder_at(folder / "out", arm);
  CHECK(run_folder.take(Start::go_on, arm.layout, request).refusal);
  CHECK(request.done.empty());
  CHECK_FALSE(request.save);
}

TEST_CASE("parts that overlap are refused by name, unless the one of a finished run holds them") {
  clinic::Folder const folder;
  auto const arm = clinic::arm();
  leave_parts(folder / "out", arm, 10);
  leave_parts(folder / "more", arm, 7);
  auto const parts = folder / "out/parts/";
  clinic::fs::rename(folder / "more/parts/000005-000007.part", parts + "000005-000007.part");
  auto const files = clinic::files_in(folder / "out");
  auto const refused = run_in(folder / "out", arm, 10).taken.refusal.value();
  CHECK(refused.why == Refusal::Why::another_run);
  CHECK(refused.what == parts + "000005-000007.part holds replications 5 to 6, and " + parts +
                            "000005-000010.part holds 5 to 9: no replication may be in two");
  CHECK(clinic::files_in(folder / "out") == files);
  // those of a run that was killed before it could take them away
  clinic::fs::remove(parts + "000005-000007.part");
  CHECK(run_in(folder / "whole", arm, 10).saved.problems.empty());
  clinic::fs::copy(folder / "whole/parts/whole.part", parts + "whole.part");
  CHECK(run_in(folder / "out", arm, 10).found == 10);
  // but not where it holds one of them in part
  CHECK(run_in(folder / "seven", arm, 7).saved.problems.empty());
  leave_parts(folder / "both", arm, 10);
  clinic::fs::copy(folder / "seven/parts/whole.part", folder / "both/parts/whole.part");
  auto const both = run_in(folder / "both", arm, 10).taken.refusal.value();
  CHECK(both.what.find("whole.part holds replications 0 to 6, and ") != std::string::npos);
}

TEST_CASE("a folder that another has taken over is written to no more") {
  clinic::Folder const folder;
  auto const arm = clinic::arm();
  auto request = request_of(arm, 12);
  auto run_folder = folder_at(folder / "out", arm);
  REQUIRE_FALSE(run_folder.take(Start::go_on, arm.layout, request).refusal);
  auto owner = clinic::files_in(folder / "out").at(".owner");
  auto const at = owner.find("process ");
  owner.insert(at + 8, "9");
  std::ofstream(folder / "out/.owner") << owner;
  auto const finished = std::get<study::FinishedRun>(study::run(arm, request));
  CHECK(finished.experiment.ended == experiment::Ended::not_saved);
  auto const saved = run_folder.save(arm, finished, study::estimate(arm, finished.experiment), {});
  REQUIRE(saved.problems.size() == 1);
  CHECK(saved.problems[0].error == EBUSY);
  CHECK(saved.problems[0].what.find("has been taken over by another run, process 9") != std::string::npos);
  CHECK(clinic::files_in(folder / "out").size() == 1);
}

TEST_CASE("a folder that goes away ends the run, and that is told with its path") {
  clinic::Folder const folder;
  auto const arm = clinic::arm();
  auto request = request_of(arm, 12);
  auto run_folder = folder_at(folder / "out", arm);
  REQUIRE_FALSE(run_folder.take(Start::go_on, arm.layout, request).refusal);
  clinic::fs::remove_all(folder / "out");
  auto const finished = std::get<study::FinishedRun>(study::run(arm, request));
  CHECK(finished.experiment.ended == experiment::Ended::not_saved);
  CHECK(finished.experiment.replications() == 5);
  auto const saved = run_folder.save(arm, finished, study::estimate(arm, finished.experiment), {});
  REQUIRE(saved.problems.size() == 1);
  CHECK(saved.problems[0].what.find(folder / "out/parts") != std::string::npos);
}
