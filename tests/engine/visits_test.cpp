#include "cwtsim/engine/visits.hpp"

#include "small_model.hpp"

using namespace cwtsim;
using namespace cwtsim::small;
using engine::Visits;

namespace {

/// What one patient of the first source asks for, by the equations; a long walk must come to the same.
class Asks {
 public:
  explicit Asks(Parts const& p, engine::Passes const& passes = {}, std::uint32_t walkers = 40'000)
      : model_(model_of(p)) {
    auto const& era = model_.eras.front();
    auto exact = engine::exact_visits(model_, era, passes).at(0);
    REQUIRE(exact.has_value());
    visits_ = std::move(*exact);
    auto const walked = engine::walked_visits(model_, era, 0, walkers, 7, passes);
    for (std::size_t at = 0; at < walked.starts.size(); ++at) {
      INFO(model_.names.steps[at / model_.providers()]);
      CHECK(walked.starts[at] == Approx(visits_.starts[at]).epsilon(0.05).margin(0.002));
      CHECK(walked.hours[at] == Approx(visits_.hours[at]).epsilon(0.05).margin(0.002));
    }
  }
  [[nodiscard]] double starts(std::string const& step, std::string const& provider = "here") const {
    return visits_.starts[at(step, provider)];
  }
  [[nodiscard]] double hours(std::string const& step) const { return visits_.hours[at(step, "here")]; }

 private:
  [[nodiscard]] std::size_t at(std::string const& step, std::string const& provider) const {
    return index_in(model_.names.steps, "path/" + step) * model_.providers() +
           index_in(model_.names.providers, provider);
  }
  model::Model model_;
  Visits visits_;
};

Parts parts(std::string const& steps) {
  Parts p;
  p.run_for = "52 weeks";
  p.resources =
      R"("clinic": {"kind": "sessions", "sessions": {"day": {"on": "daily", "opens": "09:00", "closes": "12:00", "slots": 40}}},
         "bed": {"kind": "servers", "servers": 90})";
  p.steps = steps + R"(, "home": {"kind": "end"})";
  p.demand = arrive("gp", "daily", "\"08:00\"", 4);
  return p;
}

}  // namespace

