// Factors of shares and of lengths of time.

#include "cwtsim/engine/visits.hpp"
#include "small_model.hpp"

using namespace cwtsim;
using namespace cwtsim::small;

namespace {

std::string const ends = R"(, "a": {"kind": "delay", "takes": "1 days", "then": "home"},
    "b": {"kind": "delay", "takes": "2 days", "then": "home"}, "c": {"kind": "delay", "takes": "3 days", "then": "home"},
    "home": {"kind": "end"})";

/// Two thousand patients choose their way.
Parts fork(std::string const& then, std::string const& more = "") {
  Parts p;
  p.run_for = "14 days";
  p.steps = R"("first": {"kind": "delay", "takes": "30 min", "then": )" + then + more + "}" + ends;
  p.demand = arrive("gp", "mon", "\"09:00\"", 1000);
  return p;
}

/// How many took each way.
std::vector<std::uint64_t> ways(Run const& r) {
  return {r.step("a").starts, r.step("b").starts, r.step("c").starts};
}

std::uint64_t const patients = 2000;
std::string const thirds = R"({"a": 0.2, "b": 0.3, "c": 0.5})";

}  // namespace

TEST_CASE("odds multiply the share of an outcome, and all are scaled to sum to 1") {
  // 0.2, 0.3 x 1.5 x 2 and 0.5 are 1.6 in all: who chooses what is as if the shares were written so
  Run const r(fork(thirds, R"(, "odds": {"b": {"campaign": 1.5, "tool": 2}})"));
  Run const written(fork(R"({"a": 0.125, "b": 0.5625, "c": 0.3125})"));
  CHECK(ways(r) == ways(written));
  CHECK(ways(r) != ways(Run(fork(thirds))));
  CHECK(r.step("b").starts > patients / 2);
}

TEST_CASE("of two outcomes the factor is an odds ratio") {
  Run const r(fork(R"({"a": 0.5, "b": 0.25, "c": 0.25})", R"(, "odds": {"b": {"x": 2}, "c": {"x": 2}})"));
  CHECK(ways(r) == ways(Run(fork(R"({"a": 0.333333333333333, "b": 0.333333333333333, "c": 0.333333333333334})"))));
}

TEST_CASE("factors of 1 change nothing, a factor of 0 takes an outcome away") {
  CHECK(ways(Run(fork(thirds, R"(, "odds": {"b": {"campaign": 1}, "c": {"campaign": 1}})"))) ==
        ways(Run(fork(thirds))));
  CHECK(ways(Run(fork(thirds, R"(, "odds": {"a": {"shut": 0}, "b": {"shut": 0}})"))) ==
        std::vector<std::uint64_t>{0, 0, patients});
}

TEST_CASE("where every outcome would be taken away, shares hold as they are written") {
  auto p = fork(thirds, R"(, "odds": {"a": {"x": {"by": ["who"], "old": 0, "young": 1}},
      "b": {"x": {"by": ["who"], "old": 0, "young": 1}}, "c": {"x": {"by": ["who"], "old": 0, "young": 1}}})");
  p.attributes = R"("who": {"levels": ["old", "young"], "shares": "old"})";
  CHECK(ways(Run(p)) == ways(Run(fork(thirds))));
}

TEST_CASE("factors may depend on the patient, the provider and the stream") {
  Parts p;
  p.attributes = R"("who": {"levels": ["old", "young"]})";
  p.providers = R"("there": {})";
  p.steps =
      R"("first": {"kind": "delay", "takes": "2 days", "then": "home",
      "times": {"age": {"by": ["who"], "old": 1.5, "otherwise": 1}, "place": {"by": ["provider"], "there": 2, "otherwise": 1},
                "way": {"by": ["stream"], "b": 0.25, "otherwise": 1}}}, "home": {"kind": "end"})";
  p.demand =
      arrive("a", "mon", "\"09:00\"", 1, R"("attributes": {"who": "old"})") + ", " +
      arrive("b", "mon", "\"09:00\"", 1, R"("attributes": {"who": "young"})") +
      R"(, "c": {"pathway": "path", "provider": "there", "timetable": {"on": "mon", "at": ["09:00"]}, "attributes": {"who": "old"}})";
  Run const r(p);
  CHECK(r.step("first").service_ticks == (3 * 24 + 12) * 60);        // 2 days x 1.5, and 2 days x 0.25
  CHECK(r.step("first", "there").service_ticks == 2 * 3 * 24 * 60);  // 2 days x 1.5 x 2
  CHECK(r.result.finished == 3);
}

