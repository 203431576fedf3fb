#include <fmt/format.h>

#include "catalogue.hpp"
#include "cwtsim/core/kinds.hpp"
#include "cwtsim/io/schema.hpp"

namespace cwtsim::io {
namespace {

std::string cell(std::string_view text) {
  std::string out;
  for (char const c : text) (out += c == '|' ? "\\" : "") += c;
  return out;
}

std::string code(std::string_view text) {
  return text.empty() ? std::string{} : fmt::format("`{}`", cell(text));
}

std::string section(ObjectDoc const& o, int level) {
  auto out = fmt::format("{} {}\n\n{}\n\n", std::string(static_cast<std::size_t>(level), '#'), o.name, o.text);
  out += "| key | value | when absent | meaning | for example |\n|---|---|---|---|---|\n";
  for (auto const& f : o.fields) {
    auto const absent = f.required ? std::string("**required**") : code(f.initial);
    auto const kinds = f.kinds.empty() ? std::string{} : fmt::format(" (kinds: {})", f.kinds);
    out += fmt::format("| `{}` | {} | {} | {}{} | {} |\n", f.key, cell(f.spelling.words), absent, cell(f.text), kinds,
                       code(f.example));
  }
  return out + '\n';
}

std::string kinds_of_step() {
  std::string out = "| kind of step | what it is |\n|---|---|\n";
  for (auto const& record : step_records)
    out += fmt::format("| `{}` | {} |\n", word_of(record.kind), cell(record.meaning));
  return out + '\n';
}

constexpr char const* opening = R"(# Fields of a scenario file

Written by `cwtsim help fields` from the declaration of the fields; do not edit it by hand.

A scenario file is JSON. An unknown key is refused; a key that starts with `_` is a comment. Things are objects keyed by
name, so that a lever can reach each of them.

)";

constexpr char const* spellings = R"(## spellings

| what | how it is written |
|---|---|
| length of time | a number and a unit: `"30 s"`, `"30 min"`, `"2 hours"`, `"10 days"`, `"3 weeks"` |
| span of time | a whole number and a unit; months and years follow the calendar: `"26 weeks"`, `"5 years"` |
| date | `"2026-04-01"`; with a time of day `"2026-04-01 06:00"` |
| time of day | `"08:30"`; `"24:00"` as a closing time |
| days of the week | `"daily"`, `"mon-fri"`, `"sat,sun"`, `"tue"` |
| shares | `{"yes": 0.1, "no": 0.9}`, which sum to 1, or `"yes"` for certainty |
| list of texts | `["a", "b"]`, or `"a"` for one |
| table | `{"by": ["tumour", "provider"], "lung": {"hub": value, "otherwise": value}, "otherwise": value}`; `by` names attributes, or the words `provider` (where the patient is now) and `stream`; a row may stop early where the rest does not matter |
| reference of a resource | `{"at": "hub"}`: the resource of that name at the provider `hub` |

## distributions

A length of time is a constant. Otherwise an object with one shape, and perhaps `"plus"`, a length of time that is added:
`{"constant": "5 days"}`, one of the shapes below, or `{"bands": {"14 days": 0.46, "28 days": 0.76, "100 days": 1}}`: the
share at or below each length of time, straight lines between.

)";

}  // namespace

std::string field_reference() {
  auto const l = language();
  std::string out = opening;
  for (auto const& o : l.scenario) {
    out += section(o, 2);
    if (o.name == "step") out += kinds_of_step();
  }
  out += spellings;
  for (auto const& o : l.shapes) out += section(o, 3);
  out +=
      "## lever files\n\nFor `--with`: changes of a scenario, kept with their evidence and cost. Levers are pulled "
      "after all files are merged and\n"
      "the templates of resources are filled in, in the order of the file.\n\n";
  for (auto const& o : l.levers) out += section(o, 3);
  while (out.size() > 1 && out[out.size() - 2] == '\n') out.pop_back();
  return out;
}

}  // namespace cwtsim::io
