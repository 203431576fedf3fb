#include "waiting_files.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <set>
#include <span>

#include "compose.hpp"
#include "csv.hpp"
#include "cwtsim/files/files.hpp"
#include "reader.hpp"

namespace cwtsim::io {
namespace {

using scenario::Column;
using scenario::Columns;

/// The name that a cell stands for: the same letters, or the same but for capitals where one name alone is that.
std::string const* name_like(std::string const& cell, std::vector<std::string> const& names) {
  if (auto const same = std::find(names.begin(), names.end(), cell); same != names.end()) return &*same;
  std::string const* found = nullptr;
  for (auto const& name : names) {
    if (lower_case(name) != lower_case(cell)) continue;
    if (found != nullptr) return nullptr;
    found = &name;
  }
  return found;
}

std::vector<std::string> keys_of(Value const* object) {
  std::vector<std::string> keys;
  if (object == nullptr) return keys;
  for (auto const& m : object->members)
    if (!is_comment(m.key)) keys.push_back(m.key);
  return keys;
}

/// The names that the scenario has for what cells may say.
struct Names {
  explicit Names(Value const& root)
      : streams(keys_of(root.find("demand"))),
        providers(keys_of(root.find("providers"))),
        pathways(keys_of(root.find("pathways"))) {
    std::set<std::string> all;
    for (auto const& pathway : pathways)
      for (auto const& step : keys_of(root.find("pathways")->find(pathway)->find("steps"))) all.insert(step);
    steps.assign(all.begin(), all.end());
    auto const* horizon = root.find("horizon");
    if (auto const* first = horizon == nullptr ? nullptr : horizon->find("starts"))
      starts = parse_date(std::string_view(first->text).substr(0, 10));
    auto const* attributes = root.find("attributes");
    for (auto const& name : keys_of(attributes))
      if (auto const* given = attributes->find(name)->find("levels"))
        for (auto const& level : given->items) levels[name].push_back(level.text);
  }
  std::vector<std::string> streams, providers, pathways, steps;
  std::map<std::string, std::vector<std::string>> levels;
  std::optional<Date> starts;
};

/// A column that is wanted, what its cells say, and where that goes.
struct Wanted {
  enum class Says { date, days, count, name };
  Column const* column;
  std::string key;  ///< of the row
  Says says = Says::name;
  std::vector<std::string> const* names = nullptr;
  std::string what;  ///< "a level of tumour"
  bool is_attribute = false, required = false;
  std::size_t at = 0;  ///< in the rows of the file
};

/// A cell that says nothing: where it stands first, and in which further lines.
struct BadCell {
  Place place;
  std::string what, mend;
  std::vector<std::uint32_t> more;
};

class ListFile {
 public:
  ListFile(Value const& list, Columns const& columns, std::string const& pointer, Names const& names, FileNames& files,
           Problems& problems, Problems& told)
      : list_(list), pointer_(pointer), files_(files), problems_(problems), told_(told), starts_(names.starts) {
    using Says = Wanted::Says;
    want(columns.referred, "referred", Says::date);
    want(columns.waited, "waited", Says::days);
    want(columns.listed, "listed", Says::date);
    want(columns.on_list, "on_list", Says::days);
    want(columns.missed, "missed", Says::count);
    want(columns.patients, "patients", Says::count);
    want(columns.like, "like", Says::name, &names.streams, "a stream");
    want(columns.provider, "provider", Says::name, &names.providers, "a provider");
    want(columns.pathway, "pathway", Says::name, &names.pathways, "a pathway");
    want(columns.step, "step", Says::name, &names.steps, "a step");
    for (auto& w : wanted_) w.required = w.key == "referred" || w.key == "waited" || w.key == "patients";
    for (auto const& [attribute, column] : columns.attributes) {
      auto const levels = names.levels.find(attribute);
      want(column, attribute, Says::name, levels == names.levels.end() ? &none_ : &levels->second,
           "a level of " + attribute);
      wanted_.back().is_attribute = true;
    }
  }

