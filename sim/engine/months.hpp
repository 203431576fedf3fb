#pragma once
// What was counted of resources, steps and people in each month: what the totals have gained since the last one's end.

#include <vector>

#include "cwtsim/engine/result.hpp"
#include "flow.hpp"
#include "staff.hpp"

namespace cwtsim::engine {

class Months {
 public:
  explicit Months(model::Model const& model);
  /// Takes the lists back from a result that is no longer wanted.
  void reset(ReplicationResult& spare);
  /// Whatever has been counted since it was last asked belongs to this month, at whose end lists are as long as now.
  void end(std::uint32_t month, Flow& flow, Staff const& staff);
  void close(ReplicationResult& result);

 private:
  void count_waiting(Flow const& flow);
  void end_of_resources(std::size_t first, Flow& flow);

  std::vector<std::uint32_t> const places_;
  std::vector<ResourceMonth> resources_, resources_before_;
  std::vector<StepMonth> steps_, steps_before_;
  std::vector<StaffMonth> staff_, staff_before_;
  std::vector<std::uint64_t> under_way_;  ///< [resource] server ticks of those in service
  std::vector<std::uint32_t> waiting_;    ///< [step * providers + provider]
};

}  // namespace cwtsim::engine
