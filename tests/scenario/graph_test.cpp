#include "cwtsim/scenario/graph.hpp"

#include "catch_compat.hpp"
#include "cwtsim/scenario/validate.hpp"
#include "small_scenario.hpp"

using namespace cwtsim;
using namespace cwtsim::scenario;
using namespace cwtsim::scenario::small;

namespace {

bool cycles(Scenario const& s, std::string const& name) {
  return PathwayGraph(s).in_cycle(0, *s.pathways.items[0].second.steps.index_of(name));
}

}  // namespace

TEST_CASE("steps on a loop, and steps before and after it") {
  auto s = clinic();
  step_of(s, "results").then = plain(shares({{"again", 0.2}, {"home", 0.8}}));
  add_step(s, "again", delay(30, "results"));
  CHECK_FALSE(cycles(s, "seen"));
  CHECK(cycles(s, "results"));
  CHECK(cycles(s, "again"));
  CHECK_FALSE(cycles(s, "home"));
  CHECK(validate(s).empty());
}

TEST_CASE("repeats and rebooking are not loops, a step that names itself is") {
  auto s = clinic();
  auto& seen = step_of(s, "seen");
  seen.repeats = plain(shares({{"5", 1.0}}));
  seen.every = days(1);
  seen.did_not_attend = DidNotAttend{plain(0.1), days(3), std::nullopt, "", ""};
  CHECK_FALSE(cycles(s, "seen"));
  seen.then = plain(shares({{"seen", 0.1}, {"results", 0.9}}));
  CHECK(cycles(s, "seen"));
  CHECK_FALSE(cycles(s, "results"));
}

TEST_CASE("a loop through another pathway") {
  auto s = clinic();
  Pathway follow_up;
  follow_up.start = "wait";
  Step back;
  back.kind = StepKind::continues;
  back.pathway = "clinic";
  auto wait = delay(30, "back");
  wait.then = plain(shares({{"back", 0.5}, {"out", 0.5}}));
  follow_up.steps.items = {{"wait", wait}, {"back", back}, {"out", end()}};
  s.pathways.items.emplace_back("follow_up", follow_up);
  Step on;
  on.kind = StepKind::continues;
  on.pathway = "follow_up";
  step_of(s, "results").then = plain(shares({{"on", 0.5}, {"home", 0.5}}));
  add_step(s, "on", on);
  PathwayGraph const graph(s);
  CHECK(graph.in_cycle(0, 0));
  CHECK(graph.in_cycle(1, 0));
  CHECK_FALSE(graph.in_cycle(1, 2));
  CHECK(validate(s).empty());
}

TEST_CASE("a loop that takes no time is refused, with the way round it") {
  auto s = clinic();
  step_of(s, "results").then = plain(shares({{"look", 0.2}, {"home", 0.8}}));
  add_step(s, "look", delay(0, "think"));
  add_step(s, "think", delay(0, "look"));
  step_of(s, "think").then = plain(shares({{"look", 0.5}, {"home", 0.5}}));
  CHECK(lines(validate(s)) ==
        "/pathways/clinic/steps/look: this loop can take no time, so patients could go round it for ever at one "
        "moment: look "
        "-> think -> look\n");
  SECTION("a delay that is 0 only sometimes takes time") {
    step_of(s, "think").takes = plain(Distribution{Exponential{Duration{60}}, {}});
    CHECK(validate(s).empty());
  }
  SECTION("a slot takes time, servers that serve in no time do not") {
    step_of(s, "think") = appointment("clinic", "look");
    step_of(s, "think").then = plain(shares({{"look", 0.5}, {"home", 0.5}}));
    CHECK(validate(s).empty());
    s.providers.items[0].second.resources.items.emplace_back("desk", servers(1));
    step_of(s, "think").kind = StepKind::servers;
    step_of(s, "think").needs.items = {{"desk", 1}};
    CHECK(PathwayGraph(s).loops_without_time().size() == 1);
  }
  SECTION("turned away from a full room and back at once") {
    step_of(s, "look") = appointment("clinic", "home");
    step_of(s, "look").when_full = "think";
    step_of(s, "think").then = next("look");
    CHECK(PathwayGraph(s).loops_without_time().size() == 1);
  }
  SECTION("less than half a tick is no time, half a tick is some") {
    step_of(s, "think").takes = plain(Distribution{Constant{Duration{29}}, {}});
    CHECK(PathwayGraph(s).loops_without_time().size() == 1);
    step_of(s, "think").takes = plain(Distribution{Constant{Duration{30}}, {}});
    CHECK(PathwayGraph(s).loops_without_time().empty());
  }
  SECTION("an arrow that nobody takes closes no loop") {
    step_of(s, "think").then = plain(shares({{"look", 0}, {"home", 1}}));
    CHECK(validate(s).empty());
  }
}

