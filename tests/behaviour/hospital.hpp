#pragma once
// Small hospitals to change one thing about. Referrals stop long before the end, so that everybody is finished and both
// arms have the same patients in every measure.

#include "theory/trial.hpp"

namespace hospital {

/// One resource and the step that waits for it, first come first served, both as in the scenario language.
/// `more` are further members of the provider.
inline std::string one_queue(std::string const& resource, std::string const& step, std::string const& more = "") {
  return R"({
    "schema": 1, "name": "One queue",
    "horizon": { "starts": "2026-04-01", "run_for": "3 years" },
    "demand": { "referrals": { "pathway": "p", "provider": "h", "profile": "first_half", "per_year": 4000, "volumes_from": "2026-04-01" } },
    "profiles": { "first_half": { "months": { "apr": 1, "may": 1.3, "jun": 1, "jul": 0.8, "aug": 1, "sep": 1.2, "oct": 0, "nov": 0, "dec": 0, "jan": 0, "feb": 0, "mar": 0 }, "weekdays":
      { "mon": 1.2, "tue": 1, "wed": 1, "thu": 1, "fri": 0.8, "sat": 0, "sun": 0 } } },
    "providers": { "h": { "resources": { "place": )" +
         resource + " }" + more + R"( } },
    "pathways": { "p": { "start": "seen", "steps": { "seen": )" +
         step + R"(, "done": { "kind": "end" } } } } })";
}

/// A clinic with did-not-attends, a scanner of three, a weekly meeting and two treatments; two trusts, two attributes.
inline char const* const network = R"({
  "schema": 1, "name": "Two trusts",
  "horizon": { "starts": "2026-04-01", "run_for": "2 years", "bank_holidays": "england" },
  "experiment": { "replications": 5, "seed": 3 },
  "attributes": {
    "route": { "levels": ["gp", "screening"], "shares": { "gp": 0.8, "screening": 0.2 } },
    "cancer": { "levels": ["yes", "no"], "shares": { "by": ["route"], "gp": { "yes": 0.1, "no": 0.9 }, "screening": { "yes": 0.3, "no": 0.7 } } }
  },
  "profiles": { "first_half": { "months": { "apr": 1, "may": 1, "jun": 1, "jul": 1, "aug": 1, "sep": 1, "oct": 0, "nov": 0, "dec": 0, "jan": 0, "feb": 0, "mar": 0 },
    "weekdays": { "mon": 1.2, "tue": 1.1, "wed": 1, "thu": 1, "fri": 0.7, "sat": 0, "sun": 0 }, "holidays": 0.1 } },
  "demand": {
    "referrals": { "pathway": "suspected", "per_week": { "north": 25, "south": 14 }, "profile": "first_half", "milestones": ["referred"] },
    "others": { "pathway": "other", "provider": "south", "per_day": 3, "profile": "first_half" }
  },
  "providers": {
    "north": { "group": "west", "resources": {
      "clinic": { "kind": "sessions", "notice": "2 days", "sessions": { "weekday": { "on": "mon-fri", "opens": "09:00", "closes": "12:00", "slots": 12 } } },
      "ct": { "kind": "servers", "hours": { "weekday": { "on": "mon-fri", "opens": "08:00", "closes": "18:00", "servers": 1 } } },
      "mdt": { "kind": "meeting", "cut_off": "1 day", "meets": { "weekly": { "on": "wed", "at": "14:00", "cases": 10 } } },
      "theatre": { "kind": "sessions", "per_week": 9.5, "sessions": { "weekday": { "on": "mon-fri", "opens": "08:30", "closes": "17:30" } } } } },
    "south": { "group": "west", "resources": {
      "clinic": { "kind": "sessions", "sessions": { "weekday": { "on": "mon,wed,fri", "opens": "09:00", "closes": "12:00", "slots": 9 } } },
      "ct": { "kind": "servers", "hours": { "weekday": { "on": "mon-fri", "opens": "09:00", "closes": "18:00", "servers": 1 } } },
      "mdt": { "kind": "meeting", "meets": { "weekly": { "on": "thu", "at": "09:00", "cases": 6 } } },
      "theatre": { "at": "north" } } }
  },
  "pathways": {
    "suspected": { "start": "triage", "steps": {
      "triage": { "kind": "delay", "takes": { "lognormal": { "median": "1 day", "p90": "3 days" } }, "on_finish": ["triaged"], "then": "clinic" },
      "clinic": { "kind": "appointment", "needs": "clinic", "takes": "20 min", "then": "ct",
                  "did_not_attend": { "share": { "by": ["route"], "gp": 0.08, "screening": 0.15 }, "rebook": "3 days", "up_to": 2, "then": "home" } },
      "ct": { "kind": "servers", "needs": "ct", "takes": { "gamma": { "mean": "40 min", "sd": "15 min" } }, "then": "report" },
      "report": { "kind": "delay", "takes": { "lognormal": { "median": "3 days", "p90": "9 days" } }, "counts": "working days",
                  "on_finish": ["informed"], "then": { "by": ["cancer"], "yes": "mdt", "no": "home" } },
      "mdt": { "kind": "meeting", "needs": "mdt", "then": "surgery" },
      "surgery": { "kind": "appointment", "needs": "theatre", "takes": "180 min", "on_start": ["treated"], "then": "recovery" },
      "recovery": { "kind": "delay", "takes": { "uniform": { "from": "2 days", "to": "9 days" } }, "then": "home" },
      "home": { "kind": "end" } } },
    "other": { "start": "scan", "steps": {
      "scan": { "kind": "servers", "needs": "ct", "takes": { "exponential": { "mean": "20 min" } }, "then": { "again": 0.2, "out": 0.8 } },
      "again": { "kind": "delay", "takes": "30 days", "then": "scan" },
      "out": { "kind": "end" } } }
  },
  "standards": {
    "triage": { "starts": ["referred"], "stops": ["triaged"], "limit": "2 days", "by": ["provider", "route", "cancer", "provider+route"] },
    "fds": { "starts": ["referred"], "stops": ["informed"], "limit": "28 days", "target": 0.8, "by": ["provider", "cancer"], "long_waits": ["62 days"] }
  }
})";

/// Ticks waited at all steps.
inline std::uint64_t waited(cwtsim::engine::ReplicationResult const& r) {
  std::uint64_t ticks = 0;
  for (auto const& step : r.steps) ticks += step.wait_ticks;
  return ticks;
}

/// Counts of a standard by stratum and month.
inline std::vector<std::uint32_t> counted(cwtsim::model::Model const& m, cwtsim::engine::ReplicationResult const& r,
                                          std::string const& standard) {
  std::vector<std::uint32_t> out;
  for (std::size_t s = 0; s < m.standards.size(); ++s) {
    if (m.names.standards[s] != standard) continue;
    auto const cuts = m.standards[s].cuts;
    for (std::uint32_t c = cuts.first; c < cuts.first + cuts.count; ++c)
      for (std::uint32_t l = 0; l < m.cuts[c].levels; ++l)
        for (std::uint32_t month = 0; month < m.months; ++month)
          out.push_back(r.counted[m.cell(m.cuts[c].first + l, month)]);
  }
  return out;
}

/// Everything that was counted is the same, whatever their numbers.
inline bool same(cwtsim::engine::ReplicationResult const& a, cwtsim::engine::ReplicationResult b) {
  b.replication = a.replication;
  return a == b;
}

}  // namespace hospital
