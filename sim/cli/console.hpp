#pragma once
// The terminal, the signals and the two streams.

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string_view>

#include "commands.hpp"
#include "cwtsim/experiment/experiment.hpp"
#include "cwtsim/report/text.hpp"

namespace cwtsim::cli {

/// Writes to stdout; if that fails says so on stderr, and the exit code is our fault.
[[nodiscard]] ExitCode say(std::string_view text);
/// Writes to stderr, as well as it can.
void complain(std::string_view text);
[[nodiscard]] report::Colour colour_of_stdout();

/// A closed pipe or a full file must come back as an error, not kill the program; a closed stdout must not become
/// somebody else's file.
void settle_streams();
/// From now on SIGINT and SIGTERM raise the flag; a second one kills.
[[nodiscard]] std::atomic<bool> const& stop_on_signals();

/// Tells on stderr how far the replications are: on a terminal in one line, else a line every ten seconds.
class ProgressLine {
 public:
  enum class Mode : std::uint8_t { silent, lines, terminal };
  explicit ProgressLine(bool quiet);
  void show(experiment::Progress progress);
  /// Wipes the line of a terminal.
  void finish();

 private:
  using Clock = std::chrono::steady_clock;
  Mode mode_;
  Clock::time_point started_ = Clock::now();
  Clock::time_point shown_ = started_;
  bool on_screen_ = false;
};

}  // namespace cwtsim::cli
