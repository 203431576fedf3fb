#include "console.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <new>

#include "cwtsim/files/files.hpp"

namespace cwtsim::cli {
namespace {

// A signal handler can reach nothing else.
std::atomic<bool> stop_wanted = false;
std::atomic<StopReason> reason = StopReason::none;
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<StopReason>::is_always_lock_free);

// Until something is run there is nothing to save.
std::atomic<bool> nothing_to_save = true;

[[noreturn]] void end_at_once(StopReason why) {
  constexpr std::string_view interrupted = "cwtsim: interrupted before anything was run\n",
                             terminated = "cwtsim: stopped before anything was run\n",
                             out_of_time = "cwtsim: the time limit was over before anything was run\n";
  auto const words = why == StopReason::interrupted  ? interrupted
                     : why == StopReason::terminated ? terminated
                                                     : out_of_time;
  auto const code = why == StopReason::interrupted  ? ExitCode::interrupted
                    : why == StopReason::terminated ? ExitCode::terminated
                                                    : ExitCode::limits_hit;
  static_cast<void>(!::write(STDERR_FILENO, words.data(), words.size()));
  ::_exit(static_cast<int>(code));
}

void want_stop(int signal) {
  auto const why = signal == SIGALRM  ? StopReason::out_of_time
                   : signal == SIGINT ? StopReason::interrupted
                                      : StopReason::terminated;
  if (nothing_to_save) end_at_once(why);
  auto before = StopReason::none;
  if (!reason.compare_exchange_strong(before, why)) {
    if (why == StopReason::out_of_time) return;
    if (before == StopReason::out_of_time) {
      reason = why;
    } else {
      // It comes as soon as this returns.
      ::signal(signal, SIG_DFL);
      ::raise(signal);
    }
  }
  stop_wanted = true;
}

/// 0, or the error number.
int write_all(int stream, std::string_view text) {
  while (!text.empty()) {
    auto const n = ::write(stream, text.data(), text.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(n));
  }
  return 0;
}

std::string time_left(double seconds) {
  if (!std::isfinite(seconds)) return "-";  // nothing is done yet
  if (seconds < 90) return fmt::format("{:.0f} s", seconds);
  if (seconds < 5400) return fmt::format("{:.0f} min", seconds / 60);
  return fmt::format("{:.1f} h", seconds / 3600);
}

}  // namespace

ExitCode say(std::string_view text) {
  int const error = write_all(STDOUT_FILENO, text);
  if (error == 0) return ExitCode::done;
  complain(fmt::format("cwtsim: cannot write to standard output: {}\n", std::strerror(error)));
  return files::FileProblem{{}, error}.no_space() ? ExitCode::no_space : ExitCode::our_fault;
}

void complain(std::string_view text) {
  static_cast<void>(write_all(STDERR_FILENO, text));
}

report::Colour colour_of_stdout() {
  char const* const terminal = std::getenv("TERM");
  bool const plain = std::getenv("NO_COLOR") != nullptr || terminal == nullptr || std::string_view(terminal) == "dumb";
  return ::isatty(STDOUT_FILENO) != 0 && !plain ? report::Colour::on : report::Colour::off;
}

// Piece by piece: there may be no memory to put them together.
void complain_of_want(std::exception const& error) {
  complain("cwtsim: cannot go on: ");
  complain(error.what());
  complain("; fewer --threads need less memory\n");
}

void end_in_words() {
  try {
    if (auto const error = std::current_exception()) std::rethrow_exception(error);
    complain("cwtsim: this is our fault: it ended without an error\n");
  } catch (std::bad_alloc const&) {
    complain(out_of_memory);
  } catch (std::exception const& error) {
    complain_of_want(error);
  } catch (...) {
    complain("cwtsim: this is our fault: it ended with an unknown error\n");
  }
  ::_exit(static_cast<int>(ExitCode::our_fault));
}

void settle_streams() {
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  // The lowest free number is taken, so these fill just the gaps; read-only, so that writing still fails.
  for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; ++stream)
    if (::fcntl(stream, F_GETFD) < 0 && ::open("/dev/null", O_RDONLY) < 0) return;
}

bool has_room_to_begin() {
  constexpr std::size_t least = 8'000'000;
  void* const some = ::mmap(nullptr, least, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return some != MAP_FAILED && ::munmap(some, least) == 0;
}

void listen_to_signals(std::optional<Duration> time_limit) {
  struct sigaction action {};
  action.sa_handler = want_stop;
  action.sa_flags = SA_RESTART;
  ::sigemptyset(&action.sa_mask);
  for (int const signal : {SIGINT, SIGTERM, SIGUSR1, SIGALRM}) ::sigaction(signal, &action, nullptr);
  if (!time_limit) return;
  struct itimerval timer {};
  double const whole = std::floor(time_limit->seconds);
  timer.it_value.tv_sec = static_cast<time_t>(whole);
  timer.it_value.tv_usec = std::max<suseconds_t>(static_cast<suseconds_t>((time_limit->seconds - whole) * 1e6), 1);
  ::setitimer(ITIMER_REAL, &timer, nullptr);
}

void stop_by_flag() {
  nothing_to_save = false;
}

std::atomic<bool> const& stop_flag() {
  return stop_wanted;
}

StopReason stop_reason() {
  return reason;
}

ProgressLine::ProgressLine(bool quiet)
    : mode_(quiet                          ? Mode::silent
            : ::isatty(STDERR_FILENO) != 0 ? Mode::terminal
                                           : Mode::lines) {}

void ProgressLine::show(experiment::SoFar progress) {
  if (mode_ == Mode::silent) return;
  auto const now = Clock::now();
  std::chrono::duration<double> const since = now - shown_, run_for = now - started_;
  if (since.count() < (mode_ == Mode::terminal ? 0.2 : 10)) return;
  shown_ = now;
  auto const done = static_cast<double>(progress.done), expected = static_cast<double>(progress.expected);
  auto const text = fmt::format("{} of {} replications, {} left", progress.done, progress.expected,
                                time_left(run_for.count() / (done - static_cast<double>(before_)) * (expected - done)));
  complain(mode_ == Mode::terminal ? "\r\x1b[K" + text : text + "\n");
  on_screen_ = true;
}

void ProgressLine::finish() {
  if (mode_ == Mode::terminal && on_screen_) complain("\r\x1b[K");
}

}  // namespace cwtsim::cli