TEST_CASE("unreachable steps and dead ends") {
  auto s = clinic();
  add_step(s, "lost", delay(1, "home"));
  add_step(s, "round", delay(1, "round"));
  step_of(s, "results").then = plain(shares({{"round", 0.5}, {"home", 0.5}}));
  CHECK(lines(validate(s)) ==
        "/pathways/clinic/steps/lost: no step leads to \"lost\", so nobody would ever reach it\n"
        "/pathways/clinic/steps/round: from \"round\" no way leads to an end, so patients would stay for ever\n");
}

TEST_CASE("a parallel step none of whose branches is ever started leads on") {
  auto s = clinic();
  Step fork;
  fork.kind = StepKind::parallel;
  fork.starts.items = {{"test", plain(0.0)}};
  fork.joins_at = "home";
  add_step(s, "fork", fork);
  add_step(s, "test", delay(1, "home"));
  step_of(s, "results").then = next("fork");
  CHECK(validate(s).empty());
}

TEST_CASE("a step that some patients could never leave") {
  auto s = clinic();
  auto& stream = s.demand.items[0].first;
  s.attributes.items.emplace_back("cancer", Attribute{});
  s.attributes.items[0].second.levels = {"yes", "no"};
  s.attributes.items[0].second.shares = plain(shares({{"yes", 0.1}, {"no", 0.9}}));
  add_step(s, "round", delay(1, "round"));
  step_of(s, "results").then = plain(shares({{"round", 0.5}, {"home", 0.5}}));
  auto& round = step_of(s, "round");
  round.then = plain(shares({{"round", 0.5}, {"home", 0.5}}));
  NumberTable factor;
  factor.by = {"cancer"};
  factor.rows = {{{"yes"}, 0}, {{"no"}, 2}};
  round.odds.items = {{"home", Factors{}}};
  round.odds.items[0].second.items = {{"shut", factor}};
  auto const refused = [&](std::string const& whom) {
    return "/pathways/clinic/steps/round: patients of \"" + stream + "\"" + whom +
           " would stay for ever in \"round\": what leads on from there has no share, or a factor of 0, for them\n";
  };
  CHECK(lines(validate(s)) == refused(" with cancer \"yes\""));
  SECTION("by the stream") {
    factor.by = {"stream"};
    factor.rows = {{{stream}, 0}, {{otherwise}, 2}};
    step_of(s, "round").odds.items[0].second.items = {{"shut", factor}};
    CHECK(lines(validate(s)) == refused(""));
  }
  SECTION("nobody is of that level") {
    s.attributes.items[0].second.shares = plain(shares({{"yes", 0}, {"no", 1}}));
    CHECK(validate(s).empty());
  }
  SECTION("the level may change") {
    step_of(s, "round").sets.items = {{"cancer", plain(shares({{"yes", 0.5}, {"no", 0.5}}))}};
    CHECK(validate(s).empty());
  }
  SECTION("where all ways are shut the shares hold as they are written") {
    step_of(s, "round").odds.items.emplace_back("round", step_of(s, "round").odds.items[0].second);
    CHECK(validate(s).empty());
  }
  SECTION("they never come there") {
    ShareTable by_cancer;
    by_cancer.by = {"cancer"};
    by_cancer.rows = {{{"yes"}, shares({{"home", 1}})}, {{"no"}, shares({{"round", 0.5}, {"home", 0.5}})}};
    step_of(s, "results").then = by_cancer;
    CHECK(validate(s).empty());
  }
}

TEST_CASE("the fastest way from a clock's start to its stop") {
  auto s = clinic();
  step_of(s, "results").takes = plain(Distribution{Uniform{{2 * seconds_per_day}, {9 * seconds_per_day}}, {}});
  SECTION("one step") {
    auto const summary = summarise_pathways(s);
    REQUIRE(summary.size() == 1);
    REQUIRE(summary[0].clocks.size() == 1);
    CHECK(summary[0].clocks[0].days == Approx(2));
    CHECK(summary[0].clocks[0].limit_days == 28);
    CHECK(summary[0].clocks[0].path == std::vector<std::string>{"referral", "seen", "results"});
    CHECK(summary[0].observations.empty());
    CHECK(summary[0].steps[0].leads_to == std::vector<std::string>{"results"});
  }
  SECTION("a join waits for the slowest certain branch") {
    step_of(s, "seen").then = next("tests");
    add_step(s, "tests", parallel({"ct", "biopsy", "mri"}, "results"));
    step_of(s, "tests").starts.items[2].second = plain(0.3);
    add_step(s, "ct", delay(3, "results"));
    add_step(s, "biopsy", delay(10, "results"));
    add_step(s, "mri", delay(20, "results"));
    auto const summary = summarise_pathways(s);
    CHECK(summary[0].clocks[0].days == Approx(12));
    CHECK(validate(s).empty());
  }
  SECTION("repeats at their fewest") {
    auto& results = step_of(s, "results");
    results.repeats = plain(shares({{"3", 0.5}, {"5", 0.5}}));
    results.every = days(7);
    CHECK(summarise_pathways(s)[0].clocks[0].days == Approx(2 * 7 + 2));
  }
}

