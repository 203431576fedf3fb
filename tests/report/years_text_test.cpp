#include "../../sim/report/year_words.hpp"
#include "catch_compat.hpp"
#include "one_standard.hpp"

using namespace cwtsim;
using namespace cwtsim::experiment;
using report::Colour;
using report::text_report;

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

TEST_CASE("where targets change within a year it is said that the last month's counts") {
  auto e = two_years(0.8, 0.85, {0.78, 0.77, 0.79}, {0.78, 0.77, 0.79});
  auto const with_months = [&e](std::size_t before_march) {
    auto of = e;
    for (std::size_t m = 0; m < 24; ++m) {
      Attainment month;
      month.span = Span::month;
      month.when = "m" + std::to_string(m);
      month.target = m < before_march ? 0.8 : 0.85;
      of.attainments.push_back(month);
    }
    return text_report(of, Colour::off);
  };
  CHECK(has(with_months(12), "The target is 80% until 2026/27, 85% then."));
  CHECK(has(with_months(23), "The target is 80% until m22, 85% then; a year is held against that of its last month."));
}

TEST_CASE("years are told by themselves where something is in none of them") {
  auto e = one_standard();
  CHECK(has(text_report(e, Colour::off), "80.9% within 28 days;"));
  e.in_no_year = "2027-04-01 to 2028-02-29";
  auto const text = text_report(e, Colour::off);
  CHECK_FALSE(has(text, "80.9% within 28 days;"));
  CHECK(has(text, "% (80.0 to 81.8) in 2026/27."));
}

TEST_CASE("what capacity alone cannot meet is told, and what is met on average only") {
  auto e = two_years(0.8, 0.85, {0.78, 0.77, 0.79}, {0.78, 0.77, 0.79});
  e.foundations.emplace();
  auto const told = [&e](double ceiling, double error = 0) {
    e.foundations->ceilings = {{"fds", 28, ceiling, error}};
    return text_report(e, Colour::off);
  };
  CHECK(has(told(0.849), "84.9% within 28 days. That is less than the target, which capacity alone cannot meet."));
  CHECK(has(told(0.85), "If nobody ever waited for capacity, only for the next opening: 85.0% within 28 days."));
  CHECK_FALSE(has(told(0.85), "capacity alone"));
  CHECK(has(told(0.839, 0.005), "capacity alone"));
  CHECK_FALSE(has(told(0.841, 0.005), "capacity alone"));  // chance may have made it less than the target
  e.attainments.back().more_to_meet_target = 0;
  CHECK(has(told(0.9), "1,100 of them breaches; on average that meets the target."));
  e.attainments.back().probability_met = Estimate{1, 0.832, 1};
  CHECK(has(told(0.9), "1,100 of them breaches; that meets the target."));
}
