#include "effects.hpp"

#include <fmt/format.h>

#include <cmath>

#include "capacity.hpp"
#include "cwtsim/scenario/values.hpp"

namespace cwtsim::io {
namespace {

/// Digits enough for a reader.
std::string brief(double x) {
  return fmt::format("{:.4g}", x);
}

std::optional<double> number_in(std::string const& text) {
  return number_of(number_value(text));
}

Value const* at(Value const& root, std::vector<std::string> const& tokens, std::size_t depth) {
  auto const* value = &root;
  for (std::size_t i = 0; i < depth && value != nullptr; ++i) value = value->find(tokens[i]);
  return value;
}

/// A number that may depend on the provider, for this provider; nothing if it is not there.
double at_provider(Value const* table, std::string const& provider) {
  if (table == nullptr) return 0;
  if (auto const plain = number_of(*table)) return *plain;
  for (auto const& wanted : {provider, std::string(scenario::otherwise)})
    if (auto const* row = table->find(wanted)) return number_of(*row).value_or(0);
  return 0;
}

double member(Value const& of, std::string_view key) {
  auto const* value = of.find(key);
  return value == nullptr ? 0 : number_of(*value).value_or(0);
}

/// Sums over the changes of a lever.
struct Sums {
  double posts_before = 0, posts_after = 0, people_before = 0, people_after = 0;
  double slots = 0, others = 0;  ///< a week, more or fewer
  bool of_posts = false, begin_vacant = false;
};

// A whole-time equivalent is a post; people are those in it.
void note_people(Value const& staff, std::string const& key, Change& change, Sums& sums) {
  auto const before = number_in(change.from).value_or(0), after = number_in(change.to).value_or(0);
  bool const of_posts = key == "whole_time_equivalents";
  double const posts = of_posts ? after : member(staff, "whole_time_equivalents");
  double const vacant = of_posts ? member(staff, "vacancy") : after;
  double const posts_before = of_posts ? before : posts, vacant_before = of_posts ? vacant : before;
  double const people_before = posts_before * (1 - vacant_before), people = posts * (1 - vacant);
  sums.posts_before += posts_before;
  sums.posts_after += posts;
  sums.people_before += people_before;
  sums.people_after += people;
  sums.of_posts = sums.of_posts || of_posts;
  auto const* new_posts = staff.find("new_posts");
  sums.begin_vacant = sums.begin_vacant || (after > before && new_posts != nullptr && new_posts->text == "recruited");
  change.note = fmt::format("{} % of posts are vacant: {} -> {} people", brief(100 * vacant), brief(people_before),
                            brief(people));
}

void note_other_work(double share, double weight, Change& change, Sums& sums) {
  auto const before = number_in(change.from), after = number_in(change.to);
  if (!before || !after || *before == *after) return;
  auto const more = (*after - *before) * weight;
  sums.slots += more;
  sums.others += more * share;
  if (share > 0)
    change.note += fmt::format("{}other work takes {} % of it", change.note.empty() ? "" : "; ", brief(100 * share));
}

void note_one(Value const& root, Change& change, Sums& sums) {
  auto const tokens = pointer_tokens(change.pointer);
  if (tokens.size() < 5 || tokens[0] != "providers") return;
  auto const& key = tokens.back();
  auto const* thing = at(root, tokens, 4);
  if (thing == nullptr) return;
  if (tokens[2] == "staff" && tokens.size() == 5 && (key == "whole_time_equivalents" || key == "vacancy"))
    return note_people(*thing, key, change, sums);
  if (tokens[2] != "resources") return;
  double const share = at_provider(thing->find("other_work"), tokens[1]);
  if (tokens.size() == 5 && key == "per_week") note_other_work(share, 1, change, sums);
  auto const* session = tokens.size() == 7 && key == "slots" ? at(root, tokens, 6) : nullptr;
  if (session != nullptr) note_other_work(share, held_a_week(*session), change, sums);
}

}  // namespace

void note_effects(Value const& root, Pulled& pulled) {
  Sums sums;
  for (auto& change : pulled.changes) note_one(root, change, sums);
  if (sums.posts_before != sums.posts_after || sums.people_before != sums.people_after) {
    auto note = sums.of_posts
                    ? fmt::format("whole-time equivalents are posts: {} -> {} posts are {} -> {} people in post",
                                  brief(sums.posts_before), brief(sums.posts_after), brief(sums.people_before),
                                  brief(sums.people_after))
                    : fmt::format("{} posts: {} -> {} people in post", brief(sums.posts_after),
                                  brief(sums.people_before), brief(sums.people_after));
    if (sums.begin_vacant && pulled.lever.from) note += "; the new posts begin vacant and are recruited";
    pulled.notes.push_back(std::move(note));
  }
  if (sums.others != 0)
    pulled.notes.push_back(fmt::format("other work takes {} of the {} slots a week that are {}",
                                       brief(std::fabs(sums.others)), brief(std::fabs(sums.slots)),
                                       sums.slots > 0 ? "new" : "gone"));
  std::size_t rounded = 0;
  for (auto const& change : pulled.changes) rounded += change.is_rounded ? 1 : 0;
  if (rounded > 0)
    pulled.notes.push_back(fmt::format("{} of the {} values {} rounded to whole numbers", rounded,
                                       pulled.changes.size(), rounded == 1 ? "is" : "are"));
}

}  // namespace cwtsim::io
