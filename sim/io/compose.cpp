#include "compose.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>
#include <unordered_map>

#include "cwtsim/files/files.hpp"
#include "old_words.hpp"

namespace cwtsim::io {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_files = 1000;
constexpr std::string_view together = "the files that make up the scenario are larger than 64 MiB together";
constexpr char const* twice = "Take it away: its levers would be pulled twice";

std::string nearest_file(std::string const& path) {
  std::error_code error;
  std::vector<std::string> names;
  auto const folder = fs::path(path).parent_path();
  for (fs::directory_iterator it(folder.empty() ? "." : folder, error), end; !error && it != end && names.size() < 1000;
       it.increment(error))
    names.push_back(it->path().filename().string());
  std::sort(names.begin(), names.end());  // the order of a folder is not ours
  auto const nearest = nearest_name(fs::path(path).filename().string(), names);
  return nearest.empty() ? std::string{} : fmt::format("Did you mean \"{}\"?", (folder / nearest).generic_string());
}

void check_schema(Value const& root, FileNames const& files, Problems& problems) {
  auto const refuse = [&](Place place, std::string what, std::string suggestion) {
    problems.add(
        {root.find("schema") ? "/schema" : "", std::move(what), std::move(suggestion), place_text(files, place)});
  };
  auto const* schema = root.find("schema");
  auto const add = fmt::format("Add \"schema\": {}", schema_version);
  if (schema == nullptr)
    return refuse(root.place, "\"schema\" is missing (it says which version of the language the file is written in)",
                  add);
  if (schema->is(ValueKind::number) && schema->text == std::to_string(schema_version)) return;
  bool const whole = schema->is(ValueKind::number) && schema->text.find_first_not_of("0123456789") == std::string::npos;
  if (whole && schema->text != "0")
    return refuse(
        schema->place,
        fmt::format("schema {} is newer than this program (it reads schema {})", shown(*schema), schema_version),
        "Use a newer version of cwtsim");
  refuse(schema->place,
         fmt::format("{} is not a version of the language (it reads schema {})", shown(*schema), schema_version),
         fmt::format("Write \"schema\": {}", schema_version));
}

Value parsed(std::string_view bytes, std::uint32_t number, FileNames& files, Problems& problems, Problems& told) {
  auto const before = problems.size();
  auto root = parse_json(bytes, number, files, problems);
  if (problems.size() > before && !root.is(ValueKind::object)) return {};
  if (!root.is(ValueKind::object)) {
    problems.add({"", fmt::format("the file holds {} (it must be an object: curly brackets with keys)", shown(root)),
                  "", place_text(files, root.place)});
    return {};
  }
  check_schema(root, files, problems);
  modernise(root, files, told);
  return root;
}

std::uint32_t add_name(std::string const& name, FileNames& files) {
  files.push_back(name);
  return static_cast<std::uint32_t>(files.size() - 1);
}

/// A text in the place of a file.
Value read_text(std::string const& text, std::string const& name, FileNames& files, Problems& problems,
                Problems& told) {
  auto const number = add_name(name, files);
  if (text.size() <= largest_file) return parsed(text, number, files, problems, told);
  problems.add({"", "the file cannot be read (it is larger than 64 MiB)", "", name});
  return {};
}

bool is_standard_input(std::string const& path) {
  return path == "-";
}

/// Composes a file and what it names; all of it must lie in one folder.
class Composer {
 public:
  Composer(std::string const& first, FileNames& files, Problems& problems, Problems& told, FilesRead& read)
      : files_(files), problems_(problems), told_(told), read_(read) {
    std::error_code error;
    auto const folder = fs::path(first).parent_path();
    root_ = fs::weakly_canonical(folder.empty() ? fs::path(".") : folder, error);
  }

  Value compose(std::string const& path, std::optional<std::string> const& text = {}) {
    auto own = text ? read_text(*text, path, files_, problems_, told_) : read(path);
    if (!own.is(ValueKind::object)) return own;
    std::error_code error;
    chain_.push_back(fs::weakly_canonical(path, error));
    Value whole;
    whole.kind = ValueKind::object;
    whole.place = own.place;
    auto const add = [&](Value const& name, std::string const& pointer) {
      auto const part = file_of(name, pointer, path);
      if (!part.empty()) merge(whole, compose(part));
    };
    if (auto const* base = own.find("extends")) add(*base, "/extends");
    if (auto const* parts = own.find("include")) each_part(*parts, add);
    own.erase("extends");
    own.erase("include");
    find_lists(own, path);
    merge(whole, own);
    chain_.pop_back();
    return whole;
  }

