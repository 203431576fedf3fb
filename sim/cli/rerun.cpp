#include "cwtsim/study/rerun.hpp"

#include <fmt/format.h>

#include "commands.hpp"
#include "console.hpp"
#include "cwtsim/study/version.hpp"

namespace cwtsim::cli {
namespace {

/// What is to be known before anything runs.
void tell(study::Rerun const& rerun, RerunOptions const& options) {
  if (!rerun.made_by.empty())
    complain(fmt::format("cwtsim: {} was made by cwtsim {}, and this is {} (sources {}): figures may differ\n",
                         options.folder, rerun.made_by, study::version, study::sources()));
  if (rerun.was_cut_short && !options.how.quiet)
    complain(fmt::format("The run in {} was cut short: the {} replications that finished are run again\n",
                         options.folder, rerun.wishes.replications.value_or(0)));
}

}  // namespace

ExitCode rerun(RerunOptions const& options) {
  auto found = study::rerun_of(options.folder);
  if (auto const* const why = std::get_if<std::string>(&found)) {
    complain(fmt::format("cwtsim: rerun: {}\n", *why));
    return ExitCode::bad_input;
  }
  auto& rerun = std::get<study::Rerun>(found);
  tell(rerun, options);
  RunOptions wanted;
  wanted.arm = rerun.arm;
  wanted.wishes = rerun.wishes;
  wanted.wishes.threads = options.threads;
  wanted.how = options.how;
  wanted.summary = rerun.summary;
  if (options.verify) wanted.verify = options.folder;
  return run(wanted);
}

}  // namespace cwtsim::cli
