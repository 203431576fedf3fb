// Providers: sessions, servers and meetings with their hours, and staff.

#include <algorithm>

#include "world.hpp"

namespace cwtsim::oracle {

std::string World::time_of_day(int from_hour, int to_hour) {
  int const at = c.between(from_hour * 60 / minutes, to_hour * 60 / minutes) * minutes;
  auto const two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  return two(at / 60) + ":" + two(at % 60);
}

std::string World::providers() {
  std::vector<std::string> members;
  owned.resize(provider_names.size());
  for (std::size_t p = 0; p < provider_names.size(); ++p) {
    std::string const& name = provider_names[p];
    std::vector<std::string> parts, things;
    if (!groups[p].empty()) parts.push_back(member("group", quote(groups[p])));
    for (auto const& r : resources) {
      std::vector<std::string> elsewhere;
      for (std::size_t q = 0; q < p; ++q)
        if (std::find(owned[q].begin(), owned[q].end(), r.name) != owned[q].end())
          elsewhere.push_back(provider_names[q]);
      if (!elsewhere.empty() && c.percent(30)) {
        things.push_back(member(r.name, object({member("at", quote(c.one_of(elsewhere)))})));
        continue;
      }
      owned[p].push_back(r.name);
      things.push_back(member(r.name, resource(name, r)));
    }
    parts.push_back(member("resources", object(things)));
    parts.push_back(member("staff", staff(p)));
    members.push_back(member(name, object(parts)));
  }
  return object(members);
}

std::string World::staff(std::size_t provider) {
  std::string const& name = provider_names[provider];
  std::vector<std::string> roles{"nurse", "reader"};
  if (c.percent(50)) roles.emplace_back("registrar");  // no session needs it
  std::vector<std::string> members;
  for (auto const& role : roles) {
    std::string const at = "/providers/" + name + "/staff/" + role;
    std::vector<std::string> parts{member("whole_time_equivalents", number({"2", "1", "0.6", "3.3", "5"})),
                                   member("sessions_per_week", number({"10", "21", "7", "3"})),
                                   member("leave", number({"0", "0.2"})), member("sickness", number({"0", "0.1"})),
                                   member("vacancy", number({"0", "0.3"}))};
    reaches.push_back({at + "/whole_time_equivalents", {"1", "4", "6.5", "0"}});
    costs(at, 40, parts);
    if (c.percent(40)) {
      // so many leave that some do in a few days
      if (c.percent(80)) parts.push_back(member("leavers_per_year", number({"12", "6"})));
      auto const length = [&] {
        return c.text_of(
            {"\"0 days\"", "\"1 days\"", "\"3 days\"", R"({"uniform": {"from": "0 days", "to": "4 days"}})"});
      };
      parts.push_back(member("recruited_after", length()));
      if (c.percent(70)) {
        parts.push_back(member("trained_after", length()));
        if (c.percent(60))
          parts.push_back(member("trainer", object({member("role", quote(c.one_of(roles))),
                                                    member("sessions_per_week", number({"1", "7", "2.5"}))})));
      }
      if (c.percent(50)) parts.push_back(member("new_posts", quote("recruited")));
      reaches.push_back({at + "/leavers_per_year", {"0", "12"}});
      reaches.push_back({at + "/vacancy", {"0", "0.5"}});
    }
    if (c.percent(40)) {
      std::vector<std::string> others = roles;
      std::erase(others, role);
      if (c.percent(70)) others = {others[0]};
      parts.push_back(member("stands_in_for", list(others)));
      reaches.push_back({at + "/stands_in_for", {"[]", list({others.back()})}});
    }
    std::vector<std::string> elsewhere;
    if (role != "registrar")
      for (auto const& other : provider_names)
        if (other != name && c.percent(35)) elsewhere.push_back(other);
    if (!elsewhere.empty()) parts.push_back(member("covers", list(elsewhere)));
    members.push_back(member(role, object(parts)));
  }
  return object(members);
}

std::string World::resource(std::string const& provider, ResourceName const& r) {
  std::string const at = "/providers/" + provider + "/resources/" + r.name;
  std::vector<std::string> members;
  char const* const kinds[] = {"sessions", "servers", "meeting"};
  members.push_back(member("kind", quote(kinds[static_cast<int>(r.kind)])));
  int const order = c.below(3);
  if (order == 1) {
    members.push_back(member("order", quote("priority")));
    if (c.percent(60)) {
      members.push_back(member("promote_after", quote(c.text_of({"1 days", "6 hours", "3 days"}))));
      reaches.push_back({at + "/promote_after", {"\"12 hours\""}});
    }
  }
  if (order == 2) {
    members.push_back(member("order", quote("breach_date")));
    if (c.percent(50)) members.push_back(member("no_clock_due", quote(c.text_of({"3 days", "10 days"}))));
  }
  if (c.percent(28)) {
    members.push_back(member("waiting_room", number({"0", "1", "2", "4"})));
    if (c.percent(60)) members.push_back(member("when_full", quote("hold")));
    reaches.push_back({at + "/waiting_room", {"0", "3", "9"}});
  }
  if (c.percent(30)) members.push_back(member("holidays", quote("open")));
  costs(at, 40, members);
  if (r.kind == Kind::servers) {
    if (c.percent(40)) {
      members.push_back(member("servers", std::to_string(c.between(doubles ? 2 : 1, 3))));
      reaches.push_back({at + "/servers", {"1", "2", "4"}});
    } else {
      members.push_back(member("hours", hours(at)));
      if (c.percent(66)) members.push_back(member("at_closing", quote(c.text_of({"pause", "restart"}))));
    }
    return object(members);
  }
  if (r.kind == Kind::meeting) {
    members.push_back(member("meets", meets(at)));
    if (c.percent(50)) members.push_back(member("cut_off", quote(c.text_of({"1 days", "4 hours"}))));
    reaches.push_back({at + "/cut_off", {"\"0 min\"", "\"2 hours\"", "\"2 days\""}});
    return object(members);
  }
  bool per_week = false;
  members.push_back(member("sessions", sessions(at, per_week)));
  if (per_week) {
    members.push_back(member("per_week", number({"20.5", "7.7", "33", "12.25"})));
    reaches.push_back({at + "/per_week", {"30.1", "15"}});
  }
  if (c.percent(40)) members.push_back(member("notice", quote(c.text_of({"2 hours", "30 min", "1 days", "20 hours"}))));
  if (c.percent(30))
    members.push_back(
        member("other_work", number({"0.3", "0.1", R"({"by": "provider", "p0": 0.5, "otherwise": 0.1})"})));
  if (c.percent(60)) {
    std::vector<std::string> staff{member("nurse", number({"1", "2", "1", "3"}))};
    if (c.percent(40)) staff.insert(c.percent(50) ? staff.begin() : staff.end(), member("reader", "1"));
    members.push_back(member("staff", object(staff)));
  }
  reaches.push_back({at + "/notice", {"\"0 min\"", "\"1 hours\"", "\"1 days\"", "\"8 hours\""}});
  reaches.push_back({at + "/other_work", {"0", "0.5"}});
  return object(members);
}

std::string World::sessions(std::string const& at, bool& per_week) {
  per_week = c.percent(25);
  // a lever on what a week has, which writes it per week where it is whole for no session
  bool const of_the_week = !per_week && c.percent(30);
  if (of_the_week) reaches.push_back({at + "/capacity", {"12.5", "20", "7"}});
  std::vector<std::string> members;
  for (int n = c.between(1, 3); n > 0; --n) {
    std::string const name = "list" + std::to_string(n);
    std::string const here = at + "/sessions/" + name;
    std::vector<std::string> parts{member("on", quote(c.text_of({"daily", "mon-fri", "mon,wed,sat", "sat-tue"})))};
    if (c.percent(80)) {
      // many of them at the same time, one after another, or over midnight: the same people cannot be at all
      bool const usual = c.percent(30);
      std::string const opens = usual ? c.text_of({"09:00", "12:00", "15:00", "22:00"}) : time_of_day(6, 14);
      std::string const closes = usual           ? c.text_of({"12:00", "15:00", "22:00", "09:00"})
                                 : c.percent(70) ? time_of_day(10, 20)
                                                 : time_of_day(0, 23);
      parts.push_back(member("opens", quote(opens)));
      parts.push_back(member("closes", quote(closes)));
    }
    if (n > 1 && c.percent(25)) parts.push_back(member("every_weeks", "2"));
    if (!per_week) {
      parts.push_back(member("slots", std::to_string(c.between(doubles ? 2 : 1, 6))));
      if (!of_the_week) reaches.push_back({here + "/slots", {"1", "3", "8", "2"}});
    }
    members.push_back(member(name, object(parts)));
    reaches.push_back({here + "/opens", {"\"05:00\"", "\"12:00\""}});
    reaches.push_back({here + "/closes", {"\"16:00\"", "\"03:00\""}});
  }
  return object(members);
}

// Shifts that do not overlap.
std::string World::hours(std::string const& at) {
  std::vector<std::vector<std::pair<std::string, std::string>>> const templates = {
      {{"08:00", "16:00"}}, {{"06:00", "12:00"}, {"12:00", "18:00"}}, {{"22:00", "06:00"}},
      {{"00:00", "24:00"}}, {{"08:00", "12:00"}, {"13:00", "17:00"}}, {{"20:00", "08:00"}, {"08:00", "14:00"}}};
  auto const& chosen = c.one_of(templates);
  std::string const on = c.text_of({"daily", "mon-fri", "daily"});
  std::vector<std::string> members;
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    std::string const name = "shift" + std::to_string(i);
    std::vector<std::string> parts{member("on", quote(on)), member("opens", quote(chosen[i].first)),
                                   member("closes", quote(chosen[i].second)),
                                   member("servers", std::to_string(c.between(doubles ? 2 : 1, 4)))};
    if (i > 0 && c.percent(30)) parts.push_back(member("every_weeks", "2"));
    members.push_back(member(name, object(parts)));
    reaches.push_back({at + "/hours/" + name + "/servers", {"1", "2", "5"}});
    if (chosen.size() == 1) {
      reaches.push_back({at + "/hours/" + name + "/opens", {"\"04:00\"", "\"11:00\""}});
      reaches.push_back({at + "/hours/" + name + "/closes", {"\"15:00\"", "\"02:00\""}});
    }
  }
  return object(members);
}

std::string World::meets(std::string const& at) {
  std::vector<std::string> members;
  for (int n = c.between(1, 2); n > 0; --n) {
    std::string const name = "meeting" + std::to_string(n);
    std::vector<std::string> parts{member("on", quote(c.text_of({"daily", "tue,thu,sat", "mon-fri"}))),
                                   member("at", quote(time_of_day(8, 18)))};
    if (n > 1 && c.percent(30)) parts.push_back(member("every_weeks", "2"));
    if (c.percent(70)) {
      parts.push_back(member("cases", std::to_string(c.between(2, 6))));
      reaches.push_back({at + "/meets/" + name + "/cases", {"2", "9"}});
    }
    members.push_back(member(name, object(parts)));
  }
  return object(members);
}

}  // namespace cwtsim::oracle