TEST_CASE("a clock that can be left running is observed, not refused") {
  auto s = clinic();
  step_of(s, "seen").then = plain(shares({{"results", 0.9}, {"lost_touch", 0.1}}));
  add_step(s, "lost_touch", end());
  CHECK(validate(s).empty());
  auto const summary = summarise_pathways(s);
  REQUIRE(summary[0].observations.size() == 1);
  CHECK(summary[0].observations[0] ==
        "the clock of \"fds\" can be left running at \"lost_touch\" (referral -> seen -> lost_touch) by patients of "
        "\"gp\"");
  step_of(s, "lost_touch").on_joining = {"left"};
  s.standards.items[0].second.excluded_by = {"left"};
  CHECK(summarise_pathways(s)[0].observations.empty());
}

TEST_CASE("a stop in a certain branch cannot be bypassed by the other branch") {
  auto s = clinic();
  step_of(s, "seen").then = next("tests");
  add_step(s, "tests", parallel({"ct", "call"}, "results"));
  add_step(s, "ct", delay(3, "results"));
  add_step(s, "call", delay(1, "results"));
  step_of(s, "results").on_finish = {};
  step_of(s, "call").on_finish = {"informed"};
  CHECK(validate(s).empty());
  CHECK(summarise_pathways(s)[0].observations.empty());
  step_of(s, "tests").starts.items[1].second = plain(0.5);
  CHECK(summarise_pathways(s)[0].observations.size() == 1);
}

TEST_CASE("a clock that is stopped but never started") {
  auto s = clinic();
  auto routine = s.demand.items[0].second;
  routine.milestones.clear();
  s.demand.items.emplace_back("routine", routine);
  CHECK(lines(validate(s)) ==
        "/standards/fds/stops: patients of \"routine\" come to \"informed\", but nothing ever starts their clock, so "
        "they "
        "would not be counted\n");
  SECTION("said whom it is for") {
    Attribute route;
    route.levels = {"urgent", "routine"};
    s.attributes.items = {{"route", route}};
    s.demand.items[0].second.attributes.items = {{"route", next("urgent")}};
    s.demand.items[1].second.attributes.items = {{"route", next("routine")}};
    s.standards.items[0].second.only_when.levels.items = {{"route", {"urgent"}}};
    CHECK(lines(validate(s)) == "");
  }
}

TEST_CASE("a stop that only comes before the start") {
  auto s = clinic();
  s.demand.items[0].second.milestones.clear();
  step_of(s, "results").on_finish = {"referred"};
  step_of(s, "seen").on_finish = {"informed"};
  CHECK(lines(validate(s)) ==
        "/standards/fds/stops: for patients of \"gp\", \"informed\" can only come before \"referred\", so the clock "
        "would "
        "never stop\n");
  SECTION("unless they go round") {
    step_of(s, "results").then = plain(shares({{"seen", 0.1}, {"home", 0.9}}));
    CHECK(lines(validate(s)) == "");
  }
}

TEST_CASE("start and stop in two branches that run at the same time") {
  auto s = clinic();
  s.demand.items[0].second.milestones.clear();
  step_of(s, "seen").then = next("tests");
  add_step(s, "tests", parallel({"ct", "call"}, "results"));
  add_step(s, "ct", delay(3, "results"));
  add_step(s, "call", delay(1, "results"));
  step_of(s, "results").on_finish = {};
  step_of(s, "call").on_finish = {"referred"};
  step_of(s, "ct").on_finish = {"informed"};
  CHECK(lines(validate(s)) == "");
}

TEST_CASE("what branches may and may not do") {
  auto s = clinic();
  step_of(s, "seen").then = next("tests");
  add_step(s, "tests", parallel({"ct", "call"}, "results"));
  add_step(s, "ct", delay(3, "results"));
  add_step(s, "call", delay(1, "results"));
  REQUIRE(lines(validate(s)) == "");
  SECTION("a branch that never joins") {
    step_of(s, "call").then = next("home");
    CHECK(
        lines(validate(s)) ==
        "/pathways/clinic/steps/tests/starts/call: this branch never comes to \"results\", where the branches join\n");
  }
  SECTION("a branch that goes back to the fork") {
    step_of(s, "call").then = plain(shares({{"tests", 0.1}, {"results", 0.9}}));
    CHECK(lines(validate(s)) ==
          "/pathways/clinic/steps/tests/starts: a branch leads back to \"tests\" before the join, so branches would "
          "start "
          "branches\n");
  }
  SECTION("an end in a branch is the end of the patient") {
    step_of(s, "call").then = plain(shares({{"home", 0.1}, {"results", 0.9}}));
    CHECK(lines(validate(s)) == "");
  }
}
