#include "cwtsim/study/parts.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <filesystem>
#include <utility>
#include <variant>

namespace cwtsim::study {
namespace {

constexpr char const* extension = ".part";
constexpr char const* whole = "whole.part";

using Read = std::variant<experiment::Part, experiment::PartProblem>;
constexpr std::uint64_t most_bytes = 1U << 30U;  // of a part; West London's have half a million

}  // namespace

PartsFolder::PartsFolder(files::OwnedFolder const& out, experiment::PartOwner owner,
                         std::chrono::duration<double> save_every, std::string const& under)
    : out_(out),
      folder_((std::filesystem::path(out.path()) / "parts" / under).string()),
      owner_(std::move(owner)),
      save_every_(save_every) {}

std::string PartsFolder::path_of(std::string const& name) const {
  return (std::filesystem::path(folder_) / name).string();
}

std::vector<std::string> PartsFolder::names() const {
  std::vector<std::string> names;
  std::error_code error;
  for (auto const& entry : std::filesystem::directory_iterator(folder_, error))
    if (entry.path().extension() == extension && entry.path().filename().string().front() != '.')
      names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

bool PartsFolder::any() const {
  return !names().empty();
}

PartsFolder::Found PartsFolder::find(experiment::Layout const& layout) {
  files::remove_left_over(folder_);
  Found found;
  struct Range {
    std::string name;
    std::uint64_t first, end;
  };
  std::vector<Range> taken;
  auto list = names();
  // The whole first: what it holds need not be read again.
  std::stable_partition(list.begin(), list.end(), [](std::string const& name) { return name == whole; });
  for (auto const& name : list) {
    auto file = files::read_file(path_of(name), most_bytes);
    auto const read =
        file.problem.empty()
            ? experiment::read_part(file.bytes, owner_, layout)
            : Read(experiment::PartProblem{experiment::PartProblem::Kind::damaged, std::move(file.problem)});
    if (auto const* problem = std::get_if<experiment::PartProblem>(&read)) {
      if (problem->kind == experiment::PartProblem::Kind::other) {
        found.refusal = fmt::format("{} is a part {}", path_of(name), problem->what);
        return found;
      }
      found.damaged.push_back({path_of(name), problem->what});
      continue;
    }
    auto const& part = std::get<experiment::Part>(read);
    auto const overlapping = std::find_if(taken.begin(), taken.end(),
                                          [&part](Range const& t) { return part.first < t.end && t.first < part.end; });
    if (overlapping != taken.end()) {
      bool const in_whole =
          overlapping->name == whole && overlapping->first <= part.first && part.end <= overlapping->end;
      if (in_whole) continue;  // left by a run that was killed before it could take it away
      found.refusal = fmt::format("{} holds replications {} to {}, and {} holds {} to {}: no replication may be in two",
                                  path_of(overlapping->name), overlapping->first, overlapping->end - 1, path_of(name),
                                  part.first, part.end - 1);
      return found;
    }
    taken.push_back({name, part.first, part.end});
    found.done.merge(part.tally);
  }
  found.whole = list.size() == 1 && list.front() == whole && taken.size() == 1;
  return found;
}

void PartsFolder::clear() {
  for (auto const& name : names()) ::unlink(path_of(name).c_str());
  files::remove_left_over(folder_);
  ::rmdir(folder_.c_str());
}

bool PartsFolder::save(experiment::Tally const& block) {
  waiting_.push_back({fmt::format("{:06}-{:06}{}", block.first(), block.end(), extension), part_bytes(owner_, block)});
  return Clock::now() - saved_ < save_every_ || flush();
}

bool PartsFolder::flush() {
  for (auto const& part : waiting_)
    if (!write(part.name, part.bytes)) return false;
  waiting_.clear();
  saved_ = Clock::now();
  return true;
}

bool PartsFolder::save_whole(experiment::Tally const& all) {
  return write(whole, part_bytes(owner_, all));
}

void PartsFolder::tidy() {
  waiting_.clear();
  for (auto const& name : names())
    if (name != whole) ::unlink(path_of(name).c_str());
}

bool PartsFolder::write(std::string const& name, std::string const& bytes) {
  if (!problem_) problem_ = out_.lost();
  if (problem_) return false;
  // Whoever finds it must be able to take the folder for finished.
  if (!std::exchange(writing_, true)) ::unlink((std::filesystem::path(out_.path()) / "run.json").c_str());
  std::error_code error;
  // not the folder that holds them: where that is gone, nothing is to come back
  std::filesystem::create_directory(std::filesystem::path(out_.path()) / "parts", error);
  std::filesystem::create_directory(folder_, error);
  problem_ = bytes.size() <= most_bytes
                 ? files::write_file(path_of(name), bytes)
                 : files::FileProblem{fmt::format("{}: a part of {} bytes; at most {} can be read again", path_of(name),
                                                  bytes.size(), most_bytes),
                                      EFBIG};
  return !problem_;
}

}  // namespace cwtsim::study
