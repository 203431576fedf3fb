#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "cwtsim/scenario/days.hpp"
#include "cwtsim/scenario/limits.hpp"
#include "sheet.hpp"

namespace cwtsim::scenario {
namespace {

constexpr double largest_rate = 1e9;  // so that sums and ratios of rates stay numbers

std::string volume_key(VolumeUnit unit) {
  return fmt::format("per_{}", word_of(unit));
}

void check_rates(Sheet const& sheet, std::string const& at, Named<double> const& rates) {
  if (rates.empty()) return;
  double sum = 0;
  for (auto const& [name, rate] : rates) {
    if (!(rate >= 0 && std::isfinite(rate)))
      return sheet.add(under(at, name), "a rate cannot be " + number(rate), "Write 0 or more");
    if (rate > largest_rate || (rate > 0 && rate < 1 / largest_rate))
      return sheet.add(under(at, name), "a rate of " + number(rate) + " is neither 0 nor between 1e-9 and 1e9",
                       "Rates are relative: 1 is as good as any other number");
    sum += rate;
  }
  if (sum <= 0) sheet.add(at, "all rates are 0, so nobody would ever come");
}

void check_profiles(Sheet const& sheet) {
  for (auto const& [name, profile] : sheet.scenario.profiles) {
    auto const at = under("/profiles", name);
    check_rates(sheet, under(at, "months"), profile.months);
    check_rates(sheet, under(at, "weekdays"), profile.weekdays);
    check_rates(sheet, under(at, "hours"), profile.hours);
    if (profile.holidays && !(*profile.holidays >= 0 && std::isfinite(*profile.holidays)))
      sheet.add(under(at, "holidays"), "a factor cannot be " + number(*profile.holidays), "Write 0 or more");
  }
}

void check_timetable(Sheet const& sheet, std::string const& at, Stream const& stream) {
  auto const& timetable = *stream.timetable;
  auto const here = under(at, "timetable");
  if (!parse_days(timetable.on))
    sheet.add(under(here, "on"), "\"" + timetable.on + "\" does not name days of the week, each once",
              "Write \"daily\", \"mon-fri\" or \"mon,thu\", say");
  for (std::size_t i = 0; i < timetable.at.size(); ++i)
    check_on_tick(sheet, timetable.at.size() == 1 ? under(here, "at") : under(here, "at", std::to_string(i)),
                  timetable.at[i]);
  if (timetable.at.size() > most_times_of_day)
    sheet.add(under(here, "at"),
              fmt::format("{} times of day; at most {} are allowed", timetable.at.size(), most_times_of_day),
              "write \"patients\" for those who come at one time");
  if (timetable.at.empty()) sheet.add(under(here, "at"), "no time of day is given, so nobody would come");
  if (timetable.patients < 1) sheet.add(under(here, "patients"), "nobody would come", "Write 1 or more");
  if (stream.provider.empty())
    sheet.add(here, "a timetable needs \"provider\": it does not say where these patients come to", "add \"provider\"");
  if (!stream.profile.empty())
    sheet.add(under(at, "profile"), "a timetable says exactly who comes when; a profile would have no effect",
              "Remove one");
  if (stream.growth_per_year != 0)
    sheet.add(under(at, "growth_per_year"), "a timetable says exactly who comes when; growth would have no effect",
              "Remove it");
  if (stream.batch.given() || !stream.batch_sizes.empty())
    sheet.add(under(at, stream.batch.given() ? "batch" : "batch_sizes"),
              "a timetable has its own number of patients; a batch would have no effect",
              "write \"patients\" in the timetable");
}

void check_volume(Sheet const& sheet, std::string const& at, Stream const& stream) {
  auto const here = under(at, volume_key(stream.unit));
  bool const by_provider = stream.provider.empty();
  auto const providers = names_of(sheet.scenario.providers);
  for (auto const& [provider, volume] : stream.volume) {
    auto const place = by_provider ? under(here, provider) : here;
    if (by_provider) is_known(sheet, place, "provider", provider, providers);
    if (!(volume >= 0 && std::isfinite(volume)))
      sheet.add(place, "a volume cannot be " + number(volume), "Write 0 or more");
  }
  if (!(stream.growth_per_year > -1 && std::isfinite(stream.growth_per_year)))
    sheet.add(under(at, "growth_per_year"),
              "growth of " + number(stream.growth_per_year) + " a year would leave nobody",
              "Write a number above -1; 0.04 is 4 % a year");
}

void check_stream(Sheet& sheet, std::string const& name, Stream const& stream) {
  auto const at = under("/demand", name);
  is_known(sheet, under(at, "pathway"), "pathway", stream.pathway, names_of(sheet.scenario.pathways));
  if (!stream.provider.empty())
    is_known(sheet, under(at, "provider"), "provider", stream.provider, names_of(sheet.scenario.providers));
  if (stream.timetable && !stream.volume.empty())
    sheet.add(under(at, "timetable"), "there is a volume too: who comes is said twice", "Remove one");
  else if (!stream.timetable && stream.volume.empty())
    sheet.add(at, "it does not say how many patients come", "add \"per_week\", say, or a \"timetable\"");
  if (stream.timetable) check_timetable(sheet, at, stream);
  if (!stream.volume.empty()) check_volume(sheet, at, stream);
  if (!stream.profile.empty())
    is_known(sheet, under(at, "profile"), "profile", stream.profile, names_of(sheet.scenario.profiles));
  if (stream.batch.given() && !stream.batch_sizes.empty())
    sheet.add(under(at, "batch"), "there are \"batch_sizes\" too: the size of a batch is said twice", "Remove one");
  check_table(sheet, under(at, "batch"), stream.batch, Depends{false, true, false},
              [&](std::string const& here, std::int64_t size) {
                if (size < 1)
                  sheet.add(here, "a batch of " + std::to_string(size) + " patients is none", "Write 1 or more");
              });
  if (!stream.batch_sizes.empty()) check_counts(sheet, under(at, "batch_sizes"), stream.batch_sizes);
  for (auto const& [attribute, table] : stream.attributes) {
    auto const here = under(at, "attributes", attribute);
    is_known(sheet, here, "attribute", attribute, names_of(sheet.scenario.attributes));
    check_table(sheet, here, table, Depends{}, [&, &set = attribute](std::string const& place, Shares const& shares) {
      check_levels(sheet, place, set, shares);
    });
  }
}

}  // namespace

void check_demand(Sheet& sheet) {
  check_profiles(sheet);
  if (sheet.scenario.demand.empty())
    sheet.add("/demand", "nobody is referred, so there is nothing to simulate", "add a stream");
  for (auto const& [name, stream] : sheet.scenario.demand) check_stream(sheet, name, stream);
}

}  // namespace cwtsim::scenario
