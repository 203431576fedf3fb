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
