#include "clinic.hpp"

using namespace cwtsim;

namespace {

std::vector<Problem> found_in(small::Parts const& p, std::vector<std::string> const& levers = {}) {
  auto request = clinic::request();
  request.scenario.text = small::text_of(p);
  for (auto const& lever : levers)
    request.scenario.levers.push_back(io::parse_lever(io::Lever::Op::set, lever).value());
  auto const made = study::read_sound(request.scenario);
  auto const* const problems = std::get_if<Problems>(&made);
  return problems ? problems->list() : std::vector<Problem>{};
}

std::string problems_of(small::Parts const& p, std::vector<std::string> const& levers = {}) {
  std::string text;
  for (auto const& problem : found_in(p, levers)) text += problem.pointer + ": " + problem.what + "\n";
  return text;
}

std::string sessions(std::string const& name, std::string const& on, std::string const& hours, int slots,
                     std::string const& more = "") {
  return "\"" + name + R"(": {"kind": "sessions", "sessions": {"a": {"on": ")" + on + "\", " + hours +
         R"(, "slots": )" + std::to_string(slots) + "}}" + more + "}";
}

small::Parts parts(std::string const& resources, std::string const& step, int patients = 1) {
  small::Parts p;
  p.run_for = "28 days";
  p.resources = resources;
  p.steps = R"("first": )" + step +
            R"(, "other": {"kind": "delay", "takes": "1 day", "then": "home"}, "home": {"kind": "end"})";
  p.demand = small::arrive("gp", "mon", "\"08:00\"", patients);
  return p;
}

std::string const
    early = R"("opens": "06:00", "closes": "14:00")",
    late = R"("opens": "14:00", "closes": "22:00")",
    both = R"({"kind": "appointment", "needs": {"theatre": 1, "surgeon": 1}, "then": {"home": 0.9, "other": 0.1}})";

}  // namespace

TEST_CASE("what is never open together serves nobody: other days, other hours, other weeks") {
  auto const with = [](std::string const& a, std::string const& b) { return problems_of(parts(a + ", " + b, both)); };
  std::string const nobody =
      "/pathways/path/steps/first: nobody can ever be served at here: theatre and surgeon, all of "
      "which it needs, are never open at the same time\n";
  CHECK(with(sessions("theatre", "mon", early, 3), sessions("surgeon", "tue", early, 3)) == nobody);
  CHECK(with(sessions("theatre", "mon", early, 3), sessions("surgeon", "mon", late, 3)) == nobody);
  CHECK(with(sessions("theatre", "mon", early, 3), sessions("surgeon", "mon,tue", early, 3)).empty());
  CHECK(with(sessions("theatre", "mon", early, 3), R"("surgeon": {"kind": "servers", "servers": 1})").empty());
  std::string const night =
      R"("surgeon": {"kind": "servers", "hours": {"a": {"on": "mon", "opens": "20:00", "closes": "08:00", "servers": 1}}})";
  CHECK(with(sessions("theatre", "tue", early, 3), night).empty());
  CHECK(with(sessions("theatre", "wed", early, 3), night) == nobody);
  auto const second =
      R"("surgeon": {"kind": "sessions", "sessions": {"a": {"on": "mon", "opens": "06:00", "closes": "14:00", "slots": 3, "every_weeks": 2}}})";
  CHECK(with(sessions("theatre", "mon", early, 3), second).empty());
}

TEST_CASE("two sessions that overlap have room for a visit that neither has alone, two that touch have not") {
  auto const with = [](std::string const& second) {
    return problems_of(parts(
        R"("clinic": {"kind": "sessions", "sessions": {"a": {"on": "mon", "opens": "06:00", "closes": "14:00", "slots": 3}, "b": {"on": "mon", )" +
            second + R"(, "slots": 3}}})",
        R"({"kind": "appointment", "needs": {"clinic": 5}, "then": {"home": 0.9, "other": 0.1}})"));
  };
  CHECK(with(R"("opens": "13:59", "closes": "20:00")").empty());
  CHECK_FALSE(with(R"("opens": "14:00", "closes": "20:00")").empty());
}

TEST_CASE("whoever gives up before the notice is over is never served, nor whose notice outlasts the run") {
  auto const with = [](std::string const& notice, std::string const& after) {
    return problems_of(parts(sessions("clinic", "daily", early, 3, R"(, "notice": ")" + notice + "\""),
                             R"({"kind": "appointment", "needs": "clinic", "gives_up": {"ill": {"after": )" + after +
                                 R"(, "then": "other"}}, "then": {"home": 0.9, "other": 0.1}})"));
  };
  CHECK(with("7 days", "\"8 days\"").empty());
  CHECK(with("7 days", "\"7 days\"") ==
        "/pathways/path/steps/first: nobody can ever be served at here: all give up after 1 week at the latest, before "
        "the notice of clinic, 1 week, is over\n");
  CHECK(with("7 days", R"({"uniform": {"from": "1 days", "to": "8 days"}})").empty());
  CHECK_FALSE(with("28 days", "\"90 days\"").empty());
  CHECK(with("27 days", "\"90 days\"").empty());
}

TEST_CASE("what is never open together is laid at the door of the lever that parts it, and of no other") {
  auto const with = [](std::string const& day, std::vector<std::string> const& levers) {
    auto const found =
        found_in(parts(sessions("theatre", "mon", early, 3) + ", " + sessions("surgeon", day, early, 3), both), levers);
    REQUIRE(found.size() == 1);
    return found[0];
  };
  std::string const tuesday = "/providers/here/resources/surgeon/sessions/a/on=tue";
  std::vector<std::string> const others{"/name=another", "/pathways/path/steps/other/takes=2 days"};
  auto const without = with("tue", others);
  CHECK(without.what.find("nobody can ever be served") == 0);
  CHECK(without.what.find("brings this about") == std::string::npos);
  CHECK(without.place.rfind("clinic.json:", 0) == 0);
  CHECK(with("mon", {others[0], tuesday, others[1]}).place ==
        "--set /providers/here/resources/surgeon/sessions/a/on=\"tue\"");
}

TEST_CASE("a pathway whose name holds a slash is told by its own pointer") {
  auto request = clinic::request();
  auto& text = *request.scenario.text;
  text =
      small::text_of(parts(sessions("theatre", "mon", early, 3) + ", " + sessions("surgeon", "tue", early, 3), both));
  for (std::size_t at = 0; (at = text.find("\"path\"", at)) != std::string::npos;) text.replace(at, 6, "\"p/q\"");
  auto const made = study::read_sound(request.scenario);
  REQUIRE(std::holds_alternative<Problems>(made));
  CHECK(std::get<Problems>(made).list().at(0).pointer == "/pathways/p~1q/steps/first");
}

TEST_CASE("where nobody comes nothing is refused") {
  auto p = parts(sessions("theatre", "mon", early, 3) + ", " + sessions("surgeon", "tue", early, 3), both);
  CHECK_FALSE(problems_of(p).empty());
  CHECK(problems_of(p, {"/pathways/path/start=other"}).find("nobody can ever be served") == std::string::npos);
  p.steps = R"("choice": {"kind": "delay", "takes": "1 day", "then": {"first": 0, "other": 1}}, )" + p.steps;
  p.start = "choice";
  CHECK(problems_of(p).find("nobody can ever be served") == std::string::npos);
}
