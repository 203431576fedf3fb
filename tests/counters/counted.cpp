// One replication with the engine as a release has it, for callgrind to count the instructions of: nothing else of this
// program is counted. Prints the events.

#include <valgrind/callgrind.h>

#include <cstdio>
#include <exception>

#include "cwtsim/engine/replication.hpp"
#include "workload.hpp"

int main(int argc, char** argv) {
  try {
    auto const model = counters::load(argc == 2 ? argv[1] : "");
    cwtsim::engine::Workspace workspace(model);
    CALLGRIND_START_INSTRUMENTATION;
    auto const events = workspace.run(1, 0).events;
    CALLGRIND_STOP_INSTRUMENTATION;
    std::printf("%llu\n", static_cast<unsigned long long>(events));
    return 0;
  } catch (std::exception const& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