TEST_CASE("a length of time is rounded to the nearest tick after it is multiplied, half a tick up") {
  for (auto const& [factor, minutes] : std::map<std::string, std::uint64_t>{
           {"0.05", 2}, {"0.0499", 1}, {"0.016", 0}, {"0", 0}, {"1", 30}, {"1000", 0}}) {
    Parts p = fork(R"({"a": 1, "b": 0, "c": 0})", R"(, "times": {"f": )" + factor + "}");
    p.demand = arrive("gp", "mon", "\"09:00\"", 1);
    Run const r(p);
    INFO(factor);
    CHECK(r.step("first").service_ticks == 2 * minutes);  // of two Mondays; 30,000 minutes go beyond the end
  }
}

TEST_CASE("services and repeats take their factors too") {
  Parts p;
  p.resources = R"("desk": {"kind": "servers", "servers": 1})";
  p.steps =
      R"("first": {"kind": "servers", "needs": "desk", "takes": "1 hours", "times": {"slow": 2}, "repeats": 2, "every": "1 days", "then": "home"}, "home": {"kind": "end"})";
  p.demand = arrive("gp", "mon", "\"09:00\"", 1);
  Run const r(p);
  CHECK(r.resource("desk").busy_ticks == 2 * 120);
}

TEST_CASE("the odds of not attending are multiplied") {
  auto const clinic = [](std::string const& missed) {
    Parts p;
    p.resources =
        R"("clinic": {"kind": "sessions", "sessions": {"day": {"on": "daily", "opens": "09:00", "closes": "12:00", "slots": 1000}}})";
    p.steps = R"("first": {"kind": "appointment", "needs": "clinic", "did_not_attend": {)" + missed +
              R"(, "rebook": "30 days"}, "then": "home"}, "home": {"kind": "end"})";
    p.demand = arrive("gp", "mon", "\"08:00\"", 1000);
    return Run(p).resource("clinic").did_not_attend;
  };
  // 0.2 is 1 to 4, times 4 is evens
  CHECK(clinic(R"("share": 0.2, "odds": {"deprived": 4})") == clinic(R"("share": 0.5)"));
  CHECK(clinic(R"("share": 0.2, "odds": {"deprived": 4})") > clinic(R"("share": 0.2)"));
  CHECK(clinic(R"("share": 0.2, "odds": {"never": 0})") == 0);
  CHECK(clinic(R"("share": 0.2, "odds": {"none": 1})") == clinic(R"("share": 0.2)"));
}

TEST_CASE("the time until somebody gives up is multiplied") {
  Parts p;
  p.resources =
      R"("clinic": {"kind": "sessions", "sessions": {"thursday": {"on": "thu", "opens": "09:00", "closes": "12:00", "slots": 1}}})";
  p.steps = R"("first": {"kind": "appointment", "needs": "clinic", "gives_up":
      {"later": {"after": "4 days", "then": "home", "times": {"keen": 0.25}}, "long": {"after": "2 days", "then": "a"}}, "then": "home"},
      "a": {"kind": "delay", "takes": "1 days", "then": "home"}, "home": {"kind": "end"})";
  p.demand = arrive("gp", "mon", "\"09:00\"", 1, came);
  Run const r(p);
  CHECK(r.step("first").gave_up == 1);
  CHECK(r.step("a").starts == 0);  // one day, not two
}

