#include "tried.hpp"

#include "cwtsim/model/compile.hpp"
#include "cwtsim/scenario/validate.hpp"
#include "unservable.hpp"

namespace cwtsim::study {

Tried tried(io::ReadRequest const& request) {
  Tried tried{io::read_scenario(request), std::nullopt};
  auto& problems = tried.read.problems;
  if (problems.empty()) problems = scenario::validate(tried.read.scenario);
  if (!problems.empty()) return tried;
  tried.model = model::compile(tried.read.scenario);
  problems = unservable(*tried.model);
  return tried;
}

}  // namespace cwtsim::study
