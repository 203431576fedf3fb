// Waiting lists as a hospital's system writes them.

#include "../../sim/io/waiting_files.hpp"

#include "catch_compat.hpp"
#include "cwtsim/scenario/validate.hpp"
#include "written.hpp"

using namespace cwtsim;
using written::Folder;

namespace {

/// A list of the sound scenario, whose columns are as given.
std::string scenario_with(std::string const& columns, std::string const& more = {}) {
  return written::scenario(
      R"("attributes": { "tumour": { "levels": ["lung", "skin"], "shares": { "lung": 0.5, "skin": 0.5 } } },
    "waiting": { "ptl": { "like": "gp", "provider": "hospital", "step": "first", "file": "lists/ptl.csv")" +
      more + R"(, "columns": {)" + columns + "} } },");
}

io::ReadResult read(std::string const& csv, std::string const& columns, std::string const& more = {},
                    std::vector<io::Lever> const& levers = {}) {
  Folder const folder;
  folder.write("lists/ptl.csv", csv);
  return io::read_scenario({folder.write("scenario.json", scenario_with(columns, more)), {}, levers});
}

scenario::Waiting const& list_of(io::ReadResult const& r) {
  INFO(written::text_of(r.problems));
  REQUIRE(r.problems.empty());
  REQUIRE(r.scenario.base.waiting.size() == 1);
  return r.scenario.base.waiting.items[0].second;
}

std::string const dated = R"("referred": "Referral date", "attributes": {"tumour": "Site"})";

}  // namespace

TEST_CASE("dates as hospital systems write them") {
  auto const first_of_march = parse_date("2026-03-01");
  for (auto const* text : {"2026-03-01", "2026-03-01 14:30", "2026-03-01T00:00:00", "2026-03-01 14:30:00.000",
                           "2026-03-01T09:15:00Z", "2026-03-01T09:15:00+01:00", "2026/03/01", "20260301", "01/03/2026",
                           "1/3/2026", "01/03/2026 00:00", "01/03/2026 09:15:27", "1/3/26", "01.03.2026", "01-03-2026",
                           "01-MAR-2026", "1-Mar-26", "01 March 2026", "01/03/2026 9:15 PM"}) {
    INFO(text);
    CHECK(io::date_of_cell(text) == first_of_march);
  }
  for (auto const* text :
       {"", "x", "31/02/2026", "2026-02-30", "2026-13-01", "03/13/2026", "2026-03", "01/03", "01/03/2026x",
        "01/03/2026 soon", "46082", "1/3-2026", "01-Mrz-2026", "001/03/2026", "2026-03-01 1430", "n/k"}) {
    INFO(text);
    CHECK_FALSE(io::date_of_cell(text).has_value());
  }
}

TEST_CASE("a list as it leaves the system: byte order mark, titles, quotes, line ends, columns that nobody asked for") {
  auto const r = read(
      "\xEF\xBB\xBFPTL as at 31/03/2026\r\n\r\nNHS number,\"Referral date\",Name,Site\r\n"
      "1,01/03/2026 09:15,\"O'Hara, "
      "\"\"Pat\"\"\",LUNG\r\n2,2026-03-01,\"two\r\nlines\",lung\r\n3,28/02/2026,,\r\n,,,\r\n",
      dated);
  auto const& list = list_of(r);
  REQUIRE(list.rows.size() == 2);  // two say the same
  CHECK(list.patients == 3);
  CHECK(list.rows[0].patients == 2);
  CHECK(list.rows[0].referred == parse_date("2026-03-01"));
  CHECK(*list.rows[0].attributes.find("tumour") == "lung");
  CHECK(list.rows[1].referred == parse_date("2026-02-28"));
  CHECK(list.rows[1].attributes.empty());
  CHECK(scenario::validate(r.scenario).empty());
  REQUIRE(r.told.size() == 1);
  CHECK(r.told.list()[0].what.find("2 of the 4 columns of the waiting list are not used: NHS number, Name") == 0);
  CHECK(r.told.list()[0].place.find("ptl.csv:3:1") != std::string::npos);
  CHECK(r.files.size() == 2);
  CHECK(r.composed_json.find("ptl.csv") == std::string::npos);  // what is composed stands alone
}

TEST_CASE("separators, line ends and encodings of other systems") {
  for (std::string const& text :
       {std::string("Site;Referral date\nlung;01/03/2026\nskin;02/03/2026\n"),
        std::string("Site\tReferral date\rlung\t01/03/2026\rskin\t02/03/2026"),
        std::string("Site,Ward,Referral date\nlung,St Th\xE9r\xE8se,01/03/2026\nskin,\xA3,02/03/2026\n"),
        std::string(" Site , Referral date \n\xC2\xA0lung\xC2\xA0 ,\t01/03/2026\nskin, 02/03/2026 \n\n")}) {
    INFO(text);
    auto const r = read(text, dated);
    REQUIRE(list_of(r).rows.size() == 2);
    CHECK(*list_of(r).rows[0].attributes.find("tumour") == "lung");
    CHECK(*list_of(r).rows[1].attributes.find("tumour") == "skin");
  }
  auto const wide = read(std::string("\xFF\xFES\0i\0", 6), dated);
  REQUIRE(wide.problems.size() == 1);
  CHECK(wide.problems.list()[0].what.find("UTF-16LE") != std::string::npos);
}

TEST_CASE("cells are spelled as the scenario says, and counted") {
  auto const r = read(
      "Days,N,At,Tumour\n45,\"1,200\",H01,Lung ca.\n3.9,2,h01,SKIN\n",
      R"("waited": "Days", "patients": "N", "provider": {"column": "At", "spelled": {"H01": "hospital", "h01": "hospital"}},
                        "attributes": {"tumour": {"column": "Tumour", "spelled": {"Lung ca.": "lung"}}})");
  auto const& list = list_of(r);
  REQUIRE(list.rows.size() == 2);
  CHECK(list.patients == 1202);
  CHECK(list.rows[0].waited->seconds == 45 * seconds_per_day);
  CHECK(list.rows[0].provider == "hospital");
  CHECK(list.rows[1].waited->seconds == 3 * seconds_per_day);
  CHECK(*list.rows[1].attributes.find("tumour") == "skin");
}

TEST_CASE("a lever scales the patients of a list, to the nearest whole") {
  auto const csv = "Referral date,Site\n01/03/2026,lung\n02/03/2026,skin\n03/03/2026,skin\n";
  auto const scaled = [&](std::string const& factor) {
    return read(csv, dated, "", {io::lever_of(io::Lever::Op::scale, "/waiting/*/patients", factor)});
  };
  CHECK(list_of(scaled("2")).patients == 6);
  CHECK(list_of(scaled("1.1")).patients == 3);  // 3.3
  CHECK(list_of(scaled("1.2")).patients == 4);  // 3.6
  auto const set = read(csv, dated, "", {io::lever_of(io::Lever::Op::set, "/waiting/ptl/patients", "3.6")});
  REQUIRE(set.problems.size() == 1);
  CHECK(set.problems.list()[0].what.find("3.6 is not a whole number") == 0);
}

TEST_CASE("a file is named as seen from the file that names it, and a list may be extended") {
  Folder const folder;
  folder.write("base/ptl.csv", "Referral date,Site\n01/03/2026,lung\n");
  folder.write("other.csv", "Seen,Site\n02/03/2026,skin\n");
  auto base = scenario_with(dated);
  base.replace(base.find("lists/ptl.csv"), 13, "ptl.csv");
  folder.write("base/scenario.json", base);
  auto const whole = R"({ "schema": 1, "extends": "base/scenario.json")";
  auto const as_is = io::read_scenario({folder.write("a.json", std::string(whole) + "}"), {}, {}});
  CHECK(list_of(as_is).rows[0].referred == parse_date("2026-03-01"));
  auto const changed = io::read_scenario({folder.write("b.json", std::string(whole) + R"(, "waiting": { "ptl": {
      "file": "other.csv", "columns": { "referred": "Seen" } } } })"),
                                          {},
                                          {}});
  CHECK(list_of(changed).rows[0].referred == parse_date("2026-03-02"));
  CHECK(*list_of(changed).rows[0].attributes.find("tumour") == "skin");
  auto const removed =
      io::read_scenario({folder.write("c.json", std::string(whole) + R"(, "waiting": { "ptl": null } })"), {}, {}});
  CHECK(removed.scenario.base.waiting.empty());
  auto const outside = io::read_scenario(
      {folder.write("base/d.json", base.replace(base.find("\"ptl.csv\""), 9, "\"../other.csv\"")), {}, {}});
  REQUIRE(outside.problems.size() == 1);
  CHECK(outside.problems.list()[0].what.find("does not lie in the folder of the scenario") != std::string::npos);
}

