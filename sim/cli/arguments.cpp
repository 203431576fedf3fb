#include "arguments.hpp"

#include <fmt/format.h>

#include <charconv>

#include "cwtsim/report/table.hpp"

namespace cwtsim::cli {

std::uint64_t count_argument(std::string const& option, std::string const& text, std::uint64_t least,
                             std::uint64_t most) {
  std::uint64_t value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  bool const whole = error == std::errc() && end == text.data() + text.size();
  if (!whole || value < least || value > most)
    throw BadArgument(
        fmt::format("{}: '{}' is not a whole number from {} to {}", option, report::printable(text), least, most));
  return value;
}

double points_argument(std::string const& option, std::string const& text, double most) {
  double value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  bool const whole = error == std::errc() && end == text.data() + text.size();
  if (!whole || !(value > 0) || !(value <= most))
    throw BadArgument(fmt::format("{}: '{}' is not a number of points above 0 and up to {}, such as 0.5", option,
                                  report::printable(text), most));
  return value;
}

}  // namespace cwtsim::cli
