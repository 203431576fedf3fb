#include "small_model.hpp"

using namespace cwtsim;
using namespace cwtsim::small;

namespace {}

TEST_CASE("after a transfer a patient uses the resources of the new provider") {
  Parts p;
  p.resources = R"("scanner": {"kind": "servers", "servers": 1})";
  p.providers = R"("there": {"resources": {"scanner": {"kind": "servers", "servers": 2}}})";
  p.steps = R"("first": {"kind": "servers", "needs": "scanner", "takes": "1 hours", "then": "sent"},
      "sent": {"kind": "transfer", "takes": "2 hours", "to": "there", "then": "again"},
      "again": {"kind": "servers", "needs": "scanner", "takes": "3 hours", "then": "home"}, "home": {"kind": "end"})";
  p.demand = arrive("gp", "mon", "\"09:00\"", 3);
  Run const r(p);
  CHECK(r.step("first").wait_ticks == 60 + 120);
  CHECK(r.step("sent").starts == 3);
  CHECK(r.step("sent").service_ticks == 3 * 120);
  CHECK(r.step("again", "there").starts == 3);
  CHECK(r.step("again", "here").starts == 0);
  CHECK(r.step("again", "there").wait_ticks == 60);  // they come at 12, 13 and 14; two servers, the third at 15:00
  CHECK(r.resource("scanner", "there").busy_ticks == 9 * 60);
  CHECK(r.resource("scanner").busy_ticks == 3 * 60);
}

TEST_CASE("where a patient is sent may depend on the patient and on where it comes from") {
  Parts p;
  p.attributes = R"("tumour": {"levels": ["lung", "skin"]})";
  p.providers = R"("lung_centre": {}, "other": {})";
  p.steps =
      R"("first": {"kind": "transfer", "to": {"by": ["tumour", "provider"], "lung": "lung_centre", "skin": {"here": "other", "otherwise": "here"}}, "then": "end_there"},
      "end_there": {"kind": "delay", "takes": "1 days", "then": "home"}, "home": {"kind": "end"})";
  p.demand =
      arrive("a", "mon", "\"09:00\"", 2, R"("attributes": {"tumour": "lung"})") + ", " +
      arrive("b", "mon", "\"09:00\"", 3, R"("attributes": {"tumour": "skin"})") +
      R"(, "c": {"pathway": "path", "provider": "other", "timetable": {"on": "mon", "at": ["09:00"], "patients": 4}, "attributes": {"tumour": "skin"}})";
  Run const r(p);
  CHECK(r.step("end_there", "lung_centre").starts == 2);
  CHECK(r.step("end_there", "other").starts == 3);
  CHECK(r.step("end_there", "here").starts == 4);
}

TEST_CASE("a pathway can be continued by another one") {
  Parts p;
  p.steps =
      R"("first": {"kind": "delay", "takes": "1 days", "then": "on"}, "on": {"kind": "continues", "pathway": "treatment"})";
  p.pathways =
      R"("treatment": {"start": "treat", "steps": {"treat": {"kind": "delay", "takes": "2 days", "on_finish": ["treated"], "then": "home"}, "home": {"kind": "end"}}})";
  p.demand = arrive("gp", "mon", "\"09:00\"", 2, came);
  p.standards = R"("wait": {"starts": "came", "stops": "treated", "limit": "7 days"})";
  Run const r(p);
  CHECK(r.step("treatment/treat").starts == 2);
  CHECK(r.days("wait") == Days{{3, 2}});
}

TEST_CASE("attributes set when a step is finished hold for its own next step and all after") {
  Parts p;
  p.attributes = R"("cancer": {"levels": ["no", "yes"], "shares": {"no": 1}})";
  p.steps =
      R"("first": {"kind": "delay", "takes": {"by": ["cancer"], "no": "1 days", "yes": "100 days"}, "sets": {"cancer": "yes"}, "then": {"by": ["cancer"], "yes": "treat", "no": "home"}},
      "treat": {"kind": "delay", "takes": {"by": ["cancer"], "no": "100 days", "yes": "2 days"}, "on_finish": ["treated"], "then": "home"}, "home": {"kind": "end"})";
  p.demand = arrive("gp", "mon", "\"09:00\"", 2, came);
  p.standards = R"("wait": {"starts": "came", "stops": "treated", "limit": "7 days"})";
  CHECK(Run(p).days("wait") == Days{{3, 2}});
}

