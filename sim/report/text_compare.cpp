#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <utility>

#include "cwtsim/report/compare.hpp"
#include "layout.hpp"

namespace cwtsim::report {
namespace {

using namespace experiment;

constexpr std::size_t told_arms = 20, told_standards = 3;

/// A comparison, by which standard its arms stand in order, and the attainment of all patients over all the
/// measured time.
class Page {
 public:
  Page(Differences const& differences, std::size_t in_order_of) : d(differences), standard(in_order_of) {
    for (auto const& row : d.rows)
      if (row.figure == Figures::attainment && row.when == "all" && d.stratum_of(row).dimension == "all")
        rows_.emplace(std::pair(row.arm, row.of), &row);
  }
  [[nodiscard]] ArmDifference const* row(std::size_t arm, std::size_t of_standard) const {
    auto const found = rows_.find({arm, of_standard});
    return found == rows_.end() ? nullptr : found->second;
  }

  Differences const& d;
  std::size_t standard;

 private:
  std::map<std::pair<std::size_t, std::size_t>, ArmDifference const*> rows_;
};

/// "+1.2", "-0.3", "0.0".
std::string with_sign(double value, int decimals) {
  auto text = fmt::format("{:+.{}f}", value, decimals);
  if (text.find_first_of("123456789") == std::string::npos) text.erase(0, 1);
  return text;
}

std::string grouped_with_sign(double value) {
  return (value > 0 ? "+" : "") + grouped(value);
}

Tone tone_of(ArmDifference const& row) {
  return row.is_more() ? Tone::good : row.is_less() ? Tone::bad : Tone::plain;
}

/// "+1.2 (+0.8 to +1.6) more", points.
Word points(ArmDifference const& row, int decimals, Advice& advice) {
  auto const& e = row.difference;
  auto const told = [decimals](double share) { return with_sign(100 * share, decimals); };
  std::string text = told(e.value);
  if (e.low) text += fmt::format(" ({} to {}){}", told(*e.low), told(*e.high), advice.mark(e));
  if (row.is_more()) text += " more";
  if (row.is_less()) text += " less";
  return {text, tone_of(row)};
}

/// So many that the widest interval of a standard has a figure of its own.
int decimals_of(Page const& page, std::size_t standard) {
  constexpr int fewest = 1, most = 3;
  double widest = 0;
  for (std::size_t arm = 1; arm < page.d.arms.size(); ++arm)
    if (auto const* const row = page.row(arm, standard); row != nullptr && row->difference.low)
      widest = std::max(widest, 100 * (*row->difference.high - *row->difference.low));
  int decimals = fewest;
  for (double unit = 0.1; decimals < most && widest > 0 && widest < 5 * unit; unit /= 10) ++decimals;
  return decimals;
}

std::vector<std::size_t> standards_told(Differences const& d, std::size_t first) {
  std::vector<std::size_t> told{first};
  for (std::size_t s = 0; s < d.names.standards.size() && told.size() < told_standards; ++s)
    if (s != first) told.push_back(s);
  return told;
}

/// Those that gain most first; arms in which nobody was counted last.
std::vector<std::size_t> by_gain(Page const& page) {
  std::vector<std::size_t> arms(page.d.arms.size() - 1);
  std::iota(arms.begin(), arms.end(), 1);
  auto const gain = [&](std::size_t arm) {
    auto const* const row = page.row(arm, page.standard);
    return row == nullptr ? -HUGE_VAL : row->difference.value;
  };
  std::ranges::stable_sort(arms, [&](std::size_t a, std::size_t b) { return gain(a) > gain(b); });
  return arms;
}

void append_opening(std::string& out, Differences const& d, Colour colour) {
  auto const arms = d.arms.size() - 1;
  out += painted(fmt::format("{}: {} arm{} against {}", printable(d.names.scenario), arms, arms == 1 ? "" : "s",
                             printable(d.arms.front().name)),
                 Tone::heading, colour) +
         '\n';
  auto text = fmt::format(
      "{} replication{} of each arm, seed {}: the same patients with the same luck in all of them. Measured: {} to {}.",
      d.replications, d.replications == 1 ? "" : "s", d.names.seed, format_date(d.names.first_measured),
      format_date(d.names.last_measured));
  append_wrapped(out, text, 0);
  for (std::size_t arm = 0; arm < d.arms.size(); ++arm) {
    if (d.limited[arm] == 0) continue;
    std::string lines;
    append_wrapped(lines,
                   fmt::format("{} replication{} of {} hit a limit or froze: {} compared in no arm.", d.limited[arm],
                               d.limited[arm] == 1 ? "" : "s", printable(d.arms[arm].name),
                               d.limited[arm] == 1 ? "it is" : "they are"),
                   0);
    out += painted(lines, Tone::middling, colour);
  }
}

void append_gains(std::string& out, Page const& page, Colour colour) {
  auto const& d = page.d;
  auto const standards = standards_told(d, page.standard);
  append_heading(out, "How many more meet each standard, in points", colour);
  Advice advice;
  Columns columns;
  columns.headers = {"arm", ""};
  columns.left = 2;
  std::vector<Word> first{printable(d.arms.front().arm), ""};
  if (d.arms.front().name != d.arms.front().arm) first[1] = printable(d.arms.front().name);
  std::vector<int> decimals;
  std::string labels;
  for (auto const s : standards) {
    auto const& named = d.names.standards[s];
    columns.headers.push_back(printable(named.name));
    if (named.label != named.name)
      labels += fmt::format("{}{}: {}", labels.empty() ? "" : "; ", printable(named.name), printable(named.label));
    decimals.push_back(decimals_of(page, s));
    auto const* const row = page.row(1, s);
    first.emplace_back(row == nullptr ? "" : percent(row->first) + "%");
  }
  columns.rows.push_back(std::move(first));
  auto const arms = by_gain(page);
  for (std::size_t i = 0; i < std::min(arms.size(), told_arms); ++i) {
    std::vector<Word> cells{printable(d.arms[arms[i]].arm), printable(d.arms[arms[i]].name)};
    for (std::size_t k = 0; k < standards.size(); ++k) {
      auto const* const row = page.row(arms[i], standards[k]);
      cells.push_back(row == nullptr ? Word("") : points(*row, decimals[k], advice));
    }
    columns.rows.push_back(std::move(cells));
  }
  append_columns(out, columns, colour);
  std::string below =
      arms.size() == 1
          ? "\"More\" and \"less\" are said where the 95 % interval does not reach 0."
          : "In brackets 95 % intervals, each by itself; \"more\" and \"less\" are said where that holds for all arms "
            "together in 95 of 100 cases.";
  if (arms.size() > told_arms)
    below = fmt::format("And {} more, with less to gain (differences.csv). ", arms.size() - told_arms) + below;
  if (!labels.empty()) append_wrapped(out, labels + ".", 2);
  append_wrapped(out, below, 2);
  advice.append_to(out, d.replications);
}

void append_best(std::string& out, Page const& page, Colour colour) {
  auto const& d = page.d;
  auto const found = std::ranges::find(d.best, page.standard, &BestArm::standard);
  if (found == d.best.end() || !found->confidence) return;
  append_heading(out, "Which is best", colour);
  auto text = fmt::format("{} meets {} most often", printable(d.arms[found->arm].name),
                          printable(d.names.standards[page.standard].name));
  std::size_t told = 0;
  for (auto const arm : found->as_good)
    if (++told <= 3) text += fmt::format("; {} just as often", printable(d.arms[arm].name));
  if (told > 3) text += fmt::format("; and {} more just as often", told - 3);
  auto const sure = 100 * *found->confidence;
  text += sure >= 99.9 ? "; that no other arm does better is more than 99.9 % sure."
                       : fmt::format("; that no other arm does better is {:.{}f} % sure.", sure, sure > 99 ? 1 : 0);
  if (found->advised > 0)
    text +=
        fmt::format(" {} replications are too few to vouch for that; {} are advised.", d.replications, found->advised);
  append_wrapped(out, text, 0);
}

/// Those for whom a patient more in time costs least first; where it is not clear that there are more, last.
void append_pounds(std::string& out, Page const& page, Colour colour) {
  auto const& d = page.d;
  std::vector<PoundsEach const*> rows;
  std::set<std::size_t> ledgers;  // in which any arm differs
  for (auto const& row : d.pounds_each)
    if (row.standard == page.standard && row.pounds.difference.value != 0) ledgers.insert(row.ledger);
  for (auto const& row : d.pounds_each)
    if (row.standard == page.standard && ledgers.contains(row.ledger)) rows.push_back(&row);
  if (rows.empty()) return;
  std::ranges::stable_sort(rows, [](auto const* a, auto const* b) {
    if (a->each.has_value() != b->each.has_value()) return a->each.has_value();
    return a->each && a->each->value < b->each->value;
  });
  append_heading(out, "What each patient more in time costs, by " + printable(d.names.standards[page.standard].name),
                 colour);
  bool const one = ledgers.size() == 1;
  Columns columns;
  columns.headers = {"arm", "", "more in time a year", "more pounds a year", "pounds each"};
  if (!one) columns.headers.insert(columns.headers.begin() + 2, "ledger");
  columns.left = one ? 2 : 3;
  for (std::size_t i = 0; i < std::min(rows.size(), told_arms); ++i) {
    auto const& row = *rows[i];
    std::vector<Word> cells{printable(d.arms[row.arm].arm), printable(d.arms[row.arm].name)};
    if (!one) cells.emplace_back(printable(d.names.ledgers[row.ledger].label));
    cells.emplace_back(grouped_with_sign(std::round(row.in_time.difference.value)), tone_of(row.in_time));
    cells.emplace_back(grouped_with_sign(std::round(row.pounds.difference.value)));
    auto const interval = [](Estimate const& e) {
      return e.low ? fmt::format(" ({} to {})", grouped(std::round(*e.low)), grouped(std::round(*e.high)))
                   : std::string();
    };
    cells.emplace_back(row.each ? grouped(std::round(row.each->value)) + interval(*row.each) : "not clear");
    columns.rows.push_back(std::move(cells));
  }
  append_columns(out, columns, colour);
  if (rows.size() > told_arms)
    append_wrapped(
        out, fmt::format("And {} that cost more for each, or of which it is not clear.", rows.size() - told_arms), 2);
}

void append_saved(std::string& out, Page const& page, Colour colour) {
  auto const& d = page.d;
  std::vector<double> saved;
  std::size_t same = 0;
  for (std::size_t arm = 1; arm < d.arms.size(); ++arm)
    if (auto const* const row = page.row(arm, page.standard)) {
      if (row->saved)
        saved.push_back(*row->saved);
      else if (row->error == 0)
        ++same;
    }
  if (saved.empty() || d.replications < 2) return;
  std::ranges::sort(saved);
  auto const of = [](double times) { return times < 10 ? fmt::format("{:.1f}", times) : grouped(std::round(times)); };
  append_heading(out, "What the same luck saves", colour);
  auto text = saved.size() == 1 ? fmt::format("{} times as many replications", of(saved.front()))
                                : fmt::format("{} to {} times as many replications (half of the arms {} or fewer)",
                                              of(saved.front()), of(saved.back()), of(saved[(saved.size() - 1) / 2]));
  text = "Without it intervals as narrow would need " + text + ".";
  if (same > 0)
    text += fmt::format(" {} arm{} the same difference in every replication.", same, same == 1 ? " shows" : "s show");
  append_wrapped(out, text, 0);
}

}  // namespace

std::string compare_text(Differences const& d, std::size_t standard, Colour colour) {
  std::string out;
  append_opening(out, d, colour);
  if (d.replications == 0) {
    append_wrapped(out, "No replication was completed in every arm: nothing can be compared.", 0);
    return out;
  }
  if (standard < d.names.standards.size() && d.arms.size() > 1) {
    Page const page(d, standard);
    append_gains(out, page, colour);
    append_best(out, page, colour);
    append_pounds(out, page, colour);
    append_saved(out, page, colour);
  }
  return out;
}

}  // namespace cwtsim::report
