#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "sheet.hpp"

namespace cwtsim::scenario {
namespace {

// "appointments", "appointments and calls"
std::string who_may_be_missed() {
  std::string text;
  for (auto const& record : step_records)
    if (record.may_be_missed) text += fmt::format("{}{}", text.empty() ? "" : " and ", record.plural);
  return text;
}

struct StepCheck {
  Sheet& sheet;
  std::size_t pathway;
  std::string const& name;
  Step const& step;
  std::string at;
  std::vector<std::string> steps;  ///< names in the pathway
  StepRecord const& kind = record_of(step.kind);

  void to_step(std::string const& pointer, std::string const& to) const {
    if (!is_known(sheet, pointer, "step", to, steps, "in this pathway")) sheet.unsound[pathway] = true;
  }
  void share(std::string const& pointer, double value) const {
    if (!(value >= 0 && value <= 1)) sheet.add(pointer, "a share of " + number(value) + " is not between 0 and 1");
  }
  void durations(std::string const& field, DistributionTable const& table) const {
    check_table(sheet, under(at, field), table, Depends{},
                [&](std::string const& here, Distribution const& d) { check_distribution(sheet, here, d); });
  }

  void next() const {
    if (kind.leads_on && !step.then.given()) {
      sheet.add(at, "it does not say what comes next", "add \"then\"");
      sheet.unsound[pathway] = true;
    }
    check_table(sheet, under(at, "then"), step.then, Depends{}, [&](std::string const& here, Shares const& shares) {
      for (auto const& [to, value] : shares) to_step(share_pointer(here, shares, to), to);
      check_shares(sheet, here, shares, "and every patient must go somewhere");
    });
    if (step.when_full == name)
      sheet.add(under(at, "when_full"), "those turned away would come straight back to the same full waiting room",
                "Name another step");
    else if (!step.when_full.empty())
      to_step(under(at, "when_full"), step.when_full);
  }

  void needs() const {
    if (!kind.waits_on_list()) return;
    if (step.needs.empty()) return sheet.add(at, "it does not say what it waits for", "add \"needs\": a resource");
    std::vector<std::string> known;
    for (auto const& [provider_name, provider] : sheet.scenario.providers)
      for (auto const& [resource, what] : provider.resources)
        if (std::find(known.begin(), known.end(), resource) == known.end()) known.push_back(resource);
    for (auto const& [resource, count] : step.needs) {
      auto const here = needs_pointer(resource);
      is_known(sheet, here, "resource", resource, known, "at any provider");
      if (count < 1) sheet.add(here, "a step cannot need " + std::to_string(count), "Write 1 or more");
    }
  }
  [[nodiscard]] std::string needs_pointer(std::string const& resource) const {
    return step.needs.size() == 1 && step.needs.items[0].second == 1 ? under(at, "needs")
                                                                     : under(at, "needs", resource);
  }

  void times() const {
    if (kind.must_take_time && !step.takes.given())
      sheet.add(at, std::string(kind.noun) + " must say how long it takes", "add \"takes\"");
    durations("takes", step.takes);
    bool more_than_once = false;
    check_table(sheet, under(at, "repeats"), step.repeats, Depends{},
                [&](std::string const& here, Shares const& shares) {
                  check_counts(sheet, here, shares);
                  for (auto const& [count, value] : shares)
                    more_than_once = more_than_once || (count != "1" && value > 0);
                });
    if (more_than_once && !step.every.given())
      sheet.add(under(at, "repeats"), "it does not say how long it is from one to the next", "add \"every\"");
    if (step.every.given() && !step.repeats.given())
      sheet.add(under(at, "every"), "the step is not repeated, so this has no effect", "add \"repeats\", or remove it");
    durations("every", step.every);
    check_table(sheet, under(at, "priority"), step.priority, Depends{}, [&](std::string const& here, double value) {
      if (!(value >= 0 && value <= 15 && value == std::floor(value)))
        sheet.add(here, "class " + number(value) + " is not a whole number from 0 to 15", "Class 0 is served first");
    });
  }

