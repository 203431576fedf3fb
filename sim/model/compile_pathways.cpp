#include <algorithm>

#include "builder.hpp"
#include "cwtsim/scenario/graph.hpp"

namespace cwtsim::model {

namespace {

/// Puts what a step waits for first: its first need of kind sessions, else its first.
void add_needs(scenario::Scenario const& s, scenario::Step const& step, Index const& index, Era& era, Step& out) {
  out.needs = {static_cast<std::uint32_t>(era.needs.size()), static_cast<std::uint32_t>(step.needs.size())};
  std::size_t lead = 0;
  auto const is_sessions = [&](std::string const& name) {
    for (auto const& [provider, what] : s.providers)
      if (auto const* r = what.resources.find(name); r && r->at.empty()) return r->kind == ResourceKind::sessions;
    return false;
  };
  for (std::size_t n = 0; n < step.needs.size(); ++n)
    if (is_sessions(step.needs.items[n].first)) {
      lead = n;
      break;
    }
  auto const add = [&](std::size_t n) {
    auto const& [name, count] = step.needs.items[n];
    era.needs.push_back({index.resource_name(name), static_cast<Index16>(count)});
  };
  if (!step.needs.empty()) add(lead);
  for (std::size_t n = 0; n < step.needs.size(); ++n)
    if (n != lead) add(n);
}

bool takes_nothing(Era const& era, Lookup const& takes) {
  if (!takes.direct()) return false;
  QuantileTable const& table = era.quantiles[takes.base];
  return table.is_constant() && table.constant_value() == 0;
}

/// Can a branch of the step, if it is a parallel one, come to an end before the branches join?
bool branches_may_end(scenario::Pathway const& pathway, scenario::PathwayGraph const& graph, std::size_t p,
                      std::size_t parallel) {
  if (!record_of(pathway.steps.items[parallel].second.kind).branches) return false;
  return std::ranges::any_of(graph.between(p, parallel),
                             [&](std::size_t step) { return record_of(pathway.steps.items[step].second.kind).ends; });
}

struct Compiler {
  scenario::Scenario const& s;
  Index const& index;
  Pools& pools;
  Era& era;

  void extras(std::string const& pathway, std::string const& full, scenario::Step const& step, Step& out) {
    auto const to_step = [&](std::string const& name) { return std::uint32_t{index.step(pathway, name)}; };
    if (step.did_not_attend) {
      auto const& dna = *step.did_not_attend;
      out.dna_share = pools.probabilities(dna.share);
      out.dna_odds = compile_factors(dna.odds, pools, era);
      out.dna_rebook = pools.times(dna.rebook);
      out.dna_adjusts = index.adjustment(dna.adjusts);
      if (dna.up_to) {
        out.dna_up_to = static_cast<std::uint16_t>(*dna.up_to);
        out.dna_then = static_cast<Index16>(to_step(dna.then));
      }
    }
    out.gives_up = {static_cast<std::uint32_t>(era.gives_up.size()), static_cast<std::uint32_t>(step.gives_up.size())};
    for (auto const& [name, g] : step.gives_up)
      era.gives_up.push_back({pools.times(g.after), static_cast<Index16>(to_step(g.then)),
                              draws_at("gives_up:" + full + "/" + name), compile_factors(g.times, pools, era)});
    out.finds = {static_cast<std::uint32_t>(era.finds.size()), static_cast<std::uint32_t>(step.finds.size())};
    for (auto const& name : step.finds) era.finds.push_back(index.attribute(name));
    out.sets = {static_cast<std::uint32_t>(era.sets.size()), static_cast<std::uint32_t>(step.sets.size())};
    for (auto const& [name, shares] : step.sets) {
      std::uint8_t const attribute = index.attribute(name);
      era.sets.push_back({attribute,
                          draws_at("sets:" + full + "/" + name),
                          pools.choice(shares, [&](std::string const& level) { return index.level(attribute, level); }),
                          {}});
    }
    out.branches = {static_cast<std::uint32_t>(era.branches.size()), static_cast<std::uint32_t>(step.starts.size())};
    for (auto const& [name, probability] : step.starts)
      era.branches.push_back({static_cast<Index16>(to_step(name)), draws_at("branch:" + full + "/" + name),
                              pools.probabilities(probability)});
  }

