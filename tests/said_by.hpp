#pragma once
// What other programs say, asked through a shell.

#include <cstdio>
#include <string>

#include "catch_compat.hpp"

struct Said {
  int status = -1;   ///< as wait() gives it; 0: it ended well
  std::string text;  ///< stdout and stderr
};

inline Said said_by(std::string const& command) {
  FILE* const pipe = ::popen(("exec 2>&1; " + command).c_str(), "r");
  REQUIRE(pipe != nullptr);
  Said said;
  for (int c = 0; (c = std::fgetc(pipe)) != EOF;) said.text += static_cast<char>(c);
  said.status = ::pclose(pipe);
  return said;
}
