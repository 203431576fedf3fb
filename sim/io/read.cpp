#include "cwtsim/io/read.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "compose.hpp"
#include "cwtsim/scenario/alike.hpp"
#include "cwtsim/scenario/horizon.hpp"
#include "levers.hpp"
#include "locator.hpp"
#include "reader.hpp"
#include "waiting_files.hpp"

namespace cwtsim::io {
namespace {

using scenario::Scenario;

/// First and one past the last day of a scenario.
struct RunOfDays {
  Date first, end;
};

RunOfDays days_of(scenario::Horizon const& h) {
  auto const days = std::ceil(scenario::measured_seconds(h).end / seconds_per_day);
  return {h.starts.date, h.starts.date + static_cast<std::int32_t>(days)};
}

bool holds_on(Lever const& l, Date day) {
  return (!l.from || *l.from <= day) && (!l.until || day < *l.until);
}

std::string pointer_of_cost(Intervention const& intervention, std::string const& name) {
  return intervention.at + "/costs/" + escape_pointer(name);
}

/// One reading of one request.
class Session {
 public:
  explicit Session(ReadRequest const& request) : request_(request) {}

  ReadResult read() {
    root_ = compose_files(request_.path, request_.text, result_.files, result_.problems, result_.told);
    if (root_.is(ValueKind::object)) read_waiting_lists(root_, result_.files, result_.problems, result_.told);
    bool const composed = root_.is(ValueKind::object) && result_.problems.empty();
    take_lever_sets(root_, result_.files, result_.problems, result_.told, levers_, result_.with);
    FilesRead read;
    for (auto const& path : request_.with)
      read_lever_file(path, result_.files, result_.problems, result_.told, read, levers_, result_.with);
    scenario_files_ = result_.files;
    for (auto const& l : request_.levers)
      levers_.push_back(place_lever(l, result_.files, result_.problems, result_.told));
    name_levers();
    tell_names();
    if (composed && are_copies_few("resources", copies_of_templates(root_))) {
      auto const unused = expand_templates(root_);
      strip_removed(root_);
      check_unused(unused);
      read_base();
    }
    drop_repeated();
    result_.files = scenario_files_;
    return std::move(result_);
  }

 private:
  /// Whether what is copied is not too large to be held; else that has been told.
  bool are_copies_few(std::string const& key, Extent const& copies) {
    if (is_within(copies, most_copied)) return true;
    auto const* const there = root_.find(key);
    result_.problems.add(
        {"/" + key,
         fmt::format("filled in wherever they are used, these templates make {} values and {:.1f} MiB of text (at most "
                     "{} and {} MiB are allowed)",
                     copies.values, static_cast<double>(copies.bytes) / (1U << 20U), most_copied.values,
                     most_copied.bytes >> 20U),
         "Take long notes out of the templates", place_text(result_.files, there ? there->place : root_.place)});
    return false;
  }

  /// A template that nobody uses is still read: it may have a slip of the pen in it.
  void check_unused(Value const& unused) {
    if (unused.is(ValueKind::null) && unused.place.line == 0) return;
    Reading reading{result_.files, result_.problems, Completeness::part};
    Named<scenario::Resource> nobody;
    read_value(reading, {unused, "/resources"}, Doc{}, nobody);
    std::set<std::string> used;
    if (auto const* providers = root_.find("providers"))
      for (auto const& provider : providers->members)
        if (auto const* resources = provider.value.find("resources"))
          for (auto const& resource : resources->members) used.insert(resource.key);
    for (auto const& m : unused.members)
      for (auto const& name : used)
        if (scenario::look_alike(m.key, name))
          result_.told.add(
              {"/resources/" + escape_pointer(m.key),
               fmt::format("the template \"{}\" is used by nobody; \"{}\", which looks like it, differs in {}", m.key,
                           name, scenario::difference_of(m.key, name)),
               fmt::format("Write \"{}\" if that is meant", name), place_text(result_.files, m.place)});
  }

