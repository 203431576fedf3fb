#pragma once
// What the demand asks of each resource against what the timetable lets through, month by month.

#include <cstdint>
#include <string>
#include <vector>

#include "cwtsim/model/model.hpp"

namespace cwtsim::study {

/// What becomes of a list, by the flow of patients alone.
enum class Verdict : std::uint8_t {
  keeps_up,    ///< in every month there is as much as is asked for
  catches_up,  ///< not in every month, but in all of the last twelve
  grows,       ///< over the last twelve months more is asked for than there is
  unsure       ///< whether it is as much or more is within the error of what is asked for
};

/// What is wanted of a resource, and what it offers, a week of its worst month. Of some resources it is told twice: by
/// themselves, and at those times alone at which others are open that the same steps need.
struct Load {
  std::string resource, provider;
  std::string with;   ///< the others, "surgeon and bed"; empty: the resource by itself
  std::string unit;   ///< slots, server hours, cases
  std::string month;  ///< the worst, "2026-04"; parts of a month shorter than 15 days belong to the month beside them
  double wanted = 0, offered = 0;  ///< infinite: all who come; after bank holidays and other work
  double fits = 0;   ///< of what is offered so much can be used: in whole visits, with what overruns the closing
  double share = 0;  ///< wanted, of what fits; infinite where nothing fits, 0 where nothing is wanted
  double error = 0;  ///< standard error of the share; 0: exact
  Verdict verdict = Verdict::keeps_up;
  std::string grows_from;         ///< the month from which the list is never worked off again; empty: it is
  std::uint32_t months_over = 0;  ///< in which more is wanted than fits
  double let_through = 1;         ///< of what is wanted in that month the share that lists before it let through
  std::string behind;             ///< the fullest of those, "theatre at h"; empty: none
};

/// Of each resource of which something is wanted or offered, and of those that are needed together where that leaves
/// less: the heaviest first. Expected values: exact where the pathways say what comes next, else by so many walks of
/// patients of all sources together.
[[nodiscard]] std::vector<Load> loads_of(model::Model const& model, std::uint32_t walkers, std::uint64_t seed);

}  // namespace cwtsim::study
