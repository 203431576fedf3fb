#include <algorithm>

#include "catch_compat.hpp"
#include "written.hpp"

using cwtsim::io::read_scenario;
using written::Folder;

TEST_CASE("extends merges objects, replaces other values, and null removes") {
  Folder const folder;
  folder.write("base.json",
               written::scenario(R"("experiment": { "replications": 50, "seed": 3 }, "summary": "base",)"));
  auto const path = folder.write("over.json", R"({ "schema": 1, "extends": "base.json", "summary": null,
    "experiment": { "seed": 4 }, "standards": { "fds": { "starts": ["a", "b"], "stops": "c", "limit": "28 days" } } })");
  auto const r = read_scenario({path, {}, {}});
  INFO(written::text_of(r.problems));
  REQUIRE(r.problems.empty());
  CHECK(r.scenario.base.experiment.replications == 50);
  CHECK(r.scenario.base.experiment.seed == 4);
  CHECK(r.scenario.base.summary.empty());
  CHECK(r.scenario.base.standards.find("fds")->starts == std::vector<std::string>{"a", "b"});
  CHECK(r.files.size() == 2);
}

TEST_CASE("a text is read in the place of a file, which need not exist, and extends what lies beside it") {
  Folder const folder;
  folder.write("base.json", written::scenario(R"("summary": "base", "experiment": { "seed": 3 },)"));
  cwtsim::io::ReadRequest request;
  request.path = (folder.path() / "none.json").string();
  request.text = R"({ "schema": 1, "extends": "base.json", "summary": "text" })";
  auto const r = read_scenario(request);
  INFO(written::text_of(r.problems));
  REQUIRE(r.problems.empty());
  CHECK(r.scenario.base.summary == "text");
  CHECK(r.scenario.base.experiment.seed == 3);
  CHECK(r.files == std::vector<std::string>{request.path, (folder.path() / "base.json").string()});

  request.text = "{ \"schema\": 1,\n \"extends\": \"bass.json\" }";
  auto const wrong = read_scenario(request).problems.list();
  REQUIRE(wrong.size() == 1);
  CHECK(wrong[0].place == request.path + ":2:13");
  request.text = std::string((64U << 20U) + 1, ' ');
  auto const large = read_scenario(request).problems.list();
  REQUIRE(large.size() == 1);
  CHECK(large[0].what.find("larger than 64 MiB") != std::string::npos);
  CHECK(large[0].place == request.path);
}

TEST_CASE("included files come before the file itself, in their order, after what it extends") {
  Folder const folder;
  folder.write("base.json", written::scenario(R"("summary": "base", "experiment": { "seed": 1 },)"));
  folder.write("parts/one.json",
               R"({ "schema": 1, "summary": "one", "experiment": { "seed": 2 }, "include": "deep.json" })");
  folder.write("parts/deep.json", R"({ "schema": 1, "experiment": { "replications": 7 } })");
  folder.write("parts/two.json", R"({ "schema": 1, "summary": "two" })");
  auto const path = folder.write(
      "all.json", R"({ "schema": 1, "extends": "base.json", "include": ["parts/one.json", "parts/two.json"] })");
  auto const r = read_scenario({path, {}, {}});
  INFO(written::text_of(r.problems));
  REQUIRE(r.problems.empty());
  CHECK(r.scenario.base.summary == "two");
  CHECK(r.scenario.base.experiment.seed == 2);
  CHECK(r.scenario.base.experiment.replications == 7);
}

TEST_CASE("a link that leaves the folder is refused, one within it is not") {
  Folder const outside, folder;
  outside.write("secret.json", written::scenario());
  folder.write("base.json", written::scenario());
  std::filesystem::create_symlink(outside.path() / "secret.json", folder.path() / "link.json");
  std::filesystem::create_symlink(folder.path() / "base.json", folder.path() / "inner.json");
  auto const bad = read_scenario({folder.write("a.json", R"({ "schema": 1, "extends": "link.json" })"), {}, {}});
  CHECK(written::text_of(bad.problems).find("does not lie in the folder") != std::string::npos);
  CHECK(
      read_scenario({folder.write("b.json", R"({ "schema": 1, "extends": "inner.json" })"), {}, {}}).problems.empty());
}

TEST_CASE("files that include each other many times over are refused, not read for ever") {
  Folder const folder;
  for (int i = 0; i < 40; ++i) {
    auto const next = "part" + std::to_string(i + 1) + ".json";
    folder.write("part" + std::to_string(i) + ".json",
                 R"({ "schema": 1, "include": [")" + next + "\", \"" + next + "\"] }");
  }
  folder.write("part40.json", R"({ "schema": 1 })");
  auto const r = read_scenario({(folder.path() / "part0.json").string(), {}, {}});
  CHECK(written::text_of(r.problems).find("more than 1000 files") != std::string::npos);
}

