#pragma once
// The terminal, the signals and the two streams.

#include <atomic>
#include <chrono>
#include <cstdint>
#include <exception>
#include <optional>
#include <string_view>

#include "commands.hpp"
#include "cwtsim/core/time.hpp"
#include "cwtsim/experiment/experiment.hpp"
#include "cwtsim/report/text.hpp"

namespace cwtsim::cli {

/// Writes to stdout; if that fails says so on stderr, and the exit code is no_space or our fault.
[[nodiscard]] ExitCode say(std::string_view text);
inline constexpr std::string_view out_of_memory =
    "cwtsim: out of memory; fewer --threads need less, and --max-memory bounds a replication\n";
/// Writes to stderr, as well as it can.
void complain(std::string_view text);
[[nodiscard]] report::Colour colour_of_stdout();

/// That the system gave no thread or no memory.
void complain_of_want(std::exception const& error);
/// For what no caller can catch, such as a thread that cannot be started: says what it was, exit code our fault.
[[noreturn]] void end_in_words();
/// A closed pipe or a full file must come back as an error, not kill the program; a closed stdout must not become
/// somebody else's file.
void settle_streams();
/// Whether a few megabytes could be had: oneTBB 2022 spins for ever where it is refused memory as it begins.
[[nodiscard]] bool has_room_to_begin();
enum class StopReason : std::uint8_t { none, interrupted, terminated, out_of_time };
/// From now on SIGINT (interrupted), SIGTERM and SIGUSR1 (terminated) end the program with their exit codes, and so
/// does the end of the time where a limit is given.
void listen_to_signals(std::optional<Duration> time_limit);
/// From now on they raise the flag instead, so that what is finished can be saved; a second signal kills.
void stop_by_flag();
[[nodiscard]] std::atomic<bool> const& stop_flag();
[[nodiscard]] StopReason stop_reason();

/// Tells on stderr how far the replications are: on a terminal in one line, else a line every ten seconds.
class ProgressLine {
 public:
  enum class Mode : std::uint8_t { silent, lines, terminal };
  explicit ProgressLine(bool quiet);
  void show(experiment::SoFar progress);
  /// How many of them were there before: they say nothing of the speed.
  void found(std::uint64_t before) { before_ = before; }
  /// Wipes the line of a terminal.
  void finish();

 private:
  using Clock = std::chrono::steady_clock;
  Mode mode_;
  Clock::time_point started_ = Clock::now();
  Clock::time_point shown_ = started_;
  std::uint64_t before_ = 0;
  bool on_screen_ = false;
};

}  // namespace cwtsim::cli
