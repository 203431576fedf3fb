// Counts of arrivals by hour, weekday, month and year against the integral of the rate: mean and variance of Poisson.

#include <array>

#include "cwtsim/core/time.hpp"
#include "trial.hpp"

using namespace trial;

namespace {

constexpr std::array<double, 12> by_month = {1.2, 0.9, 1.1, 0.8, 1, 1, 1.3, 0.7, 1, 1, 1.1, 0.9};
constexpr std::array<double, 7> by_weekday = {1.4, 1.2, 1, 1, 0.9, 0.3, 0};
constexpr double holiday_factor = 0.25, growth = 0.1;

std::array<double, 24> by_hour() {
  std::array<double, 24> rates{};
  for (std::size_t h = 0; h < 24; ++h) rates[h] = h < 6 ? 0 : h < 12 ? static_cast<double>(h) : 3;
  return rates;
}

std::string listed(char const* const* names, double const* rates, std::size_t n) {
  std::string text;
  for (std::size_t i = 0; i < n; ++i)
    text += (i ? ", \"" : "\"") + std::string(names[i]) + "\": " + std::to_string(rates[i]);
  return "{ " + text + " }";
}

/// A stream with every kind of variation; `volume` like "per_week": 300.
std::string varied(std::string const& volume, bool hours) {
  constexpr char const* months[] = {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};
  constexpr char const* weekdays[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
  std::vector<std::string> names;
  for (int h = 0; h < 24; ++h) names.push_back((h < 10 ? "0" : "") + std::to_string(h));
  std::vector<char const*> hour_names;
  for (auto const& name : names) hour_names.push_back(name.c_str());
  return R"({
    "schema": 1, "name": "Arrivals",
    "horizon": { "starts": "2026-04-01", "run_for": "1 year", "bank_holidays": "england" },
    "demand": { "referrals": { "pathway": "in_and_out", "provider": "hospital", "profile": "varied", "milestones": ["referred"],
                               "volumes_from": "2026-04-01", "growth_per_year": 0.1, )" +
         volume + R"( } },
    "profiles": { "varied": { "holidays": 0.25, "months": )" +
         listed(months, by_month.data(), 12) + R"(, "weekdays": )" + listed(weekdays, by_weekday.data(), 7) +
         (hours ? R"(, "hours": )" + listed(hour_names.data(), by_hour().data(), 24) : "") +
         R"( } },
    "providers": { "hospital": {} },
    "pathways": { "in_and_out": { "start": "seen", "steps": {
      "seen": { "kind": "delay", "takes": "0 min", "on_finish": ["seen"], "then": "done" }, "done": { "kind": "end" } } } },
    "standards": { "count": { "starts": ["referred"], "stops": ["seen"], "limit": "1 days" } } })";
}

/// Expected arrivals on a day, from the words of the scenario alone; `a_year` in the twelve months from April 2026.
double expected(Date day, double a_year) {
  auto const rate = [](Date d) {
    double const holiday = is_england_bank_holiday(d) ? holiday_factor : 1;
    return by_month[static_cast<std::size_t>(to_ymd(d).month - 1)] *
           by_weekday[static_cast<std::size_t>(weekday_of(d))] * holiday;
  };
  Date const from = to_date({2026, 4, 1});
  double year = 0;
  for (int d = 0; d < 365; ++d) year += rate(from + d);
  return a_year * rate(day) / year * std::pow(1 + growth, (day - from + 0.5 - 182.5) / 365.25);
}

double expected(Date from, Date until, double a_year) {
  double sum = 0;
  for (Date d = from; d < until; d = d + 1) sum += expected(d, a_year);
  return sum;
}

std::vector<double> counts(model::Model const& m, std::uint64_t replications) {
  std::vector<double> out;
  for (auto const& r : run(m, replications)) out.push_back(static_cast<double>(r.arrivals[0]));
  return out;
}

std::string starts(Date day, std::string const& time = "00:00") {
  return "/horizon/starts=\"" + format_date(day) + " " + time + "\"";
}

}  // namespace

TEST_CASE("arrivals by month follow the profile, the holidays and the growth, for three years") {
  auto const m = model_from(varied("\"per_year\": 6000", false), {"/horizon/run_for=\"3 years\""});
  REQUIRE(m.months == 36);
  auto const results = run(m, 120);
  double total = 0;
  for (std::uint32_t month = 0; month < 36; ++month) {
    Date const from = to_date({2026 + static_cast<int>(month + 3) / 12, static_cast<int>(month + 3) % 12 + 1, 1});
    Date const until = to_date({2026 + static_cast<int>(month + 4) / 12, static_cast<int>(month + 4) % 12 + 1, 1});
    std::vector<double> seen;
    for (auto const& r : results) seen.push_back(r.counted[m.cell(0, month)] / 2.0);
    double const mean = expected(from, until, 6000);
    agrees_with_poisson(m.names.months[month], seen, mean);
    total += mean;
  }
  // a year's volume is what was asked for, and grows by a tenth a year
  CHECK(total == Approx(6000 * (1 + 1.1 + 1.21)).epsilon(0.01));
}

TEST_CASE("arrivals by day of the week, a bank holiday among them") {
  // the week of Monday 31 August 2026, a bank holiday; Sunday has nobody
  auto const text = varied("\"per_year\": 9000", true);
  for (int d = 0; d < 7; ++d) {
    Date const day = to_date({2026, 8, 31}) + d;
    auto const seen = counts(model_from(text, {starts(day), "/horizon/run_for=\"1 day\""}), 1500);
    if (d == 6)
      CHECK(mean_of(seen).value == 0);
    else
      agrees_with_poisson(format_date(day), seen, expected(day, 9000));
  }
  CHECK(expected(to_date({2026, 8, 31}), 9000) < expected(to_date({2026, 9, 1}), 9000) / 3);
}

TEST_CASE("arrivals by hour, at a few and at many an hour") {
  Date const day = to_date({2026, 5, 6});
  double sum = 0;
  for (double const rate : by_hour()) sum += rate;
  // the rate is kept constant for an hour or, where many come, for a minute
  for (double const a_year : {9000.0, 900000.0}) {
    auto const text = varied("\"per_year\": " + std::to_string(a_year), true);
    for (std::size_t h = 0; h < 24; ++h) {
      std::string const hour = (h < 10 ? "0" : "") + std::to_string(h) + ":00";
      auto const m = model_from(text, {starts(day, hour), "/horizon/run_for=\"1 hour\""});
      CHECK(m.eras[0].sources[0].pieces == (a_year > 1e5 ? 1440 : 24));
      auto const seen = counts(m, a_year > 1e5 ? 200 : 1500);
      if (h < 6)
        CHECK(mean_of(seen).value == 0);
      else
        agrees_with_poisson(hour + " of " + std::to_string(a_year), seen, expected(day, a_year) * by_hour()[h] / sum);
    }
  }
}

TEST_CASE("without a profile the rate is even, through the day and between days") {
  for (double const a_day : {3.0, 80.0, 20000.0})
    for (char const* const from : {"00:00", "07:00", "21:00"}) {
      auto const m = shipped(
          "mm1.json",
          {"/demand/arrivals={\"pathway\":\"service\",\"provider\":\"desk\",\"per_day\":" + std::to_string(a_day) + "}",
           "/providers/desk/resources/server/servers=1000", starts(to_date({2026, 1, 5}), from),
           "/horizon/warm_up=\"0 days\"", "/horizon/run_for=\"3 hours\""});
      agrees_with_poisson(std::to_string(a_day) + " from " + from, counts(m, a_day > 1000 ? 400 : 3000), a_day / 8);
    }
}

TEST_CASE("a long run has neither too many nor too few arrivals") {
  std::string const short_service = "/pathways/service/steps/served/takes=\"0.1 s\"";
  agrees_with_poisson(
      "54 an hour, 10 days",
      counts(shipped("mm1.json", {short_service, "/horizon/warm_up=\"0 days\"", "/horizon/run_for=\"10 days\""}), 300),
      12960);
  agrees_with_poisson(
      "540 an hour, 1 day",
      counts(shipped("mmc.json", {short_service, "/horizon/warm_up=\"0 days\"", "/horizon/run_for=\"1 day\""}), 300),
      12960);
}

TEST_CASE("the number of arrivals does not hang on the length of a tick") {
  for (char const* const tick : {"0.1 s", "3.2 s", "7.5 s", "1 min", "20 min", "60 min"}) {
    auto const m = shipped(
        "mm1.json", {std::string("/horizon/resolution=\"") + tick + "\"",
                     "/providers/desk/resources/server/servers=5000", "/pathways/service/steps/served/takes=\"90 min\"",
                     "/horizon/warm_up=\"0 days\"", "/horizon/run_for=\"2 days\""});
    agrees_with_poisson(tick, counts(m, 300), 2592);
  }
}
