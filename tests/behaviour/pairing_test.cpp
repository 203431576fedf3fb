// Two arms that share their patients' luck: what that saves, and that it moves no mean.

#include "hospital.hpp"

using namespace trial;

namespace {

/// Share of those counted for the 28-day standard who met it, in replication r.
double attainment(model::Model const& m, engine::Workspace& space, std::uint64_t seed, std::uint64_t r) {
  auto const& result = space.run(seed, r);
  double met = 0, counted = 0;
  for (std::uint32_t month = 0; month < m.months; ++month) {
    met += result.met[m.cell(m.cuts[m.standards[1].cuts.first].first, month)];
    counted += result.counted[m.cell(m.cuts[m.standards[1].cuts.first].first, month)];
  }
  return met / counted;
}

}  // namespace

TEST_CASE("common random numbers save most of the replications of a difference, and do not move it") {
  auto const base = model_from(hospital::network);
  auto const changed = model_from(hospital::network, {"/providers/north/resources/clinic/sessions/weekday/slots=15"});
  engine::Workspace base_space(base), changed_space(changed);
  constexpr std::uint64_t pairs = 60;
  std::vector<double> together, apart;
  for (std::uint64_t r = 0; r < pairs; ++r) {
    double const before = attainment(base, base_space, 5, r);
    together.push_back(attainment(changed, changed_space, 5, r) - before);
    apart.push_back(attainment(changed, changed_space, 6, r) - before);
  }
  auto const paired = mean_of(together), independent = mean_of(apart);
  INFO("difference " << paired.value << " +- " << paired.error << " with, " << independent.value << " +- "
                     << independent.error << " without");
  CHECK(paired.error * paired.error < 0.2 * independent.error * independent.error);  // at least five times fewer
  CHECK(paired.value > 0);
  CHECK(std::abs(paired.value - independent.value) < 3 * std::hypot(paired.error, independent.error));
}

TEST_CASE("looking on changes nothing: a replication is the same with a trace as without") {
  auto const m = model_from(hospital::network);
  engine::Workspace plain(m), traced(m);
  for (std::uint64_t r = 0; r < 3; ++r) {
    engine::Trace trace;
    auto const& a = plain.run(3, r);
    auto const& b = traced.run(3, r, &trace);
    CHECK(trace.size() > a.events / 2);
    CHECK(a.events == b.events);
    CHECK(a.counted == b.counted);
    CHECK(a.met == b.met);
    CHECK(a.days == b.days);
    CHECK(a.arrivals == b.arrivals);
    CHECK(hospital::waited(a) == hospital::waited(b));
  }
}
