#include "cwtsim/study/arm.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "blame.hpp"
#include "cwtsim/core/checksum.hpp"
#include "cwtsim/engine/replication.hpp"
#include "cwtsim/model/compile.hpp"
#include "cwtsim/scenario/validate.hpp"
#include "cwtsim/study/version.hpp"

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

}  // namespace

std::variant<io::ReadResult, Problems> read_sound(io::ReadRequest const& request) {
  auto read = io::read_scenario(request);
  if (read.problems.empty()) {
    read.problems = scenario::validate(read.scenario);
    read.where.locate(read.problems);
  }
  if (!read.problems.empty()) {
    name_levers(request, read.pulled, read.problems);
    return std::move(read.problems);
  }
  auto pointed_out = scenario::point_out(read.scenario);
  read.where.locate(pointed_out);
  for (auto& problem : pointed_out.list()) read.told.add(std::move(problem));
  return read;
}

std::variant<Arm, TooLittleMemory> arm_of(io::ReadResult sound, std::string name, Limits const& limits) {
  Arm arm;
  arm.name = name.empty() ? name_by_levers(sound) : std::move(name);
  arm.model = model::compile(sound.scenario);
  arm.scenario = std::move(sound.scenario.base);
  arm.composed_json = std::move(sound.composed_json);
  arm.told = std::move(sound.told);
  if (auto const missing = limit(arm, limits)) return *missing;
  arm.observed = figures_of(arm.scenario);
  arm.outlays = outlays_of(sound.with);
  arm.pulled = pulled_levers(sound.pulled);
  arm.layout = experiment::Layout(arm.model, arm.observed);
  return arm;
}

std::variant<Arm, Problems, TooLittleMemory> make_arm(ArmRequest const& request) {
  auto read = read_sound(request.scenario);
  if (auto* const problems = std::get_if<Problems>(&read)) return std::move(*problems);
  auto made = arm_of(std::move(std::get<io::ReadResult>(read)), request.name, request.limits);
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
