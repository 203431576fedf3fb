#pragma once
// Rules that look at the waiting lists: patients are moved to a shorter one, or sessions have more slots for a time.

#include <vector>

#include "events.hpp"
#include "flow.hpp"
#include "now.hpp"

namespace cwtsim::engine {

class Rules {
 public:
  Rules(Now const& now, Events& events, Flow& flow);
  /// Takes the totals back from a result that is no longer wanted.
  void reset(ReplicationResult& spare);
  /// Counts the time in force until now, and hands the totals over.
  void close(ReplicationResult& result);

  /// The moments of today at which rules look.
  void schedule();
  /// A rule of the era looks, and does what it is for.
  void act(std::uint32_t rule);
  /// The slots of a session as rules have changed them, in units of 2^-32; nothing if none has.
  [[nodiscard]] bool scale(model::Resource const& resource, model::Opening const& opening, std::uint64_t& parts) const;
  /// A session with so many slots has been held.
  void count_session(model::Resource const& resource, std::uint32_t slots);

 private:
  /// A rule of kind capacity at a provider.
  struct State {
    bool holds = false;
    Tick from = 0;  ///< when the capacity is there
  };
  void move_patients(model::Rule const& rule);
  void change_capacity(model::Rule const& rule);
  [[nodiscard]] double expected_wait(std::uint32_t site, std::uint64_t waiting) const;
  [[nodiscard]] Tick takes(model::Rule const& rule, std::uint64_t key, std::uint64_t draws_at) const;
  [[nodiscard]] bool in_force(std::uint32_t site) const;
  void count_in_force(std::uint32_t site);

  Now const& now_;
  Events& events_;
  Flow& flow_;
  std::vector<State> states_;                ///< by rule and provider
  std::vector<std::uint64_t> list_lengths_;  ///< likewise, of a rule that acts
  std::vector<RuleTotals> totals_;
};

}  // namespace cwtsim::engine
