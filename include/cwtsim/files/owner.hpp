#pragma once
// A folder that one program at a time writes to.

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "cwtsim/files/files.hpp"

namespace cwtsim::files {

/// Who says that a folder is theirs, in its file `.owner`.
struct Owner {
  std::string host;  ///< as it calls itself
  std::string boot;  ///< which of its starts; empty where that is not known
  std::int64_t process = 0;
  std::string born;         ///< when the process began, in the words of the system; empty where that is not known
  std::string started;      ///< UTC
  std::string heartbeat;    ///< UTC, and ...
  std::uint64_t beats = 0;  ///< ... how many there have been: clocks of two hosts need not agree
  friend bool operator==(Owner const&, Owner const&) = default;
};
/// "process 4711 on ward-7, since 2026-11-27T00:02:54Z"
[[nodiscard]] std::string words_of(Owner const& owner);

/// How an owner tells that it lives, and how long a silent one is waited for.
struct Pulse {
  std::chrono::milliseconds beat{5000};
  std::chrono::milliseconds patience{13'000};  ///< more than two beats
};

/// A folder that is ours until this goes away, or somebody takes it over because we seemed dead.
class OwnedFolder {
 public:
  struct State;
  explicit OwnedFolder(std::unique_ptr<State> state);
  OwnedFolder(OwnedFolder&&) noexcept;
  OwnedFolder& operator=(OwnedFolder&&) = delete;
  /// Gives it back: `.owner` goes away, and the folders that were made for it and hold nothing.
  ~OwnedFolder();
  /// Its path, as given.
  [[nodiscard]] std::string const& path() const;
  /// Who had it before and is no more.
  [[nodiscard]] std::optional<Owner> const& heir_of() const;
  /// That somebody else has it by now (EBUSY); nothing may be written to it then.
  [[nodiscard]] std::optional<FileProblem> lost() const;

 private:
  std::unique_ptr<State> state_;
};

/// Somebody lives who has the folder; nobody is named where they have not said who they are.
struct InUse {
  std::string path;
  std::optional<Owner> by;
};

/// Makes the folder and those above it and takes it, unless a living program has it. On one machine, and wherever locks
/// work, that is known at once; of an owner on another machine whose lock is not seen it takes `pulse.patience`.
[[nodiscard]] std::variant<OwnedFolder, InUse, FileProblem> own_folder(std::string const& path, Pulse pulse = {});
/// True for the name of the file by which an owner is known.
[[nodiscard]] bool is_owner_file(std::string const& name);

}  // namespace cwtsim::files
