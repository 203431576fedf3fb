#include "cwtsim/report/text.hpp"

#include <sstream>

#include "../../sim/report/year_words.hpp"
#include "catch_compat.hpp"

using namespace cwtsim;
using namespace cwtsim::experiment;
using report::Colour;
using report::text_report;

namespace {

/// Is this part in the text, wherever its lines are broken?
bool has(std::string const& text, std::string const& part) {
  std::string flat;
  for (char const c : text) flat += c == '\n' ? ' ' : c;
  auto const unwrapped = [](std::string broken) {
    for (auto at = broken.find("  "); at != std::string::npos; at = broken.find("  ", at)) broken.erase(at, 1);
    return broken;
  };
  return unwrapped(flat).find(unwrapped(part)) != std::string::npos;
}

Estimates one_standard() {
  Estimates e;
  e.scenario = "Two trusts";
  e.arm = "base";
  e.seed = 7;
  e.completed = 20;
  e.events = 1;
  e.first_measured = to_date({2026, 4, 1});
  e.last_measured = to_date({2027, 3, 31});
  e.measured_days = 365;
  e.years = {"2026/27"};
  e.measured_referrals = 12345;
  e.provider_labels = {
      {"north", "A trust whose name in full is so long that no table of ours could hold it beside figures"}};
  e.standards = {{"fds", "28-day faster diagnosis", 28, {62}}};
  e.strata = {{0, "all", "all", 0}, {0, "provider", "north", 1}, {0, "provider+tumour", "north+lung", 2}};
  for (std::size_t s = 0; s < 3; ++s) {
    e.attainments.push_back({s,
                             Span::all,
                             "all",
                             0.77,
                             11000,
                             Estimate{0.809, 0.8, 0.8175},
                             Estimate{0.9, 0.683, 0.988},
                             11000,
                             2101,
                             0,
                             {},
                             {}});
    e.attainments.push_back({s, Span::year, "2026/27", 0.77, 11000, Estimate{0.809, 0.8, 0.8175},
                             Estimate{0.9, 0.683, 0.988}, 11000, 2101, 0, 0.765, 0.842});
    e.any_year.push_back({s, 20, 11000, 0.765, 0.842});
    e.waits.push_back({s, Estimate{17, 17, 17}, Estimate{41, 39, 42}, 20, {}});
  }
  e.open = {{0, "2027-03", Estimate{1200, 1100, 1300}, {Estimate{35, 30, 40}}}};
  e.resources = {{"north",
                  "ct",
                  "sessions",
                  "slots",
                  10,
                  0,
                  120,
                  0,
                  118,
                  2,
                  5,
                  0,
                  0,
                  0,
                  Estimate{0.983, 0.98, 0.99},
                  Estimate{9.4, 9, 10},
                  Estimate{55, 50, 60},
                  80,
                  {},
                  {}}};
  e.steps = {{"lung/ct", "north", 4000, 3000, 9.5, 2.0, 2.5, 0, 0.7, 0.6, 0},
             {"lung/ct", "south", 1000, 2000, 4.5, 3.0, 3.0, 0, 0.1, 0.1, 0},
             {"lung/clinic", "north", 4000, 4000, 4.0, 0.02, 0.02, 0, 0.2, 0.2, 0},
             {"lung/home", "north", 0, 0, {}, {}, {}, 0, 0, 0.1, 0}};
  e.days = {{"lung/ct", "north", "patients", "waiting", "on a list", 40000, 0.5},
            {"lung/ct", "south", "patients", "waiting", "on a list", 20000, 0.25},
            {"lung/home", "north", "patients", "delay", "in delays", 20000, 0.25}};
  return e;
}

}  // namespace

