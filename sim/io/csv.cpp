#include "csv.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "encoding.hpp"

namespace cwtsim::io {
namespace {

/// Without blanks around it; hospital systems write ones that do not break, too.
std::string_view trimmed(std::string_view text) {
  constexpr std::string_view unbroken = "\xC2\xA0";
  for (;;) {
    if (text.starts_with(' ') || text.starts_with('\t'))
      text.remove_prefix(1);
    else if (text.ends_with(' ') || text.ends_with('\t'))
      text.remove_suffix(1);
    else if (text.starts_with(unbroken))
      text.remove_prefix(2);
    else if (text.ends_with(unbroken))
      text.remove_suffix(2);
    else
      return text;
  }
}

/// The separator that stands in most places of the first line that has any, outside quotes.
char separator_of(std::string_view text) {
  constexpr std::string_view candidates = ",;\t";
  std::size_t counts[] = {0, 0, 0};
  bool quoted = false;
  for (char const c : text) {
    if (c == '"') quoted = !quoted;
    auto const which = candidates.find(c);
    if (!quoted && which != candidates.npos) ++counts[which];
    bool const any = std::any_of(std::begin(counts), std::end(counts), [](auto n) { return n > 0; });
    if (!quoted && any && (c == '\n' || c == '\r')) break;
  }
  return candidates[static_cast<std::size_t>(std::max_element(std::begin(counts), std::end(counts)) -
                                             std::begin(counts))];
}

class CsvParser {
 public:
  CsvParser(std::string_view text, std::uint32_t file) : text_(text), file_(file), separator_(separator_of(text)) {}

  std::vector<CsvRow> rows() {
    while (at_ < text_.size()) {
      CsvRow row;
      do row.push_back(cell());
      while (open_.line == 0 && take(separator_));
      if (open_.line != 0) break;
      end_line();
      if (std::any_of(row.begin(), row.end(), [](Cell const& c) { return !c.text.empty(); }))
        rows_.push_back(std::move(row));
    }
    return std::move(rows_);
  }
  /// Where a quote stands that is not closed; line 0 if there is none.
  [[nodiscard]] Place open() const { return open_; }

 private:
  Cell cell() {
    Cell cell{{}, {file_, line_, column_}};
    while (at_ < text_.size() && text_[at_] == ' ') step();
    bool const quoted = take('"');
    if (quoted) cell.text = quoted_text(cell.place);
    while (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\n' && text_[at_] != '\r') {
      cell.text += text_[at_];
      step();
    }
    cell.text = std::string(trimmed(cell.text));
    return cell;
  }
  std::string quoted_text(Place from) {
    std::string inside;
    while (at_ < text_.size()) {
      if (take('"') && !(at_ < text_.size() && text_[at_] == '"')) return inside;
      if (at_ < text_.size()) inside += text_[at_];
      step();
    }
    open_ = from;
    return inside;
  }
  bool take(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    step();
    return true;
  }
  void end_line() {
    if (at_ < text_.size() && text_[at_] == '\r' && !(at_ + 1 < text_.size() && text_[at_ + 1] == '\n')) {
      ++at_;
      ++line_;
      column_ = 1;
      return;
    }
    take('\r');
    take('\n');
  }
  void step() {
    if (at_ >= text_.size()) return;
    if (text_[at_++] == '\n') {
      ++line_;
      column_ = 1;
    } else if (at_ >= text_.size() || (static_cast<unsigned char>(text_[at_]) & 0xC0U) != 0x80U) {
      ++column_;
    }
  }

  std::string_view text_;
  std::uint32_t file_;
  char separator_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1, column_ = 1;
  Place open_;
  std::vector<CsvRow> rows_;
};

}  // namespace

std::vector<CsvRow> parse_csv(std::string_view text, std::uint32_t file, FileNames const& files, Problems& problems) {
  auto const refuse = [&](Place place, std::string what, std::string mend) {
    problems.add({"", std::move(what), std::move(mend), place_text(files, place)});
    return std::vector<CsvRow>{};
  };
  if (auto const wide = wide_encoding(text); !wide.empty())
    return refuse({file, 1, 1}, fmt::format("the file is {} text (a list is read as UTF-8 or Windows-1252)", wide),
                  "Save it as \"CSV UTF-8\"");
  if (auto const zero = text.find('\0'); zero != text.npos)
    return refuse({file, 0, 0}, "the file holds bytes that are no text (is it a spreadsheet?)",
                  "Save it as \"CSV UTF-8\"");
  text = without_mark(text);
  std::string const other = is_utf8(text) ? std::string{} : from_windows_1252(text);
  CsvParser parser(other.empty() ? text : std::string_view(other), file);
  auto rows = parser.rows();
  if (parser.open().line != 0)
    return refuse(parser.open(), "a quote begins here and is not closed",
                  "Close it, or double it where it belongs to the text");
  return rows;
}

}  // namespace cwtsim::io
