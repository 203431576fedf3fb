// The checked-in copies of what is derived from the declarations are fresh.
#include "cwtsim/io/schema.hpp"

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>

#include "catch_compat.hpp"

namespace {

std::string content_of(std::string const& name) {
  std::ifstream in(std::string(CWTSIM_SOURCE_DIR) + "/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("docs/fields.md is fresh") {
  INFO("regenerate: cwtsim help fields > docs/fields.md");
  CHECK((cwtsim::io::field_reference() == content_of("docs/fields.md")));
}

TEST_CASE("docs/scenario.schema.json is fresh") {
  INFO("regenerate: cwtsim schema > docs/scenario.schema.json");
  CHECK((cwtsim::io::json_schema() == content_of("docs/scenario.schema.json")));
}

TEST_CASE("every reference of the schema leads to a definition") {
  auto const schema = nlohmann::json::parse(cwtsim::io::json_schema());
  CHECK(schema["properties"].contains("demand"));
  CHECK(schema["additionalProperties"] == false);
  auto const text = schema.dump();
  std::size_t count = 0;
  std::string const key = "\"$ref\":\"#/$defs/";
  for (auto at = text.find(key); at != text.npos; at = text.find(key, at + 1)) {
    auto const start = at + key.size();
    auto const name = text.substr(start, text.find('"', start) - start);
    INFO(name);
    CHECK(schema["$defs"].contains(name));
    ++count;
  }
  CHECK(count > 50);
}

TEST_CASE("every field of the reference has a meaning, and defaults are shown") {
  auto const text = cwtsim::io::field_reference();
  CHECK(text.find("| `resolution` | length of time | `\"1 min\"` |") != std::string::npos);
  CHECK(text.find("| `limit` | length of time | **required** |") != std::string::npos);
  CHECK(text.find("## standard\n") != std::string::npos);
  CHECK(text.find("### lognormal\n") != std::string::npos);
  CHECK(text.find("### lever\n") != std::string::npos);
}
