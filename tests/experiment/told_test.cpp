// Everything that was counted is told of.

#include <type_traits>

#include "catch_compat.hpp"
#include "varied.hpp"

using namespace cwtsim;
using namespace cwtsim::experiment;

namespace {

bool is_told(std::string const& text) {
  return !text.empty();
}
bool is_told(double value) {
  return value != 0;
}
bool is_told(std::uint64_t value) {
  return value != 0;
}
bool is_told(std::optional<std::uint64_t> const& value) {
  return value.has_value();  // none may be needed
}
bool is_told(std::optional<double> const& value) {
  return value && *value != 0;
}
bool is_told(std::optional<Estimate> const& e) {
  return e && e->value != 0 && e->low && e->high && *e->low < *e->high && *e->low <= e->value && e->value <= *e->high;
}

/// Every column that the row shows, but for one.
template <class R>
void check_told(R const& row, std::string_view but = "") {
  for_each_field<R>(
      [but](auto column, auto const& value) {
        if constexpr (*column().name != '\0') {
          INFO(column().name);
          if (column().name != but) CHECK(is_told(value));
        }
      },
      row);
}

std::vector<engine::ReplicationResult> three_varied() {
  return {varied(1), varied(2), varied(3)};
}

}  // namespace

TEST_CASE("where every count has a value of its own, every column of every row has one") {
  auto model = counting_everything();
  model.names.scenario = "Everything";
  auto const e = estimate(model, experiment_of(model, three_varied()), "base", {});
  REQUIRE(e.resources.size() == 2);
  REQUIRE(e.staff.size() == 1);
  REQUIRE(e.rules.size() == 2);
  REQUIRE(e.steps.size() == 2);
  REQUIRE(e.replications.size() == 3);
  REQUIRE(e.gaps.size() == 2);
  for (auto const& row : e.resources) check_told(row, "grew_all_through");
  for (auto const& row : e.staff) check_told(row);
  for (auto const& row : e.rules) check_told(row, "share_in_force");
  for (auto const& row : e.steps) check_told(row);
  REQUIRE(e.resource_months.size() == 2 * 24);
  REQUIRE(e.step_months.size() == 2 * 24);
  REQUIRE(e.staff_months.size() == 24);
  for (auto const& row : e.resource_months) check_told(row);
  for (auto const& row : e.step_months) check_told(row);
  for (auto const& row : e.staff_months) check_told(row);
  for (auto const& row : e.replications) check_told(row, "frozen");
  check_told(e.gaps[1]);  // the spread
  for (auto const& row : e.pounds) check_told(row);
  for (auto const& row : e.measured) check_told(row);
  for (auto const& row : e.attainments)
    if (row.span == Span::year) check_told(row);
  model.eras[0].rules[0].kind = model::RuleKind::capacity;
  for (auto const& row : estimate(model, experiment_of(model, three_varied()), "base", {}).rules)
    check_told(row, "moved_from");
}

TEST_CASE("the first lines say what was run") {
  auto model = counting_everything();
  model.start = 0;
  model.measure_from = 14 * 1440;
  auto const hit = limited(2);
  auto experiment = experiment_of(model, {varied(1), hit, varied(3)});
  experiment.seed = 17;
  experiment.first_replication = 1;
  experiment.precision_points = 0.5;
  experiment.ended = Ended::not_precise;
  auto const e = estimate(model, experiment, "with a scanner", {});
  CHECK(e.scenario == "Two trusts");
  CHECK(e.arm == "with a scanner");
  CHECK(e.seed == 17);
  CHECK(e.first_replication == 1);
  CHECK(e.completed == 2);
  CHECK(e.limited == 1);
  CHECK(e.events == varied(1).events + hit.events + varied(3).events);
  CHECK(e.precision_points == 0.5);
  CHECK(e.ended == Ended::not_precise);
  CHECK(format_date(e.first_measured) == "2026-04-15");
  CHECK(format_date(e.last_measured) == "2028-03-31");
  CHECK(e.warm_up_days == 14);
  CHECK(e.measured_days == 731 - 14);
  CHECK(e.measured_referrals == static_cast<double>(varied(1).measured_referrals + varied(3).measured_referrals) / 2);
  REQUIRE(e.provider_labels.size() == 1);
  CHECK(e.provider_labels[0] == std::pair<std::string, std::string>("north", "North Trust"));
  REQUIRE(e.standards.size() == 1);
  CHECK(e.standards[0].name == "fds");
  CHECK(e.standards[0].label == "28-day faster diagnosis");
  CHECK(e.standards[0].limit_days == 28);
  CHECK(e.standards[0].long_waits == std::vector<std::int32_t>{62});
}

TEST_CASE("every replication is told of with how it ended and how long it lasted") {
  auto const model = counting_everything();
  auto first = varied(0), last = limited(2);
  first.stopped_at = 731 * 1440;
  last.stopped_at = 3 * 1440 + 720;
  auto const e = estimate(model, experiment_of(model, {first, varied(1), last}), "base", {});
  REQUIRE(e.replications.size() == 3);
  CHECK(e.replications[0].outcome == "completed");
  CHECK(e.replications[0].days == 731);
  CHECK(e.replications[0].events == first.events);
  CHECK(e.replications[2].replication == 2);
  CHECK(e.replications[2].outcome == "too_many_events");
  CHECK(e.replications[2].days == 3.5);
  CHECK(e.replications[2].still_in == last.still_in);
}
