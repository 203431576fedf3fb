#include "../../sim/scenario/sheet.hpp"
#include "catch_compat.hpp"
#include "cwtsim/scenario/validate.hpp"
#include "small_scenario.hpp"

using namespace cwtsim;
using namespace cwtsim::scenario;
using namespace cwtsim::scenario::small;

TEST_CASE("a dated lever can change numbers, not structure") {
  DatedScenario dated{clinic(), {{*parse_date("2026-10-01"), clinic()}}};
  auto& later = dated.changes[0].second;
  SECTION("numbers") {
    resource_of(later, "clinic").openings.items[0].second.amount = 12;
    step_of(later, "results").takes = days(5);
    later.demand.items[0].second.volume.items[0].second = 40;
    CHECK(lines(validate(dated)) == "");
  }
  SECTION("a new step") {
    step_of(later, "results").then = plain(shares({{"home", 0.5}, {"call", 0.5}}));
    add_step(later, "call", delay(1, "home"));
    CHECK(lines(validate(dated)) ==
          "/pathways/clinic/steps/call: from 2026-10-01: \"call\" is new; a dated lever can change numbers, not "
          "structure\n");
  }
  SECTION("another kind of step") {
    step_of(later, "results").kind = StepKind::end;
    CHECK(validate(dated).size() == 1);
  }
  SECTION("other levels") {
    dated.base.attributes.items = {{"cancer", {{"yes", "no"}, plain(shares({{"yes", 1}})), "", {}}}};
    later.attributes.items = {{"cancer", {{"no", "yes"}, plain(shares({{"yes", 1}})), "", {}}}};
    CHECK(lines(validate(dated)) ==
          "/attributes/cancer/levels: from 2026-10-01: this is not as it was; a dated lever can change numbers, not "
          "structure\n");
  }
  SECTION("the horizon") {
    later.horizon.run_for.count = 2;
    CHECK(lines(validate(dated)) ==
          "/horizon: from 2026-10-01: the horizon is not as it was; a dated lever can change numbers, not structure\n");
  }
}

TEST_CASE("a changed scenario must be sound too, what was wrong before is told once") {
  DatedScenario dated{clinic(), {{*parse_date("2026-10-01"), clinic()}}};
  auto& later = dated.changes[0].second;
  later.demand.items[0].second.volume.items[0].second = -1;
  dated.base.demand.items[0].second.profile = later.demand.items[0].second.profile = "none";
  CHECK(lines(validate(dated)) ==
        "/demand/gp/profile: there is no profile \"none\"\n"
        "/demand/gp/per_week: from 2026-10-01: a volume cannot be -1\n");
}

TEST_CASE("a resource may be closed for a time, but not for ever") {
  DatedScenario dated{clinic(), {{*parse_date("2026-10-01"), clinic()}}};
  resource_of(dated.base, "clinic").openings.items[0].second.amount = 0;
  CHECK(lines(validate(dated)) == "");
  CHECK(validate(dated.base).size() == 1);
}

TEST_CASE("dates of change must rise") {
  DatedScenario dated{clinic(), {{*parse_date("2026-10-01"), clinic()}, {*parse_date("2026-10-01"), clinic()}}};
  CHECK(validate(dated).size() == 1);
}

TEST_CASE("only how much there is of a resource leaves a graph as it was") {
  auto const before = clinic();
  auto after = clinic();
  auto& resource = resource_of(after, "clinic");
  auto& opening = resource.openings.items[0].second;
  CHECK(same_but_for_capacity(before, after));
  SECTION("slots, slots a week and servers") {
    opening.amount = 3;
    CHECK(same_but_for_capacity(before, after));
    opening.amount.reset();
    resource.per_week = 12.5;
    resource.servers = 2;
    CHECK(same_but_for_capacity(before, after));
  }
  SECTION("hours") {
    opening.closes = {600};
  }
  SECTION("notice") {
    resource.notice = {60};
  }
  SECTION("a waiting room") {
    resource.waiting_room = 3;
  }
  SECTION("staff") {
    resource.staff.items = {{"nurse", 1}};
  }
  SECTION("another resource") {
    resource_of(after, "clinic").at = "elsewhere";
  }
  SECTION("a resource more") {
    after.providers.items[0].second.resources.items.emplace_back("scanner", servers(1));
  }
  SECTION("a provider more") {
    after.providers.items.emplace_back("hub", Provider{});
  }
  SECTION("a step") {
    step_of(after, "results").takes = days(5);
  }
  SECTION("demand") {
    after.demand.items[0].second.volume.items[0].second = 31;
  }
  if (opening.amount == 10) CHECK_FALSE(same_but_for_capacity(before, after));
}

TEST_CASE("a graph that a dated lever spoils is told from its date, beside others that bring capacity") {
  auto sound = clinic();
  step_of(sound, "results").then = plain(shares({{"home", 0.5}, {"results", 0.5}}));
  auto larger = sound;
  resource_of(larger, "clinic").openings.items[0].second.amount = 12;
  auto spoilt = larger;
  step_of(spoilt, "results").takes = days(0);
  resource_of(spoilt, "clinic").openings.items[0].second.amount = 14;
  auto larger_still = spoilt;
  resource_of(larger_still, "clinic").openings.items[0].second.amount = 16;
  DatedScenario const dated{sound,
                            {{*parse_date("2026-05-01"), larger},
                             {*parse_date("2026-06-01"), spoilt},
                             {*parse_date("2026-07-01"), larger_still}}};
  CHECK(lines(validate(dated)) ==
        "/pathways/clinic/steps/results: from 2026-06-01: this loop can take no time, so patients could go round it "
        "for ever at one moment: results -> results\n");
}
