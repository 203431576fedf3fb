#pragma once
// The rows of Estimates of what is counted month by month.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>

#include "cwtsim/core/time.hpp"
#include "cwtsim/engine/result.hpp"
#include "cwtsim/experiment/columns.hpp"

namespace cwtsim::experiment {

/// A resource in a month.
struct ResourceInMonth {
  std::size_t resource = 0, month = 0;
  double days = 0, held_per_week = 0, cancelled_per_week = 0, offered_per_week = 0, used_per_week = 0;
  double overrun_per_week = 0;
  std::optional<double> utilisation, mean_wait_days;
  double waiting_at_end = 0;

  template <class R = ResourceInMonth>
  static constexpr auto fields() {
    using T = engine::ResourceMonth;
    return std::tuple(
        hidden(&R::resource, "in Estimates::resources"), hidden(&R::month, "in Estimates::months"),
        Column{&R::days, "days", "days", "of the month that were measured"},
        Column{&R::held_per_week, "held", "sessions a week", "or meetings", Told{&T::sessions, Per::week}},
        Column{&R::cancelled_per_week, "cancelled", "sessions a week", "without their staff",
               Told{&T::cancelled, Per::week}},
        Column{&R::offered_per_week, "offered", "units a week", "of sessions held, what other work leaves"},
        Column{&R::used_per_week, "used", "units a week",
               "did-not-attends included; of servers what they did in the month, whenever it ends"},
        Column{&R::overrun_per_week, "overrun", "server hours a week",
               "of the used: while more were in use than open, as work went on after closing"},
        Column{&R::utilisation, "utilisation", "share",
               "used (without overrun), of the offered; a session over the end of a month is offered in the month in "
               "which "
               "it opens and used in that of each visit"},
        Column{&R::mean_wait_days, "mean_wait_days", "days", "of those who started in the month, from joining"},
        Column{&R::waiting_at_end, "waiting_at_end", "patients",
               "on the list or outside it at the end of the month, mean of the replications",
               Told{&T::waiting_at_end, Per::replication}});
  }
};

/// A step of a provider at which patients wait, in a month.
struct StepInMonth {
  std::size_t place = 0, month = 0;
  double days = 0, started = 0, finished = 0;
  std::optional<double> mean_wait_days;
  double gave_up = 0, waiting_at_end = 0;

  template <class R = StepInMonth>
  static constexpr auto fields() {
    using T = engine::StepMonth;
    return std::tuple(
        hidden(&R::place, "in Estimates::places"), hidden(&R::month, "in Estimates::months"),
        Column{&R::days, "days", "days", "of the month that were measured"},
        Column{&R::started, "visits", "times a replication", "the step started", Told{&T::starts, Per::replication}},
        Column{&R::finished, "finished", "times a replication", "it was finished",
               Told{&T::finished, Per::replication}},
        Column{&R::mean_wait_days, "mean_wait_days", "days", "of those who started in the month, from joining"},
        Column{&R::gave_up, "gave_up", "times a replication", "a patient gave up waiting",
               Told{&T::gave_up, Per::replication}},
        Column{&R::waiting_at_end, "waiting_at_end", "patients",
               "on the list or outside it, or until a group is together, at the end of the month",
               Told{&T::waiting_at_end, Per::replication}});
  }
};

/// People of a role at a provider in a month.
struct StaffInMonth {
  std::size_t role = 0, month = 0;
  double days = 0, posts = 0, in_post = 0, wanted_per_week = 0, manned_per_week = 0, stood_in_per_week = 0;
  double lacking_per_week = 0;

  template <class R = StaffInMonth>
  static constexpr auto fields() {
    using T = engine::StaffMonth;
    return std::tuple(hidden(&R::role, "in Estimates::staff"), hidden(&R::month, "in Estimates::months"),
                      Column{&R::days, "days", "days", "of the month that were measured"},
                      Column{&R::posts, "posts", "whole-time equivalents", "mean of the days, vacancies included",
                             Told{&T::posts, Per::day}},
                      Column{&R::in_post, "in_post", "whole-time equivalents",
                             "mean of the days, those in training included", Told{&T::in_post, Per::day}},
                      Column{&R::wanted_per_week, "wanted", "people times sessions a week", "when they open",
                             Told{&T::wanted, Per::week}},
                      Column{&R::manned_per_week, "manned", "people times sessions a week",
                             "of these, by people of the role and provider", Told{&T::manned, Per::week}},
                      Column{&R::stood_in_per_week, "stood_in", "people times sessions a week",
                             "of these, by people of other roles or providers", Told{&T::stood_in, Per::week}},
                      Column{&R::lacking_per_week, "lacking", "people a week",
                             "missing at sessions that were cancelled", Told{&T::lacking, Per::week}});
  }
};

}  // namespace cwtsim::experiment
