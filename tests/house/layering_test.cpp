// The table of rooms, proved on the #include lines.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "catch_compat.hpp"

namespace {

namespace fs = std::filesystem;

fs::path const top = CWTSIM_SOURCE_DIR;

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
    {"CLI/", "cli", 1}};
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
      auto const inside = entry.path().parent_path().filename().string();
      Source source{fs::relative(entry.path(), top),
                    entry.path().parent_path() == top / "include/cwtsim" ? entry.path().filename().string() : inside,
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

std::string text_of(fs::path const& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
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

TEST_CASE("no source is longer than 400 lines") {
  std::size_t seen = 0;
  for (auto const* folder : {"include", "sim", "tests", "bench", "fuzz", "examples"}) {
    if (!fs::exists(top / folder)) continue;
    for (auto const& entry : fs::recursive_directory_iterator(top / folder)) {
      auto const extension = entry.path().extension();
      if (extension != ".hpp" && extension != ".cpp") continue;
      auto const text = text_of(entry.path());
      ++seen;
      INFO(fs::relative(entry.path(), top).string());
      CHECK(std::count(text.begin(), text.end(), '\n') <= 400);
    }
  }
  CHECK(seen > 40);
}

TEST_CASE("no file names a folder of the machine it was written on") {
  // Put together here, so that this file does not hold them itself.
  std::vector<std::string> const folders = {std::string("/wo") + "rk/", std::string("/ro") + "ot/",
                                            std::string("/fa") + "rm/", std::string("/tmp/ba") + "sh_jobs"};
  std::size_t seen = 0;
  for (auto entry = fs::recursive_directory_iterator(top); entry != fs::recursive_directory_iterator(); ++entry) {
    auto const name = entry->path().filename().string();
    bool const ours = name != "build" && name != ".git" && name != ".cache" && name != "__pycache__";
    auto const from_top = fs::relative(entry->path(), top);
    if (entry->is_directory()) {
      if (!ours || from_top == fs::path("outputs")) entry.disable_recursion_pending();
      continue;
    }
    // a worktree has a file .git
    if (!ours || !entry->is_regular_file() || name == "compile_commands.json") continue;
    auto const text = text_of(entry->path());
    ++seen;
    for (auto const& folder : folders) {
      INFO(from_top.string() + " mentions " + folder);
      CHECK(text.find(folder) == std::string::npos);
    }
  }
  CHECK(seen > 80);
}

TEST_CASE("no test has a name that ctest would take apart and then run nothing") {
  std::regex const name_of("TEST_CASE\\(\"([^\"]*)\"");
  std::size_t seen = 0;
  for (auto const& entry : fs::recursive_directory_iterator(top / "tests")) {
    if (entry.path().extension() != ".cpp") continue;
    auto const text = text_of(entry.path());
    for (std::sregex_iterator it(text.begin(), text.end(), name_of), end; it != end; ++it, ++seen) {
      INFO(fs::relative(entry.path(), top).string() + ": " + it->str(1));
      CHECK(it->str(1).find(';') == std::string::npos);
      CHECK(it->str(1).front() != '-');  // it would be taken for an option
    }
  }
  CHECK(seen > 70);
}

TEST_CASE("the program's version is the project's") {
  auto const cmake = text_of(top / "CMakeLists.txt");
  auto const program = text_of(top / "include/cwtsim/study/version.hpp");
  std::smatch project, constant;
  REQUIRE(std::regex_search(cmake, project, std::regex("project\\(cwtsim VERSION ([0-9.]+)")));
  REQUIRE(std::regex_search(program, constant, std::regex("version = \"([0-9.]+)\"")));
  CHECK(project[1] == constant[1]);
}
