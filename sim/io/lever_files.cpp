#include <fmt/format.h>

#include "compose.hpp"
#include "levers.hpp"
#include "old_words.hpp"
#include "reader.hpp"

namespace cwtsim::io {
namespace {

struct WrittenCost {
  InterventionCost const& cost;
  std::string pointer;
  Place place;
};

void check_cost(Reading& reading, WrittenCost const& written) {
  auto const& c = written.cost;
  auto const refuse = [&](std::string_view key, std::string what, std::string mend) {
    reading.refuse(fmt::format("{}/{}", written.pointer, key), written.place, std::move(what), std::move(mend));
  };
  if (c.once && !c.on) refuse("once", "it does not say when it is paid", "Add \"on\": a date");
  if (!c.once && c.on) refuse("on", "only what is paid once has a day", "Write \"from\"");
  if (!c.per_year && (c.from || c.until || !c.taper.empty()))
    refuse(c.from    ? "from"
           : c.until ? "until"
                     : "taper",
           "only what is paid by the year begins, ends and tapers", "Take it away, or write \"per_year\"");
  if (c.from && c.until && *c.until <= *c.from)
    refuse("until",
           fmt::format("it ends on {}, not after its start on {}", format_date(*c.until), format_date(*c.from)), "");
}

/// Where levers and interventions go.
struct Into {
  FileNames& files;
  Problems& problems;
  std::vector<PlacedLever>& levers;
  std::vector<Intervention>& interventions;
};

/// Whether a set is an option as lever_sets writes it out: no file that only has such a name.
bool is_option(LeverSet const& set, std::string const& at) {
  bool const of_scenario = !at.empty();
  return of_scenario && set.name.starts_with("--") && set.levers.size() == 1 && set.levers.find(set.name) != nullptr;
}

/// Adds what a set says, which was read from `root`; `at` is where that stands in its file.
void add_set(LeverSet&& set, Value const& root, std::string const& at, std::string const& path, Into const& to) {
  Reading reading{to.files, to.problems};
  auto const* costs = root.find("costs");
  bool const option = is_option(set, at);
  for (auto& [name, cost] : set.costs) {
    auto const& place = costs->find(name)->place;
    cost.place = place_text(to.files, place);
    check_cost(reading, {cost, at + "/costs/" + escape_pointer(name), place});
  }
  to.interventions.push_back({path, at, set.name, set.summary, set.cost, set.costs,
                              costs == nullptr ? "" : write_json(*costs), set.evidence, option});
  for (auto const& [name, entry] : set.levers) {
    Lever lever{name, entry.pointer, Lever::Op::set, "", entry.from, entry.until};
    auto const* value = entry.set ? &*entry.set : entry.scale ? &*entry.scale : entry.add ? &*entry.add : nullptr;
    if (value == nullptr || entry.pointer.empty()) continue;  // a problem already
    lever.op = entry.set ? Lever::Op::set : entry.scale ? Lever::Op::scale : Lever::Op::add;
    lever.value = write_json(*value);
    auto const* written = root.find("levers")->find(name);
    to.levers.push_back({std::move(lever), *value, at + "/levers/" + escape_pointer(name), written->place,
                         to.interventions.size() - 1, set.name, option});
  }
}

Member member(std::string key, Value value) {
  return {std::move(key), {}, std::move(value)};
}

Value object_value() {
  Value value;
  value.kind = ValueKind::object;
  return value;
}

/// A lever as it is written in a set.
Value entry_of(PlacedLever const& l) {
  auto entry = object_value();
  entry.members.push_back(member("pointer", text_value(l.lever.pointer)));
  entry.members.push_back(member(std::string(word_of(l.lever.op)), l.value));
  if (l.lever.from) entry.members.push_back(member("from", text_value(format_date(*l.lever.from))));
  if (l.lever.until) entry.members.push_back(member("until", text_value(format_date(*l.lever.until))));
  return entry;
}

}  // namespace

void read_lever_file(std::string const& path, FileNames& files, Problems& problems, Problems& told, FilesRead& read,
                     std::vector<PlacedLever>& levers, std::vector<Intervention>& interventions) {
  read_with_included(path, files, problems, told, read, [&](Value const& root, std::string const& part) {
    LeverFile file;
    Reading reading{files, problems};
    read_value(reading, {root, ""}, Doc{}, file);
    add_set(std::move(file.set), root, "", part, {files, problems, levers, interventions});
  });
}

void take_lever_sets(Value& scenario, FileNames& files, Problems& problems, Problems& told,
                     std::vector<PlacedLever>& levers, std::vector<Intervention>& interventions) {
  auto* const given = scenario.find("with");
  if (given == nullptr) return;
  auto sets = std::move(*given);
  scenario.erase("with");
  Reading reading{files, problems};
  if (!expect(reading, {sets, "/with"}, Doc{}, ValueKind::list)) return;
  for (std::size_t i = 0; i < sets.items.size(); ++i) {
    auto& root = sets.items[i];
    auto const at = fmt::format("/with/{}", i);
    if (!root.is(ValueKind::object)) {
      reading.refuse(at, root.place,
                     fmt::format("{} is not a lever set (its levers are written out here)", shown(root)),
                     "Give a file of levers on the command line: --with FILE");
      continue;
    }
    modernise(root, files, told);
    LeverSet set;
    read_value(reading, {root, at}, Doc{}, set);
    add_set(std::move(set), root, at, files[root.place.file], {files, problems, levers, interventions});
  }
}

Value lever_sets(std::vector<PlacedLever> const& levers, std::vector<Intervention> const& interventions) {
  Value sets;
  sets.kind = ValueKind::list;
  auto const add = [&sets](Value set, Value entries) {
    set.members.push_back(member("levers", std::move(entries)));
    sets.items.push_back(std::move(set));
  };
  for (std::size_t i = 0; i < interventions.size(); ++i) {
    auto set = object_value(), entries = object_value();
    set.members.push_back(member("name", text_value(interventions[i].name)));
    if (!interventions[i].costs_json.empty()) {
      Problems none;
      set.members.push_back(member("costs", parse_json(interventions[i].costs_json, 0, {}, none)));
    }
    for (auto const& lever : levers)
      if (lever.of == i) entries.members.push_back(member(lever.lever.name, entry_of(lever)));
    bool const says_something = set.members.size() > 1 || !entries.members.empty();
    if (says_something) add(std::move(set), std::move(entries));
  }
  for (auto const& lever : levers) {
    if (lever.of != PlacedLever::command_line) continue;
    auto set = object_value(), entries = object_value();
    set.members.push_back(member("name", text_value(lever.intervention)));
    entries.members.push_back(member(lever.intervention, entry_of(lever)));
    add(std::move(set), std::move(entries));
  }
  return sets;
}

}  // namespace cwtsim::io
