// What is sound and may yet be a slip of the pen.

#include "catch_compat.hpp"
#include "cwtsim/scenario/alike.hpp"
#include "cwtsim/scenario/validate.hpp"
#include "small_scenario.hpp"

using namespace cwtsim;
using namespace cwtsim::scenario;
using namespace cwtsim::scenario::small;

namespace {

/// What is pointed out, a line each with its remedy.
std::string pointed_out(Scenario const& s) {
  std::string out;
  auto const told = point_out({s, {}});
  for (auto const& p : told.list()) out += p.pointer + ": " + p.what + ". " + p.suggestion + "\n";
  return out;
}

bool tells(Scenario const& s, std::string const& words) {
  INFO(pointed_out(s));
  return pointed_out(s).find(words) != std::string::npos;
}

Scenario with_hours(std::string const& opens, std::string const& closes) {
  auto s = clinic();
  auto& opening = resource_of(s, "clinic").openings.items[0].second;
  opening.opens = parse_time_of_day(opens).value();
  opening.closes = parse_time_of_day(closes).value();
  return s;
}

Scenario that_takes(Distribution distribution) {
  auto s = clinic();
  step_of(s, "seen").takes = plain(distribution);
  return s;
}
Distribution constant(double seconds) {
  return {Constant{Duration{seconds}}, {}};
}

}  // namespace

TEST_CASE("names look alike but for what a reader does not see") {
  auto const pair = GENERATE(table<std::string, std::string>({{"R1K ", "R1K"},
                                                              {"Yes", "yes"},
                                                              {"mdt", "MDT"},
                                                              {"ct scan", "ct_scan"},
                                                              {"ct-scan", "CTscan"},
                                                              {"NW\u00a0London", "NW London"},
                                                              {"NW\u200bLondon", "NW London"},
                                                              {"ct\u2009scan", "ct scan"},
                                                              {"p\u0430tient", "patient"},
                                                              {"\u0421T", "CT"},
                                                              {"\u0391", "A"},
                                                              {"Zo\u00eb", "Zoe"},
                                                              {"Zoe\u0308", "Zoe"},
                                                              {"\uff23\uff34", "CT"},
                                                              {"R0A", "ROA"},
                                                              {"R1K", "RIK"},
                                                              {"R1K", "RlK"},
                                                              {"r1k", "RIK"},
                                                              {"King\u2019s", "Kings"},
                                                              {"a \u2013 b", "a-b"},
                                                              {" x", "x"}}));
  CAPTURE(std::get<0>(pair), std::get<1>(pair));
  CHECK(look_alike(std::get<0>(pair), std::get<1>(pair)));
  CHECK(look_alike(std::get<1>(pair), std::get<0>(pair)));
  CHECK_FALSE(difference_of(std::get<0>(pair), std::get<1>(pair)).empty());
}

TEST_CASE("names that mean to differ do not look alike") {
  auto const pair = GENERATE(table<std::string, std::string>({{"lung", "lung"},
                                                              {"ct", "mr"},
                                                              {"stage 1-2", "stage 12"},
                                                              {"0.4", "04"},
                                                              {"er+", "er-"},
                                                              {"er-", "er"},
                                                              {"RLK", "R1K"},
                                                              {"<5", "5"},
                                                              {"1", "2"},
                                                              {"ct1", "ct2"}}));
  CAPTURE(std::get<0>(pair), std::get<1>(pair));
  CHECK_FALSE(look_alike(std::get<0>(pair), std::get<1>(pair)));
}

TEST_CASE("what tells two names apart is said, and nothing else") {
  CHECK(difference_of("R1K ", "R1K") == "a blank at an end");
  CHECK(difference_of("Yes", "yes") == "capital letters");
  CHECK(difference_of("ct_scan", "ct scan") == "what stands between the words");
  CHECK(difference_of("Ct_scan", "ct scan") == "what stands between the words and capital letters");
  CHECK(difference_of("NW\u00a0London", "NW London") == "blanks of another kind (a non-breaking space, say)");
  CHECK(difference_of("p\u0430tient", "patient") == "letters of another alphabet or with an accent");
  CHECK(difference_of("R1K", "RIK") == "0 for O, or 1 for I or l");
  CHECK(difference_of("a", "b").empty());
}

TEST_CASE("of names that look alike the one that is written less often is told, once") {
  Problems told;
  tell_alike(told, "milestones",
             {{"Told", "/1"}, {"told", "/2"}, {"Told", "/3"}, {"told", "/4"}, {"told", "/5"}, {"x", "/6"}});
  REQUIRE(told.size() == 1);
  CHECK(told.list()[0].pointer == "/1");
  CHECK(told.list()[0].what ==
        "\"Told\" and \"told\" look alike and are two milestones: they differ in capital letters");
  CHECK(told.list()[0].suggestion == "Write \"told\" in every place if one is meant");
}

