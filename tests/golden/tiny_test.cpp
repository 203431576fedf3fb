// The tables and the report of the tutorial's scenario, to the byte. CWTSIM_UPDATE=1 writes them anew.

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "cwtsim/experiment/estimates.hpp"
#include "cwtsim/experiment/experiment.hpp"
#include "cwtsim/files/table.hpp"
#include "cwtsim/report/tables.hpp"
#include "cwtsim/report/text.hpp"
#include "theory/trial.hpp"

using namespace trial;

namespace {

std::string const folder = CWTSIM_SOURCE_DIR "/tests/golden/tiny/";

bool updating() {
  char const* const update = std::getenv("CWTSIM_UPDATE");
  return update != nullptr && std::string(update) == "1";
}

void is_as_kept(std::string const& file, std::string const& text) {
  if (updating()) {
    std::filesystem::create_directories(folder);
    std::ofstream(folder + file, std::ios::binary) << text;
  }
  std::ifstream in(folder + file, std::ios::binary);
  std::ostringstream kept;
  kept << in.rdbuf();
  INFO(file);
  CHECK(in.good());
  CHECK(kept.str() == text);
}

}  // namespace

TEST_CASE("tiny.json: five replications of seed 1") {
  auto const m = shipped("tiny.json", {"/horizon/run_for=\"3 months\""});
  experiment::RunRequest request;
  request.seed = 1;
  request.replications = 5;
  request.threads = 2;
  auto const estimates = experiment::estimate(m, experiment::run(m, request), "base", {});
  is_as_kept("report.txt", report::text_report(estimates, report::Colour::off));
  auto const tables = report::all_tables(estimates);
  CHECK(tables.size() >= 6);
  for (auto const& table : tables) is_as_kept(table.name + ".csv", files::to_csv(table));
}
