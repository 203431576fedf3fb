#pragma once
// How many leave a delay before it is over.

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "cwtsim/engine/choose.hpp"
#include "cwtsim/model/model.hpp"

namespace cwtsim::engine {

/// Of those who begin a delay, the shares who give it up for each of its reasons, in their order. Remembers them.
class GivingUpShares {
 public:
  explicit GivingUpShares(model::Era const& era) : era_(era) {}
  [[nodiscard]] std::vector<double> const& of(model::Step const& delay, Who const& who);

 private:
  /// A table of lengths of time, and what they are multiplied by.
  struct Length {
    std::uint32_t table;
    double factor;
    friend auto operator<=>(Length const&, Length const&) = default;
  };
  [[nodiscard]] Length length(model::Lookup const& time, model::Range times, Who const& who) const;
  [[nodiscard]] std::vector<double> const& spread(Length const& length);

  model::Era const& era_;
  std::map<std::pair<double, std::vector<Length>>, std::vector<double>> known_;  ///< by stretch; the delay, its reasons
  std::map<Length, std::vector<double>> spread_;
};

}  // namespace cwtsim::engine
