#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "cwtsim/study/arm.hpp"

namespace cwtsim::study {
namespace {

constexpr std::size_t few_names = 6;

std::string does_of(io::Lever const& lever) {
  switch (lever.op) {
    case io::Lever::Op::set:
      return fmt::format("set {} to {}", lever.pointer, lever.value.size() <= 60 ? lever.value : "a new value");
    case io::Lever::Op::scale:
      return fmt::format("scale {} by {}", lever.pointer, lever.value);
    case io::Lever::Op::add:
      return fmt::format("add {} to {}", lever.value, lever.pointer);
  }
  return {};
}

std::string dates_of(io::Lever const& lever) {
  std::string out;
  if (lever.from) out = "from " + format_date(*lever.from);
  if (lever.until) out += (out.empty() ? "until " : " until ") + format_date(*lever.until);
  return out;
}

/// The word that reaches whatever spells its capacity in another way; nothing if the pointer is of something else.
std::string other_word(std::string const& pointer) {
  std::array<std::size_t, 6> slashes{};
  for (std::size_t i = 1; i < slashes.size(); ++i) slashes[i] = pointer.find('/', i == 1 ? 0 : slashes[i - 1] + 1);
  bool const of_resource = slashes[5] != std::string::npos && pointer.starts_with("/providers/") &&
                           pointer.substr(slashes[3], slashes[4] - slashes[3]) == "/resources";
  for (std::string_view const end : {"/slots", "/per_week", "/servers", "/cases"})
    if (of_resource && pointer.ends_with(end))
      return fmt::format("; {}/capacity reaches whatever spells it otherwise", pointer.substr(0, slashes[5]));
  return {};
}

std::string reach_of(io::Lever const& lever, io::Reach const& reach) {
  std::map<std::string, std::vector<std::string>> by_why;
  for (auto const& missed : reach.missed) by_why[missed.why].push_back(missed.name);
  auto out = fmt::format("{} of {} {}; not ", reach.of - reach.missed.size(), reach.of, reach.kind);
  bool first = true;
  for (auto const& [why, names] : by_why) {
    bool const many = names.size() > few_names;
    if (many) out += fmt::format("{}{}", first ? "" : ", ", names.size());
    for (std::size_t i = 0; i < (many ? 0 : names.size()); ++i) out += (first && i == 0 ? "" : ", ") + names[i];
    out += fmt::format(" ({})", why);
    first = false;
  }
  return out + other_word(lever.pointer);
}

}  // namespace

experiment::PulledLevers pulled_levers(std::vector<io::Pulled> const& pulled) {
  experiment::PulledLevers out;
  for (auto const& one : pulled) {
    auto const& name = one.lever.name.empty() ? one.intervention : one.lever.name;  // as scenario.json has an option
    experiment::PulledLever lever{
        one.intervention,   name,         does_of(one.lever), dates_of(one.lever), {}, one.notes, out.values.size(),
        one.changes.size(), one.is_option};
    if (one.reach) lever.reach = reach_of(one.lever, *one.reach);
    experiment::LeverValue const head{one.intervention,
                                      name,
                                      lever.does,
                                      one.lever.from ? format_date(*one.lever.from) : "",
                                      one.lever.until ? format_date(*one.lever.until) : "",
                                      {},
                                      {},
                                      {},
                                      {},
                                      {}};
    auto const add = [&](std::string pointer, std::string what, std::string before, std::string after,
                         std::string note) {
      auto& value = out.values.emplace_back(head);
      value.pointer = std::move(pointer);
      value.what = std::move(what);
      value.before = std::move(before);
      value.after = std::move(after);
      value.note = std::move(note);
    };
    for (auto const& change : one.changes) add(change.pointer, "changed", change.from, change.to, change.note);
    if (one.reach)
      for (auto const& missed : one.reach->missed) add(missed.pointer, "not reached", {}, {}, missed.why);
    out.levers.push_back(std::move(lever));
  }
  return out;
}

}  // namespace cwtsim::study
