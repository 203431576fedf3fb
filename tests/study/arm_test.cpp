#include "cwtsim/study/arm.hpp"

#include "clinic.hpp"
#include "cwtsim/engine/replication.hpp"
#include "cwtsim/files/digest.hpp"
#include "cwtsim/study/version.hpp"

using namespace cwtsim;
using study::Arm;

namespace {

std::string const observed =
    R"(, "observed": {"fds": {"from": "2026-06-01", "until": "2026-06-30",
       "attainment": {"all": {"all": 0.75}, "provider": {"here": 0.5}}, "patients": {"provider": {"here": 12}}}})";

}  // namespace

TEST_CASE("an arm is a sound scenario, compiled and laid out") {
  auto request = clinic::request("", observed);
  request.name = "as it is";
  auto const arm = clinic::arm(request);
  CHECK(arm.summary.arm == "as it is");
  CHECK(arm.summary.name == "as it is");
  CHECK(arm.summary.scenario == "clinic.json");
  CHECK(arm.scenario.name == "Small");
  CHECK(arm.composed_json.find("\"slots\": 4") != std::string::npos);
  CHECK(arm.model.names.standards == std::vector<std::string>{"fds"});
  CHECK_FALSE(arm.memory_bounds_patients);
  CHECK(arm.observed.size() == 2);
  CHECK(arm.outlays.empty());
  CHECK(arm.layout.precise.size() == 1);
  // all, June, July, and the month of the figures, which is June itself
  CHECK(arm.layout.spans.size() == 3);
}

TEST_CASE("a lever is part of the arm, in what runs and in what is written of it") {
  auto const arm = clinic::arm(clinic::request(clinic::late));
  CHECK(arm.composed_json.find("\"30 days\"") != std::string::npos);
  CHECK(arm.composed_json.find("\"with\"") != std::string::npos);  // so that a rerun tells of it too
}

TEST_CASE("an arm is called as asked, or base, or a1 and by the names of its levers") {
  CHECK(clinic::arm().summary.arm == "base");
  CHECK(clinic::arm().summary.name == "base");
  clinic::Folder const folder;
  auto const file =
      folder.write("desk.json", R"({"schema": 1, "name": "A desk", "include": "more.json", "levers": {}})");
  folder.write("more.json", R"({"schema": 1, "name": "More", "levers": {}})");
  auto request = clinic::request(clinic::late);
  request.scenario.with = {file};
  request.options = "set " + clinic::late;
  auto const summary = clinic::arm(request).summary;
  CHECK(summary.arm == "a1");
  CHECK(summary.name == "A desk + /pathways/path/steps/wait/takes=30 days");
  CHECK(summary.lever_files == file + " (A desk)");
  CHECK(summary.options == request.options);
  request.name = "slow";
  CHECK(clinic::arm(request).summary.arm == "slow");
  CHECK(clinic::arm(request).summary.name == "slow");
  CHECK(clinic::arm(request).summary.lever_files == file + " (A desk)");
}

TEST_CASE("the files of an arm are named with their sizes and hashes") {
  clinic::Folder const folder;
  auto request = clinic::request();
  request.scenario.path = folder.write("clinic.json", *request.scenario.text);
  request.scenario.text.reset();
  request.scenario.with = {folder.write("none.json", R"({"schema": 1, "name": "None", "levers": {}})")};
  auto const files = clinic::arm(request).files;
  REQUIRE(files.size() == 2);
  CHECK(files[1].path == request.scenario.with[0]);
  CHECK(files[1].bytes == 43);
  CHECK(files[1].sha256 == files::sha256(R"({"schema": 1, "name": "None", "levers": {}})"));
}

TEST_CASE("all that is wrong with an arm comes back at once, each with its place") {
  auto const made = study::make_arm(clinic::request("/pathways/path/start=nowhere", R"(, "unheard_of": 1)"));
  REQUIRE(std::holds_alternative<Problems>(made));
  auto const read = std::get<Problems>(made).list();
  REQUIRE(read.size() == 1);  // what cannot be read is not checked
  CHECK(read[0].pointer == "/unheard_of");
  CHECK(read[0].place.rfind("clinic.json:1:", 0) == 0);

  auto const unsound = study::make_arm(clinic::request("/pathways/path/start=nowhere"));
  REQUIRE(std::holds_alternative<Problems>(unsound));
  auto const checked = std::get<Problems>(unsound).list();
  REQUIRE_FALSE(checked.empty());
  CHECK(checked[0].pointer == "/pathways/path/start");
  CHECK(checked[0].place == "--set /pathways/path/start=\"nowhere\"");
}