TEST_CASE("odds of an attribute hold wherever its shares are given, and may depend on another attribute") {
  auto const parts = [](std::string const& odds, std::string const& young, std::string const& of_stream) {
    Parts p = fork(R"({"by": ["stage"], "early": {"a": 1, "c": 0}, "late": "b"})");
    // `stage` stands first, but is drawn after the age it depends on
    p.attributes = R"("stage": {"levels": ["early", "late"], "shares": {"early": )" + young + R"(, "late": )" +
                   std::to_string(1 - std::stod(young)) + "}" + odds + R"(},
        "age": {"levels": ["old", "young"], "shares": {"old": 0.5, "young": 0.5}})";
    if (!of_stream.empty()) p.demand = arrive("gp", "mon", "\"09:00\"", 1000, of_stream);
    return p;
  };
  std::string const odds = R"(, "odds": {"late": {"age": {"by": ["age"], "old": 3, "young": 1}}})";
  auto const of = [](std::string const& age) { return R"("attributes": {"age": ")" + age + "\"}"; };
  CHECK(ways(Run(parts(odds, "0.5", of("old")))) == ways(Run(parts("", "0.25", of("old")))));
  CHECK(ways(Run(parts(odds, "0.5", of("young")))) == ways(Run(parts("", "0.5", of("young")))));
  auto const mixed = ways(Run(parts(odds, "0.5", "")));
  CHECK(mixed[1] > 1150);
  CHECK(mixed[1] < 1350);  // 0.625 of 2000, six standard deviations
  CHECK(ways(Run(parts(odds, "0.9", R"("attributes": {"age": "old", "stage": {"early": 0.5, "late": 0.5}})"))) ==
        ways(Run(parts("", "0.25", of("old")))));
}

TEST_CASE("dated levers change a factor, and may add one") {
  auto p = fork(R"({"a": 0.5, "b": 0.5, "c": 0})", R"(, "odds": {"b": {"campaign": 1}}, "times": {"slow": 1})");
  p.levers =
      R"("more": {"pointer": "/pathways/path/steps/first/odds/b/campaign", "set": 0, "from": "2026-06-08"},
         "other": {"pointer": "/pathways/path/steps/first/odds/b/tool", "set": 2, "from": "2026-06-08"},
         "slower": {"pointer": "/pathways/path/steps/first/times/slow", "scale": 3, "from": "2026-06-08"})";
  Run const r(p);
  auto first_week = fork(R"({"a": 0.5, "b": 0.5, "c": 0})");
  first_week.run_for = "7 days";
  CHECK(r.step("b").starts == Run(first_week).step("b").starts);
  CHECK(r.step("first").service_ticks == 1000 * (30 + 90));
}

TEST_CASE("what the check of a scenario reckons knows the factors") {
  Parts p;
  p.resources = R"("desk": {"kind": "servers", "servers": 1}, "clinic": {"kind": "sessions", "sessions":
      {"day": {"on": "daily", "opens": "09:00", "closes": "12:00", "slots": 1000}}})";
  p.attributes =
      R"("who": {"levels": ["old", "young"], "shares": {"old": 0.5, "young": 0.5}, "odds": {"old": {"all": 0}}})";
  p.steps =
      R"("first": {"kind": "servers", "needs": "desk", "takes": "1 hours", "times": {"age": {"by": ["who"], "old": 50, "young": 2}},
         "then": {"home": 0.5, "seen": 0.5}, "odds": {"home": {"shut": 0}}},
      "seen": {"kind": "appointment", "needs": "clinic", "did_not_attend": {"share": 0.5, "odds": {"never": 0}, "rebook": "1 days"}, "then": "home"},
      "home": {"kind": "end"})";
  p.demand = arrive("gp", "mon", "\"09:00\"", 10);
  auto const model = model_of(p);
  for (auto const& visits : {engine::exact_visits(model, model.eras.front(), {}).at(0).value(),
                             engine::walked_visits(model, model.eras.front(), 0, 500, 1, {})}) {
    CHECK(visits.hours[index_in(model.names.steps, "path/first")] == Approx(2));
    CHECK(visits.starts[index_in(model.names.steps, "path/seen")] == Approx(1));
  }
}
