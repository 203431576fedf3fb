// A delay that may be left before it is over.

#include <cmath>

#include "cwtsim/engine/visits.hpp"
#include "cwtsim/engine/walk.hpp"
#include "small_model.hpp"

using namespace cwtsim;
using namespace cwtsim::small;

namespace {

std::string after(std::string const& time, std::string const& then) {
  return R"({"after": ")" + time + R"(", "then": ")" + then + "\"}";
}

/// Symptoms until somebody sees a doctor, or an emergency, or death.
Parts symptoms(std::string const& takes, std::string const& gives_up, std::string const& more = "",
               std::string const& on = "mon") {
  Parts p;
  p.steps =
      R"("first": {"kind": "delay", "takes": )" + takes + R"(, "on_finish": ["referred"], "gives_up": {)" + gives_up +
      R"(}, "then": "home")" + more +
      R"(}, "emergency": {"kind": "delay", "takes": "1 hours", "on_start": ["admitted"], "then": {"home": 1, "died": 0}},
      "died": {"kind": "delay", "takes": "0 min", "on_finish": ["gone"], "then": "home"}, "home": {"kind": "end"})";
  p.demand = arrive("gp", on, "\"09:00\"", 2, came);
  p.standards = R"("referred": {"starts": "came", "stops": "referred", "limit": "7 days"},
      "admitted": {"starts": "came", "stops": "admitted", "limit": "7 days"})";
  return p;
}

}  // namespace

TEST_CASE("a delay is left at the earliest of several ends, without what belongs to its finish") {
  Run const r(symptoms("\"5 days\"",
                       "\"emergency\": " + after("3 days", "emergency") + ", \"death\": " + after("4 days", "died")));
  CHECK(r.step("first").starts == 2);
  CHECK(r.step("first").gave_up == 2);
  CHECK(r.step("first").delay == 2 * 3 * 24 * 60);
  CHECK(r.step("first").finished == 0);
  CHECK(r.step("emergency").starts == 2);
  CHECK(r.step("died").starts == 0);
  CHECK(r.days("referred").empty());
  CHECK(r.days("admitted") == Days{{3, 2}});
  CHECK(r.result.finished == 2);
}

TEST_CASE("an end that is not earlier than the end of the delay does not happen") {
  for (auto const* time : {"5 days", "6 days"}) {
    Run const r(symptoms("\"5 days\"", "\"emergency\": " + after(time, "emergency")));
    CHECK(r.step("first").gave_up == 0);
    CHECK(r.step("emergency").starts == 0);
    CHECK(r.days("referred") == Days{{5, 2}});
  }
  Run const r(symptoms("\"0 days\"", "\"emergency\": " + after("0 days", "emergency")));
  CHECK(r.step("first").gave_up == 0);
}

TEST_CASE("of ends at one moment the one written first counts, and one may come at once") {
  Run const r(symptoms("\"5 days\"",
                       "\"death\": " + after("0 days", "died") + ", \"emergency\": " + after("0 days", "emergency")));
  CHECK(r.step("died").starts == 2);
  CHECK(r.step("emergency").starts == 0);
  CHECK(r.step("first").service_ticks == 0);
}

TEST_CASE("what ends a delay counts all days, also where the delay counts working days") {
  // two working days from Friday 09:00 are over on Tuesday; three days on Monday
  auto early =
      symptoms("\"2 days\"", "\"emergency\": " + after("3 days", "emergency"), R"(, "counts": "working days")", "fri");
  early.run_for = "14 days";
  CHECK(Run(early).step("first").gave_up == 2);
  auto late =
      symptoms("\"2 days\"", "\"emergency\": " + after("4 days", "emergency"), R"(, "counts": "working days")", "fri");
  late.run_for = "14 days";
  CHECK(Run(late).step("first").gave_up == 0);
}

