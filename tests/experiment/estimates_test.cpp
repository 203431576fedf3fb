#include <map>

#include "catch_compat.hpp"
#include "small_model.hpp"

using namespace cwtsim;
using namespace cwtsim::experiment;

namespace {

std::vector<std::uint32_t> two_years(std::uint32_t first, std::uint32_t second) {
  std::vector<std::uint32_t> met(12, first);
  met.insert(met.end(), 12, second);
  return met;
}

/// Three replications of 100 patients a month: 90 % then 70 %, 85 % then 75 %, 80 % then 80 % in time.
std::vector<engine::ReplicationResult> three_results() {
  std::vector<engine::ReplicationResult> results = {replication_of(0, 200, two_years(180, 140)),
                                                    replication_of(1, 200, two_years(170, 150)),
                                                    replication_of(2, 200, two_years(160, 160))};
  for (std::uint32_t r = 0; r < 3; ++r) {
    results[r].days[10] = 20;
    results[r].days[20] = 10;
    results[r].open[3 * 23] = 10 * (r + 1);
    results[r].open_long[3 * 23 * 2] = r + 1;
  }
  results[2].days[40] = 10;
  return results;
}

Experiment three(model::Model const& model = two_year_model()) {
  return experiment_of(model, three_results());
}

Attainment const& find(Estimates const& e, std::string const& dimension, std::string const& value,
                       std::string const& when) {
  for (auto const& a : e.attainments)
    if (e.strata[a.stratum].dimension == dimension && e.strata[a.stratum].value == value && a.when == when) return a;
  throw std::runtime_error("no such attainment");
}

}  // namespace

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

TEST_CASE("years have their own attainment, probability and range") {
  auto const e = estimate(two_year_model(), three(), "base", {});
  CHECK(e.years == std::vector<std::string>{"2026/27", "2027/28"});
  auto const second = find(e, "all", "all", "2027/28");
  CHECK(second.attainment->value == Approx(0.75));
  CHECK(second.probability_met->value == Approx(1.0 / 3));
  CHECK(*second.probability_met->low == Approx(0.0084037587));  // the exact interval of one of three
  CHECK(*second.probability_met->high == Approx(0.9057006760));
  // logits of 0.70, 0.75 and 0.80 have the mean 1.1107350 and the standard deviation 0.2697026
  CHECK(*second.range_low == Approx(1 / (1 + std::exp(t_975(2) * 0.2697026 * std::sqrt(4.0 / 3) - 1.1107350))));
  CHECK(*second.range_high == Approx(1 / (1 + std::exp(-t_975(2) * 0.2697026 * std::sqrt(4.0 / 3) - 1.1107350))));
  auto const& any = e.any_year[0];
  CHECK(any.years == 6);
  CHECK(any.patients == Approx(1200));
  CHECK(*any.range_low < 0.6);  // two degrees of freedom
  CHECK(*any.range_high > 0.9);
  CHECK(e.any_year[2].stratum == 2);
}

TEST_CASE("a target that changes is that of the last month of a year, and all the time has none") {
  auto m = two_year_model();
  for (std::size_t i = 12; i < 24; ++i) m.standards[0].targets[i] = 0.9;
  auto const e = estimate(m, three(m), "base", {});
  CHECK(*find(e, "all", "all", "2026/27").target == Approx(0.8));
  CHECK(*find(e, "all", "all", "2027/28").target == Approx(0.9));
  CHECK_FALSE(find(e, "all", "all", "all").target);  // its years differ
  CHECK_FALSE(find(e, "all", "all", "all").probability_met);
  CHECK_FALSE(find(e, "all", "all", "all").more_to_meet_target);
  CHECK(find(e, "all", "all", "all").attainment);
  m.standards[0].targets[3] = 0.7;  // within a year
  CHECK(*find(estimate(m, three(m), "base", {}), "all", "all", "2026/27").target == Approx(0.8));
  m.standards[0].targets.assign(24, std::nan(""));
  auto const none = estimate(m, three(m), "base", {});
  CHECK_FALSE(find(none, "all", "all", "all").target);
  CHECK_FALSE(find(none, "all", "all", "all").probability_met);
}

TEST_CASE("patients and breaches are a year's, and so many more in time would just meet the target") {
  auto m = two_year_model();
  m.standards[0].targets.assign(24, 0.801);
  auto const e = estimate(m, three(m), "base", {});
  auto const all = find(e, "all", "all", "all");
  // 2400 patients in 731 days, 80 % of them in time
  CHECK(all.patients_a_year == Approx(2400 * 365.0 / 731));
  CHECK(all.breaches_a_year == Approx(480 * 365.0 / 731));
  CHECK(all.more_to_meet_target == 2);  // 0.001 of 1198.4
  auto const first = find(e, "all", "all", "2026/27"), second = find(e, "all", "all", "2027/28");
  CHECK(first.patients_a_year == Approx(1200));
  CHECK(first.more_to_meet_target == 0);    // 85 %
  CHECK(second.more_to_meet_target == 62);  // 961.2 wanted, 900 in time
  auto const april = find(e, "all", "all", "2026-04");
  CHECK(april.patients_a_year == Approx(100 * 365.0 / 30));
  m.standards[0].targets.assign(24, 0.75);
  CHECK(find(estimate(m, three(m), "base", {}), "all", "all", "2027/28").more_to_meet_target == 0);  // 900 of 1200
  m.standards[0].targets.assign(24, 901.0 / 1200);
  CHECK(find(estimate(m, three(m), "base", {}), "all", "all", "2027/28").more_to_meet_target == 1);
  auto const nobody = find(e, "provider", "south", "all");
  CHECK(nobody.patients_a_year == 0);
  CHECK_FALSE(nobody.more_to_meet_target);
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
  CHECK(e.comparisons[0].attainment->value == Approx(0.85));
  CHECK(e.comparisons[0].patients->value == Approx(1200));
  figure.from = to_date({2024, 4, 1});
  figure.until = to_date({2025, 3, 31});
  auto const other = estimate(m, experiment_of(m, three_results(), {figure}), "base", {figure});
  CHECK_FALSE(other.comparisons[0].same_months);
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

TEST_CASE("a measured year that is not of calendar months is a year all the same") {
  auto m = two_year_model();
  m.measure_from = 1440;
  m.end = 366 * 1440;
  m.months = 13;
  m.names.months.resize(13);
  Experiment none;
  auto const e = estimate(m, none, "base", {});
  CHECK(e.years.empty());
  CHECK(e.all_as_a_year == "12 months from 2 Apr 2026");
  CHECK(e.in_no_year.empty());
}
