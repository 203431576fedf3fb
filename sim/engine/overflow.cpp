#include "overflow.hpp"

#include <stdexcept>

namespace cwtsim::engine {

void too_large_to_count(std::string const& what) {
  throw std::overflow_error(
      what +
      " come to more in one replication than can be counted: shorten the run, divide the scenario, "
      "or record larger units");
}

}  // namespace cwtsim::engine
