#include "small_model.hpp"

using namespace cwtsim;
using namespace cwtsim::small;

namespace {

/// A patient handed over after `before` days and treated `after` days later; a missed first appointment or a pause on
/// the way where they are given.
Parts shared(int before, int after, int pause = 0) {
  Parts p;
  p.starts = "2026-06-01";
  p.run_for = "300 days";
  p.providers = R"("there": {})";
  std::string const days = " days";
  p.steps = R"("first": {"kind": "delay", "takes": ")" + std::to_string(before) +
            R"( days", "then": "sent"}, "sent": {"kind": "transfer", "to": "there", "then": "away"},
      "away": {"kind": "delay", "takes": ")" +
            std::to_string(pause) + R"( days", "pauses": "patient", "then": "treat"},
      "treat": {"kind": "delay", "takes": ")" +
            std::to_string(after) + R"( days", "on_finish": ["treated"], "then": "home"}, "home": {"kind": "end"})";
  p.demand = R"("gp": {"pathway": "path", "provider": "here", "per_day": 1, "milestones": ["came"]})";
  p.standards =
      R"("sixty_two": {"starts": "came", "stops": "treated", "limit": "62 days", "credited_to": "shared", "by": ["provider"], "adjustments": ["patient"]})";
  return p;
}

/// Shares of one patient at the two providers: treated and within.
struct Shares {
  double here, here_within, there, there_within;
  friend bool operator==(Shares const&, Shares const&) = default;
};
std::ostream& operator<<(std::ostream& out, Shares const& s) {
  return out << "here " << s.here << "/" << s.here_within << ", there " << s.there << "/" << s.there_within;
}

Shares shares_of(Parts const& p) {
  Run const r(p);
  double const n = r.counted("sixty_two").patients;
  REQUIRE(n > 0);
  auto const here = r.counted_at("sixty_two", "here"), there = r.counted_at("sixty_two", "there");
  CHECK(here.patients + there.patients == n);  // the shares of each patient sum to 1
  CHECK(here.met + there.met == r.counted("sixty_two").met);
  double days = 0;
  for (auto const& [day, patients] : r.days("sixty_two")) days += patients;
  CHECK(days == n);
  return {here.patients / n, here.met / n, there.patients / n, there.met / n};
}

}  // namespace

TEST_CASE("the six scenarios of a shared patient") {
  SECTION("1: in time, handed over by day 38, treated within 24 days") {
    CHECK(shares_of(shared(38, 24)) == Shares{0.5, 0.5, 0.5, 0.5});
  }
  SECTION("2: in time, handed over by day 38, treated later") {
    CHECK(shares_of(shared(30, 32)) == Shares{0.5, 0.5, 0.5, 0.5});
  }
  SECTION("3: in time, handed over late: the whole success is the treating provider's") {
    CHECK(shares_of(shared(39, 23)) == Shares{0, 0, 1, 1});
  }
  SECTION("4: late, handed over by day 38, treated late: the treating provider's") {
    CHECK(shares_of(shared(38, 25)) == Shares{0, 0, 1, 0});
  }
  SECTION("5: late, handed over late, treated within 24 days: the investigating provider's") {
    CHECK(shares_of(shared(39, 24)) == Shares{1, 0, 0, 0});
  }
  SECTION("6: late, handed over late, treated late: shared") {
    CHECK(shares_of(shared(39, 25)) == Shares{0.5, 0, 0.5, 0});
  }
}

TEST_CASE("a pause is taken off the whole and off the days since the handover") {
  CHECK(shares_of(shared(38, 24, 10)) == Shares{0.5, 0.5, 0.5, 0.5});
  CHECK(shares_of(shared(39, 24, 10)) == Shares{1, 0, 0, 0});
  CHECK(shares_of(shared(38, 25, 10)) == Shares{0, 0, 1, 0});
}

