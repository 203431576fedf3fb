// Traps of JSON and of the library under it: nothing is converted silently, and nothing crashes.
#include "catch_compat.hpp"
#include "written.hpp"

using written::read;
using written::text_of;

namespace {

std::string refusal(std::string const& text) {
  return text_of(read(text).problems);
}
bool says(std::string const& text, std::string const& part) {
  auto const refused = refusal(text);
  INFO(refused);
  return refused.find(part) != std::string::npos;
}
std::string with_replications(std::string const& value) {
  return written::scenario(R"("experiment": { "replications": )" + value + " },");
}

}  // namespace

TEST_CASE("a million brackets are refused, not fatal") {
  CHECK(says(std::string(1'000'000, '['), "nested more than 64 deep"));
  std::string objects;
  for (int i = 0; i < 100'000; ++i) objects += "{\"a\":";
  CHECK(says(objects, "nested more than 64 deep"));
}

TEST_CASE("a file larger than 64 MiB is refused") {
  CHECK(says("{ \"schema\": 1 " + std::string((64U << 20U) + 1, ' ') + "}", "larger than 64 MiB"));
}

TEST_CASE("millions of values are refused before they fill the memory") {
  std::string many = "[";
  for (int i = 0; i < 2'100'000; ++i) many += "[],";
  CHECK(says(many, "more than 2000000 values"));
}

TEST_CASE("long lists and large objects take no quadratic time") {
  std::string levels = "\"attributes\": { \"a\": { \"levels\": [\"l\"";
  for (int i = 0; i < 300'000; ++i) levels += ", \"l" + std::to_string(i) + "\"";
  CHECK(read(written::scenario(levels + "] } },")).problems.empty());
}

TEST_CASE("counts are not converted") {
  for (auto const* value : {"3.7", "3.0", "1e10", "-1", "true", "\"3\"", "5000000000", "18446744073709551616", "1e400",
                            "NaN", "null", "[]"})
    CHECK(says(with_replications(value), "scenario.json:1:"));
  CHECK(read(with_replications("3")).problems.empty());
}

TEST_CASE("problems stand in the order of reading, with line and column in characters") {
  auto const r = read("{ \"schema\": 1,\n  \"näme\": 3,\n  \"summary\": \"ää\", \"zzz\": 1 }");
  REQUIRE(r.problems.size() >= 2);
  auto const text = text_of(r.problems);
  CHECK(text.find("scenario.json:2:3 /näme\n") != std::string::npos);
  CHECK(text.find("scenario.json:3:20 /zzz\n") != std::string::npos);
}

TEST_CASE("a problem of another room gets the place of its pointer, or of the nearest parent") {
  auto const r = read(written::scenario());
  REQUIRE(r.problems.empty());
  cwtsim::Problems problems;
  problems.add("/demand/gp/pathway", "a");
  problems.add("/demand/gp/nowhere/at/all", "b");
  problems.add("", "c");
  r.where.locate(problems);
  auto const tail = [&](std::size_t i) {
    auto const& place = problems.list()[i].place;
    return place.substr(place.find("scenario.json"));
  };
  CHECK(tail(0) == "scenario.json:7:36");
  CHECK(tail(1) == "scenario.json:7:23");
  CHECK(tail(2) == "scenario.json:1:1");
}

TEST_CASE("at most twenty problems are printed, and of the rest their places") {
  std::string many = "{ \"schema\": 1";
  for (int i = 0; i < 30; ++i) many += ", \"zzz" + std::to_string(i) + "\": 1";
  auto const text = refusal(many + "}");
  CHECK(text.rfind("it: 34 problems, nothing was run\n", 0) == 0);  // 30 keys, and four that are missing
  auto const rest = text.find("\nand 14 more, at\n  ");
  REQUIRE(rest != std::string::npos);
  CHECK(std::count(text.begin() + static_cast<std::ptrdiff_t>(rest), text.end(), '\n') == 2 + 14);
}

TEST_CASE("a file with a hundred thousand wrong keys is refused quickly") {
  std::string many = "{ \"schema\": 1";
  for (int i = 0; i < 100'000; ++i) many += ", \"k" + std::to_string(i) + "\": 1";
  CHECK(read(many + "}").problems.size() == 1000);
}

TEST_CASE("control characters and turned text are escaped when printed") {
  cwtsim::Problems problems;
  problems.add({"/a\x1b[31m", "tab\there \xc2\x9b bell\x07", "", "file\nname"});
  problems.add("/x", std::string("nul ") + '\0' + " and \xe2\x80\xae turned", "caf\xc3\xa9 \xe2\x80\x93 fine");
  CHECK(cwtsim::io::format_problems(problems, "a\nb") ==
        "a\\u000ab: 2 problems, nothing was run\n\nfile\\u000aname /a\\u001b[31m\n  tab\\u0009here \\u009b "
        "bell\\u0007.\n\n/x\n  nul "
        "\\u0000 and \\u202e turned. caf\xc3\xa9 \xe2\x80\x93 fine.\n");
}

TEST_CASE("a missing file, a folder and a broken lever file are problems") {
  CHECK(
      text_of(cwtsim::io::read_scenario({"no/such/file.json", {}, {}}).problems) ==
      "it: 1 problem, nothing was run\n\nno/such/file.json\n  the file cannot be read (No such file or directory).\n");
  written::Folder const folder;
  CHECK(text_of(cwtsim::io::read_scenario({folder.path().string(), {}, {}}).problems).find("it is a folder") !=
        std::string::npos);
  auto const path = folder.write("scenario.json", written::scenario());
  auto const r = cwtsim::io::read_scenario({path, {folder.write("levers.json", "{")}, {}});
  CHECK(text_of(r.problems).find("levers.json:1:2") != std::string::npos);
}

TEST_CASE("a part that gives an object another shape is refused where it stands") {
  auto const r = written::read_patch(
      R"("providers": { "hospital": { "resources": { "clinic": { "sessions": { "weekday": 3 } } } } })");
  CHECK(text_of(r.problems).find("3 is not an object") != std::string::npos);
  CHECK(text_of(r.problems).find("patch.json:1:") != std::string::npos);
}

TEST_CASE("a byte order mark is passed over, and is no column") {
  std::string const mark = "\xEF\xBB\xBF";
  CHECK(read(mark + written::scenario()).problems.empty());
  CHECK(says(mark + "{ \"schema\": 1, \"zzz\": 1 }", "scenario.json:1:16 /zzz\n"));
  // within the text it is a character like others, which belongs nowhere
  CHECK(says("{ " + mark + "\"schema\": 1 }", "scenario.json:1:3"));
  // files of levers and what is extended too
  written::Folder const folder;
  folder.write("base.json", mark + written::scenario());
  auto const r = cwtsim::io::read_scenario(
      {folder.write("marked.json", mark + R"({ "schema": 1, "extends": "base.json" })"),
       {folder.write(
           "levers.json",
           mark +
               R"({ "schema": 1, "name": "A change", "levers": { "more": { "pointer": "/demand/gp/per_week", "scale": 2 } } })")},
       {}});
  INFO(text_of(r.problems));
  CHECK(r.problems.empty());
  CHECK(*r.scenario.base.demand.find("gp")->volume.find("hospital") == 60);
}

TEST_CASE("UTF-16 and UTF-32 are refused by their names, with a mark or without") {
  auto const wide = [](std::string const& text, std::size_t width, bool big) {
    std::string bytes;
    for (char const c : text) {
      std::string unit(width, '\0');
      unit[big ? width - 1 : 0] = c;
      bytes += unit;
    }
    return bytes;
  };
  using namespace std::string_literals;
  auto const text = written::scenario();
  CHECK(says("\xFF\xFE"s + wide(text, 2, false), "the file is UTF-16LE text"));
  CHECK(says("\xFE\xFF"s + wide(text, 2, true), "the file is UTF-16BE text"));
  CHECK(says(wide(text, 2, false), "the file is UTF-16LE text"));
  CHECK(says(wide(text, 2, true), "the file is UTF-16BE text"));
  CHECK(says("\xFF\xFE\0\0"s + wide(text, 4, false), "the file is UTF-32LE text"));
  CHECK(says("\0\0\xFE\xFF"s + wide(text, 4, true), "the file is UTF-32BE text"));
  CHECK(says(wide(text, 4, false), "the file is UTF-32LE text"));
  CHECK(says(wide(text, 4, true), "the file is UTF-32BE text"));
  CHECK(says("\xFF\xFE"s, "the file is UTF-16LE text"));
  // a zero among letters is none of these
  CHECK(says("{\0\"schema\": 1}"s, "a NUL byte stands here"));
  CHECK(says("\0\0\0\0"s, "a NUL byte stands here"));
}
