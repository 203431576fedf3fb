// Arms held against each other, from the files to the tables.

#include <cmath>
#include <map>

#include "csv.hpp"
#include "resume.hpp"

namespace {

namespace fs = std::filesystem;
using Arguments = std::vector<std::string>;

std::string const top = CWTSIM_SOURCE_DIR;
std::string const clinic = top + "/tests/cases/small_clinic.json";

std::string lever(Folder const& folder, std::string const& name, std::string const& pointer, std::string const& value) {
  return folder.write(name + ".json", R"({"schema": 1, "name": ")" + name + R"(", "levers": {"one": {"pointer": ")" +
                                          pointer + R"(", "set": )" + value + "}}}");
}
std::string slots(Folder const& folder, int number) {
  return lever(folder, "slots " + std::to_string(number), "/providers/hospital/resources/clinic/sessions/weekday/slots",
               std::to_string(number));
}

/// Met and counted of all patients in all periods, by standard.
std::map<std::string, std::pair<double, double>> sums_of(std::string const& folder) {
  std::map<std::string, std::pair<double, double>> sums;
  for (auto const& row : csv::rows_of(text_of(folder + "/replications_long.csv"))) {
    if (row.at("dimension") != "all") continue;
    sums[row.at("standard")].first += std::stod(row.at("met"));
    sums[row.at("standard")].second += std::stod(row.at("counted"));
  }
  return sums;
}

}  // namespace

TEST_CASE("an arm of a comparison is the run of that arm, and differs by what the two runs say") {
  Folder const folder;
  auto const eight = slots(folder, 8), fewer = lever(folder, "fewer", "/demand/gp_urgent/per_week", "28");
  auto const compared = run_program({"compare", clinic, "--with", eight, eight + "+" + fewer, "--replications", "6",
                                     "--out", folder / "compared", "--threads", "2"});
  INFO(compared.err);
  REQUIRE(compared.code == 0);
  CHECK(has(compared.out, "One clinic: 2 arms against base\n6 replications of each arm, seed 1: the same patients"));
  CHECK(has(compared.err, "18 replications, "));
  std::map<std::string, Arguments> const arms{
      {"base", {}}, {"a1", {"--with", eight}}, {"a2", {"--with", eight, "--with", fewer}}};
  for (auto const& [name, with] : arms) {
    Arguments arguments{"run", clinic, "--quiet", "--replications", "6", "--out", folder / name};
    arguments.insert(arguments.end(), with.begin(), with.end());
    REQUIRE(run_program(arguments).code == 0);
  }
  auto const base = sums_of(folder / "base");
  int looked_at = 0;
  for (auto const& row : csv::rows_of(text_of(folder / "compared/differences.csv"))) {
    if (row.at("figure") != "attainment" || row.at("dimension") != "all" || row.at("month") != "all") continue;
    auto const own = sums_of(folder / row.at("arm")).at(row.at("name")), first = base.at(row.at("name"));
    CHECK(std::stod(row.at("first")) == Approx(first.first / first.second).epsilon(1e-5));
    CHECK(std::stod(row.at("other")) == Approx(own.first / own.second).epsilon(1e-5));
    CHECK(std::stod(row.at("difference")) ==
          Approx(own.first / own.second - first.first / first.second).epsilon(1e-4).margin(1e-9));
    ++looked_at;
  }
  CHECK(looked_at == 2 * static_cast<int>(base.size()));
  auto const rows = csv::rows_of(text_of(folder / "compared/arms.csv"));
  REQUIRE(rows.size() == 3);
  CHECK(rows[0].at("name") == "base");
  CHECK(rows[2].at("name") == "slots 8 + fewer");
  CHECK(rows[2].at("replications") == "6");
}

TEST_CASE("a comparison is the same on any number of threads") {
  Folder const folder;
  auto const with = slots(folder, 8);
  std::string said;
  for (auto const* threads : {"1", "2", "5"}) {
    auto const out = folder / threads;
    auto const compared = run_program({"compare", clinic, "--with", with, "--replications", "7", "--first-replication",
                                       "3", "--seed", "9", "--quiet", "--threads", threads, "--out", out});
    REQUIRE(compared.code == 0);
    CHECK(compared.err.empty());
    if (said.empty()) said = compared.out;
    CHECK(compared.out == said);
    CHECK(differences(texts_of(out), texts_of(folder / "1")) == "");
  }
  CHECK(has(said, "seed 9"));
}

