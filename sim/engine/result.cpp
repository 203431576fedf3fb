#include "cwtsim/engine/result.hpp"

namespace cwtsim::engine {

void ReplicationResult::size_by(model::Model const& model) {
  resize_lists(*this, model);
}

}  // namespace cwtsim::engine
