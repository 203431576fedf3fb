#include "cwtsim/scenario/validate.hpp"

#include "catch_compat.hpp"
#include "small_scenario.hpp"

using namespace cwtsim;
using namespace cwtsim::scenario;
using namespace cwtsim::scenario::small;

TEST_CASE("a sound scenario has no problems") {
  CHECK(lines(validate(clinic())) == "");
}

TEST_CASE("all problems are told at once, with the nearest right spelling") {
  auto s = clinic();
  step_of(s, "seen").needs.items = {{"clinci", 1}};
  step_of(s, "results").then = plain(shares({{"home", 0.9}, {"hoem", 0.05}}));
  s.demand.items[0].second.profile = "weekdays";
  auto const problems = validate(s);
  CHECK(
      lines(problems) ==
      "/demand/gp/profile: there is no profile \"weekdays\"\n"
      "/pathways/clinic/steps/seen/needs: there is no resource \"clinci\" at any provider\n"
      "/pathways/clinic/steps/results/then/hoem: there is no step \"hoem\" in this pathway\n"
      "/pathways/clinic/steps/results/then: the shares sum to 0.95, not 1: 0.05 is missing, and every patient must go "
      "somewhere\n");
  REQUIRE(problems.size() == 4);
  CHECK(problems.list()[1].suggestion == "Did you mean \"clinic\"?");
  CHECK(problems.list()[2].suggestion == "Did you mean \"home\"?");
}

TEST_CASE("what belongs to sessions alone is refused elsewhere, also where no reader has looked at it") {
  auto s = clinic();
  auto& resource = resource_of(s, "clinic");
  resource.other_work = plain(0.5);
  CHECK(lines(validate(s)) == "");
  resource.kind = ResourceKind::servers;
  step_of(s, "seen").kind = StepKind::servers;
  auto const problems = validate(s);
  CHECK(lines(problems) ==
        "/providers/hospital/resources/clinic/other_work: only slots of sessions are taken by other work\n");
  REQUIRE(problems.size() == 1);
  CHECK(problems.list()[0].suggestion == "Remove it, and count the servers that other work leaves");
}

TEST_CASE("names are escaped in pointers") {
  auto s = clinic();
  s.demand.items[0].first = "gp/urgent~2";
  s.demand.items[0].second.pathway = "clinc";
  CHECK(lines(validate(s)) == "/demand/gp~1urgent~02/pathway: there is no pathway \"clinc\"\n");
}

TEST_CASE("tables cover every level") {
  auto s = clinic();
  Attribute tumour;
  tumour.levels = {"lung", "skin", "breast"};
  tumour.shares = plain(shares({{"lung", 0.5}, {"skin", 0.3}, {"breast", 0.2}}));
  s.attributes.items = {{"tumour", tumour}};
  auto& takes = step_of(s, "results").takes;
  auto const day = days(1).rows[0].value;
  SECTION("a level without a row") {
    takes = {{"tumour"}, {{{"lung"}, day}, {{"skin"}, day}}};
    CHECK(lines(validate(s)) == "/pathways/clinic/steps/results/takes: no value for the tumour \"breast\"\n");
  }
  SECTION("otherwise stands for the rest") {
    takes = {{"tumour"}, {{{"lung"}, day}, {{"otherwise"}, day}}};
    CHECK(lines(validate(s)) == "");
  }
  SECTION("a row may be short, and another go on to the next name") {
    takes = {{"tumour", "provider"}, {{{"lung"}, day}, {{"otherwise", "hospital"}, day}}};
    CHECK(lines(validate(s)) == "");
  }
  SECTION("an inner level without a row") {
    s.providers.items.emplace_back("hub", Provider{});
    takes = {{"tumour", "provider"}, {{{"lung", "hospital"}, day}, {{"otherwise"}, day}}};
    CHECK(lines(validate(s)) == "/pathways/clinic/steps/results/takes/lung: no value for the provider \"hub\"\n");
  }
  SECTION("an unknown level") {
    takes = {{"tumour"}, {{{"lugn"}, day}, {{"otherwise"}, day}}};
    CHECK(lines(validate(s)) == "/pathways/clinic/steps/results/takes/lugn: there is no tumour \"lugn\"\n");
  }
  SECTION("deeper than `by`") {
    takes = {{"tumour"}, {{{"lung", "hospital"}, day}, {{"otherwise"}, day}}};
    CHECK(lines(validate(s)) ==
          "/pathways/clinic/steps/results/takes: this table is 2 levels deep, but \"by\" names only 1\n");
  }
}

