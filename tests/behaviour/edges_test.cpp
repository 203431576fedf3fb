// Nobody, everybody, once, always: the ends of every scale, and sums that must come out.

#include <numeric>

#include "hospital.hpp"

using namespace trial;

TEST_CASE("a stream of which nobody comes leaves its pathway empty and the other as it was") {
  std::string const wide = "/providers/south/resources/ct/hours/weekday/servers=100";  // no waiting for each other
  auto const base = model_from(hospital::network, {wide});
  auto const none =
      model_from(hospital::network, {wide, "/demand/referrals/per_week/north=0", "/demand/referrals/per_week/south=0"});
  auto const a = run(base, 3), b = run(none, 3);
  for (std::size_t k = 0; k < a.size(); ++k) {
    CHECK(b[k].arrivals[0] + b[k].arrivals[1] == 0);
    CHECK(b[k].referred == b[k].arrivals[2]);
    for (std::size_t i = 0; i < none.names.steps.size(); ++i)
      for (std::size_t p = 0; p < 2; ++p) {
        bool const other = none.names.steps[i].starts_with("other/");
        CHECK(b[k].steps[i * 2 + p] == (other ? a[k].steps[i * 2 + p] : engine::StepTotals{}));
      }
    CHECK(std::accumulate(b[k].counted.begin(), b[k].counted.end(), 0u) == 0);
    CHECK(std::accumulate(b[k].open.begin(), b[k].open.end(), 0u) == 0);
  }
}

TEST_CASE("a share of 0 who do not attend is as good as none, and of 1 sends everybody home") {
  std::string const clinic = "/pathways/suspected/steps/clinic/did_not_attend";
  auto const zero = run(model_from(hospital::network, {clinic + "/share=0"}), 3);
  std::string text = hospital::network;
  auto const from = text.find(",\n                  \"did_not_attend\""),
             until = text.find('}', text.find("\"then\": \"home\"", from)) + 1;
  auto const none = run(model_from(text.erase(from, until - from)), 3);
  for (std::size_t k = 0; k < zero.size(); ++k) CHECK(hospital::same(zero[k], none[k]));
  auto const m =
      model_from(hospital::network, {clinic + "/share=1", "/providers/north/resources/clinic/sessions/weekday/slots=40",
                                     "/providers/south/resources/clinic/sessions/weekday/slots=40"});
  for (auto const& r : run(m, 3)) {
    auto const referred = r.arrivals[0] + r.arrivals[1];
    std::uint64_t missed = 0;
    for (auto const& resource : r.resources) missed += resource.did_not_attend;
    CHECK(missed == 2 * referred);
    CHECK(r.steps[step(m, "suspected/clinic", 0)].starts + r.steps[step(m, "suspected/clinic", 1)].starts == 0);
    CHECK(r.resources[resource(m, "clinic")].used == 2 * r.arrivals[0]);
    CHECK(r.steps[step(m, "suspected/ct", 0)].starts + r.steps[step(m, "suspected/ct", 1)].starts == 0);
    CHECK(r.still_in == 0);
  }
}

TEST_CASE("those who miss an appointment use as many slots more, and nobody is lost") {
  std::string const clinic = "/pathways/suspected/steps/clinic/did_not_attend";
  auto const m = model_from(hospital::network, {clinic + R"(={"share":0.25,"rebook":"1 day"})"});
  for (auto const& r : run(m, 4)) {
    auto const& north = r.resources[resource(m, "clinic")];
    CHECK(r.steps[step(m, "suspected/clinic")].starts == r.arrivals[0]);
    CHECK(north.used == r.arrivals[0] + north.did_not_attend);
    CHECK(static_cast<double>(north.did_not_attend) / static_cast<double>(north.used) == Approx(0.25).margin(0.03));
    CHECK(north.used <= north.offered);
  }
}

TEST_CASE("batches of one are single patients, one repeat is none, a certain choice is no choice") {
  auto const base = run(model_from(hospital::network), 3);
  for (char const* const lever :
       {"/demand/referrals/batch=1", R"(/demand/referrals/batch_sizes={"1":1})",
        "/pathways/suspected/steps/surgery/repeats={\"1\":1}", R"(/pathways/suspected/steps/triage/then={"clinic":1})",
        R"(/pathways/suspected/steps/triage/then={"clinic":1,"home":0})",
        "/providers/north/resources/clinic/other_work=0", "/providers/north/resources/ct/waiting_room=100000",
        R"(/pathways/suspected/steps/ct/gives_up={"after ten years":{"after":"3650 days","then":"home"}})",
        "/demand/referrals/growth_per_year=0"}) {
    INFO(lever);
    std::vector<std::string> sets = {lever};
    if (sets[0].find("waiting_room") != std::string::npos)
      sets.push_back("/pathways/suspected/steps/ct/when_full=\"home\""),
          sets.push_back("/pathways/other/steps/scan/when_full=\"out\"");
    if (sets[0].find("repeats") != std::string::npos)
      sets.push_back("/pathways/suspected/steps/surgery/every=\"21 days\"");
    auto const changed = run(model_from(hospital::network, sets), 3);
    for (std::size_t k = 0; k < base.size(); ++k) CHECK(hospital::same(base[k], changed[k]));
  }
}

TEST_CASE("a batch is that many patients at one moment, and a fourth as often") {
  auto const one = run(model_from(hospital::network), 30);
  auto const four = run(model_from(hospital::network, {"/demand/others/batch=4"}), 30);
  double singles = 0, in_fours = 0;
  for (std::size_t k = 0; k < one.size(); ++k) {
    CHECK(four[k].arrivals[2] % 4 == 0);
    CHECK(four[k].arrivals[0] == one[k].arrivals[0]);
    singles += static_cast<double>(one[k].arrivals[2]);
    in_fours += static_cast<double>(four[k].arrivals[2]);
  }
  CHECK(std::abs(in_fours - singles) < 5 * std::sqrt(5 * singles));  // Poisson, and four times as variable
}

