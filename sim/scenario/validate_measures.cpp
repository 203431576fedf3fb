#include <fmt/core.h>

#include <set>

#include "cwtsim/scenario/doc.hpp"
#include "sheet.hpp"

namespace cwtsim::scenario {
namespace {

constexpr std::size_t most_marks = 64;  ///< that standards and measures go by

struct MeasureCheck {
  Sheet& sheet;
  Measure const& measure;
  std::string at;

  [[nodiscard]] bool counts() const { return !measure.value.given() && measure.days_since.empty(); }
  [[nodiscard]] bool is_share() const { return measure.unit == "share"; }

  void recorded() const {
    if (measure.on.empty()) sheet.add(under(at, "on"), "no mark is named, so it would never be recorded", "Name one");
    check_marks(sheet, under(at, "on"), measure.on, "be recorded");
    check_condition(sheet, under(at, "for"), measure.only_when);
    if (measure.value.given() && !measure.days_since.empty())
      sheet.add(under(at, "days_since"), "it records a \"value\" already", "Make two measures of it");
    if (!measure.days_since.empty())
      check_marks(sheet, under(at, "days_since"), {measure.days_since}, "be recorded");
    check_table(sheet, under(at, "value"), measure.value, Depends{}, [&](std::string const& here, double value) {
      if (!(value >= 0 && value <= most_value))
        sheet.add(here, fmt::format("a value of {} is not between 0 and {:.0f}", number(value), most_value));
      else if ((is_share() || measure.hazard) && value > 1)
        sheet.add(here, "a share of " + number(value) + " is not between 0 and 1",
                  is_share() ? "Give it another \"unit\"" : "");
    });
    if (is_share() && !measure.value.given())
      sheet.add(under(at, "unit"), "days and counts are not shares", "give a \"value\" between 0 and 1, or take the unit away");
  }

  void hazard() const {
    if (!measure.hazard) return;
    auto const here = under(at, "hazard");
    auto const& h = *measure.hazard;
    if (!measure.value.given())
      return sheet.add(here, "there is no \"value\" that a delay could lower", "add the chance of survival as \"value\"");
    check_marks(sheet, under(here, "since"), {h.since}, "begin a delay");
    if (h.per_days < 1) sheet.add(under(here, "per"), "a ratio cannot hold for each 0 days");
    check_table(sheet, under(here, "ratio"), h.ratio, Depends{}, [&](std::string const& place, double ratio) {
      if (!(ratio >= 0.01 && ratio <= 100))
        sheet.add(place, "a hazard ratio of " + number(ratio) + " is not between 0.01 and 100");
    });
  }

  void reported() const {
    for (std::size_t i = 0; i < measure.by.size(); ++i)
      check_stratum(sheet, item_pointer(under(at, "by"), measure.by, i), measure.by[i]);
    if (!measure.targets.empty() && counts())
      sheet.add(under(at, "target"), "a count has no mean that could reach a target",
                "record a \"value\", or take the target away");
    check_targets(sheet, under(at, "target"), measure.targets, is_share());
    if (measure.target_is == TargetIs::at_most && measure.targets.empty())
      sheet.add(under(at, "target_is"), "there is no target, so this has no effect", "add \"target\", or remove it");
  }
};

}  // namespace

void check_measures(Sheet& sheet) {
  auto const& scenario = sheet.scenario;
  for (auto const& [name, measure] : scenario.measures) {
    MeasureCheck const check{sheet, measure, under("/measures", name)};
    check.recorded();
    check.hazard();
    check.reported();
  }
  std::set<std::string> heard;
  auto const hear = [&heard](std::vector<std::string> const& marks) { heard.insert(marks.begin(), marks.end()); };
  for (auto const& [name, s] : scenario.standards)
    for (auto const* marks : {&s.starts, &s.stops, &s.excluded_by, &s.breach_if_late}) hear(*marks);
  for (auto const& [name, m] : scenario.measures) {
    hear(m.on);
    if (!m.days_since.empty()) hear({m.days_since});
    if (m.hazard) hear({m.hazard->since});
  }
  if (heard.size() > most_marks)
    sheet.add("/standards", fmt::format("standards and measures go by {} different marks; at most {} are allowed",
                                        heard.size(), most_marks));
}

}  // namespace cwtsim::scenario
