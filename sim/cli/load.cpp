#include <fmt/format.h>

#include "commands.hpp"
#include "console.hpp"
#include "cwtsim/scenario/validate.hpp"

namespace cwtsim::cli {

std::string compiler() {
#ifdef __clang__
  return "clang " __clang_version__;
#else
  return "g++ " __VERSION__;
#endif
}

std::optional<io::ReadResult> load(io::ReadRequest const& request) {
  auto read = io::read_scenario(request);
  if (read.problems.empty()) {
    read.problems = scenario::validate(read.scenario);
    read.where.locate(read.problems);
  }
  if (read.problems.empty()) return read;
  complain(io::format_problems(read.problems, request.path));
  return std::nullopt;
}

}  // namespace cwtsim::cli
