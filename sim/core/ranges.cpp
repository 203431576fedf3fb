// Quantiles of samples, the range of one more, and shares of trials.

#include <algorithm>
#include <boost/math/special_functions/beta.hpp>
#include <cmath>
#include <limits>

#include "cwtsim/core/statistics.hpp"
#include "special_functions.hpp"

namespace cwtsim {
namespace {

/// A sample in ascending order, read by rank from 0; ranks beyond its ends are those of its ends.
class Ordered {
 public:
  explicit Ordered(std::vector<Counted> values) : values_(std::move(values)) {
    std::sort(values_.begin(), values_.end(), [](Counted const& a, Counted const& b) { return a.value < b.value; });
    for (auto const& v : values_) n_ += v.times;
  }
  [[nodiscard]] std::uint64_t size() const { return n_; }
  [[nodiscard]] double at(double rank) const {
    rank = std::clamp(rank, 0.0, static_cast<double>(n_ - 1));
    auto const lower = static_cast<std::uint64_t>(rank);
    double const below = whole(lower), share = rank - std::floor(rank);
    return share == 0 ? below : below + share * (whole(lower + 1) - below);
  }

 private:
  [[nodiscard]] double whole(std::uint64_t rank) const {
    std::uint64_t passed = 0;
    for (auto const& v : values_)
      if ((passed += v.times) > rank) return v.value;
    return values_.back().value;
  }
  std::vector<Counted> values_;
  std::uint64_t n_ = 0;
};

}  // namespace

Range range_of_next(std::vector<Counted> const& shares, std::uint64_t replications, double patients) {
  Ordered const ordered(shares);
  auto const n = ordered.size();
  if (n < 2 || replications < 2) return {};
  auto const count = static_cast<double>(n);
  if (replications >= least_for_order)
    return {ordered.at(0.025 * (count + 1) - 1), ordered.at(0.975 * (count + 1) - 1)};
  if (ordered.at(0) == ordered.at(count - 1)) return {ordered.at(0), ordered.at(0)};
  double const least = std::min(0.5 / std::max(patients, 1.0), 0.25);
  double sum = 0, squares = 0;
  auto const logit_of = [least](double share) { return logit(std::clamp(share, least, 1 - least)); };
  for (auto const& s : shares) sum += logit_of(s.value) * static_cast<double>(s.times);
  double const mean = sum / count;
  for (auto const& s : shares) {
    double const off = logit_of(s.value) - mean;
    squares += off * off * static_cast<double>(s.times);
  }
  auto const own = static_cast<double>(replications);
  double const reach =
      t_975(static_cast<std::int64_t>(replications) - 1) * std::sqrt(squares / (count - 1) * (1 + 1 / own));
  return {logistic(mean - reach), logistic(mean + reach)};
}

std::optional<Estimate> proportion(double successes, double n) {
  if (n <= 0) return std::nullopt;
  double const fails = n - successes;
  return Estimate{successes / n, successes <= 0 ? 0 : to_36_bits(boost::math::ibeta_inv(successes, fails + 1, 0.025)),
                  fails <= 0 ? 1 : to_36_bits(boost::math::ibeta_inv(successes + 1, fails, 0.975))};
}

}  // namespace cwtsim