TEST_CASE("what was composed can be read again, and is the same") {
  auto const r = read("Referral date,Site\n01/03/2026,lung\n01/03/2026,lung\n02/03/2026,\n", dated);
  (void)list_of(r);
  auto const again = written::read(r.composed_json);
  INFO(written::text_of(again.problems));
  REQUIRE(again.problems.empty());
  CHECK(again.composed_json == r.composed_json);
}

TEST_CASE("every bad row is named, with what may stand there, the same slip once, with all its lines") {
  auto const r = read(
      "Referral "
      "date,Site,N\n01/03/2026,lung,1\n,lung,1\n31/02/2026,skinn,x\n02/03/2026,skinn,-1\n02/03/2026,skinn,1.5\n"
      "03/03/2026,lung,1,extra\n",
      dated + R"(, "patients": "N")");
  std::vector<std::string> said;
  for (auto const& p : r.problems.list()) said.push_back(p.place.substr(p.place.find("ptl.csv")) + " " + p.what);
  CHECK(said == std::vector<std::string>{
                    "ptl.csv:3:1 column \"Referral date\" is empty",
                    "ptl.csv:4:1 \"31/02/2026\" in column \"Referral date\" is not a date",
                    "ptl.csv:4:18 \"x\" in column \"N\" is not a whole number",
                    "ptl.csv:4:12 \"skinn\" in column \"Site\" is not a level of tumour (lung, skin); so do lines 5, 6",
                    "ptl.csv:5:18 \"-1\" in column \"N\" is not a whole number",
                    "ptl.csv:6:18 \"1.5\" in column \"N\" is not a whole number",
                    "ptl.csv:7:1 the row has 4 cells, the first line names 3 columns"});
}

