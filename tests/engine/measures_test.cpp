#include <cmath>

#include "small_model.hpp"

using namespace cwtsim;
using namespace cwtsim::small;
using Recorded = Run::Recorded;

namespace {

/// Each day at nine a patient comes, is found to have cancer of some stage after two days, and is treated five days
/// later.
Parts treated(std::string const& measures) {
  Parts p;
  p.run_for = "61 days";  // June and July 2026
  p.attributes =
      R"("stage": {"levels": ["early", "late"], "shares": {"early": 1}}, "sex": {"levels": ["f", "m"], "shares": {"f": 1}})";
  p.steps =
      R"("first": {"kind": "delay", "takes": "2 days", "sets": {"stage": "late"}, "on_finish": "diagnosed", "then": "wait"},
         "wait": {"kind": "delay", "takes": "5 days", "on_finish": ["treated", "cured"], "then": "home"}, )" +
      home;
  p.demand = arrive("gp", "daily", "\"09:00\"", 1, R"("milestones": ["came"])");
  p.measures = measures;
  return p;
}

}  // namespace

TEST_CASE("a measure without a value counts, in the month of the milestone") {
  Run const r(treated(R"("treatments": {"on": "treated"})"));
  // those of 1 June are treated on the 8th: 23 days of June, 31 of July
  CHECK(r.recorded("treatments", 0) == Recorded{23, 23});
  CHECK(r.recorded("treatments", 1) == Recorded{31, 31});
}

TEST_CASE("milestones of one moment record a measure once, milestones of several moments each time") {
  Run const r(treated(R"("both": {"on": ["treated", "cured"]}, "either": {"on": ["diagnosed", "treated"]})"));
  CHECK(r.recorded("both") == Recorded{54, 54});
  CHECK(r.recorded("either") == Recorded{54 + 59, 54 + 59});  // diagnosed from 3 June on
}

TEST_CASE("days are counted between dates, from the first such milestone of the patient") {
  auto p = treated(
      R"("since_arrival": {"on": "treated", "days_since": "came"}, "since_itself": {"on": "came", "days_since": "came"},
      "since_never": {"on": "diagnosed", "days_since": "treated"})");
  Run const r(p);
  CHECK(r.recorded("since_arrival") == Recorded{54, 54 * 7});
  CHECK(r.recorded("since_itself") == Recorded{61, 0});
  CHECK(r.recorded("since_never") == Recorded{0, 0});
  SECTION("the second does not count") {
    // back to the beginning once: diagnosed on days 2 and 9, treated on days 7 and 14
    p.steps =
        R"("first": {"kind": "delay", "takes": "2 days", "on_finish": "diagnosed", "then": "wait"},
           "wait": {"kind": "delay", "takes": "5 days", "repeats": 2, "every": "12 days", "on_start": "begun", "on_finish": "treated", "then": "home"}, )" +
        home;
    p.measures = R"("days": {"on": "treated", "days_since": "begun"})";
    p.demand = arrive("gp", "mon", "\"09:00\"", 1);
    // begun on day 2, again on day 14, done on day 19: 17 days. The last Monday to be treated is 6 July
    CHECK(Run(p).recorded("days") == Recorded{6, 6 * 17});
  }
}

