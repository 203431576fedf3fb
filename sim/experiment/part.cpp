#include "cwtsim/experiment/part.hpp"

#include <fmt/format.h>

#include <limits>

#include "cwtsim/core/checksum.hpp"
#include "part_bytes.hpp"

namespace cwtsim::experiment {
namespace {

// The first bytes and the last eight are the same in every schema, so that damage is told from age.
constexpr std::string_view mark = "cwtsim part\n";
constexpr std::size_t number_size = 4, checksum_size = 8;
constexpr std::uint64_t most32 = std::numeric_limits<std::uint32_t>::max();

void append_little_endian(std::string& bytes, std::uint64_t value, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) bytes += static_cast<char>(value >> (8 * i));
}
std::uint64_t little_endian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i)
    value |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
  return value;
}

/// One walk over a tally serves both ways. Field by field through each list, so that like stands beside like.
struct Out {
  Writer& to;
  void operator()(std::uint64_t const& value) { to.put(value); }
  void operator()(std::uint32_t const& value) { to.put(value); }
  void operator()(std::int64_t const& value) { to.put(static_cast<std::uint64_t>(value)); }
  void operator()(Wide const& value) {
    to.put(static_cast<std::uint64_t>(value));
    to.put(static_cast<std::uint64_t>(value >> 64));
  }
};
struct In {
  Reader& from;
  void operator()(std::uint64_t& value) { value = from.get(); }
  void operator()(std::uint32_t& value) { value = static_cast<std::uint32_t>(from.get_up_to(most32)); }
  void operator()(std::int64_t& value) { value = static_cast<std::int64_t>(from.get()); }
  void operator()(Wide& value) {
    auto const low = from.get();
    value = low | Wide{from.get()} << 64;
  }
};

template <class Way, class List, class... Fields>
void each(Way way, List& list, Fields... fields) {
  auto const column = [&](auto field) {
    for (auto& item : list) way(item.*field);
  };
  (column(fields), ...);
}

template <class Way, class Sums>
void walk_ratio(Way way, std::vector<Sums*> const& list) {
  auto const column = [&](auto field) {
    for (auto* item : list) way(item->*field);
  };
  column(&RatioSums::met);
  column(&RatioSums::counted);
  column(&RatioSums::met_met);
  column(&RatioSums::met_counted);
  column(&RatioSums::counted_counted);
}

template <class Way, class Resources>
void walk_resources(Way way, Resources& resources) {
  using Totals = engine::ResourceTotals;
  auto const column = [&](auto field) {
    for (auto& r : resources) way(r.total.*field);
  };
  for (auto field : {&Totals::sessions, &Totals::cancelled, &Totals::offered, &Totals::other_work, &Totals::used,
                     &Totals::did_not_attend, &Totals::turned_away, &Totals::busy_ticks, &Totals::open_ticks,
                     &Totals::wait_ticks, &Totals::starts, &Totals::waiting_at_end, &Totals::longest_list})
    column(field);
  std::vector<decltype(&resources.front().use)> uses, waits;
  for (auto& r : resources) {
    uses.push_back(&r.use);
    waits.push_back(&r.waits);
  }
  walk_ratio(way, uses);
  walk_ratio(way, waits);
  each(way, resources, &ResourceSums::waiting_squares);
}

template <class Way, class Staff>
void walk_staff(Way way, Staff& staff) {
  using Totals = engine::StaffTotals;
  for (auto field : {&Totals::days, &Totals::posts, &Totals::in_post, &Totals::in_training, &Totals::wanted,
                     &Totals::manned, &Totals::stood_in, &Totals::lacking, &Totals::lent})
    for (auto& s : staff) way(s.total.*field);
  each(way, staff, &StaffSums::in_post_squares, &StaffSums::lacking_squares);
}

template <class Way, class Rules>
void walk_rules(Way way, Rules& rules) {
  using Totals = engine::RuleTotals;
  for (auto field : {&Totals::looked, &Totals::begun, &Totals::in_force, &Totals::sessions, &Totals::slots,
                     &Totals::moved_from, &Totals::moved_to})
    for (auto& r : rules) way(r.total.*field);
  each(way, rules, &RuleSums::moved_squares, &RuleSums::in_force_squares);
}

/// All but the rows and the years, whose sizes vary.
template <class Way, class AnyTally>
void walk_sums(Way way, AnyTally& tally) {
  std::vector<decltype(&tally.attained.front().sums)> sums;
  for (auto& a : tally.attained) sums.push_back(&a.sums);
  walk_ratio(way, sums);
  each(way, tally.attained, &Attained::counting, &Attained::meeting);
  sums.clear();
  for (auto& a : tally.measured) sums.push_back(&a.sums);
  walk_ratio(way, sums);
  each(way, tally.measured, &Attained::counting, &Attained::meeting);
  each(way, tally.gaps, &GapSums::sum, &GapSums::squares, &GapSums::times);
  each(way, tally.pence, &Pence::sum, &Pence::squares);
  for (auto& n : tally.days) way(n);
  each(way, tally.open, &Moments::sum, &Moments::squares);
  each(way, tally.open_long, &Moments::sum, &Moments::squares);
  using Step = engine::StepTotals;
  each(way, tally.steps, &Step::starts, &Step::wait_ticks, &Step::service_ticks, &Step::gave_up);
  walk_resources(way, tally.resources);
  walk_staff(way, tally.staff);
  walk_rules(way, tally.rules);
}

