// Completion for three shells. What can stand in a place follows from the word that stands for it in the help, so that
// a new option needs nothing here.

#include <fmt/format.h>

#include "manual.hpp"

namespace cwtsim::cli {
namespace {

enum class Values : std::uint8_t { none, unknown, files, folders, choices };

Values values_of(UsageOption const& option) {
  auto const& word = option.by_place ? option.names.front() : option.value;
  if (word.empty()) return Values::none;
  if (!option.choices.empty()) return Values::choices;
  if (word == "SCENARIO" || word == "FILE") return Values::files;
  if (word == "DIR") return Values::folders;
  return Values::unknown;
}

std::string joined(std::vector<std::string> const& words, std::string const& between, std::string const& before = "") {
  std::string out;
  for (auto const& word : words) out += (out.empty() ? "" : between) + before + word;
  return out;
}

std::vector<std::string> names_of(Usage const& usage) {
  std::vector<std::string> names;
  for (auto const& option : usage.options)
    if (!option.by_place) names.insert(names.end(), option.names.begin(), option.names.end());
  return names;
}

std::string quoted(std::string const& text) {
  std::string out = "'";
  for (char const c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

// bash 3.2 is still that of macOS: no mapfile, no compopt.
constexpr char const* bash_start = R"(# made by: cwtsim help completion bash
_cwtsim_reply() {
  local line
  while IFS= read -r line; do
    COMPREPLY[${#COMPREPLY[@]}]=$line
  done < <(compgen "$@" -- "$word")
}

_cwtsim() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]} valued='' place=0 i
  COMPREPLY=()
  # --out=DIR is three words here
  if [ "$word" = = ]; then
    word=''
  elif [ "$before" = = ] && [ "$COMP_CWORD" -gt 2 ]; then
    before=${COMP_WORDS[COMP_CWORD-2]}
  fi
)";

constexpr char const* bash_places = R"(  for ((i = 2; i < COMP_CWORD; i++)); do
    case ${COMP_WORDS[i]} in -* | =) continue ;; esac
    case " = $valued " in *" ${COMP_WORDS[i-1]} "*) continue ;; esac
    place=$((place + 1))
  done
)";

/// How the replies for an option or a place are asked for; ":" where there are none.
std::string bash_reply(UsageOption const& option) {
  switch (values_of(option)) {
    case Values::files:
      return "_cwtsim_reply -f";
    case Values::folders:
      return "_cwtsim_reply -d";
    case Values::choices:
      return "_cwtsim_reply -W " + quoted(joined(option.choices, " "));
    case Values::none:
    case Values::unknown:
      return ":";
  }
  return ":";
}

std::string bash(Usage const& program) {
  std::string names, valued, values, options, places;
  for (auto const& command : program.commands) {
    std::vector<std::string> with_value;
    int place = 0;
    names += command.name + " ";
    for (auto const& option : command.options) {
      if (option.by_place) {
        places += fmt::format("    {}:{}) {} ;;\n", command.name, place++, bash_reply(option));
      } else if (!option.value.empty()) {
        values +=
            fmt::format("    {}) {}; return ;;\n", joined(option.names, " | ", command.name + ":"), bash_reply(option));
        with_value.insert(with_value.end(), option.names.begin(), option.names.end());
      }
    }
    valued += fmt::format("    {}) valued={} ;;\n", command.name, quoted(joined(with_value, " ")));
    options +=
        fmt::format("        {}) _cwtsim_reply -W {} ;;\n", command.name, quoted(joined(names_of(command), " ")));
  }
  std::string out = bash_start;
  out += fmt::format("  if [ \"$COMP_CWORD\" = 1 ]; then\n    _cwtsim_reply -W {}\n    return\n  fi\n",
                     quoted(names + joined(names_of(program), " ")));
  out += "  case $command:$before in\n" + values + "  esac\n";
  out +=
      "  case $word in\n    -*)\n      case $command in\n" + options + "      esac\n      return\n      ;;\n  esac\n";
  out += "  case $command in\n" + valued + "  esac\n" + bash_places;
  out += "  case $command:$place in\n" + places + "  esac\n}\ncomplete -o filenames -F _cwtsim cwtsim\n";
  return out;
}

