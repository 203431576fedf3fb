// Levels that turn into others unseen, until a step finds them.

#include <cmath>

#include "cwtsim/engine/visits.hpp"
#include "small_model.hpp"

using namespace cwtsim;
using namespace cwtsim::small;

namespace {

/// A stage that takes its days, and a scan after a while; where a patient then goes says what was found.
Parts scan(std::string const& takes, std::string const& progresses, std::string const& shares = R"("one")") {
  Parts p;
  p.run_for = "21 days";
  p.attributes = R"("stage": {"levels": ["one", "two", "three", "four"], "shares": )" + shares +
                 R"(, "progresses": {)" + progresses + "}}";
  p.steps = R"("first": {"kind": "delay", "takes": )" + takes + R"(, "finds": ["stage"], "on_finish": ["seen"],
      "then": {"by": ["stage"], "one": "a", "two": "b", "three": "c", "four": "d"}},
      "a": {"kind": "delay", "takes": "1 days", "then": "home"}, "b": {"kind": "delay", "takes": "1 days", "then": "home"},
      "c": {"kind": "delay", "takes": "1 days", "then": "home"}, "d": {"kind": "delay", "takes": "1 days", "then": "home"},
      "home": {"kind": "end"})";
  p.demand =
      R"("gp": {"pathway": "path", "provider": "here", "timetable": {"on": "mon", "at": ["09:00"], "patients": 4}, "milestones": ["came"]})";
  p.standards = R"("wait": {"starts": "came", "stops": "seen", "limit": "28 days", "by": ["stage"]})";
  return p;
}

std::string becomes(std::string const& level, std::string const& time, std::string const& to) {
  return "\"" + level + R"(": {"after": )" + time + R"(, "to": ")" + to + "\"}";
}
std::string const weekly = becomes("one", "\"3 days\"", "two") + ", " + becomes("two", "\"2 days\"", "three") + ", " +
                           becomes("three", "\"4 days\"", "four");

std::vector<std::uint64_t> found(Run const& r) {
  return {r.step("a").starts, r.step("b").starts, r.step("c").starts, r.step("d").starts};
}
using Found = std::vector<std::uint64_t>;

}  // namespace

TEST_CASE("a step finds the level reached by the moment at which it is finished") {
  // of three Mondays: stage two from day 3, three from day 5, four from day 9
  for (auto const& [takes, level] : std::map<std::string, std::size_t>{
           {"2 days", 0}, {"4319 min", 0}, {"3 days", 1}, {"4 days", 1}, {"5 days", 2}}) {
    INFO(takes);
    auto p = scan('"' + takes + '"', weekly);
    p.run_for = "7 days";
    Found expected(4, 0);
    expected[level] = 4;
    CHECK(found(Run(p)) == expected);
  }
  CHECK(found(Run(scan("\"9 days\"", weekly))) == Found{0, 0, 0, 8});  // the third Monday is too late
}

TEST_CASE("what is found holds for the choice of what comes next and for the milestones of the finish") {
  Run const r(scan("\"5 days\"", weekly));
  CHECK(r.days("wait", "stage", 2) == Days{{5, 12}});
  CHECK(r.days("wait", "stage", 0).empty());
}

TEST_CASE("a course begins at the level drawn at arrival") {
  CHECK(found(Run(scan("\"4 days\"", weekly, R"("three")"))) == Found{0, 0, 0, 12});
  CHECK(found(Run(scan("\"1 days\"", weekly, R"("three")"))) == Found{0, 0, 12, 0});
  CHECK(found(Run(scan("\"15 days\"", becomes("one", "\"1 days\"", "four"), R"("two")"))) == Found{0, 4, 0, 0});
}

TEST_CASE("nobody sees it until a step finds it, and it may be found again") {
  auto p = scan("\"1 days\"", weekly);
  p.steps =
      R"("first": {"kind": "delay", "takes": "4 days", "then": {"by": ["stage"], "one": "again", "otherwise": "d"}},
      "again": {"kind": "delay", "takes": "0 min", "finds": "stage", "on_finish": ["seen"], "then": {"by": ["stage"], "two": "later", "otherwise": "d"}},
      "later": {"kind": "delay", "takes": "5 days", "then": {"by": ["stage"], "two": "last", "otherwise": "d"}},
      "last": {"kind": "delay", "takes": "0 min", "finds": "stage", "then": {"by": ["stage"], "four": "a", "otherwise": "d"}},
      "a": {"kind": "delay", "takes": "0 min", "then": "home"}, "d": {"kind": "delay", "takes": "0 min", "then": "home"}, "home": {"kind": "end"})";
  Run const r(p);
  CHECK(r.step("a").starts == 8);
  CHECK(r.step("d").starts == 0);
}

