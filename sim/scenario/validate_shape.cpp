#include <fmt/core.h>

#include <algorithm>

#include "sheet.hpp"

namespace cwtsim::scenario {
void check_same_shape(Scenario const& base, Scenario const& changed, Problems& problems);

namespace {

struct Compare {
  Problems& problems;
  Scenario const& base;

  void differs(std::string const& at, std::string const& what) const {
    problems.add(at, what + "; a dated lever can change numbers, not structure", "Make it a scenario of its own");
  }
  template <class T>
  void same(std::string const& at, T const& before, T const& after) const {
    if (!(before == after)) differs(at, "this is not as it was");
  }
  void words(std::string const& at, std::string_view before, std::string_view after) const {
    if (before != after) differs(at, fmt::format("\"{}\" has become \"{}\"", before, after));
  }
  // True if the names are the same, in the same order.
  template <class T>
  bool names(std::string const& at, Named<T> const& before, Named<T> const& after) const {
    auto const was = names_of(before), is = names_of(after);
    if (was == is) return true;
    for (auto const& name : was)
      if (!after.find(name)) return differs(under(at, name), "\"" + name + "\" has gone"), false;
    for (auto const& name : is)
      if (!before.find(name)) return differs(under(at, name), "\"" + name + "\" is new"), false;
    return differs(at, "the order of the names has changed"), false;
  }
  template <class T, class Each>
  void all(std::string const& at, Named<T> const& before, Named<T> const& after, Each each) const {
    if (!names(at, before, after)) return;
    for (std::size_t i = 0; i < before.size(); ++i)
      each(under(at, before.items[i].first), before.items[i].second, after.items[i].second);
  }

  void horizon(Scenario const& before, Scenario const& after) const {
    auto const& a = before.horizon;
    auto const& b = after.horizon;
    bool const as_was = a.starts.date == b.starts.date && a.starts.time == b.starts.time &&
                        a.warm_up.count == b.warm_up.count && a.warm_up.unit == b.warm_up.unit &&
                        a.run_for.count == b.run_for.count && a.run_for.unit == b.run_for.unit &&
                        a.resolution == b.resolution && a.bank_holidays == b.bank_holidays;
    if (!as_was) differs("/horizon", "the horizon is not as it was");
    if (before.limits.max_in_system != after.limits.max_in_system ||
        before.limits.max_events != after.limits.max_events)
      differs("/limits", "the limits are not as they were");
  }

  void stream(std::string const& at, Stream const& a, Stream const& b) const {
    words(under(at, "pathway"), a.pathway, b.pathway);
    words(under(at, "profile"), a.profile, b.profile);
    words(under(at, "provider"), a.provider, b.provider);
    same(under(at, "milestones"), a.milestones, b.milestones);
    if (a.timetable.has_value() != b.timetable.has_value())
      differs(under(at, "timetable"), "a timetable and a volume have been exchanged");
    if (a.timetable && b.timetable) {
      words(under(at, "timetable", "on"), a.timetable->on, b.timetable->on);
      same(under(at, "timetable", "at"), a.timetable->at, b.timetable->at);
    }
    if (a.unit != b.unit || names_of(a.volume) != names_of(b.volume))
      differs(at, "the volume is given for other providers or in another unit");
    names(under(at, "attributes"), a.attributes, b.attributes);
    if (a.batch.given() != b.batch.given() || a.batch_sizes.empty() != b.batch_sizes.empty())
      differs(at, "batches are given in another way");
  }

  void resource(std::string const& at, Resource const& a, Resource const& b) const {
    words(under(at, "at"), a.at, b.at);
    words(under(at, "kind"), word_of(a.kind), word_of(b.kind));
    same(under(at, "order"), a.order, b.order);
    same(under(at, "when_full"), a.when_full, b.when_full);
    same(under(at, "at_closing"), a.at_closing, b.at_closing);
    same(under(at, "waiting_room"), a.waiting_room.has_value(), b.waiting_room.has_value());
    same(under(at, "servers"), a.servers.has_value(), b.servers.has_value());
    names(under(at, "staff"), a.staff, b.staff);
    names(under(at, "costs"), a.costs, b.costs);
    names(under(at, record_of(a.kind).openings), a.openings, b.openings);
  }

