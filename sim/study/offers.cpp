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

/// What is left of so many slots when each is taken by other work with a probability.
void add_left(Offer& offer, std::uint32_t slots, double other_work, double weight) {
  constexpr std::uint32_t most = 512;
  if (other_work <= 0 || slots == 0) {
    offer[slots] += weight;
  } else if (other_work >= 1) {
    offer[0] += weight;
  } else if (slots > most) {
    double const left = slots * (1 - other_work), whole = std::floor(left);
    offer[static_cast<std::uint32_t>(whole)] += weight * (1 - (left - whole));
    offer[static_cast<std::uint32_t>(whole) + 1] += weight * (left - whole);
  } else {
    auto const log_factorial = [](std::uint32_t n) { return std::lgamma(n + 1.0); };
    for (std::uint32_t left = 0; left <= slots; ++left) {
      double const share = std::exp(log_factorial(slots) - log_factorial(left) - log_factorial(slots - left) +
                                    left * std::log(1 - other_work) + (slots - left) * std::log(other_work));
      if (share > 1e-12) offer[left] += weight * share;
    }
  }
}

/// Slots of openings, in parts of 2^-32: they are one where slots of several are there at one time.
struct Bin {
  Span span{};
  std::uint64_t parts = 0;
  bool all_who_come = false;
};

/// What is held on a day, in bins.
std::vector<Bin> bins_on(model::Model const& m, model::Era const& era, model::Resource const& r, std::uint32_t day) {
  std::vector<Bin> held_then, bins;
  for (std::uint32_t i = r.openings.first; i < r.openings.first + r.openings.count; ++i) {
    auto const& o = era.openings[i];
    if (!held(m, o.days, day)) continue;
    auto const from = std::int64_t{day} * m.ticks_per_day + o.opens;
    bool const all = o.amount == none32;
    held_then.push_back({{from, from + std::max<std::int64_t>(o.length, 1)},
                         all                  ? 0
                         : o.exact_slots != 0 ? o.exact_slots
                                              : std::uint64_t{o.amount} << 32,
                         all});
  }
  std::ranges::sort(held_then, {}, [](Bin const& bin) { return bin.span.from; });
  for (auto const& bin : held_then)
    if (!bins.empty() && bin.span.from < bins.back().span.to) {
      bins.back().span.to = std::max(bins.back().span.to, bin.span.to);
      bins.back().parts += bin.parts;
      bins.back().all_who_come = bins.back().all_who_come || bin.all_who_come;
    } else {
      bins.push_back(bin);
    }
  return bins;
}

// A fraction of a slot is carried to later sessions.
void add_bin(Offer& offer, Bin const& bin, double other_work) {
  if (bin.all_who_come) {
    offer[none32] += 1;
    return;
  }
  auto const whole = static_cast<std::uint32_t>(bin.parts >> 32);
  double const rest = static_cast<double>(bin.parts & 0xFFFFFFFFULL) * 0x1.0p-32;
  add_left(offer, whole, other_work, 1 - rest);
  if (rest > 0) add_left(offer, whole + 1, other_work, rest);
}

/// The most there ever is of it at an opening; fractions of a slot are carried over.
std::uint32_t most_at(model::Opening const& o) {
  return o.exact_slots == 0 ? o.amount : static_cast<std::uint32_t>((o.exact_slots + (1ULL << 32) - 1) >> 32);
}

/// So much more of it, or less, from a moment on.
struct Turn {
  std::int64_t at, more;
};

/// When there is at least so much.
std::vector<Span> enough(std::vector<Turn> turns, std::int64_t least) {
  // what ends comes before what begins: slots of two sessions that only touch are not there at one time
  std::ranges::sort(turns, {}, [](Turn const& turn) { return std::pair(turn.at, turn.more); });
  std::vector<Span> spans;
  std::int64_t amount = 0;
  for (auto const& turn : turns) {
    bool const before = amount >= least;
    amount += turn.more;
    if (!before && amount >= least) {
      if (!spans.empty() && spans.back().to == turn.at)
        spans.back().to = INT64_MAX;  // it goes on
      else
        spans.push_back({turn.at, INT64_MAX});
    }
    if (before && amount < least) spans.back().to = turn.at;
  }
  return spans;
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
  auto const ticks = std::int64_t{m.ticks_per_day}, begin = day * ticks;
  auto const& today = era_on(m, day);
  if (auto const& r = today.resources[resource]; r.always_open)
    return r.servers >= least ? std::vector<Span>{{begin, begin + ticks}} : std::vector<Span>{};
  std::vector<Turn> turns;
  auto const add = [&](model::Era const& era, std::int64_t midnight, auto const& is_held) {
    auto const& openings = era.resources[resource].openings;
    for (std::uint32_t i = openings.first; i < openings.first + openings.count; ++i) {
      auto const& o = era.openings[i];
      auto const from = midnight + o.opens, to = from + std::max<std::int64_t>(o.length, 1);
      if (to <= begin || !is_held(o.days)) continue;
      turns.push_back({from, most_at(o)});
      turns.push_back({to, -std::int64_t{most_at(o)}});
    }
  };
  add(day == 0 ? today : era_on(m, day - 1), begin - ticks,
      [&](model::Days const& days) { return held_before(m, days, day); });
  add(today, begin, [&](model::Days const& days) { return held(m, days, day); });
  return enough(std::move(turns), std::max<std::uint32_t>(least, 1));
}

std::vector<Month> months_of(model::Model const& m) {
  std::vector<Month> months;
  for (std::uint32_t d = m.start / m.ticks_per_day; d < m.days; ++d) {
    auto name = format_month(m.first_day + static_cast<std::int32_t>(d));
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
        auto const midnight = begin + m.ticks_per_day;
        if (span.to > midnight && d + 1 < m.days) {
          for (auto const& next : open_on(m, other, d + 1, 1)) {
            bool const goes_on = !open.empty() && next.from < open.back().to;  // the same night, at least
            if (goes_on)
              open.back().to = std::max(open.back().to, next.to);
            else
              open.push_back(next);
          }
        } else if (span.to > midnight && !open.empty() && open.back().to >= midnight) {
          open.back().to = span.to;  // the last night is told whole, of each
        }
        keep_common(spans, open);
      }
      return spans;
    };
    if (r.always_open) {
      offer[r.servers] += hours(static_cast<double>(length_of(within({begin, begin + m.ticks_per_day}))));
      continue;
    }
    if (r.kind != ResourceKind::servers) {
      for (auto const& bin : bins_on(m, era, r, d))
        if (!within(bin.span).empty()) add_bin(offer, bin, r.other_work);
      continue;
    }
    for (std::uint32_t i = r.openings.first; i < r.openings.first + r.openings.count; ++i) {
      auto const& o = era.openings[i];
      if (!held(m, o.days, d)) continue;
      for (auto const& span : within({begin + o.opens, begin + o.opens + o.length})) {
        auto const open = static_cast<Tick>(span.to - span.from);
        bool const overruns = r.at_closing == model::AtClosing::finish && !services.lengths.empty();
        offer[o.amount] += hours(overruns ? worked_in(open) : open);
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
