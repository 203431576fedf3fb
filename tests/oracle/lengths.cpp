// How long things last, and what is left of them where some of it was before the start.

#include <cmath>

#include "second_engine.hpp"

namespace cwtsim::oracle {

/// The table of a length of time, and the factor on what is drawn from it.
std::pair<QuantileTable const&, double> SecondEngine::table_of(scenario::DistributionTable const& table,
                                                               Person const& p, scenario::Factors const& times) {
  Facts const of = facts(p);
  Distribution const& d = value_of(table, of);
  for (auto const& by : table.by) use("length of time by " + (by == "provider" || by == "stream" ? by : "attribute"));
  auto const [known, fresh] = tables_.try_emplace(&d);
  if (fresh) known->second = QuantileTable(d, seconds_);
  double const factor = product_of(times, of);
  if (factor != 1) use("factor of a length of time");
  return {known->second, factor};
}

namespace {

__extension__ using Wide = unsigned __int128;

std::int64_t length_of(QuantileTable const& table, double factor, std::uint64_t word) {
  return static_cast<std::int64_t>(std::floor(static_cast<double>(table.sample(word)) * factor + 0.5));
}
}  // namespace

std::int64_t SecondEngine::length(scenario::DistributionTable const& table, Person const& p, Draw const& where,
                                  scenario::Factors const& times) {
  if (!table.given()) return 0;
  auto const [values, factor] = table_of(table, p, times);
  return length_of(values, factor, where.words().first);
}

/// What is left of a length of time that began when the patient joined, before the start perhaps: then it is one of
/// those that are longer than what has passed. The words that give a shorter one are the lowest; the others share the
/// draw.
std::int64_t SecondEngine::rest(scenario::DistributionTable const& table, Person const& p, Draw const& where,
                                scenario::Factors const& times) {
  std::int64_t const passed = now_ - p.joined;
  if (passed == 0) return length(table, p, where, times);
  auto const [values, factor] = table_of(table, p, times);
  std::uint64_t const word = where.words().first;
  use("patience used up before the start");
  if (length_of(values, factor, 0) > passed) return length_of(values, factor, word) - passed;
  std::uint64_t shorter = 0;  // the highest word that gives none, found bit by bit
  for (int bit = 63; bit >= 0; --bit)
    if (length_of(values, factor, shorter | 1ULL << bit) <= passed) shorter |= 1ULL << bit;
  if (shorter == ~0ULL) {
    use("patience gone before the start");
    return 0;
  }
  std::uint64_t const others = ~shorter;  // that many words
  return length_of(values, factor, shorter + 1 + static_cast<std::uint64_t>(Wide{word} * others >> 64)) - passed;
}

}  // namespace cwtsim::oracle
