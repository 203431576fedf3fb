// Every invariant that builds with checks hold a replication to is broken here once, and is seen to be.
#ifdef CWTSIM_CHECKS

#include <functional>
#include <stdexcept>

#include "../../sim/engine/state.hpp"
#include "engine/busy_hospital.hpp"

namespace cwtsim::engine {

/// Reaches into a replication between two events.
struct Tampering {
  using State = Workspace::State;
  using Spoil = std::function<bool(State&)>;  ///< true once it has found something to spoil

  struct Case {
    char const* what;
    char const* message;  ///< a part of what is said
    Spoil spoil;
    bool look = true;  ///< at once; else the cheap check after the event must see it
  };

  static inline Spoil spoil_now;
  static inline bool spoilt = false;
  static inline bool at_once = true;  ///< else found when the engine looks by itself

  /// What a busy replication says that is spoilt as soon as it can be after a while.
  static std::string said(model::Model const& model, Spoil const& spoil, bool look_at_once = true) {
    spoil_now = spoil;
    spoilt = false;
    at_once = look_at_once;
    Workspace workspace(model);
    workspace.state_->tamper_ = [](State& s) {
      if (spoilt || s.result_.events < 2000) return;
      spoilt = spoil_now(s);
      if (spoilt && at_once) s.check_state();
    };
    try {
      workspace.run(3, 0);
    } catch (std::logic_error const& e) {
      return e.what();
    }
    return spoilt ? "nothing" : "nothing: there was nothing to spoil";
  }

  static Spoil to(Doing doing, std::function<void(State&, Row)> const& change) {
    return [=](State& s) {
      for (Row r = 0; r < s.rows_.size(); ++r)
        if (s.rows_[r].doing == doing) return change(s, r), true;
      return false;
    };
  }
  static Spoil totals(std::function<void(ReplicationResult&)> const& change) {
    return [=](State& s) { return change(s.result_), true; };
  }
  /// A pool of servers that is open, some of them in use.
  static Spoil pool(std::function<void(State&, std::size_t)> const& change) {
    return [=](State& s) {
      for (std::size_t i = 0; i < s.resources_.size(); ++i)
        if (s.resources_[i].capacity > 0 && s.resources_[i].free < s.resources_[i].capacity) return change(s, i), true;
      return false;
    };
  }
  /// The last list, in order of arrival, on which at least two wait.
  static Spoil list(std::function<void(State&, List&)> const& change) {
    return [=](State& s) {
      for (std::size_t i = s.resources_.size(); i-- > 0;) {
        if (s.phase_->resources[i].order != model::Order::arrival) continue;
        List& l = s.lists_[s.resources_[i].queue];
        if (l.head != l.tail) return change(s, l), true;
      }
      return false;
    };
  }
  /// As if somebody in service were just started.
  static Spoil start_of(std::uint8_t kind, std::function<void(State&, Row, std::size_t)> const& change) {
    return [=](State& s) {
      for (Row r = 0; r < s.rows_.size(); ++r) {
        Patient const& p = s.rows_[r];
        auto const& step = s.phase_->steps[p.step];
        if (p.doing != Doing::in_service) continue;
        auto const lead = s.waited_for(p);
        if (static_cast<std::uint8_t>(s.phase_->resources[lead].kind) != kind) continue;
        change(s, r, lead);
        s.check_start(s.rows_[r], step);
        return true;
      }
      return false;
    };
  }

