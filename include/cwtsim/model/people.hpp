#pragma once
// Staff, and rules that look at the lists, compiled.

#include <cstdint>

#include "cwtsim/core/choices.hpp"
#include "cwtsim/core/time.hpp"
#include "cwtsim/model/days.hpp"
#include "cwtsim/model/range.hpp"

namespace cwtsim::model {

/// People of a role whom a session needs.
struct StaffNeed {
  Index16 staff = 0;
  Index16 people = 1;
};

/// A role at a provider.
struct Staff {
  Index16 provider = 0;
  std::uint32_t people = 0;     ///< in post
  double present = 1;           ///< probability that one is at work on a day
  double sessions_per_day = 2;  ///< of one person, one weekday in five
  std::uint64_t draws_at = 0;
  std::uint64_t each = 0;        ///< whole-time equivalents of one person, in millionths
  std::uint64_t posts = 0;       ///< likewise of all posts, those of vacancies included
  Days days;                     ///< on which they man sessions
  bool comes_and_goes = false;   ///< at some date people leave or new posts are recruited
  bool new_posts_filled = true;  ///< those that a dated lever adds
  double leaves = 0;             ///< hazard of one person, a day
  std::uint32_t recruited_after = none32, trained_after = none32;  ///< quantile tables, days
  Index16 trainer = none16;                                        ///< whose sessions training takes
  double training_per_day = 0;                                     ///< sessions of theirs, a trainee
  Range stand_ins;  ///< in Era::stand_ins: who man what this role lacks, in this order
};

/// What is done when waiting lists are as it says. Expected waits and their limits are in ticks.
struct Rule {
  RuleKind kind = RuleKind::move;
  Days days;
  Tick at = 0;              ///< ticks after midnight
  std::uint32_t takes = 0;  ///< quantile table
  double when = 0;          ///< gap, or wait above which it begins
  double until = 0;         ///< wait below which it ends
  std::uint32_t at_most = 0;
  double scale = 1;
  std::uint64_t draws_at = 0;
  Range sites;  ///< in Era::rule_sites
};

/// A provider that a rule holds for.
struct RuleSite {
  Index16 rule = 0, provider = 0, resource = 0;
  double slots_per_week = 0;  ///< by the timetable
  std::uint64_t draws_at = 0;
};

}  // namespace cwtsim::model
