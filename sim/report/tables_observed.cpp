#include "tables_observed.hpp"

#include <utility>

#include "shown.hpp"

namespace cwtsim::report {

using namespace experiment;

namespace {

/// The columns provider and tumour of a comparison, "all" where it does not apply. Other ways of dividing patients
/// stand there with their names ("route: screening"), so that nobody takes them for a trust or a tumour group.
std::pair<std::string, std::string> where_of(Comparison const& c) {
  std::pair<std::string, std::string> place{"all", "all"};
  auto const put = [&place](std::string const& dimension, std::string const& value) {
    if (dimension == "all") return;
    bool const is_place = dimension == "provider" || dimension == "group";
    // The two words of the published statistics: suspected type for the 28 days, tumour group for the others.
    bool const plain = dimension == "provider" || dimension == "tumour" || dimension == "suspected";
    (is_place ? place.first : place.second) = plain ? value : dimension + ": " + value;
  };
  auto const plus = c.dimension.find('+');
  if (plus == std::string::npos) {
    put(c.dimension, c.value);
  } else {
    auto const second = c.value.find('+');
    put(c.dimension.substr(0, plus), c.value.substr(0, second));
    put(c.dimension.substr(plus + 1), c.value.substr(second + 1));
  }
  return place;
}

/// A table of comparisons: of what was observed and what was simulated.
template <auto observed, auto simulated>
Table comparisons(char const* name, char const* caption, char const* unit, Estimates const& e) {
  Shown<Comparison> shown;
  shown.add("provider", "", "trust, or \"group: \" and its name, or all",
            [](auto&, auto& c) { return cell_of(where_of(c).first); });
  shown.add("tumour", "", "tumour group or suspected type, or another attribute with its name, or all",
            [](auto&, auto& c) { return cell_of(where_of(c).second); });
  shown.add("standard", "", "clock", [](auto&, auto& c) { return cell_of(c.standard); });
  shown.add("observed", unit, "published", [](auto&, auto& c) { return cell_of(c.*observed); });
  shown.add("simulated", unit, "in these months", [](auto&, auto& c) { return cell_of(c.*simulated); });
  shown.add_interval(
      "ci", unit, "simulated", [](auto& c) -> auto& { return c.*simulated; });
  shown.add_advised([](auto& c) -> auto& { return c.*simulated; });
  shown.add("difference", unit, "simulated less observed",
            [](auto&, auto& c) { return c.*simulated ? cell_of((c.*simulated)->value - *(c.*observed)) : Cell(); });
  shown.add("observed_months", "", "of which the published figure is",
            [](auto&, auto& c) { return cell_of(c.observed_months); });
  shown.add("simulated_months", "",
            "that stand beside: the same where they were measured, else all that were, patients in "
            "proportion to the days",
            [](auto&, auto& c) { return cell_of(c.simulated_months); });
  return table_of(name, caption, e, shown, those_of(e.comparisons, [](auto& c) { return (c.*observed).has_value(); }));
}

}  // namespace

Table validation(Estimates const& e) {
  return comparisons<&Comparison::observed_attainment, &Comparison::attainment>(
      "validation", "Observed beside simulated: how often the standards are met", "share", e);
}

Table volumes(Estimates const& e) {
  return comparisons<&Comparison::observed_patients, &Comparison::patients>(
      "volumes", "Observed beside simulated: patients counted", "patients", e);
}

}  // namespace cwtsim::report
