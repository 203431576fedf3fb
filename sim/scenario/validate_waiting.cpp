// Rules about waiting lists at the start, and about each of their rows.

#include <fmt/core.h>

#include <map>

#include "cwtsim/scenario/limits.hpp"
#include "sheet.hpp"

namespace cwtsim::scenario {
namespace {

constexpr std::int64_t most_patients = 100'000'000;

/// A list, or a row of one, and where it is written.
struct Written {
  std::string at, of_list;
  WaitingPlace place;
  WaitingRow const* row = nullptr;  ///< none: the list itself

  /// Where a name stands that may be the row's own or the list's.
  [[nodiscard]] std::string pointer(std::string const& key, std::string WaitingRow::*member) const {
    return under(row != nullptr && !(row->*member).empty() ? at : of_list, key);
  }
};

// The few beyond it that a distribution with a long tail would give are taken to have waited so long.
void check_waited(Sheet const& sheet, std::string const& at, Distribution const& waited) {
  if (auto const what = problem_of(waited); !what.empty()) return sheet.add(at, what);
  constexpr double nearly_all = 0.999;
  double const days = quantile_seconds(waited, nearly_all) / seconds_per_day;
  if (days > most_days_waited)
    sheet.add(at,
              fmt::format("one in a thousand would have waited {:.0f} days or longer; at most {:.0f} days, which is 27 "
                          "years, can be counted",
                          days, most_days_waited));
}

bool check_given(Sheet const& sheet, Written const& written) {
  auto const missing = [&](std::string const& key, std::string const& value, std::string const& why) {
    if (value.empty())
      sheet.add(written.at, "\"" + key + "\" is missing (it says " + why + ")",
                written.row != nullptr ? "Write it in the list, for all of its rows, or in each row" : "");
    return value.empty();
  };
  bool const like = missing("like", written.place.like, "whose attributes and milestones they share");
  bool const provider = missing("provider", written.place.provider, "where they wait");
  bool const step = missing("step", written.place.step, "what they wait for");
  return !like && !provider && !step;
}

/// The step, if all that leads to it is known.
Step const* step_of(Sheet const& sheet, Written const& written) {
  auto const& scenario = sheet.scenario;
  auto const& place = written.place;
  if (!check_given(sheet, written)) return nullptr;
  is_known(sheet, written.pointer("provider", &WaitingRow::provider), "provider", place.provider,
           names_of(scenario.providers));
  if (!is_known(sheet, written.pointer("like", &WaitingRow::like), "stream", place.like, names_of(scenario.demand)))
    return nullptr;
  bool const own = place.pathway != scenario.demand.find(place.like)->pathway;  // else that is told of the stream
  auto const* pathway = scenario.pathways.find(place.pathway);
  if (own && !is_known(sheet, written.pointer("pathway", &WaitingRow::pathway), "pathway", place.pathway,
                       names_of(scenario.pathways)))
    return nullptr;
  if (pathway == nullptr) return nullptr;
  auto const here = written.pointer("step", &WaitingRow::step);
  if (!is_known(sheet, here, "step", place.step, names_of(pathway->steps), "in pathway \"" + place.pathway + "\""))
    return nullptr;
  auto const& step = *pathway->steps.find(place.step);
  if (!record_of(step.kind).ends) return &step;
  sheet.add(here, "\"" + place.step + "\" is an end: nobody waits there");
  return nullptr;
}

void check_step(Sheet const& sheet, Written const& written, Step const* step, std::string const& on_list,
                std::int64_t missed, bool own_missed) {
  if (step == nullptr) return;
  if (!on_list.empty() && !waits(step->kind))
    sheet.add(on_list,
              "nobody waits on a list for \"" + written.place.step + "\": it is " +
                  std::string(record_of(step->kind).noun) + ", which begins at the start of the run",
              "Take it away");
  if (missed == 0) return;
  auto const at = under(own_missed ? written.at : written.of_list, "missed");
  if (!step->did_not_attend)
    sheet.add(at, "\"" + written.place.step + "\" cannot be missed",
              "add \"did_not_attend\" to the step, or take it away");
  else if (step->did_not_attend->up_to && missed >= *step->did_not_attend->up_to)
    sheet.add(at, "whoever has missed \"" + written.place.step + "\" " + std::to_string(missed) +
                      " times waits for it no more: \"up_to\" is " + std::to_string(*step->did_not_attend->up_to));
}

void check_dates(Sheet const& sheet, std::string const& at, WaitingRow const& row) {
  auto const starts = sheet.scenario.horizon.starts.date;
  auto const day = [&](char const* key, std::optional<Date> const& date, char const* what) {
    if (date && *date > starts)
      sheet.add(under(at, key), std::string(what) + " on " + format_date(*date) + ", after the first day of the run (" +
                                    format_date(starts) + "): nobody of the list at the start has come later");
    return date && *date > starts;
  };
  bool const late = day("referred", row.referred, "referred");
  if (day("listed", row.listed, "on the list since") || late) return;
  auto const days = [&](std::optional<Date> const& since, std::optional<Duration> const& time) {
    return since ? static_cast<double>(starts - *since) : time.value_or(Duration{}).seconds / seconds_per_day;
  };
  if (double const waited = days(row.referred, row.waited); waited > most_days_waited)
    sheet.add(under(at, row.referred ? "referred" : "waited"),
              fmt::format("that is {:.0f} days; at most {:.0f}, which is 27 years, can be counted", waited,
                          most_days_waited));
  if (row.listed && row.on_list)
    sheet.add(under(at, "on_list"), "\"listed\" is given too: it is said twice", "Remove one");
  if ((row.listed || row.on_list) && days(row.listed, row.on_list) > days(row.referred, row.waited))
    sheet.add(under(at, row.listed ? "listed" : "on_list"), "on the list for longer than since the referral");
}

void check_attributes(Sheet const& sheet, std::string const& at, WaitingRow const& row) {
  for (auto const& [name, level] : row.attributes) {
    auto const here = under(under(at, "attributes"), name);
    if (is_known(sheet, here, "attribute", name, names_of(sheet.scenario.attributes)))
      is_known(sheet, here, "level", level, sheet.scenario.attributes.find(name)->levels, "of \"" + name + "\"");
  }
}

void check_rows(Sheet const& sheet, std::string const& list_at, Waiting const& list) {
  std::int64_t patients = 0;
  for (auto const& row : list.rows) patients += row.patients;
  if (patients > most_patients)
    sheet.add(under(list_at, "rows"), std::to_string(patients) + " patients are more than a list may have (" +
                                          std::to_string(most_patients) + ")");
  std::map<WaitingPlace, Step const*> steps;  // a place that is unknown is told once
  for (std::size_t i = 0; i < list.rows.size(); ++i) {
    auto const& row = list.rows[i];
    Written const written{under(under(list_at, "rows"), std::to_string(i)), list_at,
                          place_of(list, sheet.scenario, &row), &row};
    auto const on_list = row.listed     ? under(written.at, "listed")
                         : row.on_list  ? under(written.at, "on_list")
                         : list.on_list ? under(list_at, "on_list")
                                        : std::string{};
    auto const [known, fresh] = steps.try_emplace(written.place, nullptr);
    if (fresh) known->second = step_of(sheet, written);
    check_step(sheet, written, known->second, on_list, row.missed.value_or(list.missed), row.missed.has_value());
    check_dates(sheet, written.at, row);
    check_attributes(sheet, written.at, row);
  }
}

}  // namespace

void check_waiting(Sheet& sheet) {
  for (auto const& [name, list] : sheet.scenario.waiting) {
    auto const at = under("/waiting", name);
    if (list.patients.value_or(0) < 0) sheet.add(under(at, "patients"), "the number of patients cannot be below 0");
    if (!list.patients && list.rows.empty())
      sheet.add(at, "\"patients\" is missing (it says how many wait)", "For example \"patients\": 120");
    if (!list.file.empty())
      sheet.add(under(at, "file"), "a lever cannot name the file of a waiting list", "Write it in the scenario");
    if (list.waited) check_waited(sheet, under(at, "waited"), *list.waited);
    if (list.on_list) check_distribution(sheet, under(at, "on_list"), *list.on_list);
    if (!list.rows.empty()) {
      check_rows(sheet, at, list);
      continue;
    }
    Written const written{at, at, place_of(list, sheet.scenario)};
    check_step(sheet, written, step_of(sheet, written), list.on_list ? under(at, "on_list") : std::string{},
               list.missed, false);
  }
}

}  // namespace cwtsim::scenario