TEST_CASE("a provider's resource starts from the template of its name") {
  auto const r = written::read(written::scenario(R"(
    "resources": {
      "clinic": { "order": "priority", "notice": "9 days" },
      "scanner": { "kind": "sessions", "per_week": 20.5, "notice": "1 day", "sessions": { "day": { "on": "mon-fri" } } } },)"));
  INFO(written::text_of(r.problems));
  REQUIRE(r.problems.empty());
  auto const* clinic = r.scenario.base.providers.find("hospital")->resources.find("clinic");
  CHECK(clinic->order == cwtsim::scenario::Order::priority);
  CHECK(clinic->notice.seconds == 2 * cwtsim::seconds_per_day);
  CHECK(r.composed_json.find("\"scanner\"") == std::string::npos);
}

TEST_CASE("an empty resource takes its template as it is, one elsewhere takes nothing, null removes from it") {
  auto const r = written::read_patch(R"(
    "resources": { "scanner": { "kind": "sessions", "per_week": 20.5, "notice": "1 day", "sessions": { "day": {} } } },
    "providers": { "a": { "resources": { "scanner": {} } }, "b": { "resources": { "scanner": { "at": "a" } } },
                   "c": { "resources": { "scanner": { "notice": null, "per_week": 3 } } } })");
  INFO(written::text_of(r.problems));
  REQUIRE(r.problems.empty());
  auto const& providers = r.scenario.base.providers;
  CHECK(providers.find("a")->resources.find("scanner")->per_week == 20.5);
  CHECK(providers.find("b")->resources.find("scanner")->at == "a");
  CHECK(providers.find("b")->resources.find("scanner")->openings.empty());
  CHECK(providers.find("c")->resources.find("scanner")->notice.seconds == 0);
  CHECK(providers.find("c")->resources.find("scanner")->per_week == 3);
}

TEST_CASE("null reaches a template through a base file") {
  Folder const folder;
  folder.write("base.json", written::scenario(R"("resources": { "clinic": { "promote_after": "9 days" } },)"));
  auto const path = folder.write("over.json", R"({ "schema": 1, "extends": "base.json",
    "providers": { "hospital": { "resources": { "clinic": { "promote_after": null, "notice": null } } } } })");
  auto const r = read_scenario({path, {}, {}});
  INFO(written::text_of(r.problems));
  REQUIRE(r.problems.empty());
  auto const* clinic = r.scenario.base.providers.find("hospital")->resources.find("clinic");
  CHECK_FALSE(clinic->promote_after.has_value());
  CHECK(clinic->notice.seconds == 0);
}

