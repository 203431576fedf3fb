#pragma once
// Who waits for others: at steps that gather, a group for each provider.

#include <vector>

#include "events.hpp"
#include "now.hpp"
#include "patients.hpp"

namespace cwtsim::engine {

class Gatherings {
 public:
  /// Those who are together so far, in the order in which they came.
  struct Group {
    RowList there;
    std::uint32_t size = 0;
    std::uint32_t epoch = 0;  ///< how many have gone on or come to nothing
  };

  Gatherings(Now const& now, Patients& patients);
  void reset();

  /// Of a step at a provider, as Now::at says.
  [[nodiscard]] Group const& operator[](std::size_t step_at_provider) const { return groups_[step_at_provider]; }
  [[nodiscard]] std::size_t size() const { return groups_.size(); }
  [[nodiscard]] bool is_stale(std::size_t step_at_provider, std::uint32_t epoch) const {
    return (groups_[step_at_provider].epoch & Events::epoch_mask) != epoch;
  }

  /// Joins the group of its step.
  void join(Row r);
  /// Leaves it; a group that nobody is left of is over.
  void leave(Row r);

 private:
  friend struct Tampering;
  [[nodiscard]] Group& group_of(Patient const& p) { return groups_[now_.at(p.step, p.provider)]; }

  Now const& now_;
  Patients& patients_;
  std::vector<Group> groups_;  ///< [step * providers + provider]; none where no step gathers
};

}  // namespace cwtsim::engine
