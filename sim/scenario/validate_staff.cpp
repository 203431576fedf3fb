#include <algorithm>
#include <cmath>

#include "sheet.hpp"

namespace cwtsim::scenario {
namespace {

struct StaffCheck {
  Sheet& sheet;
  std::string const& provider;
  std::string const& role;
  Staff const& staff;
  std::string at;

  [[nodiscard]] Provider const& here() const { return *sheet.scenario.providers.find(provider); }

  void numbers() const {
    auto const share = [&](std::string const& field, double value) {
      if (!(value >= 0 && value <= 1))
        sheet.add(under(at, field), "a share of " + number(value) + " is not between 0 and 1");
    };
    share("leave", staff.leave);
    share("sickness", staff.sickness);
    share("vacancy", staff.vacancy);
    if (!(staff.whole_time_equivalents >= 0 && std::isfinite(staff.whole_time_equivalents)))
      sheet.add(under(at, "whole_time_equivalents"), "there cannot be " + number(staff.whole_time_equivalents),
                "Write 0 or more");
    auto const sessions = [&](std::string const& pointer, double a_week) {
      if (!(a_week >= 0 && a_week <= 21))
        sheet.add(pointer, "nobody works " + number(a_week) + " sessions a week", "Write 0 to 21; 10 is usual");
    };
    sessions(under(at, "sessions_per_week"), staff.sessions_per_week);
    if (staff.trainer) sessions(under(at, "trainer", "sessions_per_week"), staff.trainer->sessions_per_week);
    if (!(staff.leavers_per_year >= 0 && staff.leavers_per_year <= 12))
      sheet.add(under(at, "leavers_per_year"),
                number(staff.leavers_per_year) + " of those in post cannot leave in a year",
                "Write 0 to 12; 0.12 is usual");
  }

  // What a post goes through: somebody leaves, somebody new starts and is trained.
  void changes() const {
    if (staff.leavers_per_year > 0 && !staff.recruited_after)
      sheet.add(under(at, "leavers_per_year"), "people leave, but it does not say when somebody new starts",
                "add \"recruited_after\"");
    if (staff.new_posts == NewPosts::recruited && !staff.recruited_after)
      sheet.add(under(at, "new_posts"), "new posts are recruited, but it does not say when somebody starts",
                "add \"recruited_after\"");
    if (staff.trained_after && !staff.recruited_after)
      sheet.add(under(at, "trained_after"), "nobody new ever starts, so nobody is trained", "add \"recruited_after\"");
    if (staff.recruited_after) check_distribution(sheet, under(at, "recruited_after"), *staff.recruited_after);
    if (staff.trained_after) check_distribution(sheet, under(at, "trained_after"), *staff.trained_after);
    if (!staff.trainer) return;
    if (!staff.trained_after)
      sheet.add(under(at, "trainer"), "nobody is ever in training, so nobody has to train them",
                "add \"trained_after\"");
    is_known(sheet, under(at, "trainer", "role"), "staff role", staff.trainer->role, names_of(here().staff),
             "at \"" + provider + "\"");
  }

  void substitutes() const {
    auto const at_roles = under(at, "stands_in_for"), at_providers = under(at, "covers");
    for (std::size_t i = 0; i < staff.stands_in_for.size(); ++i) {
      auto const pointer = item_pointer(at_roles, staff.stands_in_for, i);
      auto const& name = staff.stands_in_for[i];
      if (name == role)
        sheet.add(pointer, "nobody can stand in for their own role", "Remove it");
      else
        is_known(sheet, pointer, "staff role", name, names_of(here().staff), "at \"" + provider + "\"");
    }
    for (std::size_t i = 0; i < staff.covers.size(); ++i) {
      auto const pointer = item_pointer(at_providers, staff.covers, i);
      auto const& name = staff.covers[i];
      if (name == provider) {
        sheet.add(pointer, "people cover other providers, not their own", "Remove it");
      } else if (is_known(sheet, pointer, "provider", name, names_of(sheet.scenario.providers))) {
        auto const& there = sheet.scenario.providers.find(name)->staff;
        bool const useful = there.find(role) || std::any_of(staff.stands_in_for.begin(), staff.stands_in_for.end(),
                                                            [&](auto const& other) { return there.find(other); });
        if (!useful)
          sheet.add(pointer,
                    "\"" + name + "\" has no staff role \"" + role + "\"" +
                        (staff.stands_in_for.empty() ? "" : " and none for which they stand in"),
                    "add one there (of 0 whole-time equivalents, say), or remove it");
      }
    }
  }
};

}  // namespace

void check_staff(Sheet& sheet, std::string const& provider, std::string const& role, Staff const& staff) {
  StaffCheck const check{sheet, provider, role, staff, under("/providers", provider, "staff", role)};
  check.numbers();
  check.changes();
  check.substitutes();
}

}  // namespace cwtsim::scenario