  void each_with_included(std::string const& path, std::function<void(Value const&, std::string const&)> const& use) {
    if (auto const same = noted(path); !same.empty())
      return problems_.add({"",
                            fmt::format("the file is given twice{}", same == path ? "" : ", the first time as " + same),
                            twice, path});
    each(path, use);
  }

 private:
  /// Notes that a file is read; if it was before, as what.
  std::string noted(std::string const& path) {
    for (auto const& known : read_) {
      std::error_code error;
      if (known == path || fs::equivalent(known, path, error)) return known;
    }
    read_.push_back(path);
    return {};
  }

  void each(std::string const& path, std::function<void(Value const&, std::string const&)> const& use) {
    auto const own = read(path);
    if (!own.is(ValueKind::object)) return;
    std::error_code error;
    chain_.push_back(fs::weakly_canonical(path, error));
    if (auto const* parts = own.find("include"))
      each_part(*parts, [&](Value const& name, std::string const& pointer) {
        auto const part = file_of(name, pointer, path);
        if (part.empty()) return;
        if (auto const same = noted(part); !same.empty())
          return problems_.add({pointer,
                                fmt::format("{} is read already{}", shown(std::string_view(name.text)),
                                            same == part ? "" : fmt::format(", as {}", same)),
                                twice, place_text(files_, name.place)});
        each(part, use);
      });
    use(own, path);
    chain_.pop_back();
  }

  /// A file, as long as all of them together are not too large.
  Value read(std::string const& path) {
    auto const number = add_name(is_standard_input(path) ? "standard input" : path, files_);
    auto const file =
        is_standard_input(path) ? files::read_standard_input(largest_file) : files::read_file(path, largest_file);
    auto const refuse = [&](std::string_view why, std::string mend) {
      problems_.add({"", fmt::format("the file cannot be read ({})", why), std::move(mend), files_[number]});
      return Value{};
    };
    std::error_code error;
    if (!file.problem.empty())
      return refuse(file.problem, is_standard_input(path) || fs::exists(path, error) ? "" : nearest_file(path));
    if (file.bytes.size() > left_) return refuse(together, "");
    left_ -= file.bytes.size();
    return parsed(file.bytes, number, files_, problems_, told_);
  }

  static void each_part(Value const& parts, auto const& use) {
    if (parts.is(ValueKind::list))
      for (std::size_t i = 0; i < parts.items.size(); ++i) use(parts.items[i], "/include/" + std::to_string(i));
    else
      use(parts, std::string("/include"));
  }

  /// Files of waiting lists are named as seen from the file that names them.
  void find_lists(Value& own, std::string const& path) {
    auto* lists = own.find("waiting");
    if (lists == nullptr) return;
    for (auto& [name, place, list] : lists->members)
      if (auto* file = list.find("file"); file != nullptr && file->is(ValueKind::text))
        file->text = file_of(*file, "/waiting/" + escape_pointer(name) + "/file", path);
  }

