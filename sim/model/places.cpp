#include "cwtsim/model/places.hpp"

namespace cwtsim::model {

std::vector<std::uint32_t> waiting_places(Model const& model) {
  std::vector<std::uint32_t> places;
  Era const& era = model.eras.front();
  for (std::size_t s = 0; s < era.steps.size(); ++s) {
    auto const& kind = record_of(era.steps[s].kind);
    for (std::size_t p = 0; p < model.providers() && kind.waits(); ++p) {
      auto const at = s * model.providers() + p;
      if (kind.gathers || era.leads[at] != none16) places.push_back(static_cast<std::uint32_t>(at));
    }
  }
  return places;
}

}  // namespace cwtsim::model
