#pragma once

#include "cwtsim/io/read.hpp"
#include "value.hpp"

namespace cwtsim::io {

struct Locator::Composed {
  FileNames files;
  Value root;
};

}  // namespace cwtsim::io
