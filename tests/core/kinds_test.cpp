#include "cwtsim/core/kinds.hpp"

#include <string>

#include "catch_compat.hpp"

using namespace cwtsim;

namespace {

/// The kinds of step of whose records something holds, with blanks.
template <class Says>
std::string those(Says const& says) {
  std::string kinds;
  for (std::size_t i = 0; i < count_of<StepKind>; ++i)
    if (steps_that(says) >> i & 1u) kinds += (kinds.empty() ? "" : " ") + std::string(words_of<StepKind>()[i]);
  return kinds;
}

std::string waiting_for(ResourceKind kind) {
  return those([kind](StepRecord const& r) { return r.waits_for == kind; });
}
std::string given_up(GivingUp since) {
  return those([since](StepRecord const& r) { return r.given_up == since; });
}

bool sound_with(StepKind kind, bool StepRecord::*member, bool value) {
  auto record = record_of(kind);
  record.*member = value;
  return kinds::sound(record);
}

}  // namespace

TEST_CASE("what is asked of each kind of step") {
  CHECK(those(&StepRecord::leads_on) == "delay appointment servers meeting gather transfer");
  CHECK(those(&StepRecord::takes_time) == "delay appointment servers transfer");
  CHECK(those(&StepRecord::must_take_time) == "delay");
  CHECK(those(&StepRecord::in_working_days) == "delay");
  CHECK(those(&StepRecord::may_repeat) == "delay appointment servers meeting gather");
  CHECK(those(&StepRecord::may_pause_clocks) == "delay appointment servers meeting");
  CHECK(those(&StepRecord::may_be_given_up) == "delay appointment servers meeting gather");
  CHECK(given_up(GivingUp::since_start) == "delay");
  CHECK(given_up(GivingUp::since_joining) == "appointment servers meeting gather");
  CHECK(those(&StepRecord::waits_on_list) == "appointment servers meeting");
  CHECK(waiting_for(ResourceKind::sessions) == "appointment");
  CHECK(waiting_for(ResourceKind::servers) == "servers");
  CHECK(waiting_for(ResourceKind::meeting) == "meeting");
  CHECK(those(&StepRecord::may_be_missed) == "appointment");
  CHECK(those(&StepRecord::uses_up) == "appointment meeting");
  CHECK(those(&StepRecord::gathers) == "gather");
  CHECK(those(&StepRecord::waits) == "appointment servers meeting gather");
  CHECK(those(&StepRecord::branches) == "parallel");
  CHECK(those(&StepRecord::moves) == "transfer");
  CHECK(those(&StepRecord::continues) == "continues");
  CHECK(those(&StepRecord::ends) == "end");
  CHECK(those(&StepRecord::has_figures) == "delay appointment servers meeting gather parallel transfer continues");
}

TEST_CASE("waiting on a list is said of a kind as of its record") {
  for (auto const& record : step_records) CHECK(waits_on_list(record.kind) == record.waits_for.has_value());
}

TEST_CASE("each kind has a record of its own with every text, and a picture that no other has") {
  for (std::size_t i = 0; i < count_of<StepKind>; ++i) {
    auto const& record = record_of(static_cast<StepKind>(i));
    INFO(words_of<StepKind>()[i]);
    CHECK(record.kind == static_cast<StepKind>(i));
    CHECK(kinds::told(record));
    for (auto const& other : step_records) {
      bool const same = other.shape == record.shape || other.noun == record.noun || other.meaning == record.meaning;
      CHECK((other.kind == record.kind || !same));
    }
  }
  CHECK(record_of(ResourceKind::servers).openings == "hours");
  CHECK(record_of(ResourceKind::meeting).amount == "cases");
}

TEST_CASE("the compiler is asked about the right things: records that are missing, moved, silent or absurd") {
  CHECK(kinds::in_order(step_records));
  auto moved = step_records;
  std::swap(moved[2], moved[3]);
  CHECK_FALSE(kinds::in_order(moved));
  std::array<StepRecord, count_of<StepKind> - 1> fewer{};
  std::copy_n(step_records.begin(), fewer.size(), fewer.begin());
  CHECK_FALSE(kinds::in_order(fewer));
  std::array<StepRecord, count_of<StepKind> + 1> more{};
  std::copy(step_records.begin(), step_records.end(), more.begin());
  CHECK_FALSE(kinds::in_order(more));

  for (auto const text : {&StepRecord::noun, &StepRecord::plural, &StepRecord::meaning, &StepRecord::shape}) {
    auto silent = record_of(StepKind::delay);
    silent.*text = "";
    CHECK_FALSE(kinds::told(silent));
  }
  for (auto const text : {&ResourceRecord::noun, &ResourceRecord::openings, &ResourceRecord::amount}) {
    auto silent = record_of(ResourceKind::sessions);
    silent.*text = "";
    CHECK_FALSE(kinds::told(silent));
  }
  CHECK(sound_with(StepKind::delay, &StepRecord::takes_time, true));  // as it is
  CHECK_FALSE(sound_with(StepKind::end, &StepRecord::ends, false));   // it would lead nowhere
  CHECK_FALSE(sound_with(StepKind::end, &StepRecord::leads_on, true));
  CHECK_FALSE(sound_with(StepKind::parallel, &StepRecord::takes_time, true));
  CHECK_FALSE(sound_with(StepKind::continues, &StepRecord::may_repeat, true));
  CHECK_FALSE(sound_with(StepKind::meeting, &StepRecord::must_take_time, true));
  CHECK_FALSE(sound_with(StepKind::meeting, &StepRecord::in_working_days, true));
  CHECK_FALSE(sound_with(StepKind::delay, &StepRecord::may_be_missed, true));
  CHECK_FALSE(sound_with(StepKind::transfer, &StepRecord::uses_up, true));
}
