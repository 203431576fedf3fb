// Two scenarios under one seed share the luck of every patient: differences come out sharper, and are not shifted.

#include <algorithm>

#include "hospital.hpp"

using namespace trial;

namespace {

constexpr std::uint64_t pairs = 60;

std::vector<double> waits(Results const& results) {
  std::vector<double> hours;
  for (auto const& r : results)
    hours.push_back(static_cast<double>(hospital::waited(r)) / 60 / static_cast<double>(r.referred));
  return hours;
}

std::vector<double> differences(std::vector<double> const& a, std::vector<double> const& b) {
  std::vector<double> d;
  for (std::size_t k = 0; k < a.size(); ++k) d.push_back(b[k] - a[k]);
  return d;
}

}  // namespace

TEST_CASE("shared luck halves the variance of a difference at least, and does not shift it") {
  auto const plain = waits(run(model_from(hospital::network), pairs, 5));
  for (char const* const lever :
       {"/providers/north/resources/theatre/per_week=10.5",
        "/providers/south/resources/clinic/sessions/weekday/slots=10", R"(/pathways/suspected/steps/ct/takes="30 min")",
        R"(/providers/north/resources/ct/hours/weekday/servers=2)"}) {
    auto const changed = model_from(hospital::network, {lever});
    auto const paired = mean_of(differences(plain, waits(run(changed, pairs, 5))));
    auto const independent = mean_of(differences(plain, waits(run(changed, pairs, 77))));
    double const variance_ratio = paired.error * paired.error / (independent.error * independent.error);
    CAPTURE(lever, paired.value, paired.error, independent.value, independent.error, variance_ratio);
    CHECK(paired.error > 0);
    CHECK(variance_ratio < 0.5);
    CHECK(std::abs(paired.value - independent.value) < 3 * std::hypot(paired.error, independent.error));
  }
}
