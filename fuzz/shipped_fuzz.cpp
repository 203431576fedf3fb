// A scenario of files that are shipped, and lever files of them, with a few changes that know what a JSON tree is:
// read, checked, walked, run, folded, written as parts and read again, estimated and told. Nothing may crash or hang,
// and parts put together are what was run in one go.

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cwtsim/experiment/experiment.hpp"
#include "cwtsim/report/tables.hpp"
#include "cwtsim/report/text.hpp"
#include "cwtsim/study/run.hpp"
#include "cwtsim/study/summary.hpp"

namespace {

using namespace cwtsim;
using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

void demand(bool holds, std::string const& what, std::string const& about) {
  if (holds) return;
  std::fprintf(stderr, "%s\n%s\n", what.c_str(), about.c_str());
  std::abort();
}

struct Shipped {
  std::string path;
  Json json;
};

std::vector<Shipped> files_of(std::vector<std::string> const& folders, bool levers) {
  std::vector<fs::path> paths;
  for (auto const& folder : folders)
    for (auto const& entry : fs::directory_iterator(fs::path(CWTSIM_SOURCE_DIR) / folder))
      if (entry.path().extension() == ".json") paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  std::vector<Shipped> files;
  for (auto const& path : paths) {
    std::ifstream in(path);
    auto json = Json::parse(in, nullptr, false);
    if (!json.is_object() || json.contains("levers") != levers) continue;
    if (levers || json.contains("horizon") || json.contains("extends"))
      files.push_back({path.string(), std::move(json)});
  }
  demand(files.size() > 3, "too few files are shipped", folders.front());
  return files;
}

/// What the bytes choose; zeros once they are used up.
class Bytes {
 public:
  Bytes(std::uint8_t const* data, std::size_t size) : at_(data), end_(data + size) {}
  [[nodiscard]] bool any() const { return at_ != end_; }
  std::size_t below(std::size_t n) {
    std::size_t value = byte();
    for (std::size_t most = 256; most < n; most *= 256) value = value * 256 + byte();
    return n == 0 ? 0 : value % n;
  }

 private:
  std::uint8_t byte() { return at_ == end_ ? 0 : *at_++; }
  std::uint8_t const *at_, *end_;
};

void all_in(Json& json, std::vector<Json*>& out) {
  out.push_back(&json);
  for (auto& member : json)
    if (member.is_structured())
      all_in(member, out);
    else
      out.push_back(&member);
}

std::vector<Json> const& values_at_limits() {
  static auto const values =
      Json::parse(R"([0, 1, -1, 2, 0.5, 1e-9, 1e-308, 1e308, 0.1, 3, 63, 64, 127, 128, 255, 256, 257,
    1000, 32767, 32768, 65535, 65536, 100000, 1000000, 2147483647, 2147483648, 4294967296, 9007199254740993,
    18446744073709551615, true, false, null, [], {}, "", " ", "none", "all", "otherwise", "daily", "mon-fri", "sat-mon", "00:00", "24:00",
    "23:59", "0 days", "1 s", "1 min", "1 hour", "1 day", "90 days", "1 month", "1 year", "61 years", "2026-02-29", "2024-02-29",
    "9999-12-31", "1970-01-01", "2026-04-01", "hold", "turn_away", "priority", "breach_date", "finish", "pause", "restart",
    "assumed", "measured", {"constant": "1 day"}, {"exponential": "3 days"}, {"lognormal": {"mean": "7 days", "sd": "0.001 s"}},
    {"bands": {"1 day": 0.5, "2 days": 1}}, {"by": ["stage"], "otherwise": 1}, [0], ["a", "a"], {"mean": "1 day"}])");
  static std::vector<Json> const list(values.begin(), values.end());
  return list;
}

// One change; the tree may then be anything, and whoever reads it says so.
void change(Json& root, Json& other, Bytes& bytes) {
  std::vector<Json*> here, there;
  all_in(root, here);
  Json& at = *here[bytes.below(here.size())];
  auto const a_key = [&](Json const& object) {
    auto it = object.begin();
    std::advance(it, static_cast<std::ptrdiff_t>(bytes.below(object.size())));
    return it.key();
  };
  switch (bytes.below(8)) {
    case 0:
      at = values_at_limits()[bytes.below(values_at_limits().size())];
      break;
    case 1:
      if (at.is_object() && !at.empty()) at.erase(a_key(at));
      break;
    case 2: {
      auto const copy = *here[bytes.below(here.size())];
      at = copy;
      break;
    }
    case 3:
      if (at.is_object() && !at.empty()) {
        auto const copy = at[a_key(at)];
        at["another"] = copy;
      }
      break;
    case 4: {
      Json const& from = *here[bytes.below(here.size())];
      if (!at.is_object() || at.empty() || !from.is_object() || from.empty()) break;
      auto const key = a_key(at), name = a_key(from);
      auto const value = at[key];
      at.erase(key);
      at[name] = value;
      break;
    }
    case 5:
      if (at.is_number()) at = at.get<double>() * std::pow(10, static_cast<double>(bytes.below(13)) - 6);
      break;
    case 6: {
      Json& from = *here[bytes.below(here.size())];
      if (!at.is_structured() && !from.is_structured()) std::swap(at, from);
      break;
    }
    default: {
      all_in(other, there);
      auto const copy = *there[bytes.below(there.size())];
      at = copy;
    }
  }
}

