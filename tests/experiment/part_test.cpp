#include "cwtsim/experiment/part.hpp"

#include <algorithm>

#include "catch_compat.hpp"
#include "cwtsim/core/checksum.hpp"
#include "varied.hpp"

using namespace cwtsim;
using namespace cwtsim::experiment;

namespace {

PartOwner const owner{"0.1.0", "Two trusts", 0x1234'5678'9ABC'DEF0, 42};

/// The bytes of two replications with zeros in all but the first places of their lists.
std::string few_bytes(Layout const& layout) {
  Tally tally;
  for (std::uint64_t number : {10U, 11U}) {
    auto r = varied(number);
    for_each_field<engine::ReplicationResult>(
        [](auto, auto& member) {
          if constexpr (requires { member.resize(0); }) {
            auto const size = member.size();
            member.resize(std::min<std::size_t>(size, 9));
            member.resize(size);
          }
        },
        r);
    tally.add(layout, r);
  }
  return part_bytes(owner, tally);
}

/// Bytes with another one somewhere, and their checksum right.
std::string with_byte(std::string bytes, std::size_t at, char byte) {
  bytes[at] = byte;
  auto const sum = checksum(std::string_view(bytes).substr(0, bytes.size() - 8));
  for (std::size_t i = 0; i < 8; ++i) bytes[bytes.size() - 8 + i] = static_cast<char>(sum >> (8 * i));
  return bytes;
}

PartProblem problem_of(std::string_view bytes, PartOwner const& who, Layout const& layout) {
  auto const read = read_part(bytes, who, layout);
  REQUIRE(std::holds_alternative<PartProblem>(read));
  return std::get<PartProblem>(read);
}

}  // namespace

TEST_CASE("a part is read as it was written") {
  Layout const layout(counting_everything(), {});
  for (auto const& tally : {tally_of(layout, 10, 15), tally_of(layout, 0, 150), tally_of(layout, 3, 4)}) {
    auto const read = read_part(part_bytes(owner, tally), owner, layout);
    REQUIRE(std::holds_alternative<Part>(read));
    CHECK(std::get<Part>(read).tally == tally);
    CHECK(std::get<Part>(read).first == tally.first());
    CHECK(std::get<Part>(read).end == tally.end());
  }
}

TEST_CASE("every flipped bit, and every length cut short, is found") {
  Layout const layout(counting_everything(), {});
  auto const bytes = few_bytes(layout);
  CHECK(bytes.size() > 500);
  std::size_t taken = 0;
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    auto flipped = bytes;
    flipped[bit / 8] = static_cast<char>(static_cast<unsigned char>(flipped[bit / 8]) ^ (1U << (bit % 8)));
    auto const read = read_part(flipped, owner, layout);
    bool const damaged =
        std::holds_alternative<PartProblem>(read) && std::get<PartProblem>(read).kind == PartProblem::Kind::damaged;
    taken += damaged ? 0 : 1;
  }
  for (std::size_t size = 0; size < bytes.size(); ++size)
    taken += std::holds_alternative<Part>(read_part(bytes.substr(0, size), owner, layout)) ? 1 : 0;
  taken += std::holds_alternative<Part>(read_part(bytes + '\0', owner, layout)) ? 1 : 0;
  CHECK(taken == 0);
}

TEST_CASE("bytes that pass the checksum and make no sense are damage, not a crash") {
  Layout const layout(counting_everything(), {});
  auto const bytes = few_bytes(layout);
  std::size_t read_all_the_same = 0;
  for (std::size_t at = 16; at + 8 < bytes.size(); ++at)
    for (char const value : {'\0', '\x7F', '\xFF'}) {
      if (bytes[at] == value) continue;
      if (std::holds_alternative<Part>(read_part(with_byte(bytes, at, value), owner, layout))) ++read_all_the_same;
    }
  // Other counts cannot be told from right ones; other names, sizes and orders can, and nothing may crash.
  CHECK(read_all_the_same < bytes.size() * 2);
}

TEST_CASE("parts of another schema, version, scenario or seed are refused by name") {
  Layout const layout(counting_everything(), {});
  auto const bytes = part_bytes(owner, tally_of(layout, 0, 5));
  for (char const schema : {'\0', '\2', 'M'}) {
    auto const problem = problem_of(with_byte(bytes, 12, schema), owner, layout);
    CHECK(problem.kind == PartProblem::Kind::other);
    CHECK(problem.what == "in the format " + std::to_string(int{schema}) + " of parts, and this program knows " +
                              std::to_string(part_schema));
  }
  auto other = owner;
  other.version = "0.2.0";
  CHECK(problem_of(bytes, other, layout).what == "of cwtsim 0.1.0, and this is 0.2.0");
  other = owner;
  other.seed = 43;
  CHECK(problem_of(bytes, other, layout).what == "of seed 42, and this is 43");
  other = owner;
  other.fingerprint = 1;
  CHECK(problem_of(bytes, other, layout).what ==
        "of another state of the scenario \"Two trusts\" (or other levers or limits)");
  other.scenario = "One trust";
  CHECK(problem_of(bytes, other, layout).what == "of the scenario \"Two trusts\", and this is \"One trust\"");
}

TEST_CASE("a part of a program that counts other things is refused") {
  Layout const layout(counting_everything(), {});
  auto const bytes = part_bytes(owner, tally_of(layout, 0, 5));
  std::string declared;  // seven bits a byte, the lowest first
  for (auto sum = checksum(declaration_of<Tally>()); sum > 0; sum >>= 7)
    declared += static_cast<char>(sum < 0x80 ? sum : sum | 0x80);
  auto const at = bytes.find(declared);
  REQUIRE(at != std::string::npos);
  auto const problem = problem_of(with_byte(bytes, at, static_cast<char>(declared[0] ^ 1)), owner, layout);
  CHECK(problem.kind == PartProblem::Kind::other);
  CHECK(problem.what == "of a program that counts other things");
}

TEST_CASE("a spread keeps up to a hundred one by one, and more to a fortieth of a point") {
  Spread spread;
  for (std::uint64_t k = 0; k < 100; ++k) spread.add(600 + k, 1000);
  CHECK(spread.exact());
  std::vector<Counted> shares;
  spread.append_to(shares);
  CHECK(shares.size() == 100);
  CHECK(shares[7].value == Approx(0.607).epsilon(1e-9));
  spread.add(71'234, 100'000);
  CHECK_FALSE(spread.exact());
  shares.clear();
  spread.append_to(shares);
  CHECK(shares.back().value == Approx(0.71225));
  for (auto const& share : shares) CHECK(share.times == 1);
  for (std::uint64_t k = 0; k < 100'000; ++k) spread.add(700'000 + k % 10'000, 1'000'000);
  CHECK(spread.values().size() < 150);  // does not grow
}

TEST_CASE("the checksum is that of the .xz format") {
  CHECK(checksum("123456789") == 0x995DC9BBDF1939FA);
  CHECK(checksum("") == 0);
}

TEST_CASE("blocks end where a fixed rule says, and each lies in one") {
  std::uint64_t blocks = 0;
  for (std::uint64_t r = 0; r < 1'000'000; r = block_end(r), ++blocks) {
    auto const end = block_end(r);
    CHECK(end > r);
    CHECK(block_end((r + end) / 2) == end);
  }
  CHECK(blocks == 570);
}