TEST_CASE("a loop is gone round as often as a geometric series says") {
  Asks const asks(parts(R"("first": {"kind": "appointment", "needs": "clinic", "then": {"again": 0.6, "home": 0.4}},
      "again": {"kind": "delay", "takes": "1 day", "then": "first"})"));
  CHECK(asks.starts("first") == Approx(1 / 0.4).epsilon(1e-10));
  CHECK(asks.starts("again") == Approx(0.6 / 0.4).epsilon(1e-10));
}

TEST_CASE("missed appointments use a slot up, until they are missed for the last time") {
  Asks const rebooked(parts(
      R"("first": {"kind": "appointment", "needs": "clinic", "did_not_attend": {"share": 0.2, "rebook": "2 days"}, "then": "home"})"));
  CHECK(rebooked.starts("first") == Approx(1 / 0.8));
  Asks const discharged(parts(
      R"("first": {"kind": "appointment", "needs": "clinic", "repeats": 3, "every": "7 days", "did_not_attend": {"share": 0.5, "rebook": "2 days", "up_to": 2, "then": "lost"}, "then": "home"},
         "lost": {"kind": "servers", "needs": "bed", "takes": "1 hours", "then": "home"})"));
  // of those who begin a repeat three in four attend it, at one and a half slots each
  CHECK(discharged.starts("first") == Approx(1.5 * (1 + 0.75 + 0.75 * 0.75)));
  CHECK(discharged.starts("lost") == Approx(1 - 0.75 * 0.75 * 0.75));
}

TEST_CASE("nobody comes who misses all appointments, by up to a thousand of them") {
  for (std::string const up_to : {"100", "150", "1000"}) {
    INFO(up_to);
    Asks const asks(
        parts(R"("first": {"kind": "appointment", "needs": "clinic", "did_not_attend": {"share": 1, "up_to": )" +
              up_to + R"(, "then": "home"}, "then": "stay"},
         "stay": {"kind": "servers", "needs": "bed", "takes": "1 hours", "then": "home"})"),
        {}, 100);
    CHECK(asks.starts("first") == Approx(std::stod(up_to)));
    CHECK(asks.starts("stay") == 0);
  }
}

TEST_CASE("each repeat of an appointment has a luck of its own, however often it is missed") {
  auto const model = model_of(parts(R"("first": {"kind": "appointment", "needs": "clinic", "repeats": 10,
      "every": "1 day", "did_not_attend": {"share": 0.995, "rebook": "1 day"}, "then": "home"})"));
  double const walkers = 1'000;
  auto const visits = engine::walked_visits(model, model.eras.front(), 0, 1'000, 7, {});
  CHECK(visits.asked.at(0) == Approx(10 / 0.005).epsilon(0.05));
  // of a geometric distribution, ten times: less what is cut off after a thousand
  CHECK(visits.variance.at(0) * walkers == Approx(10 * 0.995 / (0.005 * 0.005)).epsilon(0.2));
}

TEST_CASE("hours are those of the mean length, by level, factors and repeats") {
  auto p = parts(
      R"("first": {"kind": "servers", "needs": "bed", "takes": {"by": ["who"], "old": {"lognormal": {"mean": "3 hours", "sd": "9 hours"}}, "young": "1 hours"},
         "times": {"ward": {"by": ["who"], "old": 2, "young": 1}}, "repeats": {"by": ["who"], "old": 2, "young": 1}, "every": "7 days", "then": "home"})");
  p.attributes = R"("who": {"levels": ["old", "young"], "shares": {"old": 0.25, "young": 0.75}})";
  Asks const asks(p);
  CHECK(asks.hours("first") == Approx(0.25 * 2 * 6 + 0.75).epsilon(1e-3));
}

TEST_CASE("levels are remembered as long as something hangs on them, also those that depend on others") {
  auto p = parts(
      R"("first": {"kind": "delay", "takes": "1 day", "sets": {"risk": {"by": ["sex"], "m": {"high": 0.9, "low": 0.1}, "f": {"high": 0.2, "low": 0.8}}}, "then": "seen"},
         "seen": {"kind": "appointment", "needs": "clinic", "then": {"by": ["risk", "sex"], "high": {"m": {"stay": 0.5, "home": 0.5}, "f": "stay"}, "low": "home"}},
         "stay": {"kind": "servers", "needs": "bed", "takes": "10 hours", "then": "home"})");
  p.attributes = R"("old": {"levels": ["yes", "no"], "shares": {"yes": 0.5, "no": 0.5}},
      "sex": {"levels": ["m", "f"], "shares": {"by": ["old"], "yes": {"m": 0.2, "f": 0.8}, "no": {"m": 0.6, "f": 0.4}}},
      "risk": {"levels": ["low", "high"], "shares": {"low": 1}})";
  Asks const asks(p);
  CHECK(asks.starts("stay") == Approx(0.4 * 0.9 * 0.5 + 0.6 * 0.2));
}

TEST_CASE("a transfer takes patients to where the next step is chosen") {
  auto p = parts(
      R"("first": {"kind": "transfer", "to": {"here": 0.25, "there": 0.75}, "then": {"by": ["provider"], "here": "home", "there": "stay"}},
         "stay": {"kind": "servers", "needs": "bed", "takes": "10 hours", "then": "home"})");
  p.providers = R"("there": {"resources": {"bed": {"kind": "servers", "servers": 50}}})";
  Asks const asks(p);
  CHECK(asks.starts("stay", "there") == Approx(0.75));
  CHECK(asks.starts("stay", "here") == 0);
}

TEST_CASE("each branch is gone through by those who start it, and what follows by all") {
  Asks const asks(parts(
      R"("first": {"kind": "parallel", "starts": {"blood": 1, "scan": 0.3}, "joins_at": "told"},
         "blood": {"kind": "appointment", "needs": "clinic", "then": {"blood": 0.5, "told": 0.5}},
         "scan": {"kind": "servers", "needs": "bed", "takes": "2 hours", "then": "told"},
         "told": {"kind": "appointment", "needs": "clinic", "then": "home"})"));
  CHECK(asks.starts("blood") == Approx(2).epsilon(1e-10));
  CHECK(asks.hours("scan") == Approx(0.6));
  CHECK(asks.starts("told") == Approx(1));
}

TEST_CASE("a delay is given up as often as its reason is the earlier") {
  // exponential against exponential: 1/10 of 1/10 + 1/30; against a third that is certain after 20 days
  Asks const asks(parts(
      R"("first": {"kind": "delay", "takes": {"exponential": {"mean": "10 days"}}, "gives_up": {"ill": {"after": {"exponential": {"mean": "30 days"}}, "then": "stay"}}, "then": "seen"},
         "seen": {"kind": "appointment", "needs": "clinic", "then": "home"},
         "stay": {"kind": "servers", "needs": "bed", "takes": "1 hours", "then": "home"})"));
  CHECK(asks.starts("seen") == Approx(0.75).epsilon(1e-3));
  CHECK(asks.starts("stay") == Approx(0.25).epsilon(1e-3));
}

TEST_CASE("where a list lets through a share, so many come to what is behind it") {
  auto const p = parts(R"("first": {"kind": "appointment", "needs": "clinic", "then": "stay"},
      "stay": {"kind": "servers", "needs": "bed", "takes": "1 hours", "then": "home"})");
  engine::Passes passes(model_of(p).eras.front().steps.size(), 1.0);
  passes[0] = 0.25;
  Asks const asks(p, passes);
  CHECK(asks.starts("first") == Approx(1));
  CHECK(asks.starts("stay") == Approx(0.25));
}

TEST_CASE("no equation is trusted with what branches do to each other") {
  auto const visits = [](std::string const& steps) {
    auto p = parts(steps);
    p.attributes = R"("x": {"levels": ["a", "b"], "shares": {"a": 1}})";
    auto const model = model_of(p);
    return engine::exact_visits(model, model.eras.front(), {}).at(0);
  };
  std::string const parallel = R"("first": {"kind": "parallel", "starts": {"one": 1, "two": 1}, "joins_at": "told"},
      "told": {"kind": "delay", "takes": "1 day", "then": {"by": ["x"], "a": "home", "b": "late"}}, "late": {"kind": "delay", "takes": "1 day", "then": "home"},
      "two": {"kind": "delay", "takes": "1 day", "then": "told"}, "one": {"kind": "delay", "takes": "1 day", )";
  CHECK(visits(parallel + R"("then": "told"})").has_value());
  CHECK_FALSE(visits(parallel + R"("then": {"told": 0.5, "home": 0.5}})").has_value());
  CHECK_FALSE(visits(parallel + R"("sets": {"x": {"b": 1}}, "then": "told"})").has_value());
}

TEST_CASE("of a stream that can be solved every provider is") {
  auto p = parts(R"("first": {"kind": "delay", "takes": "1 day", "then": "home"})");
  p.providers = R"("there": {"resources": {}})";
  p.demand = R"("gp": {"pathway": "path", "per_day": {"here": 1, "there": 2}})";
  auto const model = model_of(p);
  auto const exact = engine::exact_visits(model, model.eras.front(), {});
  REQUIRE(exact.size() == 2);
  CHECK(exact[0].has_value());
  CHECK(exact[1].has_value());
}