  /// Names in lever files that look alike, and files that are called alike: their arms could not be told apart.
  void tell_names() {
    std::map<std::pair<std::string, std::size_t>, std::vector<scenario::WrittenName>> levers;  // by file and set in it
    std::vector<scenario::WrittenName> files, funds;
    for (std::size_t i = 0; i < levers_.size(); ++i)
      if (!levers_[i].is_option)
        levers[{result_.files[levers_[i].place.file], levers_[i].of}].push_back(
            {levers_[i].lever.name, levers_[i].pointer, result_.pulled[i].place});
    for (auto const& [set, names] : levers) scenario::tell_alike(result_.told, "levers", names);
    for (auto const& intervention : result_.with) {
      if (intervention.is_option) continue;
      auto const pointer = intervention.at + "/name";
      for (auto const& other : files)
        if (other.text == intervention.name)
          result_.told.add({pointer, fmt::format("{} has the name \"{}\" too", other.place, other.text),
                            "Give each lever file a name of its own", intervention.file});
      files.push_back({intervention.name, pointer, intervention.file});
      for (auto const& [name, cost] : intervention.costs)
        if (!cost.fund.empty()) funds.push_back({cost.fund, pointer_of_cost(intervention, name) + "/fund", cost.place});
    }
    scenario::tell_alike(result_.told, "lever files", files);
    scenario::tell_alike(result_.told, "funds", funds);
  }

  /// What is to be told of each lever once it is pulled.
  void name_levers() {
    for (auto const& l : levers_) {
      auto const place = place_text(result_.files, l.place);
      result_.pulled.push_back({l.lever, l.intervention, place, l.pointer, l.is_option, {}, {}, {}});
    }
    if (request_.pull_only && *request_.pull_only < levers_.size()) levers_.resize(*request_.pull_only);
    was_pulled_.assign(levers_.size(), false);
  }

  Value with_levers(auto const& chosen) {
    auto root = root_;
    Extent written;
    for (std::size_t i = 0; i < levers_.size(); ++i) {
      if (!chosen(levers_[i].lever)) continue;
      Pulled again;
      apply_lever(root, levers_[i], written, result_.files, result_.problems,
                  was_pulled_[i] ? again : result_.pulled[i]);
      was_pulled_[i] = true;
    }
    return root;
  }

  Scenario typed(Value const& root) {
    Scenario s;
    Reading reading{result_.files, result_.problems};
    read_value(reading, {root, ""}, Doc{}, s);
    return s;
  }

  void read_base() {
    auto const undated = with_levers([](Lever const& l) { return !l.from && !l.until; });
    result_.composed_json = composed_text();
    result_.where = Locator(std::make_shared<Locator::Composed>(Locator::Composed{result_.files, undated}));
    result_.scenario.base = typed(undated);
    check_ledgers();
    bool const dated =
        std::any_of(levers_.begin(), levers_.end(), [](auto const& l) { return l.lever.from || l.lever.until; });
    if (!dated || !result_.problems.empty()) return;
    auto const days = days_of(result_.scenario.base.horizon);
    auto const changes = dates_of_change(days);
    if (!result_.problems.empty()) return;
    auto whole = extent_of(undated);
    whole.values *= 1 + changes.size();
    whole.bytes *= 1 + changes.size();
    if (!is_within(whole, most_dated)) return refuse_so_many(changes.size());
    result_.scenario.base = typed(with_levers([&](Lever const& l) { return holds_on(l, days.first); }));
    for (auto const day : changes)
      result_.scenario.changes.emplace_back(day, typed(with_levers([&](Lever const& l) { return holds_on(l, day); })));
  }

