#include "cwtsim/study/summary.hpp"

#include <cmath>

#include "clinic.hpp"
#include "cwtsim/study/run.hpp"

using namespace cwtsim;
using Kind = study::Leaning::Kind;

namespace {

std::string words_of(study::Leaning const& l) {
  return std::to_string(static_cast<int>(l.kind)) + " " + l.standard + "|" + l.name + "|" + l.provider +
         (l.unmarked ? " unmarked" : "");
}

std::vector<std::vector<files::Cell>> rows_of(files::Table const& table) {
  std::vector<std::vector<files::Cell>> rows;
  table.rows.each([&rows](files::Row const& row) { rows.push_back(row); });
  return rows;
}

}  // namespace

TEST_CASE("a summary says the days measured, the loads and the times without waiting") {
  auto const summary = study::summarise(clinic::arm());
  CHECK(format_date(summary.first_measured) == "2026-06-01");
  CHECK(format_date(summary.last_measured) == "2026-07-10");
  REQUIRE(summary.pathways.size() == 1);
  CHECK(summary.pathways[0].clocks.at(0).days == Approx(10 + 30.0 / 1440));
  REQUIRE(summary.times.size() == 1);
  CHECK(summary.times[0].standard == "fds");
  CHECK(summary.times[0].median_days == Approx(10).margin(0.1));
  CHECK(summary.times[0].limit_days == 28);
  REQUIRE(summary.loads.size() == 1);
  auto const& load = summary.loads[0];
  CHECK(load.resource == "desk");
  CHECK(load.provider == "here");
  CHECK(load.unit == "slots");
  // six Mondays in 40 days
  CHECK(load.wanted == Approx(6 / (40.0 / 7)));
  CHECK(load.offered == Approx(24 / (40.0 / 7)));
  CHECK(load.share == Approx(0.25));
  CHECK(load.error == 0);
}

TEST_CASE("a summary is the same on any number of threads") {
  auto const arm = clinic::arm();
  auto const one = study::summary_tables(study::summarise(arm)), two = study::summary_tables(study::summarise(arm, 2));
  REQUIRE(one.size() == two.size());
  for (std::size_t i = 0; i < one.size(); ++i) CHECK(files::to_csv(one[i]) == files::to_csv(two[i]));
  auto const of_one = study::foundations_of(arm), of_two = study::foundations_of(arm, 2);
  REQUIRE(of_one.ceilings.size() == 1);
  REQUIRE(of_two.ceilings.size() == 1);
  CHECK(of_one.ceilings[0].share == of_two.ceilings[0].share);
  CHECK(of_one.leanings.size() == of_two.leanings.size());
}

TEST_CASE("the heaviest load comes first") {
  auto const summary = study::summarise(
      clinic::arm(clinic::request("/providers/here/resources/ward={\"kind\": \"servers\", \"servers\": 1}")));
  REQUIRE(summary.loads.size() == 2);
  CHECK(summary.loads[0].resource == "desk");
  CHECK(summary.loads[1].resource == "ward");
  CHECK(summary.loads[1].unit == "server hours");
  CHECK(summary.loads[1].share == 0);
}

TEST_CASE("people wanted stand against people there, in a week and at the busiest hour") {
  auto p = clinic::parts();
  p.resources =
      R"("desk": {"kind": "sessions", "staff": {"nurse": 2}, "sessions": {"weekly": {"on": "mon,tue", "opens": "09:00", "closes": "12:00", "slots": 4}}},
         "ward": {"kind": "sessions", "staff": {"nurse": 1}, "sessions": {"weekly": {"on": "tue", "opens": "11:00", "closes": "15:00", "slots": 4}}})";
  p.staff =
      R"("nurse": {"whole_time_equivalents": 4, "vacancy": 0.25, "leave": 0.2, "sickness": 0.1, "sessions_per_week": 2}, "clerk": {"whole_time_equivalents": 1})";
  auto request = clinic::request();
  request.scenario.text = small::text_of(p);
  auto const people = study::people_loads_of(clinic::arm(request));
  REQUIRE(people.size() == 2);
  CHECK(people[0].role == "nurse");
  CHECK(people[0].wanted == 2 * 2 + 1);
  CHECK(people[0].there == Approx(3 * 0.8 * 0.9 * 2));
  CHECK(people[0].share == Approx(5 / 4.32));
  CHECK(people[0].at_once == 3);
  CHECK(people[0].when == "tue 11:00");
  CHECK(people[0].at_work == Approx(3 * 0.72));
  CHECK(people[1].wanted == 0);
  CHECK(people[1].share == 0);
}