/// Text within a specification of _arguments.
std::string zsh_text(std::string const& text) {
  std::string out;
  for (char const c : text) out += (c == '[' || c == ']' || c == ':' || c == '\\' ? "\\" : "") + std::string(1, c);
  return out;
}

std::string zsh_action(UsageOption const& option) {
  switch (values_of(option)) {
    case Values::files:
      return "_files";
    case Values::folders:
      return "_files -/";
    case Values::choices:
      return "(" + joined(option.choices, " ") + ")";
    case Values::none:
    case Values::unknown:
      return "";
  }
  return "";
}

/// The specifications for _arguments, a line each.
std::string zsh_options(Usage const& usage, std::string const& indent) {
  std::string out;
  int place = 1;
  for (auto const& option : usage.options) {
    if (option.by_place) {
      out += " \\\n" + indent +
             quoted(fmt::format("{}{}:{}:{}", place++, option.required ? "" : ":", zsh_text(option.names.front()),
                                zsh_action(option)));
      continue;
    }
    for (auto const& name : option.names) {
      auto spec = fmt::format("{}{}[{}]", name, option.value.empty() ? "" : "=", zsh_text(option.meaning));
      if (!option.value.empty()) spec += fmt::format(":{}:{}", zsh_text(option.value), zsh_action(option));
      out += " \\\n" + indent + quoted((option.may_repeat ? "*" : "") + spec);
    }
  }
  return out;
}

std::string zsh(Usage const& program) {
  std::string out = "#compdef cwtsim\n# made by: cwtsim help completion zsh\n_cwtsim() {\n";
  out += "  local curcontext=$curcontext state line\n  typeset -A opt_args\n  local -a commands=(\n";
  for (auto const& command : program.commands)
    out += "    " + quoted(command.name + ":" + zsh_text(command.meaning)) + "\n";
  out += "  )\n  _arguments -C" + zsh_options(program, "    ") + " \\\n    '1: :->command' '*:: :->arguments'\n";
  out += "  case $state in\n    command) _describe command commands ;;\n    arguments)\n      case $words[1] in\n";
  for (auto const& command : program.commands)
    out += fmt::format("        {})\n          _arguments{}\n          ;;\n", command.name,
                       zsh_options(command, "            "));
  return out + "      esac\n      ;;\n  esac\n}\n_cwtsim \"$@\"\n";
}

std::string fish_values(UsageOption const& option) {
  switch (values_of(option)) {
    case Values::files:
      return " -r -F";
    case Values::folders:
      return " -x -a '(__fish_complete_directories)'";
    case Values::choices:
      return " -x -a " + quoted(joined(option.choices, " "));
    case Values::unknown:
      return " -x";
    case Values::none:
      return "";
  }
  return "";
}

std::string fish_options(Usage const& usage, std::string const& when) {
  std::string out;
  for (auto const& option : usage.options) {
    std::string line = "complete -c cwtsim -n " + quoted(when);
    if (option.by_place) {
      auto const values = values_of(option);
      if (values == Values::files) out += line + " -F\n";
      if (values == Values::choices) out += line + " -a " + quoted(joined(option.choices, " ")) + "\n";
      continue;
    }
    for (auto const& name : option.names)
      line += name.rfind("--", 0) == 0 ? " -l " + name.substr(2) : " -s " + name.substr(1);
    out += line + fish_values(option) + " -d " + quoted(option.meaning) + "\n";
  }
  return out;
}

std::string fish(Usage const& program) {
  std::string out = "# made by: cwtsim help completion fish\ncomplete -c cwtsim -f\n";
  for (auto const& command : program.commands)
    out +=
        fmt::format("complete -c cwtsim -n __fish_use_subcommand -a {} -d {}\n", command.name, quoted(command.meaning));
  out += fish_options(program, "__fish_use_subcommand");
  for (auto const& command : program.commands)
    out += fish_options(command, "__fish_seen_subcommand_from " + command.name);
  return out;
}

}  // namespace

std::string completion(Usage const& program, Shell shell) {
  switch (shell) {
    case Shell::bash:
      return bash(program);
    case Shell::zsh:
      return zsh(program);
    case Shell::fish:
      return fish(program);
  }
  return {};
}

}  // namespace cwtsim::cli
