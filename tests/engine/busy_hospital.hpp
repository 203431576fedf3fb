#pragma once
// Nearly every mechanism of the language in one model.

#include "small_model.hpp"

namespace cwtsim::small {

/// A busy hospital with nearly everything in it.
inline Parts hospital() {
  Parts p;
  p.run_for = "1 years";
  p.warm_up = "30 days";
  p.bank_holidays = "england";
  p.attributes =
      R"("tumour": {"levels": ["lung", "skin"], "shares": {"lung": 0.3, "skin": 0.7}}, "cancer": {"levels": ["no", "yes"], "shares": {"no": 1}})";
  p.profiles = R"("week": {"weekdays": {"mon": 1.5, "tue": 1, "wed": 1, "thu": 1, "fri": 1, "sat": 0.2, "sun": 0.1}})";
  p.demand =
      R"("gp": {"pathway": "path", "per_week": {"here": 60, "there": 40}, "profile": "week", "milestones": ["came"], "growth_per_year": 0.05})";
  p.staff = R"("nurse": {"whole_time_equivalents": 6, "leave": 0.1, "leavers_per_year": 3, "recruited_after": "20 days",
                       "trained_after": "20 days", "trainer": {"role": "sister", "sessions_per_week": 2}},
             "sister": {"whole_time_equivalents": 1, "stands_in_for": "nurse"})";
  std::string const resources =
      R"("clinic": {"kind": "sessions", "order": "breach_date", "notice": "2 days", "per_week": 75, "other_work": 0.05,
          "sessions": {"day": {"on": "mon-fri", "opens": "09:00", "closes": "17:00"}}},
      "scanner": {"kind": "servers", "order": "priority", "promote_after": "7 days", "at_closing": "pause", "hours": {"day": {"on": "mon-fri", "opens": "08:00", "closes": "18:00", "servers": 2}}},
      "radiologist": {"kind": "servers", "servers": 2}, "mdt": {"kind": "meeting", "cut_off": "1 days", "meets": {"weekly": {"on": "wed", "at": "14:00", "cases": 40}}},
      "theatre": {"kind": "servers", "servers": 1}, "bed": {"kind": "servers", "servers": 4, "waiting_room": 1, "when_full": "hold"})";
  p.resources = resources;
  p.providers = R"("there": {"resources": {)" + resources + "}}";
  p.start = "clinic";
  p.steps =
      R"("clinic": {"kind": "appointment", "needs": "clinic", "takes": "20 min", "did_not_attend": {"share": 0.08, "rebook": "5 days", "up_to": 3, "then": "gone"},
          "gives_up": {"private": {"after": {"exponential": {"mean": "200 days"}}, "then": "gone"}}, "then": {"by": ["tumour"], "lung": "tests", "skin": {"tests": 0.3, "informed": 0.7}}},
      "tests": {"kind": "parallel", "starts": {"scan": 1, "biopsy": {"by": ["tumour"], "lung": 0.6, "skin": 0.2}}, "joins_at": "mdt"},
      "scan": {"kind": "servers", "needs": {"scanner": 1, "radiologist": 1}, "takes": {"exponential": {"mean": "40 min"}}, "priority": {"by": ["tumour"], "lung": 0, "skin": 1}, "then": "mdt"},
      "biopsy": {"kind": "delay", "takes": {"lognormal": {"median": "5 days", "p90": "12 days"}}, "counts": "working days", "then": {"mdt": 0.98, "gone": 0.02}},
      "mdt": {"kind": "meeting", "needs": "mdt", "sets": {"cancer": {"yes": 0.4, "no": 0.6}}, "then": "informed"},
      "informed": {"kind": "delay", "takes": "2 days", "on_finish": ["told"], "then": {"by": ["cancer"], "yes": "surgery", "no": "home"}},
      "surgery": {"kind": "servers", "needs": "theatre", "takes": "4 hours", "then": "ward"},
      "ward": {"kind": "servers", "needs": "bed", "takes": {"exponential": {"mean": "2 days"}}, "then": {"fractions": 0.3, "home": 0.7}},
      "fractions": {"kind": "servers", "needs": "radiologist", "takes": "15 min", "repeats": {"5": 0.5, "15": 0.5}, "every": "1 days", "then": "home"},
      "gone": {"kind": "delay", "takes": "0 min", "on_finish": ["withdrawn"], "then": "home"}, "home": {"kind": "end"})";
  p.standards =
      R"("fds": {"starts": "came", "stops": "told", "excluded_by": "withdrawn", "limit": "28 days", "by": ["provider", "tumour", "provider+tumour"], "long_waits": ["62 days", "104 days"]})";
  return p;
}

}  // namespace cwtsim::small
