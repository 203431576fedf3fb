// Patients who are held and can never go on: the replication ends there. Who may still be freed is not among them.

#include "small_model.hpp"

using namespace cwtsim;
using namespace cwtsim::small;
using engine::Outcome;

namespace {

std::string ward(std::string const& name, std::string const& more) {
  return "\"" + name + R"(": {"kind": "servers", "waiting_room": 0, "when_full": "hold", )" + more + "}";
}

std::string stay(std::string const& name, std::string const& needs, std::string const& takes, std::string const& then,
                 std::string const& more = "") {
  return "\"" + name + R"(": {"kind": "servers", "needs": )" + needs + R"(, "takes": ")" + takes + R"(", "then": ")" +
         then + "\"" + more + "}";
}

std::string stream(std::string const& name, std::string const& pathway, std::string const& at, int patients = 1) {
  return "\"" + name + R"(": {"pathway": ")" + pathway +
         R"(", "provider": "here", "timetable": {"on": "mon", "at": [")" + at + R"("], "patients": )" +
         std::to_string(patients) + "}}";
}

/// Two wards of one bed; some go from a to b, others from b to a.
Parts two_wards(std::string const& b = R"("servers": 1)") {
  Parts p;
  p.resources = ward("a", R"("servers": 1)") + ", " + ward("b", b);
  p.start = "a";
  p.steps = stay("a", "\"a\"", "1 hours", "b") + ", " + stay("b", "\"b\"", "1 hours", "home") + ", " + home;
  p.pathways = R"("back": {"start": "b", "steps": {)" + stay("b", "\"b\"", "2 hours", "a") + ", " +
               stay("a", "\"a\"", "1 hours", "home") + ", " + home + "}}";
  p.demand = stream("there", "path", "09:00") + ", " + stream("back", "back", "09:00");
  return p;
}

std::uint32_t held_for_ever(Run const& r, std::string const& name) {
  return r.result.held_for_ever[r.model->resource_at[index_in(r.model->names.resource_names, name)]];
}

}  // namespace

TEST_CASE("two wards wait for each other's beds: it ends when the second is held") {
  Run const r(two_wards());
  CHECK(r.result.outcome == Outcome::deadlocked);
  CHECK(r.result.stopped_at == 11 * 60);
  CHECK(r.result.still_in == 2);
  CHECK(held_for_ever(r, "a") == 2);
  CHECK(held_for_ever(r, "b") == 2);
  SECTION("a third bed, and they pass each other") {
    Run const three(two_wards(R"("servers": 2)"));
    CHECK(three.result.outcome == Outcome::completed);
    CHECK(three.result.finished == 2);
    CHECK(held_for_ever(three, "b") == 0);
  }
}

TEST_CASE("beds that open later free those who are held, and so do those that a dated lever adds") {
  Run const hours(two_wards(
      R"("hours": {"day": {"opens": "08:00", "closes": "14:00", "servers": 1}, "late": {"opens": "14:00", "closes": "20:00", "servers": 2}})"));
  CHECK(hours.result.outcome == Outcome::completed);
  CHECK(hours.result.finished == 2);
  CHECK(hours.step("a").kept == 1);  // who came from b waited from 11:00 to 14:00 for the one from a to go on
  auto p = two_wards();
  p.levers = R"("more": {"pointer": "/providers/here/resources/b/servers", "set": 2, "from": "2026-06-03"})";
  Run const later(p);
  CHECK(later.result.outcome == Outcome::completed);
  CHECK(later.result.finished == 2);
  SECTION("a ward that is closed for two days") {
    p.levers =
        R"("fewer": {"pointer": "/providers/here/resources/b/servers", "set": 0, "from": "2026-06-02", "until": "2026-06-04"})";
    p.demand = stream("there", "path", "23:30");
    p.pathways = "";
    Run const again(p);
    CHECK(again.result.outcome == Outcome::completed);
    CHECK(again.result.finished == 1);
  }
}

TEST_CASE("a ward that is closed for good holds for ever whoever is to go there") {
  auto p = two_wards();
  p.demand = stream("there", "path", "23:30");
  p.pathways = "";
  p.levers = R"("closed": {"pointer": "/providers/here/resources/b/servers", "set": 0, "from": "2026-06-02"})";
  Run const r(p);
  CHECK(r.result.outcome == Outcome::deadlocked);
  CHECK(r.result.stopped_at == 24 * 60 + 30);
}

TEST_CASE("who waits and may give up makes room, who may not does not") {
  // one more for b waits in its room when the one of a is to go there
  auto p = two_wards(R"("servers": 1)");
  auto const at = p.resources.find(R"("b")");
  p.resources.replace(p.resources.find(R"("waiting_room": 0)", at), 17, R"("waiting_room": 1)");
  p.demand = stream("there", "path", "09:00") + ", " + stream("back", "back", "09:00", 2);
  CHECK(Run(p).result.outcome == Outcome::deadlocked);
  auto const from_b = stay("b", "\"b\"", "2 hours", "a");
  p.pathways.replace(
      p.pathways.find(from_b), from_b.size(),
      stay("b", "\"b\"", "2 hours", "a", R"(, "gives_up": {"late": {"after": "1 days", "then": "home"}})"));
  Run const r(p);
  CHECK(r.result.outcome == Outcome::completed);
  CHECK(r.result.finished == 3);
}

TEST_CASE("a place may be free and still nobody can go there: it needs what those who are held keep") {
  Parts p;
  p.resources = R"("bed": {"kind": "servers", "servers": 2}, )" + ward("lab", R"("servers": 1)");
  p.steps = stay("first", "\"bed\"", "1 hours", "test") + ", " +
            stay("test", R"({"lab": 1, "bed": 1})", "1 hours", "home") + ", " + home;
  p.demand = stream("gp", "path", "09:00", 2);
  Run const r(p);
  CHECK(r.result.outcome == Outcome::deadlocked);
  CHECK(r.result.stopped_at == 10 * 60);
  CHECK(held_for_ever(r, "bed") == 2);
  CHECK(held_for_ever(r, "lab") == 2);
  p.demand = stream("gp", "path", "09:00", 1);
  CHECK(Run(p).result.finished == 1);
}

TEST_CASE("those interrupted wait for what those who are held keep: found when the next day begins") {
  // operations keep a bed when the theatre closes; whoever is prepared keeps a theatre until there is a bed
  Parts p;
  p.resources =
      R"("theatre": {"kind": "servers", "at_closing": "pause", "hours": {"day": {"opens": "08:00", "closes": "12:00", "servers": 2}}}, )" +
      ward("bed", R"("servers": 1)");
  p.steps = stay("first", R"({"theatre": 1, "bed": 1})", "6 hours", "home") + ", " + home;
  p.pathways = R"("other": {"start": "prepared", "steps": {)" + stay("prepared", "\"theatre\"", "1 hours", "ward") +
               ", " + stay("ward", "\"bed\"", "1 hours", "home") + ", " + home + "}}";
  p.demand = stream("gp", "path", "09:00") + ", " + stream("b", "other", "09:00");
  Run const two(p);
  CHECK(two.result.outcome == Outcome::completed);
  CHECK(two.result.finished == 2);
  p.levers =
      R"("one": {"pointer": "/providers/here/resources/theatre/hours/day/servers", "set": 1, "from": "2026-06-02"})";
  Run const one(p);
  CHECK(one.result.outcome == Outcome::deadlocked);
  CHECK(one.result.stopped_at == 24 * 60);
}

TEST_CASE("a branch that is held may be ended by another one, or only waited for") {
  auto p = two_wards();
  p.start = "both";
  p.steps = R"("both": {"kind": "parallel", "starts": {"a": 1, "talk": 1}, "joins_at": "join"}, )" +
            stay("a", "\"a\"", "1 hours", "b") + ", " + stay("b", "\"b\"", "1 hours", "join") + ", " +
            R"("talk": {"kind": "delay", "takes": "2 days", "then": "join"},
               "join": {"kind": "delay", "takes": "1 hours", "then": "home"}, )" +
            home;
  Run const joins(p);
  CHECK(joins.result.outcome == Outcome::deadlocked);
  CHECK(joins.result.stopped_at == 11 * 60);
  auto const talk = std::string(R"("takes": "2 days", "then": "join")");
  p.steps.replace(p.steps.find(talk), talk.size(), R"("takes": "2 days", "then": {"join": 0.0001, "home": 0.9999})");
  Run const ends(p);
  CHECK(ends.result.outcome == Outcome::completed);
  CHECK(ends.result.finished == 2);
  // it may be so wherever it stands in the line of those held
  p.pathways +=
      R"(, "straight": {"start": "b", "steps": {)" + stay("b", "\"b\"", "1 hours", "home") + ", " + home + "}}";
  p.demand += ", " + stream("more", "straight", "09:30");
  Run const behind(p);
  CHECK(behind.result.outcome == Outcome::completed);
  CHECK(behind.result.finished == 3);
}

TEST_CASE("a replication after one that froze is as if it were the first") {
  auto p = two_wards();
  p.demand =
      R"("there": {"pathway": "path", "provider": "here", "per_week": 3}, "back": {"pathway": "back", "provider": "here", "per_week": 3})";
  p.run_for = "60 days";
  auto const model = model_of(p);
  engine::Workspace used(model);
  std::size_t frozen = 0;
  for (std::uint64_t r = 0; r < 30; ++r) {
    engine::Workspace fresh(model);
    auto const& one = used.run(1, r);
    CHECK(one == fresh.run(1, r));
    frozen += one.outcome == Outcome::deadlocked ? 1 : 0;
  }
  CHECK(frozen > 5);
  CHECK(frozen < 30);
}
