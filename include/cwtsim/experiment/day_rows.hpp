#pragma once
// The rows of Estimates that say where the days go.

#include <cstddef>
#include <optional>
#include <string>
#include <tuple>

#include "cwtsim/experiment/columns.hpp"

namespace cwtsim::experiment {

/// Where the days go: an account of a step ("pathway/step") at a provider.
struct AccountDays {
  std::string step, provider;
  std::string whose, account, meaning;
  double days = 0, share = 0;

  template <class R = AccountDays>
  static constexpr auto fields() {
    return std::tuple(Column{&R::step, "step", "", "pathway and step"}, Column{&R::provider, "provider", "", "where"},
                      Column{&R::whose, "whose", "",
                             "patients: their calendar days; branches: of which a patient may have several at once"},
                      Column{&R::account, "account", "", "what the time went on"}, hidden(&R::meaning, "in words"),
                      Column{&R::days, "days", "patient-days a replication", "in the measured time"},
                      Column{&R::share, "share", "share", "of all days of patients, or of branches"});
  }
};

/// Where the days of those go, from the start of a clock to its stop, whose clock stops: an account of a step
/// ("pathway/step") at any provider.
struct ClockDays {
  std::size_t standard = 0;
  std::string who, whose, step, account, meaning;
  double days = 0;
  std::optional<double> share;
  double followed = 0;

  template <class R = ClockDays>
  static constexpr auto fields() {
    return std::tuple(
        hidden(&R::standard, "in Estimates::standards"), Column{&R::who, "who", "", "all, or breached: those who did"},
        Column{&R::whose, "whose", "",
               "patients: their calendar days; branches: of which a patient may have several at once"},
        Column{&R::step, "step", "", "pathway and step; none of days before the start, and of dates"},
        Column{&R::account, "account", "",
               "what the time went on; paused: not counted; before: before the first moment; dates: what is counted "
               "from date to date, less what passes from moment to moment"},
        hidden(&R::meaning, "in words"),
        Column{&R::days, "days", "days a patient", "mean of those followed whose clock stops in the measured time"},
        Column{&R::share, "share", "share", "of the days that the clock counts; of those paused none"},
        Column{&R::followed, "followed", "patients a replication", "those, on average"});
  }
};

}  // namespace cwtsim::experiment
