#include <fmt/format.h>

#include "commands.hpp"
#include "console.hpp"
#include "cwtsim/core/problem.hpp"
#include "cwtsim/files/table.hpp"

namespace cwtsim::cli {
namespace {

using scenario::Pathway;
using scenario::Step;

std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (char const c : files::printable(text)) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

/// The arrows of one pathway, as lines of DOT.
class Arrows {
 public:
  Arrows(std::string& out, std::string const& pathway) : out_(out), pathway_(pathway) {}

  void of(std::string const& name, Step const& step) {
    bool const plain = step.then.rows.size() == 1;
    for (auto const& row : step.then.rows)
      for (auto const& [next, share] : row.value)
        if (share > 0)
          arrow(name, next, plain ? share_label(share) : fmt::format("{}: {}", keys(row.keys), share_label(share)), "");
    for (auto const& [branch, table] : step.starts) {
      bool const always = table.rows.size() == 1 && table.rows.front().value >= 1;
      arrow(name, branch, always ? "" : "may start", "style=bold");
    }
    if (!step.joins_at.empty()) arrow(name, step.joins_at, "when all are done", "style=dashed");
    if (step.did_not_attend && !step.did_not_attend->then.empty())
      arrow(name, step.did_not_attend->then, "did not attend", "style=dotted");
    for (auto const& [reason, gives_up] : step.gives_up) arrow(name, gives_up.then, reason, "style=dotted");
    if (!step.when_full.empty()) arrow(name, step.when_full, "when full", "style=dotted");
  }

 private:
  static std::string share_label(double share) { return share >= 1 ? "" : fmt::format("{:.3g} %", 100 * share); }

  static std::string keys(std::vector<std::string> const& keys) {
    std::string joined;
    for (auto const& key : keys) joined += (joined.empty() ? "" : ", ") + key;
    return joined;
  }

  void arrow(std::string const& from, std::string const& to, std::string const& label, std::string const& style) {
    out_ += fmt::format("    {} -> {} [label={}{}{}];\n", in_quotes(pathway_ + "/" + from),
                        in_quotes(pathway_ + "/" + to), in_quotes(label), style.empty() ? "" : ", ", style);
  }

  std::string& out_;
  std::string const& pathway_;
};

void append_pathway(std::string& out, std::string const& name, Pathway const& pathway) {
  out += fmt::format("  subgraph {} {{\n    label={};\n", in_quotes("cluster_" + name), in_quotes(name));
  for (auto const& [step_name, step] : pathway.steps) {
    auto label = step.label.empty() ? step_name : step.label;
    if (record_of(step.kind).continues) label += ": " + step.pathway;
    out += fmt::format("    {} [label={}, shape={}{}];\n", in_quotes(name + "/" + step_name), in_quotes(label),
                       record_of(step.kind).shape, step_name == pathway.start ? ", penwidth=2" : "");
  }
  Arrows arrows(out, name);
  for (auto const& [step_name, step] : pathway.steps) arrows.of(step_name, step);
  out += "  }\n";
}

}  // namespace

ExitCode graph(GraphOptions const& options) {
  listen_to_signals(std::nullopt);
  auto const read = load(options.scenario);
  if (!read) return ExitCode::bad_input;
  auto const& pathways = read->scenario.base.pathways;
  if (!options.pathway.empty() && pathways.find(options.pathway) == nullptr) {
    std::vector<std::string> names;
    for (auto const& [name, pathway] : pathways) names.push_back(name);
    auto const near = nearest_name(options.pathway, names);
    complain(fmt::format("cwtsim: there is no pathway '{}'{}\n", files::printable(options.pathway),
                         near.empty() ? "" : fmt::format("; did you mean '{}'?", files::printable(near))));
    return ExitCode::bad_input;
  }
  std::string out = "digraph pathways {\n  rankdir=LR;\n  node [fontname=\"sans-serif\"];\n";
  for (auto const& [name, pathway] : pathways)
    if (options.pathway.empty() || name == options.pathway) append_pathway(out, name, pathway);
  return say(out + "}\n");
}

}  // namespace cwtsim::cli
