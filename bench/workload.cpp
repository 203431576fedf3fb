#include "workload.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <ctime>
#include <fstream>
#include <stdexcept>

#include "cwtsim/io/read.hpp"
#include "cwtsim/model/compile.hpp"
#include "cwtsim/scenario/validate.hpp"

namespace cwtsim::bench {
namespace {

std::int64_t resized(std::int64_t count, double size) {
  return std::max<std::int64_t>(1, std::llround(static_cast<double>(count) * size));
}

void resize(scenario::Scenario& s, double size) {
  for (auto& [name, stream] : s.demand) {
    for (auto& [provider, volume] : stream.volume) volume *= size;
    if (stream.timetable) stream.timetable->patients = resized(stream.timetable->patients, size);
  }
  for (auto& [name, waiting] : s.waiting)
    if (waiting.patients) waiting.patients = resized(*waiting.patients, size);
  for (auto& [name, provider] : s.providers) {
    for (auto& [resource_name, resource] : provider.resources) {
      if (resource.per_week) *resource.per_week *= size;
      if (resource.servers) resource.servers = resized(*resource.servers, size);
      if (resource.waiting_room) resource.waiting_room = resized(*resource.waiting_room, size);
      for (auto& [opening_name, opening] : resource.openings)
        if (opening.amount) opening.amount = resized(*opening.amount, size);
    }
    for (auto& [role, staff] : provider.staff) staff.whole_time_equivalents *= size;
  }
  s.limits.max_in_system = resized(s.limits.max_in_system, std::max(size, 1.0));
}

}  // namespace

scenario::DatedScenario read(Wish const& wish) {
  bool const path = wish.scenario.find('/') != std::string::npos;
  io::ReadRequest request{
      path ? wish.scenario : std::string(CWTSIM_SOURCE_DIR) + "/scenarios/" + wish.scenario + ".json", {}, {}};
  auto const add = [&](io::Lever::Op op, std::vector<std::string> const& texts) {
    for (auto const& text : texts) {
      auto lever = io::parse_lever(op, text);
      if (!lever) throw std::runtime_error("no lever: " + text);
      request.levers.push_back(*lever);
    }
  };
  add(io::Lever::Op::set, wish.set);
  add(io::Lever::Op::scale, wish.scale);
  auto found = io::read_scenario(request);
  if (found.problems.empty() && wish.size != 1) {
    resize(found.scenario.base, wish.size);
    for (auto& [date, changed] : found.scenario.changes) resize(changed, wish.size);
  }
  if (found.problems.empty()) found.problems = scenario::validate(found.scenario);
  if (!found.problems.empty()) throw std::runtime_error(io::format_problems(found.problems, wish.scenario));
  return std::move(found.scenario);
}

model::Model load(Wish const& wish) {
  return model::compile(read(wish));
}

double processor_seconds(void (*run)(void*), void* what) {
  std::clock_t const from = std::clock();
  run(what);
  return static_cast<double>(std::clock() - from) / CLOCKS_PER_SEC;
}

double wall_seconds(void (*run)(void*), void* what) {
  auto const from = std::chrono::steady_clock::now();
  run(what);
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - from).count();
}

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::ranges::sort(values);
  std::size_t const half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

double resident_bytes() {
  std::ifstream file("/proc/self/statm");
  double all = 0, resident = 0;
  file >> all >> resident;
  return resident * static_cast<double>(sysconf(_SC_PAGESIZE));
}

double most_resident_bytes() {
  rusage use{};
  getrusage(RUSAGE_SELF, &use);
  return static_cast<double>(use.ru_maxrss) * 1024;
}

}  // namespace cwtsim::bench
