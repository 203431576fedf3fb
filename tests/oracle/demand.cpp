// Who comes: streams, timetables, batches and the waiting list at the start.

#include <algorithm>
#include <cmath>

#include "second_engine.hpp"

namespace cwtsim::oracle {

using scenario::Profile;
using scenario::Stream;

namespace {

std::vector<std::string> const months = {"jan", "feb", "mar", "apr", "may", "jun",
                                         "jul", "aug", "sep", "oct", "nov", "dec"};
std::vector<std::string> const weekdays = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

std::vector<std::string> hours() {
  std::vector<std::string> names;
  for (int h = 0; h < 24; ++h) names.push_back((h < 10 ? "0" : "") + std::to_string(h));
  return names;
}

/// The rate of one name, where the mean over all names is 1.
double relative(Named<double> const& rates, std::vector<std::string> const& names, std::size_t i) {
  if (rates.empty()) return 1;
  double sum = 0;
  for (auto const& [name, rate] : rates) sum += rate;
  double const* const rate = rates.find(names[i]);
  return rate ? *rate * static_cast<double>(names.size()) / sum : 0;
}

double greatest(Named<double> const& rates, std::vector<std::string> const& names) {
  double most = 0;
  for (std::size_t i = 0; i < names.size(); ++i) most = std::max(most, relative(rates, names, i));
  return most;
}

double of_day(Profile const& p, Date date, bool holiday) {
  return relative(p.months, months, static_cast<std::size_t>(month_number(date) - 1)) *
         relative(p.weekdays, weekdays, place_in_week(date)) * (holiday ? p.holidays.value_or(1) : 1);
}

double days_in(scenario::VolumeUnit unit) {
  std::map<scenario::VolumeUnit, double> const days = {{scenario::VolumeUnit::year, 365},
                                                       {scenario::VolumeUnit::month, 365.0 / 12},
                                                       {scenario::VolumeUnit::week, 7},
                                                       {scenario::VolumeUnit::day, 1},
                                                       {scenario::VolumeUnit::hour, 1.0 / 24}};
  return days.at(unit);
}

std::uint64_t draws_at_stream(std::string const& stream, std::string const& provider) {
  return draws_at("stream:" + stream + "@" + provider);
}

// Patients drawn for a later moment, before it is hopeless.
std::int64_t most_announced(scenario::Scenario const& s) {
  return std::max<std::int64_t>(s.limits.max_in_system, 2'000'000);
}

}  // namespace

/// Arrivals a day where profile and growth are 1.
double SecondEngine::even_rate(scenario::Scenario const& s, Stream const& stream, std::string const& provider,
                               double volume) const {
  double mean = 1;
  if (!stream.profile.empty()) {
    mean = 0;
    // a volume of a week or less is met in whole weeks, where the days of the week differ
    bool const short_unit = stream.unit != scenario::VolumeUnit::year && stream.unit != scenario::VolumeUnit::month;
    int const days = short_unit && !s.profiles.find(stream.profile)->weekdays.empty() ? 364 : 365;
    Date const from = stream.volumes_from.value_or(date_of(measure_from_ / day_));
    for (int d = 0; d < days; ++d) {
      Date const date = from + d;
      bool const closed = s.horizon.bank_holidays == scenario::BankHolidays::england && is_bank_holiday(date);
      mean += of_day(*s.profiles.find(stream.profile), date, closed) / days;
    }
  }
  // the volume is of patients, whatever number of them comes at once
  double together = 1;
  if (stream.batch.given())
    together = static_cast<double>(value_of(stream.batch, {{"provider", provider}, {"stream", ""}}));
  if (!stream.batch_sizes.empty()) {
    together = 0;
    for (auto const& [size, share] : stream.batch_sizes) together += std::stod(size) * share;
  }
  return volume / days_in(stream.unit) / mean / together;
}

double SecondEngine::growth(Stream const& stream, std::int64_t day) const {
  Date const from = stream.volumes_from.value_or(date_of(measure_from_ / day_));
  double const since_middle = static_cast<double>(day) + 0.5 - (from - first_day_ + 182.5);
  return std::pow(1 + stream.growth_per_year, since_middle / 365.25);
}

/// A day is drawn as a whole, or hour by hour, or minute by minute.
std::int64_t SecondEngine::pieces_of(scenario::Scenario const& s, Stream const& stream, std::string const& provider,
                                     double volume) const {
  double a_day = even_rate(s, stream, provider, volume);
  double busiest = growth(stream, 0);
  for (std::int64_t d = 0; d <= (end_ + day_ - 1) / day_; ++d) busiest = std::max(busiest, growth(stream, d));
  a_day *= busiest;
  double peak_hour = 1;
  bool by_hour = false;
  if (!stream.profile.empty()) {
    Profile const& p = *s.profiles.find(stream.profile);
    a_day *= greatest(p.months, months) * greatest(p.weekdays, weekdays) * std::max(1.0, p.holidays.value_or(1));
    peak_hour = greatest(p.hours, hours());
    by_hour = !p.hours.empty();
  }
  if (!by_hour && a_day <= 64) return 1;
  return a_day / 24 * peak_hour > 64 && day_ % 1440 == 0 ? 1440 : 24;
}

bool SecondEngine::some_stream_comes_in(std::int64_t pieces) const {
  std::vector<scenario::Scenario const*> versions{&dated_.base};
  for (auto const& [date, changed] : dated_.changes) versions.push_back(&changed);
  for (auto const* s : versions)
    for (auto const& [name, stream] : s->demand)
      for (auto const& [provider, volume] : stream.volume)
        if (pieces_of(*s, stream, provider, volume) == pieces) return true;
  return false;
}

// A Poisson number of arrivals in this piece of the day, each at a time of its own.
void SecondEngine::generate(std::int64_t pieces) {
  std::int64_t const length = day_ / pieces;
  std::int64_t const piece = now_ % day_ / length;
  for (auto const& [name, stream] : scenario_->demand)
    for (auto const& [provider, volume] : stream.volume) {
      if (pieces_of(*scenario_, stream, provider, volume) != pieces) continue;
      double mean =
          even_rate(*scenario_, stream, provider, volume) * growth(stream, today()) / static_cast<double>(pieces);
      if (!stream.profile.empty()) {
        Profile const& p = *scenario_->profiles.find(stream.profile);
        mean *= of_day(p, date_of(today()), holiday(today()));
        mean *= relative(p.hours, hours(), static_cast<std::size_t>(piece * 24 / pieces));
        if (!p.months.empty()) use("profile by month");
        if (!p.weekdays.empty()) use("profile by weekday");
        if (!p.hours.empty()) use("profile by hour");
        if (p.holidays && holiday(today())) use("profile on a bank holiday");
      }
      if (mean > static_cast<double>(most_announced(*scenario_))) return too_many();
      std::uint64_t const serial = static_cast<std::uint64_t>(today()) << 11 | static_cast<std::uint64_t>(piece);
      std::uint32_t const n = poisson(mean, draw(key_, draws_at_stream(name, provider), serial).first);
      for (std::uint32_t k = 0; k < n; ++k)
        expect(name, provider, serial << 20 | k, today() * day_ + piece * length, length);
      if (n > 0 && stream.growth_per_year != 0) use("growth");
      if (n > 0) use(pieces == 1 ? "arrivals by day" : pieces == 24 ? "arrivals by hour" : "arrivals by minute");
    }
}

void SecondEngine::follow_timetables() {
  for (auto const& [name, stream] : scenario_->demand) {
    if (!stream.timetable) continue;
    auto const days = days_written(stream.timetable->on);
    if (!days[place_in_week(date_of(today()))]) continue;
    for (std::size_t t = 0; t < stream.timetable->at.size(); ++t)
      for (std::int64_t k = 0; k < stream.timetable->patients; ++k) {
        std::uint64_t const serial = static_cast<std::uint64_t>(today()) << 11 | t;
        use("timetable");
        expect(name, stream.provider, serial << 20 | static_cast<std::uint64_t>(k),
               today() * day_ + ticks(stream.timetable->at[t]), 1);
      }
  }
}

// The patients of one arrival.
void SecondEngine::expect(std::string const& name, std::string const& provider, std::uint64_t serial, std::int64_t from,
                          std::int64_t within) {
  Stream const& stream = *scenario_->demand.find(name);
  std::uint64_t const at_stream = draws_at_stream(name, provider);
  Words const words = draw(key_, at_stream ^ (letters("patient") >> 8), serial);
  std::int64_t at = from;
  if (within > 1) at += static_cast<std::int64_t>((words.second >> 32) * static_cast<std::uint64_t>(within) >> 32);
  if (at < start_) return;
  std::int64_t patients = 1;
  if (stream.batch.given()) patients = value_of(stream.batch, {{"provider", provider}, {"stream", name}});
  if (!stream.batch_sizes.empty()) patients = std::stoll(choose(stream.batch_sizes, {words.first, letters("rep"), 0}));
  if (patients > 1) use(stream.batch_sizes.empty() ? "batch" : "batch of a random size");
  expected_ += patients;
  if (expected_ > most_announced(*scenario_)) return too_many();
  for (std::int64_t b = 0; b < patients; ++b) {
    Person& p = new_person();
    p.key = b == 0 ? words.first : draw(words.first, at_stream, static_cast<std::uint64_t>(b)).first;
    p.stream = name;
    p.provider = provider;
    schedule(at, Turn::referring, [this, &p] { arrive(p); });
  }
}

void SecondEngine::too_many() {
  story_.outcome = "too_many_in_system";
  stopped_ = true;
  use("limit of patients in the system");
}

Person& SecondEngine::new_person() {
  people_.emplace_back();
  Person& p = people_.back();
  p.patient = &p;
  return p;
}

void SecondEngine::arrive(Person& p) {
  Stream const& stream = *scenario_->demand.find(p.stream);
  ++story_.totals["referred"];
  if (measuring_) add("arrivals " + p.stream + "@" + p.provider);
  p.has_come = true;
  --expected_;
  if (++in_system_ > scenario_->limits.max_in_system) too_many();
  describe(p);
  foresee(p, now_);
  p.pathway = stream.pathway;
  note(p, "referred", "");
  reach(p, stream.milestones, today());
  go(&p, scenario_->pathways.find(p.pathway)->start);
}

// Attributes, each after those that its table depends on.
void SecondEngine::describe(Person& p, Named<std::string> const& known) {
  Stream const& stream = *scenario_->demand.find(p.stream);
  std::set<std::string> done;
  for (auto const& [name, attribute] : scenario_->attributes) p.levels[name] = attribute.levels[0];
  while (done.size() < scenario_->attributes.size())
    for (auto const& [name, attribute] : scenario_->attributes) {
      auto const* own = stream.attributes.find(name);
      auto const& table = own ? *own : attribute.shares;
      auto grounds = table.by;
      for (auto const& [level, factors] : attribute.odds)
        for (auto const& [why, factor] : factors) grounds.insert(grounds.end(), factor.by.begin(), factor.by.end());
      bool const ready = std::all_of(grounds.begin(), grounds.end(),
                                     [&](auto const& by) { return done.count(by) || !scenario_->attributes.find(by); });
      if (done.count(name) || !ready) continue;
      done.insert(name);
      if (auto const* level = known.find(name)) {
        p.levels[name] = *level;
        use("a level known of the first waiting list");
        continue;
      }
      if (!table.given()) continue;
      auto const shares = by_odds(value_of(table, facts(p)), attribute.odds, facts(p));
      p.levels[name] = choose(shares, {p.key, draws_at("attribute:" + name), 0});
      if (!attribute.odds.empty()) use(own ? "odds of an attribute set by a stream" : "odds of an attribute");
      if (own) use("attribute set by a stream");
      for (auto const& by : table.by) use("attribute by " + (by == "provider" || by == "stream" ? by : "attribute"));
    }
}

// What will become of the patient, whether or not anybody finds out.
void SecondEngine::foresee(Person& p, std::int64_t since) {
  for (auto const& [name, attribute] : scenario_->attributes) {
    std::int64_t at = since;
    std::string level = p.levels[name];
    while (auto const* progress = attribute.progresses.find(level)) {
      at += length(progress->after, p, {p.key, draws_at("progresses:" + name + "/" + level), 0});
      level = progress->to;
      p.course[name].emplace_back(at, level);
    }
  }
}

// A list at the start is one row, or each of its rows is: a share of as many as there are in all.
std::vector<SecondEngine::Row> SecondEngine::rows_of(scenario::Waiting const& list) const {
  std::vector<Row> rows;
  if (list.rows.empty())
    return {{list.patients.value_or(0),
             list.like,
             list.provider,
             list.pathway,
             list.step,
             *list.waited,
             list.on_list,
             list.missed,
             {}}};
  auto const either = [](std::string const& own, std::string const& other) { return own.empty() ? other : own; };
  auto const days = [&](std::optional<Date> const& since, std::optional<Duration> const& time) {
    double const n = since ? first_day_ - *since : std::floor(time->seconds / seconds_per_day);
    return Distribution{Constant{{n * seconds_per_day}}, {}};
  };
  for (auto const& row : list.rows) {
    Row r{row.patients,
          either(row.like, list.like),
          either(row.provider, list.provider),
          either(row.pathway, list.pathway),
          either(row.step, list.step),
          days(row.referred, row.waited),
          list.on_list,
          row.missed.value_or(list.missed),
          row.attributes};
    if (row.listed || row.on_list) r.on_list = days(row.listed, row.on_list);
    rows.push_back(r);
  }
  if (!list.patients) return rows;
  std::int64_t written = 0, passed = 0, given = 0;
  for (auto const& row : rows) written += row.patients;
  for (auto& row : rows) {
    passed += row.patients;
    row.patients = written == 0 ? 0 : passed * *list.patients / written - given;
    given += row.patients;
  }
  return rows;
}

// Those who have been on their lists longest come first.
void SecondEngine::place_waiting() {
  struct Placed {
    Person* person;
    std::string step;
    std::vector<std::string> milestones;
    std::int64_t days, on_list;
    std::uint64_t missed;
  };
  std::vector<Placed> placed;
  for (auto const& [name, w] : dated_.base.waiting) {
    std::uint64_t number = 0;
    for (auto const& row : rows_of(w))
      for (std::int64_t k = 0; k < row.patients && !stopped_; ++k) {
        Person& p = new_person();
        std::uint64_t const at_list = draws_at("waiting:" + name);
        p.key = draw(key_, at_list, number++).first;
        p.stream = row.like;
        p.provider = row.provider;
        auto const& stream = *scenario_->demand.find(row.like);
        p.pathway = row.pathway.empty() ? stream.pathway : row.pathway;
        p.has_come = true;
        ++story_.totals["referred"];
        if (++in_system_ > scenario_->limits.max_in_system) too_many();
        describe(p, row.attributes);
        std::int64_t const days = std::min<std::int64_t>(
            QuantileTable(row.waited, seconds_per_day).sample(draw(p.key, at_list, 1).first), 10'000);
        std::int64_t on_list = is_waited_at(step_at(p.pathway, row.step)) ? days : 0;
        if (row.on_list)
          on_list = std::min<std::int64_t>(
              days, QuantileTable(*row.on_list, seconds_per_day).sample(draw(p.key, at_list, 2).first));
        if (on_list > 0 && on_list < days) use("part of a wait before the start on the list");
        placed.push_back({&p, row.step, w.milestones ? *w.milestones : stream.milestones, days, on_list,
                          static_cast<std::uint64_t>(row.missed)});
        foresee(p, now_ - days * day_);
      }
    if (!w.rows.empty() && number > 0) use("first waiting list by rows");
  }
  std::stable_sort(placed.begin(), placed.end(), [](auto const& a, auto const& b) {
    return std::pair(a.on_list, a.days) > std::pair(b.on_list, b.days);
  });
  for (auto const& [person, step, milestones, days, on_list, missed] : placed) {
    use("waiting list at the start");
    if (person->pathway != scenario_->demand.find(person->stream)->pathway) use("waiting in another pathway");
    note(*person, "referred", "");
    reach(*person, milestones, today() - days);
    bool const on_a_list = is_waited_at(step_at(person->pathway, step));
    if (on_list > 0) use("on a list before the start");
    if (on_a_list) {
      person->on_list = std::min<std::int64_t>(on_list * day_, (1LL << 32) - 1 - (end_ - now_));
      person->missed_before = missed;
      if (missed > 0) use("missed before the start");
    }
    go(person, step, on_a_list);
  }
}

}  // namespace cwtsim::oracle
