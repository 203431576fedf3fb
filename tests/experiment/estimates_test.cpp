#include <map>

#include "catch_compat.hpp"
#include "three_replications.hpp"

using namespace cwtsim;
using namespace cwtsim::experiment;

TEST_CASE("strata carry the names of their levels") {
  auto const e = estimate(two_year_model(), three(), "base", {});
  REQUIRE(e.strata.size() == 3);
  CHECK(e.strata[0].dimension == "all");
  CHECK(e.strata[1].value == "north");
  CHECK(e.strata[2].value == "south");
  CHECK(e.strata[2].index == 2);
}

TEST_CASE("attainment is pooled over replications, halves are patients") {
  auto const e = estimate(two_year_model(), three(), "base", {});
  auto const all = find(e, "all", "all", "all");
  REQUIRE(all.attainment);
  CHECK(all.attainment->value == Approx(0.8));
  CHECK(all.patients == Approx(2400));     // 24 months of 200 halves
  CHECK(all.probability_met->value == 1);  // each has 0.8 in two years, exactly the target
  auto const april = find(e, "provider", "north", "2026-04");
  CHECK(april.attainment->value == Approx(0.85));
  CHECK(april.patients == Approx(100));
  CHECK_FALSE(find(e, "provider", "south", "all").attainment);
  CHECK_FALSE(find(e, "provider", "south", "all").probability_met);
}

TEST_CASE("one replication has a value and no interval or range") {
  auto const m = two_year_model();
  auto const experiment = experiment_of(m, {three_results().front()});
  auto const e = estimate(m, experiment, "base", {});
  auto const year = find(e, "all", "all", "2026/27");
  CHECK(year.attainment->value == Approx(0.9));
  CHECK_FALSE(year.attainment->low);
  CHECK_FALSE(year.range_low);
}

TEST_CASE("no replication has no estimate and does not divide by nothing") {
  auto const e = estimate(two_year_model(), Experiment{}, "base", {});
  CHECK_FALSE(find(e, "all", "all", "all").attainment);
  CHECK(e.resources.empty());
  CHECK(e.open.empty());
  CHECK_FALSE(e.waits[0].median);
}

TEST_CASE("waits are read off the histogram") {
  auto const e = estimate(two_year_model(), three(), "base", {});
  CHECK(e.waits[0].median->value == 10);
  CHECK(e.waits[0].p90->value == 20);
  CHECK(e.waits[0].mean == Approx((60 * 10 + 30 * 20 + 10 * 40) / 100.0));
  CHECK(e.waits[0].halves[20] == 30);
  CHECK(e.waits[1].stratum == 1);
  CHECK_FALSE(e.waits[1].median);
}

TEST_CASE("open clocks at month ends are means with intervals") {
  auto const e = estimate(two_year_model(), three(), "base", {});
  auto const& march = e.open[23];
  CHECK(march.month == "2028-03");
  CHECK(march.open->value == Approx(20));
  // sd 10, t with 2 degrees of freedom 4.3027, root of 3
  CHECK(*march.open->low == 0);  // never below nothing
  CHECK(*march.open->high == Approx(20 * std::pow(1 + 4.30265 / std::sqrt(3.0) / 4, 2)));
  REQUIRE(march.beyond.size() == 1);
  CHECK(march.beyond[0]->value == Approx(2));
}

TEST_CASE("observed months that were measured are compared alone, others with all") {
  ObservedFigure figure{"fds", "provider", "north", to_date({2026, 4, 1}), to_date({2027, 3, 31}), 0.8, 1000};
  auto const m = two_year_model();
  auto const e = estimate(m, experiment_of(m, three_results(), {figure}), "base", {figure});
  REQUIRE(e.comparisons.size() == 1);
  CHECK(e.comparisons[0].same_months);
  CHECK(e.comparisons[0].observed_months == "2026-04 to 2027-03");
  CHECK(e.comparisons[0].simulated_months == "2026-04 to 2027-03");
  CHECK(e.comparisons[0].attainment->value == Approx(0.85));
  CHECK(e.comparisons[0].patients->value == Approx(1200));
  figure.from = to_date({2024, 4, 1});
  figure.until = to_date({2025, 3, 31});
  auto const other = estimate(m, experiment_of(m, three_results(), {figure}), "base", {figure});
  CHECK_FALSE(other.comparisons[0].same_months);
  CHECK(other.comparisons[0].observed_months == "2024-04 to 2025-03");
  CHECK(other.comparisons[0].simulated_months == "2026-04 to 2028-03");
  CHECK(other.comparisons[0].attainment->value == Approx(0.8));
  CHECK(other.comparisons[0].patients->value == Approx(2400.0 * 365 / 731));
}

