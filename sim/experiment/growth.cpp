// Lists that grew all through the measured time, and did not only fill up to where they would stay.

#include <cmath>

#include "cwtsim/model/timetable.hpp"
#include "estimate_parts.hpp"

namespace cwtsim::experiment {

namespace {

constexpr std::size_t parts = model::list_counts - 1;

/// Their difference, which may be below nothing.
double change(std::uint64_t from, std::uint64_t to) {
  return static_cast<double>(static_cast<std::int64_t>(to - from));
}

/// The changes of a list from count to count are taken for independent, as they are while it is never empty, with one
/// variance about their mean. It grew all through where it was longer after each quarter of the time, on average over
/// the replications; where the growth is four of its standard errors and more; and where the second half's is more than
/// half of the first half's, by 1.645 standard errors: a list near its capacity that begins empty grows as the square
/// root of the time, 0.41 times as much in the second half as in the first.
bool grew(ListSums const& sums, std::uint64_t replications) {
  constexpr double far_beyond = 4, one_sided_95 = 1.645;
  constexpr std::size_t a_quarter = parts / 4, half = parts / 2;
  auto const& lengths = sums.lengths;
  for (std::size_t k = 0; k < parts; k += a_quarter)
    if (lengths[k + a_quarter] <= lengths[k]) return false;
  auto const changes = static_cast<double>(parts * replications);
  double const growth = change(lengths.front(), lengths.back());
  double const spread = std::max(0.0, static_cast<double>(sums.squares) - growth * (growth / changes));
  double const variance = spread / (changes - 1);
  double const not_slower = 2 * change(lengths[half], lengths.back()) - change(lengths.front(), lengths[half]);
  // weights 2 and -1 of four changes each
  double const of_contrast = (4.0 + 1.0) * static_cast<double>(half * replications) * variance;
  return growth > far_beyond * std::sqrt(changes * variance) && not_slower > one_sided_95 * std::sqrt(of_contrast);
}

}  // namespace

void ListSums::add(std::array<std::uint64_t, model::list_counts> const& own) {
  for (std::size_t k = 0; k < own.size(); ++k) {
    lengths[k] += own[k];
    if (k == 0) continue;
    std::uint64_t const by = own[k] > own[k - 1] ? own[k] - own[k - 1] : own[k - 1] - own[k];
    squares += Wide{by} * by;
  }
}

void add_growth(Estimates& into, model::Model const& model, Experiment const& experiment) {
  auto const n = static_cast<std::uint64_t>(experiment.tally.completed.size());
  if (n == 0 || model::days_to_count_lists(model).empty()) return;
  for (std::size_t i = 0; i < into.resources.size(); ++i) {
    auto const& sums = experiment.tally.lists[i];
    into.resources[i].waiting_at_start = static_cast<double>(sums.lengths.front()) / static_cast<double>(n);
    if (grew(sums, n)) into.resources[i].grew_all_through = "yes";
  }
}

}  // namespace cwtsim::experiment