  /// The file of this name, as seen from another; "" and a problem if it may not be read.
  std::string file_of(Value const& name, std::string const& pointer, std::string const& from) {
    auto const refuse = [&](std::string what, std::string suggestion = {}) {
      problems_.add({pointer, std::move(what), std::move(suggestion), place_text(files_, name.place)});
      return std::string{};
    };
    if (!name.is(ValueKind::text) || name.text.empty())
      return refuse(fmt::format("{} is not the name of a file", shown(name)), "Write for example \"parts/lung.json\"");
    if (files_.size() >= most_files)
      return refuse(
          fmt::format("more than {} files are read (do they include each other many times over?)", most_files));
    bool const odd =
        std::any_of(name.text.begin(), name.text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
    auto const full = fs::path(from).parent_path() / name.text;
    std::error_code error;
    auto const real = odd ? fs::path{} : fs::weakly_canonical(full, error);
    auto const inside = real.lexically_relative(root_);
    if (odd || fs::path(name.text).is_absolute() || inside.empty() || *inside.begin() == "..")
      return refuse(fmt::format("{} does not lie in the folder of the scenario (only files there and below are read)",
                                shown(std::string_view(name.text))),
                    "Move the file there and give its name relative to this file");
    if (std::find(chain_.begin(), chain_.end(), real) != chain_.end())
      return refuse(fmt::format("{} extends or includes itself (round and round)", shown(std::string_view(name.text))),
                    "Take one of the names away");
    auto shown_path = full.lexically_normal().generic_string();
    if (!fs::exists(real, error))
      return refuse(fmt::format("the file {} does not exist", shown(std::string_view(shown_path))),
                    nearest_file(shown_path));
    return shown_path;
  }

  FileNames& files_;
  Problems& problems_;
  Problems& told_;
  std::size_t left_ = largest_file;  ///< bytes
  fs::path root_;
  FilesRead& read_;
  std::vector<fs::path> chain_;  ///< the files being composed, outermost first
};

}  // namespace

void read_with_included(std::string const& path, FileNames& files, Problems& problems, Problems& told, FilesRead& read,
                        std::function<void(Value const& file, std::string const& path)> const& use) {
  Composer(path, files, problems, told, read).each_with_included(path, use);
}

Value compose_files(std::string const& path, std::optional<std::string> const& text, FileNames& files,
                    Problems& problems, Problems& told) {
  FilesRead none;
  return Composer(path, files, problems, told, none).compose(path, text);
}

Extent& Extent::operator+=(Extent const& other) {
  values += other.values;
  bytes += other.bytes;
  return *this;
}

Extent extent_of(Value const& value) {
  Extent extent{1, value.text.size()};
  for (auto const& item : value.items) extent += extent_of(item);
  for (auto const& m : value.members) {
    extent += extent_of(m.value);
    extent.bytes += m.key.size();
  }
  return extent;
}

Extent copies_of_templates(Value const& root) {
  Extent copies;
  auto const* templates = root.find("resources");
  auto const* providers = root.find("providers");
  if (templates == nullptr || providers == nullptr) return copies;
  std::unordered_map<std::string_view, Extent> extents;
  for (auto const& m : templates->members) extents.emplace(m.key, extent_of(m.value));
  for (auto const& provider : providers->members)
    if (auto const* resources = provider.value.find("resources"))
      for (auto const& resource : resources->members)
        if (auto const found = extents.find(resource.key); found != extents.end()) copies += found->second;
  return copies;
}

Value expand_templates(Value& root) {
  Value templates;
  if (auto const* given = root.find("resources")) templates = *given;
  if (!templates.is(ValueKind::object)) return templates;
  root.erase("resources");
  std::vector<bool> used(templates.members.size());
  std::unordered_map<std::string_view, std::size_t> places;
  for (std::size_t i = 0; i < templates.members.size(); ++i) places.emplace(templates.members[i].key, i);
  auto* providers = root.find("providers");
  if (providers == nullptr) return templates;
  for (auto& provider : providers->members) {
    auto* resources = provider.value.find("resources");
    if (resources == nullptr) continue;
    for (auto& resource : resources->members) {
      if (!resource.value.is(ValueKind::object) || resource.value.find("at") != nullptr) continue;
      auto const found = places.find(resource.key);
      if (found == places.end()) continue;
      auto filled = templates.members[found->second].value;
      merge(filled, resource.value);
      resource.value = std::move(filled);
      used[found->second] = true;
    }
  }
  Value unused = templates;
  unused.members.clear();
  for (std::size_t i = 0; i < templates.members.size(); ++i)
    if (!used[i]) unused.members.push_back(templates.members[i]);
  return unused;
}

void strip_removed(Value& value) {
  std::erase_if(value.members, [](Member const& m) { return m.value.is(ValueKind::null) && m.value.truth; });
  for (auto& m : value.members) strip_removed(m.value);
  for (auto& item : value.items) strip_removed(item);
}

}  // namespace cwtsim::io
