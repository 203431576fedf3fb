#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <unordered_map>

#include "encoding.hpp"
#include "value.hpp"

namespace cwtsim::io {
namespace {

using Json = nlohmann::json;

constexpr std::size_t deepest = 64;
constexpr std::size_t most_duplicates = 1000;
constexpr std::size_t most_values = 2'000'000;

/// Walks the text beside the parser, which gives no positions: each token the parser reports is the next one here.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) {}

  /// Moves to the first character of the next token, at most to `end`.
  void to_token(std::size_t end) {
    while (at_ < std::min(end, text_.size()) && is_between(text_[at_])) step();
  }
  /// Moves past the token that starts here and returns it.
  std::string_view token() {
    auto const start = at_;
    char const first = text_[at_];
    step();
    if (first == '"') {
      while (text_[at_] != '"') {
        if (text_[at_] == '\\') step();
        step();
      }
      step();
    } else if (first != '{' && first != '}' && first != '[' && first != ']') {
      while (at_ < text_.size() && !is_between(text_[at_]) && text_[at_] != '}' && text_[at_] != ']') step();
    }
    return text_.substr(start, at_ - start);
  }
  [[nodiscard]] Place place(std::uint32_t file) const { return {file, line_, column_}; }
  [[nodiscard]] std::size_t offset() const { return at_; }
  [[nodiscard]] std::size_t size() const { return text_.size(); }
  /// The last character before `at` that is not blank, or NUL.
  [[nodiscard]] char before() const {
    auto const last = text_.substr(0, at_).find_last_not_of(" \t\r\n");
    return last == text_.npos ? '\0' : text_[last];
  }
  void step() {
    auto const byte = static_cast<unsigned char>(text_[at_++]);
    if (byte == '\n') {
      ++line_;
      column_ = 1;
    } else if (at_ >= text_.size() || (static_cast<unsigned char>(text_[at_]) & 0xC0U) != 0x80U) {
      ++column_;  // characters are counted, not the bytes of UTF-8
    }
  }

 private:
  static bool is_between(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == ',' || c == ':'; }

  std::string_view text_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1, column_ = 1;
};

struct Wrong {
  std::string what, suggestion;
};

/// What is wrong with the text, from the kind of error and the character it happened at; the wording is ours, so that
/// it is the same with every version of the library.
Wrong wrong_with(std::string_view error, std::string_view text, Cursor const& at) {
  auto const says = [&](std::string_view part) { return error.find(part) != error.npos; };
  if (says("out_of_range")) return {"this number is too large for a computer (about 1.8e308 is the largest)", ""};
  if (says("ill-formed UTF-8"))
    return {"this is not UTF-8 text (JSON files are)", "Save the file with the encoding UTF-8"};
  if (at.offset() >= text.size())
    return {"the file ends too early (a bracket or a quote is still open)", "Close what is open"};
  char const c = text[at.offset()];
  if (says("must be escaped"))
    return {"a line break or another control character stands inside a text (JSON does not allow it)",
            "Close the quote before it, or write \\n"};
  if (says("invalid string")) return {"this text is broken (a wrong backslash)", "Write \\\\ for a backslash"};
  if (c == '/') return {"JSON has no comments", "Use a key that starts with _ instead, as in \"_note\": \"...\""};
  if (c == '\'') return {"a single quote stands here (JSON uses double quotes)", "Write \"...\""};
  if ((c == '}' || c == ']') && at.before() == ',')
    return {"a comma stands before a closing bracket (JSON does not allow it)", "Take the comma away"};
  if (says("invalid number")) return {"this number is broken (JSON writes numbers like 12, 0.5 or 1e6)", ""};
  if (says("invalid literal"))
    return {"this word is not JSON (only true, false and null stand without quotes)", "Put it in double quotes"};
  if (says("end of input")) return {"something stands after the end of the scenario", "Take it away"};
  std::string found(1, c);
  return {fmt::format("{} is not expected here (a comma, a colon, a quote or a bracket may be missing before it)",
                      found == "\"" ? "a text" : shown(std::string_view(found))),
          ""};
}

/// Receives the parser's events and builds the value.
class Builder {
 public:
  Builder(std::string_view text, std::uint32_t file, FileNames const& files, Problems& problems)
      : text_(text), cursor_(text), file_(file), files_(files), problems_(problems) {}

  bool null() { return scalar(ValueKind::null, "", false); }
  bool boolean(bool truth) { return scalar(ValueKind::boolean, "", truth); }
  bool number_integer(Json::number_integer_t) { return number(); }
  bool number_unsigned(Json::number_unsigned_t) { return number(); }
  bool number_float(Json::number_float_t, std::string const&) { return number(); }
  bool string(std::string& text) { return scalar(ValueKind::text, std::move(text), false); }
  bool binary(Json::binary_t&) { return false; }
  bool start_object(std::size_t) { return open(ValueKind::object); }
  bool start_array(std::size_t) { return open(ValueKind::list); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }

