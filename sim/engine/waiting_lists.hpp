#pragma once
// Who waits for a resource: in which order, since when, and who is next. Those held outside a full one stand here too.

#include <vector>

#include "now.hpp"
#include "patients.hpp"

namespace cwtsim::engine {

/// A place in a list that is in order of breach date, or one taken out to be put back.
struct Due {
  std::uint64_t key;  ///< due day, then order of joining
  Row row;
  std::uint32_t epoch;
};

/// Lists by class of one in order of priority.
inline constexpr std::uint32_t queue_classes = 16;

class WaitingLists {
 public:
  /// The list of a resource: one cache line.
  struct alignas(64) Line {
    std::uint32_t waiting = 0;  ///< pending, queued and set aside
    std::uint32_t longest = 0;  ///< most waiting at once, outside too, in measured time
    Tick notice = 0;            ///< of the era
    std::uint32_t queue = 0;    ///< first of its lists, or its heap
    RowList held;               ///< outside, until there is room
    RowList pending;            ///< notice not yet up
    std::uint32_t outside = 0;  ///< those held
    std::uint32_t joins = 0;
    model::Order order = model::Order::arrival;
    bool notice_event_due = false;  ///< somebody is to be called when the notice ends
    bool shared_needs = false;      ///< of the era: some who wait here need another resource too
    bool has_dependents = false;    ///< of the era: some who wait elsewhere need this resource too
    bool moving = false;            ///< it is being worked through
    bool move_again = false;        ///< something has changed meanwhile
    std::size_t most_due = 0;       ///< greatest length of its heap in this replication
  };
  static_assert(sizeof(Line) == 64);

  WaitingLists(Now const& now, Patients& patients);
  void reset();
  void take_era();
  /// The longest lists are those from now on.
  void begin_measuring();

  [[nodiscard]] Line& operator[](model::Index16 resource) { return lines_[resource]; }
  [[nodiscard]] Line const& operator[](model::Index16 resource) const { return lines_[resource]; }
  [[nodiscard]] std::size_t size() const { return lines_.size(); }

  /// Joins the list for a step: queued, or pending where there is a notice.
  [[gnu::always_inline]] inline void join(model::Index16 resource, Row r, model::Step const& step);
  /// Leaves it without having been first.
  [[gnu::always_inline]] inline void leave(model::Index16 resource, Row r);
  /// Who is next, or nobody.
  [[nodiscard, gnu::always_inline]] inline Row first(model::Index16 resource);
  /// Takes the first out; what is returned keeps its place should it have to go back.
  [[gnu::always_inline]] inline Due take_out(model::Index16 resource, Row r);
  /// Who has joined last of all.
  [[nodiscard]] Row last_to_join(model::Index16 resource) const;
  /// Queues those whose notice is up.
  void release_notices(model::Index16 resource);

  // Those passed over while a list is worked through keep their places; such work may go on inside other such work.
  [[nodiscard]] std::size_t passed_over() const { return set_aside_.size(); }
  void pass_over(model::Index16 resource, Due const& due);
  /// Puts back all passed over since there were so many, as far as they still wait.
  void put_back(model::Index16 resource, std::size_t since);
  /// One that is passed over ends: it will not be put back.
  void forget_passed_over(model::Index16 resource) { --lines_[resource].waiting; }

  void hold(model::Index16 resource, Row r) {
    Line& line = lines_[resource];
    patients_.push_back(line.held, r);
    ++line.outside;
    line.longest = std::max(line.longest, line.waiting + line.outside);
  }
  void end_hold(model::Index16 resource, Row r) {
    patients_.unlink(lines_[resource].held, r);
    --lines_[resource].outside;
  }

  /// Calls with each who waits, in the order in which they came where the list is in that order.
  template <class Each>
  void each_waiting(model::Index16 resource, Each const& each) const {
    Line const& line = lines_[resource];
    auto const through = [&](RowList const& list) {
      for (Row r = list.head; r != no_row; r = patients_[r].next) each(r);
    };
    std::uint32_t const classes = line.order == model::Order::priority ? queue_classes : 1;
    if (line.order == model::Order::breach_date) {
      for (Due const& due : heaps_[line.queue])
        if (patients_[due.row].epoch == due.epoch && patients_[due.row].doing == Doing::queued) each(due.row);
    } else {
      for (std::uint32_t c = 0; c < classes; ++c) through(lists_[line.queue + c]);
    }
    through(line.pending);
  }

  // For checks.
  [[nodiscard]] RowList const& list(std::uint32_t queue) const { return lists_[queue]; }
  [[nodiscard]] std::vector<Due> const& heap(std::uint32_t queue) const { return heaps_[queue]; }

 private:
  friend struct Tampering;
  [[gnu::always_inline]] inline void enqueue(Line& line, Row r);
  void put_back(Line& line, Due const& due);
  [[nodiscard]] std::int32_t due_day(Patient const& p, std::int32_t no_clock_due) const;
  [[nodiscard]] Row first_by_priority(Line const& line, Tick promote_after) const;
  [[nodiscard]] Row first_by_breach_date(Line const& line);
  [[nodiscard]] Row last_by_breach_date(Line const& line) const;

  Now const& now_;
  Patients& patients_;
  std::size_t const standards_;
  std::vector<Line> lines_;
  std::vector<RowList> lists_;  ///< a resource has one, or sixteen (priority classes), or a heap (breach dates)
  std::vector<std::vector<Due>> heaps_;
  std::vector<Due> set_aside_;
  std::size_t most_set_aside_ = 0;
};

}  // namespace cwtsim::engine
