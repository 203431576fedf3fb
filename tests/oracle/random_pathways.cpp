// Pathways: chains of steps that lead forward, with loops back from steps that take time, and branches.

#include <algorithm>

#include "world.hpp"

namespace cwtsim::oracle {

struct World::Chain {
  std::size_t pathway;
  std::string prefix;
  int length;
  std::string exit;  ///< where it leads in the end
  int depth;         ///< 0: the pathway itself; else within branches
};

std::string World::shares(std::vector<std::string> const& names) {
  if (names.size() == 1 && c.percent(80)) return quote(names[0]);
  std::vector<int> eighths(names.size(), 0);
  eighths[0] = 1 + c.below(4);
  for (int left = 8 - eighths[0]; left > 0; --left)
    ++eighths[static_cast<std::size_t>(c.below(static_cast<int>(names.size())))];
  std::vector<std::string> members;
  for (std::size_t i = 0; i < names.size(); ++i)
    members.push_back(member(names[i], std::to_string(eighths[i] * 0.125)));
  return object(members);
}

std::string World::table(std::function<std::string()> const& value) {
  if (c.percent(72)) return value();
  std::vector<std::string> by, dimensions = attribute_names;
  dimensions.emplace_back("provider");
  dimensions.emplace_back("stream");
  for (int n = c.percent(25) ? 2 : 1; n > 0; --n) {
    auto const& name = c.one_of(dimensions);
    if (std::find(by.begin(), by.end(), name) == by.end()) by.push_back(name);
  }
  auto const rows = [&](auto const& self, std::size_t depth) -> std::string {
    if (depth == by.size() || (depth > 0 && c.percent(30))) return value();
    std::vector<std::string> levels = provider_names;
    if (by[depth] == "stream") levels = stream_names;
    for (std::size_t a = 0; a < attribute_names.size(); ++a)
      if (attribute_names[a] == by[depth]) levels = attribute_levels[a];
    std::vector<std::string> members;
    if (depth == 0) members.push_back(member("by", list(by)));
    bool const rest = c.percent(60);
    for (auto const& level : levels)
      if (!rest || c.percent(50)) members.push_back(member(level, self(self, depth + 1)));
    if (rest) members.push_back(member("otherwise", self(self, depth + 1)));
    return object(members);
  };
  return rows(rows, 0);
}

/// One or two factors by name; on the ways out of a loop none of 0.
std::string World::factors(bool of_a_loop) {
  std::vector<std::string> members;
  for (int n = c.between(1, 2); n > 0; --n)
    members.push_back(member("why" + std::to_string(n), table([&] {
                               return number({"0.5", "2", "1.25", "1", of_a_loop ? "0.1" : "0", "10"});
                             })));
  return object(members);
}

std::string World::odds(std::vector<std::string> const& outcomes, bool of_a_loop) {
  std::vector<std::string> members;
  for (auto const& outcome : outcomes)
    if (members.empty() || c.percent(40)) members.push_back(member(outcome, factors(of_a_loop)));
  return object(members);
}

/// In a loop at least half a tick.
std::string World::short_time(bool of_a_loop) {
  if (c.percent(55))
    return quote(c.text_of({"30 min", "1 hour", "2 hours", "60 min", of_a_loop ? "45 min" : "0.25 hours",
                            of_a_loop ? "1.5 hours" : "0 s", "6 hours"}));
  return c.text_of(
      {R"({"exponential": {"mean": "90 min"}})", R"({"uniform": {"from": "0 min", "to": "4 hours"}})",
       R"({"triangular": {"least": "10 min", "mode": "30 min", "most": "3 hours"}})",
       R"({"normal": {"mean": "2 hours", "sd": "40 min"}})", R"({"lognormal": {"median": "40 min", "p90": "3 hours"}})",
       R"({"gamma": {"mean": "1 hours", "sd": "40 min"}})", R"({"erlang": {"mean": "2 hours", "phases": 3}})",
       R"({"weibull": {"median": "1 hours", "p90": "5 hours"}})",
       R"({"bands": {"0 min": 0.3, "1 hours": 0.6, "5 hours": 1}})",
       R"({"exponential": {"mean": "1 hours"}, "plus": "30 min"})"});
}

std::string World::long_time() {
  if (c.percent(50)) return quote(c.text_of({"1 day", "2 days", "0.5 days", "36 hours", "3 hours", "1440 min"}));
  return c.text_of({R"({"exponential": {"mean": "1 days"}})", R"({"uniform": {"from": "1 hours", "to": "3 days"}})",
                    R"({"lognormal": {"mean": "1 days", "sd": "1 days"}})",
                    R"({"bands": {"1 days": 0.4, "2 days": 0.7, "6 days": 1}})"});
}

/// Where one goes who leaves a step otherwise than by finishing it.
std::string World::sideways(Chain const& chain, std::vector<std::string> const& later) {
  if (c.percent(40)) return later.back();
  if (c.percent(40)) return c.one_of(later);
  return chain.depth == 0 || c.percent(50) ? "away" : chain.exit;
}

void World::milestones(std::vector<std::string>& members) {
  for (auto const* when : {"on_joining", "on_start", "on_finish"}) {
    if (!c.percent(22)) continue;
    auto const milestone = c.text_of({"seen", "told", "treated", "told", "treated", "died"});
    members.push_back(member(when, quote(milestone)));
    milestones_reached.push_back(milestone);
  }
}

std::string World::pathways() {
  std::vector<std::string> members;
  steps_of.resize(static_cast<std::size_t>(pathway_count));
  for (int p = 0; p < pathway_count; ++p) {
    std::vector<std::string> steps;
    std::string const name = "way" + std::to_string(p);
    Chain const main{static_cast<std::size_t>(p), "s", c.between(1, 6), "home", 0};
    chain(main, steps);
    bool const away =
        std::any_of(steps.begin(), steps.end(), [](auto const& s) { return s.find("\"away\"") != s.npos; });
    steps.push_back(member("home", p + 1 < pathway_count
                                       ? object({member("kind", quote("continues")),
                                                 member("pathway", quote("way" + std::to_string(p + 1)))})
                                       : object({member("kind", quote("end"))})));
    if (away)
      steps.push_back(member("away", object({member("kind", quote("end")), member("on_joining", quote("withdrew"))})));
    if (away) milestones_reached.emplace_back("withdrew");
    members.push_back(member(name, object({member("start", quote("s1")), member("steps", object(steps))})));
  }
  return object(members);
}

// Steps PREFIX1 .. PREFIXn, each of which leads to a later one, the last to the exit.
std::string World::chain(Chain const& ch, std::vector<std::string>& steps) {
  for (int i = 1; i <= ch.length; ++i) {
    std::vector<std::string> later;
    for (int k = i + 1; k <= ch.length; ++k) later.push_back(ch.prefix + std::to_string(k));
    later.push_back(ch.exit);
    std::string const back = c.percent(12) ? ch.prefix + std::to_string(c.between(1, i)) : "";
    std::string const name = ch.prefix + std::to_string(i);
    steps_of[ch.pathway].push_back(name);
    steps.push_back(member(name, step(ch, name, later, back, steps)));
  }
  return ch.prefix + "1";
}

std::string World::step(Chain const& ch, std::string const& name, std::vector<std::string> const& later,
                        std::string const& back, std::vector<std::string>& steps) {
  std::vector<std::string> members;
  std::string const at = "/pathways/way" + std::to_string(ch.pathway) + "/steps/" + name;
  milestones(members);
  int const kind = c.below(100);
  if (kind < 14 && ch.depth < 2 && later[0] != "home") {
    members.push_back(member("kind", quote("parallel")));
    std::vector<std::string> branches;
    int const count = c.between(1, 3);
    for (int b = 0; b < count; ++b) {
      Chain const branch{ch.pathway, name + std::string(1, static_cast<char>('a' + b)), c.between(1, 2), later[0],
                         ch.depth + 1};
      auto const first = chain(branch, steps);
      branches.push_back(member(first, table([&] { return number({"1", "0.5", "0.8", "0"}); })));
    }
    members.push_back(member("starts", object(branches)));
    members.push_back(member("joins_at", quote(later[0])));
    return object(members);
  }
  std::vector<std::string> next{later[0]};
  if (later.size() > 1 && c.percent(30)) next.push_back(c.one_of(later));
  bool takes_time = false;
  if (kind < 30) {
    members.push_back(member("kind", quote("delay")));
    members.push_back(member("takes", table([&] { return c.percent(50) ? long_time() : short_time(); })));
    if (c.percent(35)) members.push_back(member("counts", quote("working days")));
    if (c.percent(20)) members.push_back(member("times", factors()));
    if (c.percent(25)) members.push_back(member("gives_up", reasons(ch, later)));
    reaches.push_back({at + "/takes", {"\"5 hours\"", "\"1 days\""}});
  } else if (kind < 40) {
    members.push_back(member("kind", quote("transfer")));
    if (c.percent(50)) members.push_back(member("takes", long_time()));
    members.push_back(member("to", table([&] { return shares(provider_names); })));
  } else if (kind < 47) {
    members.push_back(member("kind", quote("gather")));
    lists.insert(at);
    members.push_back(member("together", number({"2", "5", "1", "12"})));
    if (c.percent(70)) members.push_back(member("wait_at_most", table([&] { return long_time(); })));
    if (c.percent(30)) members.push_back(member("gives_up", reasons(ch, later)));
    // many times, for few levers fall on a group that waits
    reaches.insert(reaches.end(), 8, {at + "/together", {"1", "2", "4"}});
  } else {
    takes_time = true;
    queue(ch, later, at, !back.empty(), members);
  }
  costs(at, 35, members);
  if (kind < 30 || kind >= 40) {
    if (c.percent(14)) {
      members.push_back(member("repeats", c.percent(60) ? number({"2", "3", R"({"1": 0.5, "4": 0.5})"})
                                                        : by_provider("2", R"({"1": 0.25, "3": 0.75})")));
      members.push_back(member("every", table([&] { return c.percent(50) ? short_time() : long_time(); })));
    }
    bool const may_pause = kind < 30 || kind >= 47;
    if (may_pause && standard_count > 0 && c.percent(12)) {
      members.push_back(member("pauses", quote("choice")));
      made_adjustments.emplace_back("choice");
    }
  }
  if (takes_time && !back.empty()) next.push_back(back);
  std::sort(next.begin() + 1, next.end());
  next.erase(std::unique(next.begin() + 1, next.end()), next.end());
  next.erase(std::remove(next.begin() + 1, next.end(), next[0]), next.end());
  members.push_back(member("then", table([&] { return shares(next); })));
  if (next.size() > 1 && c.percent(40)) {
    members.push_back(member("odds", odds(next, takes_time && !back.empty())));
    reaches.push_back({at + "/odds", {object({member(next[0], object({member("why1", "3")}))})}});
  }
  if (!findable.empty() && (name == "s1" || c.percent(30))) members.push_back(member("finds", quote(findable[0])));
  if (!settable.empty() && (name == "s1" || c.percent(12)))
    for (std::size_t a = 0; a < attribute_names.size(); ++a)
      if (attribute_names[a] == settable[0])
        members.push_back(
            member("sets", object({member(settable[0], table([&] { return shares(attribute_levels[a]); }))})));
  return object(members);
}

void World::queue(Chain const& ch, std::vector<std::string> const& later, std::string const& at, bool of_a_loop,
                  std::vector<std::string>& members) {
  auto const& lead = c.one_of(resources);
  std::string const count = doubles && c.percent(30) ? "2" : "1";
  std::vector<std::string> needs{member(lead.name, count)};
  for (auto const& other : resources) {
    bool const fits = lead.kind != Kind::meeting && other.kind != Kind::meeting && other.name != lead.name;
    if (fits && !(lead.kind == Kind::servers && other.kind == Kind::sessions) && c.percent(12))
      needs.insert(c.percent(50) && other.kind == Kind::servers ? needs.begin() : needs.end(),
                   member(other.name, doubles && c.percent(30) ? "2" : "1"));
  }
  lists.insert(at);
  char const* const kinds[] = {"appointment", "servers", "meeting"};
  members.push_back(member("kind", quote(kinds[static_cast<int>(lead.kind)])));
  members.push_back(member("needs", needs.size() == 1 && count == "1" ? quote(lead.name) : object(needs)));
  if (lead.kind == Kind::servers || (lead.kind == Kind::sessions && c.percent(50))) {
    members.push_back(member("takes", table([&] { return short_time(of_a_loop); })));
    if (c.percent(20)) {
      members.push_back(member("times", factors(of_a_loop)));
      reaches.push_back({at + "/times/why1", {"0.25", "1"}});
    }
    reaches.push_back({at + "/takes", {"\"3 hours\"", "\"30 min\"", R"({"exponential": {"mean": "2 hours"}})"}});
  }
  members.push_back(member("when_full", quote(sideways(ch, later))));
  queue_extras(ch, later, at, lead.kind == Kind::sessions, members);
}

std::string World::reasons(Chain const& ch, std::vector<std::string> const& later) {
  std::vector<std::string> reasons;
  for (int n = c.between(1, 2); n > 0; --n)
    reasons.push_back(
        member("reason" + std::to_string(n),
               object({member("after", table([&] { return long_time(); })), member("then", quote(sideways(ch, later))),
                       member("times", c.percent(25) ? factors() : "{}")})));
  return object(reasons);
}

void World::queue_extras(Chain const& ch, std::vector<std::string> const& later, std::string const& at,
                         bool appointment, std::vector<std::string>& members) {
  if (c.percent(50)) members.push_back(member("priority", table([&] { return number({"0", "1", "2", "3", "7"}); })));
  if (c.percent(25)) members.push_back(member("gives_up", reasons(ch, later)));
  if (!appointment || !c.percent(45)) return;
  std::vector<std::string> missed{member("share", table([&] { return number({"0.3", "0.1", "0.6", "0"}); }))};
  if (c.percent(25)) missed.push_back(member("odds", factors()));
  if (c.percent(80))
    missed.push_back(member("rebook", table([&] { return c.percent(60) ? long_time() : short_time(); })));
  missable.insert(at);
  if (c.percent(40)) {
    auto const up_to = number({"1", "2", "3"});
    if (up_to == "1") missable.erase(at);  // whoever has missed one waits no more
    missed.push_back(member("up_to", up_to));
    missed.push_back(member("then", quote(sideways(ch, later))));
  }
  if (standard_count > 0 && c.percent(50)) {
    missed.push_back(member("adjusts", quote("first_dna")));
    made_adjustments.emplace_back("first_dna");
  }
  members.push_back(member("did_not_attend", object(missed)));
  reaches.push_back({at + "/did_not_attend/share", {"0.5", "0"}});
}

}  // namespace cwtsim::oracle
