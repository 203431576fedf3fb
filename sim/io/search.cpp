#include "search.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

namespace cwtsim::io {
namespace {

/// What the things are called that stand under a key.
std::string plural_of(std::string const& key) {
  constexpr std::array<std::array<std::string_view, 2>, 6> others{{{"demand", "streams"},
                                                                   {"waiting", "waiting lists"},
                                                                   {"staff", "roles"},
                                                                   {"hours", "opening hours"},
                                                                   {"meets", "meetings"},
                                                                   {"gives_up", "ways of giving up"}}};
  for (auto const& [name, words] : others)
    if (key == name) return std::string(words);
  return key.ends_with("s") && !key.ends_with("ss") ? key : fmt::format("places under \"{}\"", key);
}

/// Why a value has nothing of that name: how much of it there is may be said in another way.
std::string why_not(Value const& at, Value const* resource, std::string const& token) {
  constexpr std::array<std::string_view, 6> capacities{"per_week", "sessions", "servers", "hours", "meets", "at"};
  auto const of_capacity = [](std::string_view key) {
    return key == "per_week" || key == "slots" || key == "servers" || key == "cases" || key == "sessions" ||
           key == "hours" || key == "meets";
  };
  if (resource != nullptr && of_capacity(token))
    for (auto const key : capacities)
      if (key != token && resource->find(key) != nullptr && (key != "sessions" || token != "slots"))
        return fmt::format("it has \"{}\"", key);
  return at.is(ValueKind::object) || at.is(ValueKind::list) ? fmt::format("no \"{}\"", token)
                                                            : "it is " + shown(at) + " there";
}

}  // namespace

std::string Match::pointer() const {
  std::string out;
  for (auto const& step : way) out += "/" + escape_pointer(step);
  return out;
}

Value* child(Value& v, std::string const& token) {
  if (v.is(ValueKind::object)) return v.find(token);
  if (!v.is(ValueKind::list)) return nullptr;
  std::size_t i = 0;
  auto const parsed = std::from_chars(token.data(), token.data() + token.size(), i);
  bool const number = parsed.ec == std::errc{} && parsed.ptr == token.data() + token.size();
  return number && i < v.items.size() ? &v.items[i] : nullptr;
}

Search::Search(std::vector<std::string> tokens, bool may_create)
    : tokens_(std::move(tokens)),
      may_create_(may_create),
      wildcard_(std::find(tokens_.begin(), tokens_.end(), "*") != tokens_.end()) {}

void Search::descend(Value& at) {
  auto const depth = way_.size();
  bool const of_provider = depth == 4 && way_[0] == "providers" && way_[2] == "resources";
  if (of_provider) resource_ = &at;
  // a resource that is at another provider has nothing of its own that a lever for many could change
  if (wildcard_ && of_provider && at.find("at") != nullptr && tokens_[depth] != "at") {
    elsewhere_ = true;
    return;
  }
  if (tokens_[depth] == "*")
    each(at);
  else
    follow(at, tokens_[depth]);
  if (of_provider) resource_ = nullptr;
}

void Search::each(Value& at) {
  auto const depth = way_.size();
  std::size_t counted = 0;
  auto const one = [&](std::string const& token) {
    auto const before = matches.size();
    elsewhere_ = false;
    why_.clear();
    follow(at, token);
    bool const reached = matches.size() > before;
    if (!reached && (elsewhere_ || token == "by")) return;  // which heads a table, and is none of its rows
    candidates_.push_back({depth, way_, reached ? "" : why_.empty() ? "nothing is there" : why_});
    candidates_.back().way.push_back(token);
    ++counted;
  };
  if (at.is(ValueKind::object)) {
    for (auto& m : at.members)
      if (!is_comment(m.key)) one(m.key);
  } else {
    for (std::size_t i = 0; i < at.items.size(); ++i) one(std::to_string(i));
  }
  elsewhere_ = counted == 0;
  if (at.members.empty() && at.items.empty()) fail(at);
}

void Search::follow(Value& at, std::string const& token) {
  bool const last = way_.size() + 1 == tokens_.size();
  auto* next = child(at, token);
  if (next == nullptr && !(last && may_create_ && at.is(ValueKind::object))) return fail(at);
  way_.push_back(token);
  if (last)
    matches.push_back({&at, token, way_});
  else
    descend(*next);
  way_.pop_back();
}

void Search::fail(Value const& at) {
  auto const depth = way_.size();
  why_ = why_not(at, resource_, tokens_[depth]);
  if (failure.seen && depth < failure.depth) return;
  if (!failure.seen || depth > failure.depth) failure = {depth, tokens_[depth], {}, true}, names_.clear();
  for (auto const& m : at.members) {
    if (names_.size() >= 1000) return;
    if (names_.insert(m.key).second) failure.names.push_back(m.key);
  }
}

// The names that a `*` stood for, but for those of which there was one alone.
std::string Search::name_of(std::vector<std::string> const& way) const {
  std::string name;
  auto const depth = way.size() - 1;
  for (std::size_t i = 0; i <= depth; ++i) {
    if (tokens_[i] != "*") continue;
    bool const alone =
        std::ranges::all_of(candidates_, [&](Candidate const& c) { return c.depth != i || c.way.back() == way[i]; });
    if (!alone || i == depth) name += (name.empty() ? "" : "/") + way[i];
  }
  return name.empty() ? way.back() : name;
}

std::optional<Reach> Search::reach() const {
  // of each parent whether some were reached, and some not
  std::map<std::vector<std::string>, std::pair<bool, bool>> mixed;
  for (auto const& c : candidates_) {
    auto& [some, not_all] = mixed[{c.way.begin(), c.way.end() - 1}];
    (c.why.empty() ? some : not_all) = true;
  }
  std::optional<std::size_t> deepest;
  for (auto const& [parent, how] : mixed)
    if (how.first && how.second) deepest = std::max(deepest.value_or(0), parent.size());
  if (!deepest) return std::nullopt;
  Reach reach;
  reach.kind = plural_of(*deepest == 0 ? "" : tokens_[*deepest - 1]);
  for (auto const& c : candidates_) {
    if (c.depth != *deepest) continue;
    ++reach.of;
    if (!c.why.empty()) reach.missed.push_back({Match{nullptr, {}, c.way}.pointer(), name_of(c.way), c.why});
  }
  return reach;
}

}  // namespace cwtsim::io
