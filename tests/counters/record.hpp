#pragma once
// The counters as they were accepted, in record.json; CWTSIM_UPDATE=1 accepts those of today.

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

namespace counters {

using Json = nlohmann::ordered_json;

inline bool updating() {
  char const* const update = std::getenv("CWTSIM_UPDATE");
  return update != nullptr && std::string(update) == "1";
}

/// The file of one kind of counter of one workload: a file each, for tests that run at the same time.
inline std::string path_of(std::string const& kind, std::string const& scenario) {
  return std::string(CWTSIM_SOURCE_DIR) + "/tests/counters/record/" + scenario + "." + kind + ".json";
}

inline Json recorded(std::string const& kind, std::string const& scenario) {
  std::ifstream in(path_of(kind, scenario));
  return in ? Json::parse(in) : Json::object();
}

inline void accept(std::string const& kind, std::string const& scenario, Json const& counters) {
  std::ofstream(path_of(kind, scenario)) << counters.dump(2) << "\n";
}

}  // namespace counters
