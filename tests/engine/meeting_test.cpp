#include "small_model.hpp"

using namespace cwtsim;
using namespace cwtsim::small;

namespace {

Parts mdt(std::string const& resource, std::string const& demand) {
  Parts p;
  p.run_for = "21 days";
  p.resources = R"("mdt": {"kind": "meeting", )" + resource + "}";
  p.steps =
      R"("first": {"kind": "meeting", "needs": "mdt", "on_finish": ["discussed"], "then": "home"}, "home": {"kind": "end"})";
  p.demand = demand;
  p.standards = R"("wait": {"starts": "came", "stops": "discussed", "limit": "7 days"})";
  return p;
}

}  // namespace

TEST_CASE("a meeting takes the first of those who wait, up to its cap, the rest wait for the next one") {
  auto p = mdt(R"("meets": {"weekly": {"on": "wed", "at": "14:00", "cases": 2}})",
               arrive("gp", "mon", "\"09:00\"", 1, came));
  p.waiting = R"("list": {"like": "gp", "provider": "here", "step": "first", "patients": 4, "waited": "10 days"})";
  Run const r(p);
  // three meetings of two: four of the list (12 and 19 days), then two of the three Mondays, the first two
  CHECK(r.resource("mdt").sessions == 3);
  CHECK(r.resource("mdt").offered == 6);
  CHECK(r.resource("mdt").used == 6);
  CHECK(r.days("wait") == Days{{9, 1}, {12, 2}, {16, 1}, {19, 2}});
  CHECK(r.resource("mdt").waiting_at_end == 1);
}

TEST_CASE("papers must be in by the cut-off") {
  auto const meets = R"("meets": {"weekly": {"on": "wed", "at": "14:00", "cases": 10}})";
  SECTION("at the cut-off is in time, a minute later is not") {
    Run const r(
        mdt(std::string(R"("cut_off": "1 days", )") + meets, arrive("gp", "tue", "\"14:00\", \"14:01\"", 1, came)));
    CHECK(r.days("wait") == Days{{1, 3}, {8, 2}});  // each Tuesday one is in time, one waits a week more
  }
  SECTION("without a cut-off whoever comes at the moment of the meeting is in") {
    Run const r(mdt(meets, arrive("gp", "wed", "\"14:00\", \"14:01\"", 1, came)));
    CHECK(r.days("wait") == Days{{0, 3}, {7, 2}});
  }
}

TEST_CASE("a meeting is a moment: cases left over are lost") {
  Run const r(mdt(R"("meets": {"weekly": {"on": "wed", "at": "14:00", "cases": 5}})",
                  arrive("gp", "wed", "\"15:00\"", 6, came)));
  CHECK(r.days("wait") == Days{{7, 9}, {14, 1}});  // five of the first week, then its sixth and four more
  CHECK(r.resource("mdt").offered == 15);
  CHECK(r.resource("mdt").waiting_at_end == 8);
}

TEST_CASE("a meeting without a number of cases takes all who wait") {
  Run const r(mdt(R"("meets": {"weekly": {"on": "wed", "at": "14:00"}})", arrive("gp", "mon", "\"09:00\"", 70, came)));
  CHECK(r.days("wait") == Days{{2, 210}});
  CHECK(r.resource("mdt").used == 210);
  CHECK(r.resource("mdt").offered == 210);
}

TEST_CASE("a meeting may be held on several days, and not on bank holidays") {
  auto p = mdt(
      R"("meets": {"first": {"on": "mon", "at": "10:00", "cases": 5}, "second": {"on": "thu", "at": "16:00", "cases": 5}})",
      arrive("gp", "fri", "\"09:00\"", 1, came));
  p.starts = "2026-04-03";
  p.run_for = "14 days";
  CHECK(Run(p).days("wait") == Days{{3, 2}});
  p.bank_holidays = "england";  // Easter Monday is the 6th
  CHECK(Run(p).days("wait") == Days{{3, 1}, {6, 1}});
}
