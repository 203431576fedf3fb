#pragma once
// The file by which an owner is known: a line a word, so that a person can read it.

#include <cstdint>
#include <optional>
#include <string>

#include "cwtsim/files/owner.hpp"

namespace cwtsim::files {

/// What this program says of itself before its first beat.
[[nodiscard]] Owner this_process();
/// When a process of this machine began, in ticks since the machine was started; "" where that cannot be had.
[[nodiscard]] std::string birth_of(std::int64_t process);
/// What the file says, if it is one that was written whole.
[[nodiscard]] std::optional<Owner> read_owner(std::string const& path);
/// Writes over what the file says; false if that failed.
[[nodiscard]] bool write_owner(int handle, Owner const& owner);
/// The same process, whatever its beats.
[[nodiscard]] bool is_same(Owner const& a, Owner const& b);

}  // namespace cwtsim::files