void put_rows(Writer& to, std::vector<Replication> const& rows, std::uint64_t first) {
  to.put(rows.size());
  for (auto const& r : rows) {
    for (std::uint64_t const value :
         {r.replication - first, std::uint64_t{static_cast<std::uint8_t>(r.outcome)}, std::uint64_t{r.stopped_at},
          r.events, r.referred, r.finished, r.still_in, r.measured_referrals})
      to.put(value);
    for (auto const count : r.precise) to.put(count);
  }
}

/// Rows in their order, each completed one with its counts.
std::vector<Replication> get_rows(Reader& from, Part const& part, std::size_t counts, bool completed) {
  auto const last_outcome = static_cast<std::uint64_t>(engine::Outcome::too_much_memory);
  std::vector<Replication> rows;
  auto const n = from.get_up_to(part.end - part.first);
  for (std::uint64_t i = 0; i < n && !from.failed(); ++i) {
    Replication r;
    r.replication = part.first + from.get_up_to(part.end - part.first - 1);
    r.outcome = static_cast<engine::Outcome>(from.get_up_to(last_outcome));
    r.stopped_at = static_cast<Tick>(from.get_up_to(most32));
    for (auto* field : {&r.events, &r.referred, &r.finished, &r.still_in, &r.measured_referrals}) *field = from.get();
    bool const ascends = rows.empty() || rows.back().replication < r.replication;
    if (!ascends || completed != (r.outcome == engine::Outcome::completed)) return {};
    for (std::size_t k = 0; k < counts; ++k) r.precise.push_back(from.get());
    rows.push_back(std::move(r));
  }
  return rows;
}

void put_years(Writer& to, std::vector<Spread> const& years) {
  for (auto const& spread : years) {
    to.put(spread.exact() ? 0 : 1);
    to.put(spread.values().size());
    std::uint32_t before = 0;
    for (auto const& [value, times] : spread.values()) {
      to.put(value - before);
      to.put(times);
      before = value;
    }
  }
}

bool get_years(Reader& from, std::vector<Spread>& years) {
  for (auto& spread : years) {
    bool const exact = from.get_up_to(1) == 0;
    std::vector<Spread::Value> values(from.get_up_to(Spread::steps_of_one + 1));
    std::uint64_t value = 0;
    for (auto& v : values) {
      value += from.get_up_to(most32);
      if (value > most32 || from.failed()) return false;
      v = {static_cast<std::uint32_t>(value), static_cast<std::uint32_t>(from.get_up_to(most32))};
    }
    auto read = Spread::from_file(exact, std::move(values));
    if (!read) return false;
    spread = std::move(*read);
  }
  return true;
}

PartProblem damaged() {
  return {PartProblem::Kind::damaged, "it is not as it was written"};
}
PartProblem other(std::string what) {
  return {PartProblem::Kind::other, std::move(what)};
}

}  // namespace

std::string part_bytes(PartOwner const& owner, Tally const& tally) {
  auto const first = tally.first();
  Writer to;
  to.put(owner.version);
  to.put(owner.scenario);
  for (auto const value : {owner.fingerprint, owner.seed, first, tally.end()}) to.put(value);
  put_rows(to, tally.completed, first);
  put_rows(to, tally.limited, first);
  if (!tally.completed.empty()) {
    walk_sums(Out{to}, tally);
    put_years(to, tally.years);
  }
  std::string bytes(mark);
  append_little_endian(bytes, part_schema, number_size);
  bytes += to.take();
  append_little_endian(bytes, checksum(bytes), checksum_size);
  return bytes;
}

std::variant<Part, PartProblem> read_part(std::string_view bytes, PartOwner const& owner, Layout const& layout) {
  constexpr std::size_t head = mark.size() + number_size;
  if (bytes.size() < head + checksum_size || bytes.substr(0, mark.size()) != mark) return damaged();
  auto const covered = bytes.substr(0, bytes.size() - checksum_size);
  if (checksum(covered) != little_endian(bytes.substr(covered.size()))) return damaged();
  if (auto const schema = little_endian(bytes.substr(mark.size(), number_size)); schema != part_schema)
    return other(fmt::format("in the format {} of parts, and this program knows {}", schema, part_schema));
  constexpr std::size_t longest = 10'000;
  Reader from(covered.substr(head));
  PartOwner found;
  found.version = from.text(longest);
  found.scenario = from.text(longest);
  found.fingerprint = from.get();
  found.seed = from.get();
  Part part;
  part.first = from.get();
  part.end = from.get();
  if (from.failed() || part.end <= part.first) return damaged();
  if (found.version != owner.version)
    return other(fmt::format("of cwtsim {}, and this is {}", found.version, owner.version));
  if (found.fingerprint != owner.fingerprint)
    return found.scenario == owner.scenario
               ? other(
                     fmt::format("of another state of the scenario \"{}\" (or other levers or limits)", found.scenario))
               : other(fmt::format("of the scenario \"{}\", and this is \"{}\"", found.scenario, owner.scenario));
  if (found.seed != owner.seed) return other(fmt::format("of seed {}, and this is {}", found.seed, owner.seed));

  auto& tally = part.tally;
  tally.completed = get_rows(from, part, layout.precise.size() * 2, true);
  tally.limited = get_rows(from, part, 0, false);
  if (from.failed() || tally.replications() != part.end - part.first) return damaged();
  if (!tally.completed.empty()) {
    tally.size_by(layout);
    walk_sums(In{from}, tally);
    if (from.failed() || !get_years(from, tally.years)) return damaged();
  }
  if (!from.at_end()) return damaged();
  for (auto const* rows : {&tally.completed, &tally.limited})
    for (auto const& row : *rows) tally.events += row.events;
  return part;
}

}  // namespace cwtsim::experiment
