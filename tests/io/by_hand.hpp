#pragma once
// Levers by hand, and a scenario read under them.

#include <string>
#include <utility>
#include <vector>

#include "catch_compat.hpp"
#include "written.hpp"

using cwtsim::io::Lever;
using cwtsim::io::read_scenario;
using written::Folder;

inline cwtsim::io::ReadResult with_levers(std::vector<Lever> levers, std::string const& more = {}) {
  Folder const folder;
  return read_scenario({folder.write("scenario.json", written::scenario(more)), {}, std::move(levers)});
}

inline Lever scale(std::string pointer, std::string factor) {
  return {"", std::move(pointer), Lever::Op::scale, std::move(factor), {}, {}};
}
inline Lever set(std::string pointer, std::string value) {
  return {"", std::move(pointer), Lever::Op::set, std::move(value), {}, {}};
}
inline Lever add(std::string pointer, std::string value) {
  return {"", std::move(pointer), Lever::Op::add, std::move(value), {}, {}};
}

inline double seconds_of(cwtsim::io::ReadResult const& r, std::string const& step) {
  auto const& takes = r.scenario.base.pathways.find("clinic")->steps.find(step)->takes;
  return std::get<cwtsim::Constant>(takes.rows.at(0).value.shape).value.seconds;
}
