// Rules that look at the lists of sessions.

#include <algorithm>

#include "world.hpp"

namespace cwtsim::oracle {

std::string World::rules() {
  std::vector<std::string> members;
  for (auto const& r : resources) {
    if (r.kind != Kind::sessions) continue;
    std::vector<std::string> owners;
    for (std::size_t p = 0; p < provider_names.size(); ++p)
      if (std::find(owned[p].begin(), owned[p].end(), r.name) != owned[p].end()) owners.push_back(provider_names[p]);
    auto const moments = [&](std::vector<std::string>& parts) {
      parts.push_back(member("on", quote(c.text_of({"daily", "mon,wed,fri", "tue-sun"}))));
      if (c.percent(80)) parts.push_back(member("at", quote(time_of_day(0, 18))));
      if (c.percent(10)) parts.push_back(member("every_weeks", "2"));
      if (c.percent(70))
        parts.push_back(member("takes", c.text_of({"\"0 min\"", "\"5 hours\"", "\"1 days\"",
                                                   R"({"uniform": {"from": "0 days", "to": "2 days"}})"})));
      if (c.percent(40)) {
        auto among = owners;
        std::reverse(among.begin(), among.end());
        parts.push_back(member("among", list(among)));
      }
    };
    if (owners.size() > 1 && c.percent(60)) {
      std::string const name = "aid_" + r.name;
      std::vector<std::string> parts{member("kind", quote("move")), member("resource", quote(r.name)),
                                     member("when_gap", quote(c.text_of({"0 days", "6 hours", "2 days", "5 days"}))),
                                     member("at_most", number({"1", "3", "20", "0"}))};
      moments(parts);
      members.push_back(member(name, object(parts)));
      reaches.push_back({"/rules/" + name + "/at_most", {"2", "0", "5"}});
      reaches.push_back({"/rules/" + name + "/when_gap", {"\"1 days\"", "\"0 days\""}});
    }
    for (auto const* which : {"more_", "still_more_"}) {
      if (!c.percent(which[0] == 'm' ? 50 : 15)) continue;
      std::string const name = which + r.name;
      std::vector<std::string> parts{
          member("kind", quote("capacity")), member("resource", quote(r.name)),
          member("when_waiting", quote(c.text_of({"0 days", "12 hours", "1 days", "3 days"}))),
          member("scale", number({"1.5", "2", "0.5", "3.3"}))};
      if (c.percent(30)) parts.push_back(member("until_waiting", quote("0 days")));
      moments(parts);
      members.push_back(member(name, object(parts)));
      reaches.push_back({"/rules/" + name + "/scale", {"1", "2.5"}});
      reaches.push_back({"/rules/" + name + "/when_waiting", {"\"2 days\""}});
    }
  }
  return members.empty() ? "" : object(members);
}

}  // namespace cwtsim::oracle