  /// The rows, and how many patients they are.
  std::optional<std::pair<Value, std::int64_t>> read(std::string const& path) {
    auto const before = problems_.size();
    bool const is_known =
        !wanted_.empty() && !wanted_[0].is_attribute && (wanted_[0].key == "referred" || wanted_[0].key == "waited");
    if (!is_known) {
      problems_.add({pointer_ + "/columns", "no column says how long they have waited (\"referred\" or \"waited\")",
                     "For example \"columns\": {\"referred\": \"Date of referral\"}", place_text(files_, list_.place)});
      return std::nullopt;
    }
    files_.push_back(path);
    file_ = static_cast<std::uint32_t>(files_.size() - 1);
    auto const file = files::read_file(path, largest_file);
    if (!file.problem.empty()) {
      problems_.add({pointer_ + "/file", fmt::format("the file {} cannot be read ({})", path, file.problem), "",
                     place_text(files_, list_.find("file")->place)});
      return std::nullopt;
    }
    auto const rows = parse_csv(file.bytes, file_, files_, problems_);
    if (problems_.size() == before && find_columns(rows)) add_all(std::span(rows).subspan(head_ + 1));
    tell_bad_cells();
    if (problems_.size() > before) return std::nullopt;
    Value all;
    all.kind = ValueKind::list;
    all.place = list_.place;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      rows_[i].members.front().value.text = std::to_string(patients_[i]);
      all.items.push_back(std::move(rows_[i]));
    }
    return std::pair(std::move(all), total_);
  }

 private:
  void want(Column const& column, std::string key, Wanted::Says says, std::vector<std::string> const* names = nullptr,
            std::string what = {}) {
    if (!column.name.empty()) wanted_.push_back({&column, std::move(key), says, names, std::move(what)});
  }

  /// The first of the rows that names all columns; titles may stand above it.
  bool find_columns(std::vector<CsvRow> const& rows) {
    constexpr std::size_t most_titles = 20;
    auto const has = [](CsvRow const& row, std::string const& name) {
      return std::count_if(row.begin(), row.end(), [&](Cell const& c) { return c.text == name; });
    };
    std::size_t most = 0;
    for (std::size_t i = 0; i < rows.size() && i < most_titles; ++i) {
      auto const n = static_cast<std::size_t>(std::count_if(
          wanted_.begin(), wanted_.end(), [&](Wanted const& w) { return has(rows[i], w.column->name) > 0; }));
      if (n > most) most = n, head_ = i;
    }
    if (rows.empty()) {
      problems_.add({pointer_ + "/file", "the file is empty (its first line names the columns)", "", files_[file_]});
      return false;
    }
    auto const& head = rows[head_];
    bool all = true;
    for (auto& w : wanted_) {
      auto const n = has(head, w.column->name);
      for (w.at = 0; w.at < head.size() && head[w.at].text != w.column->name;) ++w.at;
      if (n == 1) continue;
      all = false;
      tell_column(head, w, n > 1);
    }
    if (all) tell_unused(head);
    columns_ = head.size();
    return all;
  }

  void tell_column(CsvRow const& head, Wanted const& w, bool twice) {
    std::vector<std::string> there;
    for (auto const& cell : head) there.push_back(cell.text);
    auto const nearest = nearest_name(w.column->name, there);
    problems_.add({pointer_ + "/columns" + (w.is_attribute ? "/attributes/" : "/") + escape_pointer(w.key),
                   twice ? fmt::format("two columns are called {} (which one is meant would be a guess)",
                                       shown(std::string_view(w.column->name)))
                         : fmt::format("there is no column {}", shown(std::string_view(w.column->name))),
                   twice             ? "Rename one of them in the file"
                   : nearest.empty() ? fmt::format("There is: {}", fmt::join(there, ", "))
                                     : fmt::format("Did you mean \"{}\"?", nearest),
                   place_text(files_, head.front().place)});
  }

