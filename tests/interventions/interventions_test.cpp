// Every file of levers in scenarios/interventions moves what its evidence says it moves, in that direction and by a
// believable amount, and leaves alone what it should not touch. expected.csv says what that is.

#include <map>
#include <regex>
#include <set>

#include "arms.hpp"

using namespace arms;

namespace {

std::vector<csv::Row> const& expected() {
  static auto const rows = csv::read(std::string(CWTSIM_SOURCE_DIR) + "/tests/interventions/expected.csv");
  return rows;
}

std::string words_in(fs::path const& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Whether any lever of a file points into one of these parts of a scenario.
bool points_into(std::string const& file, std::vector<std::string> const& parts) {
  auto const text = words_in(folder / (file + ".json"));
  for (auto const& part : parts)
    if (text.find("\"pointer\": \"/" + part) != std::string::npos) return true;
  return false;
}

/// The files of an arm: "one-trust-short+mutual-aid" is two, pulled in this order.
std::vector<std::string> together(std::string const& names) {
  std::vector<std::string> files;
  std::istringstream words(names);
  for (std::string name; std::getline(words, name, '+');) files.push_back(name);
  return files;
}

void check(csv::Row const& row, Arm const& without, Arm const& with) {
  auto const d = difference(without, with, {row.at("table"), row.at("where"), row.at("column")}, row.at("unit"));
  INFO(row.at("table") << " " << row.at("where") << " " << row.at("column") << ": " << d.without << " without, "
                       << d.with << " with, " << d.mean << " " << row.at("unit") << ", standard error " << d.error);
  auto const& change = row.at("change");
  if (change == "same") {
    CHECK(d.exactly_same);
    return;
  }
  CHECK(d.mean >= std::stod(row.at("least")));
  CHECK(d.mean <= std::stod(row.at("most")));
  if (change == "steady") return;
  CHECK((change == "rises" || change == "falls"));
  CHECK((change == "rises") == (d.mean > 0));
  CHECK(d.significant());
}

/// All files of a scene, each held against the same run without it, or with the file that is its other arm.
void play(std::string const& scene) {
  std::map<std::string, Arm> others;
  auto const arm = [&](std::string const& names) {
    std::vector<std::string> paths;
    for (auto const& name : together(names)) paths.push_back((folder / (name + ".json")).string());
    return arm_of(scene, paths);
  };
  auto const other = [&](std::string const& names) -> Arm const& {
    auto const found = others.find(names);
    return found != others.end() ? found->second : others.emplace(names, arm(names)).first->second;
  };
  std::string file;
  std::optional<Arm> with;
  for (auto const& row : expected()) {
    if (row.at("scene") != scene) continue;
    auto const& without = other(row.at("against"));
    if (row.at("file") != file) {
      file = row.at("file");
      INFO(file);
      with.emplace(arm(file));
      bool as_many = true;
      for (auto const& name : together(file))
        as_many = as_many && !points_into(name, {"demand", "horizon"}) &&
                  words_in(folder / (name + ".json")).find("\"include\"") == std::string::npos;
      if (as_many) CHECK(difference(without, *with, {"replications", "", "measured_referrals"}, "").exactly_same);
    }
    INFO(file);
    check(row, without, *with);
  }
  CHECK(with);
}

}  // namespace

TEST_CASE("what is done before and at the tests moves what it should") {
  play("tests");
}
TEST_CASE("capacity, and the sharing of it, moves what it should") {
  play("capacity");
}
TEST_CASE("what is done at treatment moves what it should") {
  play("treatment");
}
TEST_CASE("demand, screening and risks move what they should") {
  play("demand");
}
TEST_CASE("people, and their absence, move what they should") {
  play("people");
}
TEST_CASE("people of the baseline move what they should") {
  for (auto const* scene : {"staff", "posts", "training"}) play(scene);
}
TEST_CASE("money is paid, saved and earned as a file says") {
  play("money");
}
TEST_CASE("what is rolled out late moves what it should") {
  play("later");
}
TEST_CASE("what happens in a single spring moves what it should") {
  play("spring");
}
TEST_CASE("what happens before the referral moves what it should") {
  play("symptom");
}
TEST_CASE("what helps at the doorstep of the practice moves what it should") {
  play("doorstep");
}
TEST_CASE("what is done for groups moves what it should") {
  play("groups");
}
TEST_CASE("prevention moves what it should, decades later") {
  play("decades");
}
TEST_CASE("a campaign moves what it should") {
  play("campaign");
}
TEST_CASE("what comes after treatment moves what it should") {
  play("beyond");
}
TEST_CASE("what comes after treatment shows in reviews and in the survey") {
  play("survey");
}
TEST_CASE("visits, hand-overs and the way there move as they should") {
  play("visits");
}
TEST_CASE("the pandemic moves what it should") {
  play("pandemic");
}

TEST_CASE("the layer of groups says of them what the strategies say") {
  auto const arm = arm_of("groups", {});
  auto const mean = [&](std::string const& table, std::string const& where, std::string const& column) {
    return difference(arm, arm, {table, where, column}, "").with;
  };
  CHECK(mean("gaps", "name=uptake gap=cervical_by_area", "value") == Approx(0.15).margin(0.05));
  CHECK(mean("measures",
             "measure=uptake dimension=suspected+background value=lower_gastrointestinal+pakistani month=all",
             "mean") == Approx(0.5).margin(0.07));
  CHECK(mean("gaps", "name=uptake gap=learning_disability", "value") == Approx(0.2).margin(0.12));
  CHECK(mean("gaps", "name=uptake gap=severe_mental_illness", "value") == Approx(0.12).margin(0.08));
  CHECK(mean("measures", "measure=smokers dimension=group value=north_west_london month=all", "mean") ==
        Approx(0.121).margin(0.006));
  CHECK(mean("measures", "measure=smokers dimension=group value=south_west_london month=all", "mean") ==
        Approx(0.098).margin(0.006));
  CHECK(mean("measures", "measure=smokers dimension=borough value=hounslow month=all", "mean") ==
        Approx(0.16).margin(0.01));
  CHECK(mean("gaps", "name=survival_1_year gap=lung_by_sex", "value") == Approx(0.125).margin(0.05));
}

TEST_CASE("every file of levers can be switched on over the whole of the baseline") {
  for (auto const& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != ".json") continue;
    auto const text = words_in(entry.path());
    std::string scenario_name = "west-london";
    for (std::string const layer : {"west-london-and-beyond", "west-london-groups", "west-london-with-staff"})
      if (text.find("\"summary\": \"Over " + layer + ": ") != std::string::npos) scenario_name = layer;
    auto const scenario = top / "scenarios" / (scenario_name + ".json");
    auto read = io::read_scenario({scenario.string(), {entry.path().string()}, {}});
    if (read.problems.empty()) read.problems = scenario::validate(read.scenario);
    INFO(io::format_problems(read.problems, entry.path().filename().string()));
    CHECK(read.problems.empty());
    for (auto const& part : read.with) {
      INFO(part.file);
      CHECK_FALSE(part.summary.empty());
      CHECK(part.evidence.mark != scenario::Mark::none);
      CHECK_FALSE(part.evidence.source.empty());
    }
  }
}

