#include "cwtsim/study/arm.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

#include "blame.hpp"
#include "cwtsim/core/checksum.hpp"
#include "cwtsim/engine/replication.hpp"
#include "cwtsim/files/digest.hpp"
#include "cwtsim/files/files.hpp"
#include "cwtsim/scenario/validate.hpp"
#include "cwtsim/study/version.hpp"
#include "tried.hpp"

namespace cwtsim::study {
namespace {

/// Puts limits in the place of the scenario's; what is missing if a replication could not even begin.
std::optional<TooLittleMemory> limit(Arm& arm, Limits const& limits) {
  auto& model = arm.model;
  if (limits.max_events) model.max_events = *limits.max_events;
  if (!limits.max_memory) return std::nullopt;
  auto const need = engine::memory_need(model);
  if (*limits.max_memory < need.fixed + need.per_patient) return TooLittleMemory{need.fixed + need.per_patient};
  auto const patients = (*limits.max_memory - need.fixed) / need.per_patient;
  arm.memory_bounds_patients = patients < model.max_in_system;
  model.max_in_system = static_cast<std::uint32_t>(std::min<std::uint64_t>(patients, model.max_in_system));
  return std::nullopt;
}

/// What cannot be read twice (standard input, a pipe) is left out: what was read of it is in what was composed.
void add_digest(std::vector<files::FileRead>& list, std::string const& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return;
  if (auto const bytes = files::read_file(path)) list.push_back({path, bytes->size(), files::sha256(*bytes)});
}

// run.json holds them too, and is to stay small.
constexpr std::size_t longest_name = 200, longest_list = 1000;

void append(std::string& list, std::string_view between, std::string const& more) {
  if (!list.empty()) list += between;
  list += more;
}

/// A lever of the command line in a few words.
std::string words_of(io::Lever const& lever) {
  constexpr std::size_t most = 60;
  auto const* const between = lever.op == io::Lever::Op::scale ? " x " : lever.op == io::Lever::Op::add ? " + " : "=";
  bool const quoted = lever.value.size() >= 2 && lever.value.front() == '"';
  return lever.pointer + between +
         cut_short(quoted ? lever.value.substr(1, lever.value.size() - 2) : lever.value, most);
}

/// The name that a lever file gives itself.
std::string name_in(std::string const& path, io::ReadResult const& sound) {
  auto const said = std::find_if(sound.with.rbegin(), sound.with.rend(),
                                 [&path](io::Intervention const& one) { return one.file == path; });
  return said == sound.with.rend() ? path : said->name;
}

}  // namespace

experiment::ArmSummary summary_of(ArmRequest const& request, io::ReadResult const& sound) {
  experiment::ArmSummary summary;
  summary.scenario = request.scenario.path;
  summary.options = cut_short(request.options, longest_list);
  std::string called;
  for (auto const& path : request.scenario.with) {
    auto const name = name_in(path, sound);
    append(called, " + ", name);
    append(summary.lever_files, "; ", fmt::format("{} ({})", path, name));
  }
  for (auto const& lever : request.shares_levers ? std::vector<io::Lever>() : request.scenario.levers)
    append(called, " + ", words_of(lever));
  if (called.empty()) called = "base";
  summary.arm = !request.name.empty() ? request.name : called == "base" ? called : "a1";
  summary.name = request.name.empty() ? cut_short(called, longest_name) : request.name;
  summary.lever_files = cut_short(summary.lever_files, longest_list);
  return summary;
}

std::variant<Sound, Problems> read_sound(io::ReadRequest const& request) {
  auto [read, model] = tried(request);
  if (!read.problems.empty()) {
    read.where.locate(read.problems);
    name_levers(request, read.pulled, read.problems);
    return std::move(read.problems);
  }
  auto pointed_out = scenario::point_out(read.scenario);
  read.where.locate(pointed_out);
  for (auto& problem : pointed_out.list()) read.told.add(std::move(problem));
  return Sound{std::move(read), *std::move(model)};
}

std::variant<Arm, TooLittleMemory> arm_of(Sound sound, experiment::ArmSummary summary, Limits const& limits) {
  Arm arm;
  arm.summary = std::move(summary);
  arm.limits = limits;
  for (auto const& path : sound.read.files) add_digest(arm.files, path);
  arm.model = std::move(sound.model);
  arm.scenario = std::move(sound.read.scenario.base);
  arm.composed_json = std::move(sound.read.composed_json);
  arm.told = std::move(sound.read.told);
  if (auto const missing = limit(arm, limits)) return *missing;
  arm.observed = figures_of(arm.scenario);
  arm.outlays = outlays_of(sound.read.with);
  arm.pulled = pulled_levers(sound.read.pulled);
  arm.layout = experiment::Layout(arm.model, arm.observed);
  return arm;
}

std::variant<Arm, Problems, TooLittleMemory> make_arm(ArmRequest const& request) {
  auto read = read_sound(request.scenario);
  if (auto* const problems = std::get_if<Problems>(&read)) return std::move(*problems);
  auto summary = summary_of(request, std::get<Sound>(read).read);
  auto made = arm_of(std::move(std::get<Sound>(read)), std::move(summary), request.limits);
  if (auto const* const missing = std::get_if<TooLittleMemory>(&made)) return *missing;
  return std::move(std::get<Arm>(made));
}

experiment::PartOwner owner_of(Arm const& arm, std::uint64_t seed) {
  auto const limits = fmt::format("\n{} {}", arm.model.max_in_system, arm.model.max_events);
  return {fmt::format("{} (sources {})", version, sources()), arm.model.names.scenario,
          checksum(arm.composed_json + limits), seed};
}

std::string compiler() {
#ifdef __clang__
  return "clang " __clang_version__;
#else
  return "g++ " __VERSION__;
#endif
}

}  // namespace cwtsim::study
