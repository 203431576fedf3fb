#include "cwtsim/core/named.hpp"

#include "catch_compat.hpp"

using namespace cwtsim;

TEST_CASE("named things are found by name and kept in the file's order") {
  Named<int> const slots{{{"mri", 3}, {"ct", 5}}};
  CHECK(slots.index_of("ct") == 1);
  CHECK_FALSE(slots.index_of("MRI").has_value());
  CHECK(*slots.find("mri") == 3);
  CHECK(slots.find("pet") == nullptr);
  CHECK(slots.begin()->first == "mri");
  CHECK(slots.size() == 2);
  CHECK(Named<int>{}.empty());
}