TEST_CASE("levers of the command line are those of every arm, and in no arm's name") {
  Folder const folder;
  auto const compared =
      run_program({"compare", clinic, "--with", slots(folder, 8), "--set", "/demand/gp_urgent/per_week=34",
                   "--replications", "4", "--quiet", "--out", folder / "busy"});
  REQUIRE(compared.code == 0);
  CHECK(has(compared.out, "against base\n"));
  CHECK(has(compared.out, "  slots 8 "));
  REQUIRE(run_program({"run", clinic, "--set", "/demand/gp_urgent/per_week=34", "--replications", "4", "--quiet",
                       "--out", folder / "run"})
              .code == 0);
  auto const base = sums_of(folder / "run").begin()->second;
  auto const row = csv::rows_of(text_of(folder / "busy/differences.csv")).front();
  CHECK(std::stod(row.at("first")) == Approx(base.first / base.second).epsilon(1e-5));
}

TEST_CASE("whatever is wrong with any arm is said before one is run") {
  Folder const folder;
  auto const good = slots(folder, 8);
  auto const no_such = lever(folder, "no such", "/providers/hospital/resources/ct/servers", "3");
  auto const wrong = lever(folder, "wrong", "/demand/gp_urgent/per_week", "-1");
  auto const out = folder / "out";
  auto const both = run_program({"compare", clinic, "--with", good, no_such, wrong, "--out", out});
  CHECK(both.code == 2);
  CHECK(has(both.err, "small_clinic.json with " + no_such + ": 1 problem"));
  CHECK(has(both.err, "small_clinic.json with " + wrong + ": 1 problem"));
  CHECK(both.out.empty());
  CHECK_FALSE(fs::exists(out + "/differences.csv"));
  auto const says = [](Arguments arguments, std::string const& what) {
    arguments.insert(arguments.begin(), "compare");
    auto const finished = run_program(arguments);
    INFO(finished.err);
    CHECK(finished.code == 2);
    CHECK(has(finished.err, what));
    CHECK(finished.out.empty());
  };
  says({clinic}, "--with is required");
  says({clinic, "--with", good, good}, "--with: " + good + " is given twice; two arms would be the same");
  says({clinic, "--with", good + "++" + wrong}, "names no file between two +");
  says({clinic, "--with", good + "+"}, "names no file between two +");
  says({"-", "--with", good}, "what is read from standard input cannot be read again");
  says({clinic, "--with", good, "--replications", "0"}, "--replications");
  says({clinic, "--with", good, "--replications", "900000", "--quiet", "--standard", "d62"},
       "--standard: there is no standard \"d62\"; there is ");
  auto const longer = lever(folder, "longer", "/horizon/run_for", "\"2 years\"");
  says({clinic, "--with", longer, "--replications", "900000", "--quiet"},
       longer + " cannot be held against the first arm: it has the measured time");
  says({clinic, "--with", good, "--max-memory", "1 kB"}, "the tables of a replication alone need");
  folder.write("full/kept.txt", "kept");
  says({clinic, "--with", good, "--replications", "2", "--out", folder / "full"},
       "choose another folder, or replace what it holds with --force");
}

TEST_CASE("a file whose name holds a plus is that file, and a folder may be replaced") {
  Folder const folder;
  auto const eight = slots(folder, 8), nine = slots(folder, 9);
  fs::rename(nine, folder / "eight+one.json");
  Arguments const arguments{"compare",        clinic, "--with",  eight,   folder / "eight+one.json",
                            "--replications", "2",    "--quiet", "--out", folder / "out"};
  REQUIRE(run_program(arguments).code == 0);
  CHECK(has(text_of(folder / "out/arms.csv"), "slots 9"));
  auto other = arguments;
  other.insert(other.end(), {"--seed", "8"});
  auto const refused = run_program(other);
  CHECK(refused.code == 2);
  CHECK(has(refused.err, "of seed 1, and this is 8; choose another folder, or start afresh with --force"));
  auto again = other;
  again.emplace_back("--force");
  CHECK(run_program(again).code == 0);
}

TEST_CASE("arms that hit a limit are said so, and the comparison ends with exit code 3") {
  Folder const folder;
  auto const finished =
      run_program({"compare", clinic, "--with", lever(folder, "flood", "/demand/gp_urgent/per_week", "3000"),
                   "--replications", "2", "--max-events", "20000", "--quiet"});
  INFO(finished.err);
  CHECK(finished.code == 3);
  CHECK(has(finished.out, "2 replications of flood hit a limit or froze: they are compared in no arm."));
  CHECK(has(finished.out, "No replication was completed in every arm: nothing can be compared."));
}

