#include "cwtsim/report/text.hpp"

#include <sstream>

#include "catch_compat.hpp"
#include "one_standard.hpp"

using namespace cwtsim;
using namespace cwtsim::experiment;
using report::Colour;
using report::text_report;

TEST_CASE("the headline says what was asked: how often, how sure, and what a year may show") {
  auto const text = text_report(one_standard(), Colour::off);
  CHECK(has(text, "20 replications from number 0, seed 7."));
  CHECK(has(text, "12,345 referrals"));
  CHECK(has(text, "80.9% within 28 days; 95% interval 80.0 to 81.8%. The target is 77%."));
  CHECK(
      has(text,
          "The target is met in 90.0% of replications in 2026/27 (95% interval 68.3 to 98.8%). A single year may show "
          "76.5 to 84.2% (by a normal curve: fewer than 39 replications)."));
  CHECK(has(text, "11,000 patients a year, 2,101 of them breaches; on average that meets the target."));
  CHECK(has(text, "Half wait 17 days or less, nine in ten 41 (39 to 42) or less"));
  CHECK(has(text,
            "1,200 (1,100 to 1,300) clocks running at the end of 2027-03; 35.0 (30.0 to 40.0) for more than 62 days"));
  CHECK(has(text, "By provider"));
  CHECK_FALSE(has(text, "north+lung"));
}

TEST_CASE("no line is wider than a page and none ends in blanks") {
  auto e = one_standard();
  e.comparisons = {
      {"fds", "provider", "north", true, 0.8, 11000.0, Estimate{0.809, 0.8, 0.8175}, Estimate{11000, 10900, 11100}}};
  std::istringstream lines(text_report(e, Colour::off));
  std::size_t seen = 0;
  for (std::string line; std::getline(lines, line); ++seen) {
    INFO(line);
    CHECK(line.size() <= 100);
    CHECK((line.empty() || line.back() != ' '));
  }
  CHECK(seen > 25);
}

TEST_CASE("staff are told of where sessions lacked them") {
  auto e = one_standard();
  e.staff = {{"south", "porter", 5, Estimate{5, {}, {}}, 0, 14, 14, 0, Estimate{0, {}, {}}, 0, 0, 0, 0}};
  CHECK_FALSE(has(text_report(e, Colour::off), "Staff whom sessions lacked"));
  e.staff.push_back(
      {"south", "nurse", 5, Estimate{3.5, {}, {}}, 0.25, 14, 12, 1, Estimate{1.5, {}, {}}, 0.2, 0.9, 0.4, 0.5});
  auto const text = text_report(e, Colour::off);
  CHECK(has(text, "Staff whom sessions lacked"));
  CHECK(has(text, "nurse south 3.5 0.25 14.0 1.0 1.5 used up"));
  CHECK_FALSE(has(text, "porter"));
  auto const with = [&](double absent, double used_up, double elsewhere) {
    e.staff[1].absent_per_week = absent;
    e.staff[1].elsewhere_per_week = elsewhere;
    e.staff[1].used_up_per_week = used_up;
    return text_report(e, Colour::off);
  };
  CHECK(has(with(0.6, 0.4, 0.5), "14.0 1.0 1.5 absent"));
  CHECK(has(with(0.4, 0.5, 0.6), "14.0 1.0 1.5 elsewhere"));
}

TEST_CASE("where the days go: by step over all providers, and by what they are") {
  auto e = one_standard();
  auto const line_of = [&e](std::string const& name) {
    auto const text = text_report(e, Colour::off);
    auto const at = text.find("  " + name + " ");
    REQUIRE(at != std::string::npos);
    std::istringstream words(text.substr(at, text.find('\n', at) - at));
    std::string line, word;
    while (words >> word) line += word + " ";
    return line;
  };
  // 4000 waits of 9.5 days and 1000 of 4.5; 3000 stays of 2 days and 2000 of 3
  CHECK(line_of("lung/ct") == "lung/ct 5,000 8.5 days 2.4 days 80.0 70.0 ");
  CHECK(line_of("lung/home") == "lung/home 0 - - 0.0 10.0 ");  // nobody started or finished
  CHECK(line_of("on a list") == "on a list 60,000 75.0 ");
  CHECK(line_of("in delays") == "in delays 20,000 25.0 ");
  e.days.push_back({"lung/ct", "north", "patients", "held", "held", 25, 0.1});
  CHECK(line_of("lung/ct") == "lung/ct 5,000 8.5 days 2.4 days 25.0 80.0 70.0 ");
  CHECK(line_of("lung/home") == "lung/home 0 - - - 0.0 10.0 ");
  e.days.push_back({"lung/ct", "north", "branches", "waiting", "on a list", 30, 0.75});
  e.days.push_back({"lung/ct", "north", "branches", "joining", "joining", 10, 0.25});
  CHECK(line_of("on a list") == "on a list 60,000 75.0 30.0 75.0 ");
  CHECK(line_of("joining") == "joining 0 0.0 10.0 25.0 ");
}

