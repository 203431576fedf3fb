#include "unservable.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "asked.hpp"
#include "offers.hpp"

namespace cwtsim::study {

using model::Index16;
using model::none16;
using model::ResourceKind;

namespace {

constexpr std::uint32_t walkers = 20'000;  ///< only to see whether anybody comes

struct Reason {
  std::string what, suggestion;
};

struct Needed {
  Index16 resource;
  std::uint32_t count;
};

class Places {
 public:
  explicit Places(model::Model const& m) : m_(m) {}

  [[nodiscard]] std::optional<Reason> reason(std::size_t step, Index16 provider) const {
    auto const& s = m_.eras.front().steps[step];
    std::vector<Needed> needs;
    for (std::uint32_t n = s.needs.first; n < s.needs.first + s.needs.count; ++n) {
      auto const& need = m_.eras.front().needs[n];
      auto const resource = m_.resource_of(provider, need.name);
      if (resource == none16) return std::nullopt;
      needs.push_back({resource, need.count});
    }
    if (needs.empty()) return std::nullopt;
    if (auto shut = never_open(needs)) return shut;
    return too_late(step, m_.eras.front().leads[step * m_.providers() + provider]);
  }

 private:
  [[nodiscard]] std::string name(Index16 resource) const {
    return m_.names.resource_names[m_.eras.front().resources[resource].name];
  }

  [[nodiscard]] std::optional<Reason> never_open(std::vector<Needed> const& needs) const {
    std::vector<bool> ever(needs.size());
    for (std::uint32_t d = m_.start / m_.ticks_per_day; d < m_.days; ++d) {
      std::vector<Span> common{{0, INT64_MAX}};
      for (std::size_t n = 0; n < needs.size(); ++n) {
        auto const open = open_on(m_, needs[n].resource, d, needs[n].count);
        ever[n] = ever[n] || !open.empty();
        keep_common(common, open);
      }
      if (!common.empty()) return std::nullopt;
    }
    for (std::size_t n = 0; n < needs.size(); ++n)
      if (!ever[n])
        return Reason{fmt::format("no opening of {} holds {} at once, which a visit needs, on any day of the run",
                                  name(needs[n].resource), units(needs[n])),
                      "Give it larger openings, or let the visit need less"};
    std::string all;
    for (std::size_t n = 0; n < needs.size(); ++n)
      all += (n == 0 ? "" : n + 1 == needs.size() ? " and " : ", ") + name(needs[n].resource);
    return Reason{all + ", all of which it needs, are never open at the same time", "Let their openings overlap"};
  }

  [[nodiscard]] std::string units(Needed const& need) const {
    switch (m_.eras.front().resources[need.resource].kind) {
      case ResourceKind::sessions:
        return fmt::format("{} slot{}", need.count, need.count == 1 ? "" : "s");
      case ResourceKind::servers:
        return fmt::format("{} server{}", need.count, need.count == 1 ? "" : "s");
      case ResourceKind::meeting:
        return fmt::format("{} case{}", need.count, need.count == 1 ? "" : "s");
    }
    return {};
  }

  // Those who give up in a tick do so before sessions open and meetings are held in it.
  [[nodiscard]] std::optional<Reason> too_late(std::size_t step, Index16 lead) const {
    if (lead == none16 || m_.eras.front().resources[lead].notice == 0) return std::nullopt;
    Tick notice = UINT32_MAX;
    std::optional<Tick> patience;
    for (auto const& era : m_.eras) {
      notice = std::min(notice, era.resources[lead].notice);
      auto const longest = longest_patience(era, era.steps[step]);
      if (!longest) return notice_alone(lead, notice);
      patience = std::max(patience.value_or(0), *longest);
    }
    if (*patience > notice) return notice_alone(lead, notice);
    return Reason{fmt::format("all give up after {} at the latest, before the {} of {}, {}, is over", words(*patience),
                              notice_of(lead), name(lead), words(notice)),
                  "Let them wait longer, or be called at shorter notice"};
  }
  [[nodiscard]] std::optional<Reason> notice_alone(Index16 lead, Tick notice) const {
    if (notice < m_.end - m_.start) return std::nullopt;
    return Reason{fmt::format("the {} of {}, {}, is longer than the run", notice_of(lead), name(lead), words(notice)),
                  "Shorten it, or run for longer"};
  }
  [[nodiscard]] std::string notice_of(Index16 resource) const {
    return m_.eras.front().resources[resource].kind == ResourceKind::meeting ? "cut-off" : "notice";
  }
  [[nodiscard]] std::string words(Tick ticks) const { return format_duration({ticks * m_.seconds_per_tick}); }

  /// The longest that anybody stays on the list; nothing where some stay for good or it cannot be said.
  [[nodiscard]] static std::optional<Tick> longest_patience(model::Era const& era, model::Step const& s) {
    if (record_of(s.kind).given_up != GivingUp::since_joining || s.gives_up.count == 0) return std::nullopt;
    Tick shortest = UINT32_MAX;
    for (std::uint32_t i = s.gives_up.first; i < s.gives_up.first + s.gives_up.count; ++i) {
      auto const& g = era.gives_up[i];
      if (!g.after.direct() || g.times.count > 0) continue;  // who is who decides
      shortest = std::min(shortest, era.quantiles[g.after.base].sample(~std::uint64_t{0}));
    }
    return shortest == UINT32_MAX ? std::nullopt : std::optional(shortest);
  }

  model::Model const& m_;
};

}  // namespace

Problems unservable(model::Model const& m) {
  constexpr std::uint32_t long_enough = 28;
  Problems problems;
  std::uint32_t weeks = 1;
  for (auto const& era : m.eras)
    for (auto const& o : era.openings) weeks = std::max(weeks, o.days.every_weeks);
  if (m.days < std::max(long_enough, 7 * weeks)) return problems;  // what opens seldom may lie beyond its end
  Places const places(m);
  std::vector<double> starts;
  auto const anybody = [&](std::size_t step, Index16 provider) {
    for (auto const& w : m.waiting)
      if (w.step == step && w.provider == provider && w.patients > 0) return true;
    if (starts.empty()) {
      Patients patients(m, walkers, 1);
      for (auto const& month : months_of(m)) {
        auto const asked = patients.in(month, {});
        starts.resize(asked.starts.size());
        for (std::size_t i = 0; i < starts.size(); ++i) starts[i] += asked.starts[i];
      }
    }
    return starts[step * m.providers() + provider] > 0;
  };
  for (std::size_t step = 0; step < m.names.steps.size(); ++step)
    for (std::uint32_t of = 0; of < m.providers(); ++of) {
      auto const p = static_cast<Index16>(of);
      auto const reason = places.reason(step, p);
      if (!reason || !anybody(step, p)) continue;
      auto const& name = m.names.step_names[step];
      problems.add("/pathways/" + escape_pointer(name.pathway) + "/steps/" + escape_pointer(name.step),
                   fmt::format("nobody can ever be served at {}: {}", m.names.providers[p], reason->what),
                   reason->suggestion);
    }
  return problems;
}

}  // namespace cwtsim::study
