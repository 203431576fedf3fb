#include "cwtsim/io/manifest.hpp"

#include "catch_compat.hpp"

using namespace cwtsim;

namespace {

files::Manifest manifest() {
  files::Manifest m;
  m.version = "0.1.0";
  m.sources = "0123456789ab";
  m.commit = "9df2dbb98060";
  m.compiler = "g++ 12.2.0";
  m.flags = "Release: -O3";
  m.host = "ward-7";
  m.started = "2026-11-27T00:02:54Z";
  m.finished = "2026-11-27T00:02:55Z";
  m.exit_status = 3;
  m.command_line = {"run", "a.json"};
  m.scenario = "One \"clinic\"";
  m.scenario_sha256 = "ff";
  m.arm = "a1";
  m.name = "More";
  m.scenario_file = "a.json";
  m.lever_files = "b.json (More)";
  m.options = "seed 5";
  m.seed = 18'446'744'073'709'551'615U;
  m.first_replication = 3;
  m.completed = 4;
  m.limited = 2;
  m.ended = "out_of_time";
  m.interrupted = true;
  m.precision_points = 0.1;
  m.max_events = 900;
  m.files = {{"a.json", 3, "aa"}};
  return m;
}

}  // namespace

TEST_CASE("what a manifest says is read as it was written") {
  auto const m = manifest();
  auto const read = std::get<files::Manifest>(io::read_manifest(io::manifest_text(m)));
  CHECK(read.version == m.version);
  CHECK(read.sources == m.sources);
  CHECK(read.scenario == m.scenario);
  CHECK(read.scenario_sha256 == m.scenario_sha256);
  CHECK(read.arm == m.arm);
  CHECK(read.name == m.name);
  CHECK(read.scenario_file == m.scenario_file);
  CHECK(read.lever_files == m.lever_files);
  CHECK(read.options == m.options);
  CHECK(read.seed == m.seed);
  CHECK(read.first_replication == 3);
  CHECK(read.completed == 4);
  CHECK(read.limited == 2);
  CHECK(read.ended == m.ended);
  CHECK(read.interrupted);
  CHECK(read.precision_points == 0.1);
  CHECK(read.max_events == 900U);
  CHECK_FALSE(read.max_memory);
}

TEST_CASE("a manifest names the program, the machine, the times, the files and how it ended") {
  auto const text = io::manifest_text(manifest());
  for (auto const* part :
       {"\"program\": \"cwtsim\"", "\"commit\": \"9df2dbb98060\"", "\"compiler\": \"g++ 12.2.0\"",
        "\"flags\": \"Release: -O3\"", "\"host\": \"ward-7\"", "\"started\": \"2026-11-27T00:02:54Z\"",
        "\"finished\": \"2026-11-27T00:02:55Z\"", "\"exit_status\": 3", "\"command_line\": [\"run\",\"a.json\"]",
        "\"replications\": 6", "\"hit_a_limit\": 2", "\"interrupted\": true", "\"max_memory\": null",
        "{\"path\":\"a.json\",\"bytes\":3,\"sha256\":\"aa\"}"}) {
    INFO(part);
    CHECK(text.find(part) != std::string::npos);
  }
  CHECK(text.find("more_files") == std::string::npos);
}

TEST_CASE("a manifest is under 10 kB, however many files and arguments there are") {
  auto m = manifest();
  m.files.clear();
  for (int i = 0; i < 1000; ++i)
    m.files.push_back({"a/folder/with/a/long/name/file" + std::to_string(i) + ".json", 1, std::string(64, 'f')});
  for (int i = 0; i < 1000; ++i) m.command_line.emplace_back(5000, 'x');
  m.name = std::string(203, 'n');
  m.options = m.lever_files = std::string(1003, 'o');
  m.scenario_file = std::string(250, 's');
  auto const text = io::manifest_text(m);
  CHECK(text.size() < 10'000);
  CHECK(text.find("file0.json") != std::string::npos);
  CHECK(text.find("file999.json") == std::string::npos);
  // the hash of what is not named hangs on all of it
  m.files.back().sha256[0] = 'e';
  CHECK(io::manifest_text(m) != text);
}

TEST_CASE("what is no manifest is told") {
  auto const whole = io::manifest_text(manifest());
  for (auto const& text : {std::string(), std::string("[]"), std::string("{}"), whole.substr(0, whole.size() / 2)})
    CHECK(std::holds_alternative<std::string>(io::read_manifest(text)));
}
