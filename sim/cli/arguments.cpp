#include "arguments.hpp"

#include <fmt/format.h>

#include <charconv>

#include "cwtsim/files/table.hpp"

namespace cwtsim::cli {

std::uint64_t count_argument(std::string const& option, std::string const& text, std::uint64_t least,
                             std::uint64_t most) {
  std::uint64_t value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  bool const whole = error == std::errc() && end == text.data() + text.size();
  if (!whole || value < least || value > most)
    throw BadArgument(
        fmt::format("{}: '{}' is not a whole number from {} to {}", option, files::printable(text), least, most));
  return value;
}

double points_argument(std::string const& option, std::string const& text, double most) {
  double value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  bool const whole = error == std::errc() && end == text.data() + text.size();
  if (!whole || !(value > 0) || !(value <= most))
    throw BadArgument(fmt::format("{}: '{}' is not a number of points above 0 and up to {}, such as 0.5", option,
                                  files::printable(text), most));
  return value;
}

Duration duration_argument(std::string const& option, std::string const& text) {
  auto const duration = parse_duration(text);
  if (!duration || !(duration->seconds >= 0) || duration->seconds > 366 * seconds_per_day)
    throw BadArgument(
        fmt::format("{}: '{}' is not a length of time up to a year with its unit, such as \"90 s\" or "
                    "\"2 hours\"",
                    option, files::printable(text)));
  return *duration;
}

std::uint64_t size_argument(std::string const& option, std::string const& text) {
  struct Unit {
    std::string_view name;
    std::uint64_t bytes;
  };
  constexpr Unit units[] = {{"kB", 1'000},    {"MB", 1'000'000}, {"GB", 1'000'000'000},
                            {"KiB", 1 << 10}, {"MiB", 1 << 20},  {"GiB", 1 << 30}};
  std::uint64_t value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
  if (!unit.empty() && unit.front() == ' ') unit.remove_prefix(1);
  for (auto const& u : units)
    if (error == std::errc() && unit == u.name && value > 0 && value <= (std::uint64_t{1} << 50) / u.bytes)
      return value * u.bytes;
  throw BadArgument(
      fmt::format("{}: '{}' is not a size such as \"500 MB\" or \"2 GiB\"", option, files::printable(text)));
}

}  // namespace cwtsim::cli
