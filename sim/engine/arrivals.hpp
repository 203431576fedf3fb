#pragma once
// Who comes, and when.

#include <compare>
#include <span>
#include <vector>

#include "counting.hpp"
#include "events.hpp"
#include "flow.hpp"
#include "now.hpp"
#include "patients.hpp"

namespace cwtsim::engine {

class Arrivals {
 public:
  struct Parts {
    Now& now;
    Events& events;
    Patients& patients;
    Counting& counting;
    Log& log;
    Flow& flow;
  };
  explicit Arrivals(Parts const& parts);
  void reset() { expected_ = 0; }

  /// Those who are there at the first moment. Those who have waited longest join first, whatever group they are of.
  void place_waiting_patients();
  /// Whether some source draws its arrivals in so many pieces of a day.
  [[nodiscard]] bool any_in(std::uint32_t pieces) const;
  /// Draws the arrivals of the piece of the day that begins now, of all sources that have so many pieces.
  void generate(std::uint32_t pieces);
  /// Today's arrivals at fixed times.
  void follow_timetables();
  /// One of the expected arrives.
  void refer(Row r);

 private:
  void expect(std::uint32_t source, std::uint64_t serial, Tick at, Tick within);
  void describe(Row r, model::Source const& source, std::span<model::KnownLevel const> known = {});
  void add_waiting_patient(std::uint32_t list, std::uint32_t number);
  void foresee(Row r, std::int64_t since);
  void stop_for_too_many() { parts_.now.outcome = Outcome::too_many_in_system; }
  void count_in() {
    if (parts_.patients.count_in() > parts_.now.model.max_in_system) stop_for_too_many();
  }

  Parts const parts_;
  // Those drawn and not yet there take memory, though no place: where they are more than any machine was meant for, the
  // replication ends before they come.
  std::uint32_t const most_expected_;
  std::uint64_t expected_ = 0;  ///< patients drawn who have not arrived yet
  /// One of those who are there at the first moment; in the order in which they join.
  struct Placed {
    std::int32_t joined, arrived;  ///< days before the first moment, below 0
    Row row;
    std::uint32_t list;
    auto operator<=>(Placed const&) const = default;
  };
  std::vector<Placed> placed_;
};

}  // namespace cwtsim::engine
