#include <fmt/format.h>

#include <algorithm>

#include "cwtsim/files/table.hpp"
#include "layout.hpp"
#include "text_sections.hpp"

namespace cwtsim::report {
namespace {

using experiment::Leaning;

constexpr std::size_t few_leanings = 5;

std::string heading_of(Leaning const& leaning) {
  switch (leaning.kind) {
    case Leaning::Kind::time:
      return "times, of the days of " + printable(leaning.standard) + " but those of waiting for capacity";
    case Leaning::Kind::way:
      return "shares, patients a week who go another way than most";
    case Leaning::Kind::capacity:
      return "capacities, wanted of offered in the worst month";
    case Leaning::Kind::attribute:
      return "who the patients are, standards cut by it";
  }
  return {};
}

std::string words_of(Leaning const& leaning) {
  auto words = printable(leaning.name);
  switch (leaning.kind) {
    case Leaning::Kind::time:
      words += fmt::format(" {:.1f}%", 100 * leaning.weight);
      break;
    case Leaning::Kind::capacity:
      words += fmt::format(" at {} {:.0f}%", printable(leaning.provider), 100 * leaning.weight);
      break;
    case Leaning::Kind::way:
    case Leaning::Kind::attribute:
      words += fmt::format(" {:.0f}", leaning.weight);
      break;
  }
  return words + (leaning.unmarked ? " (unmarked)" : "");
}

std::string evidence_of(experiment::Foundations const& f) {
  std::string text;
  for (auto const& [words, objects] : f.evidence)
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", objects, words);
  return "Evidence: " + text;
}

}  // namespace

// The heaviest first, on one line each kind and standard.
std::string foundations_text(experiment::Foundations const& f, Amount amount) {
  std::string out = '\n' + evidence_of(f) + '\n';
  auto const& leanings = f.leanings;
  if (!leanings.empty()) out += "\nAssumed numbers that the results lean on most\n";
  for (auto first = leanings.begin(); first != leanings.end();) {
    auto const last = std::find_if(first, leanings.end(), [&first](Leaning const& l) {
      return l.kind != first->kind || l.standard != first->standard;
    });
    auto const there = static_cast<std::size_t>(last - first);
    auto const told = amount == Amount::all ? there : std::min(few_leanings, there);
    auto line = fmt::format("{}: ", heading_of(*first));
    for (std::size_t i = 0; i < told; ++i)
      line += (i == 0 ? "" : ", ") + words_of(first[static_cast<std::ptrdiff_t>(i)]);
    if (told < there) line += fmt::format(" and {} more", there - told);
    append_wrapped(out, line, 2);
    first = last;
  }
  return out;
}

std::string ceiling_words(experiment::Ceiling const& ceiling) {
  if (!ceiling.share) return {};
  return fmt::format("{}% within {} days", percent(*ceiling.share), ceiling.limit_days);
}

}  // namespace cwtsim::report
