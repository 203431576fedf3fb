// The program as a whole writes the same bytes on any number of threads, and on a processor without fused multiply-add.
// scripts/same_bytes.sh does this with other compilers and optimisations too.

#include <algorithm>
#include <cstdlib>

#include "catch_compat.hpp"
#include "cli/program.hpp"

namespace fs = std::filesystem;

namespace {

struct Case {
  std::string scenario;
  std::vector<std::string> more;
};

std::vector<Case> const cases = {
    {"scenarios/tiny.json", {"--replications", "5"}},
    {"tests/determinism/everything.json", {"--replications", "4"}},
    {"scenarios/west-london.json",
     {"--replications", "2", "--set", "/horizon/warm_up=1 week", "--set", "/horizon/run_for=1 month"}},
};

/// The report and every table.
std::string bytes_of(Case const& c, std::string const& threads, std::string const& folder) {
  std::vector<std::string> arguments = {"run",       std::string(CWTSIM_SOURCE_DIR) + "/" + c.scenario,
                                        "--seed",    "11",
                                        "--out",     folder,
                                        "--quiet",   "--force",
                                        "--threads", threads};
  arguments.insert(arguments.end(), c.more.begin(), c.more.end());
  auto const finished = run_program(arguments);
  INFO(finished.err);
  REQUIRE(finished.code == 0);
  std::vector<fs::path> tables;
  for (auto const& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == ".csv") tables.push_back(entry.path());
  std::sort(tables.begin(), tables.end());
  CHECK(tables.size() >= 6);
  std::string all = finished.out;
  for (auto const& table : tables) all += table.filename().string() + "\n" + text_of(table);
  return all;
}

}  // namespace

TEST_CASE("the program writes the same bytes on 1, 2, 3 and 8 threads") {
  Folder const folder;
  for (auto const& c : cases) {
    INFO(c.scenario);
    auto const one = bytes_of(c, "1", folder / "out");
    CHECK(one.size() > 2000);
    for (auto const* threads : {"2", "3", "8"}) CHECK(one == bytes_of(c, threads, folder / "out"));
  }
}

TEST_CASE("the program writes the same bytes without fused multiply-add") {
  // glibc has other versions of exp, log and pow for such a processor, which differ in the last bits
  Folder const folder;
  for (auto const& c : cases) {
    INFO(c.scenario);
    auto const as_it_is = bytes_of(c, "2", folder / "out");
    ::setenv("GLIBC_TUNABLES",
             "glibc.cpu.hwcaps=-FMA,-FMA4,-AVX2,-AVX,-AVX512F,-AVX512VL,-AVX2_Usable,-AVX_Usable,-FMA_Usable,"
             "-FMA4_Usable,-AVX512F_Usable",
             1);
    auto const old = bytes_of(c, "2", folder / "out");
    ::unsetenv("GLIBC_TUNABLES");
    CHECK(old == as_it_is);
  }
}