TEST_CASE("how often a milestone was reached is counted up to the moment, for each patient") {
  auto p = treated(
      R"("of_both": {"on": ["treated"], "number_of": "treated"}, "of_one_before": {"on": "diagnosed", "number_of": "treated"},
      "of_arrivals": {"on": ["diagnosed", "treated"], "number_of": "came"})");
  Run const r(p);
  CHECK(r.recorded("of_both") == Recorded{54, 54});
  CHECK(r.recorded("of_one_before") == Recorded{59, 0});
  CHECK(r.recorded("of_arrivals") == Recorded{54 + 59, 54 + 59});
  SECTION("each of several times, this one included") {
    p.steps =
        R"("first": {"kind": "delay", "takes": "2 days", "on_finish": "visited", "then": "wait"},
           "wait": {"kind": "delay", "takes": "5 days", "on_finish": ["visited", "treated"], "then": "home"}, )" +
        home;
    p.measures =
        R"("visits": {"on": "visited", "number_of": "visited"}, "in_all": {"on": "treated", "number_of": "visited"})";
    p.demand = arrive("gp", "mon", "\"09:00\"", 1);
    // 2 and 7 days after each Monday from 1 June on: four times each in June; eight are treated by 31 July
    Run const all(p);
    CHECK(all.recorded("visits", 0) == Recorded{8, 4 * 1 + 4 * 2});
    CHECK(all.recorded("in_all") == Recorded{8, 8 * 2});
  }
  SECTION("branches reach milestones for their patient") {
    p.steps =
        R"("both": {"kind": "parallel", "starts": {"one": 1, "two": 1}, "joins_at": "seen"},
           "one": {"kind": "delay", "takes": "1 day", "on_finish": "visited", "then": "seen"},
           "two": {"kind": "delay", "takes": "1 day", "on_finish": "visited", "then": "seen"},
           "seen": {"kind": "delay", "takes": "1 day", "on_finish": "treated", "then": "home"}, )" +
        home;
    p.start = "both";
    p.measures = R"("visits": {"on": "treated", "number_of": "visited"})";
    CHECK(Run(p).recorded("visits") == Recorded{59, 2 * 59});
  }
}

