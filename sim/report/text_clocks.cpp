#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "cwtsim/files/table.hpp"
#include "layout.hpp"
#include "text_sections.hpp"

namespace cwtsim::report {
namespace {

using experiment::ClockDays;
using experiment::Estimates;

constexpr std::size_t most_rows = 6, most_rows_of_branches = 4;

/// Days a patient, of all and of those who breach.
struct Days {
  double all = 0, breached = 0;
};
using ByName = std::vector<std::pair<std::string, Days>>;

/// What an account means at a step; all that is waiting there together.
std::string words_of(ClockDays const& row) {
  static std::map<std::string, std::string> const before_step{
      {"waiting", "waiting for "},
      {"closed", "waiting for "},
      {"notice", "waiting for "},
      {"outside", "waiting for "},
      {"service", "in "},
      {"delay", "delay "},
      {"interrupted", "interrupted in "},
      {"held", "held after "},
      {"between", "between repeats of "},
      {"rebooking", "missed and rebooked: "},
      {"travelling", "on the way to another provider: "},
      {"gathering", "gathering for "},
      {"branched", "while branches are under way: "},
      {"joining", "waiting for the other branches: "},
      {"paused", "paused in "},
  };
  auto const words = before_step.find(row.account);
  return words == before_step.end() ? row.meaning : words->second + printable(row.step);
}

/// All steps together.
constexpr std::array kinds = {"waiting on lists or outside them", "delays",       "service",
                              "with branches under way",          "other things", "by counting whole dates"};
constexpr std::size_t whole_dates = kinds.size() - 1;

std::size_t kind_of(ClockDays const& row) {
  for (auto const* account : {"waiting", "closed", "notice", "outside"})
    if (row.account == account) return 0;
  if (row.account == "dates") return whole_dates;
  return row.account == "delay" ? 1 : row.account == "service" ? 2 : row.account == "branched" ? 3 : 4;
}

/// What one standard's days go on.
struct Spent {
  ByName on_clock, of_branches, paused;
  Days counted;
  std::array<Days, kinds.size()> by_kind{};
  double followed = 0, followed_breaches = 0;
};

void add(ByName& to, std::string const& name, bool breached, double days) {
  auto at = std::find_if(to.begin(), to.end(), [&](auto const& item) { return item.first == name; });
  if (at == to.end()) at = to.insert(to.end(), {name, {}});
  (breached ? at->second.breached : at->second.all) += days;
}

Spent spent_on(Estimates const& e, std::size_t standard) {
  Spent spent;
  for (auto const& row : e.clock_days) {
    if (row.standard != standard) continue;
    bool const breached = row.who == "breached", paused = row.account == "paused";
    (breached ? spent.followed_breaches : spent.followed) = row.followed;
    bool const of_patients = row.whose == "patients";
    if (of_patients && !paused)
      for (auto* days : {&spent.counted, &spent.by_kind[kind_of(row)]})
        (breached ? days->breached : days->all) += row.days;
    add(!of_patients ? spent.of_branches : paused ? spent.paused : spent.on_clock, words_of(row), breached, row.days);
  }
  auto const most_first = [&spent](ByName& list) {
    std::stable_sort(list.begin(), list.end(), [&spent](auto const& a, auto const& b) {
      return spent.followed_breaches > 0 ? a.second.breached > b.second.breached : a.second.all > b.second.all;
    });
  };
  for (auto* list : {&spent.on_clock, &spent.of_branches, &spent.paused}) most_first(*list);
  return spent;
}

/// Days; of a little below nothing, which `dates` may be, nothing.
std::string some(double days) {
  return std::abs(days) < 0.005 ? "0" : a_few(days);
}

/// The first few, and all the rest as one.
void add_rows(Columns& columns, ByName const& list, std::size_t most, std::string const& prefix, Spent const& spent,
              bool is_counted = true) {
  bool const any_breach = spent.followed_breaches > 0;
  auto const row = [&](std::string const& name, Days const& days) {
    auto const share = [is_counted](double part, double whole) {
      return whole <= 0 || !is_counted ? "-" : some(part) == "0" ? percent(0) : percent(part / whole);
    };
    columns.rows.push_back({prefix + name, some(days.all), share(days.all, spent.counted.all)});
    if (!any_breach) return;
    columns.rows.back().push_back(some(days.breached));
    columns.rows.back().push_back(share(days.breached, spent.counted.breached));
  };
  Days rest;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (i < most || list.size() == most + 1) {
      row(list[i].first, list[i].second);
    } else {
      rest.all += list[i].second.all;
      rest.breached += list[i].second.breached;
    }
  }
  if (list.size() > most + 1) row(fmt::format("{} more", list.size() - most), rest);
}

std::string sentence(Estimates const& e, std::size_t standard, Spent const& spent) {
  auto const& of = e.standards[standard];
  auto text = fmt::format("{} ({} days): ", printable(of.label), of.limit_days);
  for (auto const& a : e.attainments) {
    auto const& stratum = e.strata[a.stratum];
    if (stratum.standard != standard || stratum.dimension != "all" || a.span != experiment::Span::all || !a.attainment)
      continue;
    constexpr double about_a_year = 360;
    text += fmt::format("{} clocks stop a year{}, and {} of them breach. ", grouped(a.patients_a_year),
                        e.measured_days < about_a_year ? " at this rate" : "", grouped(a.breaches_a_year));
  }
  text += fmt::format("A clock counts {} days on average", a_few(spent.counted.all));
  bool const any_breach = spent.followed_breaches > 0;
  if (any_breach) text += fmt::format(", one that breaches {}", a_few(spent.counted.breached));
  std::string parts;
  for (std::size_t k = 0; k < kinds.size(); ++k) {
    double const days = any_breach ? spent.by_kind[k].breached : spent.by_kind[k].all;
    if (std::abs(days) >= (k == whole_dates ? 0.05 : 0.005))
      parts += fmt::format("{} {} {}", parts.empty() ? ":" : ",", some(days), kinds[k]);
  }
  return text + parts + ".";
}

}  // namespace

void append_clock_days(std::string& out, Estimates const& e, Colour colour) {
  if (e.clock_days.empty()) return;
  append_heading(out, "Where the days go from the start of a clock to its stop", colour);
  if (e.followed_one_in > 1)
    append_wrapped(out, fmt::format("Of one patient in {}, who is followed.", e.followed_one_in), 2);
  for (std::size_t s = 0; s < e.standards.size(); ++s) {
    auto const spent = spent_on(e, s);
    if (spent.followed == 0) continue;
    append_wrapped(out, sentence(e, s, spent), 2);
    Columns columns{{"what the time goes on", "days a patient", "%"}, 1, {}};
    if (spent.followed_breaches > 0) columns.headers.insert(columns.headers.end(), {"of those who breach", "%"});
    add_rows(columns, spent.on_clock, most_rows, "", spent);
    add_rows(columns, spent.of_branches, most_rows_of_branches, "of branches: ", spent);
    add_rows(columns, spent.paused, 1, "not counted: ", spent, false);
    append_columns(out, columns, colour);
    out += '\n';
  }
  out.pop_back();
}

}  // namespace cwtsim::report
