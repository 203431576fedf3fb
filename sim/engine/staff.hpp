#pragma once
// The people of each role: who is in post, who is at work, and which sessions they man.

#include <vector>

#include "now.hpp"

namespace cwtsim::engine {

class Staff {
 public:
  explicit Staff(Now const& now);
  /// Takes the totals back from a result that is no longer wanted.
  void reset(ReplicationResult& spare);
  void close(ReplicationResult& result) { totals_.swap(result.staff); }
  [[nodiscard]] std::vector<StaffTotals> const& totals() const { return totals_; }
  [[nodiscard]] bool any() const { return !roles_.empty(); }

  /// People leave, start and finish their training.
  void begin_day();
  /// Takes the people whom a session needs today, all or nobody.
  [[nodiscard]] bool man(model::Resource const& resource);

 private:
  struct Role {
    std::uint32_t day = 0xFFFFFFFFu;
    double left = 0;               ///< sessions
    double owed = 0;               ///< fraction carried to the next day
    double taught = 0;             ///< sessions of today that training takes
    std::uint32_t first_post = 0;  ///< where people come and go
    std::uint32_t posts = 0;
    std::uint32_t able = 0, trainees = 0;  ///< in post, today
  };
  /// A post of a role whose people come and go.
  struct Post {
    enum class Holder : std::uint8_t { nobody, trainee, able };
    double stays = 0;         ///< hazard that its holder still outlasts
    std::uint32_t until = 0;  ///< day on which somebody starts, or on which training is over
    std::uint32_t spell = 0;  ///< how many have left it
    Holder holder = Holder::nobody;
    bool known = false;  ///< it has been there before
  };
  /// People whom a session would take from a role for another one.
  struct StandIn {
    model::Index16 from = 0, role = 0;
    std::uint32_t people = 0;
  };
  void change_posts(std::size_t role);
  void change_post(model::Staff const& role, std::uint32_t number, Post& post);
  void vacate(model::Staff const& role, std::uint32_t number, Post& post);
  void fill(model::Staff const& role, std::uint32_t number, Post& post, bool trained);
  void count_day();
  void settle_day(model::Index16 role);
  [[nodiscard]] bool find_stand_ins(model::Resource const& resource);
  [[nodiscard]] std::uint32_t take(model::Index16 from, model::Index16 role, std::uint32_t most);
  [[nodiscard]] std::uint32_t days(std::uint32_t table, std::uint64_t at, std::uint64_t visit) const;

  Now const& now_;
  std::vector<Role> roles_;
  std::vector<Post> posts_;  ///< of roles whose people come and go
  std::vector<StandIn> standing_in_;
  std::vector<StaffTotals> totals_;
};

}  // namespace cwtsim::engine