TEST_CASE("days before a missed first appointment is rebooked are taken off the days to the handover") {
  auto p = shared(5, 20);
  p.resources =
      R"("clinic": {"kind": "sessions", "sessions": {"day": {"on": "daily", "opens": "09:00", "closes": "12:00", "slots": 99}}})";
  p.demand = R"("gp": {"pathway": "path", "provider": "here", "per_day": 1, "milestones": ["came"]})";
  p.steps =
      R"("missed": {"kind": "appointment", "needs": "clinic", "did_not_attend": {"share": 1, "rebook": "35 days", "up_to": 2, "then": "first", "adjusts": "dna"}, "then": "first"}, )" +
      p.steps;
  p.start = "missed";
  p.standards.replace(p.standards.find(R"(["patient"])"), 11, R"(["patient", "dna"])");
  // missed on day 0 or 1, rebooked 35 days later, handed over on day 41 or so: that is day 6
  CHECK(shares_of(p) == Shares{0.5, 0.5, 0.5, 0.5});
}

TEST_CASE("a patient of one provider throughout is wholly its own") {
  auto p = shared(30, 40);
  p.steps.replace(p.steps.find(R"("to": "there")"), 13, R"("to": {"here": 0.999999999, "there": 0.000000001})");
  CHECK(shares_of(p) == Shares{1, 0, 0, 0});
  SECTION("also one who was sent away and came back") {
    auto back = shared(30, 20);
    back.steps.replace(back.steps.find(R"("then": "treat"})"), 16,
                       R"("then": "back"}, "back": {"kind": "transfer", "to": "here", "then": "treat"})");
    CHECK(shares_of(back) == Shares{1, 1, 0, 0});
  }
}

TEST_CASE("of several handovers the last one counts") {
  auto p = shared(30, 20);
  p.providers += R"(, "between": {})";
  p.steps.replace(
      p.steps.find(R"("to": "there", "then": "away")"), 29,
      R"("to": "between", "then": "stay"}, "stay": {"kind": "delay", "takes": "9 days", "then": "again"}, "again": {"kind": "transfer", "to": "there", "then": "away")");
  // handed over on day 39 at last, treated on day 59: a success of the treating provider alone
  CHECK(shares_of(p) == Shares{0, 0, 1, 1});
}

TEST_CASE("the days of the handover and of treatment can be set") {
  auto p = shared(20, 20);
  p.standards.replace(p.standards.find(R"("limit": "62 days")"), 18,
                      R"("limit": "35 days", "sharing": {"handover_by": "21 days", "treat_within": "14 days"})");
  CHECK(shares_of(p) == Shares{0, 0, 1, 0});  // 40 days: late, handed over in time, treated late
}

TEST_CASE("shares of many patients sum to whole patients") {
  auto p = shared(0, 0);
  p.run_for = "3 years";
  p.steps =
      R"("first": {"kind": "delay", "takes": {"uniform": {"from": "10 days", "to": "60 days"}}, "then": {"sent": 0.7, "treat": 0.3}},
      "sent": {"kind": "transfer", "takes": "1 days", "to": {"there": 0.5, "third": 0.5}, "then": "away"},
      "away": {"kind": "delay", "takes": {"uniform": {"from": "0 days", "to": "5 days"}}, "pauses": "patient", "then": "treat"},
      "treat": {"kind": "delay", "takes": {"uniform": {"from": "1 days", "to": "50 days"}}, "on_finish": ["treated"], "then": "home"}, "home": {"kind": "end"})";
  p.providers += R"(, "third": {})";
  Run const r(p);
  double patients = 0, met = 0;
  for (auto const* provider : {"here", "there", "third"}) {
    patients += r.counted_at("sixty_two", provider).patients;
    met += r.counted_at("sixty_two", provider).met;
  }
  CHECK(r.counted("sixty_two") == Counted{patients, met});
  CHECK(patients == std::floor(patients));
  // everybody treated in three years less at most 116 days
  CHECK(patients > 900);
  CHECK(r.counted_at("sixty_two", "third").patients > 100);
}
