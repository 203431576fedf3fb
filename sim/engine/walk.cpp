#include "cwtsim/engine/walk.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "cwtsim/core/statistics.hpp"
#include "cwtsim/engine/visits.hpp"
#include "cwtsim/model/timetable.hpp"
#include "luck.hpp"
#include "progress.hpp"

namespace cwtsim::engine {

using model::Index16;
using model::none16;
using model::ResourceKind;

namespace {

class Walker {
 public:
  Walker(model::Model const& m, model::Era const& era, std::uint64_t seed, Passes const& passes)
      : m_(m),
        era_(era),
        passes_(passes),
        key_(replication_key(seed, 0)),
        levels_(m.attributes),
        course_(era_.progress.size()),
        starts_(m.standards.size()),
        passed_(m.standards.size()),
        histograms_(m.standards.size()) {
    went_.resize(era_.steps.size());
    visits_.starts.resize(era_.steps.size() * m.providers());
    visits_.hours.resize(visits_.starts.size());
    asked_.resize(era_.resources.size());
    sums_.resize(era_.resources.size());
    squares_.resize(era_.resources.size());
    result_.days_in.assign(m.standards.size(), std::vector<double>(era_.steps.size()));
  }

  void patient(std::uint32_t source_index, std::uint32_t k, double weight) {
    model::Source const& s = era_.sources[source_index];
    weight_ = weight;
    patient_key_ = draw(key_, s.draws_at ^ 0x77616c6bULL, k).first;
    stream_ = s.stream;
    std::copy_n(era_.source_levels.data() + s.levels, levels_.size(), levels_.data());
    for (std::uint32_t a = 0; a < s.attributes.count; ++a) {
      auto const& set = era_.source_attributes[s.attributes.first + a];
      levels_[set.attribute] =
          static_cast<std::uint8_t>(luck(set.draws_at, s.provider, 0).choose(set.choice, set.odds));
    }
    draw_course(era_, who(s.provider), patient_key_, 0, course_.data());
    std::ranges::fill(starts_, -1.0);
    spent_.clear();
    ended_ = false;
    steps_ = 0;
    entries_ = 0;
    reach(s.milestones.bits, 0);
    Token token{0, s.provider};
    follow(token, s.step, none16);
    for (Index16 const r : asked_of_) {
      sums_[r] += asked_[r];
      squares_[r] += asked_[r] * asked_[r];
      asked_[r] = 0;
    }
    asked_of_.clear();
  }

  /// Services and misses of all patients so far.
  [[nodiscard]] std::uint64_t passes() const { return passed_through_; }

  Walk result() {
    for (auto const& ways : went_) {
      double all = 0, most = 0;
      for (auto const& [step, patients] : ways) {
        all += patients;
        most = std::max(most, patients);
      }
      result_.apart.push_back(all - most);
    }
    for (auto const& h : histograms_) result_.median_days.push_back(h.total() > 0 ? h.quantile(0.5) : -1);
    return std::move(result_);
  }

  /// Of so many patients, each of weight 1.
  Visits visits(double patients) {
    for (double& starts : visits_.starts) starts /= patients;
    for (double& hours : visits_.hours) hours /= patients;
    for (std::size_t r = 0; r < squares_.size(); ++r) {
      double const mean = sums_[r] / patients;
      visits_.asked.push_back(mean);
      visits_.variance.push_back(std::max(squares_[r] / patients - mean * mean, 0.0) / patients);
    }
    return std::move(visits_);
  }

 private:
  struct Token {
    double days;  ///< since arrival
    Index16 provider;
    double share = 1;  ///< of the patient that has got through
  };
  struct Spent {
    std::uint32_t step;
    double days;
  };

  [[nodiscard]] Who who(Index16 provider) const { return {levels_.data(), provider, stream_}; }
  [[nodiscard]] Luck luck(std::uint64_t draws_at, Index16 provider, std::uint64_t visit) const {
    return {era_, who(provider), patient_key_, draws_at, visit};
  }

  void reach(std::uint64_t milestones, double days) {
    for (std::size_t s = 0; milestones != 0 && s < m_.standards.size(); ++s) {
      model::Standard const& standard = m_.standards[s];
      if (starts_[s] >= 0 && (milestones & standard.stops)) {
        histograms_[s].add(static_cast<int>(std::lround(std::floor(days - starts_[s]))));
        for (std::size_t i = passed_[s]; i < spent_.size(); ++i)
          result_.days_in[s][spent_[i].step] += weight_ * spent_[i].days;
        starts_[s] = -1;
      } else if (starts_[s] >= 0 && (milestones & (standard.excluded | standard.late))) {
        starts_[s] = -1;
      }
      if (starts_[s] < 0 && (milestones & standard.starts) && holds(m_, standard.condition, levels_.data())) {
        starts_[s] = days;
        passed_[s] = spent_.size();
      }
    }
  }

