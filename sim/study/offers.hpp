#pragma once
// What the timetables offer in a month, in pieces of the same size.

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "cwtsim/model/model.hpp"

namespace cwtsim::study {

/// A month of the run, or what of it is in the run.
struct Month {
  std::string name;          ///< "2026-04"
  std::uint32_t first, end;  ///< days of the run; the end is not in it
  [[nodiscard]] double weeks() const { return (end - first) / 7.0; }
};
/// A part shorter than 15 days belongs to the month beside it.
[[nodiscard]] std::vector<Month> months_of(model::Model const& model);

/// The era in force on a day.
[[nodiscard]] model::Era const& era_on(model::Model const& model, std::uint32_t day);

/// From when to when, in ticks of the run; may begin before it.
struct Span {
  std::int64_t from, to;
};
/// What of spans lies in others too.
void keep_common(std::vector<Span>& spans, std::vector<Span> const& others);
/// When a resource is open on a day, or has stayed open from the day before, with at least so much of it at once. A
/// meeting is for a tick.
[[nodiscard]] std::vector<Span> open_on(model::Model const& model, model::Index16 resource, std::uint32_t day,
                                        std::uint32_t least);

/// Openings (of servers: hours) with so many slots, cases or servers each; none32: for all who come.
using Offer = std::map<std::uint32_t, double>;

/// Lengths of services at a resource, in ticks, and how many of each: for what overruns a closing.
struct Services {
  std::vector<std::pair<double, double>> lengths;  ///< ticks, share
  [[nodiscard]] double mean() const;
};

/// Ticks that one server works who begins at once whatever comes, for as long as it is open, and then finishes.
[[nodiscard]] double worked(Services const& services, Tick open);

/// What a resource offers in a month at times when all `others` are open too.
[[nodiscard]] Offer offer_of(model::Model const& model, model::Index16 resource,
                             std::vector<model::Index16> const& others, Month const& month, Services const& services);

/// Units in all: slots, cases, server hours; infinite where it takes all who come.
[[nodiscard]] double units_of(Offer const& offer);

/// Visits by the number of units that each needs at once, and how much is asked for (visits; of servers: hours).
using Wanted = std::map<std::uint32_t, double>;

/// The greatest share that any bound gives of what is wanted in what fits: how many visits of what size fit into an
/// opening together. At least wanted units by units offered; exact for visits of one size.
[[nodiscard]] double share_of(Wanted const& wanted, Offer const& offer);

}  // namespace cwtsim::study
