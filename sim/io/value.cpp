#include "value.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace cwtsim::io {

std::string place_text(FileNames const& files, Place place) {
  if (place.file >= files.size()) return {};
  auto const& name = files[place.file];
  return place.line == 0 ? name : fmt::format("{}:{}:{}", name, place.line, place.column);
}

Value const* Value::find(std::string_view key) const {
  auto const at = std::find_if(members.begin(), members.end(), [&](Member const& m) { return m.key == key; });
  return at == members.end() ? nullptr : &at->value;
}

Value* Value::find(std::string_view key) {
  auto const at = std::find_if(members.begin(), members.end(), [&](Member const& m) { return m.key == key; });
  return at == members.end() ? nullptr : &at->value;
}

void Value::erase(std::string_view key) {
  std::erase_if(members, [&](Member const& m) { return m.key == key; });
}

Value text_value(std::string text) {
  Value v;
  v.kind = ValueKind::text;
  v.text = std::move(text);
  return v;
}

Value number_value(std::string text) {
  Value v;
  v.kind = ValueKind::number;
  v.text = std::move(text);
  return v;
}

std::string json_string(std::string_view text) {
  std::string out = "\"";
  for (char const c : text) {
    auto const byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\')
      (out += '\\') += c;
    else if (c == '\n')
      out += "\\n";
    else if (byte < 0x20 || byte == 0x7f)
      out += fmt::format("\\u{:04x}", byte);
    else
      out += c;
  }
  return out += '"';
}

namespace {

constexpr std::size_t line_width = 110;

std::string on_one_line(Value const& v) {
  switch (v.kind) {
    case ValueKind::null:
      return "null";
    case ValueKind::boolean:
      return v.truth ? "true" : "false";
    case ValueKind::number:
      return v.text;
    case ValueKind::text:
      return json_string(v.text);
    case ValueKind::list:
    case ValueKind::object:
      break;
  }
  bool const list = v.kind == ValueKind::list;
  std::string out = list ? "[" : "{";
  for (auto const& item : v.items) {
    if (out.size() > 1) out += ", ";
    out += on_one_line(item);
    if (out.size() > line_width) return out;
  }
  for (auto const& m : v.members) {
    out += out.size() > 1 ? ", " : " ";
    out += json_string(m.key) + ": " + on_one_line(m.value);
    if (out.size() > line_width) return out;
  }
  return out + (list ? "]" : v.members.empty() ? "}" : " }");
}

void write_value(Value const& v, std::size_t depth, std::size_t used, std::string& out) {
  bool const nested = v.is(ValueKind::list) || v.is(ValueKind::object);
  auto line = on_one_line(v);
  if (!nested || used + line.size() <= line_width) {
    out += line;
    return;
  }
  bool const list = v.is(ValueKind::list);
  out += list ? "[" : "{";
  std::string const indent(2 * (depth + 1), ' ');
  char const* comma = "\n";
  for (auto const& item : v.items) {
    out += comma + indent;
    write_value(item, depth + 1, indent.size(), out);
    comma = ",\n";
  }
  for (auto const& m : v.members) {
    auto const key = json_string(m.key) + ": ";
    out += comma + indent + key;
    write_value(m.value, depth + 1, indent.size() + key.size(), out);
    comma = ",\n";
  }
  out += "\n" + std::string(2 * depth, ' ') + (list ? "]" : "}");
}

}  // namespace

std::string write_json(Value const& value) {
  std::string out;
  write_value(value, 0, 0, out);
  return out;
}

std::string shown(std::string_view text) {
  constexpr std::size_t longest = 60;
  return '"' + cut_short(text, longest) + '"';
}

std::string shown(Value const& value) {
  switch (value.kind) {
    case ValueKind::null:
      return "null";
    case ValueKind::boolean:
      return value.truth ? "true" : "false";
    case ValueKind::number:
      return value.text.size() <= 40 ? value.text : value.text.substr(0, 40) + "...";
    case ValueKind::text:
      return shown(std::string_view(value.text));
    case ValueKind::list:
      return "a list";
    case ValueKind::object:
      break;
  }
  return "an object";
}

std::string in_short(Value const& value) {
  if (value.is(ValueKind::text)) {
    auto const quoted = shown(std::string_view(value.text));
    return quoted.substr(1, quoted.size() - 2);
  }
  if (!value.is(ValueKind::list) && !value.is(ValueKind::object)) return shown(value);
  constexpr std::size_t longest = 60;
  auto text = write_json(value);
  if (text.size() <= longest && text.find('\n') == std::string::npos) return text;
  return value.is(ValueKind::list) ? fmt::format("a list of {}", value.items.size())
                                   : fmt::format("an object of {}", value.members.size());
}

std::optional<double> number_of(Value const& value) {
  double x = 0;
  if (!value.is(ValueKind::number)) return std::nullopt;
  auto const parsed = std::from_chars(value.text.data(), value.text.data() + value.text.size(), x);
  return parsed.ec == std::errc{} && std::isfinite(x) ? std::optional(x) : std::nullopt;
}

std::string decimal(double x) {
  auto text = fmt::format("{:.15g}", x);
  return text == "-0" ? "0" : text;
}

std::vector<std::string> pointer_tokens(std::string_view pointer) {
  std::vector<std::string> tokens;
  if (pointer.empty() || pointer.front() != '/') return tokens;
  tokens.emplace_back();
  for (std::size_t i = 1; i < pointer.size(); ++i) {
    char const c = pointer[i];
    if (c == '/') {
      tokens.emplace_back();
    } else if (c == '~' && i + 1 < pointer.size() && (pointer[i + 1] == '0' || pointer[i + 1] == '1')) {
      tokens.back() += pointer[++i] == '0' ? '~' : '/';
    } else {
      tokens.back() += c;
    }
  }
  return tokens;
}

}  // namespace cwtsim::io
