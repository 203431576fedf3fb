#include "blame.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "tried.hpp"

namespace cwtsim::study {
namespace {

constexpr std::size_t most_named = 20;  ///< as many as are printed

using Said = std::pair<std::string, std::string>;

/// What is said of a place, whichever day it is said of: with fewer levers other days have changes.
Said said(Problem const& problem) {
  auto what = problem.what;
  constexpr std::size_t dated = std::string_view("from 2026-04-01: ").size();
  if (what.starts_with("from ") && what.size() > dated && what.substr(dated - 2, 2) == ": ") what.erase(0, dated);
  return {problem.pointer, std::move(what)};
}

/// The problems with the first so many levers, each number of them looked at once.
class Trials {
 public:
  explicit Trials(io::ReadRequest request) : request_(std::move(request)) {}
  bool are_there(std::size_t levers, Said const& problem) {
    auto const [it, fresh] = found_.try_emplace(levers);
    if (fresh) {
      request_.pull_only = levers;
      auto const with = tried(request_);
      for (auto const& p : with.read.problems.list()) it->second.insert(said(p));
    }
    return it->second.contains(problem);
  }

 private:
  io::ReadRequest request_;
  std::map<std::size_t, std::set<Said>> found_;
};

bool is_of_a_lever(Problem const& problem, std::vector<io::Pulled> const& levers) {
  return std::any_of(levers.begin(), levers.end(), [&problem](io::Pulled const& lever) {
    auto const& own = lever.pointer;
    return !own.empty() && problem.pointer.starts_with(own) &&
           (problem.pointer.size() == own.size() || problem.pointer[own.size()] == '/');
  });
}

}  // namespace

void name_levers(io::ReadRequest const& request, std::vector<io::Pulled> const& levers, Problems& problems) {
  if (levers.empty() || request.path == "-") return;  // what was read from a pipe is not there a second time
  Trials trials(request);
  for (std::size_t i = 0; i < std::min(problems.size(), most_named); ++i) {
    auto& problem = problems.list()[i];
    auto const what = said(problem);
    // a problem of the lever itself says so
    if (is_of_a_lever(problem, levers) || trials.are_there(0, what)) continue;
    std::size_t without = 0, with = levers.size();
    while (with - without > 1) {
      auto const middle = without + (with - without) / 2;
      (trials.are_there(middle, what) ? with : without) = middle;
    }
    auto const& lever = levers[with - 1];
    if (!lever.pointer.empty())
      problem.what +=
          fmt::format("; the lever \"{}\" of \"{}\" brings this about", lever.lever.name, lever.intervention);
    else if (problem.place != lever.place)
      problem.what += fmt::format("; {} brings this about", lever.place);
    problem.place = lever.place;
  }
}

}  // namespace cwtsim::study
