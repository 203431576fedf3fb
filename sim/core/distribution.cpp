#include "cwtsim/core/distribution.hpp"

#include <fmt/format.h>

#include <cmath>

#include "curve.hpp"

namespace cwtsim {
namespace {

constexpr double longest_seconds = 1e11;  // over three thousand years: longer is a slip of the pen
constexpr double widest_sigma = 5;        // p90 over 600 times the median

bool bad(Duration d) {
  return !(d.seconds >= 0) || d.seconds > longest_seconds;
}
constexpr auto out_of_range = "every length of time must be from 0 to 3,000 years";

std::string problem(Constant const& s) {
  return bad(s.value) ? out_of_range : "";
}

std::string problem(Exponential const& s) {
  if (bad(s.mean)) return out_of_range;
  return s.mean.seconds > 0 ? "" : "its mean must be longer than 0";
}

std::string problem(Uniform const& s) {
  if (bad(s.from) || bad(s.to)) return out_of_range;
  return s.from <= s.to ? "" : "its `from` is longer than its `to`";
}

std::string problem(Triangular const& s) {
  if (bad(s.least) || bad(s.mode) || bad(s.most)) return out_of_range;
  return s.least <= s.mode && s.mode <= s.most ? "" : "its least, mode and most must be in rising order";
}

std::string problem(Lognormal const& s) {
  for (auto const& d : {s.median, s.p90, s.mean, s.sd})
    if (d && bad(*d)) return out_of_range;
  auto const solved = solve_lognormal(s);
  if (auto const* text = std::get_if<std::string>(&solved)) return *text;
  auto const& curve = std::get<LognormalCurve>(solved);
  if (curve.sigma > widest_sigma) return "it is spread too widely: its p90 is over 600 times its median";
  return curve.mean() <= longest_seconds ? "" : "its mean is over 3,000 years";
}

std::string problem(Gamma const& s) {
  if (bad(s.mean) || bad(s.sd)) return out_of_range;
  if (!(s.mean.seconds > 0 && s.sd.seconds > 0)) return "its mean and sd must be longer than 0";
  double const ratio = s.sd.seconds / s.mean.seconds;
  return ratio >= 0.01 && ratio <= 10 ? "" : "its sd must be between 0.01 and 10 times its mean";
}

std::string problem(Erlang const& s) {
  if (bad(s.mean)) return out_of_range;
  if (!(s.mean.seconds > 0)) return "its mean must be longer than 0";
  return s.phases >= 1 && s.phases <= 10'000 ? "" : "its phases must be a whole number from 1 to 10,000";
}

std::string problem(Weibull const& s) {
  if (bad(s.median) || bad(s.p90)) return out_of_range;
  if (!(s.median.seconds > 0)) return "its median must be longer than 0";
  if (!(s.p90 > s.median)) return "its p90 must be longer than its median";
  return s.p90.seconds <= 600 * s.median.seconds ? "" : "it is spread too widely: its p90 is over 600 times its median";
}

std::string problem(Bands const& s) {
  if (s.cumulative.empty()) return "it has no bands";
  double share_before = 0;
  double length_before = -1;
  for (auto const& [length, share] : s.cumulative) {
    if (bad(length)) return out_of_range;
    if (!(length.seconds > length_before)) return "its lengths of time must rise";
    if (!(share >= share_before && share <= 1)) return "its shares must rise from 0 to 1";
    length_before = length.seconds;
    share_before = share;
  }
  return std::fabs(share_before - 1) <= 1e-9 ? "" : fmt::format("its last share must be 1, but it is {}", share_before);
}

}  // namespace

std::string problem_of(Distribution const& d) {
  if (bad(d.plus)) return out_of_range;
  return std::visit([](auto const& shape) { return problem(shape); }, d.shape);
}

double mean_seconds(Distribution const& d) {
  return d.plus.seconds + std::visit([](auto const& curve) { return curve.mean(); }, curve_of(d.shape));
}

double least_seconds(Distribution const& d) {
  return d.plus.seconds + std::visit([](auto const& curve) { return curve.at({0, 1}); }, curve_of(d.shape));
}

double quantile_seconds(Distribution const& d, double u) {
  return d.plus.seconds + std::visit([u](auto const& curve) { return curve.at({u, 1 - u}); }, curve_of(d.shape));
}

}  // namespace cwtsim