  [[nodiscard]] double ticks_to_days(Tick t) const { return static_cast<double>(t) / m_.ticks_per_day; }

  void use(model::Step const& s, Token const& token, double takes_days, double times) {
    ++passed_through_;
    std::size_t const at = static_cast<std::size_t>(&s - era_.steps.data()) * m_.providers() + token.provider;
    visits_.starts[at] += weight_ * token.share * times;
    visits_.hours[at] += weight_ * token.share * times * takes_days * 24;
    for (std::uint32_t n = 0; n < s.needs.count; ++n) {
      auto const& need = era_.needs[s.needs.first + n];
      Index16 const index = m_.resource_at[token.provider * m_.names.resource_names.size() + need.name];
      bool const servers = era_.resources[index].kind == ResourceKind::servers;
      if (asked_[index] == 0) asked_of_.push_back(index);
      asked_[index] += token.share * need.count * times * (servers ? takes_days * 24 : 1);
    }
  }

  // One visit of one step; returns false if the patient has ended or the token has reached its join.
  void follow(Token& token, Index16 step, Index16 joins_at) {
    while (!ended_ && step != joins_at && ++steps_ < 10'000) {
      model::Step const& s = era_.steps[step];
      std::uint64_t const visit = ++entries_;
      reach(s.joined.bits, token.days);
      auto const& kind = record_of(s.kind);
      if (kind.ends) {
        ended_ = true;
        return;
      }
      if (kind.continues) {
        step = s.continues_at;
        continue;
      }
      if (kind.branches) {
        go_through_branches(token, s, visit);
        step = s.joins_at;
        continue;
      }
      Index16 const from = step;
      double const passes = passes_.empty() ? 1 : passes_[std::size_t{step} * m_.providers() + token.provider];
      Index16 const early = pass(token, s, visit);
      token.share *= passes;
      if (early != none16)
        step = early;
      else
        step = static_cast<Index16>(luck(s.draws_at, token.provider, visit).choose(s.then, s.odds));
      went_[from][step] += weight_;
    }
  }

  // Until the last of the branches that are started has come to the join.
  void go_through_branches(Token& token, model::Step const& s, std::uint64_t visit) {
    double latest = token.days;
    for (std::uint32_t b = 0; b < s.branches.count && !ended_; ++b) {
      auto const& branch = era_.branches[s.branches.first + b];
      if (!luck(branch.draws_at, token.provider, visit).happens(branch.probability, {})) continue;
      Token child = token;
      follow(child, branch.step, s.joins_at);
      latest = std::max(latest, child.days);
    }
    token.days = latest;
  }

  // How long a patient stays in a delay before giving it up, in days, and where to.
  [[nodiscard]] std::pair<double, Index16> gives_up(model::Step const& s, Index16 provider, std::uint64_t visit) const {
    std::pair<double, Index16> first{HUGE_VAL, none16};
    for (std::uint32_t i = 0; i < s.gives_up.count; ++i) {
      auto const& g = era_.gives_up[s.gives_up.first + i];
      double const after = ticks_to_days(luck(g.draws_at, provider, visit).sample(g.after, g.times));
      if (after < first.first) first = {after, g.then};
    }
    return first;
  }

  // Goes through one step that takes time; where to if the patient misses it for the last time or gives it up.
  Index16 pass(Token& token, model::Step const& s, std::uint64_t visit) {
    double const came = token.days;
    auto const at = [&](std::uint64_t of_visit) { return luck(s.draws_at, token.provider, of_visit); };
    std::uint32_t const repeats = s.repeats.given() ? at(visit).choose(s.repeats, Draw::repeats) : 1;
    for (std::uint32_t repeat = 0; repeat < repeats; ++repeat) {
      std::uint64_t const v = visit << 32 | std::uint64_t{repeat} << 16;
      std::uint32_t missed = 0;
      while (s.dna_share.given() && missed < most_missed &&
             at(v + missed).happens(s.dna_share, s.dna_odds, Draw::missing)) {
        use(s, token, 0, 1);
        ++missed;
        if (s.dna_then != none16 && missed >= s.dna_up_to) return s.dna_then;
        if (s.dna_rebook.given()) token.days += ticks_to_days(at(v + missed).sample(s.dna_rebook, Draw::rebooking));
      }
      if (repeat == 0) reach(s.started.bits, token.days);
      double const takes = s.takes.given() ? ticks_to_days(at(v).sample(s.takes, s.times)) : 0;
      use(s, token, takes, 1);
      bool const again = repeat + 1 < repeats;
      double const every = s.every.given() && again ? ticks_to_days(at(v).sample(s.every, Draw::every)) : 0;
      double const lasts = takes * (s.working_days ? 7.0 / 5 : 1);
      if (s.may_be_given_up && record_of(s.kind).given_up == GivingUp::since_start)
        if (auto const [after, to] = gives_up(s, token.provider, v); after < lasts) {
          token.days += after;
          spent_.push_back({static_cast<std::uint32_t>(&s - era_.steps.data()), token.days - came});
          return to;
        }
      token.days += std::max(lasts, every);
    }
    auto const since_arrival = static_cast<Tick>(std::min(std::llround(token.days * m_.ticks_per_day), most_ticks));
    for (std::uint32_t i = 0; i < s.finds.count; ++i) {
      std::uint8_t const a = era_.finds[s.finds.first + i];
      levels_[a] = level_reached(era_, a, levels_[a], course_.data(), since_arrival);
    }
    spent_.push_back({static_cast<std::uint32_t>(&s - era_.steps.data()), token.days - came});
    for (std::uint32_t i = 0; i < s.sets.count; ++i) {
      auto const& set = era_.sets[s.sets.first + i];
      levels_[set.attribute] = static_cast<std::uint8_t>(luck(set.draws_at, token.provider, visit).choose(set.choice));
    }
    reach(s.finished.bits, token.days);
    if (record_of(s.kind).moves) token.provider = static_cast<Index16>(at(visit).choose(s.to(), Draw::to));
    return none16;
  }

