// What happens to patients, and what is counted of it: pathways, standards, measures, ledgers. Defaults as in
// docs/fields.md.

#include "plain_reader.hpp"

namespace cwtsim::oracle::plain {
namespace {

scenario::DidNotAttend did_not_attend(Thing& t) {
  scenario::DidNotAttend d;
  d.share = t.get("share", number_table);
  d.odds = t.get("odds", factors, {});
  d.rebook = t.get("rebook", distribution_table, {});
  d.up_to = t.maybe("up_to", whole);
  d.then = t.get("then", text, "");
  d.adjusts = t.get("adjusts", text, "");
  return d;
}

scenario::GivesUp gives_up(Thing& t) {
  scenario::GivesUp g;
  g.after = t.get("after", distribution_table);
  g.times = t.get("times", factors, {});
  g.then = t.get("then", text);
  return g;
}

/// A name alone is one of it.
Named<std::int64_t> needs(Json const& json) {
  if (json.is_string()) return {{{text(json), 1}}};
  return each(whole)(json);
}

scenario::Step step(Thing& t) {
  using scenario::StepKind;
  scenario::Step s;
  s.kind = t.word<StepKind>("kind", {{"delay", StepKind::delay},
                                     {"appointment", StepKind::appointment},
                                     {"servers", StepKind::servers},
                                     {"meeting", StepKind::meeting},
                                     {"gather", StepKind::gather},
                                     {"parallel", StepKind::parallel},
                                     {"transfer", StepKind::transfer},
                                     {"continues", StepKind::continues},
                                     {"end", StepKind::end}});
  s.takes = t.get("takes", distribution_table, {});
  s.times = t.get("times", factors, {});
  s.working_days = t.word("counts", {{"days", false}, {"working days", true}}, false);
  s.needs = t.get("needs", needs, {});
  s.then = t.get("then", share_table, {});
  s.odds = t.get("odds", odds, {});
  s.repeats = t.get("repeats", size_table, {});
  s.every = t.get("every", distribution_table, {});
  s.did_not_attend = t.maybe("did_not_attend", made<did_not_attend>);
  s.gives_up = t.get("gives_up", each(made<gives_up>), {});
  s.when_full = t.get("when_full", text, "");
  s.priority = t.get("priority", number_table, {});
  s.on_joining = t.get("on_joining", texts, {});
  s.on_start = t.get("on_start", texts, {});
  s.on_finish = t.get("on_finish", texts, {});
  s.finds = t.get("finds", texts, {});
  s.sets = t.get("sets", each(share_table), {});
  s.pauses = t.get("pauses", text, "");
  s.costs = t.get("costs", each(number_table), {});
  s.together = t.maybe("together", whole);
  s.wait_at_most = t.get("wait_at_most", distribution_table, {});
  s.starts = t.get("starts", each(number_table), {});
  s.joins_at = t.get("joins_at", text, "");
  s.to = t.get("to", share_table, {});
  s.pathway = t.get("pathway", text, "");
  return s;
}

struct Sharing {
  std::int64_t handover_by, treat_within;  ///< days
};
Sharing sharing(Thing& t) {
  return {t.get("handover_by", whole_days, 38), t.get("treat_within", whole_days, 24)};
}

std::vector<std::int64_t> lists_of_days(Json const& json) {
  std::vector<std::int64_t> all;
  for (auto const& one : texts(json)) all.push_back(whole_days(one));
  return all;
}

scenario::Hazard hazard(Thing& t) {
  scenario::Hazard h;
  h.since = t.get("since", text);
  h.beyond_days = t.get("beyond", whole_days, 0);
  h.per_days = t.get("per", whole_days, 28);
  h.ratio = t.get("ratio", number_table);
  return h;
}

}  // namespace

scenario::Pathway pathway(Thing& t) {
  return {"", t.get("start", text), t.get("steps", each(made<step>))};
}

scenario::Standard standard(Thing& t) {
  using scenario::CreditedTo;
  scenario::Standard s;
  s.starts = t.get("starts", texts);
  s.stops = t.get("stops", texts);
  s.excluded_by = t.get("excluded_by", texts, {});
  s.breach_if_late = t.get("breach_if_late", texts, {});
  s.only_when = t.get("for", condition, {});
  s.limit_days = t.get("limit", whole_days);
  s.credited_to =
      t.word("credited_to",
             {{"at_start", CreditedTo::at_start}, {"at_stop", CreditedTo::at_stop}, {"shared", CreditedTo::shared}},
             CreditedTo::at_stop);
  auto const [handover_by, treat_within] = t.get("sharing", made<sharing>, Sharing{38, 24});
  s.handover_by_days = handover_by;
  s.treat_within_days = treat_within;
  s.adjustments = t.get("adjustments", texts, {});
  s.by = t.get("by", texts, {});
  s.long_waits = t.get("long_waits", lists_of_days, {});
  return s;
}

scenario::Measure measure(Thing& t) {
  scenario::Measure m;
  m.on = t.get("on", texts);
  m.only_when = t.get("for", condition, {});
  m.value = t.get("value", number_table, {});
  m.days_since = t.get("days_since", text, "");
  m.number_of = t.get("number_of", text, "");
  m.unit = t.get("unit", text, "");
  m.hazard = t.maybe("hazard", made<hazard>);
  m.by = t.get("by", texts, {});
  m.target_is = scenario::TargetIs::at_least;
  m.ledger = t.get("ledger", text, "");
  return m;
}

scenario::Ledger ledger(Thing& t) {
  using scenario::LedgerKind;
  scenario::Ledger l;
  l.kind =
      t.word("kind", {{"cash", LedgerKind::cash}, {"capacity", LedgerKind::capacity}, {"income", LedgerKind::income}},
             LedgerKind::cash);
  return l;
}

}  // namespace cwtsim::oracle::plain
