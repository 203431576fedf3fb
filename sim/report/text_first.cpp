#include <fmt/format.h>

#include <algorithm>

#include "cwtsim/files/table.hpp"
#include "layout.hpp"
#include "text_sections.hpp"

namespace cwtsim::report {
namespace {

using experiment::Estimates;

constexpr std::size_t most_lines = 12;

std::string place(Estimates const& e, std::string const& what, std::string const& provider) {
  return fmt::format("{} at {}", printable(what), name_for_people(e, "provider", provider));
}

void append_lines(std::string& out, std::vector<std::pair<double, std::string>> lines, std::string_view of_the_others) {
  std::stable_sort(lines.begin(), lines.end(), [](auto const& a, auto const& b) { return a.first > b.first; });
  for (std::size_t i = 0; i < std::min(lines.size(), most_lines); ++i) append_wrapped(out, lines[i].second, 2);
  if (lines.size() > most_lines) out += fmt::format("  and {} {}\n", lines.size() - most_lines, of_the_others);
}

}  // namespace

void append_first(std::string& out, Estimates const& e, Colour colour) {
  std::vector<std::pair<double, std::string>> unserved, grew;
  for (auto const& s : e.never_served) {
    auto text =
        fmt::format("Nobody was served at {}; {} wait at the end", place(e, s.step, s.provider), a_few(s.waiting));
    if (s.gave_up > 0) text += fmt::format(", and {} gave up", a_few(s.gave_up));
    unserved.emplace_back(s.waiting + s.gave_up, text + ".");
  }
  for (auto const& r : e.resources)
    if (!r.grew_all_through.empty() && r.waiting_at_start && r.waiting_at_end)
      grew.emplace_back(r.waiting_at_end->value - *r.waiting_at_start,
                        fmt::format("The list of {} grew all through, from {} to {}.", place(e, r.name, r.provider),
                                    a_few(*r.waiting_at_start), a_few(r.waiting_at_end->value)));
  if (unserved.empty() && grew.empty()) return;
  append_heading(out, "What to look at first", colour);
  append_lines(out, std::move(unserved), "steps more at which nobody was served");
  append_lines(out, std::move(grew), "lists more that grew all through");
}

}  // namespace cwtsim::report
