// The table of rooms, proved on the #include lines.

#include <algorithm>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "catch_compat.hpp"
#include "named_tests.hpp"

namespace {

using namespace house;

/// Which rooms a room may use besides itself. The one header of the face stands in no room and uses none; only study,
/// which holds what is behind it, may use it.
std::string const face = "cwtsim.hpp";
std::map<std::string, std::set<std::string>> const rooms = {
    {"core", {}},
    {"scenario", {"core"}},
    {"model", {"core"}},
    {"engine", {"core", "model"}},
    {"experiment", {"core", "model", "engine"}},
    {"files", {"core"}},
    {"report", {"core", "experiment", "files"}},
    {"io", {"core", "scenario", "files"}},
    {"study", {"core", "scenario", "model", "engine", "experiment", "files", "report", "io", face}},
    {"cli", {"core", "scenario", "model", "engine", "experiment", "files", "report", "io", "study"}},
    {face, {}},
};

/// The heavy libraries: the one room of each, and in how many of its files at most.
struct Heavy {
  std::string prefix, room;
  std::size_t files;
};
std::vector<Heavy> const heavies = {
    {"Random123/", "core", 99}, {"boost/math/", "core", 99},  {"boost/graph/", "scenario", 1},
    {"tbb/", "experiment", 1},  {"oneapi/", "experiment", 1}, {"nlohmann/", "io", 99},
    {"CLI/", "cli", 1},         {"openssl/", "files", 1}};
/// Light ones that any room may use.
std::vector<std::string> const light = {"fmt/", "sys/"};

struct Source {
  fs::path path;  ///< from the top of the project
  std::string room;
  bool is_public = false;
  std::vector<std::string> includes;
};

std::vector<std::string> includes_of(fs::path const& path) {
  static std::regex const line_of_include("^\\s*#\\s*include\\s*([<\"][^>\"]+)[>\"].*");
  std::vector<std::string> includes;
  std::ifstream file(path);
  std::smatch match;
  for (std::string line; std::getline(file, line);)
    if (std::regex_match(line, match, line_of_include)) includes.push_back(match[1]);
  return includes;
}

std::vector<Source> sources() {
  std::vector<Source> found;
  for (auto const* folder : {"include/cwtsim", "sim"})
    for (auto const& entry : fs::recursive_directory_iterator(top / folder)) {
      auto const extension = entry.path().extension();
      if (extension != ".hpp" && extension != ".cpp") continue;
      Source source{fs::relative(entry.path(), top), fs::relative(entry.path(), top / folder).begin()->string(),
                    std::string(folder) != "sim", includes_of(entry.path())};
      found.push_back(std::move(source));
    }
  return found;
}

bool starts_with(std::string const& text, std::string const& prefix) {
  return text.rfind(prefix, 0) == 0;
}

/// The model room's compiler alone may also see the scenario.
bool is_compiler(Source const& s) {
  auto const name = s.path.filename().string();
  return s.room == "model" && (starts_with(name, "compile") || name == "builder.hpp");
}

/// A room and those below it.
std::set<std::string> reach_of(std::string const& room) {
  std::set<std::string> reach{room};
  for (auto const& used : rooms.at(room)) {
    auto const below = reach_of(used);
    reach.insert(below.begin(), below.end());
  }
  if (room == "model") reach.insert("scenario");  // its compiler
  return reach;
}

std::string room_of_include(std::string const& include) {
  auto const rest = include.substr(std::string("\"cwtsim/").size());
  return rest.substr(0, rest.find('/'));
}

/// What is wrong with one include of a file, or "".
std::string fault(Source const& s, std::string const& include) {
  auto const name = include.substr(1);
  if (starts_with(include, "\"cwtsim/")) {
    auto const used = room_of_include(include);
    if (rooms.count(used) == 0) return "there is no room " + used;
    bool const allowed = used == s.room || rooms.at(s.room).count(used) > 0 || (used == "scenario" && is_compiler(s));
    return allowed ? "" : "the room " + s.room + " may not use " + used;
  }
  if (include.front() == '"') {
    if (s.is_public) return "a public header names its neighbours by cwtsim/ROOM/";
    return fs::exists(top / s.path.parent_path() / name) ? "" : "no such header beside it";
  }
  if (name.find('/') == std::string::npos) return "";  // the standard library
  if (s.room == face) return "the face needs the standard library alone";
  for (auto const& prefix : light)
    if (starts_with(name, prefix)) return "";
  for (auto const& heavy : heavies)
    if (starts_with(name, heavy.prefix)) {
      if (heavy.room != s.room) return "only the room " + heavy.room + " may use " + heavy.prefix;
      bool const draw = s.path == fs::path("include/cwtsim/core/draw.hpp") && heavy.prefix == "Random123/";
      return s.is_public && !draw ? "a public header may not include " + heavy.prefix : "";
    }
  return "a library that the table does not know";
}

}  // namespace

