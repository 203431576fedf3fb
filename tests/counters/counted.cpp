// One replication with the engine as a release has it, for callgrind to count the instructions of: nothing else of this
// program is counted. Prints the events; ends with 3 where it was built without valgrind's header.

#if __has_include(<valgrind/callgrind.h>)
#include <valgrind/callgrind.h>
constexpr bool can_be_counted = true;
#else
#define CALLGRIND_START_INSTRUMENTATION
#define CALLGRIND_STOP_INSTRUMENTATION
constexpr bool can_be_counted = false;
#endif

#include <cstdio>
#include <exception>

#include "cwtsim/engine/replication.hpp"
#include "workload.hpp"

int main(int argc, char** argv) {
  if (!can_be_counted) return 3;
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
