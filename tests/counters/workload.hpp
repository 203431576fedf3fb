#pragma once
// The runs whose counters are kept: shipped scenarios, cut short so that counting every instruction takes seconds.

#include <stdexcept>
#include <string>
#include <vector>

#include "cwtsim/io/read.hpp"
#include "cwtsim/model/compile.hpp"
#include "cwtsim/scenario/validate.hpp"

namespace counters {

struct Workload {
  std::string scenario;
  std::vector<std::string> set;
};

inline std::vector<Workload> const workloads = {
    {"pathway8", {"/horizon/warm_up=0 days", "/horizon/run_for=21 days"}},
    {"booked", {"/horizon/run_for=10 months"}},
    {"west-london", {"/horizon/warm_up=2 weeks", "/horizon/run_for=6 weeks"}},
};

inline cwtsim::model::Model load(std::string const& scenario) {
  using namespace cwtsim;
  for (auto const& workload : workloads) {
    if (workload.scenario != scenario) continue;
    io::ReadRequest request{std::string(CWTSIM_SOURCE_DIR) + "/scenarios/" + scenario + ".json", {}, {}};
    for (auto const& text : workload.set) request.levers.push_back(*io::parse_lever(io::Lever::Op::set, text));
    auto read = io::read_scenario(request);
    if (read.problems.empty()) read.problems = scenario::validate(read.scenario);
    if (!read.problems.empty()) throw std::runtime_error(io::format_problems(read.problems, scenario));
    return model::compile(read.scenario);
  }
  throw std::runtime_error("there is no workload " + scenario);
}

}  // namespace counters
