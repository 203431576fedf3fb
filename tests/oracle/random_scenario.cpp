#include "random_scenario.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "calendar.hpp"
#include "cwtsim/core/draw.hpp"
#include "cwtsim/io/read.hpp"
#include "cwtsim/scenario/validate.hpp"
#include "world.hpp"

namespace cwtsim::oracle {

int Choices::below(int n) {
  if (n <= 1) return 0;
  if (!from_bytes_) return static_cast<int>(draw(seed_, 0x63686f69, count_++).first % static_cast<std::uint64_t>(n));
  return count_ < bytes_.size() ? bytes_[count_++] % n : 0;
}

ScenarioText random_scenario(Choices choices) {
  return World(std::move(choices)).write();
}

ScenarioText World::write() {
  std::string const when = horizon();
  doubles = c.percent(35);
  money = c.percent(40);
  standard_count = c.below(4);
  pathway_count = c.between(1, 3);
  for (int p = c.between(1, 4), i = 0; i < p; ++i) {
    provider_names.push_back("p" + std::to_string(i));
    groups.push_back(c.percent(50) ? c.text_of({"north", "south"}) : "");
  }
  for (int s = c.between(1, 3), i = 0; i < s; ++i) {
    stream_names.push_back("from" + std::to_string(i));
    pathway_of.push_back(i == 0 ? 0 : static_cast<std::size_t>(c.below(pathway_count)));
  }
  std::vector<ResourceName> const all = {{"clinic", Kind::sessions}, {"theatre", Kind::servers},
                                         {"mdt", Kind::meeting},     {"scan", Kind::sessions},
                                         {"bed", Kind::servers},     {"nurse", Kind::servers}};
  for (auto const& r : all)
    if (c.percent(60)) resources.push_back(r);
  if (resources.empty()) resources.push_back(all[0]);
  std::string const who = attributes();
  std::vector<std::string> members{member("schema", "1"), member("name", quote("Random")), member("horizon", when)};
  if (c.percent(8))
    members.push_back(member("limits", object({member("max_in_system", std::to_string(c.between(2, 30)))})));
  else if (c.percent(5))
    members.push_back(member("limits", object({member("max_events", std::to_string(c.between(20, 2000)))})));
  members.push_back(member("attributes", who));
  members.push_back(member("providers", providers()));
  members.push_back(member("pathways", pathways()));
  if (c.percent(50)) members.push_back(member("profiles", profile()));
  members.push_back(member("demand", demand()));
  if (c.percent(35)) members.push_back(member("waiting", waiting()));
  if (auto const some = rules(); !some.empty()) members.push_back(member("rules", some));
  if (standard_count > 0) members.push_back(member("standards", standards()));
  if (c.percent(60)) members.push_back(member("measures", measures()));
  if (money) members.push_back(member("ledgers", ledgers()));
  std::string const scenario = object(members) + "\n";
  return {scenario, c.percent(40) ? levers(scenario) : ""};
}

std::string World::horizon() {
  first_date = c.text_of(
      {"2026-06-01", "2026-06-03", "2026-12-22", "2026-04-01", "2026-05-29", "2027-02-27", "2026-05-26", "2026-04-07"});
  std::string starts = first_date;
  std::string const resolution = c.text_of({"1 min", "30 min", "15 min", "1 min", "60 min", "30 s", "5 min"});
  if (resolution == "60 min") minutes = 60;
  brief = c.percent(6);
  days = c.between(3, 12);
  std::string run_for = days == 7 ? "1 week" : std::to_string(days) + " days",
              warm_up = c.text_of({"0 days", "1 days", "2 days", "36 hours"});
  if (c.percent(25)) starts += c.text_of({" 06:00", " 09:00", " 23:00"});
  if (c.percent(5)) run_for = "1 months", days = 28;
  if (brief) {
    starts = first_date + " 08:00";
    run_for = c.text_of({"3 hours", "5 hours", "200 min"});
    warm_up = c.text_of({"0 days", "1 hours"});
    days = 1;
  }
  return object({member("starts", quote(starts)), member("warm_up", quote(warm_up)), member("run_for", quote(run_for)),
                 member("resolution", quote(resolution)),
                 member("bank_holidays", quote(c.text_of({"none", "england", "england"})))});
}

std::string World::attributes() {
  std::vector<std::string> members;
  attribute_names = {"tumour"};
  attribute_levels = {{"lung", "skin", "other"}};
  std::string const tumour = shares(attribute_levels[0]);
  attribute_names.clear();  // nothing that it depends on
  members.push_back(member("tumour", object({member("levels", list(attribute_levels[0])), member("shares", tumour),
                                             member("odds", c.percent(25) ? odds(attribute_levels[0]) : "{}")})));
  attribute_names = {"tumour"};
  if (c.percent(60)) {
    // depends on the first, and on where the patient is
    std::vector<std::string> const levels{"yes", "no"};
    auto const two = [&] { return shares(levels); };
    auto const rows = c.percent(50) ? table(two) : two();
    auto const changed = c.percent(35) ? odds(levels) : "{}";
    attribute_names.emplace_back("cancer");
    attribute_levels.push_back(levels);
    members.push_back(
        member("cancer", object({member("levels", list(levels)), member("shares", rows), member("odds", changed)})));
  }
  if (c.percent(50)) {
    // nobody draws it: some step sets it
    attribute_names.emplace_back("grade");
    attribute_levels.push_back({"high", "low"});
    settable = {"grade"};
    members.push_back(member("grade", object({member("levels", list({"high", "low"}))})));
  }
  if (c.percent(35)) {
    attribute_names.emplace_back("stage");
    std::vector<std::string> const levels{"one", "two", "three", "four"};
    attribute_levels.push_back(levels);
    findable = {"stage"};
    std::vector<std::string> moves;
    for (std::size_t i = 0; i + 1 < levels.size(); ++i)
      if (c.percent(80))
        moves.push_back(member(
            levels[i], object({member("after", table([&] { return c.percent(60) ? long_time() : short_time(); })),
                               member("to", quote(levels[i + (i < 2 && c.percent(20) ? 2 : 1)]))})));
    if (moves.empty())
      moves.push_back(member("one", object({member("after", long_time()), member("to", quote("two"))})));
    attribute_names.pop_back();
    attribute_levels.pop_back();
    auto const first = shares(levels);
    members.push_back(member("stage", object({member("levels", list(levels)), member("shares", first),
                                              member("progresses", object(moves))})));
    attribute_names.emplace_back("stage");
    attribute_levels.push_back(levels);
  }
  return object(members);
}

std::string World::profile() {
  std::vector<std::string> members;
  auto const rates = [&](std::vector<std::string> const& names) {
    std::vector<std::string> parts;
    for (auto const& n : names) parts.push_back(member(n, number({"1", "0.5", "2", "0.25", "0"})));
    parts.back() = member(names.back(), "1");
    return object(parts);
  };
  std::vector<std::string> hours;
  for (int h = 0; h < 24; ++h) hours.push_back((h < 10 ? "0" : "") + std::to_string(h));
  if (c.percent(50))
    members.push_back(
        member("months", rates({"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"})));
  if (c.percent(60)) members.push_back(member("weekdays", rates({"mon", "tue", "wed", "thu", "fri", "sat", "sun"})));
  if (c.percent(40)) members.push_back(member("hours", rates(hours)));
  if (c.percent(50)) members.push_back(member("holidays", number({"0.2", "0", "1.5"})));
  profile_names.emplace_back("wave");
  return object({member("wave", object(members))});
}

std::string World::volume(std::vector<std::string>& members) {
  std::string const unit = brief ? "per_hour" : c.text_of({"per_day", "per_week", "per_month", "per_year", "per_hour"});
  auto const amount = [&] {
    if (brief) return number({"20", "90", "5"});
    if (unit == "per_day") return days < 5 ? number({"4", "8", "70"}) : number({"3", "6.5", "10"});
    if (unit == "per_week") return number({"20", "40.5", "7"});
    if (unit == "per_month") return number({"60", "150"});
    if (unit == "per_year") return number({"1500", "400"});
    return number({"0.2", "0.4"});
  };
  if (c.percent(50)) {
    std::vector<std::string> by;
    for (auto const& p : provider_names)
      if (by.empty() || c.percent(60)) by.push_back(member(p, amount()));
    members.push_back(member(unit, object(by)));
  } else {
    members.push_back(member(unit, amount()));
    members.push_back(member("provider", quote(c.one_of(provider_names))));
    reaches.push_back({"/demand/" + stream_names[0] + "/growth_per_year", {"0.5", "-0.2"}});
  }
  if (!profile_names.empty() && c.percent(60)) members.push_back(member("profile", quote(profile_names[0])));
  if (c.percent(25)) members.push_back(member("growth_per_year", number({"0.3", "-0.4", "2"})));
  if (c.percent(20))
    members.push_back(member("volumes_from", quote(c.text_of({"2025-04-01", "2026-01-01", "2026-07-15"}))));
  if (c.percent(25))
    members.push_back(c.percent(50)
                          ? member("batch", c.percent(50) ? "2" : R"({"by": "provider", "p0": 3, "otherwise": 1})")
                          : member("batch_sizes", R"({"1": 0.5, "3": 0.5})"));
  return unit;
}

std::string World::by_provider(std::string const& first, std::string const& rest) {
  return object({member("by", quote("provider")), member(provider_names[0], first), member("otherwise", rest)});
}

std::string World::demand() {
  std::vector<std::string> members;
  for (std::size_t i = 0; i < stream_names.size(); ++i) {
    std::vector<std::string> parts{member("pathway", quote("way" + std::to_string(pathway_of[i])))};
    if (c.percent(30) && !brief) {
      std::vector<std::string> at{time_of_day(7, 17)};
      if (c.percent(50)) at.push_back(time_of_day(7, 17));
      parts.push_back(member("provider", quote(c.one_of(provider_names))));
      parts.push_back(
          member("timetable", object({member("on", quote(c.text_of({"daily", "mon-fri"}))), member("at", list(at)),
                                      member("patients", number({"1", "3", "5"}))})));
      reaches.push_back({"/demand/" + stream_names[i] + "/timetable/patients", {"2", "4"}});
    } else {
      std::vector<std::string> more;
      volume(more);
      parts.insert(parts.end(), more.begin(), more.end());
    }
    if (c.percent(35))
      parts.push_back(
          member("attributes", object({member("tumour", c.percent(70) ? shares(attribute_levels[0])
                                                                      : by_provider(shares(attribute_levels[0]),
                                                                                    shares(attribute_levels[0])))})));
    parts.push_back(member("milestones", c.percent(85) ? "\"referred\"" : R"(["referred", "seen"])"));
    members.push_back(member(stream_names[i], object(parts)));
  }
  return object(members);
}

// How long those of a first list have waited, as one distribution or by rows, and on the list of their step.
void World::waiting_time(std::string const& step, std::vector<std::string>& parts) {
  bool const listed = lists.contains(step);
  if (missable.contains(step) && c.percent(50)) parts.push_back(member("missed", "1"));
  if (listed && c.percent(40))
    parts.push_back(member("on_list", c.text_of({R"({"uniform": {"from": "0 days", "to": "6 days"}})", "\"2 days\""})));
  if (c.percent(60)) {
    parts.push_back(member("patients", std::to_string(c.between(0, 15))));
    parts.push_back(member("waited", c.text_of({R"({"uniform": {"from": "0 days", "to": "20 days"}})", "\"3 days\""})));
    return;
  }
  std::vector<std::string> rows;
  for (int n = c.between(1, 4); n > 0; --n) {
    int const waited = c.between(0, 20);
    std::vector<std::string> row;
    if (c.percent(60)) row.push_back(member("patients", std::to_string(c.between(0, 4))));
    row.push_back(c.percent(50) ? member("waited", quote(std::to_string(waited) + " days"))
                                : member("referred", quote(written_day(day_written(first_date) - waited))));
    if (listed && c.percent(40))
      row.push_back(member("on_list", quote(std::to_string(c.between(0, waited)) + " days")));
    if (c.percent(40)) row.push_back(member("provider", quote(c.one_of(provider_names))));
    if (c.percent(50))
      row.push_back(member("attributes", object({member("tumour", quote(c.one_of(attribute_levels[0])))})));
    rows.push_back(object(row));
  }
  if (c.percent(40)) parts.push_back(member("patients", std::to_string(c.between(0, 15))));
  parts.push_back(member("rows", array(rows)));
}

std::string World::waiting() {
  std::vector<std::string> members;
  for (int n = c.between(1, 2); n > 0; --n) {
    auto const stream = static_cast<std::size_t>(c.below(static_cast<int>(stream_names.size())));
    auto pathway = pathway_of[stream];
    std::vector<std::string> parts{member("like", quote(stream_names[stream])),
                                   member("provider", quote(c.one_of(provider_names)))};
    if (c.percent(30)) {
      pathway = static_cast<std::size_t>(c.below(static_cast<int>(steps_of.size())));
      parts.push_back(member("pathway", quote("way" + std::to_string(pathway))));
    }
    if (c.percent(30))
      parts.push_back(member("milestones", c.text_of({"[]", "\"referred\"", R"(["referred", "seen"])"})));
    auto const& step = c.one_of(steps_of[pathway]);
    parts.push_back(member("step", quote(step)));
    waiting_time("/pathways/way" + std::to_string(pathway) + "/steps/" + step, parts);
    members.push_back(member("old" + std::to_string(n), object(parts)));
    reaches.push_back({"/waiting/old" + std::to_string(n) + "/patients", {"3", "10"}});
  }
  return object(members);
}

std::string World::standards() {
  auto const made = [&](std::string const& m) {
    return std::find(milestones_reached.begin(), milestones_reached.end(), m) != milestones_reached.end();
  };
  std::vector<std::string> members;
  std::vector<std::string> stops;
  for (auto const* m : {"seen", "told", "treated"})
    if (made(m)) stops.emplace_back(m);
  if (stops.empty()) stops.emplace_back(made("withdrew") ? "withdrew" : "referred");
  for (int s = 0; s < standard_count; ++s) {
    std::vector<std::string> parts;
    std::string const stop = c.one_of(stops);
    std::vector<std::string> starts{"referred"};
    if (s > 0 && c.percent(40))
      starts = c.percent(40) ? std::vector{c.one_of(stops)} : std::vector{starts[0], c.one_of(stops)};
    std::erase(starts, stop);
    if (starts.empty()) starts.emplace_back("referred");
    parts.push_back(member("starts", list(starts)));
    parts.push_back(member("stops", list({stop})));
    if (made("died") && c.percent(60)) parts.push_back(member("excluded_by", quote("died")));
    if (made("withdrew") && stop != "withdrew" && c.percent(60))
      parts.push_back(member("breach_if_late", quote("withdrew")));
    if (c.percent(35)) parts.push_back(member("for", object({member("tumour", list({"lung", "skin"}))})));
    int const limit = c.between(1, 6);
    parts.push_back(member("limit", quote(std::to_string(limit) + " days")));
    reaches.push_back({"/standards/standard" + std::to_string(s) + "/limit", {"\"2 days\""}});
    int const credited = std::min(c.below(6), 4) - 1;  // as by default, or one of three
    if (credited >= 0)
      parts.push_back(
          member("credited_to", quote(std::vector<std::string>{"at_start", "at_stop", "shared",
                                                               "shared"}[static_cast<std::size_t>(credited)])));
    if (credited >= 2) {
      int const by = c.between(0, limit);
      parts.push_back(member("sharing", object({member("handover_by", quote(std::to_string(by) + " days")),
                                                member("treat_within", quote(std::to_string(limit - by) + " days"))})));
    }
    std::vector<std::string> allowed;
    for (auto const* a : {"first_dna", "choice"})
      if (std::find(made_adjustments.begin(), made_adjustments.end(), a) != made_adjustments.end() &&
          (s == 0 || c.percent(50)))
        allowed.emplace_back(a);
    if (!allowed.empty()) parts.push_back(member("adjustments", list(allowed)));
    if (auto const by = random_strata(); !by.empty()) parts.push_back(member("by", list(by)));
    if (c.percent(50)) parts.push_back(member("long_waits", list({"2 days", "5 days"})));
    members.push_back(member("standard" + std::to_string(s), object(parts)));
  }
  return object(members);
}

std::optional<scenario::DatedScenario> read(ScenarioText const& text, std::string& why) {
  auto const folder = std::filesystem::temp_directory_path();
  std::string const base = (folder / ("cwtsim_random_" + std::to_string(getpid()))).string();
  std::string const scenario_file = base + ".json", lever_file = base + "_levers.json";
  std::ofstream(scenario_file) << text.scenario;
  io::ReadRequest request{scenario_file, {}, {}};
  if (!text.levers.empty()) {
    std::ofstream(lever_file) << text.levers;
    request.with.push_back(lever_file);
  }
  auto result = io::read_scenario(request);
  std::remove(scenario_file.c_str());
  std::remove(lever_file.c_str());
  Problems const problems = result.problems.empty() ? scenario::validate(result.scenario) : result.problems;
  for (auto const& p : problems.list()) why += p.pointer + ": " + p.what + "\n";
  if (!problems.empty()) return std::nullopt;
  return std::move(result.scenario);
}

}  // namespace cwtsim::oracle
