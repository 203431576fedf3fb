#pragma once
// The fields of the shapes of a distribution: a part of the one declaration in describe.hpp. A constant and bands have
// no fields; how they are written stands in sim/io/read_composite.cpp.

#include "cwtsim/scenario/doc.hpp"

namespace cwtsim::scenario {

template <class V>
void describe(V& v, Exponential& s) {
  v.about(Exponential::name, "Memoryless: most are short, a few are long.");
  v.field("mean", s.mean, Doc{.text = "mean", .example = "\"5 days\"", .required = true});
}

template <class V>
void describe(V& v, Uniform& s) {
  v.about(Uniform::name, "Every length between two is equally likely.");
  v.field("from", s.from, Doc{.text = "shortest", .example = "\"2 days\"", .required = true});
  v.field("to", s.to, Doc{.text = "longest", .example = "\"5 days\"", .required = true});
}

template <class V>
void describe(V& v, Triangular& s) {
  v.about(Triangular::name, "Between two lengths, most often a third.");
  v.field("least", s.least, Doc{.text = "shortest", .example = "\"2 days\"", .required = true});
  v.field("mode", s.mode, Doc{.text = "most frequent", .example = "\"4 days\"", .required = true});
  v.field("most", s.most, Doc{.text = "longest", .example = "\"10 days\"", .required = true});
}

template <class V>
void describe(V& v, Normal& s) {
  v.about(Normal::name, "A bell, cut at 0; mean and sd are those of what is left.");
  v.field("mean", s.mean, Doc{.text = "mean", .example = "\"14 days\"", .required = true});
  v.field("sd", s.sd,
          Doc{.text = "standard deviation, below 0.95 times the mean", .example = "\"3 days\"", .required = true});
}

template <class V>
void describe(V& v, Lognormal& s) {
  v.about(Lognormal::name, "Skewed, with a long tail: median and p90, or mean and sd.");
  v.field("median", s.median, Doc{.text = "half are at or below it", .example = "\"5 days\""});
  v.field("p90", s.p90, Doc{.text = "nine of ten are at or below it", .example = "\"30 days\""});
  v.field("mean", s.mean, Doc{.text = "mean, with sd", .example = "\"9 days\""});
  v.field("sd", s.sd, Doc{.text = "standard deviation", .example = "\"6 days\""});
}

template <class V>
void describe(V& v, Gamma& s) {
  v.about(Gamma::name, "Skewed, with a moderate tail.");
  v.field("mean", s.mean, Doc{.text = "mean", .example = "\"9 days\"", .required = true});
  v.field("sd", s.sd, Doc{.text = "standard deviation", .example = "\"6 days\"", .required = true});
}

template <class V>
void describe(V& v, Erlang& s) {
  v.about(Erlang::name, "The sum of equal exponential phases.");
  v.field("mean", s.mean, Doc{.text = "mean of the whole", .example = "\"9 days\"", .required = true});
  v.field("phases", s.phases, Doc{.text = "how many phases", .example = "3", .required = true, .min = 1, .max = 1000});
}

template <class V>
void describe(V& v, Weibull& s) {
  v.about(Weibull::name, "Skewed; its hazard rises or falls with time.");
  v.field("median", s.median, Doc{.text = "half are at or below it", .example = "\"5 days\"", .required = true});
  v.field("p90", s.p90, Doc{.text = "nine of ten are at or below it", .example = "\"30 days\"", .required = true});
}

}  // namespace cwtsim::scenario
