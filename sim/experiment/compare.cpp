#include "cwtsim/experiment/compare.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "estimate_parts.hpp"

namespace cwtsim::experiment {
namespace {

constexpr double halves = 2, pence_per_pound = 100;

/// The periods that are told as one, and how long they are.
struct Time {
  std::string when;
  std::vector<std::size_t> periods;
  double years = 0;
};

/// All the measured time, and the years.
std::vector<Time> times_of(ArmReplications const& names) {
  Time all{"all", {}, 0};
  std::vector<Time> times;
  bool const by_year = names.periods.size() > 1;
  for (std::size_t p = 0; p < names.periods.size(); ++p) {
    all.periods.push_back(p);
    all.years += names.years[p];
    if (by_year && names.periods[p] != "rest") times.push_back({names.periods[p], {p}, names.years[p]});
  }
  times.insert(times.begin(), std::move(all));
  return times;
}

/// One arm's numbers of each replication that is compared, unpacked.
struct Numbers {
  std::vector<std::vector<std::uint64_t>> counts, recorded, pence;  ///< [replication][as packed]
};

Numbers numbers_of(ArmReplications const& arm, std::set<std::uint64_t> const& compared) {
  Numbers numbers;
  for (auto const& r : arm.completed) {
    if (!compared.contains(r.replication)) continue;
    numbers.counts.push_back(r.counts.numbers());
    numbers.recorded.push_back(r.recorded.numbers());
    numbers.pence.push_back(r.pence.numbers());
  }
  return numbers;
}

/// Of each replication the sum over the periods of what stands at [(item * periods + period) * width + place].
std::vector<std::uint64_t> sums_of(std::vector<std::vector<std::uint64_t>> const& numbers, std::size_t item,
                                   std::size_t periods, std::size_t width, std::size_t place, Time const& time) {
  std::vector<std::uint64_t> sums;
  sums.reserve(numbers.size());
  for (auto const& own : numbers) {
    std::uint64_t sum = 0;
    for (auto const p : time.periods) sum += own[(item * periods + p) * width + place];
    sums.push_back(sum);
  }
  return sums;
}

/// What is told of all arms.
struct What {
  Figures figure = Figures::attainment;
  std::size_t of = 0, stratum = 0;
  std::uint32_t index = 0;  ///< of the stratum, in the model
};

class Comparing {
 public:
  Comparing(std::vector<ArmReplications> arms, std::set<std::uint64_t> const& compared)
      : times_(times_of(arms.front())), greatest_(compared.size(), arms.size() - 1) {
    out_.replications = compared.size();
    for (auto& arm : arms) {
      numbers_.push_back(numbers_of(arm, compared));
      outlays_.push_back(std::move(arm.outlays));
      out_.arms.push_back(arm.arm);
      out_.limited.push_back(arm.limited);
      arm.completed.clear();
    }
    out_.names = std::move(arms.front());
  }

  Differences all() {
    auto const& names = out_.names;
    std::vector<std::vector<ArmDifference>> by_arm(numbers_.size());
    for (auto const& what : whats())
      for (auto const& time : times_)
        for (auto& row : family(what, time))
          if (row.difference.value != 0 || row.error > 0 || out_.stratum_of(row).dimension == "all")
            by_arm[row.arm].push_back(std::move(row));
    for (auto& rows : by_arm)
      out_.rows.insert(out_.rows.end(), std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end()));
    for (std::size_t s = 0; s < names.strata.size(); ++s) {
      if (names.strata[s].dimension != "all") continue;
      find_best({Figures::attainment, names.strata[s].standard, s, names.strata[s].index});
      find_pounds_each({Figures::in_time, names.strata[s].standard, s, names.strata[s].index});
    }
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::vector<What> whats() const {
    auto const& names = out_.names;
    std::vector<What> whats;
    for (std::size_t s = 0; s < names.strata.size(); ++s)
      for (auto const figure : {Figures::attainment, Figures::in_time})
        whats.push_back({figure, names.strata[s].standard, s, names.strata[s].index});
    for (std::size_t s = 0; s < names.measure_strata.size(); ++s)
      for (auto const figure : {Figures::mean, Figures::total})
        whats.push_back({figure, names.measure_strata[s].standard, s, names.measure_strata[s].index});
    for (std::size_t l = 0; l < names.ledgers.size(); ++l)
      whats.push_back({Figures::pounds, l, 0, static_cast<std::uint32_t>(l)});
    return whats;
  }

