#include "manual.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <string_view>

namespace cwtsim::cli {
namespace {

/// Text as roff prints it unchanged.
std::string roff(std::string_view text) {
  std::string out;
  for (char const c : text) switch (c) {
      case '\\':
        out += "\\(rs";
        break;
      case '-':
        out += "\\-";
        break;
      case '\'':
        out += "\\(aq";
        break;
      case '"':
        out += "\\(dq";
        break;
      case '`':
        out += "\\(ga";
        break;
      case '^':
        out += "\\(ha";
        break;
      case '~':
        out += "\\(ti";
        break;
      default:
        out += c;
    }
  return !out.empty() && out.front() == '.' ? "\\&" + out : out;
}

/// "SCENARIO", "[PATHWAY]".
std::string place(UsageOption const& option) {
  auto const& name = option.names.front();
  return option.required ? name : "[" + name + "]";
}

std::string sentence(std::string text) {
  if (!text.empty()) text.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(text.front())));
  return text.empty() || text.back() == '.' ? text : text + '.';
}

/// What every command has is told of once, with the program.
bool is_help(UsageOption const& option) {
  return option.names.back() == "--help";
}

/// The line that says how a command is written.
std::string synopsis(Usage const& program, Usage const& command) {
  auto out = fmt::format(".B {} {}\n", roff(program.name), roff(command.name));
  bool const has_options = std::any_of(command.options.begin(), command.options.end(),
                                       [](auto const& option) { return !option.by_place && !is_help(option); });
  if (has_options) out += ".RI [ options ]\n";
  for (auto const& option : command.options)
    if (option.by_place) out += fmt::format(".I {}\n", roff(place(option)));
  return out;
}

std::string options(Usage const& usage) {
  std::string out;
  for (auto const& option : usage.options) {
    if (is_help(option) && usage.commands.empty()) continue;
    auto const names = roff(fmt::format("{}", fmt::join(option.names, ", ")));
    out += ".TP\n";
    if (option.by_place)
      out += fmt::format(".I {}\n", names);
    else if (option.value.empty())
      out += fmt::format(".B {}\n", names);
    else
      out += fmt::format(".BI \"{} \" {}{}\n", names, roff(option.value), option.may_repeat ? " \" ...\"" : "");
    out += roff(sentence(option.meaning)) + "\n";
  }
  return out;
}

}  // namespace

std::string manual_page(Usage const& program, std::vector<ExitMeaning> const& exits, std::string const& version) {
  auto const& name = program.name;
  std::string out = fmt::format(".\\\" made by: {} help man\n.TH {} 1 \"\" \"{} {}\" \"User Commands\"\n", name,
                                roff(name), roff(name), roff(version));
  // NAME wants what the program does, without its name and a full stop
  auto does = program.meaning;
  if (does.rfind(name + " ", 0) == 0) does.erase(0, name.size() + 1);
  if (!does.empty() && does.back() == '.') does.pop_back();
  out += fmt::format(".SH NAME\n{} \\- {}\n", roff(name), roff(does));
  out += ".SH SYNOPSIS\n";
  for (std::size_t i = 0; i < program.commands.size(); ++i)
    out += (i > 0 ? ".br\n" : "") + synopsis(program, program.commands[i]);
  out += ".SH COMMANDS\n";
  for (auto const& command : program.commands)
    out += fmt::format(".SS {}\n{}\n", roff(command.name), roff(sentence(command.meaning))) + options(command);
  out += ".SH OPTIONS\n" + options(program);
  out += ".SH EXIT STATUS\n";
  for (auto const& exit : exits) out += fmt::format(".TP\n.B {}\n{}\n", exit.code, roff(sentence(exit.meaning)));
  return out;
}

}  // namespace cwtsim::cli