TEST_CASE("every source stands in a room of the table") {
  auto const all = sources();
  REQUIRE(all.size() > 40);
  for (auto const& s : all) {
    INFO(s.path.string());
    CHECK(rooms.count(s.room) == 1);
  }
}

TEST_CASE("rooms use only the rooms and libraries that they may") {
  for (auto const& s : sources())
    for (auto const& include : s.includes) {
      INFO(s.path.string() + " includes " + include.substr(1));
      CHECK(fault(s, include) == "");
    }
}

TEST_CASE("the layering test finds what it is there for") {
  Source const engine{"sim/engine/steps.cpp", "engine", false, {}};
  Source const header{"include/cwtsim/io/read.hpp", "io", true, {}};
  Source const model{"sim/model/index.cpp", "model", false, {}};
  Source const compiler{"sim/model/compile.cpp", "model", false, {}};
  CHECK(fault(engine, "\"cwtsim/scenario/scenario.hpp") == "the room engine may not use scenario");
  CHECK(fault(engine, "<nlohmann/json.hpp") == "only the room io may use nlohmann/");
  CHECK(fault(header, "<nlohmann/json.hpp") == "a public header may not include nlohmann/");
  CHECK(fault(header, "<unheard/of.hpp") == "a library that the table does not know");
  CHECK(fault(model, "\"cwtsim/scenario/scenario.hpp") == "the room model may not use scenario");
  CHECK(fault(compiler, "\"cwtsim/scenario/scenario.hpp") == "");
  CHECK(fault(header, "\"cwtsim/report/text.hpp") == "the room io may not use report");
  CHECK(fault(header, "\"cwtsim/cwtsim.hpp") == "the room io may not use cwtsim.hpp");
  Source const of_face{"include/cwtsim/cwtsim.hpp", face, true, {}};
  CHECK(fault(of_face, "\"cwtsim/core/time.hpp") == "the room cwtsim.hpp may not use core");
  CHECK(fault(of_face, "<fmt/format.h") == "the face needs the standard library alone");
}

namespace {

/// Headers of the standard library, and what shows that one is needed.
std::map<std::string, std::regex> const needed_for = {
    {"algorithm", std::regex("std::(sort|max|min|clamp|fill|copy_n|any_of|all_of|none_of|find_if)\\(|std::ranges::")},
    {"atomic", std::regex("std::atomic<")},
    {"bit", std::regex("std::(popcount|countr_zero|bit_cast)")},
    {"cmath", std::regex("std::(isfinite|isnan|sqrt|exp|log|floor|ceil|round|pow)\\(")},
    {"cstdint", std::regex("std::u?int[0-9]+_t")},
    {"functional", std::regex("std::function<")},
    {"iterator", std::regex("std::back_inserter")},
    {"limits", std::regex("std::numeric_limits")},
    {"map", std::regex("std::map<")},
    {"memory", std::regex("std::(unique_ptr|shared_ptr)<")},
    {"numeric", std::regex("std::(accumulate|iota)")},
    {"optional", std::regex("std::optional<")},
    {"set", std::regex("std::set<")},
    {"string", std::regex("std::string[^_]")},
    {"string_view", std::regex("std::string_view")},
    {"variant", std::regex("std::(variant<|get_if<|holds_alternative<)")},
    {"vector", std::regex("std::vector<")},
};

/// What a file includes, and what headers of ours do that it includes.
void add_included(fs::path const& path, std::set<fs::path>& seen, std::set<std::string>& headers) {
  if (!seen.insert(path).second) return;
  for (auto const& include : includes_of(path)) {
    auto const name = include.substr(1);
    auto const beside = path.parent_path() / name;
    if (include.front() == '<')
      headers.insert(name);
    else
      add_included(fs::exists(beside) ? beside : top / "include" / name, seen, headers);
  }
}

}  // namespace

