// Measures at random milestones.

#include <algorithm>

#include "world.hpp"

namespace cwtsim::oracle {

std::vector<std::string> World::random_strata() {
  std::vector<std::string> by;
  bool const grouped = std::any_of(groups.begin(), groups.end(), [](auto const& g) { return !g.empty(); });
  if (c.percent(50)) by.emplace_back("provider");
  if (c.percent(40)) by.emplace_back("tumour");
  if (c.percent(30)) by.emplace_back("provider+tumour");
  if (c.percent(30) && grouped) by.emplace_back(c.percent(50) ? "group" : "tumour+group");
  return by;
}

std::string World::measures() {
  std::vector<std::string> made{"referred"};
  for (auto const& m : milestones_reached)
    if (std::find(made.begin(), made.end(), m) == made.end()) made.push_back(m);
  std::vector<std::string> members;
  for (int n = c.between(1, 4); n > 0; --n) {
    std::string const name = "measure" + std::to_string(n);
    std::vector<std::string> on{c.one_of(made)};
    if (c.percent(30))
      if (auto const& other = c.one_of(made); other != on[0]) on.push_back(other);
    std::vector<std::string> parts{member("on", list(on))};
    int const kind = c.below(6);
    if (kind == 1) parts.push_back(member("days_since", quote(c.one_of(made))));
    if (kind == 5) parts.push_back(member("number_of", quote(c.one_of(made))));
    if (kind == 2 || kind == 3) {
      parts.push_back(member("value", table([&] { return number({"0", "1", "0.35", "12.0625", "0.0000004"}); })));
      if (money && c.percent(50)) parts.push_back(member("ledger", quote(c.text_of({"cash", "time"}))));
      reaches.push_back({"/measures/" + name + "/value", {"2.5", "0"}});
    }
    if (kind == 4) {
      parts.push_back(member("unit", quote("share")));
      parts.push_back(member("value", table([&] { return number({"0", "1", "0.8", "0.45", "0.1"}); })));
      parts.push_back(member("hazard", object({member("since", quote(c.one_of(made))),
                                               member("beyond", quote(c.text_of({"0 days", "1 days"}))),
                                               member("per", quote(c.text_of({"1 days", "3 days"}))),
                                               member("ratio", table([&] {
                                                        return number({"1.08", "1", "1.3", "0.5"});
                                                      }))})));
      reaches.push_back({"/measures/" + name + "/hazard/ratio", {"1.5", "2"}});
    }
    if (c.percent(35)) parts.push_back(member("for", object({member("tumour", list({"lung", "other"}))})));
    if (auto const by = random_strata(); !by.empty()) parts.push_back(member("by", list(by)));
    members.push_back(member(name, object(parts)));
  }
  return object(members);
}

std::string World::ledgers() {
  return object({member("cash", object({})), member("time", object({member("kind", quote("capacity"))}))});
}

void World::costs(std::string const& at, int chance, std::vector<std::string>& members) {
  if (!money || !c.percent(chance)) return;
  auto const pounds = [&] { return number({"1", "0.01", "12.34", "100", "0", "2.675", "77777"}); };
  std::vector<std::string> parts{member("cash", c.percent(70) ? pounds() : by_provider(pounds(), pounds()))};
  if (c.percent(30)) parts.push_back(member("time", pounds()));
  members.push_back(member("costs", object(parts)));
  reaches.push_back({at + "/costs/cash", {"3", "0"}});
}

}  // namespace cwtsim::oracle
