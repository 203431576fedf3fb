// Arbitrary bytes through reader, levers, validation and compiler: nothing may crash, hang or eat memory, and every
// refusal says where and what. An input is a scenario; after a line "%%" each come a lever ("set /pointer=value",
// scale, add) or a file of levers.

#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <string_view>

#include "cwtsim/io/read.hpp"
#include "cwtsim/model/compile.hpp"
#include "cwtsim/scenario/validate.hpp"

namespace {

using namespace cwtsim;
namespace fs = std::filesystem;

void demand(bool holds, char const* what, std::string const& about) {
  if (holds) return;
  std::fprintf(stderr, "%s: %s\n", what, about.c_str());
  std::abort();
}

/// An empty folder to stand in, with one file that a scenario may name; gone at the end.
class Place {
 public:
  Place() {
    std::string name = (fs::temp_directory_path() / "cwtsim-fuzz-XXXXXX").string();
    demand(mkdtemp(name.data()) != nullptr, "no folder", name);
    path_ = name;
    fs::current_path(path_);
    std::ofstream("base.json")
        << R"({"schema": 1, "name": "Base", "horizon": {"starts": "2026-04-01", "run_for": "1 week"},
      "demand": {"gp": {"pathway": "p", "provider": "h", "per_week": 3, "milestones": ["came"]}},
      "providers": {"h": {"resources": {"c": {"kind": "servers", "servers": 1}}}},
      "pathways": {"p": {"start": "s", "steps": {"s": {"kind": "servers", "needs": "c", "takes": "1 hour", "then": "e"}, "e": {"kind": "end"}}}}})";
  }
  Place(Place const&) = delete;
  Place& operator=(Place const&) = delete;
  ~Place() {
    std::error_code ignored;
    fs::current_path("/", ignored);
    fs::remove_all(path_, ignored);
  }

 private:
  fs::path path_;
};

/// Standard input for as long as it lives.
class AsInput {
 public:
  explicit AsInput(std::string_view text) : text_{std::string(text)}, before_(std::cin.rdbuf(text_.rdbuf())) {
    std::cin.clear();
  }
  AsInput(AsInput const&) = delete;
  AsInput& operator=(AsInput const&) = delete;
  ~AsInput() { std::cin.rdbuf(before_); }

 private:
  std::istringstream text_;
  std::streambuf* before_;
};

void add_lever(io::ReadRequest& request, std::string_view text) {
  for (auto const op : {io::Lever::Op::set, io::Lever::Op::scale, io::Lever::Op::add}) {
    auto const word = std::string(word_of(op)) + " ";
    if (!text.starts_with(word)) continue;
    if (auto const lever = io::parse_lever(op, text.substr(word.size()))) request.levers.push_back(*lever);
    return;
  }
  auto const file = "levers_" + std::to_string(request.with.size()) + ".json";
  std::ofstream(file, std::ios::binary) << text;
  request.with.push_back(file);
}

void check_refusals(io::ReadResult& read) {
  read.where.locate(read.problems);
  for (auto const& problem : read.problems.list()) {
    demand(!problem.what.empty(), "a refusal without a message", problem.pointer);
    demand(problem.pointer.empty() || problem.pointer.front() == '/', "not a pointer", problem.pointer);
    demand(!problem.pointer.empty() || !problem.place.empty(), "a refusal without a place", problem.what);
  }
  auto const text = io::format_problems(read.problems, "input");
  for (char const letter : text) {
    auto const c = static_cast<unsigned char>(letter);
    demand((c >= 0x20 && c != 0x7F) || c == '\n', "a control character is printed", text);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  static Place const place;
  std::string_view rest(reinterpret_cast<char const*>(data), size);
  auto const next_part = [&rest] {
    auto const end = rest.find("\n%%\n");
    auto const part = rest.substr(0, end);
    rest = end == rest.npos ? std::string_view{} : rest.substr(end + 4);
    return part;
  };
  AsInput const input(next_part());
  io::ReadRequest request{"-", {}, {}};
  while (!rest.empty() && request.with.size() + request.levers.size() < 8) add_lever(request, next_part());
  auto read = io::read_scenario(request);
  if (read.problems.empty()) read.problems = scenario::validate(read.scenario);
  if (read.problems.empty()) {
    auto const model = model::compile(read.scenario);
    demand(!model.eras.empty() && model.end > model.start, "a model of nothing", read.composed_json);
  }
  check_refusals(read);
  return 0;
}