TEST_CASE("growth grows, and halves as surely") {
  auto const base = model_from(hospital::network, {"/horizon/run_for=\"3 years\""});
  auto const up =
      model_from(hospital::network, {"/horizon/run_for=\"3 years\"", "/demand/referrals/growth_per_year=0.5"});
  auto const down =
      model_from(hospital::network, {"/horizon/run_for=\"3 years\"", "/demand/referrals/growth_per_year=-0.5"});
  auto const a = run(base, 3), b = run(up, 3), c = run(down, 3);
  for (std::size_t k = 0; k < a.size(); ++k) {
    auto const year = [&](engine::ReplicationResult const& r, std::uint32_t y) {
      double sum = 0;
      for (std::uint32_t month = 12 * y; month < 12 * y + 12; ++month) sum += r.counted[base.cell(0, month)] / 2.0;
      return sum;
    };
    CHECK(year(b[k], 2) / year(b[k], 0) == Approx(2.25).epsilon(0.2));
    CHECK(year(c[k], 2) / year(c[k], 0) == Approx(0.25).epsilon(0.2));
    CHECK(year(a[k], 2) / year(a[k], 0) == Approx(1).epsilon(0.15));
    CHECK(a[k].arrivals[2] == b[k].arrivals[2]);
  }
}

TEST_CASE("who is still there at the end is either waiting or being served, and nobody is lost when all is overrun") {
  auto const m = shipped(
      "mm1.json", {"/demand/arrivals/per_hour=90", "/horizon/warm_up=\"0 days\"", "/horizon/run_for=\"4 days\""});
  for (auto const& r : run(m, 5)) {
    CHECK(r.still_in == r.resources[0].waiting_at_end + 1);
    CHECK(r.resources[0].starts == r.finished + 1);
    CHECK(r.referred == r.resources[0].starts + r.resources[0].waiting_at_end);
    CHECK(r.resources[0].busy_ticks <= r.resources[0].open_ticks);
  }
  auto const limited_model = model_from(hospital::network, {"/limits={\"max_in_system\":50}"});
  engine::Workspace workspace(limited_model);
  auto const& r = workspace.run(1, 0);
  CHECK(r.outcome == engine::Outcome::too_many_in_system);
  CHECK(r.referred == r.finished + r.still_in);
  CHECK(r.stopped_at < limited_model.end);
}

TEST_CASE("the stages add up to the time from start to stop") {
  // everything happens at midnight, so that clocks in whole days lose nothing
  auto const m = model_from(R"({
    "schema": 1, "name": "Whole days",
    "horizon": { "starts": "2026-04-01", "run_for": "2 years", "bank_holidays": "england" },
    "demand": { "few": { "pathway": "p", "provider": "h", "per_week": 0, "milestones": ["referred"] } },
    "waiting": { "list": { "like": "few", "provider": "h", "step": "triage", "patients": 400, "waited": "0 days" } },
    "providers": { "h": { "resources": {
      "clinic": { "kind": "sessions", "sessions": { "weekday": { "on": "mon-fri", "opens": "00:00", "closes": "00:01", "slots": 9 } } },
      "ward": { "kind": "servers", "servers": 11 },
      "mdt": { "kind": "meeting", "meets": { "weekly": { "on": "tue", "at": "00:00", "cases": 40 } } } } } },
    "pathways": { "p": { "start": "triage", "steps": {
      "triage": { "kind": "delay", "takes": "2 days", "counts": "working days", "then": "clinic" },
      "clinic": { "kind": "appointment", "needs": "clinic", "takes": "1 day", "then": { "ward": 0.6, "mdt": 0.4 } },
      "ward": { "kind": "servers", "needs": "ward", "takes": "3 days", "then": { "mdt": 0.5, "ward": 0.2, "letter": 0.3 } },
      "mdt": { "kind": "meeting", "needs": "mdt", "then": "letter" },
      "letter": { "kind": "delay", "takes": "5 days", "on_finish": ["informed"], "then": "end" },
      "end": { "kind": "end" } } } },
    "standards": { "total": { "starts": ["referred"], "stops": ["informed"], "limit": "60 days" } } })");
  for (auto const& r : run(m, 4)) {
    REQUIRE(r.still_in == 0);
    std::uint64_t stages = 0, total = 0, patients = 0;
    for (auto const& s : r.steps) stages += s.wait_ticks + s.service_ticks;
    for (std::size_t d = 0; d < model::day_cells; ++d) {
      std::uint64_t const here = r.days[m.day_cell(0, d)] / 2;
      total += here * d * m.ticks_per_day;
      patients += here;
    }
    CHECK(patients == 400);
    CHECK(stages == total);
  }
}

TEST_CASE("half the length of a tick changes next to nothing") {
  auto const coarse = model_from(hospital::network, {"/horizon/resolution=\"2 min\""});
  auto const fine = model_from(hospital::network, {"/horizon/resolution=\"1 min\""});
  auto const a = run(coarse, 6), b = run(fine, 6);
  double a_wait = 0, b_wait = 0;
  for (std::size_t k = 0; k < a.size(); ++k) {
    CHECK(a[k].arrivals == b[k].arrivals);
    a_wait += minutes(coarse, hospital::waited(a[k]));
    b_wait += minutes(fine, hospital::waited(b[k]));
  }
  CHECK(a_wait == Approx(b_wait).epsilon(0.02));
}