  bool are_servers(std::string const& resource) const {
    return std::ranges::any_of(base.providers.items, [&](auto const& provider) {
      auto const* r = provider.second.resources.find(resource);
      return r != nullptr && r->kind == ResourceKind::servers;
    });
  }

  void step(std::string const& at, Step const& a, Step const& b) const {
    words(under(at, "kind"), word_of(a.kind), word_of(b.kind));
    if (a.kind != b.kind) return;
    all(under(at, "needs"), a.needs, b.needs, [&](std::string const& here, std::int64_t was, std::int64_t is) {
      // who has begun with so many servers would give back another number
      if (was != is && are_servers(here.substr(here.rfind('/') + 1)))
        differs(here, "servers needed: " + std::to_string(was) + " have become " + std::to_string(is));
    });
    names(under(at, "starts"), a.starts, b.starts);
    names(under(at, "sets"), a.sets, b.sets);
    same(under(at, "finds"), a.finds, b.finds);
    names(under(at, "costs"), a.costs, b.costs);
    words(under(at, "joins_at"), a.joins_at, b.joins_at);
    words(under(at, "pathway"), a.pathway, b.pathway);
    words(under(at, "when_full"), a.when_full, b.when_full);
    words(under(at, "pauses"), a.pauses, b.pauses);
    same(under(at, "on_joining"), a.on_joining, b.on_joining);
    same(under(at, "on_start"), a.on_start, b.on_start);
    same(under(at, "on_finish"), a.on_finish, b.on_finish);
    same(under(at, "repeats"), a.repeats.given(), b.repeats.given());
    same(under(at, "wait_at_most"), a.wait_at_most.given(), b.wait_at_most.given());
    all(under(at, "gives_up"), a.gives_up, b.gives_up,
        [&](std::string const& here, GivesUp const& was, GivesUp const& is) {
          words(under(here, "then"), was.then, is.then);
        });
    same(under(at, "did_not_attend"), a.did_not_attend.has_value(), b.did_not_attend.has_value());
    if (!a.did_not_attend || !b.did_not_attend) return;
    words(under(at, "did_not_attend", "then"), a.did_not_attend->then, b.did_not_attend->then);
    words(under(at, "did_not_attend", "adjusts"), a.did_not_attend->adjusts, b.did_not_attend->adjusts);
  }

  void gaps(std::string const& at, Named<Gap> const& a, Named<Gap> const& b) const {
    all(at, a, b, [&](std::string const& here, Gap const& was, Gap const& is) {
      words(under(here, "by"), was.by, is.by);
      words(under(here, "from"), was.from, is.from);
      words(under(here, "to"), was.to, is.to);
      same(under(here, "at_least"), was.at_least, is.at_least);
    });
  }

  void measure(std::string const& at, Measure const& a, Measure const& b) const {
    same(under(at, "on"), a.on, b.on);
    same(under(at, "for"), a.only_when.levels.items, b.only_when.levels.items);
    same(under(at, "value"), a.value.given(), b.value.given());
    words(under(at, "days_since"), a.days_since, b.days_since);
    words(under(at, "number_of"), a.number_of, b.number_of);
    words(under(at, "unit"), a.unit, b.unit);
    same(under(at, "by"), a.by, b.by);
    same(under(at, "target"), a.targets.items, b.targets.items);
    same(under(at, "target_is"), a.target_is, b.target_is);
    words(under(at, "ledger"), a.ledger, b.ledger);
    gaps(under(at, "gaps"), a.gaps, b.gaps);
    same(under(at, "hazard"), a.hazard.has_value(), b.hazard.has_value());
    if (!a.hazard || !b.hazard) return;
    words(under(at, "hazard", "since"), a.hazard->since, b.hazard->since);
    same(under(at, "hazard", "beyond"), a.hazard->beyond_days, b.hazard->beyond_days);
    same(under(at, "hazard", "per"), a.hazard->per_days, b.hazard->per_days);
  }