TEST_CASE("names of every kind are looked at") {
  auto s = clinic();
  REQUIRE(pointed_out(s).empty());
  SECTION("a step reaches a milestone that looks like the one a clock waits for") {
    auto more = delay(1, "home");
    more.on_finish = {"Informed "};
    add_step(s, "told", more);
    CHECK(tells(s, "/pathways/clinic/steps/told/on_finish/0: \"Informed \" and \"informed\" look alike"));
    CHECK(tells(s, "a clock that waits for one does not hear of the other"));
  }
  SECTION("a milestone of which no clock hears is near to one that a clock waits for") {
    step_of(s, "seen").on_finish = {"infromed"};
    CHECK(tells(s, "no clock and no measure waits for the milestone \"infromed\". Did you mean \"informed\"?"));
    step_of(s, "seen").on_finish = {"admitted"};
    CHECK(pointed_out(s).empty());
    step_of(s, "seen").on_finish = {"informed2"};
    CHECK(pointed_out(s).empty());
  }
  SECTION("levels of one attribute, and of two") {
    Attribute smoker, frail;
    smoker.levels = {"Yes", "no"};
    frail.levels = {"yes", "No", "no "};
    s.attributes.items = {{"smoker", smoker}, {"frail", frail}};
    CHECK(tells(s, "/attributes/frail/levels/0: \"yes\" and \"Yes\""));
    CHECK(tells(s, "/attributes/frail/levels/2: \"no \" and \"no\""));
  }
  SECTION("attributes") {
    s.attributes.items = {{"tumour", {}}, {"Tumour", {}}};
    CHECK(tells(s, "are two attributes"));
  }
  SECTION("providers, their groups and labels") {
    Provider other;
    other.group = "north\u00a0west";
    other.label = "King's";
    s.providers.items[0].second.group = "north west";
    s.providers.items[0].second.label = "Kings";
    s.providers.items.emplace_back("hospital ", other);
    CHECK(tells(s, "are two providers"));
    CHECK(tells(s, "are two groups"));
    CHECK(tells(s, "are two labels of providers"));
  }
  SECTION("resources and roles of different providers") {
    Provider other;
    other.resources.items = {{"Clinic", sessions(3)}};
    other.staff.items = {{"nurse", {}}};
    s.providers.items[0].second.staff.items = {{"Nurse", {}}};
    s.providers.items.emplace_back("hub", other);
    CHECK(tells(s, "/providers/hub/resources/Clinic: \"Clinic\" and \"clinic\" look alike and are two resources"));
    CHECK(tells(s, "are two roles"));
  }
  SECTION("streams and steps") {
    s.demand.items.emplace_back("GP", s.demand.items[0].second);
    add_step(s, "Results", delay(1, "home"));
    CHECK(tells(s, "are two streams"));
    CHECK(tells(s, "are two steps"));
  }
  SECTION("clock adjustments") {
    step_of(s, "results").pauses = "Patient choice";
    s.standards.items[0].second.adjustments = {"patient_choice", "Patient choice"};
    CHECK(tells(s, "are two clock adjustments"));
  }
  SECTION("openings of a resource, standards, measures and their units") {
    auto& openings = resource_of(s, "clinic").openings;
    openings.items.emplace_back("Weekday", openings.items[0].second);
    s.standards.items.emplace_back("FDS", s.standards.items[0].second);
    Measure a, b;
    a.unit = "days";
    b.unit = "Days";
    s.measures.items = {{"wait", a}, {"wait ", b}};
    CHECK(tells(s, "are two sessions"));
    CHECK(tells(s, "are two standards"));
    CHECK(tells(s, "are two measures"));
    CHECK(tells(s, "are two units"));
  }
}

TEST_CASE("a session that closes before it opens is pointed out, unless it is of a night") {
  CHECK(tells(with_hours("14:00", "09:00"), "it closes at 09:00 before it opens at 14:00, so it is open for 19 hours"));
  CHECK(tells(with_hours("14:00", "05:30"),
              "15 hours 30 min, to the next day. Write \"17:30\" if the afternoon is meant"));
  CHECK(tells(with_hours("09:00", "08:00"), "Write \"20:00\""));
  CHECK(tells(with_hours("22:00", "21:00"), "Exchange the two"));
  CHECK(pointed_out(with_hours("09:00", "17:00")).empty());
  CHECK(pointed_out(with_hours("22:00", "06:00")).empty());
  CHECK(pointed_out(with_hours("17:00", "08:00")).empty());
  CHECK(pointed_out(with_hours("08:00", "08:00")).empty());  // all day
  CHECK(pointed_out(with_hours("08:00", "00:00")).empty());  // until midnight
  CHECK(pointed_out(with_hours("14:00", "02:00")).empty());  // twelve hours
  CHECK(tells(with_hours("14:00", "02:01"), "it closes"));   // and more
  CHECK(pointed_out(with_hours("16:00", "08:00")).empty());  // sixteen hours from the evening on
  CHECK(tells(with_hours("16:00", "08:01"), "it closes"));
}