TEST_CASE("follow-up after treatment costs what its visits cost") {
  auto const arm = arm_of("beyond", {}, 1);
  auto const visits = value_of(arm.alone[0], {"steps", "step=living_beyond/follow_up_visit", "visits"}).value_or(0);
  auto const pounds = value_of(
      arm.alone[0], {"ledgers", "ledger=care dimension=step value=living_beyond/follow_up_visit month=all", "pounds"});
  CHECK(visits > 100);
  CHECK(pounds.value_or(0) == Approx(150 * visits).epsilon(0.02));
}

TEST_CASE("its staff leave the standards of West London where they are") {
  auto const without = arm_of("capacity", {}), with = arm_of("staff", {});
  for (std::string const standard : {"fds", "d31_first", "d62"}) {
    auto const d = difference(
        without, with, {"standards", "standard=" + standard + " dimension=all value=all month=all", "attainment"},
        "points");
    INFO(standard << ": " << d.without << " without, " << d.with << " with");
    CHECK(std::abs(d.mean) < 0.6);
    CHECK_FALSE(d.exactly_same);
  }
  // about as many lists are held as in the baseline, though some are cancelled
  for (std::string const resource : {"endoscopy", "theatre", "linac"}) {
    auto const d = difference(without, with, {"resources", "resource=" + resource, "offered"}, "percent");
    INFO(resource << ": " << d.without << " offered without, " << d.with << " with");
    CHECK(std::abs(d.mean) < 3);
    CHECK(difference(without, with, {"resources", "resource=" + resource, "cancelled"}, "").mean > 0);
  }
}