TEST_CASE(
    "what is set for one patient does not change another one [ADHD-DES: flags of the model, not of the patient]") {
  // b's attribute is set while a is on its way: a must still go home, b to treatment
  Parts p;
  p.attributes = R"("cancer": {"levels": ["no", "yes"]})";
  p.steps =
      R"("first": {"kind": "delay", "takes": {"by": ["stream"], "a": "3 days", "b": "1 days"}, "sets": {"cancer": {"by": ["stream"], "a": "no", "b": "yes"}}, "then": "look"},
      "look": {"kind": "delay", "takes": "2 days", "then": {"by": ["cancer"], "yes": "treat", "no": "home"}},
      "treat": {"kind": "delay", "takes": "1 days", "then": "home"}, "home": {"kind": "end"})";
  p.demand = arrive("a", "mon", "\"09:00\"", 5) + ", " + arrive("b", "mon", "\"10:00\"", 7);
  for (auto* text : {&p.demand})
    for (auto at = text->find("\"timetable\""); at != text->npos; at = text->find("\"timetable\"", at + 40))
      text->insert(at, R"("attributes": {"cancer": "no"}, )");
  Run const r(p);
  CHECK(r.step("treat").starts == 7);
}

TEST_CASE("routes by share, by attribute and by provider") {
  Parts p;
  p.attributes = R"("stage": {"levels": ["1", "2", "3"], "shares": {"1": 0.5, "2": 0.3, "3": 0.2}})";
  p.steps =
      R"("first": {"kind": "delay", "takes": "1 days", "then": {"by": ["stage"], "1": {"a": 0.25, "b": 0.75}, "otherwise": "c"}},
      "a": {"kind": "end"}, "b": {"kind": "delay", "takes": "0 min", "then": "a"}, "c": {"kind": "delay", "takes": "0 min", "then": "a"})";
  p.demand = arrive("gp", "mon", "\"09:00\"", 10'000);
  Run const r(p);
  auto const b = static_cast<double>(r.step("b").starts), c = static_cast<double>(r.step("c").starts);
  CHECK(std::abs(b - 3750) < 5 * std::sqrt(10'000 * 0.375 * 0.625));
  CHECK(std::abs(c - 5000) < 5 * std::sqrt(10'000 * 0.25));
  CHECK(r.result.finished == 10'000);
}

TEST_CASE("attributes may depend on one another, whatever the order in which they are written") {
  Parts p;
  p.attributes =
      R"("stage": {"levels": ["early", "late"], "shares": {"by": ["tumour"], "lung": "late", "skin": "early"}},
                    "tumour": {"levels": ["lung", "skin"], "shares": {"lung": 0.5, "skin": 0.5}})";
  p.steps =
      R"("first": {"kind": "delay", "takes": "0 min", "then": {"by": ["tumour", "stage"], "lung": {"early": "wrong", "late": "home"}, "skin": {"early": "home", "late": "wrong"}}},
      "wrong": {"kind": "delay", "takes": "0 min", "then": "home"}, "home": {"kind": "end"})";
  p.demand = arrive("gp", "mon", "\"09:00\"", 200);
  Run const r(p);
  CHECK(r.result.finished == 200);
  CHECK(r.step("wrong").starts == 0);
}

TEST_CASE("a patient who comes back to a step draws anew") {
  // half of those who are scanned are scanned again: 2 scans a patient on average
  Parts p;
  p.run_for = "400 days";
  p.steps =
      R"("first": {"kind": "delay", "takes": "1 hours", "then": {"first": 0.5, "home": 0.5}}, "home": {"kind": "end"})";
  p.demand = R"("gp": {"pathway": "path", "provider": "here", "per_day": 20})";
  Run const r(p);
  auto const n = static_cast<double>(r.result.referred);
  CHECK(std::abs(static_cast<double>(r.step("first").starts) / n - 2) < 5 * std::sqrt(2 / n));
}
