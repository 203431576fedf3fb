#pragma once
// Scenario files written for one test, in a folder of their own that goes away again.

#include <string>

#include "cwtsim/io/read.hpp"
#include "temporary.hpp"

namespace written {

using temporary::Folder;

/// A sound scenario to which `more` (members, with a comma after each) is added.
inline std::string scenario(std::string const& more = {}) {
  return R"({ "schema": 1, )" + more + R"(
    "name": "A clinic",
    "horizon": { "starts": "2026-04-01", "run_for": "1 year" },
    "providers": { "hospital": { "resources": {
      "clinic": { "kind": "sessions", "notice": "2 days", "sessions": { "weekday": { "on": "mon-fri", "slots": 10 } } },
      "ward": { "kind": "servers", "servers": 4 } } } },
    "demand": { "gp": { "pathway": "clinic", "provider": "hospital", "per_week": 30 } },
    "pathways": { "clinic": { "start": "first", "steps": {
      "first": { "kind": "appointment", "needs": "clinic", "takes": "30 min", "then": "results" },
      "results": { "kind": "delay", "takes": "7 days", "then": "done" },
      "done": { "kind": "end" } } } } })";
}

inline cwtsim::io::ReadResult read(std::string const& text) {
  Folder const folder;
  return cwtsim::io::read_scenario({folder.write("scenario.json", text), {}, {}});
}

/// A patch read on top of the sound scenario.
inline cwtsim::io::ReadResult read_patch(std::string const& patch) {
  Folder const folder;
  folder.write("base.json", scenario());
  return cwtsim::io::read_scenario(
      {folder.write("patch.json", R"({ "schema": 1, "extends": "base.json", )" + patch + "}"), {}, {}});
}

inline std::string text_of(cwtsim::Problems const& problems) {
  return cwtsim::io::format_problems(problems, "it");
}

}  // namespace written
