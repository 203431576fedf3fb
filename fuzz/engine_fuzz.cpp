// Bytes choose a small scenario (tests/oracle): the engine runs it twice with the same result, keeps the laws that any
// replication keeps, and tells of every patient what the second engine tells.

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>

#include "cwtsim/engine/replication.hpp"
#include "cwtsim/model/compile.hpp"
#include "oracle/compare.hpp"
#include "oracle/random_scenario.hpp"

namespace {

using namespace cwtsim;
using engine::Happening;

void demand(bool holds, std::string const& what, oracle::ScenarioText const& text) {
  if (holds) return;
  std::fprintf(stderr, "%s\n%s%s", what.c_str(), text.scenario.c_str(), text.levers.c_str());
  std::abort();
}

// Patients do not get lost, and a patient's moments are in order: nothing before arriving or after leaving.
std::string fault_of(engine::Trace const& trace, engine::ReplicationResult const& result) {
  if (result.referred != result.finished + result.still_in) return "patients have been lost or made";
  std::map<std::uint64_t, Happening> last;
  std::uint64_t referred = 0, left = 0;
  Tick before = 0;
  for (auto const& m : trace) {
    if (m.at < before) return "time goes back";
    before = m.at;
    bool const known = last.count(m.patient) > 0;
    if (known == (m.what == Happening::referred)) return "a patient arrives twice, or not at all";
    if (known && last[m.patient] == Happening::left) return "something happens to a patient who has left";
    last[m.patient] = m.what;
    if (m.what == Happening::referred) ++referred;
    if (m.what == Happening::left) ++left;
  }
  if (referred != result.referred || left != result.finished) return "the trace and the totals count differently";
  return "";
}

// Counts that belong together agree, and no more is used than there was.
std::string fault_of(engine::ReplicationResult const& result, model::Model const& model) {
  for (std::size_t cell = 0; cell < result.counted.size(); ++cell) {
    if (result.met[cell] > result.counted[cell]) return "more were in time than counted";
    if (result.open_long[cell * 2] > result.open[cell]) return "more clocks run long than run";
  }
  for (auto const& standard : model.standards) {
    auto const total_of = [&](model::Cut const& cut) {
      std::uint64_t months = 0, days = 0;
      for (std::uint32_t s = cut.first; s < cut.first + cut.levels; ++s) {
        for (std::uint32_t m = 0; m < model.months; ++m) months += result.counted[model.cell(s, m)];
        for (std::uint32_t d = 0; d < model::day_cells; ++d) days += result.days[model.day_cell(s, d)];
      }
      return std::pair(months, days);
    };
    auto const [all, days] = total_of(model.cuts[standard.cuts.first]);
    if (all != days) return "days and months count differently";
    for (std::uint32_t c = standard.cuts.first; c < standard.cuts.first + standard.cuts.count; ++c)
      if (total_of(model.cuts[c]) != std::pair(all, all)) return "the strata of a standard do not add up";
  }
  for (std::size_t r = 0; r < result.resources.size(); ++r) {
    auto const& what = model.eras.front().resources[r];
    auto const& totals = result.resources[r];
    bool const from_start = model.measure_from <= model.start;  // else slots of before may be used
    if (what.kind != model::ResourceKind::servers && from_start && totals.used + totals.other_work > totals.offered)
      return "more slots are used than offered";
    if (what.always_open && model.eras.size() == 1 && totals.busy_ticks > totals.open_ticks)
      return "servers are busier than they are there";
    if (totals.did_not_attend > totals.used) return "more did not attend than slots were used";
  }
  return "";
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  auto const text = oracle::random_scenario(oracle::Choices(data, size));
  std::string why;
  auto const scenario = oracle::read(text, why);
  if (!scenario) return 0;
  auto const model = model::compile(*scenario);
  engine::Workspace workspace(model);
  engine::Trace first, second;
  auto const once = workspace.run(1, 0, &first);
  auto const& again = workspace.run(1, 0, &second);
  demand(first == second && once.events == again.events && once.counted == again.counted && once.days == again.days,
         "two runs differ", text);
  auto const fault = fault_of(first, once);
  demand(fault.empty(), fault, text);
  auto const other = fault_of(once, model);
  demand(other.empty(), other, text);
  auto const difference = oracle::compare(*scenario, text, 1).difference;
  demand(difference.empty(), difference, text);
  return 0;
}
