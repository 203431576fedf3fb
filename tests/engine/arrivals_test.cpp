#include "small_model.hpp"

using namespace cwtsim;
using namespace cwtsim::small;

namespace {

Parts stream(std::string const& volume, std::string const& more = "", std::string const& profile = "") {
  Parts p;
  p.run_for = "2 years";
  p.demand = R"("gp": {"pathway": "path", "provider": "here", )" + volume + more +
             (profile.empty() ? "" : R"(, "profile": "shape")") + "}";
  if (!profile.empty()) p.profiles = "\"shape\": {" + profile + "}";
  p.steps = R"("first": {"kind": "delay", "takes": "0 min", "then": "home"}, "home": {"kind": "end"})";
  return p;
}

/// Mean arrivals by the integral of the rate, day by day: an independent count with dates of its own.
template <class Factor>
double integral(double per_day, Date from, int days, Factor factor) {
  double sum = 0;
  for (int d = 0; d < days; ++d) sum += per_day * factor(from + d);
  return sum;
}

/// The sum over some replications is within five standard deviations of the mean.
void check_count(Parts const& p, double mean, double variance_ratio = 1) {
  auto const model = model_of(p);
  engine::Workspace workspace(model);
  double sum = 0;
  constexpr int n = 10;
  for (int r = 0; r < n; ++r) sum += static_cast<double>(workspace.run(3, static_cast<std::uint64_t>(r)).referred);
  INFO("mean " << sum / n << ", expected " << mean);
  CHECK(std::abs(sum - n * mean) <= 5 * std::sqrt(n * mean * variance_ratio));
}

Date const start = to_date({2026, 6, 1});

}  // namespace

TEST_CASE("the number of arrivals is the integral of the rate, in every unit of volume") {
  check_count(stream(R"("per_day": 6)"), 6 * 731.0);
  check_count(stream(R"("per_week": 42)"), 6 * 731.0);
  check_count(stream(R"("per_year": 3650)"), 10 * 731.0);
  check_count(stream(R"("per_month": 365)"), 12 * 731.0);
  check_count(stream(R"("per_hour": 0.5)"), 12 * 731.0);
}

TEST_CASE("the number of arrivals of a day is Poisson: its variance is its mean") {
  auto p = stream(R"("per_day": 9)");
  p.run_for = "1 days";
  auto const model = model_of(p);
  engine::Workspace workspace(model);
  double sum = 0, squares = 0;
  constexpr int n = 4000;
  for (int r = 0; r < n; ++r) {
    auto const x = static_cast<double>(workspace.run(5, static_cast<std::uint64_t>(r)).referred);
    sum += x;
    squares += x * x;
  }
  double const mean = sum / n, variance = squares / n - mean * mean;
  CHECK(std::abs(mean - 9) < 5 * std::sqrt(9.0 / n));
  CHECK(std::abs(variance - 9) < 5 * std::sqrt((9 + 2 * 81.0) / n));
}

TEST_CASE("many arrivals a day come to the same numbers, whatever the pieces of the day") {
  check_count(stream(R"("per_day": 63)"), 63 * 731.0);
  check_count(stream(R"("per_day": 65)"), 65 * 731.0);
  auto p = stream(R"("per_hour": 70)");  // by the minute
  p.run_for = "20 days";
  check_count(p, 70 * 24 * 20.0);
  p.resolution = "1 s";
  check_count(p, 70 * 24 * 20.0);
  p.resolution = "5 min";
  check_count(p, 70 * 24 * 20.0);
}

