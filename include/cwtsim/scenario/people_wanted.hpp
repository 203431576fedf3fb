#pragma once
// How many people sessions want at once, from the timetable alone.

#include <cstdint>
#include <string>
#include <vector>

#include "cwtsim/core/time.hpp"
#include "cwtsim/scenario/scenario.hpp"

namespace cwtsim::scenario {

/// What the sessions of a provider want of one of its roles.
struct PeopleWanted {
  std::string provider, role;
  double a_week = 0;          ///< people times sessions, a session every other week counted as half of one
  std::int64_t at_once = 0;   ///< people at the busiest moment of a week in which all sessions are held
  Weekday on = Weekday::mon;  ///< the first such moment
  TimeOfDay at{};             ///< likewise
  friend bool operator==(PeopleWanted const&, PeopleWanted const&) = default;
};

/// For each role in the order of the file, of providers and then of roles; bank holidays, vacancies and those who stand
/// in are not looked at. A session wants its people from its opening to its closing. Days that cannot be read want
/// nobody.
[[nodiscard]] std::vector<PeopleWanted> people_wanted(Scenario const& scenario);

}  // namespace cwtsim::scenario
