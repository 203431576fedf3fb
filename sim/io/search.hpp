#pragma once
// Where the pointer of a lever leads, and what its `*` could stand for.

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "cwtsim/io/read.hpp"
#include "value.hpp"

namespace cwtsim::io {

/// A place the pointer leads to: a key of an object (perhaps a new one) or an item of a list.
struct Match {
  Value* parent;
  std::string token;
  std::vector<std::string> way;  ///< the tokens that led here, this one among them
  [[nodiscard]] std::string pointer() const;
};

/// What was found where a way ended too early; the deepest such place is the most telling.
struct Failure {
  std::size_t depth = 0;
  std::string token;
  std::vector<std::string> names;
  bool seen = false;
};

/// The member of an object or the item of a list, or nullptr.
[[nodiscard]] Value* child(Value& v, std::string const& token);

/// Goes through a value by the tokens of a pointer.
class Search {
 public:
  /// The last key need not exist where a lever may make it.
  Search(std::vector<std::string> tokens, bool may_create);
  std::vector<Match> matches;
  Failure failure;

  void run(Value& root) { descend(root); }
  /// At the last `*` that stands for some things and not for others of one parent.
  [[nodiscard]] std::optional<Reach> reach() const;
  /// What tells a place from the others of the same `*`.
  [[nodiscard]] std::string name_of(std::vector<std::string> const& way) const;

 private:
  /// Something that a `*` could stand for.
  struct Candidate {
    std::size_t depth;             ///< of the `*`
    std::vector<std::string> way;  ///< to it
    std::string why;               ///< it was not reached; empty: it was
  };
  void descend(Value& at);
  void each(Value& at);
  void follow(Value& at, std::string const& token);
  void fail(Value const& at);

  std::vector<std::string> tokens_;
  bool may_create_;
  bool wildcard_;
  std::vector<std::string> way_;     ///< to where it is
  Value const* resource_ = nullptr;  ///< of a provider, in which it is
  bool elsewhere_ = false;           ///< what was followed last is a resource of another provider
  std::string why_;                  ///< what was followed last ended too early
  std::vector<Candidate> candidates_;
  std::set<std::string> names_;  ///< those in failure.names
};

}  // namespace cwtsim::io