TEST_CASE("a list has a hundred thousand rows, and not one more") {
  auto const rows = [](int n) {
    std::string text = "Days\n";
    for (int i = 0; i < n; ++i) text += std::to_string(i % 50) + "\n";
    return read(text, R"("waited": "Days")");
  };
  CHECK(list_of(rows(100'000)).patients == 100'000);
  auto const more = rows(100'001);
  REQUIRE(more.problems.size() == 1);
  CHECK(more.problems.list()[0].what == "the list has 100001 rows (100000 is the most)");
}

TEST_CASE("an attribute may have the name of a column: an empty cell of it is drawn, and of days nothing is asked") {
  for (std::string const name : {"waited", "referred", "patients"}) {
    INFO(name);
    auto scenario = scenario_with(R"("referred": "Date", "attributes": {")" + name + R"(": "Site"})");
    scenario.replace(scenario.find("tumour"), 6, name);
    Folder const folder;
    folder.write("lists/ptl.csv", "Date,Site\n01/03/2026,lung\n01/03/2026,\n");
    auto const r = io::read_scenario({folder.write("scenario.json", scenario), {}, {}});
    auto const& list = list_of(r);
    REQUIRE(list.rows.size() == 2);
    CHECK(*list.rows[0].attributes.find(name) == "lung");
    CHECK(list.rows[1].attributes.empty());
    // and it does not stand for the column that says how long they have waited
    auto without = scenario;
    without.replace(without.find(R"("referred": "Date", )"), 20, "");
    auto const refused = io::read_scenario({folder.write("without.json", without), {}, {}});
    REQUIRE(refused.problems.size() == 1);
    CHECK(refused.problems.list()[0].what.find("no column says how long they have waited") == 0);
  }
}
