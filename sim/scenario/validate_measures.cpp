#include <fmt/core.h>

#include <algorithm>
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

  [[nodiscard]] bool counts() const {
    return !measure.value.given() && measure.days_since.empty() && measure.number_of.empty();
  }
  [[nodiscard]] bool is_share() const { return measure.unit == "share"; }

  void recorded() const {
    if (measure.on.empty())
      sheet.add(under(at, "on"), "no milestone is named, so it would never be recorded", "Name one");
    check_milestones(sheet, under(at, "on"), measure.on, "be recorded");
    check_condition(sheet, under(at, "for"), measure.only_when);
    if (measure.value.given() && !measure.days_since.empty())
      sheet.add(under(at, "days_since"), "it records a \"value\" already", "Make two measures of it");
    if (!measure.number_of.empty() && (measure.value.given() || !measure.days_since.empty()))
      sheet.add(under(at, "number_of"),
                measure.value.given() ? "it records a \"value\" already" : "it records \"days_since\" already",
                "Make two measures of it");
    if (!measure.days_since.empty())
      check_milestones(sheet, under(at, "days_since"), {measure.days_since}, "be recorded");
    if (!measure.number_of.empty()) check_milestones(sheet, under(at, "number_of"), {measure.number_of}, "be counted");
    check_table(sheet, under(at, "value"), measure.value, Depends{}, [&](std::string const& here, double value) {
      if (!(value >= 0 && value <= most_value))
        sheet.add(here, fmt::format("a value of {} is not between 0 and {:.0f}", number(value), most_value));
      else if ((is_share() || measure.hazard) && value > 1)
        sheet.add(here, "a share of " + number(value) + " is not between 0 and 1",
                  is_share() ? "Give it another \"unit\"" : "");
    });
    if (is_share() && !measure.value.given())
      sheet.add(under(at, "unit"), "days and counts are not shares",
                "give a \"value\" between 0 and 1, or take the unit away");
  }

  void hazard() const {
    if (!measure.hazard) return;
    auto const here = under(at, "hazard");
    auto const& h = *measure.hazard;
    if (!measure.value.given())
      return sheet.add(here, "there is no \"value\" that a delay could lower",
                       "add the chance of survival as \"value\"");
    check_milestones(sheet, under(here, "since"), {h.since}, "begin a delay");
    if (h.per_days < 1) sheet.add(under(here, "per"), "a ratio cannot hold for each 0 days");
    check_table(sheet, under(here, "ratio"), h.ratio, Depends{}, [&](std::string const& place, double ratio) {
      if (!(ratio >= 0.01 && ratio <= 100))
        sheet.add(place, "a hazard ratio of " + number(ratio) + " is not between 0.01 and 100");
    });
  }

  void money() const {
    if (measure.ledger.empty()) return;
    auto const here = under(at, "ledger");
    is_known(sheet, here, "ledger", measure.ledger, names_of(sheet.scenario.ledgers));
    if (!measure.value.given())
      sheet.add(here, "it records no pounds that could go into a ledger", "add a \"value\", or take the ledger away");
    else if (is_share() || measure.hazard)
      sheet.add(here, "a share is not pounds", "Take the ledger away");
  }

  void reported() const {
    for (std::size_t i = 0; i < measure.by.size(); ++i)
      check_stratum(sheet, item_pointer(under(at, "by"), measure.by, i), measure.by[i]);
    if (!measure.targets.empty() && counts())
      sheet.add(under(at, "target"), "a count has no mean that could reach a target",
                "record a \"value\", or take the target away");
    check_targets(sheet, under(at, "target"), measure.targets, is_share());
    check_gaps(sheet, under(at, "gaps"), measure.by, measure.gaps);
    if (!measure.gaps.empty() && counts())
      sheet.add(under(at, "gaps"), "a count has no means that could differ",
                "record a \"value\", or take the gaps away");
    if (measure.target_is == TargetIs::at_most && measure.targets.empty())
      sheet.add(under(at, "target_is"), "there is no target, so this has no effect", "add \"target\", or remove it");
  }
};

}  // namespace

void check_gaps(Sheet& sheet, std::string const& at, std::vector<std::string> const& by, Named<Gap> const& gaps) {
  for (auto const& [name, gap] : gaps) {
    auto const here = under(at, name);
    if (gap.by == "all" || std::find(by.begin(), by.end(), gap.by) == by.end()) {
      sheet.add(under(here, "by"), "\"" + gap.by + "\" is none of the strata that are reported",
                by.empty() ? "name it in \"by\" beside \"gaps\"" : advice(gap.by, by));
      continue;
    }
    bool const pair = !gap.from.empty() && !gap.to.empty();
    if (gap.at_least ? !gap.from.empty() || !gap.to.empty() : !pair) {
      sheet.add(here, "it does not say between which levels",
                "Give \"from\" and \"to\", or else \"at_least\" for the greatest less the least");
      continue;
    }
    if (!pair) continue;
    check_level_of(sheet, under(here, "from"), gap.by, gap.from);
    check_level_of(sheet, under(here, "to"), gap.by, gap.to);
    if (gap.from == gap.to) sheet.add(under(here, "to"), "this is the level that it begins from", "Name another one");
  }
}

void check_measures(Sheet& sheet) {
  auto const& scenario = sheet.scenario;
  for (auto const& [name, measure] : scenario.measures) {
    MeasureCheck const check{sheet, measure, under("/measures", name)};
    check.recorded();
    check.hazard();
    check.reported();
    check.money();
  }
  std::set<std::string> heard;
  auto const hear = [&heard](std::vector<std::string> const& milestones) {
    heard.insert(milestones.begin(), milestones.end());
  };
  for (auto const& [name, s] : scenario.standards)
    for (auto const* milestones : {&s.starts, &s.stops, &s.excluded_by, &s.breach_if_late}) hear(*milestones);
  for (auto const& [name, m] : scenario.measures) {
    hear(m.on);
    for (auto const& milestone : {m.days_since, m.number_of})
      if (!milestone.empty()) hear({milestone});
    if (m.hazard) hear({m.hazard->since});
  }
  if (heard.size() > most_marks)
    sheet.add("/standards", fmt::format("standards and measures go by {} different milestones; at most {} are allowed",
                                        heard.size(), most_marks));
}

}  // namespace cwtsim::scenario
