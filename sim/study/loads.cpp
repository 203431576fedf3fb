#include "cwtsim/study/loads.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>

#include "asked.hpp"
#include "cwtsim/core/kinds.hpp"
#include "cwtsim/engine/visits.hpp"
#include "offers.hpp"

namespace cwtsim::study {

using engine::Passes;
using model::Index16;
using model::ResourceKind;

namespace {

constexpr double next_to_nothing = 1e-9, surely = 2;  ///< of a share; standard errors
constexpr std::uint32_t last_months = 12;

/// A step at a provider that needs so much of a resource.
struct User {
  std::size_t at;  ///< step * providers + provider
  std::uint32_t count;
};

/// A resource, at those times at which some others are open too, and the steps that need all of them.
struct Group {
  Index16 resource = 0;
  std::vector<Index16> others{};
  std::vector<User> users{};
  Services services{};
};

/// How full a group is in a month.
struct Filling {
  double wanted = 0, offered = 0, share = 0, error = 0;
};

bool is_over(Filling const& f) {
  return f.share > 1 + next_to_nothing + surely * f.error;
}

class Loads {
 public:
  Loads(model::Model const& m, std::uint32_t walkers, std::uint64_t seed)
      : m_(m), months_(months_of(m)), patients_(m, walkers, seed), later_(engine::later_steps(m, m.eras.front())) {
    for (auto const& month : months_) asked_.push_back(patients_.in(month, {}));
    make_groups();
    for (auto& group : groups_) settle_services(group);
    for (auto const& group : groups_) {
      auto& row = fillings_.emplace_back();
      for (std::size_t k = 0; k < months_.size(); ++k) row.push_back(filling(group, offer(group, k), asked_[k], k));
    }
  }

  std::vector<Load> all() {
    std::vector<Load> loads;
    std::map<Index16, double> alone;
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      auto const& group = groups_[g];
      std::size_t const worst = worst_month(g);
      double const share = fillings_[g][worst].share;
      if (group.others.empty()) alone[group.resource] = share;
      // what is open together matters where it leaves less than each has by itself
      if (!group.others.empty() && !(share > alone[group.resource] * 1.001)) continue;
      if (fillings_[g][worst].wanted <= 0 && fillings_[g][worst].offered <= 0) continue;
      loads.push_back(told(g, worst));
    }
    std::ranges::stable_sort(loads, [](Load const& a, Load const& b) { return a.share > b.share; });
    return loads;
  }

 private:
  [[nodiscard]] Index16 resource_of(std::size_t need, Index16 provider) const {
    return m_.resource_of(provider, m_.eras.front().needs[need].name);
  }

  // Each resource by itself, then what is needed together.
  void make_groups() {
    auto const& era = m_.eras.front();
    for (std::size_t r = 0; r < era.resources.size(); ++r) groups_.push_back({static_cast<Index16>(r)});
    std::map<std::set<Index16>, std::vector<std::pair<std::size_t, std::map<Index16, std::uint32_t>>>> together;
    for (std::size_t s = 0; s < era.steps.size(); ++s) {
      auto const& needs = era.steps[s].needs;
      for (std::size_t at = s * m_.providers(); at < (s + 1) * m_.providers(); ++at) {
        auto const p = static_cast<Index16>(at % m_.providers());
        if (std::ranges::all_of(asked_, [&](Asked const& asked) { return asked.starts[at] <= 0; })) continue;
        std::set<Index16> set;
        std::map<Index16, std::uint32_t> counts;
        for (std::uint32_t n = needs.first; n < needs.first + needs.count; ++n) {
          auto const resource = resource_of(n, p);
          if (resource == model::none16) continue;
          set.insert(resource);
          counts[resource] += era.needs[n].count;
          groups_[resource].users.push_back({at, era.needs[n].count});
        }
        if (set.size() > 1) together[set].emplace_back(at, counts);
      }
    }
    for (auto const& [set, steps] : together)
      for (auto const resource : set) {
        Group group{resource};
        for (auto const other : set)
          if (other != resource) group.others.push_back(other);
        for (auto const& [larger, others] : together)  // who needs more besides is there at these times too
          if (std::ranges::includes(larger, set))
            for (auto const& [at, counts] : others) group.users.push_back({at, counts.at(resource)});
        groups_.push_back(std::move(group));
      }
  }

