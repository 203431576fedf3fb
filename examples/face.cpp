// Runs a scenario five times and says how often its standards are met: face SCENARIO

#include <cstdio>
#include <exception>
#include <optional>
#include <string>

#include "cwtsim/cwtsim.hpp"

namespace {

namespace cwt = cwtsim::face;

std::string percent(std::optional<double> const& share) {
  if (!share) return "-";
  std::string text(16, '\0');
  text.resize(static_cast<std::size_t>(std::snprintf(text.data(), text.size(), "%.2f", 100 * *share)));
  return text;
}

int tell_problems(cwt::Scenario const& scenario) {
  for (auto const& p : cwt::problems(scenario))
    std::fprintf(stderr, "%s:%d:%d %s: %s\n", p.file.c_str(), p.line, p.column, p.pointer.c_str(), p.what.c_str());
  return 2;
}

void run(cwt::Scenario const& scenario) {
  cwt::RunRequest request;
  request.replications = 5;
  auto const results = cwt::run(cwt::compile(scenario), request);
  for (auto const& a : cwt::attainments(results))
    if (a.dimension == "all" && a.when == "all")
      std::printf("%s: %s %% (%s to %s)\n", a.standard.c_str(), percent(a.attainment).c_str(),
                  percent(a.ci_low).c_str(), percent(a.ci_high).c_str());
  for (auto const& table : cwt::tables(results))
    if (table.name == "replications") std::fputs(cwt::csv(table).c_str(), stdout);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: %s SCENARIO\n", argv[0]);
    return 2;
  }
  try {
    cwt::ReadRequest request;
    request.path = argv[1];
    auto const scenario = cwt::read(request);
    if (!cwt::problems(scenario).empty()) return tell_problems(scenario);
    run(scenario);
    return 0;
  } catch (std::exception const& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