TEST_CASE("a volume is met in the twelve months from its date, under any profile [treat-sim: thinning loses 1 %]") {
  auto const shape =
      R"("months": {"jan": 1.3, "feb": 1.2, "mar": 1.1, "apr": 1, "may": 1, "jun": 0.9, "jul": 0.9, "aug": 0.6, "sep": 1, "oct": 1.1, "nov": 1.1, "dec": 0.8},
      "weekdays": {"mon": 1.3, "tue": 1.1, "wed": 1, "thu": 1, "fri": 0.8, "sat": 0.1, "sun": 0}, "holidays": 0.1)";
  auto p = stream(R"("per_year": 5000)", "", shape);
  p.bank_holidays = "england";
  p.run_for = "365 days";
  check_count(p, 5000);
  SECTION("also after a warm-up, in the measured time") {
    p.warm_up = "200 days";
    auto const model = model_of(p);
    engine::Workspace workspace(model);
    double sum = 0;
    for (std::uint64_t r = 0; r < 10; ++r) sum += static_cast<double>(workspace.run(3, r).measured_referrals);
    CHECK(std::abs(sum - 50'000) < 5 * std::sqrt(50'000.0));
  }
}

TEST_CASE("arrivals follow the months, weekdays, holidays and hours of a profile") {
  double const weights[] = {2, 1, 1, 1, 1, 0.5, 0};
  std::string const weekdays =
      R"("weekdays": {"mon": 2, "tue": 1, "wed": 1, "thu": 1, "fri": 1, "sat": 0.5, "sun": 0})";
  auto const weekday = [&](Date d) { return weights[static_cast<std::size_t>(weekday_of(d))] * 7 / 6.5; };
  // volume of a year of 365 days from the start; the scenario itself covers a part of it
  auto const expected = [&](auto factor, int days) {
    return integral(20, start, days, factor) * 365 / integral(1, start, 365, factor);
  };
  SECTION("weekdays") {
    auto p = stream(R"("per_day": 20)", "", weekdays);
    p.run_for = "2 days";  // Monday and Tuesday
    check_count(p, expected(weekday, 2));
    auto one_sunday = stream(R"("per_day": 20)", "", weekdays);
    one_sunday.starts = "2026-06-07";
    one_sunday.run_for = "1 days";
    CHECK(Run(one_sunday).result.referred == 0);
  }
  SECTION("months") {
    auto const month = [](Date d) {
      return to_ymd(d).month == 6 ? 12.0 / 4.5 : to_ymd(d).month == 7 ? 12 * 2.5 / 4.5 : 12 * 0.1 / 4.5;
    };
    auto p = stream(
        R"("per_day": 20)", "",
        R"("months": {"jan": 0.1, "feb": 0.1, "mar": 0.1, "apr": 0.1, "may": 0.1, "jun": 1, "jul": 2.5, "aug": 0.1, "sep": 0.1, "oct": 0.1, "nov": 0.1, "dec": 0.1})");
    for (int const days : {30, 61, 92}) {
      p.run_for = std::to_string(days) + " days";
      check_count(p, expected(month, days));
    }
  }
  SECTION("holidays, on top of the weekday") {
    auto const holiday = [&](Date d) { return weekday(d) * (is_england_bank_holiday(d) ? 0.25 : 1); };
    auto p = stream(R"("per_day": 20)", "", weekdays + R"(, "holidays": 0.25)");
    p.bank_holidays = "england";
    p.run_for = "91 days";  // until 30 August
    check_count(p, expected(holiday, 91));
    auto easter = p;
    easter.starts = "2026-04-06";  // Easter Monday
    easter.run_for = "1 days";
    Date const monday = to_date({2026, 4, 6});
    check_count(easter, integral(20, monday, 1, holiday) * 365 / integral(1, monday, 365, holiday));
  }
  SECTION("hours") {
    std::string hours = R"("hours": {)";
    for (int h = 0; h < 24; ++h)
      hours += (h ? ", \"" : "\"") + std::string(h < 10 ? "0" : "") + std::to_string(h) + "\": " +
               (h == 9   ? "5"
                : h < 12 ? "0"
                         : "1");
    auto p = stream(R"("per_day": 17)", "", hours + "}");
    p.run_for = "24 hours";
    check_count(p, 17);
    for (auto const& [at, mean] :
         {std::pair<std::string, double>{"00:00", 0}, {"09:00", 5}, {"10:00", 0}, {"12:00", 1}, {"23:00", 1}}) {
      p.starts = "2026-06-01 " + at;
      p.run_for = "1 hours";
      INFO(at);
      check_count(p, mean);
    }
    SECTION("a scenario that starts within an hour gets the rest of it") {
      p.starts = "2026-06-01 09:15";
      p.run_for = "15 minutes";
      check_count(p, 1.25);
    }
  }
}

