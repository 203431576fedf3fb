#include "cwtsim/experiment/part.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <type_traits>

#include "cwtsim/core/checksum.hpp"
#include "part_bytes.hpp"

namespace cwtsim::experiment {
namespace {

// The first bytes and the last eight are the same in every schema, so that damage is told from age.
constexpr std::string_view signature = "cwtsim part\n";
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

/// One walk over a tally serves both ways.
struct Out {
  ByteWriter& to;
  template <class Number>
  requires std::is_integral_v<Number> || std::is_enum_v<Number>
  void operator()(Number const& value) { to.put(static_cast<std::uint64_t>(value)); }
  void operator()(Wide const& value) {
    to.put(static_cast<std::uint64_t>(value));
    to.put(static_cast<std::uint64_t>(value >> 64));
  }
  void operator()(Packed const& packed) {
    to.put(packed.size());
    for (auto const number : packed.numbers()) to.put(number);
  }
  void operator()(Spread const& spread) {
    to.put(spread.exact() ? 0 : 1);
    to.put(spread.values().size());
    std::uint32_t before = 0;
    for (auto const& [value, times] : spread.values()) {
      to.put(value - before);
      to.put(times);
      before = value;
    }
  }
};
struct In {
  ByteReader& from;
  void operator()(std::uint64_t& value) { value = from.get(); }
  void operator()(std::uint32_t& value) { value = static_cast<std::uint32_t>(from.get_up_to(most32)); }
  void operator()(std::int64_t& value) { value = static_cast<std::int64_t>(from.get()); }
  void operator()(Wide& value) {
    auto const low = from.get();
    value = low | Wide{from.get()} << 64;
  }
  void operator()(engine::Outcome& value) {
    value = static_cast<engine::Outcome>(from.get_up_to(static_cast<std::uint64_t>(engine::Outcome::deadlocked)));
  }
  void operator()(Packed& packed) {
    std::vector<std::uint64_t> numbers(from.get_up_to(from.left()));  // each takes a byte
    for (auto& number : numbers) number = from.get();
    packed = Packed(numbers);
  }
  void operator()(Spread& spread) {
    bool const exact = from.get_up_to(1) == 0;
    std::vector<Spread::Value> values(from.get_up_to(Spread::steps_of_one + 1));
    std::uint64_t value = 0;
    for (auto& v : values) {
      value += from.get_up_to(most32);
      if (value > most32) from.fail();
      v = {static_cast<std::uint32_t>(value), static_cast<std::uint32_t>(from.get_up_to(most32))};
    }
    auto read = Spread::from_file(exact, std::move(values));
    if (!read) return from.fail();
    spread = std::move(*read);
  }
};

constexpr auto itself = [](auto& item) -> auto& {
  return item;
};

/// Field by field through the whole list, so that like stands beside like.
template <class Way, class List, class Of>
void walk(Way way, List& list, Of of) {
  using Item = std::remove_cvref_t<decltype(of(list.front()))>;
  if constexpr (Declared<Item>) {
    for_each_field<Item>([&](auto field) {
      walk(
          way, list, [&](auto& item) -> auto& { return of(item).*field().member; });
    });
  } else if constexpr (is_array<Item>) {
    for (std::size_t i = 0; i < std::tuple_size_v<Item>; ++i)
      walk(
          way, list, [&](auto& item) -> auto& { return of(item)[i]; });
  } else if constexpr (requires(Item item) { item.resize(0); }) {
    for (auto& item : list)
      for (auto& value : of(item)) way(value);
  } else {
    for (auto& item : list) way(of(item));
  }
}

/// All but the rows, which come first.
template <class Way, class AnyTally>
void walk_sums(Way way, AnyTally& tally) {
  for_each_field<Tally>(
      [&](auto, auto& member) {
        using Member = std::remove_cvref_t<decltype(member)>;
        if constexpr (std::is_integral_v<Member>)
          way(member);
        else if constexpr (!std::is_same_v<Member, std::vector<Replication>>)
          walk(way, member, itself);
      },
      tally);
}

// Numbers of replications are those within the part.
void put_rows(ByteWriter& to, std::vector<Replication> rows, std::uint64_t first) {
  to.put(rows.size());
  for (auto& row : rows) row.replication -= first;
  walk(Out{to}, rows, itself);
}

/// Rows in their order; of completed ones each with its counts.
std::vector<Replication> get_rows(ByteReader& from, Part const& part, Layout const& layout, bool completed) {
  // each but the first has a number of its own, which takes a byte
  std::vector<Replication> rows(from.get_up_to(std::min<std::uint64_t>(part.end - part.first, from.left() + 1)));
  for (auto& row : rows)
    completed ? row.precise.resize(layout.precise.size() * 2) : row.frozen.resize(layout.resources);
  walk(In{from}, rows, itself);
  std::size_t const periods = completed ? layout.periods.size() : 0;
  for (auto& row : rows) {
    if (row.counts.size() != layout.strata * periods * 2 ||
        row.recorded.size() != layout.measured.size() * periods * 2 ||
        row.pence.size() != layout.wholes.size() * periods)
      from.fail();
    row.replication += part.first;
    bool const ascends = &row == &rows.front() || (&row - 1)->replication < row.replication;
    bool const within = part.first <= row.replication && row.replication < part.end;
    if (!ascends || !within || completed != (row.outcome == engine::Outcome::completed)) from.fail();
  }
  return rows;
}

std::uint64_t checksum_of_declaration() {
  static auto const sum = checksum(declaration_of<Tally>());
  return sum;
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
  ByteWriter to;
  to.put(owner.version);
  to.put(owner.scenario);
  for (auto const value : {owner.fingerprint, owner.seed, checksum_of_declaration(), first, tally.end()}) to.put(value);
  put_rows(to, tally.completed, first);
  put_rows(to, tally.limited, first);
  walk_sums(Out{to}, tally);
  std::string bytes(signature);
  append_little_endian(bytes, part_schema, number_size);
  bytes += to.take();
  append_little_endian(bytes, checksum(bytes), checksum_size);
  return bytes;
}

std::variant<Part, PartProblem> read_part(std::string_view bytes, PartOwner const& owner, Layout const& layout) {
  constexpr std::size_t head = signature.size() + number_size;
  if (bytes.size() < head + checksum_size || bytes.substr(0, signature.size()) != signature) return damaged();
  auto const covered = bytes.substr(0, bytes.size() - checksum_size);
  if (checksum(covered) != little_endian(bytes.substr(covered.size()))) return damaged();
  if (auto const schema = little_endian(bytes.substr(signature.size(), number_size)); schema != part_schema)
    return other(fmt::format("in the format {} of parts, and this program knows {}", schema, part_schema));
  constexpr std::size_t longest = 10'000;
  ByteReader from(covered.substr(head));
  PartOwner found;
  found.version = from.text(longest);
  found.scenario = from.text(longest);
  found.fingerprint = from.get();
  found.seed = from.get();
  auto const declaration = from.get();
  Part part;
  part.first = from.get();
  part.end = from.get();
  if (from.failed() || part.end <= part.first) return damaged();
  if (found.version != owner.version)
    return other(fmt::format("of cwtsim {}, and this is {}", found.version, owner.version));
  if (declaration != checksum_of_declaration()) return other("of a program that counts other things");
  if (found.fingerprint != owner.fingerprint)
    return found.scenario == owner.scenario
               ? other(
                     fmt::format("of another state of the scenario \"{}\" (or other levers or limits)", found.scenario))
               : other(fmt::format("of the scenario \"{}\", and this is \"{}\"", found.scenario, owner.scenario));
  if (found.seed != owner.seed) return other(fmt::format("of seed {}, and this is {}", found.seed, owner.seed));

  auto& tally = part.tally;
  tally.completed = get_rows(from, part, layout, true);
  tally.limited = get_rows(from, part, layout, false);
  if (from.failed() || tally.replications() != part.end - part.first) return damaged();
  if (!tally.completed.empty()) tally.size_by(layout);
  walk_sums(In{from}, tally);
  if (!from.at_end()) return damaged();
  return part;
}

}  // namespace cwtsim::experiment