  void add(std::string const& pathway, std::string const& name, scenario::Step const& step) {
    std::string const full = pathway + "/" + name;
    auto const to_step = [&](std::string const& to) { return std::uint32_t{index.step(pathway, to)}; };
    auto const& kind = record_of(step.kind);
    Step out;
    out.kind = step.kind;
    out.waits = kind.waits_on_list();
    out.draws_at = draws_at("step:" + full);
    out.working_days = step.working_days;
    out.pauses = index.adjustment(step.pauses);
    out.joined.bits = index.milestones(step.on_joining);
    out.started.bits = index.milestones(step.on_start);
    out.finished.bits = index.milestones(step.on_finish);
    if (!step.when_full.empty()) out.when_full = static_cast<Index16>(to_step(step.when_full));
    if (!step.joins_at.empty()) out.joins_at = static_cast<Index16>(to_step(step.joins_at));
    if (kind.continues) out.continues_at = index.step(step.pathway, s.pathways.find(step.pathway)->start);
    add_needs(s, step, index, era, out);
    out.takes = pools.times(step.takes);
    out.then = pools.choice(step.then, to_step);
    out.own = kind.gathers
                  ? pools.times(step.wait_at_most)
                  : pools.choice(step.to, [&](std::string const& p) { return std::uint32_t{index.provider(p)}; });
    out.repeats =
        pools.choice(step.repeats, [](std::string const& n) { return static_cast<std::uint32_t>(std::stoul(n)); });
    out.every = pools.times(step.every);
    if (out.then.given() && out.then.direct())
      if (Choice const choice = era.choice(out.then.base); choice.count() == 1)
        out.next = static_cast<Index16>(choice.outcome(0));
    out.priority = pools.classes(step.priority);
    out.together = static_cast<std::uint32_t>(step.together.value_or(0));
    out.odds = compile_odds(step.odds, to_step, pools, era);
    out.times = compile_factors(step.times, pools, era);
    out.has_odds = out.odds.count > 0;
    out.has_times = out.times.count > 0;
    extras(pathway, full, step, out);
    out.many_needs = out.needs.count > 1;
    out.takes_time = out.takes.given() && !takes_nothing(era, out.takes);
    out.many_times = out.repeats.given();
    out.may_be_missed = out.dna_share.given();
    out.may_be_given_up = out.gives_up.count > 0;
    if (out.needs.count > 0) out.lead_count = era.needs[out.needs.first].count;
    out.more_at_end =
        out.finds.count > 0 || out.sets.count > 0 || out.pauses >= 0 || out.finished.bits != 0 || kind.moves;
    era.steps.push_back(out);
  }
};

}  // namespace

void compile_pathways(scenario::Scenario const& s, Index const& index, Pools& pools, Era& era) {
  Compiler compiler{s, index, pools, era};
  for (auto const& [pathway, what] : s.pathways)
    for (auto const& [name, step] : what.steps) compiler.add(pathway, name, step);
  // Draws at steps that can be visited again are told apart by a count of visits.
  scenario::PathwayGraph const graph(s);
  std::size_t at = 0;
  for (std::size_t p = 0; p < s.pathways.size(); ++p)
    for (std::size_t k = 0; k < s.pathways.items[p].second.steps.size(); ++k) {
      era.steps[at].branches_may_end = branches_may_end(s.pathways.items[p].second, graph, p, k);
      era.steps[at++].in_cycle = graph.in_cycle(p, k);
    }
}

}  // namespace cwtsim::model
