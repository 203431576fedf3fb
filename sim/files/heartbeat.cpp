#include "heartbeat.hpp"

#include <signal.h>  // NOLINT(modernize-deprecated-headers): POSIX says that pthread_sigmask() is in this one

#include <system_error>
#include <utility>

#include "owner_file.hpp"

namespace cwtsim::files {

Heartbeat::Heartbeat(int handle, std::string path, Owner self, std::chrono::milliseconds every)
    : handle_(handle), path_(std::move(path)), self_(std::move(self)), every_(every) {
  // Signals are for the threads that were there before.
  sigset_t all, before;
  ::sigfillset(&all);
  ::pthread_sigmask(SIG_SETMASK, &all, &before);
  try {
    thread_ = std::thread([this] { beat(); });
  } catch (std::system_error const&) {
    // Without it the lock has to do, as it does wherever locks work.
  }
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

Heartbeat::~Heartbeat() {
  {
    std::lock_guard const lock(mutex_);
    ends_ = true;
  }
  wakes_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void Heartbeat::beat() {
  std::unique_lock lock(mutex_);
  while (!wakes_.wait_for(lock, every_, [this] { return ends_; })) {
    auto const now = read_owner(path_);
    if (now && !is_same(*now, self_)) return;
    self_.heartbeat = utc_text(std::chrono::system_clock::now());
    ++self_.beats;
    static_cast<void>(write_owner(handle_, self_));
  }
}

}  // namespace cwtsim::files
