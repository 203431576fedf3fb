#include <cmath>
#include <optional>
#include <utility>

#include "cwtsim/scenario/doc.hpp"
#include "cwtsim/study/summary.hpp"

namespace cwtsim::study {
namespace {

using files::Cell;
using files::Row;
using files::Table;

files::Rows given(std::vector<Row> rows) {
  return files::Rows([rows = std::move(rows)](files::RowSink const& use) {
    for (auto const& row : rows) use(row);
  });
}

Cell finite(double value) {
  return std::isfinite(value) ? Cell(value) : Cell();
}

Cell of(std::optional<double> const& value) {
  return value ? Cell(*value) : Cell();
}

Cell count(std::size_t n) {
  return static_cast<std::int64_t>(n);
}

Table pathways_table(std::vector<scenario::PathSummary> const& pathways) {
  std::vector<Row> rows;
  for (auto const& p : pathways)
    for (auto const& clock : p.clocks) {
      std::string by;
      for (auto const& step : clock.path) by += (by.empty() ? "" : " > ") + step;
      rows.push_back({p.pathway, count(p.steps.size()), clock.standard, clock.can_stop ? Cell(clock.days) : Cell(),
                      clock.limit_days, by});
    }
  return {"pathways",
          "The fastest way from a start to a stop of each clock that can start in a pathway",
          {{"pathway", "", ""},
           {"steps", "steps", "in the pathway"},
           {"standard", "", ""},
           {"days_at_best", "days", "delays and services at their least, no waiting; empty: no way leads to a stop"},
           {"limit_days", "days", "allowed"},
           {"by", "", "the steps of that way"}},
          given(std::move(rows))};
}

Table times_table(Summary const& summary) {
  std::vector<Row> rows;
  rows.reserve(summary.times.size());
  for (std::size_t i = 0; i < summary.times.size(); ++i) {
    auto const& t = summary.times[i];
    rows.push_back({t.standard, t.median_days < 0 ? Cell() : Cell(t.median_days),
                    static_cast<std::int64_t>(t.limit_days), of(summary.ceilings[i].share)});
  }
  return {"times",
          "How long the clocks would run if nobody ever waited",
          {{"standard", "", ""},
           {"median_days", "days", "half would take that or less; empty: no clock stops"},
           {"limit_days", "days", "allowed"},
           {"share_in_time", "share of 1",
            "would be within the limit if whatever is open had room for all; empty: nobody is counted, or more happens "
            "than 100 million events"}},
          given(std::move(rows))};
}

Table loads_table(std::vector<Load> const& loads) {
  std::vector<Row> rows;
  rows.reserve(loads.size());
  for (auto const& l : loads)
    rows.push_back({l.resource, l.provider, l.with, l.unit, l.month, l.wanted, finite(l.offered), finite(l.fits),
                    finite(l.share), l.error > 0 && std::isfinite(l.error) ? Cell(l.error) : Cell(),
                    count(l.months_over), std::string(word_of(l.verdict)), l.grows_from, l.let_through, l.behind});
  return {
      "loads",
      "Offered load against capacity in the worst month of each resource, the heaviest first",
      {{"resource", "", ""},
       {"provider", "", ""},
       {"with", "", "at the times alone at which these are open too, which the same steps need; empty: by itself"},
       {"unit", "", "slots, server hours, cases"},
       {"month", "", "the worst one"},
       {"wanted", "units a week", "by those who are referred in that month, all that they come to"},
       {"offered", "units a week", "after bank holidays and other work; empty: all who come"},
       {"fits", "units a week", "of what is offered, in whole visits and with what may overrun the closing"},
       {"share", "share of 1", "wanted, of what fits; empty: nothing fits"},
       {"error", "share of 1", "standard error of the share; empty: it is exact"},
       {"months_over", "months", "in which more is wanted than fits"},
       {"verdict", "",
        "keeps_up; catches_up: over in some months, not over the last twelve; grows: over these; unsure: within twice "
        "the error"},
       {"grows_from", "", "the month from which the list is never worked off"},
       {"let_through", "share of 1", "of what is wanted in that month, by lists that come before it"},
       {"behind", "", "the fullest of those"}},
      given(std::move(rows))};
}

Table people_table(std::vector<PeopleLoad> const& loads) {
  std::vector<Row> rows;
  rows.reserve(loads.size());
  for (auto const& l : loads)
    rows.push_back({l.provider, l.role, l.wanted, l.there, finite(l.share), l.at_once, l.at_work,
                    l.at_once > 0 ? Cell(l.when) : Cell()});
  return {"people",
          "People whom sessions want, against people there, the fullest role first",
          {{"provider", "", ""},
           {"role", "", ""},
           {"wanted", "people times sessions a week", "by the timetable, bank holidays not looked at"},
           {"there", "people times sessions a week", "less vacancies, leave and sickness"},
           {"share", "share of 1", "wanted, of those there; empty: nobody is there"},
           {"at_once", "people", "wanted at the busiest moment of a week in which all sessions are held"},
           {"at_work", "people", "on a day, on average"},
           {"when", "", "the first such moment"}},
          given(std::move(rows))};
}

Table evidence_table(EvidenceCounts const& counts) {
  std::vector<Row> rows;
  auto const words = words_of<scenario::Mark>();
  for (std::size_t i = 0; i < counts.by_mark.size(); ++i)
    rows.push_back({std::string(words[i]), count(counts.by_mark[i])});
  return {"evidence",
          "How well the figures of the scenario are founded",
          {{"mark", "", "none: without one"}, {"objects", "objects", "that carry it"}},
          given(std::move(rows))};
}

Table leanings_table(std::vector<Leaning> const& leanings) {
  std::vector<Row> rows;
  rows.reserve(leanings.size());
  for (auto const& l : leanings)
    rows.push_back({std::string(word_of(l.kind)), l.standard, l.name, l.provider, l.weight,
                    std::string(l.unmarked ? "none" : "assumed")});
  return {"leanings",
          "Numbers that nobody has measured and that the results lean on, by kind, the heaviest first",
          {{"kind", "", "time and way (of a step), capacity (of a resource), attribute"},
           {"standard", "", "of a time"},
           {"name", "", "pathway/step, resource or attribute"},
           {"provider", "", "of a capacity"},
           {"weight", "",
            "of a time its share of all days of the clock; of a way patients a week who go another than most; "
            "of a capacity wanted, of offered; of an attribute the standards cut by it"},
           {"mark", "", "none or assumed"}},
          given(std::move(rows))};
}

}  // namespace

std::vector<Table> summary_tables(Summary const& summary) {
  return {pathways_table(summary.pathways), times_table(summary),
          loads_table(summary.loads),       people_table(summary.people),
          evidence_table(summary.evidence), leanings_table(summary.leanings)};
}

}  // namespace cwtsim::study