TEST_CASE("the headline says what was asked: how often, how sure, and what a year may show") {
  auto const text = text_report(one_standard(), Colour::off);
  CHECK(has(text, "20 replications from number 0, seed 7."));
  CHECK(has(text, "12,345 referrals"));
  CHECK(has(text, "80.9% within 28 days; 95% interval 80.0 to 81.8%. The target is 77%."));
  CHECK(
      has(text,
          "The target is met in 90.0% of replications in 2026/27 (95% interval 68.3 to 98.8%). A single year may show "
          "76.5 to 84.2% (by a normal curve: fewer than 39 replications)."));
  CHECK(has(text, "11,000 patients a year, 2,101 of them breaches; that meets the target."));
  CHECK(has(text, "Half wait 17 days or less, nine in ten 41 (39 to 42) or less"));
  CHECK(has(text,
            "1,200 (1,100 to 1,300) clocks running at the end of 2027-03; 35.0 (30.0 to 40.0) for more than 62 days"));
  CHECK(has(text, "By provider"));
  CHECK_FALSE(has(text, "north+lung"));
}

namespace {

Attainment of_year(std::string const& when, double target, Estimate share, Estimate met, std::uint64_t more) {
  return {0, Span::year, when, target, 5500, share, met, 5500, 1100, more, 0.7, 0.9};
}

/// Two years beside one another, by default with one target and the same share.
Estimates two_years(double first_target, double second_target, Estimate first, Estimate second) {
  auto e = one_standard();
  e.years = {"2026/27", "2027/28"};
  std::erase_if(e.attainments, [](Attainment const& a) { return a.span == Span::year; });
  if (first_target != second_target) e.attainments[0].target.reset();
  e.attainments[0].probability_met.reset();
  e.attainments.push_back(of_year("2026/27", first_target, first, Estimate{1, 0.832, 1}, 0));
  e.attainments.push_back(of_year("2027/28", second_target, second, Estimate{0, 0, 0.168}, 123));
  return e;
}

}  // namespace

TEST_CASE("years with different targets are never told as one") {
  Estimate const same{0.8, 0.79, 0.81};
  auto const text = text_report(two_years(0.7, 0.85, same, same), Colour::off);
  CHECK(has(text, "Within 28 days: 80.0% (79.0 to 81.0) in 2026/27, 80.0% (79.0 to 81.0) in 2027/28."));
  CHECK(has(text, "The target is 70% until 2026/27, 85% then."));
  CHECK(has(text,
            "The year's target is met in every replication in 2026/27 (95% interval 83.2 to 100.0%), missed in every "
            "replication in 2027/28 (0.0 to 16.8%)."));
  CHECK(has(text, "In 2027/28 5,500 patients, 1,100 of them breaches; 123 more in time would meet the target."));
  CHECK_FALSE(has(text, "80.9% within"));
  CHECK_FALSE(has(text, "50.0%"));
  CHECK_FALSE(has(text, "A single year may show"));
}

TEST_CASE("years that are clearly apart are never told as one, others are") {
  auto const apart = text_report(two_years(0.8, 0.8, {0.85, 0.84, 0.86}, {0.75, 0.74, 0.76}), Colour::off);
  CHECK(has(apart, "Within 28 days: 85.0% (84.0 to 86.0) in 2026/27, 75.0% (74.0 to 76.0) in 2027/28. The target is"));
  CHECK_FALSE(has(apart, "80.9% within"));
  CHECK(has(apart, "% in 2026/27  % in 2027/28") == false);  // nobody was counted of a trust in these years
  auto const touching = text_report(two_years(0.8, 0.8, {0.81, 0.79, 0.83}, {0.77, 0.75, 0.79}), Colour::off);
  CHECK(has(touching, "80.9% within 28 days"));
  CHECK(has(touching, "The year's target is met in every replication in 2026/27"));
  auto few = two_years(0.8, 0.8, {0.81, 0.79, 0.83}, {0.81, 0.79, 0.83});
  few.completed = 4;
  CHECK_FALSE(has(text_report(few, Colour::off), "80.9% within"));
  few.completed = 5;
  CHECK(has(text_report(few, Colour::off), "80.9% within"));
}

