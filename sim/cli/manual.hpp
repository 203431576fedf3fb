#pragma once
// What the command line understands, as plain text: the manual page and the completions are made of it.

#include <cstdint>
#include <string>
#include <vector>

namespace cwtsim::cli {

/// One option, or one argument that is known by its place.
struct UsageOption {
  std::vector<std::string> names;  ///< "-h" and "--help"; "SCENARIO" for one known by its place
  std::string value;               ///< what follows an option, "FILE"; empty where nothing does
  std::string meaning;
  std::vector<std::string> choices;  ///< all that may stand there; empty: anything
  bool by_place = false;
  bool required = false;
  bool may_repeat = false;
};

/// How the program, or one of its commands, is used.
struct Usage {
  std::string name, meaning;
  std::vector<UsageOption> options;  ///< those known by their place in the order of their places
  std::vector<Usage> commands;
};

struct ExitMeaning {
  int code = 0;
  std::string meaning;
};

enum class Shell : std::uint8_t { bash, zsh, fish };

/// The manual page, in the man macros of roff, of the program with this version.
[[nodiscard]] std::string manual_page(Usage const& program, std::vector<ExitMeaning> const& exits,
                                      std::string const& version);
/// What a shell has to read for the Tab key to complete commands, options, and the values whose kind is known: files
/// for SCENARIO and FILE, folders for DIR, and choices.
[[nodiscard]] std::string completion(Usage const& program, Shell shell);

}  // namespace cwtsim::cli