TEST_CASE("growth is applied, compound, from the middle of the year of the volume [Somerset: never applied]") {
  auto p = stream(R"("per_day": 30)", R"(, "growth_per_year": 0.5)");
  auto const grown = [](Date d) { return std::pow(1.5, (d - start + 0.5 - 182.5) / 365.25); };
  for (int const days : {30, 365, 1000}) {
    p.run_for = std::to_string(days) + " days";
    INFO(days);
    check_count(p, integral(30, start, days, grown));
  }
  SECTION("volumes of an earlier year have grown since") {
    p.demand.insert(p.demand.find("\"per_day\""), R"("volumes_from": "2024-06-01", )");
    p.run_for = "100 days";
    auto const earlier = [](Date d) { return std::pow(1.5, (d - to_date({2024, 6, 1}) + 0.5 - 182.5) / 365.25); };
    check_count(p, integral(30, start, 100, earlier));
  }
  SECTION("decline") {
    p.demand.replace(p.demand.find("0.5"), 3, "-0.3");
    p.run_for = "500 days";
    check_count(p, integral(30, start, 500, [](Date d) { return std::pow(0.7, (d - start + 0.5 - 182.5) / 365.25); }));
  }
}

TEST_CASE("patients may come in batches") {
  auto fixed = stream(R"("per_day": 5)", R"(, "batch": 3)");
  CHECK(Run(fixed).result.referred % 3 == 0);
  check_count(fixed, 5 * 731.0, 3);
  auto shares = stream(R"("per_day": 5)", R"(, "batch_sizes": {"1": 0.5, "4": 0.5})");
  check_count(shares, 5 * 731.0, 8.5 / 2.5);
  SECTION("by provider") {
    Parts p = stream(R"("per_day": 5)");
    p.providers = R"("there": {})";
    p.demand =
        R"("gp": {"pathway": "path", "per_day": {"here": 5, "there": 5}, "batch": {"by": ["provider"], "here": 1, "there": 7}})";
    Run const r(p);
    CHECK(r.step("first", "there").starts % 7 == 0);
    CHECK(r.step("first").starts > 0);
    double const there = static_cast<double>(r.step("first", "there").starts);
    CHECK(there == Approx(5. * 731).margin(5 * std::sqrt(5. * 731 * 7)));
  }
  SECTION("patients of one batch differ") {
    auto p = stream(R"("per_day": 5)", R"(, "batch": 2)");
    p.attributes = R"("coin": {"levels": ["head", "tail"], "shares": {"head": 0.5, "tail": 0.5}})";
    p.steps =
        R"("first": {"kind": "delay", "takes": "0 min", "then": {"by": ["coin"], "head": "home", "tail": "late"}}, "late": {"kind": "delay", "takes": "0 min", "then": "home"}, "home": {"kind": "end"})";
    std::uint64_t odd = 0;  // one in 4,096 that none is, were it not so
    for (std::uint64_t seed = 1; seed <= 12; ++seed) odd += Run(p, seed).step("late").starts % 2;
    CHECK(odd > 0);
  }
}

TEST_CASE("a timetable says exactly who comes when [ADHD-DES: n + 1 referrals a week]") {
  Parts p = stream(R"("per_day": 1)");
  p.run_for = "8 weeks";
  p.demand = arrive("gp", "mon-fri", "\"09:00\", \"14:00\"", 3);
  Run const r(p);
  CHECK(r.result.referred == 8 * 5 * 2 * 3);
  CHECK(r.result.measured_referrals == r.result.referred);
  CHECK(r.result.arrivals == std::vector<std::uint64_t>{240});
  SECTION("before the first moment nobody comes") {
    p.starts = "2026-06-01 10:00";
    p.run_for = "14 hours";
    CHECK(Run(p).result.referred == 3);
  }
  SECTION("at the first moment and in the last minute, but not at the end") {
    p.demand = arrive("gp", "daily", "\"00:00\", \"23:59\"");
    p.run_for = "1 days";
    CHECK(Run(p).result.referred == 2);
  }
}

