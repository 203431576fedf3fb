#include <fmt/format.h>

#include "commands.hpp"
#include "console.hpp"

namespace cwtsim::cli {

std::optional<io::ReadResult> load(io::ReadRequest const& request) {
  auto read = study::read_sound(request);
  if (auto* const sound = std::get_if<study::Sound>(&read)) {
    complain(io::format_told(sound->read.told));
    return std::move(sound->read);
  }
  complain(io::format_problems(std::get<Problems>(read), request.path));
  return std::nullopt;
}

std::optional<study::Arm> load_arm(study::ArmRequest const& request) {
  auto made = study::make_arm(request);
  if (auto* const arm = std::get_if<study::Arm>(&made)) {
    complain(io::format_told(arm->told));
    return std::move(*arm);
  }
  if (auto const* const problems = std::get_if<Problems>(&made))
    complain(io::format_problems(*problems, request.scenario.path));
  else
    complain(fmt::format("cwtsim: --max-memory: the tables of a replication alone need {} MB; give at least that\n",
                         std::get<study::TooLittleMemory>(made).bytes_needed / 1'000'000 + 1));
  return std::nullopt;
}

}  // namespace cwtsim::cli
