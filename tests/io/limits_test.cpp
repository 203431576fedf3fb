// What reading refuses for its size or its kind, at each limit and one beyond (docs/promises.md).

#include <sys/stat.h>

#include <filesystem>

#include "catch_compat.hpp"
#include "io/written.hpp"

using namespace cwtsim;
using written::Folder;

namespace {

constexpr std::size_t mib = 1U << 20U;

/// A sound scenario of so many providers, each with a clinic from a template that has a note of so many bytes.
std::string with_template(std::size_t providers, std::size_t note) {
  std::string there;
  for (std::size_t i = 1; i < providers; ++i)
    there += R"("p)" + std::to_string(i) + R"(": {"resources": {"clinic": {}}}, )";
  return R"({"schema": 1, "name": "A clinic", "horizon": {"starts": "2026-04-01", "run_for": "1 year"},
    "resources": {"clinic": {"kind": "sessions", "note": ")" +
         std::string(note, 'x') + R"(", "sessions": {"weekday": {"slots": 10}}}},
    "providers": {)" +
         there + R"("hospital": {"resources": {"clinic": {}}}},
    "demand": {"gp": {"pathway": "clinic", "provider": "hospital", "per_week": 30}},
    "pathways": {"clinic": {"start": "first", "steps": {
      "first": {"kind": "appointment", "needs": "clinic", "takes": "30 min", "then": "done"}, "done": {"kind": "end"}}}}})";
}

std::string said(io::ReadResult const& read) {
  return io::format_problems(read.problems, "it");
}

bool has(std::string const& text, std::string const& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("copies of templates: 32 MiB of text, and a byte more") {
  // of keys and texts beside the note
  constexpr std::size_t rest = std::string_view("kindsessionsnotesessionsweekdayslots10").size();
  CHECK(written::read(with_template(8, 4 * mib - rest)).problems.empty());
  auto const read = written::read(with_template(8, 4 * mib - rest + 1));
  CHECK(has(said(read), "/resources"));
  CHECK(
      has(said(read),
          "filled in wherever they are used, these templates make 48 values and 32.0 MiB of text (at most 2000000 and "
          "32 MiB are allowed). Take long notes out of the templates"));
}

TEST_CASE("a note of 200 kB in a template that 201 providers use is refused") {
  CHECK(has(said(written::read(with_template(201, 200'000))), "38.3 MiB of text"));
}

TEST_CASE("copies of the value of a lever: 32 MiB of text, and a byte more") {
  Folder const folder;
  auto const scenario = folder.write("s.json", with_template(8, 1));
  auto const with = [&](std::size_t bytes) {
    io::ReadRequest request{scenario, {}, {}};
    request.levers.push_back(
        io::lever_of(io::Lever::Op::set, "/providers/*/resources/clinic/note", '"' + std::string(bytes, 'y') + '"'));
    return io::read_scenario(request);
  };
  CHECK(with(4 * mib).problems.empty());
  CHECK(has(said(with(4 * mib + 1)), "written at the 8 places that \"/providers/*/resources/clinic/note\" leads to"));
}

TEST_CASE("a scenario at every date of its levers: 20 million values, and more") {
  Folder const folder;
  std::string notes;  // 200,000 values and a few
  for (int i = 0; i < 199'990; ++i) notes += "0,";
  auto text = written::scenario(R"("_notes": [)" + notes + "0],");
  auto const scenario = folder.write("s.json", text);
  auto const on_days = [&](int days) {
    std::string levers;
    auto const first = *parse_date("2026-04-02");
    for (int i = 0; i < days; ++i)
      levers += (i ? ", \"" : "\"") + std::to_string(i) +
                R"(": {"pointer": "/demand/gp/per_week", "scale": 1, "from": ")" + format_date(first + i) + R"("})";
    io::ReadRequest request{scenario, {}, {}};
    request.with.push_back(folder.write("l.json", R"({"schema": 1, "name": "Levers", "levers": {)" + levers + "}}"));
    return io::read_scenario(request);
  };
  CHECK(on_days(98).problems.empty());
  auto const refused = said(on_days(99));
  CHECK(has(refused, "dated levers change this scenario on 99 days"));
  CHECK(has(refused, "/levers/98"));
}

TEST_CASE("files that make up a scenario: 64 MiB together, and a byte more") {
  Folder const folder;
  auto const part = [&](std::string const& name, std::size_t bytes) {
    std::string const head = R"({"schema": 1, "_note": ")", tail = "\"}";
    folder.write(name, head + std::string(bytes - head.size() - tail.size(), 'x') + tail);
  };
  auto const scenario = written::scenario(R"("include": ["a.json", "b.json"],)");
  auto const left = 64 * mib - scenario.size();
  part("a.json", 32 * mib);
  part("b.json", left - 32 * mib);
  auto const path = folder.write("s.json", scenario);
  CHECK(io::read_scenario({path, {}, {}}).problems.empty());
  part("b.json", left - 32 * mib + 1);
  CHECK(has(said(io::read_scenario({path, {}, {}})), "larger than 64 MiB together"));
}

TEST_CASE("bytes after a NUL are not passed over") {
  auto const text = written::scenario();
  auto const read = written::read(text + "\n" + std::string(1, '\0') + "{ not JSON");
  CHECK(has(said(read), ":12:1\n  a NUL byte stands here"));
  CHECK(has(said(written::read(std::string("{\0}", 3))), ":1:2\n  a NUL byte stands here"));
}

TEST_CASE("a number that is too small for a computer is told, the smallest is not") {
  auto const with = [](std::string const& number) {
    return said(written::read_patch(R"("demand": {"gp": {"growth_per_year": )" + number + "}}"));
  };
  CHECK(with("4.9e-324") == with("0"));
  for (auto const* number : {"1e-400", "-1e-400", "2.4e-324", "0.1e-399"})
    CHECK(has(with(number), "this number is too small for a computer (about 4.9e-324 is the smallest above 0)"));
  CHECK(has(with("0." + std::string(400, '0') + "1"), "too small for a computer"));
  for (auto const* zero : {"0.0", "0e-400", "-0.0e5", "0.000"}) CHECK_FALSE(has(with(zero), "too small"));
}

TEST_CASE("pipes and other files that are not regular are refused by name, wherever they are named") {
  Folder const folder;
  auto const pipe = folder / "pipe.json";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  std::string const why = "the file cannot be read (it is a pipe, not a file)";
  auto const scenario = folder.write("s.json", written::scenario());
  CHECK(has(said(io::read_scenario({pipe, {}, {}})), pipe + "\n  " + why));
  CHECK(has(said(io::read_scenario({scenario, {pipe}, {}})), pipe + "\n  " + why));
  for (auto const* key : {"extends", "include"}) {
    auto const names = folder.write("n.json", R"({"schema": 1, ")" + std::string(key) + R"(": "pipe.json"})");
    CHECK(has(said(io::read_scenario({names, {}, {}})), pipe + "\n  " + why));
  }
  auto const levers = folder.write("l.json", R"({"schema": 1, "name": "L", "include": "pipe.json", "levers": {}})");
  CHECK(has(said(io::read_scenario({scenario, {levers}, {}})), pipe + "\n  " + why));
  CHECK(has(said(io::read_scenario({"/dev/zero", {}, {}})), "it is a device, not a file"));
}
