// Every invariant that builds with checks hold a replication to is broken here once, and is seen to be.
#ifdef CWTSIM_CHECKS

#include <functional>
#include <optional>
#include <stdexcept>

#include "../../sim/engine/one_replication.hpp"
#include "engine/busy_hospital.hpp"

namespace cwtsim::engine {

/// Reaches into a replication between two events.
struct Tampering {
  using Spoil = std::function<bool(Flow&)>;  ///< true once it has found something to spoil

  struct Case {
    char const* what;
    char const* message;  ///< a part of what is said
    Spoil spoil;
    bool look = true;  ///< at once; else the cheap check after the event must see it
  };

  static inline Spoil spoil_now;
  static inline bool spoilt = false;
  static inline bool at_once = true;  ///< else found when the engine looks by itself
  static inline Flow* flow = nullptr;
  static inline Staff* staff = nullptr;

  static void tamper() {
    if (spoilt || flow->checks.events_ < 2000) return;
    spoilt = spoil_now(*flow);
    if (spoilt && at_once) flow->checks.check_state();
  }

  /// What a busy replication says that is spoilt as soon as it can be after a while.
  static std::string said(model::Model const& model, Spoil const& spoil, bool look_at_once = true) {
    spoil_now = spoil;
    spoilt = false;
    at_once = look_at_once;
    Workspace workspace(model);
    flow = &workspace.replication_->flow_;
    staff = &workspace.replication_->staff_;
    flow->checks.tamper_ = tamper;
    try {
      workspace.run(3, 0);
    } catch (std::logic_error const& e) {
      return e.what();
    }
    return spoilt ? "nothing" : "nothing: there was nothing to spoil";
  }

  /// Again and again: those who are busy are kept only until somebody is wanted.
  static bool forget_who_is_busy() {
    for (auto& role : staff->roles_) role.busy = 0;
    staff->busy_.clear();
    return false;
  }

  static Spoil to(Doing doing, std::function<void(Flow&, Row)> const& change) {
    return [=](Flow& s) {
      for (Row r = 0; r < s.patients.size(); ++r)
        if (s.patients[r].doing == doing) return change(s, r), true;
      return false;
    };
  }
  static Spoil at(std::function<void(Flow&)> const& change) {
    return [=](Flow& s) { return change(s), true; };
  }
  /// A pool of servers that is open, some of them in use.
  static Spoil pool(std::function<void(Flow&, model::Index16)> const& change) {
    return [=](Flow& s) {
      for (model::Index16 i = 0; i < s.capacity.size(); ++i)
        if (s.capacity[i].servers > 0 && s.capacity[i].free < s.capacity[i].servers) return change(s, i), true;
      return false;
    };
  }
  /// The last list, in order of arrival, on which at least two wait.
  static Spoil list(std::function<void(Flow&, RowList&)> const& change) {
    return [=](Flow& s) {
      for (auto i = static_cast<model::Index16>(s.lists.size()); i-- > 0;) {
        if (s.lists[i].order != model::Order::arrival) continue;
        RowList& l = s.lists.lists_[s.lists[i].queue];
        if (l.head != l.tail) return change(s, l), true;
      }
      return false;
    };
  }
  /// As if somebody in service were just started.
  static Spoil start_of(model::ResourceKind kind, std::function<void(Flow&, Row, model::Index16)> const& change) {
    return [=](Flow& s) {
      for (Row r = 0; r < s.patients.size(); ++r) {
        Patient const& p = s.patients[r];
        if (p.doing != Doing::in_service) continue;
        auto const lead = s.waited_for(p);
        if (s.capacity[lead].kind != kind) continue;
        change(s, r, lead);
        s.checks.check_start(p, s.now.steps[p.step]);
        return true;
      }
      return false;
    };
  }

  /// How many there are at the end of a replication when it goes on with a count set to something; nothing if it did
  /// not come to its end, for more than can be counted.
  static std::optional<std::uint32_t> at_end(model::Model const& model, std::uint32_t Counting::*count,
                                             std::optional<std::uint32_t> from) {
    spoil_now = at([=](Flow& s) {
      if (from) s.counting.*count = *from;
    });
    spoilt = at_once = false;
    Workspace workspace(model);
    flow = &workspace.replication_->flow_;
    flow->checks.tamper_ = tamper;
    try {
      workspace.run(3, 0);
    } catch (std::overflow_error const&) {
      return std::nullopt;
    }
    return flow->counting.*count;
  }
  static constexpr auto stops = &Counting::stops_, records = &Counting::records_;

  /// The first free row has been used so often that it is worn out after its next patient: is it then left alone?
  static bool leaves_worn_out_row_alone(model::Model const& model) {
    static Row row = no_row;
    spoil_now = [](Flow& s) {
      row = s.patients.free_rows_;
      return row != no_row && (s.patients[row].epoch = (15U << 20U) - 1, true);
    };
    spoilt = false, at_once = true;
    Workspace workspace(model);
    flow = &workspace.replication_->flow_;
    flow->checks.tamper_ = tamper;
    workspace.run(3, 0);
    for (Row r = flow->patients.first_free(); r != no_row; r = flow->patients[r].next)
      if (r == row) return false;
    return flow->patients[row].doing == Doing::nothing && flow->patients.is_worn_out(row);
  }