  // How long services last: those of each step in equal parts for all whom its table tells apart.
  void settle_services(Group& group) const {
    auto const& era = m_.eras.front();
    if (era.resources[group.resource].kind != ResourceKind::servers) return;
    constexpr int bits = 6;
    std::map<double, double> lengths;
    double all = 0;
    for (auto const& user : group.users) {
      auto const& step = era.steps[user.at / m_.providers()];
      double starts = 0;
      for (auto const& asked : asked_) starts += asked.starts[user.at];
      if (!step.takes.given() || starts <= 0) continue;
      std::uint32_t const base = step.takes.direct() ? step.takes.base : era.cells[step.takes.base];
      auto const& table = era.quantiles[base];
      for (std::uint64_t i = 0; i < 1ULL << bits; ++i) {
        double const length = table.is_constant() ? table.constant_value() : table.sample(middle_word(i, bits));
        lengths[length] += std::ldexp(starts, -bits);
      }
      all += starts;
    }
    for (auto const& [length, starts] : lengths) group.services.lengths.emplace_back(length, starts / all);
  }

  [[nodiscard]] Offer offer(Group const& group, std::size_t k) const {
    return offer_of(m_, group.resource, group.others, months_[k], group.services);
  }

  [[nodiscard]] Filling filling(Group const& group, Offer const& offer, Asked const& asked, std::size_t k) const {
    bool const servers = m_.eras.front().resources[group.resource].kind == ResourceKind::servers;
    Wanted wanted;
    Filling filling;
    for (auto const& user : group.users) {
      double const much = servers ? asked.hours[user.at] : asked.starts[user.at];
      if (much > 0) wanted[user.count] += much;
      filling.wanted += much * user.count;
    }
    double const weeks = months_[k].weeks();
    filling.share = share_of(wanted, offer);
    if (filling.wanted > 0) filling.error = filling.share * std::sqrt(asked.variance[group.resource]) / filling.wanted;
    filling.wanted /= weeks;
    filling.offered = units_of(offer) / weeks;
    return filling;
  }

  /// Of months that differ by no more than sums are rounded the first.
  [[nodiscard]] std::size_t worst_month(std::size_t g) const {
    constexpr double rounding = 1e-9;
    auto const& row = fillings_[g];
    std::size_t worst = 0;
    for (std::size_t m = 1; m < row.size(); ++m)
      if (row[m].share > row[worst].share * (1 + rounding)) worst = m;
    return worst;
  }

  /// The share of several months together: as if what one leaves over were there in the next.
  [[nodiscard]] Filling together(std::size_t g, std::size_t first, std::size_t end) const {
    double wanted = 0, fits = 0, error = 0;
    for (std::size_t k = first; k < end; ++k) {
      auto const& f = fillings_[g][k];
      double const weeks = months_[k].weeks();
      wanted += f.wanted * weeks;
      fits += fits_of(f) * weeks;
      error +=
          f.share > 0 && std::isfinite(f.share) ? f.error / f.share * f.wanted * weeks : 0;  // of one and the same walk
    }
    double const share = wanted <= 0 ? 0 : fits <= 0 ? HUGE_VAL : wanted / fits;
    return {wanted, fits, share, wanted > 0 && std::isfinite(share) ? error / wanted * share : 0};
  }
  /// Units a week, of the size of what is wanted, that fit.
  [[nodiscard]] static double fits_of(Filling const& f) { return f.share > 0 ? f.wanted / f.share : f.offered; }

  void judge(Load& load, std::size_t g) const {
    std::size_t const n = months_.size();
    double over = 0;
    std::size_t from = 0;
    for (std::size_t k = 0; k < n; ++k) {
      auto const& f = fillings_[g][k];
      if (is_over(f)) ++load.months_over;
      double const more = (f.wanted - fits_of(f)) * months_[k].weeks();
      over = std::isnan(more) ? over : std::max(over + more, 0.0);
      if (over <= 0) from = k + 1;
    }
    auto const last = together(g, n - std::min<std::size_t>(n, last_months), n);
    double const beyond = last.share - 1;
    if (beyond > next_to_nothing + surely * last.error) {
      load.verdict = Verdict::grows;
      if (from < n) load.grows_from = months_[from].name;
    } else if (last.error > 0 && std::abs(beyond) <= surely * last.error) {
      load.verdict = Verdict::unsure;
    } else {
      load.verdict = load.months_over > 0 ? Verdict::catches_up : Verdict::keeps_up;
    }
  }