TEST_CASE("a value is looked up at the milestone, for the patient as she is then") {
  Run const r(treated(
      R"("stage_at_arrival": {"on": "came", "value": {"by": ["stage"], "early": 1, "late": 0.125}},
         "stage_when_known": {"on": "diagnosed", "value": {"by": ["stage"], "early": 1, "late": 0.125}},
         "rounded": {"on": "came", "value": 0.0000015}, "down": {"on": "came", "value": 0.00000049}, "none": {"on": "came", "value": 0})"));
  CHECK(r.recorded("stage_at_arrival") == Recorded{61, 61});
  CHECK(r.recorded("stage_when_known") == Recorded{59, 59 * 0.125});
  CHECK(r.recorded("rounded").sum == Approx(61 * 2 / 1e6));  // to the nearest millionth, half away from nothing
  CHECK(r.recorded("down") == Recorded{61, 0});
  CHECK(r.recorded("none") == Recorded{61, 0});
}

TEST_CASE("a measure is for those whom its condition names at the milestone") {
  Run const r(treated(R"("early": {"on": ["came", "treated"], "for": {"stage": "early"}},
      "women": {"on": "came", "for": {"stage": ["early", "late"], "sex": "f"}}, "men": {"on": "came", "for": {"sex": "m"}})"));
  CHECK(r.recorded("early") == Recorded{61, 61});  // by the time of treatment nobody is
  CHECK(r.recorded("women") == Recorded{61, 61});
  CHECK(r.recorded("men") == Recorded{0, 0});
}

TEST_CASE("strata of a measure are those of the patient at the milestone, at the provider of that moment") {
  auto p = treated(R"("m": {"on": ["came", "treated"], "by": ["provider", "stage", "group", "provider+stage"]})");
  p.providers = R"("there": {"group": "south"})";
  p.steps.replace(p.steps.find(R"("then": "wait")"), 14,
                  R"("then": "sent"}, "sent": {"kind": "transfer", "to": "there", "then": "wait")");
  Run const r(p);
  CHECK(r.recorded("m", -1, "provider", 0) == Recorded{61, 61});
  CHECK(r.recorded("m", -1, "provider", 1) == Recorded{54, 54});
  CHECK(r.recorded("m", -1, "group", 1) == Recorded{54, 54});
  CHECK(r.recorded("m", -1, "stage", 0) == Recorded{61, 61});
  CHECK(r.recorded("m", -1, "provider+stage", 0) == Recorded{61, 61});
  CHECK(r.recorded("m", -1, "provider+stage", 3) == Recorded{54, 54});
  CHECK(r.recorded("m", -1, "provider+stage", 1) == Recorded{0, 0});
}

TEST_CASE("a delay lowers a chance of survival by the hazard ratio for each so many days") {
  auto const mean = [](std::string const& hazard, std::string const& value = "0.8") {
    Run const r(
        treated(R"("s": {"on": "treated", "value": )" + value + R"(, "unit": "share", "hazard": {)" + hazard + "}}"));
    auto const recorded = r.recorded("s");
    REQUIRE(recorded.values == 54);
    return recorded.sum / 54;
  };
  auto const millionth = [](double x) { return std::round(x * 1e6) / 1e6; };
  // treated 7 days after coming, of which 3 do no harm: one delay of four days
  std::string const four = R"("since": "came", "beyond": "3 days", "per": "4 days", )";
  CHECK(mean(four + R"("ratio": 1.5)") == Approx(millionth(std::pow(0.8, 1.5))).epsilon(1e-12));
  CHECK(mean(four + R"("ratio": 1)") == Approx(0.8).epsilon(1e-12));
  CHECK(mean(four + R"("ratio": 0.5)") == Approx(millionth(std::sqrt(0.8))).epsilon(1e-12));
  // three and a half delays of two days
  CHECK(mean(R"("since": "came", "per": "2 days", "ratio": 1.08)") ==
        Approx(millionth(std::pow(0.8, std::pow(1.08, 3.5)))).epsilon(1e-12));
  CHECK(mean(R"("since": "came", "beyond": "7 days", "per": "1 days", "ratio": 9)") == Approx(0.8).epsilon(1e-12));
  CHECK(mean(R"("since": "came", "beyond": "9 days", "per": "1 days", "ratio": 9)") == Approx(0.8).epsilon(1e-12));
  CHECK(mean(R"("since": "came", "ratio": 9)", "0") == 0);
  CHECK(mean(R"("since": "came", "ratio": 9)", "1") == 1);
  SECTION("one whose delay never began has had none") {
    auto p = treated(R"("s": {"on": "diagnosed", "value": 0.8, "hazard": {"since": "treated", "ratio": 9}})");
    CHECK(Run(p).recorded("s").sum == Approx(59 * 0.8).epsilon(1e-12));
  }
}

TEST_CASE("what is recorded before the measured time is not kept, but milestones before it are remembered") {
  auto p = treated(R"("n": {"on": "treated"}, "days": {"on": "treated", "days_since": "came"})");
  p.warm_up = "10 days";
  p.run_for = "5 days";
  Run const r(p);  // 11 to 15 June
  CHECK(r.recorded("n") == Recorded{5, 5});
  CHECK(r.recorded("days") == Recorded{5, 35});
  SECTION("patients who wait at the start came before it") {
    p.warm_up = "0 days";
    p.waiting = R"("old": {"like": "gp", "provider": "here", "step": "wait", "patients": 3, "waited": "40 days"})";
    p.measures = R"("came": {"on": "came"}, "days": {"on": "treated", "days_since": "came"})";
    p.run_for = "6 days";
    Run const waited(p);
    CHECK(waited.recorded("came") == Recorded{6, 6});
    CHECK(waited.recorded("days") == Recorded{3, 3 * 45});
  }
}

TEST_CASE("a dated lever changes what a measure records from that day on") {
  auto p = treated(R"("v": {"on": "came", "value": 2})");
  p.levers = R"("more": {"pointer": "/measures/v/value", "set": 3, "from": "2026-06-11"})";
  CHECK(Run(p).recorded("v") == Recorded{61, 10 * 2 + 51 * 3});
}

TEST_CASE("more than sixty measures, and more milestones than matter, are no difficulty") {
  std::string many, milestones;
  for (int i = 0; i < 70; ++i) {
    many += (i > 0 ? ", " : "") + std::string("\"m") + std::to_string(i) + R"(": {"on": ")" +
            (i % 2 == 0 ? "treated" : "diagnosed") + "\"}";
    milestones += ", \"unheard" + std::to_string(i) + "\"";
  }
  auto p = treated(many);
  p.steps.replace(p.steps.find(R"("cured")"), 7, R"("cured")" + milestones);
  Run const r(p);
  for (int i = 0; i < 70; ++i) CHECK(r.recorded("m" + std::to_string(i)).values == (i % 2 == 0 ? 54u : 59u));
}
