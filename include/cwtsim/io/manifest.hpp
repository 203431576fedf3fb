#pragma once
// run.json: the JSON of a manifest.

#include <string>
#include <string_view>
#include <variant>

#include "cwtsim/files/manifest.hpp"

namespace cwtsim::io {

/// The text of run.json, under 10 kB: of many files the first are named, and the others told by their number and one
/// hash; long arguments are cut.
[[nodiscard]] std::string manifest_text(files::Manifest const& manifest);
/// What such a text says but for its files and command line, or what is wrong with it.
[[nodiscard]] std::variant<files::Manifest, std::string> read_manifest(std::string_view text);

}  // namespace cwtsim::io
