#include <algorithm>
#include <cmath>
#include <numeric>

#include "builder.hpp"
#include "cwtsim/scenario/days.hpp"

namespace cwtsim::model {

namespace {

constexpr char const* month_names[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                       "jul", "aug", "sep", "oct", "nov", "dec"};

/// Relative rates scaled to a mean of 1; a name that is missing has rate 1 if none is given, else 0.
template <std::size_t most>
void scaled(Named<double> const& given, auto const& name_of, std::array<double, most>& out, std::size_t n) {
  if (given.empty()) {
    std::fill_n(out.begin(), n, 1.0);
    return;
  }
  double sum = 0;
  for (std::size_t i = 0; i < n; ++i) {
    double const* const rate = given.find(name_of(i));
    out[i] = rate ? *rate : 0;
    sum += out[i];
  }
  for (std::size_t i = 0; i < n; ++i) out[i] *= static_cast<double>(n) / sum;
}

void add_profiles(scenario::Scenario const& s, Era& era) {
  for (auto const& [name, p] : s.profiles) {
    Profile out;
    scaled(
        p.months, [](std::size_t i) { return std::string_view(month_names[i]); }, out.month, 12);
    scaled(
        p.weekdays, [](std::size_t i) { return words_of<Weekday>()[i]; }, out.day, 7);
    scaled(
        p.hours, [](std::size_t i) { return std::string(i < 10 ? "0" : "") + std::to_string(i); }, out.hour, 24);
    out.day[7] = p.holidays.value_or(1);
    out.has_hours = !p.hours.empty();
    era.profiles.push_back(out);
  }
}

/// The days over which a volume is met: a year, or the whole weeks of one where days of the week differ and the volume
/// is that of a week or less.
std::int32_t days_met_in(scenario::VolumeUnit unit, scenario::Profile const& profile) {
  bool const long_unit = unit == scenario::VolumeUnit::year || unit == scenario::VolumeUnit::month;
  return long_unit || profile.weekdays.empty() ? 365 : 364;
}

/// Mean of the profile's factor over so many days from a date, so that a volume is met in those days.
double mean_factor(Profile const& p, Date from, std::int32_t days, bool england) {
  double sum = 0;
  for (std::int32_t d = 0; d < days; ++d) {
    Date const date = from + d;
    double const holiday = england && is_england_bank_holiday(date) ? p.day[7] : 1;
    sum += p.month[static_cast<std::size_t>(to_ymd(date).month - 1)] *
           p.day[static_cast<std::size_t>(weekday_of(date))] * holiday;
  }
  return sum / days;
}

/// Mean number of patients in one arrival at a provider.
double mean_batch(scenario::Stream const& stream, std::string const& provider) {
  if (stream.batch.given()) return static_cast<double>(at_provider(stream.batch, provider).value_or(1));
  double patients = 0, shares = 0;
  for (auto const& [size, share] : stream.batch_sizes) {
    patients += std::stod(size) * share;
    shares += share;
  }
  return shares > 0 ? patients / shares : 1;
}

double days_in(scenario::VolumeUnit unit) {
  switch (unit) {
    case scenario::VolumeUnit::year:
      return 365;
    case scenario::VolumeUnit::month:
      return 365.0 / 12;
    case scenario::VolumeUnit::week:
      return 7;
    case scenario::VolumeUnit::day:
      return 1;
    case scenario::VolumeUnit::hour:
      return 1.0 / 24;
  }
  return 1;
}

std::uint32_t growth_row(double per_year, Date volumes_from, Model const& model, Era& era) {
  std::vector<double> factors(model.days + 1, 1.0);
  double const middle = volumes_from - model.first_day + 182.5;
  double const daily = portable_log(1 + per_year) / 365.25;
  if (per_year != 0)
    for (std::uint32_t d = 0; d < factors.size(); ++d) factors[d] = portable_exp(daily * (d + 0.5 - middle));
  auto const it = std::ranges::find(era.growth, factors);
  if (it != era.growth.end()) return static_cast<std::uint32_t>(it - era.growth.begin());
  era.growth.push_back(std::move(factors));
  return static_cast<std::uint32_t>(era.growth.size() - 1);
}

/// Pieces of a day such that the rate is constant in each and a piece has few arrivals.
std::uint32_t pieces_for(Source const& source, Model const& model, Era const& era) {
  double a_day = source.per_day * std::ranges::max(era.growth[source.growth]);
  double a_piece = a_day / 24;
  bool by_hour = a_day > 64;
  if (source.profile != none32) {
    Profile const& p = era.profiles[source.profile];
    double const peak =
        std::ranges::max(p.month) * *std::max_element(p.day.begin(), p.day.begin() + 7) * std::max(1.0, p.day[7]);
    a_day *= peak;
    a_piece = a_day / 24 * std::ranges::max(p.hour);
    by_hour = p.has_hours || a_day > 64;
  }
  if (!by_hour) return 1;
  return a_piece > 64 && model.ticks_per_day % 1440 == 0 ? 1440 : 24;
}

/// The attributes of a stream, each after those that its table depends on.
class Attributes {
 public:
  Attributes(scenario::Scenario const& s, scenario::Stream const& stream, Index const& index, Pools& pools, Era& era)
      : s_(s), stream_(stream), index_(index), pools_(pools), era_(era), done_(s.attributes.size()) {}

