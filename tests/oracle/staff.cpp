// Who mans the sessions: posts with the people who come and go, and those who stand in for others.

#include <algorithm>
#include <cmath>

#include "cwtsim/scenario/days.hpp"
#include "second_engine.hpp"

namespace cwtsim::oracle {

namespace {

bool has(std::vector<std::string> const& list, std::string const& name) {
  return std::count(list.begin(), list.end(), name) > 0;
}

std::string full(RoleName const& role) {
  return role.first + "/" + role.second;
}

}  // namespace

scenario::Staff const& SecondEngine::staff_of(RoleName const& role) const {
  return *scenario_->providers.find(role.first)->staff.find(role.second);
}

std::uint64_t SecondEngine::posts_of(RoleName const& role) const {
  auto const& staff = staff_of(role);
  return static_cast<std::uint64_t>(std::ceil(staff.whole_time_equivalents * (1 - staff.vacancy) - 1e-9));
}

/// Days of the week on which some session of a provider needs the role.
std::set<std::size_t> SecondEngine::days_needed(std::string const& provider, std::string const& role) const {
  std::set<std::size_t> days;
  for (auto const& [name, resource] : scenario_->providers.find(provider)->resources)
    if (resource.staff.find(role))
      for (auto const& [opening, o] : resource.openings)
        for (std::size_t d = 0; d < 7; ++d)
          if ((*scenario::parse_days(o.on))[d]) days.insert(d);
  return days;
}

/// The days on which sessions need them; if none do, those of the roles that they stand in for; if none do, those of
/// the providers that they cover.
std::set<std::size_t> SecondEngine::days_of_work(RoleName const& role) const {
  auto const& staff = staff_of(role);
  std::set<std::size_t> days = days_needed(role.first, role.second);
  if (!days.empty()) return days;
  for (auto const& other : staff.stands_in_for) days.merge(days_needed(role.first, other));
  if (!days.empty()) return days;
  for (auto const& provider : staff.covers) {
    days.merge(days_needed(provider, role.second));
    for (auto const& other : staff.stands_in_for) days.merge(days_needed(provider, other));
  }
  return days;
}

/// Who mans what a role lacks, in this order: those of the same provider who stand in for it, then provider by provider
/// the same role and those who stand in for it, if they cover.
std::vector<RoleName> SecondEngine::others_for(RoleName const& role) const {
  auto const& [provider, name] = role;
  std::vector<RoleName> others;
  for (auto const& [other, staff] : scenario_->providers.find(provider)->staff)
    if (has(staff.stands_in_for, name)) others.emplace_back(provider, other);
  for (auto const& [there, what] : scenario_->providers) {
    if (there == provider) continue;
    auto const* same = what.staff.find(name);
    if (same && has(same->covers, provider)) others.emplace_back(there, name);
    for (auto const& [other, staff] : what.staff)
      if (has(staff.stands_in_for, name) && has(staff.covers, provider)) others.emplace_back(there, other);
  }
  return others;
}

std::int64_t SecondEngine::whole_days(std::optional<Distribution> const& length, RoleName const& role,
                                      std::string const& what, std::uint64_t visit) const {
  if (!length) return 0;
  auto const word = draw(key_, draws_at("staff:" + full(role)) ^ letters(what), visit).first;
  return QuantileTable(*length, seconds_per_day).sample(word);
}

void SecondEngine::begin_day_of_staff() {
  for (auto const& [provider, what] : scenario_->providers)
    for (auto const& [name, staff] : what.staff) {
      begin_day_of_posts({provider, name}, roles_[{provider, name}]);
      roles_[{provider, name}].training = 0;
    }
  for (auto const& [provider, what] : scenario_->providers)
    for (auto const& [name, staff] : what.staff) {
      auto const& posts = roles_[{provider, name}].posts;
      auto const in_training =
          std::count_if(posts.begin(), posts.end(), [&](Post const& p) { return !p.vacant && p.trained > today(); });
      if (in_training > 0) use("in training");
      if (staff.trainer) {
        RoleName const trainer{provider, staff.trainer->role};
        auto const days = days_of_work(trainer).size();
        if (in_training > 0 && days > 0) use("trainers");
        if (days > 0)
          roles_[trainer].training +=
              static_cast<double>(in_training) * (staff.trainer->sessions_per_week / static_cast<double>(days));
      }
      if (!measuring_) continue;
      auto const in_post = std::count_if(posts.begin(), posts.end(), [](Post const& p) { return !p.vacant; });
      double const share = staff.whole_time_equivalents * (1 - staff.vacancy);
      std::int64_t const each = posts.empty() ? 0 : std::llround(share / static_cast<double>(posts.size()) * 1e6);
      add("staff_days " + full({provider, name}));
      add("posts " + full({provider, name}), std::llround(staff.whole_time_equivalents * 1e6));
      add("in_post " + full({provider, name}), each * in_post);
      roles_[{provider, name}].unpaid += each * in_post;
      add("in_training " + full({provider, name}), each * in_training);
    }
}

void SecondEngine::begin_day_of_posts(RoleName const& name, Role& role) {
  auto const& staff = staff_of(name);
  std::uint64_t const wanted = posts_of(name);
  while (role.posts.size() > wanted) {
    use("a post is taken away");
    role.gone[role.posts.size() - 1] = role.posts.back().spell + 1;
    role.posts.pop_back();
  }
  for (std::uint64_t n = 0; n < role.posts.size(); ++n) {
    Post& post = role.posts[n];
    if (post.vacant) {
      if (today() >= post.starts) start_work(name, post, n, false);
      continue;
    }
    post.used_up += staff.leavers_per_year / 365;
    if (post.used_up >= post.patience) {
      use("somebody leaves");
      ++post.spell;
      vacate(name, post, n);
    }
  }
  while (role.posts.size() < wanted) {
    std::uint64_t const n = role.posts.size();
    Post post;
    post.spell = role.gone[n];
    if (now_ == start_ || staff.new_posts == scenario::NewPosts::filled) {
      if (now_ != start_) use("a new post is filled");
      start_work(name, post, n, true);
    } else {
      use("a new post is recruited");
      vacate(name, post, n);
    }
    role.posts.push_back(post);
  }
}

void SecondEngine::vacate(RoleName const& name, Post& post, std::uint64_t number) {
  post.vacant = true;
  post.starts = today() + whole_days(staff_of(name).recruited_after, name, "rec", number << 32 | post.spell);
  if (post.starts == today()) start_work(name, post, number, false);
}

void SecondEngine::start_work(RoleName const& name, Post& post, std::uint64_t number, bool trained) {
  if (!trained) use("somebody starts");
  std::uint64_t const visit = number << 32 | post.spell;
  post.vacant = false;
  post.used_up = 0;
  post.patience = -portable_log(to_unit(draw(key_, draws_at("staff:" + full(name)) ^ letters("lea"), visit).first));
  post.trained = today() + (trained ? 0 : whole_days(staff_of(name).trained_after, name, "tra", visit));
}

/// Each of those who are trained is at work with a probability, and can man so many sessions a day, less what training
/// takes; what is left over of a session is carried to the next day on which they are asked for. Sessions of today that
/// are left to them.
double SecondEngine::sessions_left(RoleName const& name) {
  auto const& staff = staff_of(name);
  Role& role = roles_[name];
  if (role.day == today()) return role.left;
  auto const days = days_of_work(name);
  auto const posts = static_cast<double>(role.posts.size());
  auto const trained = std::count_if(role.posts.begin(), role.posts.end(),
                                     [&](Post const& p) { return !p.vacant && p.trained <= today(); });
  role.at_work = binomial(static_cast<std::uint32_t>(trained), (1 - staff.leave) * (1 - staff.sickness),
                          draw(key_, draws_at("staff:" + full(name)), static_cast<std::uint64_t>(today())).first);
  double const in_post = staff.whole_time_equivalents * (1 - staff.vacancy);
  double sessions = 0;
  if (posts > 0)
    sessions = static_cast<double>(role.at_work) * (in_post / posts) * staff.sessions_per_week /
               static_cast<double>(days.size());
  sessions = std::max(0.0, sessions - role.training);
  role.day = today();
  role.left = std::floor(sessions + role.owed + 1e-9);
  role.owed = sessions + role.owed - role.left;
  return role.left;
}

/// Those of a role who still man a session.
std::int64_t SecondEngine::elsewhere(RoleName const& name) const {
  auto const& until = roles_.at(name).until;
  return std::count_if(until.begin(), until.end(), [&](std::int64_t end) { return end > now_; });
}

// A session takes its own people, for all its roles; then for each role that lacks some, others. All of them, or
// nobody. They are there until it closes, each of them at one place.
bool SecondEngine::find_staff(Resource const& r, std::int64_t closes) {
  struct Taken {
    RoleName from, role;
    std::int64_t people;
  };
  std::vector<Taken> taken;
  auto const free_of = [&](RoleName const& name) {
    auto const left = static_cast<std::int64_t>(sessions_left(name));  // it may draw who is at work today
    std::int64_t people = roles_[name].at_work - elsewhere(name);
    for (auto const& t : taken)
      if (t.from == name) people -= t.people;
    std::int64_t sessions = left;
    for (auto const& t : taken)
      if (t.from == name) sessions -= t.people;
    return std::max<std::int64_t>(0, std::min(people, sessions));
  };
  auto const take = [&](RoleName const& from, RoleName const& role, std::int64_t most) {
    std::int64_t const people = std::min(free_of(from), most);
    if (people > 0) taken.push_back({from, role, people});
    return people;
  };
  std::map<std::string, std::int64_t> missing;
  for (auto const& [name, people] : what_is(r).staff) {
    RoleName const role{r.provider, name};
    if (elsewhere(role) > 0) use("people of the role are at another session");
    missing[name] = people - take(role, role, people);
  }
  bool enough = true;
  for (auto const& [name, people] : what_is(r).staff) {
    RoleName const role{r.provider, name};
    for (auto const& other : others_for(role)) {
      if (missing[name] <= 0) break;
      auto const days = days_of_work(other);
      if (days.count(static_cast<std::size_t>(weekday_of(date_of(today())))))
        missing[name] -= take(other, role, missing[name]);
    }
    if (measuring_) add("wanted " + full(role), people);
    if (missing[name] > 0) tell_why(role, people, missing[name]);
    enough = enough && missing[name] <= 0;
  }
  if (!enough) return false;
  for (auto const& t : taken) {
    use(t.from == t.role ? "staff" : t.from.first == t.role.first ? "stands in for a role" : "covers another provider");
    auto& from = roles_[t.from];
    from.left -= static_cast<double>(t.people);
    std::erase_if(from.until, [&](std::int64_t end) { return end <= now_; });
    from.until.insert(from.until.end(), static_cast<std::size_t>(t.people), closes);
    if (closes > (today() + 1) * day_) use("people who are at a session over midnight");
    if (measuring_ && t.from == t.role) add("manned " + full(t.role), t.people);
    if (measuring_ && t.from != t.role) add("stood_in " + full(t.role), t.people);
    if (measuring_ && t.from != t.role) add("lent " + full(t.from), t.people);
  }
  return true;
}

// Why they are missing, one after another: the wanted beyond those at work, beyond the sessions left to them, and those
// who are elsewhere.
void SecondEngine::tell_why(RoleName const& role, std::int64_t wanted, std::int64_t missing) {
  std::int64_t const at_work = roles_[role].at_work, sessions = std::llround(sessions_left(role));
  for (std::int64_t n = 0; n < missing; ++n) {
    std::int64_t const person = wanted - n;  // the last of those wanted is missing first
    std::string const why = person > at_work ? "absent" : person > sessions ? "used_up" : "elsewhere";
    use("missing: " + why);
    if (measuring_) add(why + " " + full(role));
    if (measuring_) add("lacking " + full(role));
  }
}

}  // namespace cwtsim::oracle