TEST_CASE("where the days of a clock go: of all and of those who breach, the longest first") {
  auto e = one_standard();
  CHECK_FALSE(has(text_report(e, Colour::off), "from the start of a clock to its stop"));
  auto const row = [&e](std::string const& who, std::string const& whose, std::string const& step,
                        std::string const& account, double days) {
    e.clock_days.push_back({0, who, whose, step, account, "counted from date to date", days, {}, 700});
  };
  row("all", "patients", "lung/ct", "waiting", 6);
  row("all", "patients", "lung/ct", "closed", 4);
  row("all", "patients", "lung/results", "delay", 9);
  row("all", "patients", "", "dates", 1);
  row("all", "patients", "lung/think", "paused", 3);
  auto text = text_report(e, Colour::off);
  CHECK(has(text, "28-day faster diagnosis (28 days): 11,000 clocks stop a year, and 2,101 of them breach."));
  CHECK(has(text,
            "A clock counts 20.0 days on average: 10.0 waiting on lists or outside them, 9.0 delays, 1.0 by counting "
            "whole dates."));
  CHECK(has(text, "waiting for lung/ct 10.0 50.0"));
  CHECK_FALSE(has(text, "who is followed"));
  CHECK_FALSE(has(text, "of those who breach"));
  row("breached", "patients", "lung/ct", "waiting", 12);
  row("breached", "patients", "lung/results", "delay", 24);
  row("breached", "patients", "lung/think", "paused", 7);
  row("breached", "branches", "lung/mri", "notice", 5);
  e.followed_one_in = 8;
  text = text_report(e, Colour::off);
  CHECK(has(text, "Of one patient in 8, who is followed."));
  CHECK(has(text, "on average, one that breaches 36.0: 12.0 waiting on lists or outside them, 24.0 delays."));
  CHECK(has(text, "delay lung/results 9.0 45.0 24.0 66.7 waiting for lung/ct 10.0 50.0 12.0 33.3"));
  CHECK(has(text, "of branches: waiting for lung/mri 0 0.0 5.0 13.9"));
  CHECK(has(text, "not counted: paused in lung/think 3.0 - 7.0 -"));
  for (int i = 0; i < 9; ++i) row("all", "patients", "lung/s" + std::to_string(i), "service", 1);
  CHECK(has(text_report(e, Colour::off), "6 more 6.0 20.7 0 0.0"));
}

TEST_CASE("starts of a clock that began none are told") {
  auto e = one_standard();
  CHECK_FALSE(has(text_report(e, Colour::off), "began none"));
  e.standards[0].second_starts = 12.5;
  CHECK(has(text_report(e, Colour::off),
            "Starts that came while the patient's clock ran, and began none: 12.5 a replication."));
}

TEST_CASE("rules have a line each") {
  auto e = one_standard();
  CHECK_FALSE(has(text_report(e, Colour::off), "What the rules did"));
  e.rules = {{"aid", "move", "ct", "north", 52, 0, {}, 0, 0, Estimate{12, 10, 14}, 3},
             {"aid", "move", "ct", "south", 52, 0, {}, 0, 0, Estimate{3, 1, 5}, 12},
             {"more", "capacity", "ct", "north", 52, 2, Estimate{0.25, 0.2, 0.3}, 40, 600, {}, 0}};
  auto const text = text_report(e, Colour::off);
  CHECK(has(text, "aid (ct): 15.0 patients moved a replication."));
  CHECK(has(text, "more (ct): begun 2.0 times a replication, in force 25.0% of the time at a provider."));
}

