#pragma once
// What there is to be served with: servers and slots, who uses them, and what was offered and used.

#include <vector>

#include "events.hpp"
#include "now.hpp"
#include "patients.hpp"

namespace cwtsim::engine {

class Capacity {
 public:
  /// What a resource has at this moment: one cache line.
  struct alignas(64) Line {
    std::int64_t free = 0;  ///< servers: those open less those in use; may be below zero after a shift ends
    std::uint64_t busy_ticks = 0;
    std::uint64_t slots_owed = 0;  ///< to the next session, in units of 2^-32
    RowList paused;                ///< only where a closing interrupts
    RowList serving;               ///< likewise
    std::uint32_t slots_left = 0;
    Tick closes = 0;            ///< of the open session
    std::uint32_t servers = 0;  ///< open now
    Tick opened = 0;            ///< servers: since when there have been so many
    std::uint32_t opening = 0;  ///< the session that is open
    model::ResourceKind kind = model::ResourceKind::sessions;
    model::AtClosing at_closing = model::AtClosing::finish;
    bool overlapping = false;  ///< several sessions are open: their slots are in open_sessions_
  };
  static_assert(sizeof(Line) == 64);

  Capacity(Now const& now, Events& events, Patients& patients);
  /// Takes the totals back from a result that is no longer wanted.
  void reset(ReplicationResult& spare);
  void take_era();
  void begin_measuring();
  /// Counts what is still open, and hands the totals over.
  void close(ReplicationResult& result);

  [[nodiscard]] Line& operator[](model::Index16 resource) { return lines_[resource]; }
  [[nodiscard]] Line const& operator[](model::Index16 resource) const { return lines_[resource]; }
  [[nodiscard]] std::size_t size() const { return lines_.size(); }
  [[nodiscard]] ResourceTotals& totals(model::Index16 resource) { return totals_[resource]; }
  [[nodiscard]] std::vector<ResourceTotals> const& totals() const { return totals_; }

  /// Anything is there at all.
  [[nodiscard, gnu::always_inline]] inline bool any(model::Index16 resource) const {
    Line const& line = lines_[resource];
    switch (line.kind) {
      case model::ResourceKind::servers:
        return line.free > 0;
      case model::ResourceKind::sessions:
        return line.slots_left > 0 && now_.tick < line.closes;
      case model::ResourceKind::meeting:
        return line.slots_left > 0;
    }
    return false;
  }
  /// Free servers, or slots.
  [[nodiscard]] std::int64_t left(model::Index16 resource) const {
    Line const& line = lines_[resource];
    return line.kind == model::ResourceKind::servers ? line.free : line.slots_left;
  }
  /// Everything that a step needs is there.
  [[nodiscard, gnu::always_inline]] inline bool suffices(model::Step const& step, model::Index16 provider,
                                                         model::Index16 lead) const {
    if (!step.many_needs && lines_[lead].kind == model::ResourceKind::servers)
      return lines_[lead].free >= step.lead_count;
    for (std::uint32_t n = 0; n < step.needs.count; ++n) {
      model::Need const& need = now_.era->needs[step.needs.first + n];
      model::Index16 const index = n == 0 ? lead : now_.resource_of(provider, need);
      if (!any(index) || left(index) < need.count) return false;
    }
    return true;
  }
  /// Takes all of it.
  [[gnu::always_inline]] inline void take(model::Step const& step, model::Index16 provider, model::Index16 lead);
  void take_slots(model::Index16 resource, std::uint32_t slots);
  void give_back(model::Index16 resource, std::uint32_t count, Tick started) {
    Line& line = lines_[resource];
    if (line.free < 0) count_overrun(resource);
    line.free += count;
    if (now_.measuring) line.busy_ticks += now_.measured_since(started) * count;
  }
  /// The time in use until now of what a step holds (its needs from one on).
  void count_busy(model::Step const& step, model::Index16 provider, Tick started, std::uint32_t from = 0);

  /// Likewise added to what is counted of each resource, and nowhere else.
  void add_busy(std::vector<std::uint64_t>& ticks, model::Step const& step, model::Index16 provider, Tick started,
                std::uint32_t from) const;

  // Where a closing interrupts, those in service stand in a list, in the order in which they began.
  void serve(model::Index16 resource, Row r) {
    if (lines_[resource].at_closing != model::AtClosing::finish) patients_.push_back(lines_[resource].serving, r);
  }
  void end_service(model::Index16 resource, Row r) {
    if (lines_[resource].at_closing != model::AtClosing::finish) patients_.unlink(lines_[resource].serving, r);
  }

  /// From now on so many servers are at work, until a moment.
  void open_servers(model::Index16 resource, std::uint32_t amount, Tick until);
  /// Their shift has ended; false if another one has taken its place.
  bool close_servers(model::Index16 resource);
  /// The whole slots of some 2^-32ths and what is owed; the rest is owed to the next session.
  std::uint32_t whole_slots(model::Index16 resource, std::uint64_t parts);
  /// The slots of a session that opens; those of a session that is still open stay beside them until it closes.
  void add_slots(model::Index16 resource, std::uint32_t opening, std::uint32_t slots);
  /// Those of sessions that have ended are lost.
  void end_sessions(model::Index16 resource);
  void count_open_time(model::Index16 resource, Tick until);
  /// The time until now for which more servers were in use than open.
  void count_overrun(model::Index16 resource);

 private:
  friend struct Tampering;
  /// A session that is open beside another one of its resource.
  struct OpenSession {
    Tick closes = 0;
    std::uint32_t left = 0;  ///< slots
  };
  [[gnu::always_inline]] inline void take_one(model::Index16 resource, std::uint32_t count);
  /// Apart, so that whoever takes one thing does without it.
  [[gnu::noinline]] void take_many(model::Step const& step, model::Index16 provider);
  void keep_session(model::Index16 resource, std::uint32_t opening, Tick until, std::uint32_t left);

  Now const& now_;
  Events& events_;
  Patients& patients_;
  std::vector<Line> lines_;
  std::vector<OpenSession> open_sessions_;  ///< [2 * opening], two of each
  std::vector<ResourceTotals> totals_;
  std::vector<Tick> overrun_since_;
};

}  // namespace cwtsim::engine
