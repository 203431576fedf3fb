#pragma once
// Runs that are cut short, and whether they end as the unbroken one.

#include <algorithm>
#include <map>

#include "catch_compat.hpp"
#include "cwtsim/core/checksum.hpp"
#include "program.hpp"

using Texts = std::map<std::string, std::string>;  ///< by name in the folder

/// Everything in a run's folder; of run.json what depends neither on time and threads nor on how the command is
/// written.
inline Texts texts_of(std::string const& folder) {
  Texts texts;
  for (auto const& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    auto text = text_of(entry.path());
    for (auto const* line : {"  \"seconds\": ", "  \"events_per_second\": ", "  \"threads\": ", "  \"started\": ",
                             "  \"finished\": ", "  \"command_line\": "}) {
      auto const start = text.find(line);
      if (entry.path().filename() == "run.json" && start != std::string::npos)
        text.erase(start, text.find('\n', start) - start);
    }
    texts[std::filesystem::relative(entry.path(), folder).string()] = std::move(text);
  }
  return texts;
}

/// Which files differ: "" if none.
inline std::string differences(Texts const& a, Texts const& b) {
  std::string names;
  for (auto const& [name, text] : a)
    if (auto const other = b.find(name); other == b.end() || other->second != text) names += name + " ";
  for (auto const& [name, text] : b)
    if (a.count(name) == 0) names += name + " (more) ";
  return names;
}

/// A short run whose parts are written as soon as they can be.
inline std::vector<std::string> short_run(std::string const& out, std::vector<std::string> const& more = {}) {
  std::vector<std::string> arguments{"run",
                                     tiny,
                                     "--quiet",
                                     "--out",
                                     out,
                                     "--save-every",
                                     "0 s",
                                     "--set",
                                     "/horizon/run_for=\"1 month\"",
                                     "--set",
                                     "/horizon/warm_up=\"1 week\""};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

/// With the calls of the system in trouble (shim/trouble.cpp).
inline Circumstances trouble(std::string const& variable) {
  Circumstances c;
  c.environment = {std::string("LD_PRELOAD=") + CWTSIM_TROUBLE, variable, "ASAN_OPTIONS=verify_asan_link_order=0"};
  return c;
}

inline bool is_whole_part(std::string const& bytes) {
  if (bytes.size() < 24 || bytes.rfind("cwtsim part\n", 0) != 0) return false;
  std::uint64_t stored = 0;
  for (std::size_t i = 0; i < 8; ++i)
    stored |= std::uint64_t{static_cast<unsigned char>(bytes[bytes.size() - 8 + i])} << (8 * i);
  return stored == cwtsim::checksum(std::string_view(bytes).substr(0, bytes.size() - 8));
}