  void standard(std::string const& at, Standard const& a, Standard const& b) const {
    same(under(at, "starts"), a.starts, b.starts);
    same(under(at, "stops"), a.stops, b.stops);
    same(under(at, "excluded_by"), a.excluded_by, b.excluded_by);
    same(under(at, "breach_if_late"), a.breach_if_late, b.breach_if_late);
    same(under(at, "by"), a.by, b.by);
    same(under(at, "adjustments"), a.adjustments, b.adjustments);
    same(under(at, "credited_to"), a.credited_to, b.credited_to);
    same(under(at, "long_waits"), a.long_waits, b.long_waits);
    same(under(at, "for"), a.only_when.levels.items, b.only_when.levels.items);
    gaps(under(at, "gaps"), a.gaps, b.gaps);
  }
};

}  // namespace

void check_same_shape(Scenario const& base, Scenario const& changed, Problems& problems) {
  Compare const compare{problems, base};
  compare.horizon(base, changed);
  compare.all("/attributes", base.attributes, changed.attributes, [&](auto const& at, auto const& a, auto const& b) {
    compare.same(under(at, "levels"), a.levels, b.levels);
    compare.all(
        under(at, "progresses"), a.progresses, b.progresses,
        [&](auto const& here, auto const& was, auto const& is) { compare.words(under(here, "to"), was.to, is.to); });
  });
  compare.names("/profiles", base.profiles, changed.profiles);
  compare.all("/demand", base.demand, changed.demand,
              [&](auto const& at, auto const& a, auto const& b) { compare.stream(at, a, b); });
  compare.names("/waiting", base.waiting, changed.waiting);
  compare.all("/providers", base.providers, changed.providers, [&](auto const& at, auto const& a, auto const& b) {
    compare.words(under(at, "group"), a.group, b.group);
    compare.all(under(at, "staff"), a.staff, b.staff, [&](auto const& here, auto const& was, auto const& is) {
      compare.names(under(here, "costs"), was.costs, is.costs);
    });
    compare.all(under(at, "resources"), a.resources, b.resources,
                [&](auto const& here, auto const& was, auto const& is) { compare.resource(here, was, is); });
  });
  compare.all("/pathways", base.pathways, changed.pathways, [&](auto const& at, auto const& a, auto const& b) {
    compare.words(under(at, "start"), a.start, b.start);
    compare.all(under(at, "steps"), a.steps, b.steps,
                [&](auto const& here, auto const& was, auto const& is) { compare.step(here, was, is); });
  });
  compare.all("/rules", base.rules, changed.rules, [&](auto const& at, auto const& a, auto const& b) {
    compare.same(under(at, "kind"), a.kind, b.kind);
    compare.words(under(at, "resource"), a.resource, b.resource);
    compare.same(under(at, "among"), a.among, b.among);
  });
  compare.all("/standards", base.standards, changed.standards,
              [&](auto const& at, auto const& a, auto const& b) { compare.standard(at, a, b); });
  compare.all("/ledgers", base.ledgers, changed.ledgers,
              [&](auto const& at, auto const& a, auto const& b) { compare.same(under(at, "kind"), a.kind, b.kind); });
  compare.all("/measures", base.measures, changed.measures,
              [&](auto const& at, auto const& a, auto const& b) { compare.measure(at, a, b); });
}

bool same_but_for_capacity(Scenario const& before, Scenario after) {
  for (auto& [provider, here] : after.providers.items) {
    auto const* const was = before.providers.find(provider);
    if (was == nullptr) return false;
    for (auto& [name, resource] : here.resources.items) {
      auto const* const had = was->resources.find(name);
      if (had == nullptr) return false;
      resource.per_week = had->per_week;
      resource.servers = had->servers;
      for (auto& [opening, hours] : resource.openings.items)
        if (auto const* const held = had->openings.find(opening)) hours.amount = held->amount;
    }
  }
  return before == after;
}

}  // namespace cwtsim::scenario
