#include "owner_file.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <map>
#include <string_view>

namespace cwtsim::files {
namespace {

constexpr std::string_view heading = "A run of cwtsim has this folder; it takes this file away when it ends.\n";
constexpr std::string_view ending = "end\n";

std::string line_of(std::string const& path) {
  auto const text = read_file(path).value_or("");
  return text.substr(0, text.find('\n'));
}

template <class Number>
Number number_in(std::string_view text) {
  Number number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

std::string text_of(Owner const& o) {
  return fmt::format("{}host {}\nboot {}\nprocess {}\nborn {}\nstarted {}\nheartbeat {}\nbeats {}\n{}", heading, o.host,
                     o.boot, o.process, o.born, o.started, o.heartbeat, o.beats, ending);
}

}  // namespace

std::string words_of(Owner const& owner) {
  return fmt::format("process {} on {}, since {}", owner.process, owner.host, owner.started);
}

std::string birth_of(std::int64_t process) {
  // "PID (NAME) STATE ...": the name may hold blanks and brackets; the time is the 20th word behind it.
  auto line = line_of(fmt::format("/proc/{}/stat", process));
  auto const name_end = line.rfind(')');
  if (name_end == std::string::npos) return {};
  std::string_view rest = std::string_view(line).substr(name_end + 1);
  for (int word = 0; word < 20; ++word) {
    auto const blank = rest.find(' ');
    if (blank == std::string_view::npos) return {};
    rest.remove_prefix(blank + 1);
  }
  return std::string(rest.substr(0, rest.find(' ')));
}

Owner this_process() {
  auto const now = utc_text(std::chrono::system_clock::now());
  return {host_name(), line_of("/proc/sys/kernel/random/boot_id"), ::getpid(), birth_of(::getpid()), now, now, 0};
}

std::optional<Owner> read_owner(std::string const& path) {
  auto const text = read_file(path);
  if (!text || text->rfind(heading, 0) != 0 || !std::string_view(*text).ends_with(ending)) return std::nullopt;
  std::map<std::string_view, std::string_view> said;
  std::string_view rest = std::string_view(*text).substr(heading.size());
  while (!rest.empty()) {
    auto const line = rest.substr(0, rest.find('\n'));
    auto const blank = line.find(' ');
    if (blank != std::string_view::npos) said[line.substr(0, blank)] = line.substr(blank + 1);
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
  }
  auto const word = [&said](std::string_view key) { return std::string(said[key]); };
  return Owner{word("host"),    word("boot"),      number_in<std::int64_t>(said["process"]), word("born"),
               word("started"), word("heartbeat"), number_in<std::uint64_t>(said["beats"])};
}

bool write_owner(int handle, Owner const& owner) {
  auto const text = text_of(owner);
  auto const size = static_cast<ssize_t>(text.size());
  return ::pwrite(handle, text.data(), text.size(), 0) == size && ::ftruncate(handle, size) == 0;
}

bool is_same(Owner const& a, Owner const& b) {
  return a.host == b.host && a.boot == b.boot && a.process == b.process && a.born == b.born && a.started == b.started;
}

}  // namespace cwtsim::files
