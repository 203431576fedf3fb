#include "cwtsim/engine/visits.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <string>
#include <tuple>
#include <utility>

#include "influences.hpp"
#include "leaving_early.hpp"
#include "live_levels.hpp"

namespace cwtsim::engine {

using model::Index16;
using model::none16;

namespace {

/// Beyond so many who differ, ways round counted, all sources together (but so many of each), a walk is quicker.
constexpr std::size_t most_visits = 1'000'000, visits_of_each = 2'000, most_ways_to_come = 5'000;
constexpr double too_few = 1e-11, next_to_nobody = 1e-15;  ///< of one patient: of all who go round; of those alike

/// Patients who are the same as far as it matters: where they are, within which parallel step (none16: none), and a
/// number for the levels that are live at their step.
struct Alike {
  Index16 provider = 0, within = none16;
  std::uint64_t levels = 0;
  friend auto operator<=>(Alike const&, Alike const&) = default;
};

/// What is the same for all sources of an era.
struct Known {
  Known(model::Model const& m, model::Era const& era)
      : live(live_attributes(m, era)),
        giving_up(era),
        most_visits(std::max(engine::most_visits / std::max<std::size_t>(era.sources.size(), 1), visits_of_each)),
        blind(era.steps.size()) {
    auto const next = next_steps(m, era);
    for (std::size_t s = 0; s < era.steps.size(); ++s) {
      blind[s] = finds_what_matters(m, era, era.steps[s]);
      auto& sizes = live_sizes.emplace_back();
      for (std::uint32_t a = 0; a < m.attributes; ++a)
        if (live[s][a]) sizes.emplace_back(static_cast<std::uint8_t>(a), m.names.levels[a].size());
    }
    for (bool changed = true; changed;) {
      changed = false;
      for (std::size_t s = era.steps.size(); s-- > 0;)
        if (!blind[s] && std::ranges::any_of(next[s], [this](std::uint32_t to) { return blind[to]; }))
          blind[s] = changed = true;
    }
  }
  std::vector<Attributes> live;
  std::vector<std::vector<std::pair<std::uint8_t, std::size_t>>> live_sizes;  ///< by step: attribute, its levels
  GivingUpShares giving_up;
  std::size_t most_visits;
  std::map<std::uint32_t, double> means;                        ///< of tables of times, in ticks
  std::set<std::tuple<Index16, std::uint32_t, bool>> too_many;  ///< of which so many differ: step, attributes, progress
  std::vector<bool> blind;  ///< by step: there or further on a level is found that has turned into another unseen

 private:
  // What has become of it by then hangs on how long it took to come there.
  [[nodiscard]] bool finds_what_matters(model::Model const& m, model::Era const& era, model::Step const& s) const {
    if (s.finds.count == 0) return false;
    auto matters = attributes_of(s.then) | attributes_of_odds(era, s.odds);
    if (record_of(s.kind).moves) matters |= attributes_of(s.to());
    for (std::uint32_t i = 0; i < s.sets.count; ++i) matters |= attributes_of(era.sets[s.sets.first + i].choice);
    for (auto const next : outcomes_of(m, era, s.then)) matters |= live[next];
    for (std::uint32_t i = 0; i < s.finds.count; ++i)
      if (matters[era.finds[s.finds.first + i]]) return true;
    return false;
  }
};

// They are followed together, a step at a time in the order in which the pathways go, until next to nobody is left.
class Equations {
 public:
  Equations(model::Model const& m, model::Era const& era, model::Source const& source, Passes const& passes,
            Known& known)
      : m_(m), era_(era), source_(source), passes_(passes), known_(known), live_(known.live) {
    visits_.starts.resize(era.steps.size() * m.providers());
    visits_.hours.resize(visits_.starts.size());
    coming_.resize(era.steps.size());
    levels_.resize(m.attributes);
    for (auto const& sizes : known.live_sizes) {
      double combinations = 1;
      for (auto const& [attribute, levels] : sizes) combinations *= static_cast<double>(levels);
      blind_ = blind_ || combinations > 0x1.0p63;
    }
  }