TEST_CASE("a comparison that is stopped says how far it came") {
  Folder const folder;
  auto const stopped = run_program(
      {"compare", clinic, "--with", slots(folder, 8), "--replications", "900000", "--time-limit", "0.5 s", "--quiet"});
  CHECK(stopped.code == 3);
  CHECK(has(stopped.err, "stopped after 0 of 2 arms; nothing is kept of a comparison without --out"));
  Circumstances interrupted;
  interrupted.signal = SIGINT;
  CHECK(run_program({"compare", clinic, "--with", slots(folder, 9), "--replications", "900000", "--quiet"}, interrupted)
            .code == 130);
}

TEST_CASE("a comparison that is cut short goes on from its parts, to the byte of one that was not") {
  Folder const folder;
  auto const out = folder / "out";
  Arguments const arguments{
      "compare", clinic,         "--with", slots(folder, 8), "--replications", "300", "--quiet", "--out",
      out,       "--save-every", "0 s"};
  Circumstances interrupted;
  interrupted.signal = SIGTERM;
  interrupted.after = std::chrono::milliseconds(300);
  auto const first = run_program(arguments, interrupted);
  INFO(first.err);
  if (first.code != 0) {  // a fast machine may have been through
    CHECK(first.code == 75);
    CHECK(has(first.err, "what finished is kept in " + out + ", and the same command goes on from there"));
    CHECK_FALSE(fs::exists(out + "/differences.csv"));
  }
  auto const second = run_program(arguments);
  REQUIRE(second.code == 0);
  auto whole = arguments;
  whole[8] = folder / "whole";
  auto const unbroken = run_program(whole);
  REQUIRE(unbroken.code == 0);
  CHECK(second.out == unbroken.out);
  CHECK(differences(texts_of(out), texts_of(folder / "whole")) == "");
  // the same once more runs nothing
  auto again = arguments;
  again.erase(again.begin() + 6);  // --quiet
  auto const found = run_program(again);
  CHECK(found.code == 0);
  CHECK(found.out == unbroken.out);
  CHECK(has(found.err, "600 replications were found in " + out));
  CHECK(has(found.err, "\n0 replications, "));
}

TEST_CASE("a folder takes more arms and more replications, and tells of parts that are damaged") {
  Folder const folder;
  auto const out = folder / "out";
  auto const compared = [&](Arguments const& with, std::string const& replications, std::string const& to) {
    Arguments arguments{"compare", clinic, "--replications", replications, "--out", to, "--with"};
    arguments.insert(arguments.end(), with.begin(), with.end());
    return run_program(arguments);
  };
  auto const eight = slots(folder, 8), nine = slots(folder, 9);
  REQUIRE(compared({eight}, "6", out).code == 0);
  auto const more = compared({nine, eight}, "8", out);
  INFO(more.err);
  CHECK(more.code == 0);
  CHECK(has(more.err, "12 replications were found in "));
  CHECK(has(more.err, "\n12 replications, "));  // two of two arms and eight of the new one
  auto const fresh = compared({nine, eight}, "8", folder / "fresh");
  CHECK(more.out == fresh.out);
  CHECK(differences(texts_of(out), texts_of(folder / "fresh")) == "");
  auto const fewer = compared({nine, eight}, "7", out);
  CHECK(fewer.code == 2);
  CHECK(has(fewer.err, "what was added up cannot be taken apart"));
  std::string part;
  for (auto const& entry : fs::recursive_directory_iterator(out + "/parts"))
    if (entry.is_regular_file()) part = entry.path().string();
  fs::resize_file(part, fs::file_size(part) / 2);
  auto const damaged = compared({nine, eight}, "8", out);
  CHECK(damaged.code == 0);
  CHECK(has(damaged.err, part + " is damaged"));
  CHECK(has(damaged.err, "16 replications were found in "));
  CHECK(damaged.out == fresh.out);
  // a run's folder is no comparison's
  REQUIRE(run_program({"run", clinic, "--replications", "2", "--quiet", "--out", folder / "run"}).code == 0);
  auto const of_run = compared({eight}, "2", folder / "run");
  CHECK(of_run.code == 2);
  CHECK(has(of_run.err, "holds parts, and none of the first arm"));
}
