#include "cwtsim/scenario/alike.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <unordered_map>
#include <utility>

namespace cwtsim::scenario {
namespace {

using Text = std::u32string;

/// Code points; bytes that are none stand for themselves.
Text points_of(std::string_view text) {
  Text out;
  for (std::size_t i = 0; i < text.size();) {
    auto const first = static_cast<unsigned char>(text[i++]);
    std::size_t const more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : first >= 0xC0 ? 1 : 0;
    char32_t point = more == 0 ? first : first & (0x3FU >> more);
    for (std::size_t k = 0; k < more && i < text.size(); ++k)
      point = point << 6 | (static_cast<unsigned char>(text[i++]) & 0x3FU);
    out += point;
  }
  return out;
}

/// Letters that are drawn (nearly) as one of ours: those of the Greek and Cyrillic alphabets that are, and those of
/// Western Europe with their accents. Both rows are of one length.
constexpr std::u32string_view drawn_like =
    U"аеорсухіјѕԁһԛԝАВЕКМНОРСТХУІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧοναικρυμµ"
    U"ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝàáâãäåçèéêëìíîïñòóôõöøùúûüýÿ‘’ʼ‐‑‒–—−";
constexpr std::u32string_view letters =
    U"aeopcyxijsdhqwABEKMHOPCTXYIJSABEZHIKMNOPTYXovaikpuuu"
    U"AAAAAACEEEEIIIINOOOOOOUUUUYaaaaaaceeeeiiiinoooooouuuuyy'''------";
static_assert(drawn_like.size() == letters.size());

char32_t plain_letter(char32_t c) {
  if (c >= 0xFF01 && c <= 0xFF5E) return c - 0xFEE0;  // as wide as a Chinese character
  auto const at = drawn_like.find(c);
  return at == std::u32string_view::npos ? c : letters[at];
}
bool is_accent(char32_t c) {
  return c >= 0x300 && c <= 0x36F;
}
bool is_blank(char32_t c) {
  return c == ' ' || c == '\t' || c == '\n' || c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F ||
         c == 0x205F || c == 0x3000;
}
bool is_unseen(char32_t c) {
  return c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x2060 && c <= 0x2064) || c == 0xFEFF;
}
bool is_digit(char32_t c) {
  return c >= '0' && c <= '9';
}

// What makes two names look alike though they differ: each is taken away by a function of its own.

Text without_foreign_letters(Text text) {
  std::erase_if(text, is_accent);
  std::ranges::transform(text, text.begin(), plain_letter);
  return text;
}
Text without_unseen(Text text) {
  std::erase_if(text, is_unseen);
  return text;
}
Text with_plain_blanks(Text text) {
  std::ranges::replace_if(text, is_blank, U' ');
  return text;
}
Text without_blanks_at_ends(Text text) {
  while (!text.empty() && text.back() == ' ') text.pop_back();
  text.erase(text.begin(), std::ranges::find_if_not(text, [](char32_t c) { return c == ' '; }));
  return text;
}
/// Blanks, hyphens, underscores, full stops and apostrophes between words; not between digits, where 1-2 is not 12, nor
/// at an end, where a hyphen may be a minus.
Text without_separators(Text text) {
  Text out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto const c = text[i];
    bool const separates = c == ' ' || c == '_' || c == '-' || c == '.' || c == '\'';
    bool const at_end = i == 0 || i + 1 == text.size();
    bool const of_numbers = !at_end && is_digit(text[i - 1]) && is_digit(text[i + 1]);
    if (!separates || of_numbers || (at_end && c != '_')) out += c;
  }
  return out;
}
Text without_capitals(Text text) {
  for (auto& c : text)
    if (c >= 'A' && c <= 'Z') c += U'a' - U'A';
  return text;
}
/// 0 and O, 1 and I and l; a capital L is none of them.
Text with_one_shape(Text text) {
  for (auto& c : text) {
    if (c == 'O' || c == 'o') c = '0';
    if (c == 'I' || c == 'l' || c == '|') c = '1';
    if (c >= 'A' && c <= 'Z' && c != 'L') c += U'a' - U'A';
  }
  return text;
}