TEST_CASE("a length of time that a tick is too coarse for is told with the resolution to write") {
  CHECK(tells(that_takes(constant(450)),
              "/pathways/clinic/steps/seen/takes: 7.5 min becomes 8 min, for a tick is 1 min. Write \"resolution\": "
              "\"30 s\" in \"horizon\""));
  CHECK(tells(that_takes(constant(20)), "20 s becomes 0, for a tick is 1 min. Write \"resolution\": \"20 s\""));
  // 100 minutes and a half of one: half a per cent, and one per cent
  CHECK(pointed_out(that_takes(constant(100.5 * 60))).empty());
  CHECK(pointed_out(that_takes(constant(50.5 * 60))).empty());
  CHECK(tells(that_takes(constant(49.5 * 60)), "49.5 min becomes 50 min"));
  // rounded to ticks an exponential of mean m has the mean 1 / (2 sinh(1 / 2m)): 14.09 s for 20 s in minutes
  CHECK(tells(that_takes({Exponential{Duration{20}}, {}}), "20 s becomes 14.1 s on average"));
  CHECK(pointed_out(that_takes({Exponential{Duration{600}}, {}})).empty());
  CHECK(tells(that_takes(constant(0.01)), "0.01 s becomes 0"));
  CHECK(pointed_out(that_takes(constant(0))).empty());
}

TEST_CASE("the resolution that is advised fits all that is too short, and the times of day") {
  auto s = that_takes(constant(450));
  step_of(s, "results").takes = plain(constant(70));
  CHECK(tells(s, "7.5 min becomes 8 min, for a tick is 1 min. Write \"resolution\": \"10 s\""));
  CHECK(tells(s, "1.167 min becomes 1 min, for a tick is 1 min. Write \"resolution\": \"10 s\""));
  // a tick of 15 minutes is cut into whole parts, so that what began on a tick still does
  auto coarse = that_takes(constant(40 * 60));
  coarse.horizon.resolution = {15 * 60};
  CHECK(tells(coarse, "40 min becomes 45 min, for a tick is 15 min. Write \"resolution\": \"5 min\""));
}

TEST_CASE("lengths of every kind are looked at: notice, factors, giving up, but not whole days") {
  auto s = clinic();
  SECTION("notice") {
    resource_of(s, "clinic").notice = {20};
    CHECK(tells(s, "/providers/hospital/resources/clinic/notice: 20 s becomes 0"));
  }
  SECTION("a factor of what is drawn") {
    step_of(s, "seen").takes = plain(constant(600));
    step_of(s, "seen").times.items = {{"quick", plain(0.01)}};
    CHECK(tells(s, "/pathways/clinic/steps/seen/times/quick: 6 s, by this factor, becomes 0"));
    step_of(s, "seen").times.items = {{"slow", plain(3.0)}};
    CHECK(pointed_out(s).empty());
  }
  SECTION("giving up") {
    GivesUp gives_up;
    gives_up.after = plain(constant(90));
    gives_up.then = "home";
    step_of(s, "seen").gives_up.items = {{"tired", gives_up}};
    CHECK(tells(s, "/pathways/clinic/steps/seen/gives_up/tired/after: 1.5 min becomes 2 min"));
  }
  SECTION("what is counted in days has no tick") {
    Staff nurse;
    nurse.recruited_after = constant(20);
    s.providers.items[0].second.staff.items = {{"nurse", nurse}};
    CHECK(pointed_out(s).empty());
  }
}

TEST_CASE("a length of time that a dated lever makes too short is told, beside others that bring capacity") {
  auto larger = that_takes(constant(600)), shorter = that_takes(constant(450)), larger_still = shorter;
  resource_of(larger, "clinic").openings.items[0].second.amount = 12;
  resource_of(larger_still, "clinic").openings.items[0].second.amount = 14;
  DatedScenario const dated{that_takes(constant(600)),
                            {{parse_date("2026-05-01").value(), larger},
                             {parse_date("2026-06-01").value(), shorter},
                             {parse_date("2026-07-01").value(), larger_still}}};
  auto const told = point_out(dated);
  REQUIRE(told.size() == 1);
  CHECK(told.list()[0].what.rfind("from 2026-06-01: 7.5 min becomes 8 min", 0) == 0);
}

TEST_CASE("what a dated lever makes is told with its date, once") {
  auto const later = with_hours("14:00", "09:00");
  DatedScenario const dated{clinic(),
                            {{parse_date("2026-05-01").value(), later}, {parse_date("2026-06-01").value(), later}}};
  auto const told = point_out(dated);
  REQUIRE(told.size() == 1);
  CHECK(told.list()[0].what.rfind("from 2026-05-01: it closes at 09:00", 0) == 0);
}