TEST_CASE("limits stand in the place of the scenario's") {
  auto request = clinic::request();
  auto const need = engine::memory_need(clinic::arm().model);
  request.limits = {900, need.fixed + 10 * need.per_patient + 1};
  auto const bound = clinic::arm(request);
  CHECK(bound.model.max_events == 900);
  CHECK(bound.model.max_in_system == 10);
  CHECK(bound.memory_bounds_patients);
  // what allows more than the scenario does changes nothing
  request.limits = {std::nullopt, need.fixed + 3'000'000 * need.per_patient};
  auto const free = clinic::arm(request);
  CHECK(free.model.max_events == clinic::arm().model.max_events);
  CHECK(free.model.max_in_system == 2'000'000);
  CHECK_FALSE(free.memory_bounds_patients);
}

TEST_CASE("an arm for which the memory is too small says how much it needs") {
  auto request = clinic::request();
  auto const need = engine::memory_need(clinic::arm().model);
  request.limits.max_memory = need.fixed + need.per_patient - 1;
  auto const made = study::make_arm(request);
  REQUIRE(std::holds_alternative<study::TooLittleMemory>(made));
  CHECK(std::get<study::TooLittleMemory>(made).bytes_needed == need.fixed + need.per_patient);
  request.limits.max_memory = need.fixed + need.per_patient;
  CHECK(clinic::arm(request).model.max_in_system == 1);
}

TEST_CASE("parts belong to a scenario with its levers, to limits and a seed, not to the name of an arm") {
  auto const owner = [](study::ArmRequest const& request, std::uint64_t seed = 1) {
    return study::owner_of(clinic::arm(request), seed);
  };
  auto const base = owner(clinic::request());
  CHECK(base.scenario == "Small");
  CHECK(base.version == std::string(study::version) + " (sources " + study::sources() + ")");
  CHECK(base.seed == 1);
  auto renamed = clinic::request();
  renamed.name = "other";
  CHECK(owner(renamed).fingerprint == base.fingerprint);
  CHECK(owner(clinic::request(), 2).fingerprint == base.fingerprint);
  CHECK(owner(clinic::request(), 2).seed == 2);
  CHECK(owner(clinic::request(clinic::late)).fingerprint != base.fingerprint);
  auto limited = clinic::request();
  limited.limits.max_events = 900;
  CHECK(owner(limited).fingerprint != base.fingerprint);
  auto bound = clinic::request();
  auto const need = engine::memory_need(clinic::arm().model);
  bound.limits.max_memory = need.fixed + 10 * need.per_patient;
  CHECK(owner(bound).fingerprint != base.fingerprint);
}

TEST_CASE("what was observed of one place is one figure") {
  auto const figures = study::figures_of(clinic::arm(clinic::request("", observed)).scenario);
  REQUIRE(figures.size() == 2);
  CHECK(figures[0].dimension == "all");
  CHECK(figures[0].attainment == 0.75);
  CHECK_FALSE(figures[0].patients);
  CHECK(figures[1].standard == "fds");
  CHECK(figures[1].dimension == "provider");
  CHECK(figures[1].value == "here");
  CHECK(format_date(figures[1].from) == "2026-06-01");
  CHECK(format_date(figures[1].until) == "2026-06-30");
  CHECK(figures[1].attainment == 0.5);
  CHECK(figures[1].patients == 12.0);
}

