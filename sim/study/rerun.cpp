#include "cwtsim/study/rerun.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "cwtsim/files/digest.hpp"
#include "cwtsim/files/files.hpp"
#include "cwtsim/files/table.hpp"
#include "cwtsim/io/manifest.hpp"
#include "cwtsim/report/tables.hpp"
#include "cwtsim/study/version.hpp"

namespace cwtsim::study {
namespace {

std::string in(std::string const& folder, char const* name) {
  return (std::filesystem::path(folder) / name).string();
}

RunWishes wishes_of(files::Manifest const& m) {
  RunWishes wishes;
  wishes.seed = m.seed;
  wishes.first_replication = m.first_replication;
  if (m.precision_points && !m.interrupted)
    wishes.precision_points = m.precision_points;
  else
    wishes.replications = m.completed + m.limited + m.deadlocked;
  return wishes;
}

}  // namespace

std::variant<Rerun, std::string> rerun_of(std::string const& folder) {
  auto const path = in(folder, "run.json"), scenario = in(folder, "scenario.json");
  auto const text = files::read_file(path);
  if (!text)
    return fmt::format("{} is not there: {} holds no run that has ended (repeat its command, which goes on with it)",
                       path, folder);
  auto read = io::read_manifest(*text);
  if (auto const* const wrong = std::get_if<std::string>(&read))
    return fmt::format("{} is not what this program writes: {}", path, *wrong);
  auto& m = std::get<files::Manifest>(read);
  auto const bytes = files::read_file(scenario);
  if (!bytes) return fmt::format("{} is not there", scenario);
  if (files::sha256(*bytes) != m.scenario_sha256)
    return fmt::format("{} has been changed since: run.json says that its SHA-256 was {}", scenario, m.scenario_sha256);
  if (m.completed + m.limited + m.deadlocked == 0)
    return fmt::format("of the run in {} no replication finished", folder);
  Rerun rerun;
  rerun.arm.scenario.path = scenario;
  rerun.arm.limits = {m.max_events, m.max_memory};
  rerun.wishes = wishes_of(m);
  rerun.was_cut_short = m.interrupted;
  if (m.version != version || m.sources != sources())
    rerun.made_by = fmt::format("{} (sources {})", m.version, m.sources);
  rerun.summary = {m.arm, m.name, m.scenario_file, m.lever_files, m.options};
  return rerun;
}

std::vector<std::string> differing_files(std::string const& folder, Arm const& arm,
                                         experiment::Estimates const& estimates) {
  std::vector<std::string> differing;
  auto const compare = [&](std::string const& name, std::string const& text) {
    if (files::read_file(in(folder, name.c_str())) != text) differing.push_back(name);
  };
  for (auto const& table : report::all_tables(estimates)) compare(table.name + ".csv", files::to_csv(table));
  compare("scenario.json", scenario_text(arm));
  return differing;
}

}  // namespace cwtsim::study
