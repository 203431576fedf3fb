// One person is at one place at a time, as a planner reads it in the tables and the report.

#include "cases/case.hpp"

using cases::Ran;

namespace {

std::string const doctor = "/providers/h/staff/doctor/whole_time_equivalents=", resources = "/providers/h/resources/";

Ran with(std::vector<std::string> const& sets) {
  std::vector<std::string> arguments;
  for (auto const& set : sets) arguments.insert(arguments.end(), {"--set", set});
  return Ran("one_person_two_rooms_same_time", arguments);
}
/// Sessions a week held of both clinics, and cancelled.
std::pair<double, double> sessions(Ran const& ran) {
  return {ran.sum("resources", {}, "held"), ran.sum("resources", {}, "cancelled")};
}

}  // namespace

TEST_CASE("one doctor, two clinics at the same hour: 5 held and 5 cancelled a week, and why") {
  Ran const ran("one_person_two_rooms_same_time");
  CHECK(sessions(ran) == std::pair(5., 5.));
  CHECK(ran.number("resources", {{"resource", "c1"}}, "held") == 5);
  csv::Row const who{{"role", "doctor"}};
  CHECK(ran.number("staff", who, "wanted") == 10);
  CHECK(ran.number("staff", who, "manned") == 5);
  CHECK(ran.number("staff", who, "lacking") == 5);
  CHECK(ran.number("staff", who, "elsewhere") == 5);
  CHECK(ran.number("staff", who, "absent") == 0);
  CHECK(ran.number("staff", who, "used_up") == 0);
  auto const& report = ran.said.out;
  CHECK(has(report, "wanted a week  stood in  lacking     mostly"));
  CHECK(has(report, "doctor  h       1.0            0           10.0         0      5.0  elsewhere"));
}

TEST_CASE("two doctors hold both clinics, one doctor those one after another") {
  CHECK(sessions(with({doctor + "2"})) == std::pair(10., 0.));
  CHECK(sessions(with({resources + "c2/sessions/d/opens=12:00", resources + "c2/sessions/d/closes=15:00"})) ==
        std::pair(10., 0.));
  CHECK(sessions(with({resources + "c2/sessions/d/opens=11:59", resources + "c2/sessions/d/closes=15:00"})) ==
        std::pair(5., 5.));
}

TEST_CASE("half a doctor is one person, and a session of three needs three") {
  Ran const half = with({doctor + "0.5"});
  CHECK(sessions(half) == std::pair(5., 5.));
  CHECK(half.number("staff", {}, "used_up") == 5);
  Ran const after =
      with({doctor + "0.5", resources + "c2/sessions/d/opens=12:00", resources + "c2/sessions/d/closes=15:00"});
  CHECK(sessions(after) == std::pair(5., 5.));
  CHECK(after.number("staff", {}, "used_up") == 5);
  Ran const three = with({doctor + "2", resources + "c1/staff/doctor=3"});
  CHECK(sessions(three) == std::pair(5., 5.));
  CHECK(three.number("resources", {{"resource", "c1"}}, "held") == 0);
  CHECK(three.number("staff", {}, "absent") == 5);
  CHECK(sessions(with({doctor + "3", resources + "c1/staff/doctor=3"})) == std::pair(5., 5.));
  CHECK(sessions(with({doctor + "4", resources + "c1/staff/doctor=3"})) == std::pair(10., 0.));
}

TEST_CASE("check says that two doctors are wanted at one hour, and one is there") {
  auto const said = cases::checked("one_person_two_rooms_same_time");
  CHECK(said.code == 0);
  CHECK(has(said.out, "10.0 people times sessions/week wanted"));
  CHECK(has(said.out, "; 2 at once on mon 09:00, 1.0 at work"));
}
