#include <algorithm>

#include "estimate_parts.hpp"
#include "tell.hpp"

namespace cwtsim::experiment {
namespace {

constexpr std::uint64_t billion = 1'000'000'000;

/// What one replication says of a stratum over the measured time.
struct Level {
  std::uint64_t sum = 0, of = 0;  ///< of what was counted, in parts
  std::uint64_t patients = 0;
  /// In billionths of one.
  [[nodiscard]] std::int64_t mean(std::uint64_t parts_of_one) const {
    Wide const whole = Wide{of} * parts_of_one;
    // NOLINTNEXTLINE(clang-analyzer-core.DivideZero): of somebody, and one has some parts
    return static_cast<std::int64_t>((2 * Wide{sum} * billion + whole) / (2 * whole));
  }
};

/// The strata of a gap in one replication.
class Levels {
 public:
  Levels(engine::ReplicationResult const& r, Layout const& layout, model::Gap const& gap)
      : r_(r), layout_(layout), gap_(gap) {}
  [[nodiscard]] Level of(std::uint32_t stratum) const {
    Level level;
    std::size_t const strata = gap_.of_measure ? layout_.measured.size() : layout_.strata;
    for (std::size_t m = 0; m < layout_.months; ++m) {
      std::size_t const c = m * strata + stratum;
      level.sum += gap_.of_measure ? r_.recorded_sums[c] : r_.met[c];
      level.of += gap_.of_measure ? r_.recorded[c] : r_.counted[c];
    }
    level.patients = gap_.of_measure ? level.of : level.of / 2;
    return level;
  }
  [[nodiscard]] std::uint64_t parts_of_one() const {
    return gap_.of_measure ? layout_.measured[gap_.is_spread ? gap_.first : gap_.lower].scale : 1;
  }

 private:
  engine::ReplicationResult const& r_;
  Layout const& layout_;
  model::Gap const& gap_;
};

void add_spread(GapSums& to, GroupSums* groups, Levels const& levels, model::Gap const& gap) {
  auto const one = levels.parts_of_one();
  std::vector<Level> own;
  Level all;
  for (std::uint32_t s = gap.first; s < gap.first + gap.levels; ++s) {
    own.push_back(levels.of(s));
    all.sum += own.back().sum;
    all.of += own.back().of;
  }
  std::optional<std::int64_t> least, greatest;
  std::size_t looked_at = 0;
  for (std::size_t k = 0; k < own.size(); ++k) {
    if (own[k].of == 0) continue;
    auto const mean = own[k].mean(one);
    groups[k].add(mean - all.mean(one), own[k].patients);
    if (own[k].patients == 0 || own[k].patients < gap.at_least) continue;
    ++looked_at;
    least = std::min(least.value_or(mean), mean);
    greatest = std::max(greatest.value_or(mean), mean);
  }
  if (looked_at >= 2) to.add(*greatest - *least);
}

/// The groups that had patients enough, on average, in replications that all counted them.
std::vector<GroupLevel> groups_of(GroupSums const* sums, model::Gap const& gap, std::uint64_t replications) {
  std::vector<GroupLevel> groups;
  auto const n = static_cast<double>(replications);
  double patients = 0;
  for (std::uint32_t k = 0; k < gap.levels; ++k) patients += static_cast<double>(sums[k].patients);
  for (std::uint32_t k = 0; k < gap.levels; ++k) {
    auto const& group = sums[k];
    if (group.times < replications || group.patients < gap.at_least * replications || group.patients == 0) continue;
    double const mean = static_cast<double>(group.off) / n;
    double const about = static_cast<double>(group.squares) - n * mean * mean;
    // A group is part of what it is held against, which moves with it.
    double const rest = 1 - static_cast<double>(group.patients) / patients;
    double const spread = n > 1 && rest > 0 ? std::max(0.0, about) / (n - 1) / rest : 0;
    groups.push_back({mean, spread});
  }
  return groups;
}

}  // namespace

void GapSums::add(std::int64_t value) {
  auto const size = static_cast<std::uint64_t>(value < 0 ? -value : value);
  Cubes cube;
  cube.add(size);
  value < 0 ? cubes.take(cube) : cubes.merge(cube);
  sum += value;
  squares += Wide{size} * size;
  ++times;
}

void GroupSums::add(std::int64_t own_off, std::uint64_t own_patients) {
  auto const size = static_cast<Wide>(own_off < 0 ? -own_off : own_off);
  off += own_off;
  squares += size * size;
  patients += own_patients;
  ++times;
}

void add_gaps(Tally& tally, Layout const& layout, engine::ReplicationResult const& r) {
  auto* groups = tally.gap_groups.data();
  for (std::size_t g = 0; g < layout.gaps.size(); ++g) {
    auto const& gap = layout.gaps[g];
    Levels const levels(r, layout, gap);
    if (gap.is_spread) {
      add_spread(tally.gaps[g], groups, levels, gap);
      groups += gap.levels;
      continue;
    }
    auto const lower = levels.of(gap.lower), upper = levels.of(gap.upper);
    auto const one = levels.parts_of_one();
    if (lower.patients > 0 && upper.patients > 0) tally.gaps[g].add(upper.mean(one) - lower.mean(one));
  }
}

void add_gaps(Estimates& into, model::Model const& model, Experiment const& experiment) {
  auto const& tally = experiment.tally;
  auto const replications = static_cast<std::uint64_t>(tally.completed.size());
  constexpr auto parts = static_cast<double>(billion);
  auto const* groups = tally.gap_groups.data();
  for (std::size_t g = 0; g < model.gaps.size(); ++g) {
    auto const& gap = model.gaps[g];
    auto const sums = tally.gaps.empty() ? GapSums{} : tally.gaps[g];
    GapBetween out{gap.of_measure, gap.of, gap.name, gap.by, gap.from, gap.to, sums.times, {}, {}, {}};
    auto const shown = divided(
        signed_mean_estimate({static_cast<std::uint64_t>(sums.sum), sums.squares, sums.cubes}, sums.times), parts);
    if (gap.is_spread) {
      out.from = "least";
      out.to = "greatest";
      if (shown) out.shown = shown->value;
      if (replications > 0) {
        if (auto const apart = groups_apart(groups_of(groups, gap, replications), replications)) {
          out.value = divided(apart->apart, parts);
          out.by_chance = apart->by_chance / parts;
        }
        groups += gap.levels;
      }
    } else {
      out.value = shown;
    }
    into.gaps.push_back(std::move(out));
  }
}

}  // namespace cwtsim::experiment
