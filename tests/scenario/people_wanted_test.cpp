#include "cwtsim/scenario/people_wanted.hpp"

#include "catch_compat.hpp"

using namespace cwtsim;
using namespace cwtsim::scenario;

namespace {

Opening opening(std::string const& on, int opens, int closes, std::int64_t every_weeks = 1) {
  Opening o;
  o.on = on;
  o.opens = TimeOfDay{opens * 60};
  o.closes = TimeOfDay{closes * 60};
  o.every_weeks = every_weeks;
  o.amount = 1;
  return o;
}
Resource clinic(std::int64_t nurses, std::vector<Opening> const& openings) {
  Resource r;
  r.staff.items = {{"nurse", nurses}};
  for (auto const& o : openings) r.openings.items.emplace_back("s" + std::to_string(r.openings.items.size()), o);
  return r;
}
PeopleWanted wanted(std::vector<Resource> const& resources) {
  Scenario s;
  Provider p;
  for (auto const& r : resources) p.resources.items.emplace_back("c" + std::to_string(p.resources.items.size()), r);
  p.staff.items = {{"nurse", {}}};
  s.providers.items = {{"here", p}};
  auto const all = people_wanted(s);
  REQUIRE(all.size() == 1);
  return all[0];
}
PeopleWanted nurses(double a_week, std::int64_t at_once, Weekday on, int hour) {
  return {"here", "nurse", a_week, at_once, on, TimeOfDay{hour * 60}};
}

}  // namespace

namespace Catch {
template <>
struct StringMaker<PeopleWanted> {
  static std::string convert(PeopleWanted const& w) {
    return std::to_string(w.a_week) + " a week, " + std::to_string(w.at_once) + " at once on day " +
           std::to_string(static_cast<int>(w.on)) + " at " + std::to_string(w.at.minutes);
  }
};
}  // namespace Catch

TEST_CASE("people wanted: so many a week, and at the busiest moment") {
  auto const mornings = opening("mon-fri", 9, 12);
  CHECK(wanted({}) == nurses(0, 0, Weekday::mon, 0));
  CHECK(wanted({clinic(2, {mornings})}) == nurses(10, 2, Weekday::mon, 9));
  CHECK(wanted({clinic(1, {mornings}), clinic(1, {mornings})}) == nurses(10, 2, Weekday::mon, 9));
  // one after another is one person, an hour of both is two
  CHECK(wanted({clinic(1, {mornings}), clinic(1, {opening("mon-fri", 12, 15)})}) == nurses(10, 1, Weekday::mon, 9));
  CHECK(wanted({clinic(1, {mornings}), clinic(1, {opening("wed", 11, 15)})}) == nurses(6, 2, Weekday::wed, 11));
  // every other week all of them are held
  CHECK(wanted({clinic(1, {mornings, opening("tue", 9, 12, 2)})}) == nurses(5.5, 2, Weekday::tue, 9));
}

TEST_CASE("people wanted over midnight, over the end of the week and all day long") {
  CHECK(wanted({clinic(1, {opening("daily", 22, 6)}), clinic(1, {opening("thu", 5, 7)})}) ==
        nurses(8, 2, Weekday::thu, 5));
  CHECK(wanted({clinic(1, {opening("sun", 22, 6)}), clinic(2, {opening("mon", 5, 7)})}) ==
        nurses(3, 3, Weekday::mon, 5));
  CHECK(wanted({clinic(1, {opening("sun", 22, 5)}), clinic(2, {opening("mon", 5, 7)})}) ==
        nurses(3, 2, Weekday::mon, 5));
  CHECK(wanted({clinic(1, {opening("daily", 0, 24)})}) == nurses(7, 1, Weekday::mon, 0));
  CHECK(wanted({clinic(1, {opening("daily", 8, 8)})}) == nurses(7, 1, Weekday::mon, 0));
  CHECK(wanted({clinic(1, {opening("never", 9, 12)})}) == nurses(0, 0, Weekday::mon, 0));
}
