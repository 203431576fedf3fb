#pragma once
// Levers: reading their files, and pulling them.

#include <string>
#include <vector>

#include "compose.hpp"
#include "cwtsim/io/read.hpp"
#include "cwtsim/scenario/doc.hpp"
#include "value.hpp"

namespace cwtsim::io {

/// A lever and where it was written.
struct PlacedLever {
  Lever lever;
  Value value;
  std::string pointer;  ///< of the lever in its own file
  Place place;
  static constexpr auto command_line = static_cast<std::size_t>(-1);
  std::size_t of = command_line;  ///< its place among the interventions
  std::string intervention = {};  ///< the name of its file; of one from the command line the option
  bool is_option = false;         ///< of the command line, also where it is written out in a scenario
};

/// The levers of a file and of those that it includes, and what each says of itself. Null dates and problems where they
/// are wrong, and where a file has been `read` before.
void read_lever_file(std::string const& path, FileNames& files, Problems& problems, Problems& told, FilesRead& read,
                     std::vector<PlacedLever>& levers, std::vector<Intervention>& interventions);
/// The lever sets that stand in a scenario under `with`, as the files that they could be. Takes them out of it.
void take_lever_sets(Value& scenario, FileNames& files, Problems& problems, Problems& told,
                     std::vector<PlacedLever>& levers, std::vector<Intervention>& interventions);
/// Lever sets that do what these levers do, in their order, and that have the costs of the interventions; those that
/// would have neither are left out.
[[nodiscard]] Value lever_sets(std::vector<PlacedLever> const& levers, std::vector<Intervention> const& interventions);
/// A lever of the command line, with the place "--set POINTER=VALUE".
[[nodiscard]] PlacedLever place_lever(Lever const& lever, FileNames& files, Problems& problems, Problems& told);

/// Changes `root`, and notes what is done. Problems if the pointer matches nothing or the value cannot be scaled or
/// added to, or if it makes what the levers have `written`, copies and all, too large.
void apply_lever(Value& root, PlacedLever const& lever, Extent& written, FileNames const& files, Problems& problems,
                 Pulled& pulled);

/// Field declarations of a lever file and of a lever set, for reading and for the field reference.
struct LeverEntry {
  std::string pointer;
  std::optional<Value> set, scale, add;
  std::optional<Date> from, until;
  scenario::Evidence evidence;
};
struct LeverSet {
  std::string name, summary, cost;
  Named<InterventionCost> costs;
  Named<LeverEntry> levers;
  scenario::Evidence evidence;
};
struct LeverFile {
  LeverSet set;
  std::vector<std::string> include;
};

template <class V>
void describe(V& v, LeverEntry& l) {
  using scenario::Doc;
  v.about("lever", "One change of a scenario; of set, scale and add it has exactly one.");
  v.field("pointer", l.pointer,
          Doc{.text = "where: a JSON pointer into the scenario, * for any key; `capacity` of a resource is how much "
                      "there is of "
                      "it, whatever its spelling",
              .example = "\"/providers/*/resources/ct/per_week\"",
              .required = true});
  v.field("set", l.set, Doc{.text = "the new value, whatever was there", .example = "\"3 days\""});
  v.field("scale", l.scale, Doc{.text = "factor on a number or a length of time", .example = "1.1"});
  v.field("add", l.add,
          Doc{.text = "added to a number (a number) or a length of time (a length of time)", .example = "5"});
  v.exactly_one("set scale add", "it says what is done there");
  v.field("from", l.from,
          Doc{.text = "first day on which it holds; absent: from the start", .example = "\"2026-10-01\""});
  v.field("until", l.until,
          Doc{.text = "first day on which it no longer holds; absent: to the end", .example = "\"2027-04-01\""});
  v.evidence(l.evidence);
}

template <class V>
void describe(V& v, InterventionCost& c) {
  using scenario::Doc;
  v.about("cost of an intervention", "Pounds that go into a ledger, once or by the year; only measured days count.");
  v.field("ledger", c.ledger, Doc{.text = "the ledger of the scenario", .example = "\"cash\"", .required = true});
  v.field("fund", c.fund, Doc{.text = "who pays, for the reader", .example = "\"Cancer alliance\""});
  v.field("once", c.once, Doc{.text = "pounds at one time; needs `on`", .example = "250000", .min = 0, .max = 1e12});
  v.field("per_year", c.per_year,
          Doc{.text = "or pounds for each 365 days, by day", .example = "1200000", .min = 0, .max = 1e12});
  v.exactly_one("once per_year", "it says how much it costs");
  v.field("on", c.on, Doc{.text = "with `once`: the day", .example = "\"2026-10-01\""});
  v.field("from", c.from,
          Doc{.text = "with `per_year`: first day; absent: from the start", .example = "\"2026-10-01\""});
  v.field("until", c.until,
          Doc{.text = "with `per_year`: first day on which it is paid no longer; absent: to the end",
              .example = "\"2029-04-01\""});
  v.targets("taper", c.taper,
            Doc{.text = "share of `per_year` that is paid, by the date from which it holds",
                .example = "{\"2027-04-01\": 0.66}",
                .min = 0,
                .max = 1});
  v.evidence(c.evidence);
}

template <class V>
void describe_set(V& v, LeverSet& s) {
  using scenario::Doc;
  v.field("name", s.name, Doc{.text = "its name in reports", .example = "\"One more CT scanner\"", .required = true});
  v.field("summary", s.summary, Doc{.text = "what it is, for the reader", .example = "\"Two extra sessions a week\""});
  v.field("cost", s.cost, Doc{.text = "what it costs, in words", .example = "\"1.2 million pounds a year\""});
  v.field("costs", s.costs, Doc{.text = "what it costs, by name"});
  v.field("levers", s.levers, Doc{.text = "its levers by name", .required = true});
  v.evidence(s.evidence);
}

template <class V>
void describe(V& v, LeverSet& s) {
  v.about("lever set", "A lever file that stands in a scenario, under `with`; it includes no others.");
  describe_set(v, s);
}

template <class V>
void describe(V& v, LeverFile& f) {
  using scenario::Doc;
  v.about("lever file", "A named set of levers with its evidence and cost.");
  v.handled_elsewhere("schema", "1", Doc{.text = "version of the language", .example = "1", .required = true});
  v.field("include", f.include,
          Doc{.text = "lever files in the same folder or below, pulled in this order before its own levers",
              .example = "[\"straight-to-test.json\"]"});
  describe_set(v, f.set);
}

}  // namespace cwtsim::io
