#pragma once
// Everybody who is there or expected: a row each, a row more for each parallel branch, and what belongs to the person.

#include <bit>
#include <cstring>
#include <vector>

#include "cwtsim/engine/choose.hpp"
#include "events.hpp"
#include "now.hpp"
#include "patient.hpp"

namespace cwtsim::engine {

class Patients {
 public:
  explicit Patients(model::Model const& model)
      : standards_(model.standards.size()),
        remembered_(model.remembered.size()),
        numbered_(model.numbered.size()),
        person_size_(person_size(model)),
        levels_at_(levels_at(model)),
        pauses_at_(pauses_at(model)),
        course_size_(model.eras.front().progress.size()) {}
  void reset() {
    in_system_ = 0;
    keep_slack(rows_, rows_.size());
    keep_slack(persons_, persons_.size());
    keep_slack(courses_, courses_.size());
    free_rows_ = no_row;
  }

  /// A new row, of which only the epoch is not as in a fresh one.
  [[nodiscard]] Row add() {
    if (free_rows_ != no_row) {
      Row const r = free_rows_;
      free_rows_ = rows_[r].next;
      std::uint32_t const epoch = rows_[r].epoch;
      rows_[r] = Patient{};
      rows_[r].epoch = epoch;
      return r;
    }
    auto const r = static_cast<Row>(rows_.size());
    rows_.emplace_back();
    persons_.resize(persons_.size() + person_size_ / sizeof(CacheLine));
    courses_.resize(courses_.size() + course_size_);
    return r;
  }
  [[gnu::always_inline]] inline void remove(Row r) {
    Patient& p = rows_[r];
    ++p.epoch;
    p.doing = Doing::nothing;
    --in_system_;
    if (is_worn_out(r)) [[unlikely]]
      return;
    p.next = free_rows_;
    free_rows_ = r;
  }
  /// An old event knows for whom it was by the last bits of the epoch: before these come round no one else gets the
  /// row.
  [[nodiscard]] bool is_worn_out(Row r) const {
    constexpr std::uint32_t nearly_round = 15U << 20U;
    static_assert(nearly_round < Events::epoch_mask);
    return (rows_[r].epoch & Events::epoch_mask) >= nearly_round;
  }
  /// One of the expected has arrived, or a branch begins: it counts from now on. Returns how many do.
  std::uint32_t count_in() { return ++in_system_; }

  [[nodiscard]] Patient& operator[](Row r) { return rows_[r]; }
  [[nodiscard]] Patient const& operator[](Row r) const { return rows_[r]; }
  [[nodiscard]] Row size() const { return static_cast<Row>(rows_.size()); }
  [[nodiscard]] std::size_t room() const { return rows_.capacity(); }
  [[nodiscard]] Row first_free() const { return free_rows_; }
  [[nodiscard]] bool is_stale(Row r, std::uint32_t epoch) const {
    return (rows_[r].epoch & Events::epoch_mask) != epoch;
  }

  // What is asked of a patient less often than its row, side by side; that of branches is their root's.
  [[nodiscard]] Who who(Patient const& p) const {
    std::byte const* const person = person_of(p.root);
    model::Index16 stream;
    std::memcpy(&stream, person, sizeof stream);
    return {reinterpret_cast<std::uint8_t const*>(person + levels_at_), p.provider, stream};
  }
  [[nodiscard]] std::uint8_t* levels_of(Row root) {
    return reinterpret_cast<std::uint8_t*>(person_of(root) + levels_at_);
  }
  /// How many steps that pause clocks a patient is in at once, by adjustment.
  [[nodiscard]] std::uint8_t* pauses_of(Row root) {
    return reinterpret_cast<std::uint8_t*>(person_of(root) + pauses_at_);
  }
  /// Whether some step pauses the clock of a standard.
  [[nodiscard]] bool is_paused(model::Standard const& standard, Row root) const {
    auto const* const pauses = reinterpret_cast<std::uint8_t const*>(person_of(root) + pauses_at_);
    for (std::uint32_t left = standard.pauses; left != 0; left &= left - 1)
      if (pauses[std::countr_zero(left)] > 0) return true;
    return false;
  }
  [[nodiscard]] Clock* clocks_of(Row root) { return reinterpret_cast<Clock*>(person_of(root) + clocks_at); }
  [[nodiscard]] Clock const* clocks_of(Row root) const {
    return reinterpret_cast<Clock const*>(person_of(root) + clocks_at);
  }
  /// Of each milestone in Model::remembered the first day; not_running until it is made.
  [[nodiscard]] std::int16_t* first_days_of(Row root) {
    return reinterpret_cast<std::int16_t*>(person_of(root) + clocks_at + sizeof(Clock) * standards_);
  }
  /// Of each milestone in Model::numbered, how often it was reached.
  [[nodiscard]] std::uint16_t* numbers_of(Row root) {
    return reinterpret_cast<std::uint16_t*>(first_days_of(root) + remembered_);
  }
  /// Of each entry of Era::progress, when that level is left.
  [[nodiscard]] Tick* course_of(Row root) { return courses_.data() + root * course_size_; }
  /// A person of a stream, whose levels are to be written; no clock runs and no milestone has been reached.
  void begin_person(Row root, model::Index16 stream);

  // Patients come up in no order that the machine could guess: each is asked for before its turn.
  void prefetch(Row r) const {
    if (r >= rows_.size()) return;
    __builtin_prefetch(&rows_[r]);
    __builtin_prefetch(person_of(r));
  }

  // Lists that rows stand in, in one at a time.
  [[gnu::always_inline]] inline void push_back(RowList& list, Row r) {
    Patient& p = rows_[r];
    p.previous = list.tail;
    p.next = no_row;
    if (list.tail == no_row)
      list.head = r;
    else
      rows_[list.tail].next = r;
    list.tail = r;
  }
  void push_front(RowList& list, Row r) {
    Patient& p = rows_[r];
    p.next = list.head;
    p.previous = no_row;
    if (list.head == no_row)
      list.tail = r;
    else
      rows_[list.head].previous = r;
    list.head = r;
  }
  [[gnu::always_inline]] inline void unlink(RowList& list, Row r) {
    Patient& p = rows_[r];
    if (p.previous == no_row)
      list.head = p.next;
    else
      rows_[p.previous].next = p.next;
    if (p.next == no_row)
      list.tail = p.previous;
    else
      rows_[p.next].previous = p.previous;
    p.next = p.previous = no_row;
  }

 private:
  friend struct Tampering;
  [[nodiscard]] std::byte* person_of(Row root) {
    return reinterpret_cast<std::byte*>(persons_.data()) + root * person_size_;
  }
  [[nodiscard]] std::byte const* person_of(Row root) const {
    return reinterpret_cast<std::byte const*>(persons_.data()) + root * person_size_;
  }

  std::size_t const standards_, remembered_, numbered_;
  std::size_t const person_size_;            ///< bytes, whole cache lines
  std::size_t const levels_at_, pauses_at_;  ///< bytes from the start of a person
  std::size_t const course_size_;
  std::vector<Patient> rows_;
  Row free_rows_ = no_row;
  std::vector<CacheLine> persons_;  ///< [row * lines of a person], of roots
  std::vector<Tick> courses_;       ///< [row * course_size_ + i], of roots
  std::uint32_t in_system_ = 0;     ///< rows in use, but for the expected
};

}  // namespace cwtsim::engine