TEST_CASE("two arms tell what one more patient within a standard costs") {
  auto const without = arm_of("tests", {}, 2);
  auto const with = arm_of("tests", {(folder / "rdc-navigators.json").string()}, 2);
  double pounds = 0, patients = 0;
  for (std::size_t r = 0; r < without.alone.size(); ++r) {
    Figure const cash{"ledgers", "ledger=cash dimension=all month=all", "pounds"};
    std::string const fds = "standard=fds dimension=all month=all";
    auto const of = [&](Arm const& arm, Figure const& figure) { return value_of(arm.alone[r], figure).value_or(0); };
    auto const within = [&](Arm const& arm) {
      return of(arm, {"standards", fds, "attainment"}) * of(arm, {"standards", fds, "patients"});
    };
    pounds += of(with, cash) - of(without, cash);
    patients += within(with) - within(without);
  }
  INFO(pounds << " pounds for " << patients << " patients more");
  CHECK(patients > 20);
  CHECK(pounds / patients > 200);
  CHECK(pounds / patients < 10000);
}

TEST_CASE("a bundle pulls each of its files once, and none undoes another") {
  static std::regex const pointer("\"pointer\": \"([^\"]+)\",\\s*\"(set|scale|add)\"");
  for (std::string const name : {"programmes-2021-25", "programmes-2025-30"}) {
    auto const read =
        io::read_scenario({(top / "scenarios/west-london.json").string(), {(folder / (name + ".json")).string()}, {}});
    REQUIRE(read.with.size() > 20);
    CHECK(read.with.back().name.find("rogrammes") != std::string::npos);
    std::map<std::string, std::string> set_by;
    for (auto const& part : read.with) {
      auto const text = words_in(part.file);
      std::set<std::string> own;
      for (std::sregex_iterator it(text.begin(), text.end(), pointer), end; it != end; ++it)
        if (it->str(2) == "set") own.insert(it->str(1));
      for (auto const& place : own) {
        INFO(name << ": " << part.file << " sets " << place);
        for (auto const& [other, file] : set_by) {
          INFO(file << " sets " << other);
          CHECK_FALSE((place + "/").starts_with(other + "/"));
          CHECK_FALSE((other + "/").starts_with(place + "/"));
        }
      }
      for (auto const& place : own) set_by.emplace(place, part.file);
    }
  }
}