TEST_CASE("resources: utilisation, waits and weekly figures") {
  auto results = three_results();
  for (std::uint64_t r = 0; r < 3; ++r) {
    auto& clinic = results[r].resources[0];
    clinic.sessions = 105;
    clinic.cancelled = 2;
    clinic.offered = 1043;
    clinic.other_work = 100;
    clinic.used = 800;
    clinic.did_not_attend = 30;
    clinic.turned_away = 4;
    clinic.held_ticks = 21 * 1440;
    clinic.wait_ticks = 800 * 2880;
    clinic.starts = 800;
    clinic.waiting_at_end = 6 + r;
    clinic.longest_list = 50 + r;
  }
  auto const e = estimate(two_year_model(), experiment_of(two_year_model(), results), "base", {});
  REQUIRE(e.resources.size() == 1);
  auto const& clinic = e.resources[0];
  double const weeks = 731 / 7.0;
  CHECK(clinic.provider == "north");
  CHECK(clinic.name == "clinic");
  CHECK(clinic.kind == "sessions");
  CHECK(clinic.unit == "slots");
  CHECK(clinic.utilisation->value == Approx(800.0 / 1043));
  CHECK(clinic.mean_wait_days->value == Approx(2));
  CHECK(clinic.held_per_week == Approx(105 / weeks));
  CHECK(clinic.cancelled_per_week == Approx(2 / weeks));
  CHECK(clinic.offered_per_week == Approx(1043 / weeks));
  CHECK(clinic.other_work_per_week == Approx(100 / weeks));
  CHECK(clinic.used_per_week == Approx(800 / weeks));
  CHECK(clinic.unused_per_week == Approx(243 / weeks));
  CHECK(clinic.did_not_attend_per_week == Approx(30 / weeks));
  CHECK(clinic.turned_away_per_week == Approx(4 / weeks));
  CHECK(clinic.held_days_per_week == Approx(21 / weeks));
  CHECK(clinic.waiting_at_end->value == Approx(7));
  CHECK(*clinic.waiting_at_end->high == Approx(7 * std::pow(1 + 4.30265 / std::sqrt(3.0) / 14, 2)));
  CHECK(clinic.longest_list == Approx(51));
}

TEST_CASE("resources: servers are told in hours") {
  auto model = two_year_model();
  model.eras[0].resources[0].kind = model::ResourceKind::servers;
  auto results = three_results();
  for (auto& r : results) {
    r.resources[0].open_ticks = 1000 * 60;
    r.resources[0].busy_ticks = 750 * 60;
    r.resources[0].offered = r.resources[0].used = 1;
  }
  auto const e = estimate(model, experiment_of(model, results), "base", {});
  double const weeks = 731 / 7.0;
  CHECK(e.resources[0].kind == "servers");
  CHECK(e.resources[0].unit == "server hours");
  CHECK(e.resources[0].utilisation->value == Approx(0.75));
  CHECK(e.resources[0].offered_per_week == Approx(1000 / weeks));
  CHECK(e.resources[0].used_per_week == Approx(750 / weeks));
  CHECK(e.resources[0].unused_per_week == Approx(250 / weeks));
}

