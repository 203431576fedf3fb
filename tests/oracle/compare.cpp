#include "compare.hpp"

#include <algorithm>
#include <set>
#include <sstream>

#include "clock_accounts.hpp"
#include "cwtsim/engine/replication.hpp"
#include "cwtsim/model/compile.hpp"
#include "plain_reader.hpp"
#include "second_engine.hpp"

namespace cwtsim::oracle {

namespace {

char const* const happenings[] = {"referred", "joined",   "joined_again", "started",     "missed", "interrupted",
                                  "resumed",  "finished", "gave_up",      "turned_away", "left",   "moved"};

std::vector<Happened> by_name(engine::Trace const& trace, model::Model const& model) {
  std::vector<Happened> moments;
  for (auto const& m : trace)
    moments.push_back({m.patient, m.at, m.step == model::none16 ? "" : model.names.steps[m.step],
                       model.names.providers[m.provider], happenings[static_cast<std::size_t>(m.what)]});
  return moments;
}

std::string level_name(model::Axis const& axis, std::uint32_t level, model::Names const& names) {
  switch (axis.dimension) {
    case model::Dimension::provider:
      return names.providers[level];
    case model::Dimension::group:
      return names.groups[level];
    case model::Dimension::stream:
      return names.streams[level];
    case model::Dimension::attribute:
      break;
  }
  return names.levels[axis.attribute][level];
}

/// Calls with the name and the number of each stratum.
template <class Each>
void each_stratum(model::Range cuts, model::Model const& model, Each each) {
  for (std::uint32_t c = cuts.first; c < cuts.first + cuts.count; ++c)
    for (std::uint32_t level = 0; level < model.cuts[c].levels; ++level) {
      auto const& cut = model.cuts[c];
      std::string name = cut.name + (cut.axes > 0 ? "=" : "");
      for (std::uint8_t a = 0; a < cut.axes; ++a) {
        std::uint32_t const sizes = a + 1 == cut.axes ? 1 : cut.axis[a].stride;
        std::uint32_t const modulus = a == 0 ? cut.levels : cut.axis[0].stride;
        name += (a > 0 ? "+" : "") + level_name(cut.axis[a], level % modulus / sizes, model.names);
      }
      each(name, cut.first + level);
    }
}

std::string account_name(model::Account const& account, model::Model const& model) {
  auto const& names = model.names;
  switch (account.of) {
    case model::AccountOf::all:
      return "all";
    case model::AccountOf::provider:
      return "provider=" + names.providers[account.item];
    case model::AccountOf::step:
      return "step=" + names.steps[account.item];
    case model::AccountOf::resource: {
      auto const& resource = model.eras.front().resources[account.item];
      return "resource=" + names.providers[resource.provider] + "/" + names.resource_names[resource.name];
    }
    case model::AccountOf::staff:
      return "staff=" + names.staff[account.item];
    case model::AccountOf::measure:
      return "measure=" + names.measures[account.item];
  }
  return "";
}

/// Adds to totals; nothing is not named.
struct Adder {
  Totals& totals;
  void operator()(std::string const& what, std::uint64_t n) const {
    if (n != 0) totals[what] += static_cast<std::int64_t>(n);
  }
};

void add_counts(engine::ReplicationResult const& result, model::Model const& model, Totals& totals) {
  Adder const add{totals};
  for (std::size_t s = 0; s < model.standards.size(); ++s)
    each_stratum(model.standards[s].cuts, model, [&](std::string const& value, std::uint32_t stratum) {
      std::string const name = model.names.standards[s] + " " + value;
      for (std::uint32_t m = 0; m < model.months; ++m) {
        auto const cell = model.cell(stratum, m);
        add("counted " + name + " " + model.names.months[m], result.counted[cell]);
        add("met " + name + " " + model.names.months[m], result.met[cell]);
        add("open " + name + " " + model.names.months[m], result.open[cell]);
        for (std::size_t k = 0; k < 2; ++k)
          add("open_long " + name + " " + model.names.months[m] + " " + std::to_string(k),
              result.open_long[cell * 2 + k]);
      }
      for (std::size_t d = 0; d < model::day_cells; ++d)
        add("days " + name + " " + std::to_string(d), result.days[model.day_cell(stratum, d)]);
    });
  for (std::size_t s = 0; s < model.measures.size(); ++s)
    each_stratum(model.measures[s].cuts, model, [&](std::string const& value, std::uint32_t stratum) {
      for (std::uint32_t m = 0; m < model.months; ++m) {
        std::string const cell = model.names.measures[s] + " " + value + " " + model.names.months[m];
        add("recorded " + cell, result.recorded[model.measure_cell(stratum, m)]);
        add("sum " + cell, result.recorded_sums[model.measure_cell(stratum, m)]);
      }
    });
  for (std::uint32_t a = 0; a < model.accounts.size(); ++a)
    for (std::uint32_t m = 0; m < model.months; ++m)
      add("pence " + model.names.ledgers[model.accounts[a].ledger] + " " + account_name(model.accounts[a], model) +
              " " + model.names.months[m],
          result.pence[model.account_cell(a, m)]);
}

/// Of those who are followed.
void add_clocks(engine::ReplicationResult const& result, model::Model const& model, Totals& totals) {
  auto const accounts = clock_accounts();
  Adder const add{totals};
  auto const& steps = model.names.steps;
  for (std::size_t s = 0; s < model.standards.size(); ++s)
    for (bool const breached : {false, true}) {
      std::string const whose = "clock " + model.names.standards[s] + (breached ? " breached " : " met ");
      auto const& of = result.clocks[s * 2 + (breached ? 1 : 0)];
      add(whose + "patients", of.patients);
      add(whose + "days", of.days);
      add(whose + "days_before", of.days_before);
      for (bool const of_branches : {false, true})
        for (std::size_t step = 0; step < steps.size(); ++step)
          for (std::size_t a = 0; a < accounts.size(); ++a)
            add(whose + (of_branches ? "branch " : "") + accounts[a] + " " + steps[step],
                result.clock_ticks[engine::clock_cell({s, breached, of_branches, step}, steps.size()) + a]);
    }
}

void add_months(engine::ReplicationResult const& result, model::Model const& model, Totals& totals) {
  auto const places = model::waiting_places(model);
  auto const& era = model.eras.front();
  std::string month, name;
  auto const add = [&](std::string const& what, std::uint64_t n) {
    if (n != 0) totals["month " + month + " " + what + " " + name] += static_cast<std::int64_t>(n);
  };
  auto const add_list = [&](std::uint64_t n) {
    if (n != 0) totals["list at end of " + month + " " + name] += static_cast<std::int64_t>(n);
  };
  for (std::uint32_t m = 0; m < model.months; ++m) {
    month = model.names.months[m];
    for (std::size_t r = 0; r < era.resources.size(); ++r) {
      auto const& t = result.resource_months[m * era.resources.size() + r];
      name = model.names.providers[era.resources[r].provider] + "/" + model.names.resource_names[era.resources[r].name];
      if (!era.resources[r].always_open) add("sessions", t.sessions);
      add("cancelled", t.cancelled);
      add("offered", t.offered);
      add("used", t.used);
      add("busy_ticks", t.busy_ticks);
      add("open_ticks", t.open_ticks);
      add("overrun_ticks", t.overrun_ticks);
      add("wait_ticks", t.wait_ticks);
      add("starts", t.starts);
      add_list(t.waiting_at_end);
    }
    for (std::size_t k = 0; k < places.size(); ++k) {
      auto const& t = result.step_months[m * places.size() + k];
      name =
          model.names.steps[places[k] / model.providers()] + "@" + model.names.providers[places[k] % model.providers()];
      add("starts", t.starts);
      add("finished", t.finished);
      add("wait_ticks", t.wait_ticks);
      add("gave_up", t.gave_up);
      add_list(t.waiting_at_end);
    }
    for (std::size_t i = 0; i < era.staff.size(); ++i) {
      auto const& t = result.staff_months[m * era.staff.size() + i];
      name = model.names.staff[i];
      add("staff_days", t.days);
      add("posts", t.posts);
      add("in_post", t.in_post);
      add("wanted", t.wanted);
      add("manned", t.manned);
      add("stood_in", t.stood_in);
      add("lacking", t.lacking);
    }
  }
}

/// Without the months of steps at which nobody waits, which the engine does not count.
Totals with_months_of(Totals totals, model::Model const& model, engine::Outcome outcome) {
  std::set<std::string> waits;
  for (auto const at : model::waiting_places(model))
    waits.insert(model.names.steps[at / model.providers()] + "@" + model.names.providers[at % model.providers()]);
  std::erase_if(totals, [&waits, outcome](auto const& total) {
    bool const of_a_month = total.first.starts_with("month ") || total.first.starts_with("list at end of ");
    if (outcome != engine::Outcome::completed) return of_a_month;
    auto const of = total.first.substr(total.first.rfind(' ') + 1);
    return total.first.starts_with("month ") && of.find('@') != std::string::npos && !waits.contains(of);
  });
  return totals;
}

Totals totals_of(engine::ReplicationResult const& result, model::Model const& model) {
  Totals totals;
  Adder const add{totals};
  add("referred", result.referred);
  add("finished", result.finished);
  add("still_in", result.still_in);
  for (std::size_t s = 0; s < model.standards.size(); ++s)
    add("second_starts " + model.names.standards[s], result.second_starts[s]);
  add_clocks(result, model, totals);
  auto const& era = model.eras.front();
  for (std::size_t i = 0; i < era.sources.size(); ++i)
    add("arrivals " + model.names.streams[era.sources[i].stream] + "@" + model.names.providers[era.sources[i].provider],
        result.arrivals[i]);
  for (std::size_t s = 0; s < era.steps.size(); ++s)
    for (std::size_t p = 0; p < model.providers(); ++p) {
      auto const& step = result.steps[s * model.providers() + p];
      std::string const name = model.names.steps[s] + "@" + model.names.providers[p];
      for_each_field<engine::StepTotals>(
          [&](auto field, std::uint64_t of_patients, std::uint64_t of_branches) {
            add(std::string(field().name) + " " + name, of_patients);
            add(std::string("branch ") + field().name + " " + name, of_branches);
          },
          step, result.branch_steps[s * model.providers() + p]);
    }
  for (std::size_t r = 0; r < era.resources.size(); ++r) {
    auto const& what = era.resources[r];
    auto const& t = result.resources[r];
    std::string const name = model.names.providers[what.provider] + "/" + model.names.resource_names[what.name];
    if (!what.always_open) add("sessions " + name, t.sessions);
    add("cancelled " + name, t.cancelled);
    add("offered " + name, t.offered);
    add("other_work " + name, t.other_work);
    add("used " + name, t.used);
    add("did_not_attend " + name, t.did_not_attend);
    add("turned_away " + name, t.turned_away);
    add("held_ticks " + name, t.held_ticks);
    add("busy_ticks " + name, t.busy_ticks);
    add("open_ticks " + name, t.open_ticks);
    add("overrun_ticks " + name, t.overrun_ticks);
    add("wait_ticks " + name, t.wait_ticks);
    add("starts " + name, t.starts);
    add("waiting_at_end " + name, t.waiting_at_end);
    add("held_for_ever " + name, result.held_for_ever[r]);
    for (std::size_t k = 0; k < model::list_counts; ++k)
      add("list " + std::to_string(k) + " " + name, result.lists[k * era.resources.size() + r]);
  }
  for (std::size_t i = 0; i < era.staff.size(); ++i) {
    auto const& t = result.staff[i];
    std::string const& name = model.names.staff[i];
    add("staff_days " + name, t.days);
    add("posts " + name, t.posts);
    add("in_post " + name, t.in_post);
    add("in_training " + name, t.in_training);
    add("wanted " + name, t.wanted);
    add("manned " + name, t.manned);
    add("stood_in " + name, t.stood_in);
    add("lacking " + name, t.lacking);
    add("absent " + name, t.absent);
    add("elsewhere " + name, t.elsewhere);
    add("used_up " + name, t.used_up);
    add("lent " + name, t.lent);
  }
  for (std::size_t i = 0; i < era.rule_sites.size(); ++i) {
    auto const& t = result.rules[i];
    auto const& site = era.rule_sites[i];
    std::string const name = model.names.rules[site.rule] + "@" + model.names.providers[site.provider];
    add("looked " + name, t.looked);
    add("begun " + name, t.begun);
    add("in_force " + name, t.in_force);
    add("rule_sessions " + name, t.sessions);
    add("rule_slots " + name, t.slots);
    add("moved_from " + name, t.moved_from);
    add("moved_to " + name, t.moved_to);
  }
  add_counts(result, model, totals);
  // Of one that is cut short nobody asks for the list at the end of its last month.
  if (result.outcome == engine::Outcome::completed) add_months(result, model, totals);
  return totals;
}

std::string line_of(Happened const& h) {
  std::ostringstream out;
  out << "tick " << h.at << ": patient " << std::hex << h.patient << std::dec << " at " << h.provider << ": " << h.what
      << " " << h.step;
  return out.str();
}

/// The first moment in which two traces differ, by time and then by patient.
std::string first_difference(std::vector<Happened> fast, std::vector<Happened> second) {
  std::sort(fast.begin(), fast.end());
  std::sort(second.begin(), second.end());
  if (fast == second) return "";
  std::vector<Happened> only_fast, only_second;
  std::set_difference(fast.begin(), fast.end(), second.begin(), second.end(), std::back_inserter(only_fast));
  std::set_difference(second.begin(), second.end(), fast.begin(), fast.end(), std::back_inserter(only_second));
  auto const earlier = [](Happened const& a, Happened const& b) {
    return std::tie(a.at, a.patient) < std::tie(b.at, b.patient);
  };
  std::stable_sort(only_fast.begin(), only_fast.end(), earlier);
  std::stable_sort(only_second.begin(), only_second.end(), earlier);
  std::string text;
  for (auto const* list : {&only_fast, &only_second})
    for (std::size_t i = 0; i < list->size() && i < 3; ++i)
      text += (list == &only_fast ? "  engine only:        " : "  second engine only: ") + line_of((*list)[i]) + "\n";
  return "the first moments that differ:\n" + text;
}

std::string first_difference(Totals const& fast, Totals const& second) {
  std::set<std::string> names;
  for (auto const& [name, n] : fast) names.insert(name);
  for (auto const& [name, n] : second) names.insert(name);
  std::string text;
  for (auto const& name : names) {
    auto const of = [&](Totals const& totals) { return totals.count(name) ? totals.at(name) : 0; };
    if (of(fast) != of(second))
      text +=
          "  " + name + ": engine " + std::to_string(of(fast)) + ", second engine " + std::to_string(of(second)) + "\n";
  }
  return text.empty() ? "" : "every moment is the same, but totals differ:\n" + text;
}

/// A replication that was cut short by the number of events is the beginning of the whole one.
std::string cut_short(std::vector<Happened> const& fast, std::vector<Happened> second, Tick at) {
  std::vector<Happened> before = fast;
  std::erase_if(before, [&](auto const& h) { return h.at >= at; });
  std::vector<Happened> whole = second;
  std::erase_if(whole, [&](auto const& h) { return h.at >= at; });
  if (auto const text = first_difference(before, whole); !text.empty()) return text;
  auto last = fast;
  std::erase_if(last, [&](auto const& h) { return h.at != at; });
  std::erase_if(second, [&](auto const& h) { return h.at != at; });
  std::sort(last.begin(), last.end());
  std::sort(second.begin(), second.end());
  if (std::includes(second.begin(), second.end(), last.begin(), last.end())) return "";
  return "what happens at the last moment, tick " + std::to_string(at) + ", is not part of what should happen\n";
}

/// That a lever has been pulled which two readers understood alike.
void note_lever(plain::Lever const& lever, std::map<std::string, int>& used) {
  ++used["lever that " + lever.what + "s"];
  if (lever.pointer.find('*') != std::string::npos) ++used["lever for many"];
  if (lever.pointer.ends_with("/capacity")) ++used["lever of a capacity"];
  if (!lever.from && !lever.until) ++used["lever without dates"];
}

}  // namespace

Comparison compare(scenario::DatedScenario const& read, ScenarioText const& text, std::uint64_t seed) {
  Comparison comparison;
  scenario::DatedScenario plainly;
  try {
    plainly = read_plainly(text);
  } catch (std::exception const& e) {
    comparison.difference = std::string("the plain reader does not understand it: ") + e.what() + "\n";
    return comparison;
  }
  if (auto const found = difference_of(read, plainly); !found.empty()) {
    comparison.difference = "it is read in two ways:\n" + found;
    return comparison;
  }
  model::Model model = model::compile(read);
  model.followed = std::max(model.followed, 1U << seed % 3);  // all are where there are few: that alone would be seen
  engine::Workspace workspace(model);
  engine::Trace trace;
  auto const& result = workspace.run(seed, 0, &trace);
  Story const story = tell(plainly, seed, model.followed);
  comparison.used = story.used;
  for (auto const& lever : plain::levers(text.levers)) note_lever(lever, comparison.used);
  comparison.moments = trace.size();
  comparison.patients = result.referred;
  auto const fast = by_name(trace, model);
  if (result.outcome == engine::Outcome::too_many_events) {
    ++comparison.used["limit of events"];
    comparison.difference = cut_short(fast, story.moments, result.stopped_at);
    return comparison;
  }
  if (story.outcome == "deadlocked" && thaws(plainly, seed)) {
    comparison.difference = "who could never go on went on after tick " + std::to_string(story.stopped_at) + "\n";
    return comparison;
  }
  comparison.difference = first_difference(fast, story.moments);
  if (!comparison.difference.empty()) return comparison;
  std::string const outcome(word_of(result.outcome));
  if (outcome != story.outcome || result.stopped_at != story.stopped_at)
    comparison.difference = "the engine's outcome is " + outcome + " at tick " + std::to_string(result.stopped_at) +
                            ", the second engine's " + story.outcome + " at " + std::to_string(story.stopped_at) + "\n";
  else
    comparison.difference =
        first_difference(totals_of(result, model), with_months_of(std::move(story.totals), model, result.outcome));
  return comparison;
}

}  // namespace cwtsim::oracle