TEST_CASE("levers that set what is there change nothing, to the byte") {
  std::string const west_london = (top / "scenarios/west-london.json").string();
  std::vector<std::string> const sets = {"/horizon/warm_up=4 weeks", "/horizon/run_for=6 weeks"};
  auto const without = bytes_of(trial::model_of(west_london, sets), 2);
  CHECK(without.size() > 100000);
  // one of each sort: capacity, a length of time, a share, a route, a step, an alias, demand
  temporary::File const null(R"({ "schema": 1, "name": "Null", "levers": {
    "capacity": { "pointer": "/providers/*/resources/ct/per_week", "scale": 1 },
    "one capacity": { "pointer": "/providers/lnwh/resources/ct/per_week", "set": 164 },
    "alias": { "pointer": "/providers/chs/resources/linac", "set": { "at": "rmft" } },
    "booking": { "pointer": "/pathways/lower_gastrointestinal/steps/booking/takes/lnwh", "set": { "lognormal": { "median": "7.5 days", "p90": "18 days" } } },
    "reports": { "pointer": "/pathways/*/steps/pathology/takes/lognormal/*", "scale": 1 },
    "missed": { "pointer": "/pathways/*/steps/*/did_not_attend/share", "add": 0 },
    "route": { "pointer": "/pathways/upper_gastrointestinal/steps/booking/then/no", "set": { "gastroscopy": 0.65, "clinic": 0.35 } },
    "step": { "pointer": "/pathways/skin/steps/withdrawn", "set": { "kind": "end", "label": "Withdrew", "on_joining": ["withdrew"] } },
    "order": { "pointer": "/providers/*/resources/theatre/order", "set": "breach_date" },
    "growth": { "pointer": "/demand/*/growth_per_year", "set": 0.0125 },
    "referrals": { "pointer": "/demand/*/per_year/*", "scale": 1 } } })");
  CHECK(bytes_of(trial::model_of(west_london, sets, {null.path()}), 2) == without);
  CHECK(bytes_of(trial::model_of(west_london, sets, {(folder / "ai-chest-x-ray.json").string()}), 2) == without);
  temporary::File const dated(R"({ "schema": 1, "name": "Null from a date on", "levers": {
    "capacity": { "pointer": "/providers/*/resources/ct/per_week", "scale": 1, "from": "2022-10-20" },
    "reports": { "pointer": "/pathways/*/steps/pathology/takes/lognormal/*", "scale": 1, "from": "2022-11-02", "until": "2022-11-20" },
    "referrals": { "pointer": "/demand/*/per_year/*", "scale": 1, "from": "2022-11-03" } } })");
  // the dates themselves are events, and nothing else differs
  auto const without_events = [](std::string const& bytes) { return bytes.substr(0, bytes.find("\nreplications\n")); };
  CHECK(without_events(without).size() < without.size());
  CHECK(without_events(bytes_of(trial::model_of(west_london, sets, {dated.path()}), 2)) == without_events(without));
  temporary::File const one(R"({ "schema": 1, "name": "Not null", "levers": {
    "one slot": { "pointer": "/providers/thhft/resources/ct/per_week", "add": -1 } } })");
  CHECK(bytes_of(trial::model_of(west_london, sets, {one.path()}), 2) != without);
}

TEST_CASE("every file of levers has something that it must move") {
  std::set<std::string> moved, named, known;
  for (auto const& scene : scenes) known.insert(scene.name);
  for (auto const& row : expected()) {
    INFO(row.at("file"));
    CHECK(known.count(row.at("scene")) == 1);
    auto const files = together(row.at("file"));
    for (auto const& file : files) CHECK(fs::exists(folder / (file + ".json")));
    named.insert(files.back());
    auto const& change = row.at("change");
    // bounds on one side of nothing are as good: a file that does nothing would be outside
    bool const one_sided = change == "steady" && std::stod(row.at("least")) * std::stod(row.at("most")) > 0;
    if (change == "rises" || change == "falls" || one_sided) moved.insert(files.back());
  }
  std::set<std::string> const null = {"ai-chest-x-ray"};
  for (auto const& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != ".json") continue;
    INFO(entry.path().stem().string());
    CHECK(moved.count(entry.path().stem().string()) + null.count(entry.path().stem().string()) == 1);
    CHECK(named.count(entry.path().stem().string()) == 1);
  }
}