TEST_CASE("patients may come to a provider that lacks what a step needs") {
  auto s = clinic();
  s.providers.items.emplace_back("hub", Provider{});
  auto const send = [&](ShareTable to) {
    Step transfer;
    transfer.kind = StepKind::transfer;
    transfer.to = std::move(to);
    transfer.then = next("again");
    step_of(s, "results").then = next("over");
    add_step(s, "over", transfer);
    add_step(s, "again", appointment("clinic", "home"));
  };
  SECTION("told with the names of the providers") {
    send(next("hub"));
    CHECK(lines(validate(s)) ==
          "/pathways/clinic/steps/again/needs: patients come to this step at \"hub\", where there is no resource "
          "\"clinic\"\n");
  }
  SECTION("a transfer by provider that keeps them where they are") {
    send({{"provider"}, {{{"hospital"}, shares({{"hospital", 1}})}, {{"otherwise"}, shares({{"hub", 1}})}}});
    CHECK(lines(validate(s)) == "");
  }
  SECTION("a resource that is elsewhere") {
    send(next("hub"));
    Resource elsewhere;
    elsewhere.at = "hospital";
    s.providers.items[1].second.resources.items = {{"clinic", elsewhere}};
    CHECK(lines(validate(s)) == "");
  }
}

TEST_CASE("needs that can never be met") {
  auto s = clinic();
  SECTION("more than there is") {
    step_of(s, "seen").needs.items[0].second = 11;
    CHECK(lines(validate(s)) ==
          "/pathways/clinic/steps/seen/needs/clinic: this step needs 11 of \"clinic\", but at \"hospital\" there are "
          "never "
          "more than 10 at one time, so nobody would ever be served\n");
  }
  SECTION("slots spread over the week: five sessions of 7 / 5 have two slots at times") {
    auto& resource = resource_of(s, "clinic");
    resource.per_week = 7;
    resource.openings.items[0].second.amount = std::nullopt;
    step_of(s, "seen").needs.items[0].second = 2;
    CHECK(lines(validate(s)) == "");
    step_of(s, "seen").needs.items[0].second = 3;
    CHECK(validate(s).size() == 1);
  }
  SECTION("of the wrong kind") {
    step_of(s, "seen").kind = StepKind::servers;
    CHECK(lines(validate(s)) ==
          "/pathways/clinic/steps/seen/needs: a step of kind servers cannot wait for \"clinic\", which at \"hospital\" "
          "is "
          "of kind sessions\n");
  }
}

TEST_CASE("what the kind of a step does not have, where a program gives it") {
  auto s = clinic();
  SECTION("to be missed") {
    step_of(s, "results").did_not_attend = DidNotAttend{};
    CHECK(lines(validate(s)) == "/pathways/clinic/steps/results/did_not_attend: only appointments can be missed\n");
  }
  SECTION("to be given up") {
    auto& transfer = step_of(s, "results");
    transfer.kind = StepKind::transfer;
    transfer.to = next("hospital");
    CHECK(lines(validate(s)) == "");
    transfer.gives_up.items.emplace_back("tired", GivesUp{days(1), "home", {}});
    CHECK(lines(validate(s)) ==
          "/pathways/clinic/steps/results/gives_up/tired: nobody waits at this step, so nobody can give up\n");
  }
}

