#include <exception>

#include "commands.hpp"
#include "console.hpp"

int main(int argc, char** argv) {
  cwtsim::cli::settle_streams();
  std::set_terminate(cwtsim::cli::end_in_words);
  return static_cast<int>(cwtsim::cli::run_program({argv + (argc > 0 ? 1 : 0), argv + argc}));
}
