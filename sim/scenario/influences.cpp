#include "influences.hpp"

#include <algorithm>

namespace cwtsim::scenario {

double least_product(Factors const& factors) {
  double product = 1;
  for (auto const& [name, table] : factors) {
    double least = table.given() ? table.rows[0].value : 1;
    for (auto const& row : table.rows) least = std::min(least, row.value);
    product *= least;
  }
  return product;
}

bool never(Factors const& factors) {
  return std::any_of(factors.begin(), factors.end(), [](auto const& factor) {
    auto const& rows = factor.second.rows;
    return !rows.empty() && std::all_of(rows.begin(), rows.end(), [](auto const& row) { return row.value == 0; });
  });
}

bool never(Odds const& odds, std::string const& outcome) {
  auto const* factors = odds.find(outcome);
  return factors && never(*factors);
}

}  // namespace cwtsim::scenario