  [[nodiscard]] std::string name_of(Index16 resource) const {
    return m_.names.resource_names[m_.eras.front().resources[resource].name];
  }
  [[nodiscard]] std::string provider_of(Index16 resource) const {
    return m_.names.providers[m_.eras.front().resources[resource].provider];
  }

  [[nodiscard]] Load told(std::size_t g, std::size_t worst) {
    auto const& group = groups_[g];
    auto const& f = fillings_[g][worst];
    Load load;
    load.resource = name_of(group.resource);
    load.provider = provider_of(group.resource);
    for (auto const other : group.others) {
      load.with += (load.with.empty() ? "" : " and ") + name_of(other);
      if (provider_of(other) != load.provider) load.with += " at " + provider_of(other);
    }
    load.unit = record_of(m_.eras.front().resources[group.resource].kind).unit;
    load.month = months_[worst].name;
    load.wanted = f.wanted;
    load.offered = units_of(offer_of(m_, group.resource, group.others, months_[worst], {})) / months_[worst].weeks();
    load.fits = fits_of(f);
    load.share = f.share;
    load.error = f.error;
    judge(load, g);
    behind(load, g, worst);
    return load;
  }

  /// Shares in a month when every overfull group lets through only what fits.
  struct LetThrough {
    std::vector<double> shares;  ///< by group
    Passes passes;
  };

  LetThrough const& let_through(std::size_t k) {
    if (auto const it = let_through_.find(k); it != let_through_.end()) return it->second;
    constexpr int most_rounds = 60;
    LetThrough out;
    out.passes.assign(asked_[k].starts.size(), 1.0);
    std::vector<Offer> offers;
    for (auto const& group : groups_) offers.push_back(offer(group, k));
    for (int round = 0; round < most_rounds; ++round) {
      auto const asked = round == 0 ? asked_[k] : patients_.in(months_[k], out.passes);
      Passes passes(out.passes.size(), 1.0);
      out.shares.clear();
      for (std::size_t g = 0; g < groups_.size(); ++g) {
        auto const f = filling(groups_[g], offers[g], asked, k);
        out.shares.push_back(f.share);
        if (is_over(f))
          for (auto const& user : groups_[g].users) passes[user.at] = std::min(passes[user.at], 1 / out.shares.back());
      }
      double moved = 0;
      for (std::size_t at = 0; at < passes.size(); ++at) moved = std::max(moved, std::abs(passes[at] - out.passes[at]));
      out.passes = std::move(passes);
      if (moved < 1e-4) break;
    }
    return let_through_.emplace(k, std::move(out)).first->second;
  }

  [[nodiscard]] bool comes_before(Group const& first, Group const& then) const {
    std::size_t const providers = m_.providers();
    return std::ranges::any_of(first.users, [&](User const& a) {
      return std::ranges::any_of(then.users, [&](User const& b) { return later_[a.at / providers][b.at / providers]; });
    });
  }

  // What of it a list gets, where others are overfull in that month; of these the fullest that is not itself.
  void behind(Load& load, std::size_t g, std::size_t k) {
    auto const fullest = [&](std::size_t self) {
      std::optional<std::size_t> found;
      for (std::size_t other = 0; other < groups_.size(); ++other)
        if (groups_[other].resource != groups_[self].resource && groups_[other].others.empty() &&
            is_over(fillings_[other][k]) && comes_before(groups_[other], groups_[self]) &&
            (!found || fillings_[other][k].share > fillings_[*found][k].share))
          found = other;
      return found;
    };
    auto const other = fullest(g);
    if (!other || load.share <= 0 || !std::isfinite(load.share)) return;
    double const gets = let_through(k).shares[g] / load.share;
    if (gets > 1 - 1e-3) return;
    load.let_through = gets;
    load.behind = name_of(groups_[*other].resource) + " at " + provider_of(groups_[*other].resource);
  }

  model::Model const& m_;
  std::vector<Month> months_;
  Patients patients_;
  std::vector<std::vector<bool>> later_;  ///< [step][step] that patients may come to after it
  std::vector<Asked> asked_;              ///< by month
  std::vector<Group> groups_;
  std::vector<std::vector<Filling>> fillings_;  ///< by group and month
  std::map<std::size_t, LetThrough> let_through_;
};

}  // namespace

std::vector<Load> loads_of(model::Model const& model, std::uint32_t walkers, std::uint64_t seed) {
  return Loads(model, walkers, seed).all();
}

}  // namespace cwtsim::study