TEST_CASE("what lever files cost comes with the arm") {
  clinic::Folder const folder;
  std::ofstream(folder / "desk.json") << R"({"schema": 1, "name": "A desk", "levers": {"more":
    {"pointer": "/providers/here/resources/desk/sessions/weekly/slots", "set": 5}},
    "costs": {"buy": {"ledger": "nhs", "once": 900, "on": "2026-06-03"},
              "run": {"ledger": "nhs", "per_year": 365, "from": "2026-06-03", "taper": {"2026-07-01": 0.5}}}})";
  auto request = clinic::request("", R"(, "ledgers": {"nhs": {"kind": "cash"}})");
  request.scenario.with = {folder / "desk.json"};
  auto const outlays = clinic::arm(request).outlays;
  REQUIRE(outlays.size() == 2);
  CHECK(outlays[0].intervention == "A desk");
  CHECK(outlays[0].name == "buy");
  CHECK(outlays[0].once == 900);
  CHECK(format_date(outlays[0].from.value()) == "2026-06-03");
  CHECK(outlays[1].per_year == 365);
  REQUIRE(outlays[1].taper.size() == 1);
  CHECK(outlays[1].taper[0].second == 0.5);
}

TEST_CASE("an arm is called by the names of its lever files, and by what other levers do") {
  CHECK(clinic::arm().summary.name == "base");
  temporary::Folder const folder;
  auto const inner = folder.write("inner.json", R"({"schema": 1, "name": "Inner", "levers": {}})");
  auto const file = folder.write("file-name.json", R"({"schema": 1, "name": "Later results", "include": "inner.json",
    "levers": {"late": {"pointer": "/pathways/path/steps/wait/takes", "scale": 3}}})");
  auto request = clinic::request(clinic::late);
  request.scenario.with = {file};
  request.scenario.levers.push_back(
      io::parse_lever(io::Lever::Op::scale, "/pathways/path/steps/wait/takes=0.5").value());
  CHECK(clinic::arm(request).summary.name ==
        "Later results + /pathways/path/steps/wait/takes=30 days + /pathways/path/steps/wait/takes x 0.5");
}

TEST_CASE("what levers did is part of the arm, and of its estimates") {
  auto const arm = clinic::arm(clinic::request(clinic::late));
  REQUIRE(arm.pulled.levers.size() == 1);
  REQUIRE(arm.pulled.values.size() == 1);
  CHECK(arm.pulled.values[0].before == "10 days");
  CHECK(arm.pulled.values[0].after == "30 days");
  CHECK(arm.pulled.levers[0].does == "set /pathways/path/steps/wait/takes to \"30 days\"");
}

TEST_CASE("a problem is laid at the door of the lever that brings it about, the one of several") {
  auto request = clinic::request();
  auto const pull = [&request](std::string const& text) {
    request.scenario.levers.push_back(io::parse_lever(io::Lever::Op::set, text).value());
  };
  pull("/pathways/path/steps/wait/takes=20 days");
  pull("/pathways/path/steps/wait/on_finish=told later");
  pull("/pathways/path/steps/wait/takes=30 days");
  auto const made = study::make_arm(request);
  REQUIRE(std::holds_alternative<Problems>(made));
  auto const& problems = std::get<Problems>(made).list();
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].pointer == "/standards/fds/stops");
  CHECK(problems[0].place == "--set /pathways/path/steps/wait/on_finish=\"told later\"");
  CHECK(problems[0].what.find("; --set /pathways/path/steps/wait/on_finish=\"told later\" brings this about") !=
        std::string::npos);
}

TEST_CASE("a set of the scenario whose own pointer leads nowhere is told as a file's is") {
  clinic::Folder const folder;
  std::string const levers =
      R"("name": "Slip", "levers": { "slip": { "pointer": "/demand/gq/per_week", "scale": 2 } } })";
  auto as_set = clinic::request("", R"(, "with": [ { )" + levers + " ]"), as_file = clinic::request();
  as_file.scenario.with = {folder / "slip.json"};
  std::ofstream(as_file.scenario.with[0]) << R"({ "schema": 1, )" + levers;
  auto const what_of = [](study::ArmRequest const& request) {
    auto const made = study::make_arm(request);
    REQUIRE(std::holds_alternative<Problems>(made));
    auto const& problems = std::get<Problems>(made).list();
    REQUIRE(problems.size() == 1);
    return problems[0].what;
  };
  CHECK(what_of(as_file).find("leads nowhere") != std::string::npos);
  CHECK(what_of(as_set) == what_of(as_file));
}

TEST_CASE("an arm that is named after a long option is cut between two characters") {
  auto const name = clinic::arm(clinic::request("/name=" + std::string(59, 'a') + "\xC3\xA9 and more")).summary.name;
  CHECK(name == "/name=" + std::string(59, 'a') + "...");
}