  /// Nothing where nobody was counted.
  [[nodiscard]] std::optional<Figure> figure_of(What const& what, Time const& time, std::size_t arm) const {
    auto const& own = numbers_[arm];
    auto const periods = out_.names.periods.size();
    auto const two = [&](auto const& numbers, std::size_t place) {
      return sums_of(numbers, what.index, periods, 2, place, time);
    };
    switch (what.figure) {
      case Figures::attainment:
        return ratio_figure(two(own.counts, 0), two(own.counts, 1));
      case Figures::in_time:
        return mean_figure(two(own.counts, 0), 1 / halves / time.years);
      case Figures::mean:
        return ratio_figure(two(own.recorded, 0), two(own.recorded, 1));
      case Figures::total:
        return mean_figure(two(own.recorded, 0), 1 / out_.names.scales[what.stratum] / time.years);
      case Figures::pounds: {
        auto figure =
            mean_figure(sums_of(own.pence, what.index, periods, 1, 0, time), 1 / pence_per_pound / time.years);
        for (auto const p : time.periods)
          if (figure) figure->value += outlays_[arm][what.index * periods + p] / time.years;
        return figure;
      }
    }
    return std::nullopt;
  }

  /// Whether anybody was counted; of a ledger always.
  [[nodiscard]] bool is_of_somebody(What const& what, Time const& time, std::size_t arm) const {
    if (what.figure == Figures::pounds) return true;
    bool const of_standard = what.figure == Figures::attainment || what.figure == Figures::in_time;
    auto const& numbers = of_standard ? numbers_[arm].counts : numbers_[arm].recorded;
    auto const counted = sums_of(numbers, what.index, out_.names.periods.size(), 2, 1, time);
    return std::ranges::any_of(counted, [](std::uint64_t n) { return n > 0; });
  }

  /// Of every arm but the first, with what holds for all of them together. What nobody was counted in is left out.
  std::vector<ArmDifference> family(What const& what, Time const& time) {
    std::vector<ArmDifference> rows;
    std::vector<Difference> differences;
    auto const first = figure_of(what, time, 0);
    for (std::size_t arm = 1; first && arm < numbers_.size(); ++arm) {
      auto const other = figure_of(what, time, arm);
      if (!other || !(is_of_somebody(what, time, 0) || is_of_somebody(what, time, arm))) continue;
      auto const& d = differences.emplace_back(difference_of(*first, *other));
      rows.push_back({arm,
                      what.figure,
                      what.of,
                      what.stratum,
                      time.when,
                      first->value,
                      other->value,
                      d.estimate,
                      d.error,
                      {},
                      {},
                      d.saved});
    }
    if (out_.replications < 2) return rows;
    GreatestError::Family off;
    for (auto const& d : differences) off.emplace_back(d.off);
    double const wider = greatest_.reach_of_95(off) / t_975(static_cast<std::int64_t>(out_.replications) - 1);
    for (auto& row : rows) {
      row.low_of_all = row.difference.value - (row.difference.value - *row.difference.low) * wider;
      row.high_of_all = row.difference.value + (*row.difference.high - row.difference.value) * wider;
    }
    return rows;
  }

  void find_best(What const& what) {
    std::vector<std::optional<Figure>> figures;
    for (std::size_t arm = 0; arm < numbers_.size(); ++arm) figures.push_back(figure_of(what, times_.front(), arm));
    BestArm best{what.of, 0, {}, {}, 0};
    for (std::size_t arm = 1; arm < figures.size(); ++arm)
      if (figures[arm] && (!figures[best.arm] || figures[arm]->value > figures[best.arm]->value)) best.arm = arm;
    if (!figures[best.arm]) return;
    std::vector<Difference> behind;
    double least = HUGE_VAL;
    for (std::size_t arm = 0; arm < figures.size(); ++arm) {
      if (arm == best.arm || !figures[arm]) continue;
      auto d = difference_of(*figures[arm], *figures[best.arm]);
      if (d.error == 0) {
        if (d.estimate.value == 0) best.as_good.push_back(arm);
        continue;
      }
      least = std::min(least, d.estimate.value / d.error);
      best.advised = std::max(best.advised, d.estimate.advised);
      behind.push_back(std::move(d));
    }
    GreatestError::Family off;
    for (auto const& d : behind) off.emplace_back(d.off);
    if (out_.replications > 1) best.confidence = greatest_.share_below(off, least);
    out_.best.push_back(std::move(best));
  }

  void find_pounds_each(What const& in_time) {
    auto const& names = out_.names;
    auto const& all = times_.front();
    for (std::size_t l = 0; l < names.ledgers.size(); ++l) {
      if (names.ledgers[l].kind != "cash") continue;
      What const pounds{Figures::pounds, l, 0, static_cast<std::uint32_t>(l)};
      auto const spent = family(pounds, all);
      for (auto& more : family(in_time, all)) {
        auto const of_arm = std::ranges::find(spent, more.arm, &ArmDifference::arm);
        if (of_arm == spent.end()) continue;
        PoundsEach row{more.arm, in_time.of, l, std::move(more), *of_arm, {}};
        if (row.in_time.is_more())
          row.each =
              ratio_of_differences(difference_of(*figure_of(pounds, all, 0), *figure_of(pounds, all, row.arm)),
                                   difference_of(*figure_of(in_time, all, 0), *figure_of(in_time, all, row.arm)));
        out_.pounds_each.push_back(std::move(row));
      }
    }
  }

