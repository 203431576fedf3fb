#include "cwtsim/experiment/allotted.hpp"

#include <fmt/format.h>
#include <sched.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string_view>
#include <vector>

namespace cwtsim::experiment {
namespace {

std::optional<long long> whole(std::string_view text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.remove_suffix(1);
  long long value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::vector<std::string> words(std::string const& line) {
  std::istringstream in(line);
  std::vector<std::string> all;
  for (std::string word; in >> word;) all.push_back(word);
  return all;
}

/// The names in "rw,cpu,cpuacct".
bool names(std::string_view list, std::string_view wanted) {
  for (std::size_t at = 0; at <= list.size();) {
    auto const comma = std::min(list.find(',', at), list.size());
    if (list.substr(at, comma - at) == wanted) return true;
    at = comma + 1;
  }
  return false;
}

/// Where a hierarchy of control groups is seen, and which part of it.
struct Mounted {
  std::string root, at;
  bool second_version = false;
};

/// The hierarchies that may limit processor time.
std::vector<Mounted> hierarchies(std::string const& mounts) {
  std::vector<Mounted> found;
  std::istringstream in(mounts);
  for (std::string line; std::getline(in, line);) {
    auto const w = words(line);  // number parent device root at options ... - type source more
    auto const dash = std::find(w.begin(), w.end(), "-");
    if (w.size() < 6 || w.end() - dash < 4) continue;
    auto const& type = dash[1];
    if (type == "cgroup2" || (type == "cgroup" && names(dash[3], "cpu")))
      found.push_back({w[3], w[4], type == "cgroup2"});
  }
  return found;
}

/// The group of the process in a hierarchy, by lines such as "4:cpu,cpuacct:/some/where" or "0::/some/where".
std::optional<std::string> group_in(Mounted const& hierarchy, std::string const& groups) {
  std::istringstream in(groups);
  for (std::string line; std::getline(in, line);) {
    auto const first = line.find(':'), second = first == line.npos ? first : line.find(':', first + 1);
    if (second == line.npos) continue;
    auto const controllers = std::string_view(line).substr(first + 1, second - first - 1);
    if (hierarchy.second_version ? controllers.empty() : names(controllers, "cpu")) return line.substr(second + 1);
  }
  return std::nullopt;
}

/// Processors that the files of one group allow, as they say it.
struct Quota {
  double processors;
  std::string words;
};

std::optional<Quota> quota_of(Surroundings const& around, std::string const& folder, bool second_version) {
  auto const of = [](std::optional<long long> time, std::optional<long long> period,
                     std::string text) -> std::optional<Quota> {
    if (!time || !period || *time <= 0 || *period <= 0) return std::nullopt;
    return Quota{static_cast<double>(*time) / static_cast<double>(*period), std::move(text)};
  };
  if (second_version) {
    auto const text = around.file(folder + "/cpu.max");
    auto const w = words(text.value_or(""));
    if (w.size() != 2) return std::nullopt;
    return of(whole(w[0]), whole(w[1]), fmt::format("cpu.max of its control group, {} of {} us", w[0], w[1]));
  }
  auto const time = whole(around.file(folder + "/cpu.cfs_quota_us").value_or(""));
  auto const period = whole(around.file(folder + "/cpu.cfs_period_us").value_or(""));
  return of(time, period,
            fmt::format("cpu.cfs_quota_us of its control group, {} of {} us", time.value_or(0), period.value_or(0)));
}

/// The least that the group of the process and those above it allow.
void see_quotas(Surroundings const& around, std::function<void(double, std::string const&)> const& see) {
  auto const mounts = around.file("/proc/self/mountinfo"), groups = around.file("/proc/self/cgroup");
  if (!mounts || !groups) return;
  for (auto const& hierarchy : hierarchies(*mounts)) {
    auto group = group_in(hierarchy, *groups);
    if (!group) continue;
    // in a container only a part of the tree may be mounted, perhaps without the group itself
    auto const size = hierarchy.root.size();
    if (group->substr(0, size) == hierarchy.root && (group->size() == size || (*group)[size] == '/'))
      group->erase(0, size);
    while (!group->empty() && group->back() == '/') group->pop_back();
    while (true) {
      if (auto const quota = quota_of(around, hierarchy.at + *group, hierarchy.second_version))
        see(quota->processors, quota->words);
      auto const slash = group->rfind('/');
      if (group->empty() || slash == group->npos) break;
      group->resize(slash);
    }
  }
}

int bound_processors(int machine) {
  for (std::size_t most = 1024; most <= 1U << 20U; most *= 2) {
    auto* const set = CPU_ALLOC(most);
    if (set == nullptr) return machine;
    bool const known = sched_getaffinity(0, CPU_ALLOC_SIZE(most), set) == 0;
    int const count = known ? CPU_COUNT_S(CPU_ALLOC_SIZE(most), set) : 0;
    CPU_FREE(set);
    if (known) return std::max(1, count);
  }
  return machine;
}

std::optional<std::string> text_of(std::string const& path) {
  std::ifstream in(path);
  if (!in) return std::nullopt;
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

}  // namespace

Allotted allotted(Surroundings const& around) {
  Allotted all{around.machine, around.machine, {}};
  auto const see = [&all](double processors, std::string const& words) {
    if (std::ceil(processors) >= all.threads) return;
    all.threads = std::max(1, static_cast<int>(std::ceil(processors)));
    all.by = words;
  };
  auto const see_variable = [&](std::string const& name) {
    auto const text = around.variable(name);
    auto const count = text ? whole(*text) : std::nullopt;
    if (!count || *count <= 0) return false;
    see(static_cast<double>(*count), name + "=" + *text);
    return true;
  };
  see(around.bound_to, fmt::format("the process is bound to {}", around.bound_to));
  if (!see_variable("SLURM_CPUS_PER_TASK")) see_variable("SLURM_CPUS_ON_NODE");
  see_variable("NSLOTS");
  see_quotas(around, see);
  return all;
}

Allotted allotted() {
  auto const there = static_cast<int>(std::max(1L, sysconf(_SC_NPROCESSORS_ONLN)));
  return allotted({there, bound_processors(there),
                   [](std::string const& name) -> std::optional<std::string> {
                     char const* const value = std::getenv(name.c_str());
                     return value == nullptr ? std::nullopt : std::optional<std::string>(value);
                   },
                   text_of});
}

int threads_within(Allotted const& allotted, int asked) {
  return asked > 0 && (allotted.by.empty() || asked <= allotted.threads) ? asked : allotted.threads;
}

}  // namespace cwtsim::experiment