  std::optional<Visits> solve() {
    // What is too much for one provider is taken to be too much for the next.
    std::tuple const like{source_.step, source_.attributes.first, source_.progresses};
    blind_ = blind_ || known_.too_many.contains(like) || (source_.progresses && known_.blind[source_.step]);
    if (!blind_) refer();
    for (double left = 1; left > too_few && !blind_;) {
      left = 0;
      for (std::size_t step = 0; step < coming_.size() && !blind_; ++step) serve(static_cast<Index16>(step));
      for (auto const& those : coming_)
        for (auto const& [alike, patients] : those) left += patients;
    }
    if (too_many_) known_.too_many.insert(like);
    if (blind_) return std::nullopt;
    return std::move(visits_);
  }

 private:
  [[nodiscard]] Who who(Index16 provider) const { return {levels_.data(), provider, source_.stream}; }

  // Attributes at the referral, one after another; what nothing further on depends on is forgotten at once.
  void refer() {
    std::vector<Attributes> needed(source_.attributes.count + 1);
    needed.back() = live_[source_.step];
    for (std::uint32_t i = source_.attributes.count; i-- > 0;) {
      auto const& set = era_.source_attributes[source_.attributes.first + i];
      needed[i] = needed[i + 1];
      if (!needed[i + 1][set.attribute]) continue;
      needed[i].reset(set.attribute);
      needed[i] |= attributes_of(set.choice) | attributes_of_odds(era_, set.odds);
    }
    using Levels = std::string;  // a byte an attribute
    auto const kept = [](auto const& levels, Attributes const& those) {
      Levels own(levels.begin(), levels.end());
      for (std::size_t a = 0; a < own.size(); ++a)
        if (!those[a]) own[a] = 0;
      return own;
    };
    auto const look_at = [this](Levels const& levels) { std::copy(levels.begin(), levels.end(), levels_.begin()); };
    auto const* const first = era_.source_levels.data() + source_.levels;
    std::map<Levels, double> patients{{kept(std::span(first, m_.attributes), needed[0] | needed.back()), 1.0}};
    for (std::uint32_t i = 0; i < source_.attributes.count && !blind_; ++i) {
      auto const& set = era_.source_attributes[source_.attributes.first + i];
      if (!needed[i + 1][set.attribute]) continue;
      std::map<Levels, double> next;
      for (auto& [levels, share] : patients) {
        look_at(levels);
        model::Choice const choice = era_.choice(look_up(era_, set.choice, who(source_.provider)));
        auto const shares = shares_by_odds(era_, choice, set.odds, who(source_.provider));
        for (std::uint32_t k = 0; k < choice.count(); ++k) {
          levels_[set.attribute] = static_cast<std::uint8_t>(choice.outcome(k));
          if (shares[k] > 0) next[kept(levels_, needed[i + 1] | needed.back())] += share * shares[k];
        }
      }
      patients = std::move(next);
      blind_ = too_many_ = patients.size() > most_ways_to_come;
    }
    for (auto const& [levels, share] : patients) {
      look_at(levels);
      send(source_.step, {source_.provider, none16}, share);
    }
  }

  // To a step, with the levels as they are now.
  void send(Index16 step, Alike alike, double patients) {
    if (step == none16 || patients <= next_to_nobody) return;
    if (alike.within != none16 && step == era_.steps[alike.within].joins_at) return;
    alike.levels = 0;
    std::uint64_t before = 1;
    for (auto const& [attribute, size] : known_.live_sizes[step]) {
      alike.levels += before * levels_[attribute];
      before *= size;
    }
    coming_[step].emplace_back(alike, patients);
  }

  void serve(Index16 step) {
    if (coming_[step].empty()) return;
    auto those = std::exchange(coming_[step], {});
    std::ranges::stable_sort(those, {}, [](auto const& entry) { return entry.first; });
    for (std::size_t i = 0; i < those.size() && !blind_;) {
      auto const& alike = those[i].first;
      double patients = 0;
      for (; i < those.size() && those[i].first == alike; ++i) patients += those[i].second;
      std::uint64_t code = alike.levels;
      for (auto const& [attribute, size] : known_.live_sizes[step]) {
        levels_[attribute] = static_cast<std::uint8_t>(code % size);
        code /= size;
      }
      if (++served_ > known_.most_visits) blind_ = too_many_ = true;
      visit(step, alike, patients);
    }
  }