  void tell_unused(CsvRow const& head) {
    std::vector<std::string> unused;
    for (std::size_t i = 0; i < head.size(); ++i)
      if (!head[i].text.empty() &&
          std::none_of(wanted_.begin(), wanted_.end(), [&](Wanted const& w) { return w.at == i; }))
        unused.push_back(head[i].text);
    if (!unused.empty())
      told_.add({"",
                 fmt::format("{} of the {} columns of the waiting list {} not used: {}", unused.size(), head.size(),
                             unused.size() == 1 ? "is" : "are", fmt::join(unused, ", ")),
                 "Name them in \"columns\" where they are to count", place_text(files_, head.front().place)});
  }

  /// Of a column, or (nullptr) of the row; what is the same of several is told once.
  void refuse(Place place, Wanted const* w, std::string const& same, std::string what, std::string mend) {
    auto const [found, fresh] = bad_.try_emplace({w, same}, BadCell{place, std::move(what), std::move(mend), {}});
    if (fresh)
      order_.push_back(&found->second);
    else
      found->second.more.push_back(place.line);
  }

  void tell_bad_cells() {
    constexpr std::size_t most_lines = 100;
    for (auto const* bad : order_) {
      auto what = bad->what;
      if (!bad->more.empty()) {
        auto const n = std::min(bad->more.size(), most_lines);
        what +=
            fmt::format("; so {} line{} {}{}", bad->more.size() > 1 ? "do" : "does", bad->more.size() > 1 ? "s" : "",
                        fmt::join(bad->more.begin(), bad->more.begin() + static_cast<std::ptrdiff_t>(n), ", "),
                        bad->more.size() > n ? fmt::format(" and {} more", bad->more.size() - n) : "");
      }
      problems_.add({pointer_ + "/file", std::move(what), bad->mend, place_text(files_, bad->place)});
    }
  }

  void add_all(std::span<CsvRow const> rows) {
    constexpr std::size_t most = 100'000;
    if (rows.size() > most) {
      problems_.add({pointer_ + "/file", fmt::format("the list has {} rows ({} is the most)", rows.size(), most),
                     "Count patients of whom the same is known in one row", files_[file_]});
      return;
    }
    for (auto const& row : rows) add(row);
  }

  void add(CsvRow const& row) {
    if (row.size() > columns_ && std::any_of(row.begin() + static_cast<std::ptrdiff_t>(columns_), row.end(),
                                             [](Cell const& c) { return !c.text.empty(); })) {
      refuse(row.front().place, nullptr, std::to_string(row.size()),
             fmt::format("the row has {} cells, the first line names {} columns", row.size(), columns_),
             "Put a cell with a separator in it into double quotes");
      return;
    }
    Value made;
    made.kind = ValueKind::object;
    made.place = row.front().place;
    member(made, "patients", number_value("1"), made.place);
    std::int64_t patients = 1;
    Value attributes;
    attributes.kind = ValueKind::object;
    attributes.place = made.place;
    for (auto const& w : wanted_) {
      Cell const none{{}, row.back().place};
      auto const value = value_of(w.at < row.size() ? row[w.at] : none, w);
      if (!value) continue;
      if (w.key == "patients" && !w.is_attribute)
        patients = std::stoll(value->text);
      else
        member(w.is_attribute ? attributes : made, w.key, *value, value->place);
    }
    if (!attributes.members.empty()) member(made, "attributes", attributes, made.place);
    auto const [same, fresh] = known_.try_emplace(write_json(made), rows_.size());
    if (fresh) {
      rows_.push_back(std::move(made));
      patients_.push_back(0);
    }
    patients_[same->second] += patients;
    total_ += patients;
  }

  static void member(Value& object, std::string key, Value value, Place place) {
    value.place = place;
    object.members.push_back({std::move(key), place, std::move(value)});
  }

