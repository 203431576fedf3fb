#pragma once
// A thread that says again and again in the owner's file that its program lives.

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "cwtsim/files/owner.hpp"

namespace cwtsim::files {

class Heartbeat {
 public:
  /// Beats until it goes away, or until somebody else stands in the file.
  Heartbeat(int handle, std::string path, Owner self, std::chrono::milliseconds every);
  ~Heartbeat();
  Heartbeat(Heartbeat const&) = delete;
  Heartbeat& operator=(Heartbeat const&) = delete;

 private:
  void beat();

  int handle_;
  std::string path_;
  Owner self_;
  std::chrono::milliseconds every_;
  std::mutex mutex_;
  std::condition_variable wakes_;
  bool ends_ = false;
  std::thread thread_;
};

}  // namespace cwtsim::files
