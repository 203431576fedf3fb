#pragma once
// A tally as the bytes of a file: a part of an experiment that can be kept, moved and put together with others.

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "cwtsim/experiment/tally.hpp"

namespace cwtsim::experiment {

/// Raised with every change of how the bytes are written; what stands in them, the fields of a Tally as declared, is
/// checked beside it. A file of another one is refused, never guessed at.
inline constexpr std::uint32_t part_schema = 5;

/// Everything that the results of a replication depend on, but its number.
struct PartOwner {
  std::string version;            ///< of the program
  std::string scenario;           ///< its name, for messages
  std::uint64_t fingerprint = 0;  ///< of the scenario as composed, and of limits given beside it
  std::uint64_t seed = 0;
};

/// Replications first .. end - 1.
struct Part {
  std::uint64_t first = 0, end = 0;
  Tally tally;
};

/// Why bytes are not a part that can be used.
struct PartProblem {
  /// What is wrong with them.
  enum class Kind : std::uint8_t {
    damaged,  ///< not what was written: cut short, or a bit has changed
    other     ///< whole, but of another schema, version, scenario or seed
  };
  Kind kind = Kind::damaged;
  std::string what;  ///< for `other`: "of cwtsim 0.2.0, and this is 0.1.0"
};

/// The bytes of a part: a tally without gaps between its replications. The same tally gives the same bytes on any
/// machine, however it came about.
[[nodiscard]] std::string part_bytes(PartOwner const& owner, Tally const& tally);
/// The part, if it is whole and belongs to the owner.
[[nodiscard]] std::variant<Part, PartProblem> read_part(std::string_view bytes, PartOwner const& owner,
                                                        Layout const& layout);

}  // namespace cwtsim::experiment