  static std::vector<Case> cases() {
    auto const servers = model::ResourceKind::servers;
    auto const sessions = model::ResourceKind::sessions;
    using D = Doing;
    auto const becomes = [](D doing) {
      return to(D::delayed, [doing](Flow& s, Row r) { s.patients[r].doing = doing; });
    };
    return {
        {"time", "time went back", [](Flow& s) { return s.now.tick = s.checks.recount_.last - 1, true; }, false},
        {"a patient finished twice", "conservation: ", at([](Flow& s) { ++s.counting.finished_; }), false},
        {"a patient that nobody has", "in the system",
         [](Flow& s) { return ++s.counting.referred_, ++s.checks.recount_.referred, true; }},
        {"a patient lost", "does nothing and is not free", becomes(D::nothing)},
        {"a free row in use", "among the free ones",
         [](Flow& s) {
           return s.patients.free_rows_ != no_row && (s.patients[s.patients.free_rows_].doing = D::delayed, true);
         }},
        {"a ring of free rows", "twice among the free",
         [](Flow& s) {
           return s.patients.free_rows_ != no_row &&
                  (s.patients[s.patients.free_rows_].next = s.patients.free_rows_, true);
         }},
        {"more free than there are", "servers are free",
         pool([](Flow& s, auto i) { s.capacity[i].free = s.capacity[i].servers + 1; }), false},
        {"more in use than there are", "are in use,", pool([](Flow& s, auto i) { s.capacity[i].free = -1; }), false},
        {"a tick in no account", "ticks of patients are in its accounts",
         at([](Flow& s) { --s.counting.steps_[0].delay; }), false},
        {"a tick of a branch in two", "ticks of branches are in its accounts",
         at([](Flow& s) { ++s.counting.branch_steps_[0].delay; }), false},
        {"a branch that waits too long", "ticks of branches that wait for others",
         at([](Flow& s) { ++s.counting.branch_steps_[0].joining; }), false},
        {"more outside than there are", "are outside", list([](Flow& s, RowList&) { ++s.lists[0].outside; })},
        {"slots below zero", "slots are left", pool([](Flow& s, auto i) { --(s.capacity[i].slots_left = 0); }), false},
        {"a start without a server", "in use at a start",
         start_of(servers, [](Flow& s, Row, auto i) { s.capacity[i].free = -1; })},
        {"a start after closing", "a session that closed",
         start_of(sessions, [](Flow& s, Row, auto i) { s.capacity[i].closes = s.now.tick; })},
        {"a start before the notice is up", "the notice is",
         start_of(sessions,
                  [](Flow& s, Row r, auto i) {
                    s.capacity[i].closes = s.now.tick + 1;
                    s.patients[r].joined = s.now.tick;
                  })},
        {"a wait below zero", "a wait below zero",
         to(D::queued,
            [](Flow& s, Row r) {
              s.patients[r].joined = s.now.tick + 1;
              s.checks.see_off_list(s.patients[r]);
            })},
        {"leaving a list twice", "who was not on it",
         to(D::queued,
            [](Flow& s, Row r) {
              for (auto& step : s.checks.recount_.steps) step.waiting = 0;
              s.checks.see_off_list(s.patients[r]);
            })},
        {"a wait forgotten", "Little's law: area", to(D::queued, [](Flow& s, Row r) { --s.patients[r].joined; })},
        {"a wait in the future", "in the future",
         to(D::queued, [](Flow& s, Row r) { s.patients[r].joined = s.now.tick + 1; })},
        {"one who never joined", "did not leave",
         to(D::queued,
            [](Flow& s, Row r) {
              ++s.checks.recount_.steps[s.patients[r].step * s.now.providers + s.patients[r].provider].waiting;
            })},
        {"a list too long by one", "its lists hold", pool([](Flow& s, auto i) { ++s.lists[i].waiting; })},
        {"a list that was longest when it was shorter", "the longest list was",
         [](Flow& s) {
           for (auto& line : s.lists.lines_) line.longest = 0;
           return true;
         }},
        {"a list half worked through", "worked through", pool([](Flow& s, auto i) { s.lists[i].moving = true; })},
        {"waiting, on no list", "on no list", becomes(D::queued)},
        {"interrupted, on no list", "interrupted and on no list", becomes(D::paused)},
        {"held, on no list", "held and on no list", becomes(D::blocked)},
        {"in service of nobody", "in service", becomes(D::in_service)},
        {"between two states", "between two states", becomes(D::withdrawn)},
        {"a list of others", "a list of others",
         to(D::queued, [](Flow& s, Row r) { s.patients[r].doing = D::delayed; })},
        {"a torn list", "is torn", list([](Flow& s, RowList& l) { s.patients[l.tail].previous = no_row; })},
        {"a list without its last", "but not its tail", list([](Flow&, RowList& l) { l.tail = l.head; })},
        {"one before its turn", "joined before the one in front",
         list([](Flow& s, RowList& l) { s.patients[l.head].joined = s.now.tick, s.patients[l.tail].joined = 0; })},
        {"on two lists", "on two lists",
         [](Flow& s) {
           for (auto& heap : s.lists.heaps_)
             for (Due const& due : heap)
               if (s.patients[due.row].epoch == due.epoch) return heap.push_back(Due(due)), true;
           return false;
         }},
        {"on the list of another resource", "does not wait for", list([](Flow& s, RowList& l) {
           for (RowList& earlier : s.lists.lists_)
             if (earlier.head == no_row) return std::swap(earlier, l);
         })},
        {"a service that ends in the past", "in service from",
         to(D::in_service, [](Flow& s, Row r) { s.patients[r].finishes = 0; })},
        {"capacity that nobody holds", "its patients hold",
         [](Flow& s) {
           for (Patient& p : s.patients.rows_) {
             if (p.doing != D::in_service) continue;
             auto const& lead = s.now.resource_rules[s.waited_for(p)];
             bool const free_of_lists = lead.at_closing == model::AtClosing::finish;
             if (free_of_lists && lead.kind == model::ResourceKind::servers) return p.doing = D::delayed, true;
           }
           return false;
         }},
        {"kept by nobody", "was counted as kept", at([](Flow& s) { ++s.deadlocks.kept_[2]; })},
        {"a branch too many", "branches, not", to(D::branched, [](Flow& s, Row r) { ++s.patients[r].children; })},
        {"a branch of somebody else", "branch",
         to(D::branched, [](Flow& s, Row r) { s.patients[s.patients[r].first_child].parent = no_row; })},
        {"a busy tick that was not", "in use were counted", [](Flow& s) { return ++s.capacity[2].busy_ticks, true; }},
        {"an open tick that was not", "open were counted", at([](Flow& s) { ++s.capacity.totals_[2].open_ticks; })},
        {"a wait counted twice", "starts after", at([](Flow& s) {
           for (auto& step : s.counting.steps_) ++step.wait_ticks;
         })},
        {"a wait counted twice at its resource", "not those that happened",
         at([](Flow& s) { ++s.capacity.totals_[2].wait_ticks; })},
    };
  }
};

}  // namespace cwtsim::engine

