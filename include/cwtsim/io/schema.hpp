#pragma once
// The scenario language for editors and for readers, from the declaration of its fields.

#include <string>

namespace cwtsim::io {

/// JSON Schema (draft 2020-12) of a scenario file.
[[nodiscard]] std::string json_schema();
/// Every field of a scenario file and of a lever file, in Markdown.
[[nodiscard]] std::string field_reference();

}  // namespace cwtsim::io