  void visit(Index16 step, Alike const& alike, double patients) {
    model::Step const& s = era_.steps[step];
    auto const& kind = record_of(s.kind);
    if (kind.ends) {
      blind_ = blind_ || alike.within != none16;  // all branches of the patient end
      return;
    }
    if (kind.continues) return send(s.continues_at, alike, patients);
    if (kind.branches) {
      for (std::uint32_t b = 0; b < s.branches.count; ++b) {
        auto const& branch = era_.branches[s.branches.first + b];
        double const share = probability_by_odds(era_, branch.probability, {}, who(alike.provider));
        send(branch.step, {alike.provider, step}, patients * share);
      }
      return send(s.joins_at, alike, patients);
    }
    pass(step, alike, patients);
  }

  [[nodiscard]] double pass_of(Index16 step, Index16 provider) const {
    return passes_.empty() ? 1 : passes_[std::size_t{step} * m_.providers() + provider];
  }

  // All repeats of a step that is started and finished, or until it is missed for the last time or given up.
  void pass(Index16 step, Alike const& alike, double patients) {
    model::Step const& s = era_.steps[step];
    Who const w = who(alike.provider);
    double const missed = s.dna_share.given() ? probability_by_odds(era_, s.dna_share, s.dna_odds, w) : 0;
    double lost = 0, misses = 0;  // a repeat: who is lost by missing it, how often it is missed
    if (s.dna_then != none16) {
      double share = 1;
      for (std::uint32_t k = 0; k < std::min<std::uint32_t>(s.dna_up_to, most_missed); ++k) misses += share *= missed;
      lost = share;
    } else if (missed > 0) {
      misses = missed < 1 ? missed / (1 - missed) : most_missed;
    }
    bool const may_leave = s.may_be_given_up && record_of(s.kind).given_up == GivingUp::since_start;
    auto const leaving = may_leave ? known_.giving_up.of(s, w) : std::vector<double>{};
    double stays = 1 - lost;
    for (double const share : leaving) stays -= (1 - lost) * share;
    stays = std::max(stays, 0.0);
    double rounds = 0, through = 0;  // repeats begun, and who come to the end of all of them
    for (auto const& [repeats, share] : choices(s.repeats, w, 1)) {
      double there = share;
      for (std::uint32_t k = 0; k < repeats; ++k) {
        rounds += there;
        there *= stays;
      }
      through += there;
    }
    std::size_t const at = std::size_t{step} * m_.providers() + alike.provider;
    visits_.starts[at] += patients * rounds * (misses + 1 - lost);
    if (s.takes.given()) visits_.hours[at] += patients * rounds * (1 - lost) * hours(s, w);
    double const passing = patients * pass_of(step, alike.provider);
    send(s.dna_then, alike, passing * rounds * lost);
    for (std::size_t i = 0; i < leaving.size(); ++i)
      send(era_.gives_up[s.gives_up.first + i].then, alike, passing * rounds * (1 - lost) * leaving[i]);
    end(s, alike, passing * through, 0);
  }

  [[nodiscard]] double hours(model::Step const& s, Who const& w) {
    std::uint32_t const table = look_up(era_, s.takes, w);
    auto const [it, fresh] = known_.means.try_emplace(table, 0.0);
    if (fresh) it->second = era_.quantiles[table].mean();
    double const factor = s.times.count > 0 ? product_of(era_, s.times, w) : 1;
    return it->second * factor / m_.ticks_per_day * 24;
  }

  using Shares = std::vector<std::pair<std::uint32_t, double>>;
  [[nodiscard]] Shares choices(model::Lookup const& lookup, Who const& w, std::uint32_t otherwise) const {
    if (!lookup.given()) return {{otherwise, 1.0}};
    model::Choice const choice = era_.choice(look_up(era_, lookup, w));
    auto const shares = shares_by_odds(era_, choice, {}, w);
    Shares out;
    for (std::uint32_t i = 0; i < choice.count(); ++i) out.emplace_back(choice.outcome(i), shares[i]);
    return out;
  }

