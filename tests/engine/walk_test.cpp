#include "cwtsim/engine/walk.hpp"

#include "small_model.hpp"

using namespace cwtsim;
using namespace cwtsim::small;

TEST_CASE("the best time is that of patients who never wait") {
  Parts p;
  p.run_for = "52 weeks";
  p.resources =
      R"("clinic": {"kind": "sessions", "other_work": 0.5, "sessions": {"day": {"on": "mon-fri", "opens": "09:00", "closes": "12:00", "slots": 4}}},
      "scanner": {"kind": "servers", "hours": {"day": {"on": "mon-fri", "opens": "08:00", "closes": "18:00", "servers": 2}}},
      "porter": {"kind": "servers", "servers": 1}, "mdt": {"kind": "meeting", "meets": {"weekly": {"on": "wed", "at": "14:00", "cases": 12}}})";
  p.steps = R"("first": {"kind": "appointment", "needs": "clinic", "then": "scan"},
      "scan": {"kind": "servers", "needs": {"scanner": 1, "porter": 1}, "takes": "90 min", "repeats": "2", "every": "7 days", "then": "mdt"},
      "mdt": {"kind": "meeting", "needs": "mdt", "then": "told"},
      "told": {"kind": "delay", "takes": "3 days", "on_finish": ["told"], "then": "home"}, "home": {"kind": "end"})";
  p.demand = arrive("gp", "mon-fri", "\"08:00\"", 2, R"("milestones": ["came"])");
  p.standards = R"("fds": {"starts": "came", "stops": "told", "limit": "28 days"})";
  auto const model = model_of(p);
  auto const walk = engine::walk(model, 500, 1);
  CHECK(walk.median_days[0] == 10);  // a week between the scans and three days
  auto const days_in = [&](std::string const& step) { return walk.days_in[0][index_in(model.names.steps, step)]; };
  CHECK(days_in("path/told") == Approx(10 * 3));  // ten patients a week
  CHECK(days_in("path/scan") == Approx(10 * (7 + 1.5 / 24)));
  CHECK(days_in("path/first") == 0);
}

TEST_CASE("who goes another way than most is counted") {
  Parts p;
  p.run_for = "52 weeks";
  p.steps = R"("first": {"kind": "delay", "takes": "1 day", "then": {"home": 0.7, "clinic": 0.2, "ward": 0.1}},
      "clinic": {"kind": "delay", "takes": "1 day", "then": "home"}, "ward": {"kind": "delay", "takes": "1 day", "then": "home"},
      "home": {"kind": "end"})";
  p.demand = arrive("gp", "mon-fri", "\"08:00\"", 20, "");
  auto const model = model_of(p);
  auto const walk = engine::walk(model, 20'000, 1);
  auto const apart = [&](std::string const& step) { return walk.apart[index_in(model.names.steps, step)]; };
  CHECK(apart("path/first") == Approx(100 * 0.3).epsilon(0.05));
  CHECK(apart("path/clinic") == 0);
}

TEST_CASE("where patients pass very often fewer are walked, each for more") {
  Parts p;
  p.run_for = "52 weeks";
  p.steps =
      R"("first": {"kind": "delay", "takes": "1 day", "repeats": "100", "every": "1 day", "then": {"home": 0.7, "ward": 0.3}},
      "ward": {"kind": "delay", "takes": "1 day", "then": "home"}, "home": {"kind": "end"})";
  p.demand = arrive("gp", "mon-fri", "\"08:00\"", 20, "");
  auto const model = model_of(p);
  auto const apart = [&](double most) {
    return engine::walk(model, 4000, 1, most).apart[index_in(model.names.steps, "path/first")];
  };
  // 4,000 patients pass about 401,200 times
  CHECK(apart(500'000) == apart(engine::most_passes));
  CHECK(apart(100'000) != apart(engine::most_passes));
  CHECK(apart(100'000) == Approx(100 * 0.3).epsilon(0.15));  // of a thousand patients
}