TEST_CASE("what was composed can be read again and composes to itself") {
  auto const first = written::read(written::scenario(R"("_comment": "kept", "summary": "a \"quoted\" \\ text",)"));
  REQUIRE(first.problems.empty());
  auto const second = written::read(first.composed_json);
  INFO(written::text_of(second.problems));
  REQUIRE(second.problems.empty());
  CHECK(second.composed_json == first.composed_json);
  CHECK(second.scenario.base.summary == "a \"quoted\" \\ text");
}

namespace {

/// What "takes" says in the end, where one file lays it on what another says.
std::string takes(std::string const& base, std::string const& over) {
  Folder const folder;
  auto text = written::scenario();
  text.replace(text.find("\"7 days\""), 8, base);
  folder.write("base.json", text);
  auto const r = read_scenario(
      {folder.write(
           "over.json",
           R"({ "schema": 1, "extends": "base.json" )" +
               (over.empty() ? ""
                             : R"(, "pathways": { "clinic": { "steps": { "results": { "takes": )" + over + " } } } }") +
               "}"),
       {},
       {}});
  if (!r.problems.empty()) return r.problems.list()[0].what;
  auto const at = r.composed_json.find("\"takes\": {") + 9;
  auto const end = r.composed_json.find("\"then\": \"done\"", at);
  auto const last = r.composed_json.find_last_not_of(", \n", end - 1);
  auto line = r.composed_json.substr(at, last + 1 - at);
  std::replace(line.begin(), line.end(), '\n', ' ');
  line.erase(std::unique(line.begin(), line.end(), [](char a, char b) { return a == ' ' && b == ' '; }), line.end());
  return line;
}

}  // namespace

TEST_CASE("a distribution is replaced as a whole") {
  std::string const bands = R"({ "bands": { "1 day": 0.5, "2 days": 1 } })",
                    lognormal = R"({ "lognormal": { "median": "5 days", "p90": "30 days" } })",
                    gamma = R"({ "gamma": { "mean": "5 days", "sd": "3 days" } })";
  CHECK(takes(bands, R"({ "bands": { "10 days": 1 } })") == R"({ "bands": { "10 days": 1 } })");
  CHECK(takes(lognormal, gamma) == gamma);
  CHECK(takes(lognormal, R"({ "lognormal": null, "gamma": { "mean": "5 days", "sd": "3 days" } })") == gamma);
  CHECK(takes(R"({ "lognormal": { "median": "5 days", "p90": "30 days" }, "plus": "1 day" })", gamma) == gamma);
  CHECK(takes(lognormal, R"({ "plus": "1 day" })") ==
        R"({ "lognormal": { "median": "5 days", "p90": "30 days" }, "plus": "1 day" })");
  CHECK(takes("\"7 days\"", gamma) == gamma);
  // half a distribution is none
  CHECK(takes(lognormal, R"({ "lognormal": { "p90": "20 days" } })").find("p90") != std::string::npos);
}

TEST_CASE(
    "rows of a table are laid over rows, each distribution as a whole; a table and a distribution replace each other") {
  std::string const by = R"("by": ["provider"], )", gamma = R"({ "gamma": { "mean": "5 days", "sd": "3 days" } })",
                    table = "{ " + by + R"("hospital": { "bands": { "1 day": 1 } }, "otherwise": "3 days" })";
  CHECK(takes(table, R"({ "hospital": { "bands": { "4 days": 1 } } })") ==
        "{ " + by + R"("hospital": { "bands": { "4 days": 1 } }, "otherwise": "3 days" })");
  CHECK(takes(table, R"({ "otherwise": )" + gamma + " }") ==
        "{ " + by + R"("hospital": { "bands": { "1 day": 1 } }, "otherwise": )" + gamma + " }");
  CHECK(takes(table, gamma) == gamma);
  CHECK(takes(gamma, table) == table);
}

TEST_CASE("a level, a step or a provider may have the name of a shape") {
  Folder const folder;
  auto const named = [&](std::string const& takes) {
    return R"("attributes": { "result": { "levels": ["normal", "odd"], "shares": { "normal": 1, "odd": 0 } } },
      "pathways": { "clinic": { "start": "normal", "steps": {
        "normal": { "kind": "delay", "takes": )" +
           takes + R"(, "then": "done" }, "done": { "kind": "end" } } } },)";
  };
  folder.write("base.json", "{ \"schema\": 1, \"name\": \"x\", " +
                                named(R"({ "by": ["result"], "normal": "1 days", "odd": "9 days" })") +
                                R"("horizon": { "starts": "2026-04-01", "run_for": "1 year" },
      "providers": { "h": {} }, "demand": { "gp": { "pathway": "clinic", "provider": "h", "per_week": 1 } } })");
  auto const r = read_scenario({folder.write("over.json", R"({ "schema": 1, "extends": "base.json",
      "attributes": { "result": { "shares": { "normal": 0.5, "odd": 0.5 } } },
      "pathways": { "clinic": { "steps": { "normal": { "takes": { "normal": { "normal": { "mean": "2 days", "sd": "1 day" } } } } } } } })"),
                                {},
                                {}});
  INFO(written::text_of(r.problems));
  REQUIRE(r.problems.empty());
  auto const& step = *r.scenario.base.pathways.find("clinic")->steps.find("normal");
  CHECK(step.then.given());
  CHECK(step.takes.rows.size() == 2);
}

TEST_CASE("a lever that sets a shape leaves no other one, but what is added") {
  using cwtsim::io::Lever;
  auto const read = [](std::string const& length, std::vector<Lever> levers) {
    Folder const folder;
    auto text = written::scenario();
    text.replace(text.find("\"7 days\""), 8, length);
    auto const r = read_scenario({folder.write("scenario.json", text), {}, std::move(levers)});
    INFO(written::text_of(r.problems));
    REQUIRE(r.problems.empty());
    return cwtsim::mean_seconds(
        r.scenario.base.pathways.find("clinic")->steps.find("results")->takes.rows.front().value);
  };
  std::string const lognormal = R"({ "lognormal": { "median": "5 days", "p90": "30 days" }, "plus": "1 day" })";
  auto const changed = [&](std::string const& what, std::string const& value) {
    return read(lognormal,
                {cwtsim::io::lever_of(Lever::Op::set, "/pathways/clinic/steps/results/takes" + what, value)});
  };
  CHECK(changed("/gamma", R"({"mean": "5 days", "sd": "3 days"})") ==
        read(R"({ "plus": "1 day", "gamma": { "mean": "5 days", "sd": "3 days" } })", {}));
  CHECK(changed("/lognormal/p90", "\"20 days\"") ==
        read(R"({ "lognormal": { "median": "5 days", "p90": "20 days" }, "plus": "1 day" })", {}));
  CHECK(changed("", R"({"bands": {"10 days": 1}})") == read(R"({ "bands": { "10 days": 1 } })", {}));
}
