// What cmake --install has put somewhere is used from there, by a user and by a program of somebody else's. One test,
// for installing a build is what takes the time.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>
#include <string>

#include "catch_compat.hpp"
#include "said_by.hpp"
#include "temporary.hpp"

namespace fs = std::filesystem;
using temporary::Folder;

namespace {

/// What a command that must succeed says.
std::string done(std::string const& command) {
  auto const said = said_by(command);
  INFO(command << "\n" << said.text);
  REQUIRE(said.status == 0);
  return said.text;
}

std::string text_of(fs::path const& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string const cmake = std::string("'") + CWTSIM_CMAKE + "' ";

/// The lines that tell which files a compiled source was made of, which its build keeps beside it.
std::string headers_of(fs::path const& build) {
  std::string text;
  for (auto const& entry : fs::recursive_directory_iterator(build))
    if (entry.path().extension() == ".d") text += text_of(entry.path());
  return text;
}

}  // namespace

TEST_CASE("what is installed works where it is: the program, and a program of somebody else's with the library") {
  Folder const folder;
  auto const prefix = folder / "prefix";
  done(cmake + "--install '" CWTSIM_BUILD "' --prefix '" + prefix + "'");

  // the program, with all that belongs to it
  auto const program = prefix + "/bin/cwtsim", tiny = prefix + "/share/cwtsim/scenarios/tiny.json";
  auto const table = folder / "out";
  done("'" + program + "' run '" + tiny + "' --replications 3 --quiet --out '" + table + "'");
  CHECK(done("zcat '" + prefix + "/share/man/man1/cwtsim.1.gz'") == done("'" + program + "' help man"));
  for (auto const* shell : {"bash", "zsh", "fish"}) {
    auto const name = shell == std::string("bash")  ? "bash-completion/completions/cwtsim"
                      : shell == std::string("zsh") ? "zsh/site-functions/_cwtsim"
                                                    : "fish/vendor_completions.d/cwtsim.fish";
    INFO(name);
    CHECK(text_of(prefix + "/share/" + name) == done("'" + program + "' help completion " + shell));
  }
  for (auto const* text : {"LICENSE", "NOTICE"})
    CHECK(text_of(prefix + "/share/doc/cwtsim/" + text) == text_of(CWTSIM_SOURCE_DIR "/" + std::string(text)));

  // the library: what another program says of a scenario is what ours says
  auto const build = folder / "consumer";
  auto const configure =
      cmake + "-S '" CWTSIM_SOURCE_DIR "/tests/install/consumer' -G Ninja -DCMAKE_CXX_COMPILER='" CWTSIM_COMPILER "'";
  done(configure + " -B '" + build + "' -DCMAKE_PREFIX_PATH='" + prefix +
       "' -DCMAKE_DISABLE_FIND_PACKAGE_Boost=ON"
       " -DCMAKE_DISABLE_FIND_PACKAGE_nlohmann_json=ON -DCMAKE_DISABLE_FIND_PACKAGE_CLI11=ON");
  done(cmake + "--build '" + build + "' -- -d keepdepfile");
  auto const said = done("'" + build + "/consumer' '" + tiny + "'");
  std::smatch other, own;
  REQUIRE(std::regex_search(said, other, std::regex("^fds ([0-9]+) patients, ([0-9.]+) of them in time\n$")));
  auto const rows = text_of(table + "/standards.csv");
  REQUIRE(std::regex_search(rows, own, std::regex("\nbase,fds,all,all,all,[^,]*,([^,]*),([^,]*),")));
  CHECK(std::stod(other[1]) == Approx(std::stod(own[1])).margin(0.5));
  CHECK(std::stod(other[2]) == Approx(std::stod(own[2])).margin(1e-5));

  // its compiler has seen our headers and no library's
  auto const headers = headers_of(build);
  CHECK(headers.find("cwtsim/cwtsim.hpp") != headers.npos);
  for (auto const* library : {"/boost/", "/nlohmann/", "/CLI/", "/Random123/", "/tbb/", "/oneapi/", "/fmt/"}) {
    INFO(library);
    CHECK(headers.find(library) == headers.npos);
  }

  // who asks for another version is told so
  std::ofstream(folder / "CMakeLists.txt")
      << "cmake_minimum_required(VERSION 3.25)\nproject(other CXX)\nfind_package(cwtsim 99 REQUIRED)\n";
  auto const refused = said_by(cmake + "-G Ninja -S '" + folder / "." + "' -B '" + folder / "other" +
                               "' -DCMAKE_PREFIX_PATH='" + prefix + "' -DCMAKE_CXX_COMPILER='" CWTSIM_COMPILER "'");
  CHECK(refused.status != 0);
  INFO(refused.text);
  CHECK(std::regex_search(refused.text, std::regex("version:\\s+0\\.1")));  // wherever CMake breaks the line
}
