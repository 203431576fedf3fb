#include <algorithm>
#include <limits>

#include "cwtsim/experiment/tally.hpp"

namespace cwtsim::experiment {
namespace {

constexpr std::uint64_t one = std::numeric_limits<std::uint32_t>::max();

/// A share of 1 in so many parts, to the nearest. Whole numbers throughout.
std::uint32_t rounded(Wide share, Wide of, std::uint64_t parts) {
  return static_cast<std::uint32_t>((share * parts * 2 + of) / (of * 2));
}

}  // namespace

void Spread::add(std::uint64_t met, std::uint64_t counted) {
  auto const share = rounded(met, counted, one);
  insert(exact_ ? share : rounded(share, one, steps_of_one), 1);
  if (exact_ && count_ > most_exact) make_coarse();
}

void Spread::merge(Spread const& other) {
  if (exact_ && (!other.exact_ || count_ + other.count_ > most_exact)) make_coarse();
  for (auto const& [value, times] : other.values_)
    insert(other.exact_ && !exact_ ? rounded(value, one, steps_of_one) : value, times);
}

void Spread::insert(std::uint32_t value, std::uint32_t times) {
  auto const at = std::lower_bound(values_.begin(), values_.end(), Value{value, 0});
  if (at != values_.end() && at->first == value)
    at->second += times;
  else
    values_.insert(at, {value, times});
  count_ += times;
}

void Spread::make_coarse() {
  auto const fine = std::exchange(values_, {});
  exact_ = false;
  count_ = 0;
  for (auto const& [value, times] : fine) insert(rounded(value, one, steps_of_one), times);
}

void Spread::append_to(std::vector<Counted>& shares) const {
  auto const parts = static_cast<double>(exact_ ? one : steps_of_one);
  for (auto const& [value, times] : values_) shares.push_back({value / parts, times});
}

std::optional<Spread> Spread::from_file(bool exact, std::vector<Value> values) {
  Spread spread;
  spread.exact_ = exact;
  for (std::size_t i = 0; i < values.size(); ++i) {
    bool const ascends = i == 0 || values[i - 1].first < values[i].first;
    if (!ascends || values[i].second == 0 || (!exact && values[i].first > steps_of_one)) return std::nullopt;
    spread.count_ += values[i].second;
  }
  if (exact ? spread.count_ > most_exact : spread.count_ <= most_exact) return std::nullopt;
  spread.values_ = std::move(values);
  return spread;
}

}  // namespace cwtsim::experiment
