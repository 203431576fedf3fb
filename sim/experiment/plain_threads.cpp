#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "in_order.hpp"

namespace cwtsim::experiment {
namespace {

/// Whose turn it is to fold, and what ends the work.
struct Turns {
  std::mutex gate;
  std::condition_variable moved;
  std::uint64_t named = 0;
  std::uint64_t folded = 0;
  bool enough = false;
  std::exception_ptr fault;
};

void work(Turns& turns, Terms const& terms, Next const& next, Fold const& fold) {
  Desk desk;
  while (true) {
    std::unique_lock lock(turns.gate);
    auto const item = turns.enough ? std::nullopt : next();
    if (!item) return;
    auto const turn = turns.named++;
    lock.unlock();
    auto const& result = desk.run(*item, terms.stop);
    lock.lock();
    turns.moved.wait(lock, [&] { return turns.folded == turn || turns.enough; });
    if (turns.enough) return;
    turns.enough = !fold(item->arm, result);
    ++turns.folded;
    turns.moved.notify_all();
  }
}

}  // namespace

void run_in_order_on_plain_threads(Terms const& terms, Next const& next, Fold const& fold) {
  Turns turns;
  std::vector<std::thread> workers;
  workers.reserve(static_cast<std::size_t>(terms.threads));
  for (int i = 0; i < terms.threads; ++i)
    workers.emplace_back([&] {
      try {
        work(turns, terms, next, fold);
      } catch (...) {
        std::scoped_lock const lock(turns.gate);
        turns.fault = std::current_exception();
        turns.enough = true;
        turns.moved.notify_all();
      }
    });
  for (auto& worker : workers) worker.join();
  if (turns.fault) std::rethrow_exception(turns.fault);
}

}  // namespace cwtsim::experiment
