// The bytes of a part with a few changes, and its checksum made right again: it is refused, or it is a part that can be
// written again, put together with others, estimated and told. Nothing may crash, hang or eat memory.

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "cwtsim/core/checksum.hpp"
#include "cwtsim/experiment/experiment.hpp"
#include "cwtsim/report/tables.hpp"
#include "cwtsim/report/text.hpp"
#include "cwtsim/study/run.hpp"

namespace {

using namespace cwtsim;

void demand(bool holds, char const* what) {
  if (holds) return;
  std::fprintf(stderr, "%s\n", what);
  std::abort();
}

/// A small clinic, run three times.
struct Ran {
  study::Arm arm;
  experiment::Experiment experiment;
  std::string bytes;
};

Ran ran() {
  study::ArmRequest request;
  request.scenario.path = CWTSIM_SOURCE_DIR "/tests/cases/small_clinic.json";
  auto made = study::make_arm(request);
  demand(std::holds_alternative<study::Arm>(made), "no arm");
  Ran out{std::move(std::get<study::Arm>(made)), {}, {}};
  auto const asked = study::request_of(out.arm, {3, std::nullopt, 0, std::nullopt, 1});
  demand(asked.has_value(), "no request");
  out.experiment = std::get<study::FinishedRun>(study::run(out.arm, *asked)).experiment;
  out.bytes = experiment::part_bytes(study::owner_of(out.arm, 1), out.experiment.tally);
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size);

// Five bytes a change: what, where (two), and a value (two).
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  static auto const clinic = ran();
  constexpr std::size_t checksum_size = 8, change_size = 5;
  auto bytes = clinic.bytes.substr(0, clinic.bytes.size() - checksum_size);
  for (; size >= change_size && !bytes.empty(); data += change_size, size -= change_size) {
    auto const at = (data[1] + 256U * data[2]) % bytes.size();
    auto const length = data[3] % 64U + 1;
    switch (data[0] % 6) {
      case 0:
        bytes[at] = static_cast<char>(data[3]);
        break;
      case 1:
        bytes.erase(at, length);
        break;
      case 2:
        bytes.insert(at, length, static_cast<char>(data[4]));
        break;
      case 3:
        bytes.insert(at, bytes.substr((at + data[4] * 16U) % bytes.size(), length));
        break;
      case 4:  // the greatest number, in its ten bytes
        bytes.replace(at, 1, std::string(9, '\xFF') + '\x01');
        break;
      default:
        bytes.resize(at);
    }
  }
  auto const sum = checksum(bytes);
  for (std::size_t i = 0; i < checksum_size; ++i) bytes += static_cast<char>(sum >> (8 * i));
  auto const owner = study::owner_of(clinic.arm, 1);
  auto const read = experiment::read_part(bytes, owner, clinic.arm.layout);
  if (auto const* const problem = std::get_if<experiment::PartProblem>(&read)) {
    demand(!problem->what.empty(), "a refusal without a message");
    return 0;
  }
  auto const& part = std::get<experiment::Part>(read);
  auto const again = experiment::read_part(experiment::part_bytes(owner, part.tally), owner, clinic.arm.layout);
  demand(std::holds_alternative<experiment::Part>(again), "what was read is not read when it is written again");
  demand(std::get<experiment::Part>(again).tally == part.tally, "what was read is read as another");
  auto experiment = clinic.experiment;
  experiment.tally = part.tally;
  if (part.first >= clinic.experiment.tally.end()) experiment.tally.merge(clinic.experiment.tally);
  auto const estimates = study::estimate(clinic.arm, experiment);
  std::size_t letters = report::text_report(estimates, report::Colour::off).size();
  for (auto const& table : report::all_tables(estimates)) letters += files::to_csv(table).size();
  demand(letters > 0, "nothing is told");
  return 0;
}
