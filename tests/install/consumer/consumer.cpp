// consumer SCENARIO: reads it, runs three replications and says how often the first standard is met.

#include <cstdio>

#include "cwtsim/cwtsim.hpp"

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  cwtsim::face::ReadRequest request;
  request.path = argv[1];
  auto const scenario = cwtsim::face::read(request);
  for (auto const& problem : cwtsim::face::problems(scenario))
    std::fprintf(stderr, "%s: %s\n", problem.pointer.c_str(), problem.what.c_str());
  if (!cwtsim::face::problems(scenario).empty()) return 2;
  cwtsim::face::RunRequest run;
  run.replications = 3;
  auto const results = cwtsim::face::run(cwtsim::face::compile(scenario), run);
  auto const first = cwtsim::face::attainments(results).front();
  if (!first.attainment) return 1;
  std::printf("%s %.0f patients, %.6f of them in time\n", first.standard.c_str(), first.patients, *first.attainment);
}
