#pragma once
// A clinic for 40 days: a patient comes each Monday and is told ten days later, so five are told, all of them within
// the limit of 28 days; with a lever thirty days later, so two are told, both too late.

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

#include "cwtsim/study/arm.hpp"
#include "small_model.hpp"
#include "temporary.hpp"

namespace clinic {

using namespace cwtsim;
namespace fs = std::filesystem;
using temporary::Folder;

inline small::Parts parts() {
  small::Parts p;
  p.run_for = "40 days";
  p.resources = R"("desk": {"kind": "sessions", "sessions": {"weekly": {"on": "mon", "slots": 4}}})";
  p.steps = R"("first": {"kind": "appointment", "needs": "desk", "takes": "30 min", "then": "wait"}, )"
            R"("wait": {"kind": "delay", "takes": "10 days", "on_finish": ["told"], "then": "home"}, )"
            R"("home": {"kind": "end"})";
  p.demand = small::arrive("gp", "mon", "\"08:00\"", 1, R"("milestones": ["came"])");
  p.standards = R"("fds": {"starts": "came", "stops": "told", "limit": "28 days", "target": 0.8})";
  return p;
}

inline std::string const late = "/pathways/path/steps/wait/takes=30 days";

/// With one lever, and with more members of the scenario.
inline study::ArmRequest request(std::string const& lever = "", std::string const& more = "") {
  auto text = small::text_of(parts());
  text.insert(text.rfind('}'), more);
  study::ArmRequest request;
  request.scenario.path = "clinic.json";
  request.scenario.text = text;
  if (!lever.empty()) request.scenario.levers.push_back(io::parse_lever(io::Lever::Op::set, lever).value());
  return request;
}

inline study::Arm arm(study::ArmRequest const& request = clinic::request()) {
  auto made = study::make_arm(request);
  if (auto const* const problems = std::get_if<Problems>(&made)) {
    INFO(io::format_problems(*problems, "clinic"));
    REQUIRE(problems->empty());
  }
  return std::move(std::get<study::Arm>(made));
}

/// The bytes of every file in a folder and those below it, by name.
inline std::map<std::string, std::string> files_in(std::string const& folder) {
  std::map<std::string, std::string> files;
  for (auto const& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    files[fs::relative(entry.path(), folder).string()] = {std::istreambuf_iterator<char>(file), {}};
  }
  return files;
}

}  // namespace clinic
