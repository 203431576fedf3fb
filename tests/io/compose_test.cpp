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