TEST_CASE("staff: people over the days, sessions a week") {
  auto results = three_results();
  for (std::uint64_t r = 0; r < 3; ++r)
    results[r].staff = {{731, 731 * 5'000'000ULL, 731 * (3'000'000ULL + 500'000 * r), 731 * 250'000ULL, 1400, 1200, 100,
                         100 + r, 50, 30 + r, 20, 9}};
  auto const e = estimate(two_year_model(), experiment_of(two_year_model(), results), "base", {});
  REQUIRE(e.staff.size() == 1);
  auto const& nurses = e.staff[0];
  double const weeks = 731 / 7.0;
  CHECK(nurses.provider == "north");
  CHECK(nurses.role == "nurse");
  CHECK(nurses.posts == Approx(5));
  CHECK(nurses.in_post->value == Approx(3.5));
  // 3, 3.5 and 4: standard deviation 0.5, t with 2 degrees of freedom 4.303
  CHECK(*nurses.in_post->low == Approx(3.5 - 4.3027 * 0.5 / std::sqrt(3.0)).epsilon(1e-4));
  CHECK(nurses.in_training == Approx(0.25));
  CHECK(nurses.wanted_per_week == Approx(1400 / weeks));
  CHECK(nurses.manned_per_week == Approx(1200 / weeks));
  CHECK(nurses.stood_in_per_week == Approx(100 / weeks));
  CHECK(nurses.lacking_per_week->value == Approx(101 / weeks));
  CHECK(nurses.absent_per_week == Approx(50 / weeks));
  CHECK(nurses.used_up_per_week == Approx(31 / weeks));
  CHECK(nurses.elsewhere_per_week == Approx(20 / weeks));
  CHECK(nurses.lent_per_week == Approx(9 / weeks));
}

TEST_CASE("rules: what they did, a replication") {
  auto results = three_results();
  for (std::uint64_t r = 0; r < 3; ++r) results[r].rules = {{100, 0, 0, 0, 0, 10 + r, 1}, {100, 0, 0, 0, 0, 1, 10 + r}};
  auto model = two_year_model();
  auto e = estimate(model, experiment_of(model, results), "base", {});
  REQUIRE(e.rules.size() == 2);
  CHECK(e.rules[0].rule == "aid");
  CHECK(e.rules[0].kind == "move");
  CHECK(e.rules[0].resource == "clinic");
  CHECK(e.rules[1].provider == "south");
  CHECK(e.rules[0].looked == 100);
  CHECK(e.rules[0].moved_from->value == Approx(11));
  CHECK(*e.rules[0].moved_from->low == Approx(11 - 4.3027 / std::sqrt(3.0)).epsilon(1e-4));
  CHECK(e.rules[1].moved_to == Approx(11));
  CHECK_FALSE(e.rules[0].share_in_force);

  model.eras[0].rules[0].kind = model::RuleKind::capacity;
  for (auto& r : results) r.rules = {{100, 2, 731 * 144, 50, 600, 0, 0}, {100, 0, 0, 0, 0, 0, 0}};
  e = estimate(model, experiment_of(model, results), "base", {});
  CHECK(e.rules[0].kind == "capacity");
  CHECK(e.rules[0].begun == 2);
  CHECK(e.rules[0].share_in_force->value == Approx(0.1));
  CHECK(e.rules[0].sessions == 50);
  CHECK(e.rules[0].slots == 600);
  CHECK_FALSE(e.rules[0].moved_from);
}

TEST_CASE("steps: where the days go") {
  auto results = three_results();
  // twelve of those who finished were kept on, two have gone meanwhile, after five days
  engine::StepTotals clinic{.starts = 100, .wait_ticks = 100 * 1440 * 3, .finished = 80, .service_ticks = 80 * 1440};
  clinic.waiting = 200 * 1440, clinic.notice = 100 * 1440, clinic.service = 90 * 1440, clinic.held = 10 * 1440;
  clinic.gave_up = 2, clinic.kept = 12, clinic.kept_ticks = 12 * 1440, clinic.let_go = 2,
  clinic.let_go_ticks = 10 * 1440;
  for (auto& r : results) {
    r.steps[0] = clinic;
    r.branch_steps[0].service = 40 * 1440;
    r.branch_steps[0].joining = 60 * 1440;
  }
  auto const e = estimate(two_year_model(), experiment_of(two_year_model(), results), "base", {});
  REQUIRE(e.steps.size() == 1);
  CHECK(e.steps[0].step == "lung/clinic");
  CHECK(e.steps[0].provider == "north");
  CHECK(e.steps[0].visits == Approx(100));
  CHECK(e.steps[0].mean_wait_days == Approx(3));
  CHECK(e.steps[0].mean_service_days == Approx(1));
  CHECK(e.steps[0].mean_stay_days == Approx((68 + 10) / 70.0));
  CHECK(e.steps[0].gave_up == Approx(2));
  CHECK(*e.steps[0].share_of_waiting == Approx(1));
  CHECK(*e.steps[0].share_of_days == Approx(1));
  REQUIRE(e.days.size() == 6);
  std::map<std::string, double> of_patients, of_branches;
  for (auto const& row : e.days) {
    auto& days = row.whose == "patients" ? of_patients : of_branches;
    days[row.account] = row.days;
    CHECK(row.share == Approx(row.days / (row.whose == "patients" ? 400 : 100)));
  }
  CHECK(of_patients == std::map<std::string, double>{{"waiting", 200}, {"notice", 100}, {"service", 90}, {"held", 10}});
  CHECK(of_branches == std::map<std::string, double>{{"service", 40}, {"joining", 60}});
}

TEST_CASE("the days of a clock add up to those that its standard counts") {
  auto results = three_results();
  auto model = two_year_model();
  model.followed = 4;
  auto const cell = [&](bool breached, bool of_branches) {
    return engine::clock_cell({0, breached, of_branches, 0}, model.names.steps.size());
  };
  for (auto& r : results) {
    r.clocks = {{4, 40, 6}, {1, 60, 0}};
    r.clock_ticks[cell(false, false)] = 30 * 1440;     // waiting
    r.clock_ticks[cell(false, false) + 3] = 5 * 1440;  // delay: from moment to moment a day more than from date to date
    r.clock_ticks[cell(true, false) + 3] = 59 * 1440;  // a day less
    r.clock_ticks[cell(true, false) + engine::account_paused] = 7 * 1440;
    r.clock_ticks[cell(true, true)] = 20 * 1440;
  }
  auto const e = estimate(model, experiment_of(model, results), "base", {});
  CHECK(e.followed_one_in == 4);
  auto const days = [&](std::string const& who, std::string const& whose) {
    std::map<std::string, double> of;
    for (auto const& row : e.clock_days)
      if (row.who == who && row.whose == whose) of[row.step + " " + row.account] = row.days;
    return of;
  };
  using Of = std::map<std::string, double>;
  CHECK(days("all", "patients") ==
        Of{{" before", 1.2}, {"lung/clinic waiting", 6}, {"lung/clinic delay", 12.8}, {"lung/clinic paused", 1.4}});
  CHECK(days("breached", "patients") == Of{{"lung/clinic delay", 59}, {"lung/clinic paused", 7}, {" dates", 1}});
  CHECK(days("all", "branches") == Of{{"lung/clinic waiting", 4}});
  CHECK(days("breached", "branches") == Of{{"lung/clinic waiting", 20}});
  for (auto const& row : e.clock_days) {
    CHECK(row.followed == (row.who == "all" ? 5 : 1));
    if (row.account == "paused")
      CHECK_FALSE(row.share);
    else
      CHECK(*row.share == Approx(row.days / (row.who == "all" ? 20 : 60)));
  }
}

TEST_CASE("starts of a clock that began none: a replication") {
  auto results = three_results();
  for (std::uint64_t r = 0; r < 3; ++r) results[r].second_starts.at(0) = 4 + r;
  auto const e = estimate(two_year_model(), experiment_of(two_year_model(), results), "base", {});
  CHECK(e.standards[0].second_starts == Approx(5));
}

TEST_CASE("steps: a mean is of those who are in it, or there is none") {
  auto results = three_results();
  for (auto& r : results) r.steps[0].delay = 1440;  // somebody is there who neither started nor finished
  auto const e = estimate(two_year_model(), experiment_of(two_year_model(), results), "base", {});
  REQUIRE(e.steps.size() == 1);
  CHECK_FALSE(e.steps[0].mean_wait_days);
  CHECK_FALSE(e.steps[0].mean_service_days);
  CHECK_FALSE(e.steps[0].mean_stay_days);
  CHECK_FALSE(e.steps[0].share_of_waiting);  // nobody waits anywhere
}

TEST_CASE("replications that hit a limit are told in order and pooled nowhere") {
  auto results = three_results();
  engine::ReplicationResult hit;
  hit.replication = 1;
  hit.outcome = engine::Outcome::too_many_in_system;
  results[1].replication = 2;
  results[2].replication = 3;
  results.push_back(hit);
  auto const e = estimate(two_year_model(), experiment_of(two_year_model(), results), "base", {});
  REQUIRE(e.replications.size() == 4);
  CHECK(e.replications[1].outcome == "too_many_in_system");
  CHECK(e.replications[2].replication == 2);
  CHECK(find(e, "all", "all", "all").patients == Approx(2400));
}