  model::Model const& m_;
  model::Era const& era_;
  Passes const& passes_;
  std::uint64_t key_, patient_key_ = 0;
  double weight_ = 0;
  std::uint32_t stream_ = 0;
  static constexpr long long most_ticks = UINT32_MAX;
  std::vector<std::uint8_t> levels_;
  std::vector<Tick> course_;
  std::vector<double> starts_;
  std::vector<std::size_t> passed_;              ///< by standard: entries of spent_ when its clock started
  std::vector<std::map<Index16, double>> went_;  ///< [step] a week by the step that comes next
  std::vector<Spent> spent_;                     ///< by the patient, in all branches
  std::vector<DayHistogram> histograms_;
  bool ended_ = false;
  std::uint32_t steps_ = 0;
  std::uint64_t entries_ = 0, passed_through_ = 0;
  Visits visits_;
  std::vector<double> asked_, sums_, squares_;  ///< [resource] by the patient; of all patients
  std::vector<Index16> asked_of_;               ///< resources, some twice
  Walk result_;
};

/// Patients a week of a source in the days measured.
double patients_a_week(model::Model const& m, model::Source const& s, std::uint32_t first, std::uint32_t days) {
  auto const& era = m.eras.front();
  double total = 0;
  for (std::uint32_t d = first; d < first + days; ++d) total += mean_patients(m, era, s, d);
  return total * 7 / days;
}

}  // namespace

Walk walk(model::Model const& model, std::uint32_t patients, std::uint64_t seed, double most) {
  constexpr std::uint32_t few = 20;
  auto const& era = model.eras.front();
  std::uint32_t const first = model.measure_from / model.ticks_per_day;
  std::uint32_t const days = std::clamp<std::uint32_t>((model.end - model.measure_from) / model.ticks_per_day, 1, 364);
  std::uint32_t const within = std::min(days, model.days - first);
  Passes const all;
  Walker walker(model, era, seed, all);
  std::vector<double> rates;
  double total = 0;
  for (auto const& s : era.sources) {
    rates.push_back(patients_a_week(model, s, first, within));
    total += rates.back();
  }
  double passes = 0;
  Walker pilot(model, era, seed, all);
  for (std::uint32_t i = 0; i < rates.size() && total > 0; ++i) {
    if (rates[i] <= 0) continue;
    std::uint64_t const before = pilot.passes();
    for (std::uint32_t k = 0; k < few; ++k) pilot.patient(i, k, 0);
    passes += patients * rates[i] / total * static_cast<double>(pilot.passes() - before) / few;
  }
  double const wanted = passes > most ? patients * most / passes : patients;
  for (std::uint32_t i = 0; i < rates.size() && total > 0; ++i) {
    if (rates[i] <= 0) continue;
    auto const n = static_cast<std::uint32_t>(std::max(1.0, std::ceil(wanted * rates[i] / total)));
    for (std::uint32_t k = 0; k < n; ++k) walker.patient(i, k, rates[i] / n);
  }
  return walker.result();
}

Visits walked_visits(model::Model const& model, model::Era const& era, std::uint32_t source, std::uint32_t patients,
                     std::uint64_t seed, Passes const& passes) {
  Walker walker(model, era, seed, passes);
  for (std::uint32_t k = 0; k < patients; ++k) walker.patient(source, k, 1);
  return walker.visits(patients);
}

}  // namespace cwtsim::engine