// One compiler's library brings along what another's does not.
TEST_CASE("what a source uses of the standard library it includes, or a header of ours that it includes") {
  std::size_t seen = 0;
  for (auto const& s : sources()) {
    std::set<fs::path> files;
    std::set<std::string> headers;
    add_included(top / s.path, files, headers);
    auto const text = text_of(top / s.path);
    for (auto const& [header, use] : needed_for) {
      if (!std::regex_search(text, use)) continue;
      ++seen;
      INFO(s.path.string() + " needs <" + header + ">");
      CHECK(headers.count(header) == 1);
    }
  }
  CHECK(seen > 500);
}

TEST_CASE("rooms link what they may use, and the library of a room only through it") {
  std::map<std::string, std::string> const library_of{
      {"TBB::tbb", "experiment"}, {"nlohmann_json::nlohmann_json", "io"}, {"CLI11::CLI11", "cli"}};
  std::ifstream file(CWTSIM_LINKS);
  std::size_t seen = 0;
  for (std::string line; std::getline(file, line); ++seen) {
    INFO(line);
    auto const colon = line.find(':');
    REQUIRE(colon != std::string::npos);
    auto const reach = reach_of(line.substr(0, colon));
    std::istringstream libraries(line.substr(colon + 1));
    for (std::string library; libraries >> library;) {
      INFO(library);
      auto const of_room = library_of.find(library);
      if (of_room != library_of.end()) CHECK(reach.count(of_room->second) == 1);
      if (starts_with(library, "cwtsim_") && library != "cwtsim_flags") CHECK(reach.count(library.substr(7)) == 1);
    }
  }
  CHECK(seen == rooms.size() - 1);
}

TEST_CASE("reading a scenario drags in no threads") {
  auto const reach = reach_of("io");
  CHECK(reach == std::set<std::string>{"core", "files", "io", "scenario"});
  CHECK(reach_of("report").count("experiment") == 1);
}

TEST_CASE("study and files say nothing: words, options and streams are the command line's") {
  std::regex const option("\"[^\"\\n]*--[a-z]");
  std::size_t seen = 0;
  for (auto const& s : sources()) {
    if (s.room != "study" && s.room != "files") continue;
    ++seen;
    INFO(s.path.string());
    for (auto const* stream : {"<iostream", "<cstdio", "<csignal"})
      CHECK(std::count(s.includes.begin(), s.includes.end(), stream) == 0);
    CHECK_FALSE(std::regex_search(text_of(top / s.path), option));
  }
  CHECK(seen > 10);
}

TEST_CASE("examples use the face alone") {
  std::size_t seen = 0;
  for (auto const& entry : fs::directory_iterator(top / "examples")) {
    if (entry.path().extension() != ".cpp") continue;
    ++seen;
    for (auto const& include : includes_of(entry.path())) {
      INFO(entry.path().string() + " includes " + include.substr(1));
      CHECK((include == "\"cwtsim/" + face || include.find('/') == std::string::npos));
    }
  }
  CHECK(seen > 0);
}

TEST_CASE("a heavy library that belongs in one file is in one file") {
  auto const all = sources();
  for (auto const& heavy : heavies) {
    std::size_t files = 0;
    for (auto const& s : all) {
      bool uses = false;
      for (auto const& include : s.includes) uses = uses || starts_with(include.substr(1), heavy.prefix);
      if (uses) ++files;
    }
    INFO(heavy.prefix);
    CHECK(files <= heavy.files);
  }
}
