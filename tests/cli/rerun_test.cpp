// A run again, from its own folder.

#include <set>

#include "csv.hpp"
#include "cwtsim/files/table.hpp"
#include "resume.hpp"

namespace {

namespace fs = std::filesystem;
using Arguments = std::vector<std::string>;

std::string const top = CWTSIM_SOURCE_DIR;
std::string const clinic = top + "/tests/cases/small_clinic.json";

/// Levers with dates and without, in an order that matters, and a cost.
std::string dated(Folder const& folder) {
  return folder.write("dated.json",
                      R"({"schema": 1, "name": "Dated", "costs": {"posts": {"ledger": "cash", "per_year": 900}},
    "levers": {
      "ledgers": {"pointer": "/ledgers", "set": {"cash": {}}},
      "more": {"pointer": "/demand/gp_urgent/per_week", "scale": 1.2, "from": "2026-11-01"},
      "slots": {"pointer": "/providers/hospital/resources/clinic/sessions/weekday/slots", "set": 6,
                "from": "2026-10-01", "until": "2027-02-01"},
      "fewer": {"pointer": "/demand/gp_urgent/per_week", "add": -4}}})");
}

/// All that is in a folder but run.json.
Texts lasting(std::string const& folder) {
  auto texts = texts_of(folder);
  texts.erase("run.json");
  return texts;
}

}  // namespace

