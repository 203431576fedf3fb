#include "year_words.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "layout.hpp"

namespace cwtsim::report {
namespace {

/// Where nothing varies it is the value alone.
std::pair<double, double> ends_of(Estimate const& e) {
  return {e.low.value_or(e.value), e.high.value_or(e.value)};
}

bool are_apart(Estimate const& a, Estimate const& b) {
  auto const one = ends_of(a), other = ends_of(b);
  return one.second < other.first || other.second < one.first;
}

/// Years next to one another with the same outcome.
struct Stretch {
  std::size_t first = 0, last = 0;
};

std::string when_of(Stretch const& s, std::vector<YearFigure> const& years) {
  bool const from_start = s.first == 0, to_end = s.last + 1 == years.size();
  auto const name = [&years](std::size_t i) { return printable(years[i].when); };
  if (from_start && to_end) return years.size() > 1 ? "in each year" : "in " + name(0);
  if (s.first == s.last) return "in " + name(s.first);
  if (from_start) return "until " + name(s.last);
  if (to_end) return "from " + name(s.first) + " on";
  return "from " + name(s.first) + " until " + name(s.last);
}

std::string outcome_of(Estimate const& met) {
  if (met.value == 1) return "met in every replication";
  if (met.value == 0) return "missed in every replication";
  return fmt::format("met in {}% of replications", percent(met.value));
}

}  // namespace

bool are_alike(std::vector<YearFigure> const& years, std::uint64_t replications) {
  if (years.size() < 2) return true;
  if (replications < least_to_pool) return false;
  for (std::size_t i = 0; i < years.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) {
      if (years[i].target != years[j].target) return false;
      if (years[i].value && years[j].value && are_apart(*years[i].value, *years[j].value)) return false;
    }
  return true;
}

std::string met_in_words(std::vector<YearFigure> const& years) {
  std::vector<Stretch> stretches;
  auto const same = [](std::optional<Estimate> const& a, std::optional<Estimate> const& b) {
    return a.has_value() == b.has_value() && (!a || (a->value == b->value && a->low == b->low));
  };
  for (std::size_t i = 0; i < years.size(); ++i)
    if (i > 0 && same(years[i].probability_met, years[i - 1].probability_met))
      stretches.back().last = i;
    else
      stretches.push_back({i, i});
  std::string words;
  for (auto const& s : stretches) {
    auto const& met = years[s.first].probability_met;
    if (!met) continue;
    words += words.empty() ? "" : ", ";
    words +=
        fmt::format("{} {} ({}{} to {}%)", outcome_of(*met), when_of(s, years), words.empty() ? "95% interval " : "",
                    percent(ends_of(*met).first), percent(ends_of(*met).second));
  }
  return words;
}

std::string targets_in_words(std::vector<TargetUntil> const& runs) {
  std::string words;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (i > 0 && runs[i].target == runs[i - 1].target) continue;
    auto last = i;
    while (last + 1 < runs.size() && runs[last + 1].target == runs[i].target) ++last;
    auto const target = runs[i].target ? format_number(100 * *runs[i].target) + "%" : std::string("none");
    bool const whole = i == 0 && last + 1 == runs.size();
    if (whole) return runs[i].target ? target : "";
    words += words.empty() ? "" : ", ";
    words += target + (last + 1 == runs.size() ? " then" : " until " + printable(runs[last].when));
  }
  return words;
}

}  // namespace cwtsim::report
