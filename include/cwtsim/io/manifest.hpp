#pragma once
// run.json: the JSON of a manifest.

#include "cwtsim/files/manifest.hpp"

namespace cwtsim::io {

/// Writes run.json. Estimates stand as {"columns": [...], "rows": [[...]]}; what cannot be had is null.
void write_manifest(files::Manifest const& manifest, files::TextSink const& to);

}  // namespace cwtsim::io
