// consumer SCENARIO: reads it, runs three replications and says how often the first standard is met.

#include <cstdio>

// The face of the library will be one header, in the place of these.
#include "cwtsim/experiment/estimates.hpp"
#include "cwtsim/io/read.hpp"
#include "cwtsim/model/compile.hpp"
#include "cwtsim/scenario/validate.hpp"

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  auto read = cwtsim::io::read_scenario({argv[1], {}, {}});
  if (read.problems.empty()) read.problems = cwtsim::scenario::validate(read.scenario);
  if (!read.problems.empty()) {
    std::fputs(cwtsim::io::format_problems(read.problems, argv[1]).c_str(), stderr);
    return 2;
  }
  auto const model = cwtsim::model::compile(read.scenario);
  cwtsim::experiment::RunRequest request;
  request.replications = 3;
  auto const experiment = cwtsim::experiment::run(model, request);
  auto const estimates = cwtsim::experiment::estimate(model, experiment, "base", {});
  auto const& first = estimates.attainments.front();
  if (!first.attainment) return 1;
  std::printf("%s %.0f patients, %.6f of them in time\n", estimates.standards.front().name.c_str(), first.patients,
              first.attainment->value);
}