std::string changed(Json json, Json other, Bytes& bytes) {
  for (auto changes = bytes.below(6); changes > 0 && bytes.any(); --changes) change(json, other, bytes);
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// A folder for lever files; gone at the end.
class Place {
 public:
  Place() {
    path_ = (fs::temp_directory_path() / "cwtsim-fuzz-XXXXXX").string();
    demand(mkdtemp(path_.data()) != nullptr, "no folder", path_);
  }
  Place(Place const&) = delete;
  Place& operator=(Place const&) = delete;
  ~Place() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  [[nodiscard]] std::string file(std::size_t number) const { return path_ + "/" + std::to_string(number) + ".json"; }

 private:
  std::string path_;
};

/// Two replications at once, and each alone, put together by way of parts.
void run(study::Arm const& arm, std::string const& about) {
  auto request = study::request_of(arm, {2, std::nullopt, 0, std::nullopt, 1});
  if (!request) return;
  auto const whole = std::get<study::FinishedRun>(study::run(arm, *request)).experiment;
  auto const owner = study::owner_of(arm, whole.seed);
  experiment::Tally together;
  for (std::uint64_t i = 0; i < 2; ++i) {
    request->replications = 1;
    request->first_replication = i;
    auto const alone = std::get<study::FinishedRun>(study::run(arm, *request)).experiment;
    auto const read = experiment::read_part(experiment::part_bytes(owner, alone.tally), owner, arm.layout);
    auto const* const part = std::get_if<experiment::Part>(&read);
    demand(part != nullptr, "a part is not read as it was written", about);
    demand(part->tally == alone.tally, "a part is read as another", about);
    together.merge(part->tally);
  }
  demand(experiment::part_bytes(owner, together) == experiment::part_bytes(owner, whole.tally),
         "parts put together are not what was run at once", about);
  auto const estimates = study::estimate(arm, whole);
  std::size_t letters = report::text_report(estimates, report::Colour::off).size();
  for (auto const& table : report::all_tables(estimates)) letters += files::to_csv(table).size();
  demand(letters > 0, "nothing is told", about);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  static auto const small = files_of({"tests/cases", "tests/determinism", "scenarios"}, false);
  static auto const levers = files_of({"tests/cases", "scenarios/interventions"}, true);
  static Place const place;
  Bytes bytes(data, size);
  auto const& scenario = small[bytes.below(small.size())];
  io::ReadRequest request;
  request.path = scenario.path;
  auto const& other = small[bytes.below(small.size())].json;
  auto text = request.text.emplace(changed(scenario.json, other, bytes));
  for (auto files = bytes.below(3); files > 0 && bytes.any(); --files) {
    auto const& file = levers[bytes.below(levers.size())];
    auto const lever = changed(file.json, scenario.json, bytes);
    request.with.push_back(place.file(request.with.size()));
    std::ofstream(request.with.back(), std::ios::binary) << lever;
    text += "\n" + lever;
  }
  auto sound = study::read_sound(request);
  if (std::get_if<Problems>(&sound) != nullptr) return 0;
  constexpr std::size_t most_days = 400, most_resources = 64;
  auto const& model = std::get<study::Sound>(sound).model;
  if (model.days > most_days || model.eras.front().resources.size() > most_resources) return 0;
  auto summary = study::summary_of({request, "", {}, ""}, std::get<study::Sound>(sound).read);
  auto made = study::arm_of(std::move(std::get<study::Sound>(sound)), summary, {20'000, std::uint64_t{64} << 20});
  auto const* const arm = std::get_if<study::Arm>(&made);
  if (arm == nullptr) return 0;
  if (bytes.below(8) == 0)
    for (auto const& table : study::summary_tables(study::summarise(*arm)))
      demand(!table.columns.empty(), "no column", text);
  run(*arm, text);
  return 0;
}