TEST_CASE("results lean on what nobody has measured, and no longer once it carries a mark") {
  auto const arm = clinic::arm();
  auto const plain = study::leanings_of(arm, engine::walk(arm.model, 2000, 1), study::loads_of(arm.model, 2000, 1));
  REQUIRE(plain.size() == 3);
  CHECK(words_of(plain[0]) == "0 fds|path/wait| unmarked");
  CHECK(plain[0].weight == Approx(1).epsilon(0.01));  // all but half an hour of ten days
  CHECK(words_of(plain[1]) == "0 fds|path/first| unmarked");
  CHECK(words_of(plain[2]) == "2 |desk|here unmarked");
  CHECK(plain[2].weight == Approx(0.25).epsilon(0.01));
  auto const marked = clinic::arm(clinic::request("/pathways/path/steps/wait/mark=observed"));
  auto const rest =
      study::leanings_of(marked, engine::walk(marked.model, 2000, 1), study::loads_of(marked.model, 2000, 1));
  REQUIRE(rest.size() == 2);
  CHECK(words_of(rest[0]) == "0 fds|path/first| unmarked");
  auto const assumed = clinic::arm(clinic::request("/pathways/path/steps/wait/mark=assumed"));
  CHECK(words_of(
            study::leanings_of(assumed, engine::walk(assumed.model, 2000, 1), study::loads_of(assumed.model, 2000, 1))
                .at(0)) == "0 fds|path/wait|");
}

TEST_CASE("results lean on the steps of a pathway whose name holds a slash") {
  auto request = clinic::request();
  auto& text = *request.scenario.text;
  for (std::size_t at = 0; (at = text.find("\"path\"", at)) != std::string::npos;) text.replace(at, 6, "\"p/q\"");
  auto const arm = clinic::arm(request);
  auto const leanings = study::leanings_of(arm, engine::walk(arm.model, 2000, 1), study::loads_of(arm.model, 2000, 1));
  CHECK(words_of(leanings.at(0)) == "0 fds|p/q/wait| unmarked");
}

TEST_CASE("results lean on shares, and on who the patients are where a standard is cut by it") {
  auto p = clinic::parts();
  p.steps = R"("wait": {"kind": "delay", "takes": "10 days", "mark": "observed", "on_finish": ["told"],
                        "then": {"sort": 1}},
               "sort": {"kind": "delay", "takes": "0 days", "mark": "assumed", "then": {"home": 0.75, "lost": 0.25}},
               "home": {"kind": "end"}, "lost": {"kind": "end"})";
  p.start = "wait";
  p.resources = "";
  p.attributes = R"("half": {"levels": ["a", "b"], "shares": {"a": 0.5, "b": 0.5}, "mark": "assumed"},
                    "sure": {"levels": ["x"], "shares": {"x": 1}})";
  p.standards =
      R"("fds": {"starts": "came", "stops": "told", "limit": "28 days", "by": ["half", "provider+half", "sure"]})";
  auto request = clinic::request();
  request.scenario.text = small::text_of(p);
  auto const arm = clinic::arm(request);
  auto const leanings = study::leanings_of(arm, engine::walk(arm.model, 4000, 1), study::loads_of(arm.model, 4000, 1));
  REQUIRE(leanings.size() == 2);
  CHECK(words_of(leanings[0]) == "1 |path/sort|");
  CHECK(leanings[0].weight == Approx(0.25 * 6 / (40.0 / 7)).epsilon(0.1));  // one in four of six in 40 days
  CHECK(words_of(leanings[1]) == "3 |half|");
  CHECK(leanings[1].weight == 2);
}

TEST_CASE("marks are counted by object") {
  auto const counts = study::count_evidence(clinic::arm().scenario);
  // the stream, the resource, two steps that are no end, the standard
  CHECK(counts.of(scenario::Mark::none) == 5);
  auto const marked =
      study::count_evidence(clinic::arm(clinic::request("/pathways/path/steps/*/mark=observed")).scenario);
  CHECK(marked.of(scenario::Mark::none) == 3);
  CHECK(marked.of(scenario::Mark::observed) == 2);
}