  std::vector<Time> times_;
  GreatestError greatest_;
  std::vector<Numbers> numbers_;              ///< by arm
  std::vector<std::vector<double>> outlays_;  ///< by arm
  Differences out_;
};

}  // namespace

std::string unlike(ArmReplications const& first, ArmReplications const& other) {
  auto const names_of = [](auto const& list) {
    std::vector<std::string> names;
    names.reserve(list.size());
    for (auto const& item : list) names.push_back(item.name);
    return names;
  };
  auto const strata_of = [](std::vector<Stratum> const& strata) {
    std::vector<std::string> names;
    names.reserve(strata.size());
    for (auto const& s : strata) names.push_back(s.dimension + " " + s.value);
    return names;
  };
  auto const differ = [](std::string_view what, std::vector<std::string> const& a, std::vector<std::string> const& b) {
    auto const [in_a, in_b] = std::ranges::mismatch(a, b);
    if (in_a == a.end() && in_b == b.end()) return std::string();
    return in_b == b.end()   ? fmt::format("it has no {} \"{}\"", what, *in_a)
           : in_a == a.end() ? fmt::format("it has a {} \"{}\", which the first has not", what, *in_b)
                             : fmt::format("it has the {} \"{}\" where the first has \"{}\"", what, *in_b, *in_a);
  };
  for (auto const& found :
       {differ("measured time", first.periods, other.periods),
        differ("standard", names_of(first.standards), names_of(other.standards)),
        differ("division of patients", strata_of(first.strata), strata_of(other.strata)),
        differ("measure", names_of(first.measures), names_of(other.measures)),
        differ("division of a measure", strata_of(first.measure_strata), strata_of(other.measure_strata)),
        differ("ledger", names_of(first.ledgers), names_of(other.ledgers))})
    if (!found.empty()) return found;
  if (first.scales != other.scales) return "it records measures in other units";
  if (first.years != other.years) return "what is measured of it is longer or shorter";
  return first.seed == other.seed ? "" : "it has another seed";
}

std::string_view word_of(Figures figure) {
  switch (figure) {
    case Figures::attainment:
      return "attainment";
    case Figures::in_time:
      return "in_time";
    case Figures::mean:
      return "mean";
    case Figures::total:
      return "total";
    case Figures::pounds:
      return "pounds";
  }
  return {};
}

Stratum const& Differences::stratum_of(ArmDifference const& row) const {
  static Stratum const whole{0, "all", "all", 0};
  switch (row.figure) {
    case Figures::attainment:
    case Figures::in_time:
      return names.strata[row.stratum];
    case Figures::mean:
    case Figures::total:
      return names.measure_strata[row.stratum];
    case Figures::pounds:
      break;
  }
  return whole;
}

ArmReplications replications_of(model::Model const& model, Experiment experiment, ArmSummary arm,
                                std::vector<Outlay> const& outlays) {
  ArmReplications own;
  auto const none = estimate(model, {experiment.seed, 0, {}, {}, 0, experiment.layout, {}}, arm.arm, {});
  own.arm = std::move(arm);
  own.scenario = none.scenario;
  own.standards = none.standards;
  own.strata = none.strata;
  own.measures = none.measures;
  own.measure_strata = none.measure_strata;
  own.ledgers = ledgers_of(model);
  own.first_measured = none.first_measured;
  own.last_measured = none.last_measured;
  auto const& layout = experiment.layout;
  for (auto const& stratum : own.measure_strata)
    own.scales.push_back(static_cast<double>(model.measures[stratum.standard].scale));
  own.periods = layout.periods;
  own.years.assign(layout.periods.size(), 0);
  for (std::uint32_t m = 0; m < layout.months; ++m)
    own.years[layout.period_of_month[m]] += years_in(model, {Span::month, "", m, 1, {}});
  for (auto const& span : layout.spans)
    if (span.year) own.years[layout.period_of_month[span.first]] = 1;
  own.seed = experiment.seed;
  own.limited = experiment.tally.limited.size();
  own.completed = std::move(experiment.tally.completed);
  own.outlays = outlay_pounds(model, layout, outlays);
  return own;
}

std::variant<Differences, NotAlike> compare(std::vector<ArmReplications> arms) {
  std::set<std::uint64_t> compared;
  for (auto const& r : arms.front().completed) compared.insert(r.replication);
  for (std::size_t arm = 1; arm < arms.size(); ++arm) {
    if (auto what = unlike(arms.front(), arms[arm]); !what.empty()) return NotAlike{arm, std::move(what)};
    std::set<std::uint64_t> both;
    for (auto const& r : arms[arm].completed)
      if (compared.contains(r.replication)) both.insert(r.replication);
    compared = std::move(both);
  }
  return Comparing(std::move(arms), compared).all();
}

}  // namespace cwtsim::experiment