TEST_CASE("who has waited at the start has progressed meanwhile") {
  auto p = scan("\"1 days\"", weekly);
  p.demand = R"("gp": {"pathway": "path", "provider": "here", "per_week": 0, "milestones": ["came"]})";
  for (auto const& [days, expected] : std::map<std::string, Found>{
           {"0 days", {6, 0, 0, 0}}, {"2 days", {0, 6, 0, 0}}, {"4 days", {0, 0, 6, 0}}, {"900 days", {0, 0, 0, 6}}}) {
    INFO(days);
    p.waiting =
        R"("old": {"like": "gp", "provider": "here", "step": "first", "patients": 6, "waited": ")" + days + "\"}";
    CHECK(found(Run(p)) == expected);
  }
}

TEST_CASE("times may depend on what the patient is at arrival, whatever becomes of it") {
  auto p = scan(
      "\"4 days\"",
      R"("one": {"after": {"by": ["age", "provider"], "old": {"here": "1 days", "otherwise": "9 days"}, "young": "8 days"}, "to": "four"})");
  p.attributes += R"(, "age": {"levels": ["old", "young"]})";
  p.providers = R"("there": {})";
  p.demand = arrive("a", "mon", "\"09:00\"", 1, R"("attributes": {"age": "old"}, "milestones": ["came"])") + ", " +
             arrive("b", "mon", "\"09:00\"", 2, R"("attributes": {"age": "young"}, "milestones": ["came"])");
  p.run_for = "7 days";
  CHECK(found(Run(p)) == Found{2, 0, 0, 1});
  // the step before changes both
  p.start = "before";
  p.steps =
      R"("before": {"kind": "transfer", "takes": "1 min", "to": "there", "sets": {"age": "young"}, "then": "first"}, )" +
      p.steps;
  Run const r(p);
  CHECK(r.step("a", "there").starts == 2);
  CHECK(r.step("d", "there").starts == 1);
}

TEST_CASE("each patient has a course of its own, drawn once for each level") {
  auto p = scan("\"3 days\"", becomes("one", R"({"exponential": {"mean": "3 days"}})", "two") + ", " +
                                  becomes("two", R"({"exponential": {"mean": "3 days"}})", "three"));
  p.demand = arrive("gp", "mon", "\"09:00\"", 3000, came);
  p.run_for = "7 days";
  Run const r(p);
  // Poisson events in three days: exp(-1), as many again, and the rest; six standard deviations of 3000 are 158
  CHECK(static_cast<double>(r.step("a").starts) == Approx(3000 * std::exp(-1.0)).margin(158));
  CHECK(static_cast<double>(r.step("b").starts) == Approx(3000 * std::exp(-1.0)).margin(158));
  CHECK(r.step("d").starts == 0);
}

TEST_CASE("a branch finds for its patient, a step with repeats when the last is finished") {
  auto p = scan("\"1 days\"", weekly);
  p.steps = R"("first": {"kind": "parallel", "starts": {"blood": 1, "scan": 1}, "joins_at": "joined"},
      "blood": {"kind": "delay", "takes": "1 hours", "then": "joined"},
      "scan": {"kind": "delay", "takes": "1 days", "repeats": 3, "every": "2 days", "finds": "stage", "on_finish": ["seen"], "then": "joined"},
      "joined": {"kind": "delay", "takes": "0 min", "then": {"by": ["stage"], "three": "c", "otherwise": "a"}},
      "a": {"kind": "delay", "takes": "1 days", "then": "home"}, "c": {"kind": "delay", "takes": "1 days", "then": "home"}, "home": {"kind": "end"})";
  p.run_for = "7 days";
  Run const r(p);
  CHECK(r.step("c").starts == 4);  // days 0, 2 and 4 to 5
  CHECK(r.step("a").starts == 0);
}

TEST_CASE("dated levers change how fast those who arrive later progress") {
  auto p = scan("\"5 days\"", becomes("one", "\"9 days\"", "two"));
  p.levers =
      R"("faster": {"pointer": "/attributes/stage/progresses/one/after", "set": "2 days", "from": "2026-06-08"})";
  CHECK(found(Run(p)) == Found{4, 8, 0, 0});
}

TEST_CASE("what the check of a scenario reckons knows of levels that progress") {
  auto p = scan("\"5 days\"", weekly);
  p.resources = R"("bed": {"kind": "servers", "servers": 1})";
  auto const c = p.steps.find(R"("c": {"kind": "delay", "takes": "1 days")");
  p.steps.replace(c, std::string(R"("c": {"kind": "delay", "takes": "1 days")").size(),
                  R"("c": {"kind": "servers", "needs": "bed", "takes": "1 hours")");
  auto const model = model_of(p);
  // what is found hangs on the time it took: no flow equation knows it, a walk does
  CHECK_FALSE(engine::exact_visits(model, model.eras.front(), {}).at(0).has_value());
  auto const visits = engine::walked_visits(model, model.eras.front(), 0, 500, 1, {});
  CHECK(visits.hours.at(index_in(model.names.steps, "path/c")) == Approx(1));  // all are found at stage three
}