using namespace cwtsim;

TEST_CASE("a replication in which something impossible happens says so") {
  auto parts = small::hospital();
  parts.run_for = "120 days";
  parts.warm_up = "0 days";
  auto const model = small::model_of(parts);
  for (auto const& c : engine::Tampering::cases()) {
    INFO(c.what);
    auto const said = engine::Tampering::said(model, c.spoil, c.look);
    INFO(said);
    CHECK(said.find("invariant broken at tick ") == 0);
    CHECK(said.find(c.message) != said.npos);
  }
  CHECK(engine::Tampering::said(model, [](auto&) { return true; }) == "nothing");
}

TEST_CASE("clocks that stop, and values recorded: as many as can be counted, and one more") {
  auto parts = small::hospital();
  parts.run_for = "120 days";
  parts.warm_up = "0 days";
  parts.measures = R"("value": {"on": "told", "value": 1})";
  auto const model = small::model_of(parts);
  using engine::Tampering;
  for (auto const& [count, most] :
       {std::pair(Tampering::stops, UINT32_MAX / 2), std::pair(Tampering::records, UINT32_MAX)}) {
    auto const from_0 = Tampering::at_end(model, count, 0);
    REQUIRE(from_0);
    REQUIRE(*from_0 > 10);
    CHECK(Tampering::at_end(model, count, most - *from_0) == most);
    CHECK_FALSE(Tampering::at_end(model, count, most - *from_0 + 1));
  }
}

TEST_CASE("a row of patients is used no more before its epochs come round") {
  CHECK(engine::Tampering::leaves_worn_out_row_alone(small::model_of(small::hospital())));
}

TEST_CASE("somebody who mans two sessions at once is found") {
  auto parts = small::hospital();
  parts.run_for = "120 days";
  parts.warm_up = "0 days";
  for (std::string const name : {"one", "two"})
    parts.resources += ", \"" + name + R"(": {"kind": "sessions", "staff": {"sister": 1}, "sessions": {
        "day": {"on": "daily", "opens": ")" +
                       (name == "one" ? "09:00" : "10:00") + R"(", "closes": "17:00", "slots": 1}}})";
  auto const model = small::model_of(parts);
  auto const said = engine::Tampering::said(
      model, [](auto&) { return engine::Tampering::forget_who_is_busy(); }, false);
  INFO(said);
  CHECK(said.find("here/sister: 2 man sessions at once, 1 of 1 are at work") != said.npos);
  CHECK(engine::Tampering::said(model, [](auto&) { return true; }) == "nothing");
}

TEST_CASE("the engine looks by itself, long before the end") {
  auto const model = small::model_of(small::hospital());
  auto const nobody = engine::Tampering::cases()[2];
  auto const said = engine::Tampering::said(model, nobody.spoil, false);
  INFO(said);
  REQUIRE(said.find(nobody.message) != said.npos);
  auto const found_at = std::stoul(said.substr(said.find("tick ") + 5));
  CHECK(found_at < model.end / 4);
}

#endif