  void add_all(Source& source) {
    auto const first = static_cast<std::uint32_t>(era_.source_attributes.size());
    source.levels = static_cast<std::uint32_t>(era_.source_levels.size());
    era_.source_levels.resize(source.levels + s_.attributes.size());
    for (std::size_t a = 0; a < s_.attributes.size(); ++a) add(a, source.levels);
    source.attributes = {first, static_cast<std::uint32_t>(era_.source_attributes.size()) - first};
    source.progresses = std::ranges::any_of(era_.progress, [&](Progress const& p) {
      bool const drawn = std::any_of(era_.source_attributes.begin() + first, era_.source_attributes.end(),
                                     [&p](AttributeSet const& set) { return set.attribute == p.attribute; });
      return drawn || era_.source_levels[source.levels + p.attribute] == p.level;
    });
  }

 private:
  void add(std::size_t a, std::uint32_t levels) {
    if (done_[a]) return;
    done_[a] = true;
    auto const& [name, attribute] = s_.attributes.items[a];
    scenario::ShareTable const* table = stream_.attributes.find(name);
    if (!table) table = &attribute.shares;
    if (!table->given()) return;
    auto const after_those = [&](std::vector<std::string> const& names) {
      for (auto const& by : names)
        if (auto const on = s_.attributes.index_of(by)) add(*on, levels);
    };
    after_those(table->by);
    for (auto const& [level, factors] : attribute.odds)
      for (auto const& [why, factor] : factors) after_those(factor.by);
    auto const id = static_cast<std::uint8_t>(a);
    auto const to_level = [&](std::string const& level) { return index_.level(id, level); };
    Lookup const lookup = pools_.choice(*table, to_level);
    if (lookup.direct() && era_.choice(lookup.base).count() == 1)
      era_.source_levels[levels + a] = static_cast<std::uint8_t>(era_.choice(lookup.base).outcome(0));
    else
      era_.source_attributes.push_back(
          {id, draws_at("attribute:" + name), lookup, compile_odds(attribute.odds, to_level, pools_, era_)});
  }