  static std::vector<Case> cases() {
    auto const servers = static_cast<std::uint8_t>(model::ResourceKind::servers);
    auto const sessions = static_cast<std::uint8_t>(model::ResourceKind::sessions);
    using D = Doing;
    auto const becomes = [](D doing) { return to(D::delayed, [doing](State& s, Row r) { s.rows_[r].doing = doing; }); };
    return {
        {"time", "time went back", [](State& s) { return s.now_ = s.ledger_.last - 1, true; }, false},
        {"a patient finished twice", "conservation: ", totals([](auto& r) { ++r.finished; }), false},
        {"a patient that nobody has", "in the system",
         [](State& s) { return ++s.result_.referred, ++s.ledger_.referred, true; }},
        {"a patient lost", "does nothing and is not free", becomes(D::nothing)},
        {"a free row in use", "among the free ones",
         [](State& s) { return s.free_rows_ != no_row && (s.rows_[s.free_rows_].doing = D::delayed, true); }},
        {"a ring of free rows", "twice among the free",
         [](State& s) { return s.free_rows_ != no_row && (s.rows_[s.free_rows_].next = s.free_rows_, true); }},
        {"more free than there are", "servers are free",
         pool([](State& s, auto i) { s.resources_[i].free = s.resources_[i].capacity + 1; }), false},
        {"more in use than there are", "are in use,", pool([](State& s, auto i) { s.resources_[i].free = -1; }), false},
        {"slots below zero", "slots are left", pool([](State& s, auto i) { --(s.resources_[i].slots_left = 0); }),
         false},
        {"a start without a server", "in use at a start",
         start_of(servers, [](State& s, Row, auto i) { s.resources_[i].free = -1; })},
        {"a start after closing", "a session that closed",
         start_of(sessions, [](State& s, Row, auto i) { s.resources_[i].closes = s.now_; })},
        {"a start before the notice is up", "the notice is",
         start_of(sessions,
                  [](State& s, Row r, auto i) {
                    s.resources_[i].closes = s.now_ + 1;
                    s.rows_[r].joined = s.now_;
                  })},
        {"a wait below zero", "a wait below zero",
         to(D::queued,
            [](State& s, Row r) {
              s.rows_[r].joined = s.now_ + 1;
              s.check_off_list(s.rows_[r]);
            })},
        {"leaving a list twice", "who was not on it",
         to(D::queued,
            [](State& s, Row r) {
              for (auto& step : s.ledger_.steps) step.waiting = 0;
              s.check_off_list(s.rows_[r]);
            })},
        {"a wait forgotten", "Little's law: area", to(D::queued, [](State& s, Row r) { --s.rows_[r].joined; })},
        {"a wait in the future", "in the future", to(D::queued, [](State& s, Row r) { s.rows_[r].joined = never; })},
        {"one who never joined", "did not leave",
         to(D::queued,
            [](State& s, Row r) {
              ++s.ledger_.steps[s.rows_[r].step * s.model_.providers() + s.rows_[r].provider].waiting;
            })},
        {"a list too long by one", "its lists hold", pool([](State& s, auto i) { ++s.resources_[i].waiting; })},
        {"a list that was longest when it was shorter", "the longest list was",
         [](State& s) {
           for (auto& r : s.resources_) r.longest = 0;
           return true;
         }},
        {"a list half worked through", "worked through",
         pool([](State& s, auto i) { s.resources_[i].dispatching = true; })},
        {"waiting, on no list", "on no list", becomes(D::queued)},
        {"interrupted, on no list", "interrupted and on no list", becomes(D::paused)},
        {"held, on no list", "held and on no list", becomes(D::blocked)},
        {"in service of nobody", "in service", becomes(D::in_service)},
        {"between two states", "between two states", becomes(D::withdrawn)},
        {"a list of others", "a list of others", to(D::queued, [](State& s, Row r) { s.rows_[r].doing = D::delayed; })},
        {"a torn list", "is torn", list([](State& s, List& l) { s.rows_[l.tail].previous = no_row; })},
        {"a list without its last", "but not its tail", list([](State&, List& l) { l.tail = l.head; })},
        {"one before its turn", "joined before the one in front",
         list([](State& s, List& l) { s.rows_[l.head].joined = s.now_, s.rows_[l.tail].joined = 0; })},
        {"on two lists", "on two lists",
         [](State& s) {
           for (auto& heap : s.heaps_)
             for (Due const& due : heap)
               if (s.rows_[due.row].epoch == due.epoch) return heap.push_back(Due(due)), true;
           return false;
         }},
        {"on the list of another resource", "does not wait for", list([](State& s, List& l) {
           for (List& earlier : s.lists_)
             if (earlier.head == no_row) return std::swap(earlier, l);
         })},
        {"a service that ends in the past", "in service from",
         to(D::in_service, [](State& s, Row r) { s.rows_[r].joined = 0; })},
        {"capacity that nobody holds", "its patients hold",
         [](State& s) {
           for (Patient& p : s.rows_) {
             if (p.doing != D::in_service) continue;
             auto const& lead = s.phase_->resources[s.waited_for(p)];
             bool const free_of_lists = lead.at_closing == model::AtClosing::finish;
             if (free_of_lists && lead.kind == model::ResourceKind::servers) return p.doing = D::delayed, true;
           }
           return false;
         }},
        {"a branch too many", "branches, not", to(D::branched, [](State& s, Row r) { ++s.rows_[r].children; })},
        {"a branch of somebody else", "branch",
         to(D::branched, [](State& s, Row r) { s.rows_[s.rows_[r].first_child].parent = no_row; })},
        {"a busy tick that was not", "in use were counted",
         [](State& s) { return ++s.resources_[2].busy_ticks, true; }},
        {"an open tick that was not", "open were counted", totals([](auto& r) { ++r.resources[2].open_ticks; })},
        {"a wait counted twice", "starts after", totals([](auto& r) {
           for (auto& s : r.steps) ++s.wait_ticks;
         })},
        {"a wait counted twice at its resource", "not those that happened",
         totals([](auto& r) { ++r.resources[2].wait_ticks; })},
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
