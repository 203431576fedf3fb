// Distributions, shares, conditions and the frame of tables.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

#include "reader.hpp"

namespace cwtsim::io {
namespace {

bool is_shape(std::string_view key) {
  return std::find(shape_names.begin(), shape_names.end(), key) != shape_names.end();
}

bool is_whole_key(std::string_view key) {
  int n = 0;
  auto const parsed = std::from_chars(key.data(), key.data() + key.size(), n);
  return parsed.ec == std::errc{} && parsed.ptr == key.data() + key.size() && n >= 1 && n <= 1'000'000 &&
         key.front() != '0';
}

void read_bands(Reading& reading, At const& at, Doc const& doc, Bands& out) {
  if (!expect(reading, at, doc, ValueKind::object)) return;
  for (auto const& m : at.value.members) {
    if (is_comment(m.key)) continue;
    auto const inner = below(at, m);
    auto const length = parse_duration(m.key);
    if (!length)
      reading.refuse(inner.pointer, m.place,
                     fmt::format("{} is not a length of time (a band is a length of time and the share at or below it)",
                                 shown(std::string_view(m.key))),
                     "Write for example \"14 days\": 0.46");
    double share = 0;
    read_value(reading, inner, Doc{.example = "0.46", .min = 0, .max = 1}, share);
    out.cumulative.emplace_back(length.value_or(Duration{}), share);
  }
}

template <class S>
void read_shape(Reading& reading, At const& at, Doc const& doc, S& out) {
  if constexpr (std::is_same_v<S, Constant>) {
    read_value(reading, at, Doc{.text = doc.text, .example = "\"5 days\""}, out.value);
  } else if constexpr (std::is_same_v<S, Bands>) {
    read_bands(reading, at, Doc{.text = doc.text, .example = "{\"14 days\": 0.46, \"28 days\": 1}"}, out);
  } else {
    static_assert(Described<S>, "a shape has no `describe`");
    read_value(reading, at, Doc{}, out);
  }
}

/// Makes `shape` the one of that name; false if there is none.
template <std::size_t i = 0>
bool choose_shape(std::string_view name, Shape& shape) {
  if constexpr (i == std::variant_size_v<Shape>) {
    return false;
  } else {
    if (shape_names[i] != name) return choose_shape<i + 1>(name, shape);
    shape.emplace<i>();
    return true;
  }
}

}  // namespace

void read_value(Reading& reading, At const& at, Doc const& doc, Distribution& out) {
  out = {};
  if (!at.value.is(ValueKind::object)) {
    Duration d;
    read_value(reading, at, doc, d);
    out.shape = Constant{d};
    return;
  }
  std::vector<std::string> given;
  for (auto const& m : at.value.members) {
    if (is_comment(m.key)) continue;
    auto const inner = below(at, m);
    if (m.key == "plus") {
      read_value(reading, inner, Doc{.example = "\"1 day\""}, out.plus);
    } else if (choose_shape(m.key, out.shape)) {
      given.push_back('"' + m.key + '"');
      std::visit([&](auto& shape) { read_shape(reading, inner, doc, shape); }, out.shape);
    } else {
      std::vector<std::string> known(shape_names.begin(), shape_names.end());
      known.emplace_back("plus");
      auto const nearest = nearest_name(m.key, known);
      reading.refuse(
          inner.pointer, m.place,
          fmt::format("unknown key {} (a distribution is one of {}, and may have \"plus\"; a table needs \"by\")",
                      shown(std::string_view(m.key)), fmt::join(shape_names, ", ")),
          nearest.empty() ? std::string{} : fmt::format("Did you mean \"{}\"?", nearest));
      given.emplace_back();  // one message about it is enough
    }
  }
  if (given.empty())
    reading.refuse(at.pointer, at.value.place, "no shape is given (a distribution has exactly one)",
                   "Write for example {\"lognormal\": {\"median\": \"5 days\", \"p90\": \"30 days\"}}");
  if (given.size() > 1 && std::find(given.begin(), given.end(), "") == given.end())
    reading.refuse(
        at.pointer, at.value.place,
        fmt::format("{} are given at once (a distribution has exactly one shape)", fmt::join(given, " and ")),
        "Keep one of them; an inherited one is removed by null");
}

void read_numbers(Reading& reading, At const& at, Doc const& doc, Named<double>& out) {
  if (!expect(reading, at, doc, ValueKind::object)) return;
  out.items.clear();
  for (auto const& m : at.value.members) {
    auto const inner = below(at, m);
    if (is_comment(m.key) || !good_name(reading, m, inner.pointer)) continue;
    read_value(reading, inner, Doc{.text = doc.text, .min = doc.min, .max = doc.max},
               out.items.emplace_back(m.key, 0.0).second);
  }
  check_keys(reading, at, doc);
}

void read_value(Reading& reading, At const& at, Doc const& doc, scenario::Shares& out) {
  if (!doc.keys.empty()) return read_numbers(reading, at, doc, out);
  out.items.clear();
  if (doc.whole_keys && at.value.is(ValueKind::number)) {
    std::int64_t n = 0;
    read_value(reading, at, Doc{.example = "15", .min = 1, .max = 1e6}, n);
    out.items.emplace_back(std::to_string(n), 1.0);
    return;
  }
  if (at.value.is(ValueKind::text)) {
    std::string name;
    read_value(reading, at, Doc{.text = doc.text, .example = doc.example, .required = true}, name);
    out.items.emplace_back(std::move(name), 1.0);
  } else if (expect(reading, at, doc, ValueKind::object)) {
    for (auto const& m : at.value.members) {
      auto const inner = below(at, m);
      if (is_comment(m.key) || !good_name(reading, m, inner.pointer)) continue;
      auto& share = out.items.emplace_back(m.key, 0.0).second;
      if (m.value.is(ValueKind::object))
        reading.refuse(inner.pointer, m.value.place,
                       "an object is not a share (a table that depends on something says on what)",
                       "Add \"by\": [\"...\"] beside it, or write a number");
      else
        read_value(reading, inner, Doc{.text = doc.text, .example = "0.3", .min = 0, .max = 1}, share);
    }
    if (out.items.empty())
      reading.refuse(at.pointer, at.value.place, "no share is given (the shares must sum to 1)",
                     doc.example.empty() ? std::string{} : fmt::format("Write for example {}", doc.example));
  }
  if (!doc.whole_keys) return;
  for (auto const& [key, share] : out.items)
    if (!is_whole_key(key))
      reading.refuse(at.pointer, at.value.place,
                     fmt::format("{} is not a whole number from 1 (this is how many)", shown(std::string_view(key))),
                     fmt::format("Write for example {}", doc.example));
}

void read_value(Reading& reading, At const& at, Doc const& doc, scenario::Condition& out) {
  if (!expect(reading, at, doc, ValueKind::object)) return;
  for (auto const& m : at.value.members) {
    auto const inner = below(at, m);
    if (is_comment(m.key) || !good_name(reading, m, inner.pointer)) continue;
    read_value(reading, inner, Doc{.text = "levels", .example = "[\"yes\"]", .required = true},
               out.levels.items.emplace_back(m.key, std::vector<std::string>{}).second);
  }
}

void read_value(Reading& reading, At const& at, Doc const&, scenario::Column& out) {
  if (at.value.is(ValueKind::object)) {
    Reader r(reading, at.value, at.pointer);
    describe(r, out);
    return r.finish();
  }
  read_value(reading, at, Doc{.text = "the name of a column", .example = "\"Tumour site\"", .required = true},
             out.name);
}

template <>
bool is_row_value<double>(Value const& v) {
  return !v.is(ValueKind::object);
}

template <>
bool is_row_value<std::int64_t>(Value const& v) {
  return !v.is(ValueKind::object);
}

template <>
bool is_row_value<scenario::Shares>(Value const& v) {
  if (!v.is(ValueKind::object)) return true;
  return std::any_of(v.members.begin(), v.members.end(), [](Member const& m) { return m.value.is(ValueKind::number); });
}

template <>
bool is_row_value<Distribution>(Value const& v) {
  if (!v.is(ValueKind::object)) return true;
  return std::any_of(v.members.begin(), v.members.end(), [](Member const& m) { return is_shape(m.key); });
}

bool read_by(Reading& reading, At const& at, std::vector<std::string>& by) {
  auto const& value = *at.value.find("by");
  At const inner{value, at.pointer + "/by"};
  auto const before = reading.problems.size();
  read_value(reading, inner, Doc{.text = "what it depends on", .example = "[\"tumour\"]", .required = true}, by);
  if (reading.problems.size() == before && by.empty())
    reading.refuse(inner.pointer, value.place, "\"by\" names nothing (what does the table depend on?)",
                   "Write for example \"by\": [\"tumour\"]");
  return !by.empty();
}

void refuse_depth(Reading& reading, At const& at, std::vector<std::string> const& by) {
  reading.refuse(at.pointer, at.value.place,
                 fmt::format("the table goes deeper than \"by\" ({} {}: {})", by.size(),
                             by.size() == 1 ? "name" : "names", fmt::join(by, ", ")),
                 "Name in \"by\" what this level depends on, or write a value here");
}

}  // namespace cwtsim::io