  void gathering() const {
    if (!kind.gathers) return;
    if (!step.together)
      sheet.add(at, "it does not say how many go on together", "add \"together\"");
    else if (*step.together < 1 || *step.together > 10'000)
      sheet.add(under(at, "together"), std::to_string(*step.together) + " is not a whole number from 1 to 10000");
    durations("wait_at_most", step.wait_at_most);
  }

  void did_not_attend() const {
    if (!step.did_not_attend) return;
    auto const& missed = *step.did_not_attend;
    auto const here = under(at, "did_not_attend");
    if (!kind.may_be_missed)
      return sheet.add(here, fmt::format("only {} can be missed", who_may_be_missed()), "Remove it");
    check_table(sheet, under(here, "share"), missed.share, Depends{}, [&](std::string const& place, double value) {
      share(place, value);
      if (value == 1 && !missed.up_to)
        sheet.add(place, "nobody would ever come: this has no end", "add \"up_to\" and \"then\"");
    });
    check_table(sheet, under(here, "rebook"), missed.rebook, Depends{},
                [&](std::string const& place, Distribution const& d) { check_distribution(sheet, place, d); });
    if (missed.up_to && (*missed.up_to < 1 || *missed.up_to > 1000))
      sheet.add(under(here, "up_to"), std::to_string(*missed.up_to) + " is not a whole number from 1 to 1000");
    if (missed.up_to && missed.then.empty())
      sheet.add(under(here, "up_to"), "it does not say what comes after the last missed appointment", "add \"then\"");
    if (!missed.up_to && !missed.then.empty())
      sheet.add(under(here, "then"), "it does not say after how many missed appointments", "add \"up_to\"");
    if (!missed.then.empty()) to_step(under(here, "then"), missed.then);
    if (!missed.adjusts.empty()) adjustment(under(here, "adjusts"), missed.adjusts);
  }

  void adjustment(std::string const& pointer, std::string const& adjusts) const {
    auto const& known = sheet.known_adjustments;
    if (known.contains(adjusts)) return;
    std::vector<std::string> const names(known.begin(), known.end());
    sheet.add(pointer, "no standard allows the adjustment \"" + adjusts + "\", so it would have no effect",
              names.empty() ? "list it in \"adjustments\" of a standard" : advice(adjusts, names));
  }

  void leaving() const {
    for (auto const& [reason, leaves] : step.gives_up) {
      auto const here = under(at, "gives_up", reason);
      if (!kind.may_be_given_up()) sheet.add(here, "nobody waits at this step, so nobody can give up", "Remove it");
      if (!leaves.after.given()) sheet.add(here, "it does not say after how long", "add \"after\"");
      check_table(sheet, under(here, "after"), leaves.after, Depends{},
                  [&](std::string const& place, Distribution const& d) { check_distribution(sheet, place, d); });
      to_step(under(here, "then"), leaves.then);
    }
    for (auto const& [attribute, table] : step.sets) {
      auto const here = under(at, "sets", attribute);
      is_known(sheet, here, "attribute", attribute, names_of(sheet.scenario.attributes));
      check_table(sheet, here, table, Depends{}, [&, &set = attribute](std::string const& place, Shares const& shares) {
        check_levels(sheet, place, set, shares);
      });
    }
    if (!step.pauses.empty()) adjustment(under(at, "pauses"), step.pauses);
  }

  void branches() const {
    if (!kind.branches) return;
    if (step.starts.empty()) {
      sheet.add(under(at, "starts"), "it starts no branch", "name the first step of each branch");
      sheet.unsound[pathway] = true;
    }
    for (auto const& [first, chance] : step.starts) {
      auto const here = under(at, "starts", first);
      to_step(here, first);
      if (first == step.joins_at)
        sheet.add(here, "this branch has no step of its own: it begins where the branches join", "Name another step");
      check_table(sheet, here, chance, Depends{}, [&](std::string const& place, double value) {
        if (!(value >= 0 && value <= 1))
          sheet.add(place, "a probability of " + number(value) + " is not between 0 and 1");
      });
    }
    to_step(under(at, "joins_at"), step.joins_at);
    if (step.joins_at == name)
      sheet.add(under(at, "joins_at"), "the branches cannot join at the step that starts them", "Name another step");
  }

  void elsewhere() const {
    auto const& scenario = sheet.scenario;
    if (kind.moves && !step.to.given()) sheet.add(at, "it does not say to which provider", "add \"to\"");
    check_table(sheet, under(at, "to"), step.to, Depends{}, [&](std::string const& here, Shares const& shares) {
      for (auto const& [to, value] : shares)
        is_known(sheet, share_pointer(here, shares, to), "provider", to, names_of(scenario.providers));
      check_shares(sheet, here, shares, "and every patient must go somewhere");
    });
    if (kind.continues && !is_known(sheet, under(at, "pathway"), "pathway", step.pathway, names_of(scenario.pathways)))
      sheet.unsound[pathway] = true;
  }
};

}  // namespace

void check_pathways(Sheet& sheet) {
  auto const& pathways = sheet.scenario.pathways;
  if (pathways.empty()) sheet.add("/pathways", "there is nowhere to send patients", "add a pathway");
  for (std::size_t p = 0; p < pathways.size(); ++p) {
    auto const& [name, pathway] = pathways.items[p];
    auto const at = under("/pathways", name);
    auto const steps = names_of(pathway.steps);
    if (!is_known(sheet, under(at, "start"), "step", pathway.start, steps, "in this pathway")) sheet.unsound[p] = true;
    for (auto const& [step_name, step] : pathway.steps) {
      StepCheck const check{sheet, p, step_name, step, under(at, "steps", step_name), steps};
      check.needs();
      check.times();
      check.next();
      check.gathering();
      check.did_not_attend();
      check.leaving();
      check.branches();
      check.elsewhere();
    }
  }
}

}  // namespace cwtsim::scenario