TEST_CASE("a summary as tables has a row a pathway and clock, a standard, a resource, a mark and a leaning") {
  auto summary = study::summarise(clinic::arm());
  auto const tables = study::summary_tables(summary);
  REQUIRE(tables.size() == 6);
  std::string names;
  for (auto const& table : tables) {
    INFO(table.name);
    names += table.name + " ";
    CHECK_FALSE(table.caption.empty());
    for (auto const& row : rows_of(table)) CHECK(row.size() == table.columns.size());
  }
  CHECK(names == "pathways times loads people evidence leanings ");
  CHECK(files::to_csv(tables[0]) ==
        "pathway,steps,standard,days_at_best,limit_days,by\npath,3,fds,10.0208,28,referral > first > wait\n");
  CHECK(files::to_csv(tables[4]) == "mark,objects\nnone,5\nobserved,0\ncited,0\nstrategy,0\nderived,0\nassumed,0\n");
  CHECK(rows_of(tables[1]).size() == 1);
  CHECK(rows_of(tables[2]).size() == 1);
  CHECK(rows_of(tables[5]).size() == summary.leanings.size());
  // what cannot be had is an empty cell
  summary.times[0].median_days = -1;
  summary.loads[0].share = HUGE_VAL;
  auto const without = study::summary_tables(summary);
  CHECK(std::holds_alternative<std::monostate>(rows_of(without[1])[0][1]));
  CHECK(std::holds_alternative<std::monostate>(rows_of(without[2])[0][8]));
}

TEST_CASE("the ceiling is how often a standard would be met if nobody ever waited for capacity") {
  auto p = clinic::parts();
  p.demand = small::arrive("gp", "mon", "\"08:00\"", 20, R"("milestones": ["came"])");
  auto request = clinic::request();
  request.scenario.text = small::text_of(p);
  auto const crowded = clinic::arm(request);
  auto const run = study::run(crowded, study::request_of(crowded, {1, {}, 0, {}, 1}).value());
  auto const e = study::estimate(crowded, std::get<study::FinishedRun>(run).experiment);
  // four are seen a week: of a list that grows by 16 a week those of the first weeks alone are in time
  CHECK(e.attainments.at(0).patients == 20);
  auto const ceilings = study::ceilings_of(crowded.model, 1);
  REQUIRE(ceilings.size() == 1);
  CHECK(ceilings[0].standard == "fds");
  CHECK(ceilings[0].limit_days == 28);
  CHECK(ceilings[0].share == 1);
  CHECK(study::ceilings_of(clinic::arm(clinic::request(clinic::late)).model, 1)[0].share == 0);
  auto const nobody = clinic::arm(clinic::request("/pathways/path/steps/wait/takes=60 days"));
  CHECK_FALSE(study::ceilings_of(nobody.model, 1)[0].share);
}

namespace {

/// What the clinic with these parts meets, of one replication, and its ceiling.
std::pair<double, double> met_and_ceiling(small::Parts const& p) {
  auto request = clinic::request();
  request.scenario.text = small::text_of(p);
  auto const arm = clinic::arm(request);
  auto const run = study::run(arm, study::request_of(arm, {4, {}, 0, {}, 1}).value());
  auto const e = study::estimate(arm, std::get<study::FinishedRun>(run).experiment);
  return {e.attainments.at(0).attainment->value, study::ceilings_of(arm.model, 1).at(0).share.value()};
}

std::string const told_after = R"(, "on_finish": ["told"], "then": "home"}, "home": {"kind": "end"})";

}  // namespace

TEST_CASE("where nothing is waited for the ceiling is what is met, whoever comes and however") {
  auto p = clinic::parts();
  p.run_for = "400 days";
  p.resources = "";
  p.steps = R"("first": {"kind": "delay", "takes": {"by": ["stream"], "slow": "40 days", "otherwise": "5 days"})" +
            told_after;
  p.demand = small::arrive("slow", "daily", "\"08:00\"", 2, R"("milestones": ["came"])") +
             R"(, "quick": {"pathway": "path", "provider": "here", "per_day": 1, "milestones": ["came"]})";
  auto const [met, ceiling] = met_and_ceiling(p);
  CHECK(met == Approx(0.355).margin(0.02));
  CHECK(ceiling == Approx(met).margin(0.02));
}

TEST_CASE("groups fill as fast for the ceiling as for the run") {
  auto p = clinic::parts();
  p.run_for = "400 days";
  p.resources = "";
  p.steps = R"("first": {"kind": "gather", "together": 16)" + told_after;
  p.demand = R"("few": {"pathway": "path", "provider": "here", "per_week": 2, "milestones": ["came"]})";
  auto const [met, ceiling] = met_and_ceiling(p);
  CHECK(met < 0.7);
  CHECK(ceiling == Approx(met).margin(0.05));
}

