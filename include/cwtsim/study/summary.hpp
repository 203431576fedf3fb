#pragma once
// What can be said of an arm before anything is run: what `check` tells.

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "cwtsim/engine/walk.hpp"
#include "cwtsim/files/table.hpp"
#include "cwtsim/scenario/graph.hpp"
#include "cwtsim/scenario/scenario.hpp"
#include "cwtsim/study/arm.hpp"
#include "cwtsim/study/loads.hpp"

namespace cwtsim::study {

/// How many objects carry each mark, by scenario::Mark; `none` are those without one.
struct EvidenceCounts {
  std::array<std::size_t, count_of<scenario::Mark>> by_mark{};
  /// Of one mark.
  [[nodiscard]] std::size_t of(scenario::Mark mark) const { return by_mark[static_cast<std::size_t>(mark)]; }
};
[[nodiscard]] EvidenceCounts count_evidence(scenario::Scenario const& scenario);

using experiment::Leaning;
/// By kind and standard, the heaviest first: what is marked `assumed` or not at all.
[[nodiscard]] std::vector<Leaning> leanings_of(Arm const& arm, engine::Walk const& walk,
                                               std::vector<Load> const& loads);

/// People of a role whom sessions want, against people there, by the timetable of a week on the first day. Who stands
/// in, or covers another provider, is not looked at.
struct PeopleLoad {
  std::string provider, role;
  double wanted = 0, there = 0;  ///< people times sessions a week; there: less vacancies, leave and sickness
  double share = 0;              ///< wanted, of those there; infinite where nobody is, 0 where nobody is wanted
  std::int64_t at_once = 0;      ///< people wanted at the busiest moment of a week in which all sessions are held
  double at_work = 0;            ///< people at work on a day, on average
  std::string when;              ///< that moment, the first of them: "mon 09:00"
};
[[nodiscard]] std::vector<PeopleLoad> people_loads_of(Arm const& arm);  ///< the fullest first

/// How long a standard's clock runs if nobody ever waits.
struct UnwaitedTime {
  std::string standard;
  double median_days = 0;  ///< -1: no clock stops
  int limit_days = 0;
};

/// By standard, of replications with this seed until 20,000 patients have come, but of 64 at most; of at most 300,000
/// patients, where fewer do not change what happens to the others.
/// Stopped, they are left out.
[[nodiscard]] std::vector<experiment::Ceiling> ceilings_of(model::Model const& model, std::uint64_t seed,
                                                           std::atomic<bool> const* stop = nullptr);

/// What `check` says of an arm.
struct Summary {
  Date first_measured, last_measured;  ///< inclusive
  std::vector<scenario::PathSummary> pathways;
  std::vector<UnwaitedTime> times;
  std::vector<Load> loads;         ///< the heaviest first
  std::vector<PeopleLoad> people;  ///< likewise
  EvidenceCounts evidence;
  std::vector<Leaning> leanings;
  std::vector<experiment::Ceiling> ceilings;
};
/// Solves the flow of patients and walks 400,000 of them through the model: seconds for the largest scenarios. On no
/// more than two threads, whatever more are allowed; nothing depends on it.
[[nodiscard]] Summary summarise(Arm const& arm, int threads = 1);
/// What of it every report repeats, and nothing else is worked out for it.
[[nodiscard]] experiment::Foundations foundations_of(Arm const& arm, int threads = 1,
                                                     std::atomic<bool> const* stop = nullptr);
[[nodiscard]] experiment::Foundations foundations_of(Summary const& summary);
/// The same as tables: pathways, times, loads, people, evidence, leanings. They need the summary no more.
[[nodiscard]] std::vector<files::Table> summary_tables(Summary const& summary);

}  // namespace cwtsim::study
