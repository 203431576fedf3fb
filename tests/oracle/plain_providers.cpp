// What there is to do it with: providers, resources, staff, and rules. Defaults as in docs/fields.md.

#include "plain_reader.hpp"

namespace cwtsim::oracle::plain {
namespace {

scenario::Opening opening(Thing& t, char const* opens, char const* amount) {
  scenario::Opening o;
  o.on = t.get("on", text, "daily");
  o.opens = t.get(opens, time_of_day, TimeOfDay{0});
  o.closes = TimeOfDay{24 * 60};
  o.every_weeks = t.get("every_weeks", whole, 1);
  o.amount = t.maybe(amount, whole);
  return o;
}

scenario::Opening until_closing(Thing& t, char const* amount) {
  auto o = opening(t, "opens", amount);
  o.closes = t.get("closes", time_of_day, TimeOfDay{24 * 60});
  return o;
}

scenario::Opening session(Thing& t) {
  return until_closing(t, "slots");
}

scenario::Opening shift(Thing& t) {
  return until_closing(t, "servers");
}

scenario::Opening meeting(Thing& t) {
  return opening(t, "at", "cases");
}

scenario::Resource resource(Thing& t) {
  using scenario::ResourceKind, scenario::Order, scenario::WhenFull, scenario::AtClosing, scenario::OnHolidays;
  scenario::Resource r;
  r.at = t.get("at", text, "");
  std::map<std::string, ResourceKind> const kinds = {
      {"sessions", ResourceKind::sessions}, {"servers", ResourceKind::servers}, {"meeting", ResourceKind::meeting}};
  // one that is elsewhere is described there, and has no kind here
  r.kind = r.at.empty() ? t.word("kind", kinds) : ResourceKind::sessions;
  r.order =
      t.word("order", {{"arrival", Order::arrival}, {"priority", Order::priority}, {"breach_date", Order::breach_date}},
             Order::arrival);
  r.promote_after = t.maybe("promote_after", duration);
  r.no_clock_due = t.get("no_clock_due", duration, Duration{18 * 7 * 86400.0});
  r.waiting_room = t.maybe("waiting_room", whole);
  r.when_full =
      t.word("when_full", {{"turn_away", WhenFull::turn_away}, {"hold", WhenFull::hold}}, WhenFull::turn_away);
  r.notice = t.get("notice", duration, Duration{0});
  r.per_week = t.maybe("per_week", number);
  r.other_work = t.get("other_work", number_table, {});
  r.staff = t.get("staff", each(whole), {});
  r.servers = t.maybe("servers", whole);
  r.at_closing = t.word("at_closing",
                        {{"finish", AtClosing::finish}, {"pause", AtClosing::pause}, {"restart", AtClosing::restart}},
                        AtClosing::finish);
  r.cut_off = t.get("cut_off", duration, Duration{0});
  r.holidays = t.word("holidays", {{"closed", OnHolidays::closed}, {"open", OnHolidays::open}}, OnHolidays::closed);
  if (r.kind == ResourceKind::sessions) r.openings = t.get("sessions", each(made<session>), {});
  if (r.kind == ResourceKind::servers) r.openings = t.get("hours", each(made<shift>), {});
  if (r.kind == ResourceKind::meeting) r.openings = t.get("meets", each(made<meeting>), {});
  r.costs = t.get("costs", each(number_table), {});
  return r;
}

scenario::Trainer trainer(Thing& t) {
  return {t.get("role", text), t.get("sessions_per_week", number)};
}

scenario::Staff staff(Thing& t) {
  using scenario::NewPosts;
  scenario::Staff s;
  s.whole_time_equivalents = t.get("whole_time_equivalents", number);
  s.sessions_per_week = t.get("sessions_per_week", number, 10.0);
  s.leave = t.get("leave", number, 0.0);
  s.sickness = t.get("sickness", number, 0.0);
  s.vacancy = t.get("vacancy", number, 0.0);
  s.costs = t.get("costs", each(number_table), {});
  s.leavers_per_year = t.get("leavers_per_year", number, 0.0);
  s.recruited_after = t.maybe("recruited_after", distribution);
  s.trained_after = t.maybe("trained_after", distribution);
  s.trainer = t.maybe("trainer", made<trainer>);
  s.new_posts =
      t.word("new_posts", {{"filled", NewPosts::filled}, {"recruited", NewPosts::recruited}}, NewPosts::filled);
  s.stands_in_for = t.get("stands_in_for", texts, {});
  s.covers = t.get("covers", texts, {});
  return s;
}

}  // namespace

scenario::Provider provider(Thing& t) {
  scenario::Provider p;
  p.label = t.get("label", text, "");
  p.group = t.get("group", text, "");
  p.resources = t.get("resources", each(made<resource>), {});
  p.staff = t.get("staff", each(made<staff>), {});
  return p;
}

scenario::Rule rule(Thing& t) {
  using scenario::RuleKind;
  scenario::Rule r;
  r.kind = t.word<RuleKind>("kind", {{"move", RuleKind::move}, {"capacity", RuleKind::capacity}});
  r.resource = t.get("resource", text);
  r.among = t.get("among", texts, {});
  r.on = t.get("on", text, "daily");
  r.at = t.get("at", time_of_day, TimeOfDay{0});
  r.every_weeks = t.get("every_weeks", whole, 1);
  r.takes = t.get("takes", distribution, Distribution{Constant{Duration{0}}, Duration{0}});
  if (r.kind == RuleKind::move) {
    r.when_gap = t.get("when_gap", duration);
    r.at_most = t.get("at_most", whole);
  } else {
    r.when_waiting = t.get("when_waiting", duration);
    r.until_waiting = t.maybe("until_waiting", duration);
    r.scale = t.get("scale", number);
  }
  return r;
}

}  // namespace cwtsim::oracle::plain
