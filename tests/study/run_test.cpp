#include "cwtsim/study/run.hpp"

#include <thread>

#include "clinic.hpp"
#include "cwtsim/experiment/allotted.hpp"
#include "cwtsim/files/digest.hpp"
#include "cwtsim/files/files.hpp"
#include "cwtsim/study/version.hpp"

using namespace cwtsim;
using experiment::Ended;

namespace {

study::RunWishes replications(std::uint64_t n) {
  study::RunWishes wishes;
  wishes.replications = n;
  wishes.threads = 1;
  return wishes;
}

study::FinishedRun run(study::Arm const& arm, std::uint64_t n) {
  return std::get<study::FinishedRun>(study::run(arm, study::request_of(arm, replications(n)).value()));
}

struct Told {
  double patients = 0, within = 0;
  friend bool operator==(Told const&, Told const&) = default;
};

/// Of the one standard over the whole time.
Told told(study::Arm const& arm) {
  auto const estimates = study::estimate(arm, run(arm, 2).experiment);
  auto const& all = estimates.attainments.at(0);
  REQUIRE(all.when == "all");
  return {all.patients, all.attainment.value().value};
}

}  // namespace

TEST_CASE("a request is as wished, and otherwise as the scenario says") {
  auto const arm = clinic::arm(clinic::request("", R"(, "experiment": {"replications": 7, "seed": 42})"));
  auto const plain = study::request_of(arm, {}).value();
  CHECK(plain.replications == 7U);
  CHECK(plain.seed == 42);
  CHECK(plain.first_replication == 0);
  CHECK(plain.threads == experiment::allotted().threads);
  study::RunWishes three;
  three.threads = 3;
  CHECK(study::request_of(arm, three).value().threads == experiment::threads_within(experiment::allotted(), 3));
  CHECK_FALSE(plain.precision_points);
  CHECK_FALSE(plain.memory_bounds_patients);
  CHECK(plain.done.empty());
  CHECK(plain.observed.empty());
  auto const wished = study::request_of(arm, {3, std::nullopt, 5, 9, 2}).value();
  CHECK(wished.replications == 3U);
  CHECK(wished.first_replication == 5);
  CHECK(wished.seed == 9);
  CHECK(wished.threads == 2);
  auto const precise = study::request_of(arm, {std::nullopt, 1.5, 0, std::nullopt, 1}).value();
  CHECK(precise.precision_points == 1.5);
  CHECK_FALSE(precise.replications);
}

TEST_CASE("a request counts the months of what was observed, and knows what bounds its patients") {
  auto observed = clinic::request(
      "", R"(, "observed": {"fds": {"from": "2026-06-01", "until": "2026-06-30", "patients": {"all": {"all": 4}}}})");
  observed.limits.max_memory = 100'000'000'000;
  auto const bound = study::request_of(clinic::arm(observed), {}).value();
  CHECK(bound.observed.size() == 1);
  CHECK_FALSE(bound.memory_bounds_patients);
  observed.limits.max_memory = 10'000'000;
  CHECK(study::request_of(clinic::arm(observed), {}).value().memory_bounds_patients);
}

TEST_CASE("an arm without standards cannot be made precise") {
  auto const arm = clinic::arm(clinic::request("/standards={}"));
  CHECK_FALSE(study::request_of(arm, {std::nullopt, 1.0, 0, std::nullopt, 1}));
  CHECK(study::request_of(arm, {}));
}

TEST_CASE("two arms in one process: ten days are within the limit, thirty are not") {
  auto const base = clinic::arm(), late = clinic::arm(clinic::request(clinic::late));
  CHECK(told(base) == Told{5, 1});
  CHECK(told(late) == Told{2, 0});
  CHECK(told(base) == Told{5, 1});
}

TEST_CASE("arms that run at once give what they give one after another") {
  std::vector<study::Arm> arms;
  for (int days = 1; days <= 4; ++days)
    arms.push_back(clinic::arm(clinic::request("/pathways/path/steps/wait/takes={\"exponential\": {\"mean\": \"" +
                                               std::to_string(10 * days) + " days\"}}")));
  std::vector<experiment::Tally> alone, at_once(arms.size());
  for (auto const& arm : arms) alone.push_back(run(arm, 20).experiment.tally);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < arms.size(); ++i)
    threads.emplace_back([&, i] { at_once[i] = run(arms[i], 20).experiment.tally; });
  for (auto& thread : threads) thread.join();
  for (std::size_t i = 0; i < arms.size(); ++i) CHECK(at_once[i] == alone[i]);
  CHECK_FALSE(alone[0] == alone[1]);
}

TEST_CASE("replications done before that do not fit are told, not thrown") {
  auto const arm = clinic::arm();
  auto request = study::request_of(arm, replications(3)).value();
  request.done = run(arm, 5).experiment.tally;
  auto const result = study::run(arm, request);
  REQUIRE(std::holds_alternative<experiment::Unfitting>(result));
  CHECK(std::string(std::get<experiment::Unfitting>(result).what()).find("it holds replications 0 to 4") == 0);
}

TEST_CASE("what was done before is not counted as simulated now") {
  auto const arm = clinic::arm();
  auto const five = run(arm, 5);
  CHECK(five.events == five.experiment.tally.events);
  auto request = study::request_of(arm, replications(7)).value();
  request.done = five.experiment.tally;
  auto const more = std::get<study::FinishedRun>(study::run(arm, request));
  CHECK(more.experiment.simulated == 2);
  CHECK(more.experiment.tally == run(arm, 7).experiment.tally);
  CHECK(more.events == more.experiment.tally.events - five.events);
  CHECK(more.threads == 1);
}

TEST_CASE("a manifest says what was run, and how it ended") {
  auto request = clinic::request(clinic::late);
  request.name = "late";
  auto const arm = clinic::arm(request);
  auto const finished = run(arm, 4);
  auto const began = std::chrono::system_clock::time_point{};
  auto const m = study::manifest_of(arm, finished, {{"run", "clinic.json"}, began, 3});
  CHECK(m.arm == "late");
  CHECK(m.name == "late");
  CHECK(m.scenario == "Small");
  CHECK(m.scenario_file == "clinic.json");
  CHECK(m.scenario_sha256 == files::sha256(arm.composed_json + "\n"));
  CHECK(m.command_line == std::vector<std::string>{"run", "clinic.json"});
  CHECK(m.started == "1970-01-01T00:00:00Z");
  CHECK(m.finished > "2026");
  CHECK(m.exit_status == 3);
  CHECK(m.host == files::host_name());
  CHECK(m.sources == study::sources());
  CHECK(m.commit == study::commit());
  CHECK(m.flags == study::flags());
  CHECK(m.completed == 4);
  CHECK(m.limited == 0);
  CHECK(m.seed == 1);
  CHECK(m.ended == "all_done");
  CHECK(m.version == study::version);
  CHECK(m.compiler == study::compiler());
  CHECK(m.threads == 1);
  CHECK(m.events == finished.experiment.tally.events);
}

TEST_CASE("a run is cut short by a signal, by the time, or by a disk") {
  for (auto const ended : {Ended::interrupted, Ended::out_of_time, Ended::not_saved}) CHECK(study::is_cut_short(ended));
  for (auto const ended : {Ended::all_done, Ended::precise, Ended::not_precise, Ended::many_limits})
    CHECK_FALSE(study::is_cut_short(ended));
  CHECK(word_of(Ended::not_precise) == "not_precise");
  CHECK(word_of(Ended::out_of_time) == "out_of_time");
}
