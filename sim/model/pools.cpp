#include <cmath>

#include "builder.hpp"

namespace cwtsim::model {

using scenario::Shares;

namespace {
using RowRef = std::pair<std::vector<std::string> const*, std::uint32_t>;
}

// Fills the cells of one table from `depth` on: at each depth the rows that name the level, else those for the rest.
void Pools::fill(std::vector<Axis> const& axes, std::size_t depth, std::vector<RowRef> const& rows, std::uint32_t at) {
  std::uint32_t const size = index_.size_of(axes[depth]);
  for (std::uint32_t level = 0; level < size; ++level) {
    std::string const& name = index_.level_name(axes[depth], level);
    std::vector<RowRef> kept;
    for (auto const wanted : {std::string_view(name), std::string_view(scenario::otherwise)}) {
      for (auto const& row : rows)
        if (row.first->size() > depth && (*row.first)[depth] == wanted) kept.push_back(row);
      if (!kept.empty()) break;
    }
    std::uint32_t const cell = at + level * axes[depth].stride;
    bool const last = depth + 1 == axes.size() || (kept.size() == 1 && kept[0].first->size() == depth + 1);
    if (kept.empty()) continue;
    if (!last) {
      fill(axes, depth + 1, kept, cell);
      continue;
    }
    for (std::uint32_t i = 0; i < axes[depth].stride; ++i) era_.cells[cell + i] = kept[0].second;
  }
}

template <class T, class F>
Lookup Pools::compile(scenario::Table<T> const& table, F const& intern) {
  Lookup lookup;
  if (!table.given()) return lookup;
  if (table.by.empty()) {
    lookup.base = intern(table.rows[0].value);
    return lookup;
  }
  std::vector<Axis> axes;
  std::uint32_t size = 1;
  for (auto const& by : table.by) axes.push_back(index_.axis(by));
  for (std::size_t a = axes.size(); a-- > 0;) {
    axes[a].stride = size;
    size *= index_.size_of(axes[a]);
  }
  std::vector<RowRef> rows;
  for (auto const& row : table.rows) rows.emplace_back(&row.keys, intern(row.value));
  lookup.base = static_cast<std::uint32_t>(era_.cells.size());
  lookup.provider_stride = 0;
  std::size_t attributes = 0;
  for (Axis const& axis : axes) {
    switch (axis.dimension) {
      case Dimension::provider:
        lookup.provider_stride = axis.stride;
        break;
      case Dimension::stream:
        lookup.stream_stride = axis.stride;
        break;
      case Dimension::group:
        break;  // tables do not depend on it
      case Dimension::attribute:
        lookup.attribute[attributes] = axis.attribute;
        lookup.stride[attributes++] = axis.stride;
        break;
    }
  }
  era_.cells.resize(era_.cells.size() + size, rows.empty() ? 0 : rows[0].second);
  fill(axes, 0, rows, lookup.base);
  return lookup;
}

std::uint32_t Pools::quantile(Distribution const& d, double seconds_per_unit) {
  auto const [it, fresh] =
      quantiles_.try_emplace({d, seconds_per_unit}, static_cast<std::uint32_t>(era_.quantiles.size()));
  if (fresh) era_.quantiles.push_back(made_.try_emplace(it->first, d, seconds_per_unit).first->second);
  return it->second;
}

Lookup Pools::times(scenario::DistributionTable const& table) {
  return compile(table, [&](Distribution const& d) { return quantile(d, seconds_per_tick_); });
}

Lookup Pools::days(Distribution const& d) {
  Lookup lookup;
  lookup.base = quantile(d, seconds_per_day);
  return lookup;
}

Lookup Pools::probabilities(scenario::NumberTable const& table) {
  return compile(table, [&](double p) {
    era_.probabilities.push_back(p);
    return static_cast<std::uint32_t>(era_.probabilities.size() - 1);
  });
}

Lookup Pools::amounts(scenario::NumberTable const& table, std::uint64_t scale) {
  return compile(table, [&](double value) {
    era_.amounts.push_back(std::llround(value * static_cast<double>(scale)));
    return static_cast<std::uint32_t>(era_.amounts.size() - 1);
  });
}

Lookup Pools::classes(scenario::NumberTable const& table) {
  return compile(table, [](double c) { return static_cast<std::uint32_t>(std::lround(c)); });
}

Lookup Pools::counts(scenario::Table<std::int64_t> const& table) {
  return compile(table, [&](std::int64_t n) {
    return add_choice(Shares{{{std::to_string(n), 1.0}}},
                      [](std::string const& t) { return static_cast<std::uint32_t>(std::stoul(t)); });
  });
}

Lookup Pools::choice(scenario::ShareTable const& table,
                     std::function<std::uint32_t(std::string const&)> const& target) {
  return compile(table, [&](Shares const& shares) { return add_choice(shares, target); });
}

Lookup Pools::choice_of(Shares const& shares, std::function<std::uint32_t(std::string const&)> const& target) {
  Lookup lookup;
  lookup.base = add_choice(shares, target);
  return lookup;
}

std::uint32_t Pools::add_choice(Shares const& shares, std::function<std::uint32_t(std::string const&)> const& target) {
  std::vector<std::uint64_t> edges;
  std::vector<std::uint32_t> outcomes;
  double total = 0, sum = 0;
  for (auto const& [name, share] : shares) total += share;
  for (auto const& [name, share] : shares) {
    if (share <= 0) continue;
    sum += share / total;
    double const edge = sum * 0x1.0p64;
    edges.push_back(edge >= 0x1.0p64 ? ~0ULL : static_cast<std::uint64_t>(edge));
    outcomes.push_back(target(name));
  }
  edges.pop_back();
  auto words = Choice::words(edges, outcomes);
  auto const [it, fresh] = choices_.try_emplace(words, static_cast<std::uint32_t>(era_.choices.size()));
  if (fresh) era_.choices.insert(era_.choices.end(), words.begin(), words.end());
  return it->second;
}

}  // namespace cwtsim::model