TEST_CASE("who leaves takes no attribute of the finish, has paused a clock while it was there, and is not repeated") {
  auto p = symptoms("\"5 days\"", "\"emergency\": " + after("3 days", "emergency"),
                    R"(, "sets": {"cancer": "yes"}, "pauses": "choice", "repeats": 3, "every": "6 days")");
  p.attributes = R"("cancer": {"levels": ["no", "yes"], "shares": "no"})";
  p.standards =
      R"("admitted": {"starts": "came", "stops": "admitted", "limit": "7 days", "adjustments": ["choice"], "by": ["cancer"]})";
  Run const r(p);
  CHECK(r.step("first").starts == 2);
  CHECK(r.days("admitted", "cancer", 0) == Days{{0, 2}});
  CHECK(r.days("admitted", "cancer", 1).empty());
}

TEST_CASE("each repetition of a delay may be left anew") {
  auto p = symptoms("\"1 days\"", R"("emergency": {"after": {"exponential": {"mean": "2 days"}}, "then": "emergency"})",
                    R"(, "repeats": 3, "every": "1 days")");
  p.demand = arrive("gp", "mon", "\"09:00\"", 2000, came);
  p.run_for = "7 days";
  Run const r(p);
  // 1 - exp(-1/2) of those left leave in each round, so exp(-3/2) stay; six standard deviations are 112
  CHECK(r.step("first").gave_up == 2000 - static_cast<std::uint64_t>(r.days("referred").at(3)));
  CHECK(static_cast<double>(r.step("first").gave_up) == Approx(2000 * (1 - std::exp(-1.5))).margin(112));
}

TEST_CASE("a branch may leave a delay for the join, and a delay ends with the patient") {
  Parts p;
  p.steps = R"("first": {"kind": "parallel", "starts": {"wait": 1, "other": 1}, "joins_at": "joined"},
      "wait": {"kind": "delay", "takes": "5 days", "gives_up": {"enough": )" +
            after("2 days", "joined") + R"(}, "then": "joined"},
      "other": {"kind": "delay", "takes": "1 days", "then": "joined"},
      "joined": {"kind": "delay", "takes": "0 min", "on_finish": ["seen"], "then": "home"}, "home": {"kind": "end"})";
  p.demand = arrive("gp", "mon", "\"09:00\"", 2, came);
  p.standards = R"("both": {"starts": "came", "stops": "seen", "limit": "7 days"})";
  CHECK(Run(p).days("both") == Days{{2, 2}});
  auto const other = p.steps.find(R"("other": {"kind": "delay", "takes": "1 days", "then": "joined"})");
  p.steps.replace(other, std::string(R"("other": {"kind": "delay", "takes": "1 days", "then": "joined"})").size(),
                  R"("other": {"kind": "delay", "takes": "1 days", "then": {"home": 1, "joined": 0}})");
  Run const ended(p);
  CHECK(ended.result.finished == 2);
  CHECK(ended.step("wait").gave_up == 0);
}

TEST_CASE("what the check of a scenario reckons knows of delays that are left") {
  auto p = symptoms("\"5 days\"", "\"emergency\": " + after("3 days", "emergency"));
  p.steps =
      R"("first": {"kind": "delay", "takes": "5 days", "gives_up": {"emergency": )" + after("3 days", "bed") +
      R"(}, "then": "clinic"}, "clinic": {"kind": "delay", "takes": "10 days", "on_finish": ["seen"], "then": "home"},
      "bed": {"kind": "servers", "needs": "bed", "takes": "2 hours", "on_start": ["seen"], "then": "home"}, "home": {"kind": "end"})";
  p.resources = R"("bed": {"kind": "servers", "servers": 1})";
  p.standards = R"("seen": {"starts": "came", "stops": "seen", "limit": "7 days"})";
  auto const model = model_of(p);
  CHECK(engine::walk(model, 500, 1).median_days[0] == 3);
  for (auto const& visits : {engine::exact_visits(model, model.eras.front(), {}).at(0).value(),
                             engine::walked_visits(model, model.eras.front(), 0, 500, 1, {})}) {
    CHECK(visits.hours[index_in(model.names.steps, "path/bed")] == Approx(2));
    CHECK(visits.starts[index_in(model.names.steps, "path/clinic")] == 0);
  }
}