TEST_CASE("zero demand is a quiet hospital") {
  Parts p = stream(R"("per_day": 0)");
  Run const r(p);
  CHECK(r.result.referred == 0);
  CHECK(r.result.finished == 0);
  CHECK(r.result.still_in == 0);
}

TEST_CASE("more demand adds patients to those who came before: it never takes one away") {
  auto const referred = [](std::string const& volume) {
    auto p = stream(volume);
    p.run_for = "1 days";
    auto const model = model_of(p);
    engine::Workspace workspace(model);
    std::vector<std::uint64_t> counts;
    for (std::uint64_t r = 0; r < 500; ++r) counts.push_back(workspace.run(3, r).referred);
    return counts;
  };
  auto const fewer = referred(R"("per_day": 4)"), more = referred(R"("per_day": 4.4)");
  std::uint64_t added = 0;
  for (std::size_t r = 0; r < fewer.size(); ++r) {
    CHECK(more[r] >= fewer[r]);
    added += more[r] - fewer[r];
  }
  CHECK(std::abs(static_cast<double>(added) - 200) < 5 * std::sqrt(200.0));
}

TEST_CASE("a waiting list at the start has its ages on the clocks, and is counted among those referred") {
  Parts p = stream(R"("per_day": 0, "milestones": ["came"])");
  p.run_for = "21 days";
  p.steps =
      R"("first": {"kind": "delay", "takes": "1 days", "then": "second"}, "second": {"kind": "delay", "takes": "5 days", "on_finish": ["done"], "then": "home"}, "home": {"kind": "end"})";
  p.waiting = R"("a": {"like": "gp", "provider": "here", "step": "second", "patients": 10, "waited": "30 days"},
                 "b": {"like": "gp", "provider": "here", "step": "first", "patients": 4, "waited": {"uniform": {"from": "0 days", "to": "10 days"}}})";
  p.standards = R"("wait": {"starts": "came", "stops": "done", "limit": "16 days"})";
  Run const r(p);
  CHECK(r.result.referred == 14);
  CHECK(r.result.finished == 14);
  CHECK(r.days("wait").at(35) == 10);
  CHECK(r.counted("wait") == Counted{14, 4});
  double young = 0;
  for (auto const& [day, patients] : r.days("wait"))
    if (day >= 6 && day <= 16) young += patients;
  CHECK(young == 4);
  CHECK(r.result.arrivals[0] == 0);
}

TEST_CASE("a waiting list at the start may stand in another pathway, with milestones of its own") {
  Parts p = stream(R"("per_day": 0)");
  p.run_for = "21 days";
  p.steps =
      R"("first": {"kind": "delay", "takes": "1 days", "on_finish": ["came"], "then": "on"}, "on": {"kind": "continues", "pathway": "later"})";
  p.pathways =
      R"("later": {"start": "second", "steps": {"second": {"kind": "delay", "takes": "5 days", "on_finish": ["done"], "then": "home"}, "home": {"kind": "end"}}})";
  p.waiting =
      R"("a": {"like": "gp", "provider": "here", "pathway": "later", "step": "second", "milestones": "came", "patients": 3, "waited": "30 days"},
                 "b": {"like": "gp", "provider": "here", "step": "first", "patients": 2, "waited": "30 days"})";
  p.standards = R"("wait": {"starts": "came", "stops": "done", "limit": "16 days"})";
  Run const r(p);
  CHECK(r.days("wait").at(35) == 3);
  CHECK(r.days("wait").at(5) == 2);  // the stream has no milestones
}