struct Stage {
  Text (*take)(Text text);
  std::string_view what;
};
constexpr std::array<Stage, 5> always{{
    {without_foreign_letters, "letters of another alphabet or with an accent"},
    {without_unseen, "characters that are not seen"},
    {with_plain_blanks, "blanks of another kind (a non-breaking space, say)"},
    {without_blanks_at_ends, "a blank at an end"},
    {without_separators, "what stands between the words"},
}};
constexpr Stage capitals{without_capitals, "capital letters"};
constexpr Stage shapes{with_one_shape, "0 for O, or 1 for I or l"};

/// The name without all of it; without the stage of that number.
Text skeleton(Text text, Stage const& last, std::size_t left_out = always.size() + 1) {
  for (std::size_t i = 0; i < always.size(); ++i)
    if (i != left_out) text = always[i].take(std::move(text));
  return left_out == always.size() ? text : last.take(std::move(text));
}

Stage const* stage_of(Text const& a, Text const& b) {
  if (skeleton(a, capitals) == skeleton(b, capitals)) return &capitals;
  if (skeleton(a, shapes) == skeleton(b, shapes)) return &shapes;
  return nullptr;
}

/// A name that is written in so many places.
struct Used {
  WrittenName const* first;
  std::size_t times = 0, order = 0;
};

std::vector<Used> distinct(std::vector<WrittenName> const& names) {
  std::unordered_map<std::string_view, std::size_t> places;
  std::vector<Used> used;
  for (auto const& name : names) {
    auto const [it, fresh] = places.try_emplace(name.text, used.size());
    if (fresh) used.push_back({&name, 0, used.size()});
    ++used[it->second].times;
  }
  // the one that is written most is the one that is meant
  std::ranges::stable_sort(used, [](Used const& a, Used const& b) { return a.times > b.times; });
  return used;
}

}  // namespace

bool look_alike(std::string_view a, std::string_view b) {
  return a != b && stage_of(points_of(a), points_of(b)) != nullptr;
}

std::string difference_of(std::string_view a, std::string_view b) {
  auto const x = points_of(a), y = points_of(b);
  auto const* const last = stage_of(x, y);
  if (last == nullptr) return {};
  std::vector<std::string_view> found;
  for (std::size_t i = 0; i <= always.size(); ++i)
    if (skeleton(x, *last, i) != skeleton(y, *last, i))
      found.push_back(i < always.size() ? always[i].what : last->what);
  std::string text;
  for (std::size_t i = 0; i < found.size(); ++i)
    text += fmt::format("{}{}", i == 0 ? "" : i + 1 == found.size() ? " and " : ", ", found[i]);
  return text;
}

void tell_alike(Problems& told, std::string_view thing, std::vector<WrittenName> const& names,
                std::string_view effect) {
  auto const used = distinct(names);
  std::array<std::unordered_map<Text, Used const*>, 2> known;
  std::vector<std::pair<Used const*, Used const*>> pairs;
  for (auto const& one : used) {
    auto const points = points_of(one.first->text);
    Used const* like = nullptr;
    for (std::size_t k = 0; k < known.size(); ++k) {
      auto const [it, fresh] = known[k].try_emplace(skeleton(points, k == 0 ? capitals : shapes), &one);
      if (!fresh && like == nullptr) like = it->second;
    }
    if (like != nullptr) pairs.emplace_back(&one, like);
  }
  std::ranges::sort(pairs, [](auto const& a, auto const& b) { return a.first->order < b.first->order; });
  for (auto const& [one, other] : pairs)
    told.add({one->first->pointer,
              fmt::format("\"{}\" and \"{}\" look alike and are two {}: they differ in {}{}", one->first->text,
                          other->first->text, thing, difference_of(one->first->text, other->first->text),
                          effect.empty() ? "" : fmt::format("; {}", effect)),
              fmt::format("Write \"{}\" in every place if one is meant", other->first->text), one->first->place});
}

}  // namespace cwtsim::scenario
