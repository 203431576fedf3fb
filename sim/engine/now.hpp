#pragma once
// The moment of a replication: when it is, and what holds. Every part reads it; the replication alone moves it on.

#include <algorithm>
#include <cstdint>

#include "cwtsim/engine/result.hpp"
#include "cwtsim/model/model.hpp"

namespace cwtsim::engine {

struct Tampering;  ///< a test's, in builds with checks: it spoils what the checks must find

struct Now {
  explicit Now(model::Model const& m)
      : model(m),
        resource_names(static_cast<std::uint32_t>(m.names.resource_names.size())),
        providers(m.providers()),
        measure_from(m.measure_from) {}

  model::Model const& model;
  std::uint32_t const resource_names;
  std::uint32_t const providers;
  Tick const measure_from;                          ///< the end of the warm-up
  model::Era const* era = nullptr;                  ///< the dated tables in force
  model::Step const* steps = nullptr;               ///< of the era
  model::Resource const* resource_rules = nullptr;  ///< likewise: what is fixed of each resource
  model::Index16 const* leads = nullptr;            ///< likewise
  std::uint32_t era_index = 0;
  std::uint64_t key = 0;  ///< of the replication
  Tick tick = 0;
  std::uint32_t day = 0;
  Tick tomorrow = 0;  ///< when the next day begins
  bool measuring = false;
  Outcome outcome = Outcome::completed;  ///< of what has been seen so far; any other one ends the replication

  void reset(std::uint64_t replication_key) {
    key = replication_key;
    measuring = false;
    outcome = Outcome::completed;
    tick = model.start;
    begin_day();
    take_era(0);
  }
  void take_era(std::uint32_t index) {
    era_index = index;
    era = &model.eras[index];
    steps = era->steps.data();
    resource_rules = era->resources.data();
    leads = era->leads.data();
  }
  void move_to(Tick at) {
    tick = at;
    if (tick >= tomorrow) begin_day();
  }
  /// Moments of joining a list may lie before the first one: they wrap, but what has passed since then is a difference
  /// like any other. No wait is so long that it and what is left of the run are more than 32 bits.
  [[nodiscard]] Tick longest_wait() const { return never - (model.end - tick); }
  [[nodiscard]] bool has_not_come(Tick moment) const { return tick - moment > longest_wait(); }
  [[nodiscard]] bool stopped() const { return outcome != Outcome::completed; }

  [[nodiscard]] std::int32_t date() const { return static_cast<std::int32_t>(day); }
  /// Ticks from a moment until now, as far as they are measured.
  [[nodiscard]] std::uint64_t measured_since(Tick from) const { return std::min(tick - from, tick - measure_from); }
  /// The resource of a need at a provider.
  [[nodiscard]] model::Index16 resource_of(model::Index16 provider, model::Need const& need) const {
    return model.resource_at[static_cast<std::size_t>(provider) * resource_names + need.name];
  }
  /// Where a step at a provider stands in lists of totals.
  [[nodiscard]] std::size_t at(model::Index16 step, model::Index16 provider) const {
    return static_cast<std::size_t>(step) * providers + provider;
  }
  /// The resource that a step waits for at a provider.
  [[nodiscard]] model::Index16 waited_for(model::Index16 step, model::Index16 provider) const {
    return leads[at(step, provider)];
  }

 private:
  void begin_day() {
    day = tick / model.ticks_per_day;
    tomorrow = (day + 1) * model.ticks_per_day;
  }
};

/// Room for half as many again as ever, so that a replication that is busier than those before seldom allocates.
inline constexpr auto keep_slack = [](auto& list, std::size_t most, std::size_t times = 2) {
  if (list.capacity() < most + most / 2) list.reserve(times * most);
  list.clear();
};

}  // namespace cwtsim::engine