  /// What a cell says; nothing where it is empty and may be, or (told) says nothing.
  std::optional<Value> value_of(Cell const& cell, Wanted const& w) {
    auto const value = [&](Value v) {
      v.place = cell.place;
      return v;
    };
    auto const column = shown(std::string_view(w.column->name));
    auto const is_not = [&](std::string_view what, std::string mend) {
      refuse(cell.place, &w, cell.text,
             fmt::format("{} in column {} is not {}", shown(std::string_view(cell.text)), column, what),
             std::move(mend));
      return std::nullopt;
    };
    auto const* spelled = w.column->spelled.find(cell.text);
    std::string const text = spelled != nullptr ? *spelled : cell.text;
    if (text.empty()) {
      if (w.required)
        refuse(cell.place, &w, "", fmt::format("column {} is empty", column), "Fill it in, or take the row out");
      return std::nullopt;
    }
    switch (w.says) {
      case Wanted::Says::date:
        if (auto const date = date_of_cell(text)) {
          if (!starts_ || *date <= *starts_) return value(text_value(format_date(*date)));
          return is_not(fmt::format("on or before the first day of the run ({})", format_date(*starts_)),
                        "Nobody of the list at the start has come later: take the row out, or let the run start later");
        }
        return is_not("a date", "Dates are written as 2026-03-01 or 01/03/2026, the day first");
      case Wanted::Says::days:
        if (auto const days = count_of(text, true)) return value(text_value(fmt::format("{} days", *days)));
        return is_not("a number of days", "Write the days in digits, from 0 on");
      case Wanted::Says::count:
        if (auto const n = count_of(text, false)) return value(number_value(std::to_string(*n)));
        return is_not("a whole number", "Write it in digits, from 0 on");
      case Wanted::Says::name:
        break;
    }
    if (auto const* name = name_like(text, *w.names)) return value(text_value(*name));
    auto const nearest = nearest_name(text, *w.names);
    return is_not(fmt::format("{} ({})", w.what, fmt::join(*w.names, ", ")),
                  fmt::format("Say what it stands for: \"spelled\": {{{}: {}}}", json_string(cell.text),
                              json_string(nearest.empty() && !w.names->empty() ? w.names->front() : nearest)));
  }

  /// A count of at most a hundred million; of days, whole ones that have passed.
  static std::optional<std::int64_t> count_of(std::string text, bool days) {
    constexpr double most = 1e8;
    if (auto const comma = text.find(','); comma != text.npos && comma > 0) std::erase(text, ',');  // 1,234
    double x = 0;
    auto const parsed = std::from_chars(text.data(), text.data() + text.size(), x, std::chars_format::fixed);
    bool const read = parsed.ec == std::errc{} && parsed.ptr == text.data() + text.size() && !text.empty();
    if (!read || !(x >= 0 && x <= most) || (!days && x != std::floor(x))) return std::nullopt;
    return static_cast<std::int64_t>(std::floor(x));
  }

  Value const& list_;
  std::string const pointer_;
  FileNames& files_;
  Problems& problems_;
  Problems& told_;
  std::optional<Date> const starts_;  ///< of the run, as it is written
  std::vector<std::string> const none_;
  std::vector<Wanted> wanted_;
  std::uint32_t file_ = 0;
  std::size_t head_ = 0, columns_ = 0;
  std::map<std::pair<Wanted const*, std::string>, BadCell> bad_;
  std::vector<BadCell const*> order_;
  std::map<std::string, std::size_t> known_;
  std::vector<Value> rows_;
  std::vector<std::int64_t> patients_;
  std::int64_t total_ = 0;
};

}  // namespace

void read_waiting_lists(Value& root, FileNames& files, Problems& problems, Problems& told) {
  auto* lists = root.find("waiting");
  if (lists == nullptr || !problems.empty()) return;
  Names const names(root);
  for (auto& [name, place, list] : lists->members) {
    auto const* file = list.find("file");
    if (file == nullptr || !file->is(ValueKind::text)) continue;
    auto const pointer = "/waiting/" + escape_pointer(name);
    Reading reading{files, problems};
    Columns columns;
    if (auto const* given = list.find("columns")) read_value(reading, {*given, pointer + "/columns"}, Doc{}, columns);
    if (!problems.empty()) continue;
    auto read = ListFile(list, columns, pointer, names, files, problems, told).read(file->text);
    if (!read) continue;
    if (list.find("patients") == nullptr) {
      auto count = number_value(std::to_string(read->second));
      count.place = file->place;
      list.members.push_back({"patients", file->place, std::move(count)});
    }
    list.erase("file");
    list.erase("columns");
    list.members.push_back({"rows", list.place, std::move(read->first)});
  }
}

}  // namespace cwtsim::io