  bool key(std::string& key) {
    cursor_.to_token(cursor_.size());
    auto const place = cursor_.place(file_);
    cursor_.token();
    auto& object = *open_.back().value;
    auto& seen = open_.back().lines;
    open_.back().skips = false;
    if (auto const before = seen.find(key); before != seen.end()) {
      open_.back().skips = true;
      if (problems_.size() < most_duplicates)
        problems_.add({pointer() + '/' + escape_pointer(key),
                       fmt::format("the key {} is given twice (first in line {}; which one holds would be a guess)",
                                   shown(std::string_view(key)), before->second),
                       "Keep one of them", place_text(files_, place)});
    } else {
      seen.emplace(key, place.line);
    }
    object.members.push_back({std::move(key), place, {}});
    return true;
  }

  bool parse_error(std::size_t position, std::string const&, Json::exception const& error) {
    std::string_view const says = error.what();
    auto const last_read = position == 0 ? 0 : position - 1;
    cursor_.to_token(last_read);
    bool const inside = says.find("invalid string") != says.npos;
    while (inside && cursor_.offset() < std::min(last_read, text_.size())) cursor_.step();
    auto wrong = wrong_with(says, text_, cursor_);
    problems_.add({"", std::move(wrong.what), std::move(wrong.suggestion), place_text(files_, cursor_.place(file_))});
    return false;
  }

  Value root;

 private:
  struct Open {
    Value* value;
    std::unordered_map<std::string, std::uint32_t> lines;  ///< of the keys seen
    bool skips = false;                                    ///< the value to come belongs to a key given twice
  };

  [[nodiscard]] std::string pointer() const {
    std::string p;
    for (std::size_t i = 0; i + 1 < open_.size(); ++i) {
      auto const& v = *open_[i].value;
      p += '/' + (v.is(ValueKind::object) ? escape_pointer(v.members.back().key) : std::to_string(v.items.size() - 1));
    }
    return p;
  }

  Value& next() {
    if (open_.empty()) return root;
    auto& v = *open_.back().value;
    return v.is(ValueKind::object) ? v.members.back().value : v.items.emplace_back();
  }

  bool scalar(ValueKind kind, std::string text, bool truth) {
    cursor_.to_token(cursor_.size());
    auto& v = next();
    v.kind = kind;
    v.text = std::move(text);
    v.truth = truth;
    v.place = cursor_.place(file_);
    cursor_.token();
    after();
    return not_too_many();
  }

  bool number() {
    cursor_.to_token(cursor_.size());
    auto& v = next();
    v.kind = ValueKind::number;
    v.place = cursor_.place(file_);
    v.text = cursor_.token();
    bool const told = is_too_small(v.text) && too_small(v.place);
    after();
    return !told && not_too_many();
  }

  /// One that is not 0 and that no double comes near.
  static bool is_too_small(std::string const& number) {
    double value = 0;
    auto const parsed = std::from_chars(number.data(), number.data() + number.size(), value);
    bool const zero = number.find_first_of("123456789") >= std::min(number.find_first_of("eE"), number.size());
    return !zero && (parsed.ec == std::errc::result_out_of_range || value == 0);
  }
  bool too_small(Place place) {
    problems_.add({"", "this number is too small for a computer (about 4.9e-324 is the smallest above 0)",
                   "Write 0 if nothing is meant", place_text(files_, place)});
    return true;
  }

  bool open(ValueKind kind) {
    cursor_.to_token(cursor_.size());
    if (open_.size() == deepest) {
      problems_.add({"", fmt::format("brackets are nested more than {} deep (no scenario needs that)", deepest), "",
                     place_text(files_, cursor_.place(file_))});
      return false;
    }
    auto& v = next();
    v.kind = kind;
    v.place = cursor_.place(file_);
    cursor_.token();
    open_.push_back({&v, {}, false});
    return not_too_many();
  }

  bool close() {
    cursor_.to_token(cursor_.size());
    cursor_.token();
    open_.pop_back();
    after();
    return true;
  }

  /// A small file may hold so many empty brackets that they do not fit into memory as values.
  bool not_too_many() {
    if (++values_ <= most_values) return true;
    problems_.add({"", fmt::format("the file holds more than {} values (no scenario needs that)", most_values), "",
                   place_text(files_, cursor_.place(file_))});
    return false;
  }

  void after() {
    if (!open_.empty() && open_.back().skips) open_.back().value->members.pop_back();
  }

  std::string_view text_;
  Cursor cursor_;
  std::uint32_t file_;
  FileNames const& files_;
  Problems& problems_;
  std::vector<Open> open_;
  std::size_t values_ = 0;
};

}  // namespace

Value parse_json(std::string_view text, std::uint32_t file, FileNames const& files, Problems& problems) {
  if (auto const wide = wide_encoding(text); !wide.empty()) {
    problems.add({"", fmt::format("the file is {} text (JSON files are UTF-8)", wide),
                  "Save it with the encoding UTF-8", place_text(files, {file, 1, 1})});
    return {};
  }
  text = without_mark(text);
  // the parser takes it for the end of the text
  if (auto const nul = text.find('\0'); nul != text.npos) {
    Cursor cursor(text);
    while (cursor.offset() < nul) cursor.step();
    problems.add({"", "a NUL byte stands here (a text has none, so this is something else or has been damaged)",
                  "Save the file as UTF-8 text", place_text(files, cursor.place(file))});
    return {};
  }
  Builder builder(text, file, files, problems);
  if (!Json::sax_parse(text.begin(), text.end(), &builder)) return {};
  return std::move(builder.root);
}

}  // namespace cwtsim::io
