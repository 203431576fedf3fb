#pragma once
// Words and columns of the text report.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cwtsim/core/statistics.hpp"
#include "cwtsim/files/table.hpp"
#include "cwtsim/report/text.hpp"

namespace cwtsim::report {

using files::format_number;
using files::printable;

inline constexpr std::size_t page_width = 100;

enum class Tone : std::uint8_t { plain, heading, good, middling, bad };

/// A cell and the colour it may have.
struct Word {
  std::string text;
  Tone tone = Tone::plain;
  // NOLINTNEXTLINE(google-explicit-constructor): a text is a word
  Word(std::string t, Tone c = Tone::plain) : text(std::move(t)), tone(c) {}
  // NOLINTNEXTLINE(google-explicit-constructor): likewise
  Word(char const* t) : text(t) {}
};

/// Columns under headers: the first ones left, numbers right; names are shortened until a line fits the page,
/// those that differ to texts that differ where that can be.
struct Columns {
  std::vector<std::string> headers;
  std::size_t left = 1;  ///< so many columns are names
  std::vector<std::vector<Word>> rows;
};
void append_columns(std::string& out, Columns const& columns, Colour colour);

[[nodiscard]] std::string painted(std::string text, Tone tone, Colour colour);
/// A heading after an empty line.
void append_heading(std::string& out, std::string_view text, Colour colour);
/// Sentences broken into lines of the page, indented.
void append_wrapped(std::string& out, std::string_view text, std::size_t indent);
/// Characters, not bytes.
[[nodiscard]] std::size_t width_of(std::string_view text);

[[nodiscard]] std::string percent(double share);                ///< "80.9", of 0.809
[[nodiscard]] std::string grouped(double number);               ///< "12,345"
[[nodiscard]] std::string a_few(double number);                 ///< "12,345", "46.2", "0.31"
[[nodiscard]] std::string length_of_time(double days);          ///< "12 min", "5.2 h", "12.3 days"
[[nodiscard]] std::string percent_interval(Estimate const& e);  ///< "80.9 (79.8 to 82.0)", or without
[[nodiscard]] std::string not_estimable(std::uint64_t replications);

/// Marks the intervals of a section that too few replications stand behind, and says so below it.
class Advice {
 public:
  /// "*" or nothing.
  std::string mark(Estimate const& e);
  std::string mark(std::optional<Estimate> const& e) { return e ? mark(*e) : ""; }
  /// The line below, where something was marked.
  void append_to(std::string& out, std::uint64_t replications) const;

 private:
  std::uint64_t least_ = 0, most_ = 0;
};

}  // namespace cwtsim::report