TEST_CASE("a table of trusts shows the first and the last of years that are apart") {
  auto e = two_years(0.7, 0.85, {0.8, 0.79, 0.81}, {0.8, 0.79, 0.81});
  for (auto a : {of_year("2026/27", 0.7, {0.82, 0.81, 0.83}, {1, 0.8, 1}, 0),
                 of_year("2027/28", 0.85, {0.78, 0.77, 0.79}, {0, 0, 0.2}, 77)}) {
    a.stratum = 1;
    e.attainments.push_back(a);
  }
  auto const text = text_report(e, Colour::off);
  CHECK(has(text, "% in 2026/27 % in 2027/28 patients breaches more"));
  CHECK(has(text, "82.0 (81.0 to 83.0) 78.0 (77.0 to 79.0) 5,500 1,100 77"));
}

TEST_CASE("years next to one another with one outcome are told together") {
  using report::met_in_words;
  using report::YearFigure;
  Estimate const met{1, 0.83, 1}, missed{0, 0, 0.17}, half{0.5, 0.3, 0.7};
  auto const years = [](std::vector<Estimate> const& each) {
    std::vector<YearFigure> figures;
    for (auto const& m : each) figures.push_back({std::to_string(2024 + figures.size()), {}, 0.8, m});
    return figures;
  };
  CHECK(met_in_words(years({met, met, missed, missed})) ==
        "met in every replication until 2025 (95% interval 83.0 to 100.0%), missed in every replication from 2026 on "
        "(0.0 to 17.0%)");
  CHECK(met_in_words(years({met, half, half, met})) ==
        "met in every replication in 2024 (95% interval 83.0 to 100.0%), met in 50.0% of replications from 2025 until "
        "2026 (30.0 to 70.0%), met in every replication in 2027 (83.0 to 100.0%)");
  CHECK(met_in_words(years({missed, missed})) ==
        "missed in every replication in each year (95% interval 0.0 to 17.0%)");
  CHECK(met_in_words(years({half})) == "met in 50.0% of replications in 2024 (95% interval 30.0 to 70.0%)");
  CHECK(met_in_words({{"2024", {}, {}, {}}}).empty());
  Estimate const same{0.8, 0.79, 0.81};
  CHECK(report::are_alike({{"2024", same, 0.8, {}}, {"2025", same, 0.8, {}}}, 20));
  CHECK_FALSE(report::are_alike({{"2024", same, 0.8, {}}, {"2025", same, 0.85, {}}}, 20));
  CHECK_FALSE(report::are_alike({{"2024", same, {}, {}}, {"2025", same, 0.85, {}}}, 20));
  CHECK(report::are_alike({{"2024", same, 0.8, {}}}, 1));
  CHECK(report::targets_in_words({{0.7, "2024"}, {0.8, "2025"}, {0.8, "2026"}, {0.85, "2027"}}) ==
        "70% until 2024, 80% until 2026, 85% then");
  CHECK(report::targets_in_words({{0.7, "2024"}, {0.7, "2025"}}) == "70%");
  CHECK(report::targets_in_words({{{}, "2024"}, {0.7, "2025"}}) == "none until 2024, 70% then");
  CHECK(report::targets_in_words({{{}, "2024"}}).empty());
}

TEST_CASE("what years are, and what of the time is in none of them, is said at the top") {
  auto e = one_standard();
  e.in_no_year = "2027-04-01 to 2027-05-18";
  e.warm_up_days = 100;
  CHECK(has(text_report(e, Colour::off),
            "The year is 2026/27; 2027-04-01 to 2027-05-18 is in none, only in figures of all the time; the warm-up is "
            "in no figure."));
  e.years.clear();
  CHECK(has(text_report(e, Colour::off), "No twelve whole months were measured, so no year is told by itself."));
  e.all_as_a_year = "12 months from 15 Oct 2026";
  CHECK(has(text_report(e, Colour::off), "Measured: 12 months from 15 Oct 2026, 2026-04-01 to"));
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
  CHECK(has(text, "not counted: paused in lung/think 3.0 15.0 7.0 19.4"));
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
