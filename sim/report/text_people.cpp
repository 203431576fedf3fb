#include <fmt/format.h>

#include <algorithm>

#include "cwtsim/files/table.hpp"
#include "layout.hpp"
#include "text_sections.hpp"

namespace cwtsim::report {

using experiment::Estimates;

namespace {

// What most of those who were missing were.
std::string why_lacking(experiment::StaffUse const& s) {
  if (s.absent_per_week >= s.used_up_per_week && s.absent_per_week >= s.elsewhere_per_week) return "absent";
  return s.used_up_per_week >= s.elsewhere_per_week ? "used up" : "elsewhere";
}

}  // namespace

// Where sessions were cancelled for want of people, and for want of whom.
void append_staff(std::string& out, Estimates const& e, Colour colour) {
  constexpr std::size_t most_rows = 8;
  std::vector<experiment::StaffUse const*> short_of;
  for (auto const& s : e.staff)
    if (s.lacking_per_week && s.lacking_per_week->value > 0) short_of.push_back(&s);
  if (short_of.empty()) return;
  std::stable_sort(short_of.begin(), short_of.end(), [](auto const* a, auto const* b) {
    return a->lacking_per_week->value > b->lacking_per_week->value;
  });
  append_heading(out, "Staff whom sessions lacked", colour);
  Columns columns{{"role", "at", "in post", "in training", "wanted a week", "stood in", "lacking", "mostly"}, 2, {}};
  for (auto const* s : short_of) {
    if (columns.rows.size() == most_rows) break;
    columns.rows.push_back({printable(s->role), name_for_people(e, "provider", s->provider),
                            s->in_post ? a_few(s->in_post->value) : "-", a_few(s->in_training),
                            a_few(s->wanted_per_week), a_few(s->stood_in_per_week), a_few(s->lacking_per_week->value),
                            why_lacking(*s)});
  }
  append_columns(out, columns, colour);
  if (short_of.size() > columns.rows.size())
    out += fmt::format("  and {} roles more that sessions lacked less\n", short_of.size() - columns.rows.size());
  append_wrapped(out,
                 "Absent: not at work that day. Used up: at work, with no session of their week left. Elsewhere: in "
                 "another session at that hour.",
                 2);
}

// One line a rule.
void append_rules(std::string& out, Estimates const& e, Colour colour) {
  if (e.rules.empty()) return;
  append_heading(out, "What the rules did", colour);
  for (std::size_t i = 0; i < e.rules.size();) {
    auto const& rule = e.rules[i];
    double moved = 0, begun = 0, in_force = 0, places = 0;
    for (; i < e.rules.size() && e.rules[i].rule == rule.rule; ++i, ++places) {
      begun += e.rules[i].begun;
      if (e.rules[i].moved_from) moved += e.rules[i].moved_from->value;
      if (e.rules[i].share_in_force) in_force += e.rules[i].share_in_force->value;
    }
    auto const what = rule.kind == "move"
                          ? fmt::format("{} patients moved a replication", a_few(moved))
                          : fmt::format("begun {} times a replication, in force {}% of the time at a provider",
                                        a_few(begun), percent(in_force / places));
    append_wrapped(out, fmt::format("{} ({}): {}.", printable(rule.rule), printable(rule.resource), what), 2);
  }
}

}  // namespace cwtsim::report
