#pragma once
// The people of each role: who is in post, who is at work, and which sessions they man.

#include <vector>

#include "checks.hpp"
#include "now.hpp"

namespace cwtsim::engine {

class Staff {
 public:
  Staff(Now const& now, Checks& checks);
  /// Takes the totals back from a result that is no longer wanted.
  void reset(ReplicationResult& spare);
  void close(ReplicationResult& result) { totals_.swap(result.staff); }
  [[nodiscard]] std::vector<StaffTotals> const& totals() const { return totals_; }
  [[nodiscard]] bool any() const { return !roles_.empty(); }

  /// People leave, start and finish their training.
  void begin_day();
  /// Takes the people whom a session needs that opens now, all or nobody: until it closes they are nowhere else.
  [[nodiscard]] bool man(model::Resource const& resource, Tick closes);

 private:
  friend struct Tampering;
  struct Role {
    std::uint32_t day = 0xFFFFFFFFu;
    std::uint32_t at_work = 0;     ///< that day
    std::uint32_t busy = 0;        ///< in open sessions, those of the day before included
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
  /// People whom a session that opens takes from a role, for that or another one.
  struct Taken {
    model::Index16 from = 0, role = 0;
    std::uint32_t people = 0;
  };
  /// People of a role who man a session until it closes.
  struct Busy {
    Tick until = 0;
    model::Index16 role = 0;
    std::uint32_t people = 0;
  };
  void change_posts(std::size_t role);
  void change_post(model::Staff const& role, std::uint32_t number, Post& post);
  void vacate(model::Staff const& role, std::uint32_t number, Post& post);
  void fill(model::Staff const& role, std::uint32_t number, Post& post, bool trained);
  void count_day();
  void settle_day(model::Index16 role);
  [[nodiscard]] model::StaffNeed const& need_of(model::Resource const& resource, std::uint32_t i) const;
  void free_those_done();
  [[nodiscard]] bool find_rest(model::StaffNeed const& need);
  void count_lacking(model::StaffNeed const& need, std::uint32_t own, std::uint32_t rest);
  void keep(Taken const& taken, Tick closes);
  void put_back(Taken const& taken);
  [[nodiscard]] std::uint32_t take(model::Index16 from, model::Index16 role, std::uint32_t most);
  [[nodiscard]] std::uint32_t days(std::uint32_t table, std::uint64_t at, std::uint64_t visit) const;

  Now const& now_;
  Checks& checks_;
  std::vector<Role> roles_;
  std::vector<Post> posts_;  ///< of roles whose people come and go
  std::vector<Taken> taken_;
  std::vector<Busy> busy_;  ///< a heap: who is free first stands in front
  std::size_t most_busy_ = 0;
  std::vector<StaffTotals> totals_;
};

}  // namespace cwtsim::engine
