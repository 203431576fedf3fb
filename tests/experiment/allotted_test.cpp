// How many processors a scheduler leaves, by surroundings that are made up.

#include "cwtsim/experiment/allotted.hpp"

#include <map>

#include "catch_compat.hpp"

using cwtsim::experiment::Allotted, cwtsim::experiment::allotted;

namespace {

using Texts = std::map<std::string, std::string>;

Allotted of(int machine, Texts const& variables, Texts const& files = {}, int bound_to = 0) {
  auto const in = [](Texts const& texts) {
    return [&texts](std::string const& name) -> std::optional<std::string> {
      auto const found = texts.find(name);
      return found == texts.end() ? std::nullopt : std::optional<std::string>(found->second);
    };
  };
  return allotted({machine, bound_to > 0 ? bound_to : machine, in(variables), in(files)});
}

/// The files of a control group of the second version, mounted as a whole.
Texts second(std::string const& group, Texts const& quotas) {
  Texts files{{"/proc/self/mountinfo",
               "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n"
               "41 31 0:38 / /sys/fs/cgroup rw,relatime shared:4 - cgroup2 cgroup2 rw\n"},
              {"/proc/self/cgroup", "0::" + group + "\n"}};
  for (auto const& [at, text] : quotas) files["/sys/fs/cgroup" + at + "/cpu.max"] = text;
  return files;
}

/// Of the first version: a part of the tree is mounted.
Texts first(std::string const& root, std::string const& group, std::string const& at, std::string const& quota) {
  std::string const mounted = "/sys/fs/cgroup/cpu,cpuacct";
  return {{"/proc/self/mountinfo", "33 31 0:30 " + root + " /sys/fs/cgroup/cpuset rw - cgroup cgroup rw,cpuset\n" +
                                       "32 31 0:29 " + root + " " + mounted + " rw - cgroup cgroup rw,cpu,cpuacct\n"},
          {"/proc/self/cgroup", "5:cpuset:/elsewhere\n4:cpu,cpuacct:" + group + "\n0::/\n"},
          {mounted + at + "/cpu.cfs_quota_us", quota + "\n"},
          {mounted + at + "/cpu.cfs_period_us", "100000\n"}};
}

}  // namespace

TEST_CASE("without a scheduler all of the machine's processors are there") {
  CHECK(of(64, {}).threads == 64);
  CHECK(of(64, {}).by.empty());
  CHECK(of(64, {}, second("/", {{"", "max 100000\n"}})).by.empty());
  CHECK(of(64, {}, first("/", "/", "", "-1")).by.empty());
  // more than there are are none more
  CHECK(of(64, {{"SLURM_CPUS_PER_TASK", "64"}}).by.empty());
  CHECK(of(64, {{"SLURM_CPUS_PER_TASK", "65"}}).threads == 64);
}

TEST_CASE("what Slurm or Grid Engine allots is kept to") {
  auto const slurm = of(64, {{"SLURM_CPUS_PER_TASK", "3"}, {"SLURM_CPUS_ON_NODE", "2"}});
  CHECK(slurm.machine == 64);
  CHECK(slurm.threads == 3);
  CHECK(slurm.by == "SLURM_CPUS_PER_TASK=3");
  CHECK(of(64, {{"SLURM_CPUS_ON_NODE", "2"}}).threads == 2);
  CHECK(of(64, {{"NSLOTS", "63"}}).threads == 63);
  CHECK(of(64, {{"NSLOTS", "4"}, {"SLURM_CPUS_PER_TASK", "3"}}).threads == 3);
  for (auto const* none : {"", "0", "-1", "2x", "many", "99999999999999999999"}) {
    INFO(none);
    CHECK(of(64, {{"SLURM_CPUS_PER_TASK", none}}).threads == 64);
    CHECK(of(64, {{"SLURM_CPUS_PER_TASK", none}, {"SLURM_CPUS_ON_NODE", "5"}}).threads == 5);
  }
}

TEST_CASE("so are the processors that the process is bound to") {
  auto const bound = of(64, {}, {}, 4);
  CHECK(bound.threads == 4);
  CHECK(bound.by == "the process is bound to 4");
}

TEST_CASE("a quota of a control group counts, of those above it too, a part of a processor as one") {
  auto const whole = of(64, {}, second("/", {{"", "200000 100000\n"}}));
  CHECK(whole.threads == 2);
  CHECK(whole.by == "cpu.max of its control group, 200000 of 100000 us");
  CHECK(of(64, {}, second("/", {{"", "200001 100000\n"}})).threads == 3);
  CHECK(of(64, {}, second("/", {{"", "5000 100000\n"}})).threads == 1);
  CHECK(of(64, {}, second("/a/b", {{"/a/b", "max 100000\n"}, {"/a", "300000 100000\n"}})).threads == 3);
  CHECK(of(64, {}, second("/a/b", {{"/a/b", "200000 100000\n"}, {"/a", "300000 100000\n"}})).threads == 2);
  CHECK(of(64, {}, second("/a/b", {{"", "700000 100000\n"}})).threads == 7);
  CHECK(of(64, {}, second("/a", {{"/b", "200000 100000\n"}})).threads == 64);
  CHECK(of(64, {{"SLURM_CPUS_PER_TASK", "3"}}, second("/", {{"", "200000 100000\n"}})).threads == 2);
}

TEST_CASE("a quota of the first version counts, also where a container sees but a part of the tree") {
  auto const whole = of(64, {}, first("/", "/job", "/job", "150000"));
  CHECK(whole.threads == 2);
  CHECK(whole.by == "cpu.cfs_quota_us of its control group, 150000 of 100000 us");
  CHECK(of(64, {}, first("/", "/job/step", "/job", "300000")).threads == 3);
  CHECK(of(64, {}, first("/docker/x", "/docker/x", "", "300000")).threads == 3);
  CHECK(of(64, {}, first("/docker/x", "/docker/x/y", "/y", "300000")).threads == 3);
  // the name begins alike, and is another one
  CHECK(of(64, {}, first("/docker/x", "/docker/xy", "y", "300000")).threads == 64);
}

TEST_CASE("of this process there are some, and no more than the machine has") {
  auto const here = allotted();
  CHECK(here.threads >= 1);
  CHECK(here.threads <= here.machine);
}

TEST_CASE("no more threads are run than are allotted, and as many as are asked for where nothing is") {
  using cwtsim::experiment::threads_within;
  Allotted const alone{8, 8, ""}, shared{8, 2, "NSLOTS=2"};
  CHECK(threads_within(alone, 0) == 8);
  CHECK(threads_within(alone, 9) == 9);
  CHECK(threads_within(shared, 0) == 2);
  CHECK(threads_within(shared, 1) == 1);
  CHECK(threads_within(shared, 2) == 2);
  CHECK(threads_within(shared, 3) == 2);
}
