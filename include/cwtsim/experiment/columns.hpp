#pragma once
// How the rows of estimates declare their columns: what stands in each, and of which total it is told.

#include <cstdint>

#include "cwtsim/core/fields.hpp"

namespace cwtsim::experiment {

/// What a total is divided by, beside the replications.
enum class Per : std::uint8_t {
  replication,    ///< nothing more
  week,           ///< of the measured time
  measured_time,  ///< its ticks
  day             ///< the days that began, and the millionths in which people are counted
};

/// A column that tells of one total; one that is an Estimate, of a total with all that an interval needs, with it.
template <class T>
struct Told {
  std::uint64_t T::*total = nullptr;
  Per per = Per::replication;
};
template <class T>
Told(std::uint64_t T::*, Per) -> Told<T>;
/// One that is worked out otherwise.
struct Otherwise {};
inline constexpr Otherwise otherwise;

/// A member of a row of estimates and the column of a table that shows it; without a name, none does. Where its
/// interval is shown too, the names of those columns are `interval` with "_low" and "_high".
template <class T, class M, class How>
struct Column {
  M T::*member = nullptr;
  char const* name = "";
  char const* unit = "";
  char const* meaning = "";
  How how = {};
  char const* interval = nullptr;
};
template <class T, class M>
Column(M T::*, char const*, char const*, char const*) -> Column<T, M, Otherwise>;
template <class T, class M, class How>
Column(M T::*, char const*, char const*, char const*, How, char const* = nullptr) -> Column<T, M, How>;

/// A member that no column shows as it is.
template <class T, class M>
constexpr auto hidden(M T::*member, char const* meaning) {
  return Column{member, "", "", meaning};
}

}  // namespace cwtsim::experiment