TEST_CASE("overlapping hours of servers") {
  auto s = clinic();
  auto desk = servers(1);
  desk.servers.reset();
  Opening night, morning;
  night.on = "sun";
  night.opens = {22 * 60};
  night.closes = {6 * 60};
  night.amount = morning.amount = 1;
  morning.on = "mon";
  morning.opens = {6 * 60};
  morning.closes = {12 * 60};
  desk.openings.items = {{"night", night}, {"morning", morning}};
  s.providers.items[0].second.resources.items.emplace_back("desk", desk);
  CHECK(lines(validate(s)) == "");
  auto& opens = resource_of(s, "desk").openings.items[1].second.opens;
  opens.minutes -= 1;  // Sunday night runs into Monday morning, over the end of the week
  CHECK(lines(validate(s)) ==
        "/providers/hospital/resources/desk/hours/morning: these hours overlap with \"night\", so the number of "
        "servers is "
        "unclear\n");
}

TEST_CASE("attributes that depend on one another in a ring") {
  auto s = clinic();
  Attribute a, b;
  a.levels = b.levels = {"yes", "no"};
  a.shares = {{"b"}, {{{"otherwise"}, shares({{"yes", 1}})}}};
  b.shares = {{"a"}, {{{"otherwise"}, shares({{"yes", 1}})}}};
  s.attributes.items = {{"a", a}, {"b", b}};
  CHECK(lines(validate(s)) ==
        "/attributes/a/shares/by: these attributes depend on one another in a ring, so none can be drawn first: a by b "
        "by "
        "a\n");
  s.demand.items[0].second.attributes.items = {{"a", plain(shares({{"yes", 1}}))}};
  CHECK(validate(s).size() == 1);  // the ring is still there for a stream that says nothing
}

TEST_CASE("an attribute that nobody sets cannot be used") {
  auto s = clinic();
  Attribute cancer;
  cancer.levels = {"yes", "no"};
  s.attributes.items = {{"cancer", cancer}};
  s.standards.items[0].second.by = {"cancer"};
  CHECK(lines(validate(s)) == "/standards/fds/by: patients of \"gp\" have no \"cancer\" to go by\n");
  SECTION("set by a step") {
    step_of(s, "seen").sets.items = {{"cancer", plain(shares({{"yes", 0.1}, {"no", 0.9}}))}};
    CHECK(lines(validate(s)) == "");
  }
  SECTION("set by the stream") {
    s.demand.items[0].second.attributes.items = {{"cancer", next("no")}};
    CHECK(lines(validate(s)) == "");
  }
}

TEST_CASE("the ticks of the horizon can be counted") {
  auto s = clinic();
  s.horizon.resolution = {0.1};
  s.horizon.run_for = {6, PeriodUnit::years};
  CHECK(validate(s).empty());
  s.horizon.run_for = {7, PeriodUnit::years};
  CHECK(lines(validate(s)).find("/horizon/resolution: the scenario would last 2209248000 ticks") == 0);
  s.horizon.resolution = {7};
  CHECK(lines(validate(s)) ==
        "/horizon/resolution: a tick of 7 s does not divide an hour, so hours would not begin on a tick\n");
  s.horizon.resolution = {60};
  s.horizon.run_for = {61, PeriodUnit::years};
  CHECK(lines(validate(s)) ==
        "/horizon/run_for: warm-up and measured time are 61 years together; a scenario may last at most 60\n");
}

TEST_CASE("figures may end on the day that the seconds of a warm-up alone reach, for it is measured") {
  auto s = clinic();
  s.horizon.starts = *parse_date_time("2026-04-10");
  s.horizon.resolution = Duration{30};
  s.horizon.run_for = {10, PeriodUnit::days};
  s.standards.items = {{"fds", {}}};
  Observed observed;
  observed.from = *parse_date("2026-04-10");
  observed.until = *parse_date("2026-04-20");
  s.observed.items = {{"fds", observed}};
  auto const ends = [&](int warm_up) {
    s.horizon.warm_up = {warm_up, PeriodUnit::seconds};
    return lines(validate(s)).find("they end on 2026-04-20, within a month") != std::string::npos;
  };
  CHECK(ends(0));
  CHECK_FALSE(ends(30));
}
