// Where the days go from the start of a clock to its stop, of all whose clock stops and of those who breach.

#include <tuple>

#include "cwtsim/experiment/estimates.hpp"
#include "estimate_parts.hpp"

namespace cwtsim::experiment {

namespace {

using engine::StepTotals;

/// The accounts of one standard, of all or of those who breached.
class Clock {
 public:
  Clock(model::Model const& model, Tally const& tally, std::size_t standard, bool breached_only)
      : model_(model), tally_(tally), standard_(standard), first_(breached_only ? 1 : 0) {
    for (std::size_t k = first_; k < 2; ++k) merge_into(totals_, tally.clocks[standard * 2 + k].total);
    row_.standard = standard;
    row_.who = breached_only ? "breached" : "all";
    row_.followed = static_cast<double>(totals_.patients) / static_cast<double>(tally.completed.size());
  }

  void add_to(std::vector<ClockDays>& rows) {
    if (totals_.patients == 0) return;
    double const counted = static_cast<double>(totals_.days) * model_.ticks_per_day;
    double told = static_cast<double>(totals_.days_before) * model_.ticks_per_day;
    row_.whose = "patients";
    add(rows, {"", "before", "before the first moment"}, told, counted);
    for (bool const of_branches : {false, true}) {
      row_.whose = of_branches ? "branches" : "patients";
      for (std::size_t step = 0; step < model_.names.steps.size(); ++step)
        each_account([&](std::size_t account, char const* name, char const* meaning) {
          std::uint64_t ticks = 0;
          for (std::size_t k = first_; k < 2; ++k)
            ticks +=
                tally_
                    .clock_ticks[engine::clock_cell({standard_, k == 1, of_branches, step}, model_.names.steps.size()) +
                                 account];
          bool const paused = account == engine::account_paused;
          if (!of_branches && !paused) told += static_cast<double>(ticks);
          add(rows, {model_.names.steps[step], name, meaning}, static_cast<double>(ticks), paused ? 0 : counted);
        });
      if (!of_branches) add(rows, {"", "dates", "counted from date to date"}, counted - told, counted);
    }
  }

 private:
  struct On {
    std::string step;
    char const *account, *meaning;
  };

  void add(std::vector<ClockDays>& rows, On const& on, double ticks, double counted) {
    if (ticks == 0) return;
    row_.step = on.step;
    row_.account = on.account;
    row_.meaning = on.meaning;
    row_.days = ticks / model_.ticks_per_day / static_cast<double>(totals_.patients);
    row_.share = counted > 0 ? std::optional(ticks / counted) : std::nullopt;
    rows.push_back(row_);
  }

  template <class Use>
  static void each_account(Use const& use) {
    std::size_t i = 0;
    std::apply([&](auto const&... account) { (use(i++, account.name, account.meaning), ...); }, StepTotals::accounts());
    use(engine::account_paused, "paused", "paused, and not counted");
  }

  model::Model const& model_;
  Tally const& tally_;
  std::size_t standard_, first_;
  engine::ClockTotals totals_;
  ClockDays row_;
};

}  // namespace

void add_clock_days(Estimates& into, model::Model const& model, Experiment const& experiment) {
  into.followed_one_in = model.followed;
  if (into.completed == 0) return;
  for (std::size_t s = 0; s < model.standards.size(); ++s)
    for (bool const breached_only : {false, true})
      Clock(model, experiment.tally, s, breached_only).add_to(into.clock_days);
}

}  // namespace cwtsim::experiment