TEST_CASE("what cannot be estimated says so") {
  auto e = one_standard();
  e.completed = 1;
  for (auto& a : e.attainments) a.attainment = Estimate{0.809, {}, {}};
  for (auto& y : e.any_year) y.range_low = y.range_high = std::nullopt;
  auto const text = text_report(e, Colour::off);
  CHECK(has(text, "95% interval not estimable from 1 replication."));
  CHECK(has(text, "The range a single year may show is not estimable from 1 replication."));
}

TEST_CASE("observed stands beside simulated, in points") {
  auto e = one_standard();
  e.comparisons = {
      {"fds", "all", "all", false, 0.8, 10000.0, Estimate{0.809, 0.8, 0.8175}, Estimate{11000, 10900, 11100}}};
  auto const text = text_report(e, Colour::off);
  CHECK(has(text, "80.0 80.9 (80.0 to 81.8) +0.9"));
  CHECK(has(text, "+10.0"));
  CHECK(has(text, "the observed months were not measured"));
}

TEST_CASE("notes below the summary: interrupted, limits, sequential") {
  auto e = one_standard();
  e.ended = Ended::interrupted;
  CHECK(has(text_report(e, Colour::off), "INTERRUPTED: this is what 20 replications that finished say."));
  e.ended = Ended::precise;
  e.precision_points = 0.5;
  CHECK(has(text_report(e, Colour::off), "sequential rule"));
  e.limited = 3;
  CHECK(has(text_report(e, Colour::off), "LIMIT: 3 of 23 replications hit a limit"));
  e.completed = 0;
  e.attainments.clear();
  CHECK_FALSE(has(text_report(e, Colour::off), "By provider"));
}

TEST_CASE("what froze is told with its place and day, apart from limits") {
  auto e = one_standard();
  e.limited = 3;
  e.deadlocked = 2;
  e.replications = {{4, "deadlocked", 30, 1, 1, 0, 1, 1, "north/itu; north/ward", to_date({2026, 5, 1})},
                    {7, "deadlocked", 31, 1, 1, 0, 1, 1, "north/itu; north/ward", to_date({2026, 5, 2})},
                    {8, "too_many_events", 31, 1, 1, 0, 1, 1, "", to_date({2026, 5, 2})}};
  auto const text = text_report(e, Colour::off);
  CHECK(has(text, "DEADLOCK: 2 of 23 replications froze and are left out of all that follows"));
  CHECK(has(text, "north/itu; north/ward: replication 4 on 2026-05-01, replication 7 on 2026-05-02."));
  CHECK(has(text, "LIMIT: 1 of 23 replications hit a limit"));
  e.limited = 2;
  CHECK_FALSE(has(text_report(e, Colour::off), "LIMIT"));
}

TEST_CASE("what is amiss is said before the standards, by name, and nothing where there is nothing") {
  auto e = one_standard();
  CHECK_FALSE(has(text_report(e, Colour::off), "What to look at first"));
  e.resources[0].waiting_at_start = 5;
  CHECK_FALSE(has(text_report(e, Colour::off), "What to look at first"));
  e.resources[0].grew_all_through = "yes";
  e.never_served = {{"lung/scan", "south", 12, 0}, {"lung/biopsy", "south", 40, 2.5}};
  auto const text = text_report(e, Colour::off);
  CHECK(has(text,
            "What to look at first Nobody was served at lung/biopsy at south; 40.0 wait at the end, and 2.5 gave "
            "up. Nobody was served at lung/scan at south; 12.0 wait at the end. The list of ct at A trust whose"));
  CHECK(has(text, "grew all through, from 5.0 to 55.0."));
  CHECK(text.find("What to look at first") < text.find("How often the standards are met"));
  for (int i = 0; i < 20; ++i) e.never_served.push_back({"lung/more", "south", 1, 0});
  CHECK(has(text_report(e, Colour::off), "and 10 steps more at which nobody was served"));
}

TEST_CASE("colour is for terminals, and a name cannot bring its own") {
  auto e = one_standard();
  e.scenario = "Two\x1b[31m trusts";
  CHECK_FALSE(has(text_report(e, Colour::off), "\x1b"));
  CHECK(has(text_report(e, Colour::on), "\x1b[32m"));
  CHECK_FALSE(has(text_report(e, Colour::on), "\x1b[31m trusts"));
}