  scenario::Scenario const& s_;
  scenario::Stream const& stream_;
  Index const& index_;
  Pools& pools_;
  Era& era_;
  std::vector<bool> done_;
};

}  // namespace

void compile_demand(scenario::Scenario const& s, Index const& index, Model const& model, Pools& pools, Era& era) {
  add_profiles(s, era);
  bool const england = s.horizon.bank_holidays == scenario::BankHolidays::england;
  Date const measured = model.first_day + static_cast<std::int32_t>(model.measure_from / model.ticks_per_day);
  for (std::size_t i = 0; i < s.demand.size(); ++i) {
    auto const& [name, stream] = s.demand.items[i];
    Source source;
    source.stream = static_cast<Index16>(i);
    source.step = index.step(stream.pathway, s.pathways.find(stream.pathway)->start);
    source.milestones.bits = index.milestones(stream.milestones);
    Attributes(s, stream, index, pools, era).add_all(source);
    if (stream.batch.given()) source.batch = pools.counts(stream.batch);
    if (!stream.batch_sizes.empty())
      source.batch = pools.choice_of(stream.batch_sizes,
                                     [](std::string const& n) { return static_cast<std::uint32_t>(std::stoul(n)); });
    Date const from = stream.volumes_from.value_or(measured);
    source.growth = growth_row(stream.growth_per_year, from, model, era);
    double factor = 1;
    if (!stream.profile.empty()) {
      source.profile = static_cast<std::uint32_t>(*s.profiles.index_of(stream.profile));
      factor = mean_factor(era.profiles[source.profile], from,
                           days_met_in(stream.unit, s.profiles.items[source.profile].second), england);
    }
    if (stream.timetable) {
      source.provider = index.provider(stream.provider);
      source.draws_at = draws_at("stream:" + name + "@" + stream.provider);
      source.timetable = {static_cast<std::uint32_t>(era.timetable.size()),
                          static_cast<std::uint32_t>(stream.timetable->at.size())};
      for (auto const& at : stream.timetable->at)
        era.timetable.push_back({{day_bits(stream.timetable->on)},
                                 static_cast<Tick>(std::llround(at.minutes * 60.0 / model.seconds_per_tick)),
                                 static_cast<std::uint32_t>(stream.timetable->patients)});
      era.sources.push_back(source);
    }
    for (auto const& [provider, volume] : stream.volume) {
      source.provider = index.provider(provider);
      source.draws_at = draws_at("stream:" + name + "@" + provider);
      source.mean_batch = mean_batch(stream, provider);
      source.per_day = volume / days_in(stream.unit) / factor / source.mean_batch;
      source.pieces = pieces_for(source, model, era);
      era.sources.push_back(source);
    }
  }
}

void compile_waiting(scenario::Scenario const& s, Index const& index, Pools& pools, Era const& era, Model& model) {
  // Any source of a stream will do: its attributes are the same at every provider.
  auto const source_of = [&](std::string const& stream) {
    auto const it = std::ranges::find(era.sources, *s.demand.index_of(stream), &Source::stream);
    return static_cast<std::uint32_t>(it - era.sources.begin());
  };
  for (auto const& [name, list] : s.waiting) {
    std::uint32_t first = 0;
    for (auto const& group : groups_of(list, s)) {
      Waiting out;
      out.source = source_of(group.like);
      out.provider = index.provider(group.provider);
      out.step = index.step(group.pathway, group.step);
      out.milestones.bits =
          index.milestones(list.milestones ? *list.milestones : s.demand.find(group.like)->milestones);
      out.first = first;
      out.patients = static_cast<std::uint32_t>(group.patients);
      out.missed = static_cast<std::uint16_t>(group.missed);
      out.draws_at = draws_at("waiting:" + name);
      out.waited = pools.days(group.waited);
      if (group.on_list) out.on_list = pools.days(*group.on_list);
      out.levels = {static_cast<std::uint32_t>(model.waiting_levels.size()), 0};
      if (group.attributes != nullptr)
        for (auto const& [attribute, level] : *group.attributes) {
          auto const a = index.attribute(attribute);
          model.waiting_levels.push_back({a, static_cast<std::uint8_t>(index.level(a, level))});
          ++out.levels.count;
        }
      model.waiting.push_back(out);
      first += out.patients;
    }
  }
}

}  // namespace cwtsim::model