TEST_CASE("sessions that are open together have room for all on the same day") {
  auto p = clinic::parts();
  p.run_for = "100 days";
  std::string eight;
  for (char c = 'a'; c < 'i'; ++c)
    eight += std::string(c == 'a' ? "" : ", ") + "\"" + c +
             R"(": {"on": "daily", "opens": "09:00", "closes": "12:00", "slots": 9})";
  p.resources = R"("desk": {"kind": "sessions", "sessions": {)" + eight + "}}";
  p.steps = R"("first": {"kind": "appointment", "needs": "desk")" + told_after;
  p.demand = small::arrive("gp", "daily", "\"10:00\"", 3, R"("milestones": ["came"])");
  p.standards = R"("fds": {"starts": "came", "stops": "told", "limit": "0 days"})";
  CHECK(met_and_ceiling(p) == std::pair(1.0, 1.0));
}

TEST_CASE("where there is room for all nobody is moved to a shorter list") {
  auto p = clinic::parts();
  p.run_for = "200 days";
  p.providers =
      R"("there": {"resources": {"desk": {"kind": "sessions", "sessions": {"daily": {"on": "daily", "slots": 9}}}}})";
  p.resources = R"("desk": {"kind": "sessions", "sessions": {"weekly": {"on": "mon", "slots": 1}}})";
  p.steps = R"("first": {"kind": "appointment", "needs": "desk")" + told_after;
  p.demand = small::arrive("gp", "thu", "\"10:00\"", 5, R"("milestones": ["came"])");
  p.rules =
      R"("aid": {"kind": "move", "resource": "desk", "on": "fri", "at": "08:00", "when_gap": "2 days", "at_most": 9, "takes": "60 days"})";
  auto const [met, ceiling] = met_and_ceiling(p);
  CHECK(met < 0.5);
  CHECK(ceiling == 1);
}

TEST_CASE("room for all costs nothing") {
  auto p = clinic::parts();
  p.resources = R"("ward": {"kind": "servers", "servers": 3, "costs": {"cash": 1000000}})";
  p.steps = R"("first": {"kind": "servers", "needs": "ward", "takes": "1 day")" + told_after;
  p.demand = small::arrive("gp", "daily", "\"10:00\"", 1, R"("milestones": ["came"])");
  p.ledgers = R"("cash": {"kind": "capacity"})";
  CHECK(met_and_ceiling(p) == std::pair(1.0, 1.0));
}

TEST_CASE("the ceiling needs no people and no waiting room, and is that of a part of very many patients") {
  auto p = clinic::parts();
  p.run_for = "400 days";
  p.resources =
      R"("desk": {"kind": "sessions", "staff": {"nurse": 1}, "other_work": 0.9, "waiting_room": 1,
          "sessions": {"weekly": {"on": "mon", "slots": 1}}})";
  p.staff = R"("nurse": {"whole_time_equivalents": 1, "vacancy": 0.9, "leave": 0.5, "sessions_per_week": 1})";
  p.steps =
      R"("first": {"kind": "appointment", "needs": "desk", "takes": "30 min", "when_full": "late", "then": {"soon": 0.7, "late": 0.3}}, )"
      R"("soon": {"kind": "delay", "takes": "10 days", "on_finish": ["told"], "then": "home"}, )"
      R"("late": {"kind": "delay", "takes": "60 days", "on_finish": ["told"], "then": "home"}, "home": {"kind": "end"})";
  p.demand = R"("gp": {"pathway": "path", "provider": "here", "per_week": 7000, "milestones": ["came"]})";
  auto request = clinic::request();
  request.scenario.text = small::text_of(p);
  auto const ceiling = study::ceilings_of(clinic::arm(request).model, 1).at(0);
  auto const share = ceiling.share;
  REQUIRE(share);
  // fewer of the late ones have been told by the end of the 400 days
  CHECK(*share == Approx(0.7 * 390 / (0.7 * 390 + 0.3 * 340)).margin(0.006));
  // of 300,000 who come, 750 a day
  CHECK(ceiling.error == Approx(std::sqrt(*share * (1 - *share) / (750 * (0.7 * 390 + 0.3 * 340)))).epsilon(0.01));
}