TEST_CASE("any run is repeated from its folder, to the byte") {
  Folder const folder;
  std::vector<Arguments> const runs{
      {tiny},
      {clinic, "--replications", "7", "--first-replication", "4", "--seed", "18446744073709551615"},
      {clinic, "--with", dated(folder), "--scale", "/demand/gp_urgent/per_week=1.1", "--set", "/name=\"Busy\""},
      {clinic, "--precision", "4", "--name", "precise, \"enough\""},
      {clinic, "--replications", "3", "--max-events", "2000"},
      {clinic, "--replications", "3", "--max-memory", "1500 kB", "--scale", "/demand/gp_urgent/per_week=300"},
      {top + "/tests/determinism/everything.json", "--replications", "2"},
      {top + "/tests/cases/bands_extended.json", "--replications", "2"},
      {top + "/tests/cases/surge_by_a_dated_lever.json", "--replications", "2", "--with",
       top + "/tests/cases/surge_by_a_dated_lever.levers.json"}};
  for (std::size_t i = 0; i < runs.size(); ++i) {
    INFO(runs[i].back());
    auto const out = folder / std::to_string(i), again = out + "again";
    Arguments arguments{"run", "--quiet", "--out", out};
    arguments.insert(arguments.end(), runs[i].begin(), runs[i].end());
    auto const first = run_program(arguments);
    INFO(first.err);
    REQUIRE((first.code == 0 || first.code == 3));
    // Far from where it was, without what it was read from.
    fs::rename(out, folder / "moved");
    auto const rerun = run_program({"rerun", folder / "moved", "--out", again, "--threads", "1", "--verify"});
    INFO(rerun.err);
    CHECK(rerun.code == first.code);
    CHECK(rerun.out == first.out);
    CHECK(has(rerun.err, "moved holds what this run gives, to the byte"));
    CHECK(differences(lasting(folder / "moved"), lasting(again)) == "");
    CHECK(fs::file_size(again + "/run.json") < 10'000);
    // And from that folder once more.
    CHECK(run_program({"rerun", again, "--quiet", "--verify"}).code == first.code);
    fs::remove_all(folder / "moved");
  }
}

TEST_CASE("scenario.json of a folder is read by run, and gives the same arm") {
  Folder const folder;
  auto const out = folder / "out";
  REQUIRE(run_program({"run", clinic, "--quiet", "--with", dated(folder), "--replications", "3", "--out", out}).code ==
          0);
  REQUIRE(run_program({"run", out + "/scenario.json", "--quiet", "--name", "a1", "--replications", "3", "--out",
                       folder / "plain"})
              .code == 0);
  auto first = lasting(out), plain = lasting(folder / "plain");
  for (auto* texts : {&first, &plain}) texts->erase("arms.csv");  // read from another file
  CHECK(differences(first, plain) == "");
  // The levers have been at work.
  REQUIRE(run_program({"run", clinic, "--quiet", "--replications", "3", "--out", folder / "base"}).code == 0);
  CHECK(text_of(out + "/standards.csv").substr(300) != text_of(folder / "base/standards.csv").substr(300));
}

TEST_CASE("a run that was cut short is repeated as far as it went") {
  Folder const folder;
  auto const out = folder / "out";
  CHECK(
      run_program({"run", clinic, "--quiet", "--replications", "900000", "--time-limit", "0.5 s", "--out", out}).code ==
      3);
  auto const rerun = run_program({"rerun", out, "--out", folder / "again", "--verify"});
  INFO(rerun.err);
  CHECK(rerun.code == 0);
  CHECK(has(rerun.err, " was cut short: the "));
  CHECK(text_of(out + "/standards.csv") == text_of(folder / "again/standards.csv"));
  CHECK(text_of(out + "/arms.csv") == text_of(folder / "again/arms.csv"));
}

TEST_CASE("what cannot be repeated, or is not what it was, is told by name") {
  Folder const folder;
  auto const out = folder / "out";
  auto const says = [](Arguments const& arguments, std::string const& what) {
    auto const finished = run_program(arguments);
    INFO(finished.err);
    CHECK(finished.code == 2);
    CHECK(has(finished.err, what));
  };
  says({"rerun", folder / "nowhere"}, "nowhere/run.json is not there");
  says({"rerun"}, "DIR is required");
  REQUIRE(run_program({"run", tiny, "--quiet", "--replications", "2", "--set", "/name=\"Other\"", "--out", out}).code ==
          0);
  auto const manifest = text_of(out + "/run.json"), scenario = text_of(out + "/scenario.json");
  for (std::string const name : {"levers.csv", "waits.csv"}) {
    auto const table = text_of(out + "/" + name);
    folder.write("out/" + name, table + "\n");
    says({"rerun", out, "--verify", "--quiet"}, out + "/" + name + " is not what this run gives");
    fs::remove(out + "/" + name);
    says({"rerun", out, "--verify", "--quiet"}, out + "/" + name + " is not what this run gives");
    if (name == "levers.csv") folder.write("out/" + name, table);
  }
  folder.write("out/scenario.json", scenario + " ");
  says({"rerun", out}, "scenario.json has been changed since");
  fs::remove(out + "/scenario.json");
  says({"rerun", out}, "scenario.json is not there");
  folder.write("out/scenario.json", scenario);
  for (auto const* text : {"", "{", "[]", "{}", "{\"version\": 3}"}) {
    folder.write("out/run.json", text);
    says({"rerun", out}, "run.json is not what this program writes");
  }
  // made by other sources: told, and done all the same
  auto other = manifest;
  auto const at = other.find("\"sources\": \"") + 12;
  other.replace(at, 12, "0123456789ab");
  folder.write("out/run.json", other);
  auto const rerun = run_program({"rerun", out, "--quiet"});
  CHECK(rerun.code == 0);
  CHECK(has(rerun.err, "was made by cwtsim 0.1.0 (sources 0123456789ab)"));
}

TEST_CASE("replications one by one add up to the tables, to the last digit") {
  struct Sum {
    double met = 0, counted = 0;
  };
  // 26 months: two years and a rest
  for (auto const& arguments :
       {Arguments{clinic, "--set", "/horizon/run_for=26 months", "--set", "/standards/fds/by=provider"},
        Arguments{top + "/tests/determinism/everything.json"}}) {
    Folder const folder;
    Arguments run{"run", "--quiet", "--replications", "5", "--out", folder / "out"};
    run.insert(run.end(), arguments.begin(), arguments.end());
    REQUIRE(run_program(run).code == 0);
    std::map<std::string, Sum> whole, years;
    std::set<std::string> replications;
    auto const key = [](csv::Row const& row) {
      return row.at("standard") + " " + row.at("dimension") + " " + row.at("value") + " ";
    };
    for (auto const& row : csv::read(folder / "out/replications_long.csv")) {
      double const met = std::stod(row.at("met")), counted = std::stod(row.at("counted"));
      CHECK(counted > 0);
      for (auto* sum : {&whole[key(row)], &years[key(row) + row.at("year")]}) sum->met += met, sum->counted += counted;
      replications.insert(row.at("replication"));
    }
    CHECK(replications.size() == 5);
    auto const is_sum = [](csv::Row const& row, Sum const& sum) {
      CHECK(row.at("patients") == cwtsim::files::format_number(sum.counted / 2 / 5));
      CHECK(row.at("attainment") == (sum.counted > 0 ? cwtsim::files::format_number(sum.met / sum.counted) : ""));
    };
    std::size_t compared = 0;
    for (auto const& row : csv::read(folder / "out/standards.csv"))
      if (row.at("month") == "all") is_sum(row, whole[key(row)]), ++compared;
    for (auto const& row : csv::read(folder / "out/years.csv"))
      if (row.at("year") != "all") is_sum(row, years[key(row) + row.at("year")]), ++compared;
    CHECK(compared > 3);
  }
}

TEST_CASE("an arm has a short name in every row, and arms.csv says what it stands for") {
  Folder const folder;
  auto const file = dated(folder);
  auto const run = [&](std::string const& out, Arguments const& more) {
    Arguments arguments{"run", clinic, "--replications", "2", "--with", file, "--out", folder / out};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_program(arguments);
  };
  auto const plain = run("plain", {});
  REQUIRE(plain.code == 0);
  CHECK(has(plain.out, "One clinic, with Dated\n"));
  CHECK(has(text_of(folder / "plain/steps.csv"), "\na1,clinic/results,"));
  CHECK(text_of(folder / "plain/arms.csv") ==
        "arm,name,scenario,lever_files,options\na1,Dated," + clinic + "," + file + " (Dated),replications 2\n");
  auto const named = run("named", {"--name", "winter"});
  CHECK(has(named.out, "One clinic, with winter\n"));
  CHECK(has(text_of(folder / "named/steps.csv"), "\nwinter,clinic/results,"));
  CHECK(has(text_of(folder / "named/arms.csv"), "\nwinter,winter,"));
  // a finished run that is called something else now
  REQUIRE(run("plain", {"--name", "winter"}).code == 0);
  CHECK(text_of(folder / "plain/steps.csv") == text_of(folder / "named/steps.csv"));
  for (auto const& bad : {std::string(), std::string(41, 'x'), std::string("a\nb")}) {
    auto const refused = run("bad", {"--name", bad});
    CHECK(refused.code == 2);
    CHECK(has(refused.err, "--name: '"));
  }
  CHECK(run("long", {"--name", std::string(40, 'x')}).code == 0);
}

TEST_CASE("the manifest of West London with the largest bundle is under 10 kB") {
  Folder const folder;
  auto const finished = run_program({"run", top + "/scenarios/west-london.json", "--quiet", "--with",
                                     top + "/scenarios/interventions/programmes-2025-30.json", "--replications", "1",
                                     "--set", "/horizon/starts=2025-10-01", "--set", "/horizon/run_for=3 years",
                                     "--set", "/demand/*/per_year/*=0", "--out", folder / "out"});
  INFO(finished.err);
  REQUIRE(finished.code == 0);
  CHECK(fs::file_size(folder / "out/run.json") < 10'000);
  CHECK(has(text_of(folder / "out/run.json"), "\"more_files\": {\"number\":"));
  CHECK(run_program({"rerun", folder / "out", "--quiet", "--verify"}).code == 0);
}