  void refuse_so_many(std::size_t dates) {
    auto const last =
        std::find_if(levers_.rbegin(), levers_.rend(), [](auto const& l) { return l.lever.from || l.lever.until; });
    result_.problems.add(
        {last->pointer,
         fmt::format("dated levers change this scenario on {} days, and for each of them it would be held whole: that "
                     "is too much (it comes to more than {} values or {} MiB)",
                     dates, most_dated.values, most_dated.bytes >> 20U),
         "Let more of the levers begin and end on the same days", place_text(result_.files, last->place)});
  }

  /// Interventions pay from ledgers that exist.
  void check_ledgers() {
    std::vector<std::string> known;
    for (auto const& [name, ledger] : result_.scenario.base.ledgers) known.push_back(name);
    for (auto const& intervention : result_.with)
      for (auto const& [name, cost] : intervention.costs) {
        if (std::find(known.begin(), known.end(), cost.ledger) != known.end()) continue;
        auto const nearest = nearest_name(cost.ledger, known);
        result_.problems.add(
            {pointer_of_cost(intervention, name) + "/ledger",
             fmt::format("the scenario has no ledger \"{}\"", cost.ledger),
             nearest.empty() ? "Name it in the scenario's \"ledgers\"" : fmt::format("Did you mean \"{}\"?", nearest),
             cost.place});
      }
  }

  /// Whether the lever holds on any day of the run.
  static bool ever_holds(Lever const& l, RunOfDays days) {
    return (!l.from || *l.from < days.end) && (!l.until || *l.until > days.first);
  }

  /// A file may be rolled out before or after the days of the run, in part; one whose dates all miss them is a slip.
  std::set<Date> dates_of_change(RunOfDays days) {
    std::set<Date> dates;
    std::set<std::pair<std::size_t, std::uint32_t>> in_force;  // sets in files
    for (auto const& l : levers_)
      if ((l.lever.from || l.lever.until) && ever_holds(l.lever, days)) in_force.emplace(l.of, l.place.file);
    for (auto const& l : levers_) {
      auto const refuse = [&](Date d, std::string_view key, std::string_view why) {
        result_.problems.add(
            {l.pointer.empty() ? l.pointer : fmt::format("{}/{}", l.pointer, key),
             fmt::format("{} lies outside the horizon ({})", format_date(d), why),
             fmt::format("The run goes from {} up to {}", format_date(days.first), format_date(days.end - 1)),
             place_text(result_.files, l.place)});
      };
      auto const from = l.lever.from, until = l.lever.until;
      bool const missed = !in_force.contains({l.of, l.place.file});
      if (missed && from && *from >= days.end) refuse(*from, "from", "the lever would start there");
      if (missed && until && *until <= days.first) refuse(*until, "until", "the lever would end there");
      if (from && until && *until <= *from)
        result_.problems.add(
            {l.pointer,
             fmt::format("the lever ends on {}, not after its start on {}", format_date(*until), format_date(*from)),
             "", place_text(result_.files, l.place)});
      for (auto const d : {from, until})
        if (d && *d > days.first && *d < days.end) dates.insert(*d);
    }
    return dates;
  }

  /// The same slip in a template or in a dated scenario is one problem, however often it is met.
  void drop_repeated() {
    std::set<std::pair<std::string, std::string>> seen;
    std::erase_if(result_.problems.list(),
                  [&](Problem const& p) { return !p.place.empty() && !seen.emplace(p.place, p.what).second; });
  }

  /// The whole request as one scenario, its levers written out in it.
  std::string composed_text() const {
    auto root = root_;
    if (auto sets = lever_sets(levers_, result_.with); !sets.items.empty())
      root.members.push_back({"with", {}, std::move(sets)});
    return write_json(root);
  }

  ReadRequest const& request_;
  ReadResult result_;
  FileNames scenario_files_;
  Value root_;
  std::vector<PlacedLever> levers_;
  std::vector<bool> was_pulled_;  ///< of each lever
};

}  // namespace

ReadResult read_scenario(ReadRequest const& request) {
  return Session(request).read();
}

}  // namespace cwtsim::io
