#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>

#include "cwtsim/files/table.hpp"
#include "layout.hpp"

namespace cwtsim::report {
namespace {

using experiment::LeverValue;
using experiment::PulledLever;
using experiment::PulledLevers;

constexpr std::size_t few_levers = 6, few_values = 3, few_files = 6;

std::optional<double> number_in(std::string const& text) {
  double x = 0;
  auto const* const end = text.data() + text.size();
  auto const [stopped, error] = std::from_chars(text.data(), end, x);
  return error == std::errc{} && stopped == end ? std::optional(x) : std::nullopt;
}

/// "5 to 12"; nothing if one of them is no number.
std::string range_of(std::vector<LeverValue> const& values, PulledLever const& lever, std::string LeverValue::*which) {
  double least = std::numeric_limits<double>::infinity(), most = -least;
  for (std::size_t i = lever.first; i < lever.first + lever.changed; ++i) {
    auto const x = number_in(values[i].*which);
    if (!x) return {};
    least = std::min(least, *x);
    most = std::max(most, *x);
  }
  return least == most ? format_number(least) : format_number(least) + " to " + format_number(most);
}

/// The end of a pointer that tells values apart: what stands under `providers` or another list, without the lists.
std::string short_pointer(std::string const& pointer) {
  auto const slash = pointer.find('/', 1);
  auto const first = pointer.substr(0, slash);
  std::string out = slash == std::string::npos || first == "/horizon" ? pointer.substr(1) : pointer.substr(slash + 1);
  for (std::string_view const list : {"/resources/", "/sessions/", "/hours/", "/meets/", "/steps/", "/staff/"})
    if (auto const at = out.find(list); at != std::string::npos) out.replace(at, list.size(), "/");
  return out;
}

std::string change_of(LeverValue const& value) {
  auto const before = value.before.empty() ? "nothing" : value.before,
             after = value.after.empty() ? "nothing" : value.after;
  return fmt::format("{} {} -> {}", printable(short_pointer(value.pointer)), printable(before), printable(after));
}

std::string title_of(PulledLever const& lever) {
  auto const title = printable(lever.intervention) + (lever.is_option ? "" : ": " + printable(lever.lever));
  auto out = lever.is_option ? title : title + ": " + printable(lever.does);
  return lever.dates.empty() ? out : out + ", " + lever.dates;
}

/// "3 values, 5 to 12 -> 0: a/ct/per_week 5 -> 0, ... and 1 more".
std::string values_of(PulledLevers const& pulled, PulledLever const& lever, bool everything) {
  if (lever.changed == 0) return "nothing is changed";
  auto const told = everything ? lever.changed : std::min(lever.changed, few_values);
  std::string out;
  if (lever.changed > told) {
    out = fmt::format("{} values", lever.changed);
    auto const before = range_of(pulled.values, lever, &LeverValue::before);
    auto const after = range_of(pulled.values, lever, &LeverValue::after);
    if (!before.empty() && !after.empty()) out += fmt::format(" ({} -> {})", before, after);
    out += ": ";
  }
  for (std::size_t i = 0; i < told; ++i) {
    auto const& value = pulled.values[lever.first + i];
    out += (i == 0 ? "" : ", ") + change_of(value);
    if (everything && !value.note.empty()) out += fmt::format(" ({})", printable(value.note));
  }
  return lever.changed > told ? out + fmt::format(" and {} more", lever.changed - told) : out;
}

void append_lever(std::string& out, PulledLevers const& pulled, PulledLever const& lever, bool everything) {
  append_wrapped(out, title_of(lever), 2);
  append_wrapped(out, values_of(pulled, lever, everything), 4);
  if (!lever.reach.empty()) append_wrapped(out, "changed " + printable(lever.reach), 4);
  for (auto const& note : lever.notes) append_wrapped(out, printable(note), 4);
}

using Levers = std::vector<PulledLever>::const_iterator;

/// A line for the levers of a file, and what they did not reach.
void append_file(std::string& out, Levers first, Levers last, std::size_t values) {
  append_wrapped(out,
                 fmt::format("{}: {} lever{}, {} value{} changed", printable(first->intervention), last - first,
                             last - first == 1 ? "" : "s", values, values == 1 ? "" : "s"),
                 2);
  std::size_t untold = 0, told = 0;
  for (auto l = first; l != last; ++l) {
    if (l->reach.empty()) continue;
    if (told++ < few_values)
      append_wrapped(out, fmt::format("{}: changed {}", printable(l->lever), printable(l->reach)), 4);
    else
      ++untold;
  }
  if (untold > 0) append_wrapped(out, fmt::format("{} more did not reach all of their kind", untold), 4);
}

/// Of many files the first few, and those that did not reach all of their kind.
void append_files(std::string& out, PulledLevers const& pulled) {
  std::size_t told = 0, files = 0, levers = 0, values = 0;
  for (auto first = pulled.levers.begin(); first != pulled.levers.end();) {
    auto const last = std::find_if(first, pulled.levers.end(),
                                   [first](PulledLever const& l) { return l.intervention != first->intervention; });
    std::size_t changed = 0;
    for (auto l = first; l != last; ++l) changed += l->changed;
    bool const missed = std::any_of(first, last, [](PulledLever const& l) { return !l.reach.empty(); });
    if (missed || told < few_files) {
      append_file(out, first, last, changed);
      ++told;
    } else {
      ++files;
      levers += static_cast<std::size_t>(last - first);
      values += changed;
    }
    first = last;
  }
  if (files > 0)
    append_wrapped(out, fmt::format("and {} more, with {} levers: {} values changed", files, levers, values), 2);
}

}  // namespace

std::string levers_text(PulledLevers const& pulled, bool everything) {
  if (pulled.levers.empty()) return {};
  bool const brief = !everything && pulled.levers.size() > few_levers;
  std::string out = everything ? "\nWhat the levers changed\n"
                               : "\nWhat the levers changed (all of it: check --all, and levers.csv of a run)\n";
  if (brief)
    append_files(out, pulled);
  else
    for (auto const& lever : pulled.levers) append_lever(out, pulled, lever, everything);
  return out;
}

}  // namespace cwtsim::report
