// A lever changes what it names and nothing else: whoever comes, their attributes, and the length of each of their
// steps.

#include "hospital.hpp"

using namespace trial;

namespace {

std::vector<std::uint64_t> starts_of(engine::ReplicationResult const& r) {
  std::vector<std::uint64_t> out;
  for (auto const& s : r.steps) out.push_back(s.starts);
  return out;
}

std::vector<std::uint64_t> services_of(engine::ReplicationResult const& r) {
  std::vector<std::uint64_t> out;
  for (auto const& s : r.steps) out.push_back(s.service_ticks);
  return out;
}

}  // namespace

TEST_CASE("another scanner changes neither the patients nor their attributes nor how long anything takes") {
  // calendar days at the report, for working days depend on the day of the scan
  std::string const calendar = "/pathways/suspected/steps/report/counts=\"days\"";
  auto const one = model_from(hospital::network, {calendar});
  auto const two = model_from(hospital::network, {calendar, "/providers/north/resources/ct/hours/weekday/servers=2"});
  auto const a = run(one, 6), b = run(two, 6);
  for (std::size_t k = 0; k < a.size(); ++k) {
    CHECK(a[k].arrivals == b[k].arrivals);
    CHECK(hospital::counted(one, a[k], "triage") == hospital::counted(two, b[k], "triage"));
    CHECK(starts_of(a[k]) == starts_of(b[k]));
    CHECK(services_of(a[k]) == services_of(b[k]));
    // what comes before the scanner does not know of it, nor does the other trust
    auto const clinic = step(one, "suspected/clinic");
    CHECK(a[k].steps[clinic] == b[k].steps[clinic]);
    CHECK(a[k].steps[step(one, "other/scan", 1)] == b[k].steps[step(one, "other/scan", 1)]);
    CHECK(a[k].steps[step(one, "suspected/ct")].wait_ticks > b[k].steps[step(one, "suspected/ct")].wait_ticks);
  }
}

TEST_CASE("more patients of one stream are added to those who come anyway") {
  auto const base = model_from(hospital::network);
  auto const more = model_from(hospital::network, {"/demand/referrals/per_week/south=18"});
  auto const a = run(base, 6), b = run(more, 6);
  for (std::size_t k = 0; k < a.size(); ++k) {
    CHECK(a[k].arrivals[0] == b[k].arrivals[0]);
    CHECK(a[k].arrivals[1] < b[k].arrivals[1]);
    CHECK(a[k].arrivals[2] == b[k].arrivals[2]);
    auto const north = step(base, "suspected/triage", 0);
    CHECK(a[k].steps[north] == b[k].steps[north]);
    // in no month do fewer come, whoever they are
    auto const fewer = hospital::counted(base, a[k], "triage"), all = hospital::counted(more, b[k], "triage");
    for (std::size_t cell = 0; cell < fewer.size(); ++cell) CHECK(fewer[cell] <= all[cell]);
  }
}

TEST_CASE("a new step, pathway, stream and provider elsewhere leave the draws of all others alone") {
  auto const base = model_from(hospital::network);
  auto const added = model_from(
      hospital::network,
      {R"(/providers/east={"resources":{"ct":{"kind":"servers","servers":1}}})",
       R"(/pathways/another={"start":"scan","steps":{"scan":{"kind":"servers","needs":"ct","takes":{"exponential":{"mean":"9 min"}},"then":"end"},"end":{"kind":"end"}}})",
       R"(/demand/another={"pathway":"another","provider":"east","per_day":40})",
       R"(/attributes/sex={"levels":["f","m"],"shares":{"f":0.5,"m":0.5}})",
       // a step that takes no time, between two others
       R"(/pathways/suspected/steps/look={"kind":"delay","takes":"0 min","then":"clinic"})",
       "/pathways/suspected/steps/triage/then=\"look\""});
  auto const a = run(base, 4), b = run(added, 4);
  for (std::size_t k = 0; k < a.size(); ++k) {
    for (std::size_t i = 0; i < base.names.steps.size(); ++i)
      for (std::size_t p = 0; p < 2; ++p) {
        INFO(base.names.steps[i] << " at provider " << p);
        CHECK(a[k].steps[i * 2 + p] == b[k].steps[step(added, base.names.steps[i], p)]);
      }
    CHECK(hospital::counted(base, a[k], "fds").size() < hospital::counted(added, b[k], "fds").size());
    // cut by attribute and provider, of which there are now three
    CHECK(hospital::counted(base, a[k], "fds")[3] == hospital::counted(added, b[k], "fds")[3]);
    CHECK(b[k].arrivals.back() > 0);
  }
}

TEST_CASE("levers that change nothing change nothing") {
  temporary::File const scenario(hospital::network);
  temporary::File const nothing(R"({ "schema": 1, "name": "Nothing", "levers": {
    "as it was": { "pointer": "/providers/north/resources/ct/hours/weekday/servers", "set": 1 },
    "times one": { "pointer": "/demand/*/profile", "set": "first_half" },
    "one again": { "pointer": "/providers/*/resources/clinic/sessions/*/slots", "scale": 1 },
    "and dated": { "pointer": "/providers/south/resources/mdt/meets/weekly/cases", "add": 0, "from": "2026-07-01" } } })");
  auto const base = run(model_of(scenario.path()), 3);
  auto const changed = run(model_of(scenario.path(), {}, {nothing.path()}), 3);
  // the date itself is an event
  for (std::size_t k = 0; k < base.size(); ++k) {
    auto expected = base[k];
    expected.events = changed[k].events;
    CHECK(hospital::same(expected, changed[k]));
    CHECK(changed[k].events - base[k].events <= 1);
  }
}

TEST_CASE("a dated lever changes nothing before its date") {
  temporary::File const scenario(hospital::network);
  temporary::File const later(R"({ "schema": 1, "name": "Later", "levers": {
    "clinic": { "pointer": "/providers/north/resources/clinic/sessions/weekday/slots", "set": 20, "from": "2026-07-01" },
    "more come": { "pointer": "/demand/referrals/per_week/*", "scale": 1.5, "from": "2026-07-01" } } })");
  std::vector<std::string> const until_july = {"/horizon/run_for=\"91 days\""};
  auto const base = run(model_of(scenario.path(), until_july), 3);
  auto const same_so_far = run(model_of(scenario.path()), 3);
  auto const changed_model = model_of(scenario.path(), {}, {later.path()});
  auto const changed = run(changed_model, 3);
  for (std::size_t k = 0; k < 3; ++k) {
    auto const months = [&](Results const& results, bool first_three) {
      auto const all = hospital::counted(changed_model, results[k], "triage");
      std::uint64_t sum = 0;
      for (std::size_t i = 0; i < changed_model.months; ++i)
        if ((i < 3) == first_three) sum += all[i];
      return sum;
    };
    CHECK(months(same_so_far, true) == months(changed, true));
    CHECK(static_cast<double>(months(changed, false)) ==
          Approx(1.5 * static_cast<double>(months(same_so_far, false))).epsilon(0.1));
    CHECK(base[k].referred < changed[k].referred);
  }
}