  // Branches see what the others set.
  [[nodiscard]] bool seen_by_others(Index16 parallel, std::uint8_t attribute) const {
    model::Step const& s = era_.steps[parallel];
    bool seen = live_[s.joins_at][attribute];
    for (std::uint32_t b = 0; b < s.branches.count; ++b)
      seen = seen || live_[era_.branches[s.branches.first + b].step][attribute];
    return seen;
  }

  // Levels that are set, one after another, then the transfer, then what comes next.
  void end(model::Step const& s, Alike const& alike, double patients, std::uint32_t set_already) {
    if (patients <= 0) return;
    if (set_already < s.sets.count) {
      auto const& set = era_.sets[s.sets.first + set_already];
      blind_ = blind_ || (alike.within != none16 && seen_by_others(alike.within, set.attribute));
      std::uint8_t const before = levels_[set.attribute];
      for (auto const& [level, share] : choices(set.choice, who(alike.provider), 0)) {
        levels_[set.attribute] = static_cast<std::uint8_t>(level);
        end(s, alike, patients * share, set_already + 1);
      }
      levels_[set.attribute] = before;
      return;
    }
    auto const to = record_of(s.kind).moves ? choices(s.to(), who(alike.provider), 0) : Shares{{alike.provider, 1.0}};
    for (auto const& [provider, share] : to) {
      Alike const there{static_cast<Index16>(provider), alike.within};
      model::Choice const choice = era_.choice(look_up(era_, s.then, who(there.provider)));
      auto const shares = shares_by_odds(era_, choice, s.odds, who(there.provider));
      for (std::uint32_t i = 0; i < choice.count(); ++i)
        send(static_cast<Index16>(choice.outcome(i)), there, patients * share * shares[i]);
    }
  }

  model::Model const& m_;
  model::Era const& era_;
  model::Source const& source_;
  Passes const& passes_;
  Known& known_;
  std::vector<Attributes> const& live_;
  std::vector<std::vector<std::pair<Alike, double>>> coming_;  ///< by step
  std::vector<std::uint8_t> levels_;                           ///< of those who are looked at
  std::size_t served_ = 0;
  bool blind_ = false, too_many_ = false;
  Visits visits_;
};

}  // namespace

std::vector<std::optional<Visits>> exact_visits(model::Model const& model, model::Era const& era,
                                                Passes const& passes) {
  Known known(model, era);
  std::vector<std::optional<Visits>> all;
  for (auto const& source : era.sources) all.push_back(Equations(model, era, source, passes, known).solve());
  return all;
}

std::vector<std::vector<bool>> later_steps(model::Model const& model, model::Era const& era) {
  std::size_t const n = era.steps.size();
  auto const next = next_steps(model, era);
  std::vector<std::vector<bool>> later(n, std::vector<bool>(n));
  std::vector<std::uint32_t> open;
  for (std::size_t first = 0; first < n; ++first)
    for (open = next[first]; !open.empty();) {
      auto const step = open.back();
      open.pop_back();
      if (later[first][step]) continue;
      later[first][step] = true;
      open.insert(open.end(), next[step].begin(), next[step].end());
    }
  return later;
}

bool same_visits(model::Era const& a, model::Era const& b) {
  auto const same = [](model::Source const& x, model::Source const& y) {
    return x.stream == y.stream && x.provider == y.provider && x.step == y.step && x.attributes == y.attributes &&
           x.levels == y.levels && x.progresses == y.progresses && x.batch == y.batch;
  };
  return a.quantiles == b.quantiles && a.probabilities == b.probabilities && a.choices == b.choices &&
         a.cells == b.cells && a.steps == b.steps && a.leads == b.leads && a.needs == b.needs &&
         a.gives_up == b.gives_up && a.odds == b.odds && a.factors == b.factors && a.progress == b.progress &&
         a.finds == b.finds && a.sets == b.sets && a.branches == b.branches &&
         a.source_attributes == b.source_attributes && a.source_levels == b.source_levels &&
         std::ranges::equal(a.sources, b.sources, same);
}

}  // namespace cwtsim::engine
