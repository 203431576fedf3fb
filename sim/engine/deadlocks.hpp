#pragma once
// Whether somebody who is held, and keeps what its step needed, can never go on, whatever is still to come: two wards,
// each full of patients who wait for a bed of the other.

#include <cstdint>
#include <vector>

#include "capacity.hpp"
#include "now.hpp"
#include "patients.hpp"
#include "waiting_lists.hpp"

namespace cwtsim::engine {

class Deadlocks {
 public:
  Deadlocks(Now const& now, Patients const& patients, WaitingLists const& lists, Capacity const& capacity);
  /// Takes the totals back from a result that is no longer wanted.
  void reset(ReplicationResult& spare);
  /// Hands over who was found.
  void close(ReplicationResult& result) { found_.swap(result.held_for_ever); }

  /// One who is held keeps what its step needed.
  void keep(Patient const& p) { count(p, 1); }
  /// It keeps that no longer.
  void let_go(Patient const& p) { count(p, -1); }
  /// One who keeps something, and is the last to have been held for a resource, can never go on.
  [[nodiscard]] bool caught(model::Index16 resource);
  /// Somebody who is held and keeps something can never go on.
  [[nodiscard]] bool any();

  /// Of a resource, so much is kept by those who are held.
  [[nodiscard]] std::int64_t kept(model::Index16 resource) const { return kept_[resource]; }

 private:
  friend struct Tampering;
  /// The most that there is of a resource at any moment from the beginning of an era on.
  struct Most {
    std::uint32_t servers = 0, room = 0;
    Tick notice = 0;  ///< the least
  };
  void count(Patient const& p, std::int64_t by);
  template <class Act>
  void each_server(model::Step const& step, model::Index16 provider, std::uint32_t from, Act const& act) const;
  [[nodiscard]] Most const& most(model::Index16 resource) const {
    return most_[std::size_t{now_.era_index} * kept_.size() + resource];
  }
  [[nodiscard]] std::int64_t most_servers(model::Index16 resource) const;
  [[nodiscard]] bool is_plain(model::Index16 resource) const;
  void look();
  template <class Able>
  bool go_on(Row& first, std::uint32_t gives_back_from, Able const& able);
  [[nodiscard]] bool goes_on(Row r) const { return went_on_[r] == looks_; }
  bool let_in(model::Index16 resource);
  bool resume(model::Index16 resource);
  [[nodiscard]] bool enough(model::Step const& step, model::Index16 provider) const;
  [[nodiscard]] std::uint32_t wait_for_ever(model::Index16 resource) const;
  [[nodiscard]] bool may_be_ended(Row r) const;
  [[nodiscard]] bool some_may_end(Row r, Row other_than, bool may_end) const;
  bool tell();

  Now const& now_;
  Patients const& patients_;
  WaitingLists const& lists_;
  Capacity const& capacity_;
  std::vector<Most> most_;                      ///< [era * resources + resource]
  std::vector<model::Index16> holding_;         ///< resources for which patients may be held
  std::vector<model::Index16> interrupting_;    ///< resources whose closing interrupts
  std::vector<std::uint32_t> most_wanted_;      ///< [resource] by one who waits for it
  std::vector<std::uint8_t> moved_by_rules_;    ///< [resource] patients may be taken off its list
  std::vector<std::uint8_t> kept_interrupted_;  ///< [resource] by those whose step another one's closing interrupts
  std::vector<std::uint8_t> branches_may_end_;  ///< [step] before they join
  bool some_branch_may_end_ = false;
  std::vector<std::int64_t> kept_;              ///< [resource]
  std::uint64_t keeping_ = 0;                   ///< how many are held and keep something
  std::vector<std::uint32_t> found_;            ///< as in the result
  std::vector<std::int64_t> free_;              ///< while it looks: not kept by those who are not known to go on
  std::vector<Row> first_held_, first_paused_;  ///< likewise, by resource: the first who is not known to go on
  std::vector<std::uint64_t> went_on_;          ///< [row] by the number of the look
  std::uint64_t looks_ = 0;
};

}  // namespace cwtsim::engine
