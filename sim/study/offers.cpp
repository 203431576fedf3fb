#include "offers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "cwtsim/core/time.hpp"
#include "cwtsim/model/timetable.hpp"

namespace cwtsim::study {

using model::Index16;
using model::none32;
using model::ResourceKind;

namespace {

constexpr std::uint32_t shortest_month = 15;

std::int64_t length_of(std::vector<Span> const& spans) {
  std::int64_t length = 0;
  for (auto const& span : spans) length += span.to - span.from;
  return length;
}

bool held_on(model::Model const& m, model::Days const& days, std::int64_t day) {
  if (day < 0) return held_the_day_before(m, days);
  return day < m.days && held(m, days, static_cast<std::uint32_t>(day));
}

/// What is left of so many slots when each is taken by other work with a probability.
void add_left(Offer& offer, std::uint32_t slots, double other_work, double weight) {
  constexpr std::uint32_t most = 512;
  if (other_work <= 0 || slots == none32) {
    offer[slots] += weight;
  } else if (slots > most) {
    double const left = slots * (1 - other_work), whole = std::floor(left);
    offer[static_cast<std::uint32_t>(whole)] += weight * (1 - (left - whole));
    offer[static_cast<std::uint32_t>(whole) + 1] += weight * (left - whole);
  } else {
    double share = std::pow(1 - other_work, slots);  // of none taken, then of one ...
    if (other_work >= 1) {
      offer[0] += weight;
      return;
    }
    for (std::uint32_t taken = 0; taken <= slots; ++taken) {
      if (share > 1e-12) offer[slots - taken] += weight * share;
      share *= other_work / (1 - other_work) * (slots - taken) / (taken + 1);
    }
  }
}

void add_opening(Offer& offer, model::Resource const& r, model::Opening const& o, double weight) {
  if (o.exact_slots == 0) return add_left(offer, o.amount, r.other_work, weight);
  double const slots = static_cast<double>(o.exact_slots) * 0x1.0p-32, whole = std::floor(slots);
  add_left(offer, static_cast<std::uint32_t>(whole), r.other_work, weight * (1 - (slots - whole)));
  if (slots > whole) add_left(offer, static_cast<std::uint32_t>(whole) + 1, r.other_work, weight * (slots - whole));
}

/// The most there ever is of it at once; fractions of a slot are carried over.
std::uint32_t most_at(model::Opening const& o) {
  return o.exact_slots == 0 ? o.amount : static_cast<std::uint32_t>((o.exact_slots + (1ULL << 32) - 1) >> 32);
}

}  // namespace

void keep_common(std::vector<Span>& spans, std::vector<Span> const& others) {
  std::vector<Span> common;
  for (auto const& a : spans)
    for (auto const& b : others)
      if (auto const from = std::max(a.from, b.from), to = std::min(a.to, b.to); from < to)
        common.push_back({from, to});
  spans = std::move(common);
}

std::vector<Span> open_on(model::Model const& m, Index16 resource, std::uint32_t day, std::uint32_t least) {
  auto const ticks = std::int64_t{m.ticks_per_day};
  std::vector<Span> spans;
  auto const& today = era_on(m, day);
  if (auto const& r = today.resources[resource]; r.always_open) {
    if (r.servers >= least) spans.push_back({day * ticks, (day + 1) * ticks});
    return spans;
  }
  for (std::int64_t d = std::int64_t{day} - 1; d <= day; ++d) {
    auto const& era = d < 0 ? today : era_on(m, static_cast<std::uint32_t>(d));
    auto const& openings = era.resources[resource].openings;
    for (std::uint32_t i = openings.first; i < openings.first + openings.count; ++i) {
      auto const& o = era.openings[i];
      if (!held_on(m, o.days, d) || most_at(o) < least) continue;
      Span const span{d * ticks + o.opens, d * ticks + o.opens + std::max<std::int64_t>(o.length, 1)};
      if (span.to > day * ticks) spans.push_back(span);
    }
  }
  std::ranges::sort(spans, {}, &Span::from);
  std::vector<Span> merged;
  for (auto const& span : spans)
    if (!merged.empty() && span.from <= merged.back().to)
      merged.back().to = std::max(merged.back().to, span.to);
    else
      merged.push_back(span);
  return merged;
}

std::vector<Month> months_of(model::Model const& m) {
  std::vector<Month> months;
  for (std::uint32_t d = m.start / m.ticks_per_day; d < m.days; ++d) {
    auto const date = to_ymd(m.first_day + static_cast<std::int32_t>(d));
    auto name = fmt::format("{:04}-{:02}", date.year, date.month);
    if (months.empty() || months.back().name != name) months.push_back({std::move(name), d, d});
    months.back().end = d + 1;
  }
  auto const is_short = [](Month const& month) { return month.end - month.first < shortest_month; };
  if (months.size() > 1 && is_short(months.back())) {
    months[months.size() - 2].end = months.back().end;
    months.pop_back();
  }
  if (months.size() > 1 && is_short(months.front())) {
    months[1].first = months.front().first;
    months.erase(months.begin());
  }
  return months;
}

model::Era const& era_on(model::Model const& m, std::uint32_t day) {
  auto const after = std::ranges::upper_bound(m.eras, std::uint64_t{day} * m.ticks_per_day, {},
                                              [](model::Era const& era) { return std::uint64_t{era.from}; });
  return after == m.eras.begin() ? *after : *(after - 1);
}

double Services::mean() const {
  double mean = 0;
  for (auto const& [length, share] : lengths) mean += length * share;
  return mean;
}

// Whoever begins is followed by the next as long as it is open: so many begin as a renewal process has by then, with
// the one at the opening, and each takes the mean (Wald's equation).
double worked(Services const& services, Tick open) {
  constexpr double pieces = 1024;
  double const mean = services.mean(), piece = std::max(1.0, open / pieces);
  if (!(mean > 0)) return open;
  double longest = 0, square = 0;
  for (auto const& [length, share] : services.lengths) {
    longest = std::max(longest, length);
    square += length * length * share;
  }
  if (longest <= 0.02 * open || mean < 4 * piece) return open + square / (2 * mean);  // far from the beginning
  auto const grid = static_cast<std::size_t>(std::ceil(open / piece));
  std::vector<double> begins(grid);
  begins[0] = 1;
  double all = 0;
  for (std::size_t k = 0; k < grid; ++k) {
    all += begins[k];
    if (begins[k] <= 0) continue;
    for (auto const& [length, share] : services.lengths) {
      double const at = static_cast<double>(k) + length / piece;
      // at the closing nobody begins
      if (auto const next = static_cast<std::size_t>(std::max(at + 0.5, static_cast<double>(k) + 1));
          at * piece < open && next < grid)
        begins[next] += begins[k] * share;
    }
  }
  return all * mean;
}

Offer offer_of(model::Model const& m, Index16 resource, std::vector<Index16> const& others, Month const& month,
               Services const& services) {
  auto const hours = [&m](double ticks) { return ticks / m.ticks_per_day * 24; };
  std::map<Tick, double> known;
  auto const worked_in = [&](Tick open) {
    auto const [it, fresh] = known.try_emplace(open, 0.0);
    if (fresh) it->second = worked(services, open);
    return it->second;
  };
  Offer offer;
  for (std::uint32_t d = month.first; d < month.end; ++d) {
    auto const& era = era_on(m, d);
    auto const& r = era.resources[resource];
    auto const begin = std::int64_t{d} * m.ticks_per_day;
    auto const within = [&](Span span) {
      std::vector<Span> spans{span};
      for (auto const other : others) {
        std::vector<Span> open = open_on(m, other, d, 1);
        if (span.to > begin + m.ticks_per_day && d + 1 < m.days) {
          auto const next = open_on(m, other, d + 1, 1);
          open.insert(open.end(), next.begin(), next.end());
        }
        keep_common(spans, open);
      }
      return spans;
    };
    if (r.always_open) {
      offer[r.servers] += hours(static_cast<double>(length_of(within({begin, begin + m.ticks_per_day}))));
      continue;
    }
    for (std::uint32_t i = r.openings.first; i < r.openings.first + r.openings.count; ++i) {
      auto const& o = era.openings[i];
      if (!held(m, o.days, d)) continue;
      auto const spans = within({begin + o.opens, begin + o.opens + std::max<std::int64_t>(o.length, 1)});
      if (r.kind != ResourceKind::servers) {
        if (!spans.empty()) add_opening(offer, r, o, 1);
        continue;
      }
      for (auto const& span : spans) {
        auto const open = static_cast<Tick>(span.to - span.from);
        bool const overruns = r.at_closing == model::AtClosing::finish && !services.lengths.empty();
        offer[o.amount] += hours(overruns ? worked_in(open) : open) * (1 - r.other_work);
      }
    }
  }
  return offer;
}

double units_of(Offer const& offer) {
  double units = 0;
  for (auto const& [amount, weight] : offer)
    if (weight > 0) units += amount == none32 ? HUGE_VAL : amount * weight;
  return units;
}

namespace {

/// What visits are worth in a bound, by their size.
using Worth = std::map<std::uint32_t, std::uint64_t>;

/// The most that visits which fit into an opening together are worth.
double most_in(std::uint32_t amount, Worth const& worth) {
  constexpr std::uint32_t most = 4096;
  if (amount > most) {  // next to nothing is lost
    double best = 0;
    for (auto const& [size, value] : worth) best = std::max(best, static_cast<double>(value) / size);
    return best * amount;
  }
  std::vector<std::uint64_t> best(amount + 1);
  for (std::uint32_t used = 1; used <= amount; ++used) {
    best[used] = best[used - 1];
    for (auto const& [size, value] : worth)
      if (size <= used) best[used] = std::max(best[used], best[used - size] + value);
  }
  return static_cast<double>(best[amount]);
}

double share_by(Worth const& worth, Wanted const& wanted, Offer const& offer) {
  double asked = 0, fits = 0;
  for (auto const& [size, much] : wanted) asked += much * static_cast<double>(worth.at(size));
  for (auto const& [amount, weight] : offer)
    if (weight > 0) fits += amount == none32 ? HUGE_VAL : most_in(amount, worth) * weight;
  return asked <= 0 ? 0 : fits <= 0 ? HUGE_VAL : asked / fits;
}

}  // namespace

// Any worth of visits gives a bound: what is asked for is worth so much, and no opening holds more than so much worth.
// Worth by units is the usual load. Of visits larger than a k-th of an opening fewer than k fit: those worths are the
// dual feasible functions of bin packing (Fekete and Schepers 2001, u^(k)).
double share_of(Wanted const& wanted, Offer const& offer) {
  constexpr std::uint32_t most_parts = 16;
  Worth worth;
  for (auto const& [size, much] : wanted) worth[size] = size;
  double share = share_by(worth, wanted, offer);
  if (wanted.empty() || (wanted.size() == 1 && wanted.begin()->first == 1)) return share;
  for (auto const& [alone, much] : wanted) {
    for (auto& [size, value] : worth) value = size == alone ? 1 : 0;
    share = std::max(share, share_by(worth, wanted, offer));
  }
  if (wanted.size() == 1) return share;
  for (auto const& [amount, weight] : offer)
    for (std::uint64_t k = 1; amount != none32 && amount > 1 && k <= most_parts; ++k) {
      for (auto& [size, value] : worth) {
        std::uint64_t const parts = (k + 1) * size;
        value = parts % amount == 0 ? k * size : parts / amount * amount;
      }
      share = std::max(share, share_by(worth, wanted, offer));
    }
  return share;
}

}  // namespace cwtsim::study
