#include "small_model.hpp"

using namespace cwtsim;
using namespace cwtsim::small;

namespace {

Parts clinic(std::string const& staff, std::string const& needs, std::string const& sessions,
             std::string const& weeks = "1 weeks") {
  Parts p;
  p.run_for = weeks;
  p.staff = R"("nurse": {)" + staff + "}";
  p.resources =
      R"("clinic": {"kind": "sessions", "staff": {"nurse": )" + needs + R"(}, "sessions": {)" + sessions + "}}";
  p.steps = R"("first": {"kind": "appointment", "needs": "clinic", "then": "home"}, "home": {"kind": "end"})";
  p.demand = arrive("gp", "mon", "\"08:00\"", 2);
  return p;
}
std::string half_day(std::string const& on, std::string const& opens, std::string const& closes) {
  return R"({"on": ")" + on + R"(", "opens": ")" + opens + R"(", "closes": ")" + closes + R"(", "slots": 1})";
}
std::string const mornings = R"("am": )" + half_day("mon-fri", "09:00", "12:00");
std::string const days = mornings + R"(, "pm": )" + half_day("mon-fri", "13:00", "17:00");

}  // namespace

TEST_CASE("a session without its staff is cancelled, and counted as such") {
  SECTION("enough: one nurse of ten sessions a week") {
    Run const r(clinic(R"("whole_time_equivalents": 1)", "1", days));
    CHECK(r.resource("clinic").sessions == 10);
    CHECK(r.resource("clinic").cancelled == 0);
    CHECK(r.resource("clinic").offered == 10);
  }
  SECTION("a session needs two, there is one: one person is not two") {
    Run const r(clinic(R"("whole_time_equivalents": 1)", "2", days));
    CHECK(r.resource("clinic").sessions == 0);
    CHECK(r.resource("clinic").cancelled == 10);
  }
  SECTION("nobody: a cancelled session gives no slot, and the patients wait") {
    Run const r(clinic(R"("whole_time_equivalents": 0)", "1", days));
    CHECK(r.resource("clinic").sessions == 0);
    CHECK(r.resource("clinic").cancelled == 10);
    CHECK(r.resource("clinic").waiting_at_end == 2);
  }
}

TEST_CASE("sessions a week are a budget: what is left of a session is carried to the next day") {
  // half a nurse of 5 sessions a week for five mornings: every second one
  Run const half(clinic(R"("whole_time_equivalents": 0.5, "sessions_per_week": 5)", "1", mornings, "4 weeks"));
  CHECK(half.resource("clinic").sessions == 10);
  CHECK(half.resource("clinic").cancelled == 10);
  // 2.4 nurses of 4 sessions for five mornings that need two: 9.6 a week, of which 4.8 can be held
  Run const more(clinic(R"("whole_time_equivalents": 2.4, "sessions_per_week": 4)", "2", mornings, "20 weeks"));
  CHECK(more.resource("clinic").sessions <= 96);
  CHECK(more.resource("clinic").sessions >= 60);
}

TEST_CASE("a budget that comes out even is not short by a rounding error") {
  // three people at 0.8, ten sessions of theirs over four days: 2 each a day, so neither the morning nor the afternoon
  // of three is cancelled
  auto p = clinic(
      R"("whole_time_equivalents": 2.4, "sessions_per_week": 10)", "3",
      R"("am": )" + half_day("mon-thu", "09:00", "12:00") + R"(, "pm": )" + half_day("mon-thu", "13:00", "17:00"),
      "50 weeks");
  Run const r(p);
  CHECK(r.resource("clinic").cancelled == 0);
  CHECK(r.resource("clinic").sessions == 400);
}

TEST_CASE("leave, sickness and vacancies cancel sessions in their proportion") {
  // 80 % of 75 % are at work: 60 % of the mornings are held
  Run const r(clinic(R"("whole_time_equivalents": 1, "sessions_per_week": 5, "leave": 0.2, "sickness": 0.25)", "1",
                     mornings, "400 weeks"));
  double const held = static_cast<double>(r.resource("clinic").sessions);
  CHECK(r.resource("clinic").sessions + r.resource("clinic").cancelled == 2000);
  CHECK(std::abs(held - 1200) < 5 * std::sqrt(2000 * 0.6 * 0.4));
  Run const vacant(
      clinic(R"("whole_time_equivalents": 2, "sessions_per_week": 5, "vacancy": 0.5)", "1", mornings, "4 weeks"));
  CHECK(vacant.resource("clinic").cancelled == 0);
  CHECK(Run(clinic(R"("whole_time_equivalents": 2, "sessions_per_week": 5, "vacancy": 0.5)", "2", mornings, "4 weeks"))
            .resource("clinic")
            .cancelled == 20);
}

TEST_CASE("a cancelled session takes nothing from one that is open") {
  // the session of 10:00 has no nurse left; the slot of the first is still there at 11:00
  auto p = clinic(R"("whole_time_equivalents": 1, "sessions_per_week": 1)", "1",
                  R"("a": )" + half_day("mon", "09:00", "12:00") + R"(, "b": )" + half_day("mon", "10:00", "12:00"));
  p.demand = arrive("gp", "mon", "\"11:00\"");
  Run const r(p);
  CHECK(r.resource("clinic").cancelled == 1);
  CHECK(r.step("first").starts == 1);
  CHECK(r.step("first").wait_ticks == 0);
}
