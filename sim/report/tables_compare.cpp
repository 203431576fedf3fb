#include <fmt/format.h>

#include "cwtsim/report/compare.hpp"
#include "shown.hpp"

namespace cwtsim::report {
namespace {

using namespace experiment;

template <class R>
using Columns = Shown<R, Differences>;

std::string const& name_of(Differences const& d, ArmDifference const& row) {
  switch (row.figure) {
    case Figures::attainment:
    case Figures::in_time:
      return d.names.standards[row.of].name;
    case Figures::mean:
    case Figures::total:
      return d.names.measures[row.of].name;
    case Figures::pounds:
      return d.names.ledgers[row.of].name;
  }
  static std::string const none;
  return none;
}

template <class R>
void add_arm(Columns<R>& shown) {
  shown.add("arm", "", "which; arms.csv says what it stands for",
            [](auto& d, auto& row) { return cell_of(d.arms[row.arm].arm); });
}

Table arms(Differences const& d) {
  struct Row {
    std::size_t arm = 0;
    ArmSummary summary;
  };
  Columns<Row> shown;
  shown.add("arm", "", "as in the other tables; the first is what the others are held against",
            [](auto&, auto& row) { return cell_of(row.summary.arm); });
  shown.add("name", "", "the names of its lever files", [](auto&, auto& row) { return cell_of(row.summary.name); });
  shown.add("scenario", "", "its file", [](auto&, auto& row) { return cell_of(row.summary.scenario); });
  shown.add("lever_files", "", "each with the name that it gives itself; a semicolon between two",
            [](auto&, auto& row) { return cell_of(row.summary.lever_files); });
  shown.add("options", "", "of the command line, of those on which results depend",
            [](auto&, auto& row) { return cell_of(row.summary.options); });
  shown.add("replications", "replications", "completed in every arm, so that they are compared",
            [](auto& of, auto&) { return cell_of(of.replications); });
  shown.add("limited", "replications", "of this arm, that hit a limit or froze",
            [](auto& of, auto& row) { return cell_of(of.limited[row.arm]); });
  return table_of<Row>("arms", "The arms that are compared", d, shown, [&d](auto const& use) {
    for (std::size_t arm = 0; arm < d.arms.size(); ++arm) use({arm, d.arms[arm]});
  });
}

Table differences(Differences const& d) {
  Columns<ArmDifference> shown;
  add_arm(shown);
  shown.add("figure", "", "attainment or in_time of a standard, mean or total of a measure, pounds of a ledger",
            [](auto&, auto& row) { return cell_of(std::string(word_of(row.figure))); });
  shown.add("name", "", "the standard, measure or ledger",
            [](auto& of, auto& row) { return cell_of(name_of(of, row)); });
  shown.add("dimension", "", "how the patients are divided",
            [](auto& of, auto& row) { return cell_of(of.stratum_of(row).dimension); });
  shown.add("value", "", "which of them", [](auto& of, auto& row) { return cell_of(of.stratum_of(row).value); });
  shown.add("month", "", "twelve whole months, or all the measured time",
            [](auto&, auto& row) { return cell_of(row.when); });
  shown.add("first", "as the figure",
            "in the first arm: a share (attainment), as the measure (mean), or patients (in_time), values (total) or "
            "pounds a year",
            [](auto&, auto& row) { return cell_of(row.first); });
  shown.add("other", "as the figure", "in this arm", [](auto&, auto& row) { return cell_of(row.other); });
  shown.add("difference", "as the figure", "this less the first, in the same replications",
            [](auto&, auto& row) { return cell_of(row.difference.value); });
  auto const difference = [](auto& row) { return std::optional(row.difference); };
  shown.add_interval("ci", "as the figure", "difference", difference);
  shown.add("all_low", "as the figure",
            "95 % interval of the differences of all arms together (all hold in 95 of 100 cases), lower end",
            [](auto&, auto& row) { return cell_of(row.low_of_all); });
  shown.add("all_high", "as the figure", "95 % interval of the differences of all arms together, upper end",
            [](auto&, auto& row) { return cell_of(row.high_of_all); });
  shown.add("saved", "times",
            "as many replications would be needed for the same interval, had the arms not had the same luck; empty "
            "where the difference is the same in every replication",
            [](auto&, auto& row) { return cell_of(row.saved); });
  shown.add_advised(difference);
  return table_of(
      "differences", "By how much each arm differs from the first; what is the same in every replication is left out",
      d, shown, those_of(d.rows, [](ArmDifference const& row) { return row.difference.value != 0 || row.error > 0; }));
}

Table best(Differences const& d) {
  Columns<BestArm> shown;
  shown.add("standard", "", "clock",
            [](auto& of, auto& row) { return cell_of(of.names.standards[row.standard].name); });
  shown.add("arm", "", "that meets it most often over all the measured time",
            [](auto& of, auto& row) { return cell_of(of.arms[row.arm].arm); });
  shown.add("as_good", "", "arms in which every replication shows the same; a semicolon between two",
            [](auto& of, auto& row) {
              std::string text;
              for (auto const arm : row.as_good) text += (text.empty() ? "" : "; ") + of.arms[arm].arm;
              return cell_of(text);
            });
  shown.add("confidence", "share", "that no other arm is better",
            [](auto&, auto& row) { return cell_of(row.confidence); });
  shown.add("replications_advised", "replications",
            "that should stand behind the confidence, by the skewness of the leads; empty where there are enough",
            [](auto&, auto& row) { return row.advised > 0 ? cell_of(row.advised) : Cell(); });
  return table_of("best", "Which arm meets each standard most often", d, shown, all_of(d.best));
}

Table pounds_each(Differences const& d) {
  Columns<PoundsEach> shown;
  add_arm(shown);
  shown.add("standard", "", "clock",
            [](auto& of, auto& row) { return cell_of(of.names.standards[row.standard].name); });
  shown.add("ledger", "", "of kind cash",
            [](auto& of, auto& row) { return cell_of(of.names.ledgers[row.ledger].name); });
  shown.add("in_time", "patients a year", "more than in the first arm, of all the measured time",
            [](auto&, auto& row) { return cell_of(row.in_time.difference.value); });
  shown.add_interval("in_time", "patients a year", "in_time",
                     [](auto& row) { return std::optional(row.in_time.difference); });
  shown.add("pounds", "pounds a year", "more than in the first arm",
            [](auto&, auto& row) { return cell_of(row.pounds.difference.value); });
  shown.add_interval("pounds", "pounds a year", "pounds",
                     [](auto& row) { return std::optional(row.pounds.difference); });
  shown.add("each", "pounds a patient", "pounds by in_time; empty where it is not clear that more are in time",
            [](auto&, auto& row) { return cell_of(row.each); });
  shown.add_interval(
      "each", "pounds a patient", "each", [](auto& row) -> auto& { return row.each; });
  return table_of("pounds_each", "What each patient more who is in time costs", d, shown, all_of(d.pounds_each));
}

}  // namespace

std::vector<Table> compare_tables(Differences const& d) {
  return {arms(d), differences(d), best(d), pounds_each(d)};
}

std::string compare_reference() {
  std::string out =
      "\n# Tables of a comparison\n\n"
      "`cwtsim compare SCENARIO --with FILE --out DIR` writes each as a CSV file.\n";
  Differences const none;
  for (auto const& table : compare_tables(none)) out += described(table);
  return out;
}

}  // namespace cwtsim::report
