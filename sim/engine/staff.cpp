#include "staff.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include "cwtsim/core/draw.hpp"
#include "cwtsim/model/timetable.hpp"

namespace cwtsim::engine {

using model::Index16;
using model::none16;
using model::none32;

namespace {

// Further draws of a role, apart from that of who is at work.
constexpr std::uint64_t leaving_draw = 0x6c656100ULL << 32;
constexpr std::uint64_t recruited_draw = 0x72656300ULL << 32;
constexpr std::uint64_t trained_draw = 0x74726100ULL << 32;

std::uint64_t spell_of(std::uint32_t number, std::uint32_t spell) {
  return std::uint64_t{number} << 32 | spell;
}

}  // namespace

std::uint32_t Staff::days(std::uint32_t table, std::uint64_t at, std::uint64_t visit) const {
  if (table == none32) return 0;
  QuantileTable const& quantiles = now_.era->quantiles[table];
  return quantiles.is_constant() ? quantiles.constant_value() : quantiles.sample(draw(now_.key, at, visit).first);
}

Staff::Staff(Now const& now, Checks& checks)
    : now_(now), checks_(checks), roles_(now.model.eras.front().staff.size()), totals_(roles_.size()) {
  auto const& eras = now.model.eras;
  std::uint32_t posts = 0;
  for (std::size_t i = 0; i < roles_.size(); ++i) {
    roles_[i].first_post = posts;
    if (!eras.front().staff[i].comes_and_goes) continue;
    std::uint32_t most = 0;
    for (auto const& era : eras) most = std::max(most, era.staff[i].people);
    posts += most;
  }
  posts_.resize(posts);
  std::size_t takes = 0;
  for (auto const& era : eras)
    for (auto const& resource : era.resources)
      for (std::uint32_t n = 0; n < resource.staff.count; ++n) {
        auto const& role = era.staff[era.staff_needs[resource.staff.first + n].staff];
        takes = std::max(takes, std::size_t{resource.staff.count} * (1 + role.stand_ins.count));
      }
  taken_.reserve(takes);
}

void Staff::reset(ReplicationResult& spare) {
  if (!spare.staff.empty()) totals_.swap(spare.staff);
  std::ranges::fill(totals_, StaffTotals{});
  for (Role& role : roles_) {
    auto const first = role.first_post;
    role = Role{};
    role.first_post = first;
  }
  std::ranges::fill(posts_, Post{});
  keep_slack(busy_, most_busy_);
}

void Staff::begin_day() {
  auto const& roles = now_.era->staff;
  for (std::size_t i = 0; i < roles.size(); ++i)
    if (roles[i].comes_and_goes) change_posts(i);
  for (Role& role : roles_) role.taught = 0;
  for (std::size_t i = 0; i < roles.size(); ++i)
    if (roles[i].trainer != none16) roles_[roles[i].trainer].taught += roles_[i].trainees * roles[i].training_per_day;
  if (now_.measuring) count_day();
}

void Staff::count_day() {
  auto const& roles = now_.era->staff;
  for (std::size_t i = 0; i < roles.size(); ++i) {
    StaffTotals& totals = totals_[i];
    bool const changes = roles[i].comes_and_goes;
    ++totals.days;
    totals.posts += roles[i].posts;
    totals.in_post += roles[i].each * (changes ? roles_[i].able + roles_[i].trainees : roles[i].people);
    totals.in_training += roles[i].each * (changes ? roles_[i].trainees : 0);
  }
}

// The posts of a role at the beginning of a day. Those at the first moment are filled; those that a dated lever takes
// away are the last ones, with whoever is in them.
void Staff::change_posts(std::size_t index) {
  model::Staff const& role = now_.era->staff[index];
  Role& state = roles_[index];
  bool const first = now_.tick == now_.model.start;
  Post* const posts = posts_.data() + state.first_post;
  state.posts = std::min(state.posts, role.people);
  for (std::uint32_t n = 0; n < state.posts; ++n) change_post(role, n, posts[n]);
  for (; state.posts < role.people; ++state.posts) {
    Post& post = posts[state.posts];
    if (post.known) ++post.spell;
    post.known = true;
    if (first || role.new_posts_filled)
      fill(role, state.posts, post, true);
    else
      vacate(role, state.posts, post);
  }
  state.able = state.trainees = 0;
  for (std::uint32_t n = 0; n < state.posts; ++n) {
    if (posts[n].holder == Post::Holder::able) ++state.able;
    if (posts[n].holder == Post::Holder::trainee) ++state.trainees;
  }
}

void Staff::change_post(model::Staff const& role, std::uint32_t number, Post& post) {
  if (post.holder != Post::Holder::nobody) {
    post.stays -= role.leaves;
    if (post.stays <= 0) {
      ++post.spell;
      vacate(role, number, post);
      return;
    }
  }
  if (post.holder == Post::Holder::nobody && now_.day >= post.until) fill(role, number, post, false);
  if (post.holder == Post::Holder::trainee && now_.day >= post.until) post.holder = Post::Holder::able;
}

void Staff::vacate(model::Staff const& role, std::uint32_t number, Post& post) {
  post.holder = Post::Holder::nobody;
  post.until = now_.day + days(role.recruited_after, role.draws_at ^ recruited_draw, spell_of(number, post.spell));
  if (post.until == now_.day) fill(role, number, post, false);
}

// From now on somebody is in the post, whose training begins (or who is trained already).
void Staff::fill(model::Staff const& role, std::uint32_t number, Post& post, bool trained) {
  std::uint64_t const visit = spell_of(number, post.spell);
  post.stays = -portable_log(to_unit(draw(now_.key, role.draws_at ^ leaving_draw, visit).first));
  post.until = now_.day + (trained ? 0 : days(role.trained_after, role.draws_at ^ trained_draw, visit));
  post.holder = post.until > now_.day ? Post::Holder::trainee : Post::Holder::able;
}

// Each member of staff is at work on a day with a probability, and each who is can man so many sessions, less what
// training takes; what is left over of a session is carried to the next day.
void Staff::settle_day(Index16 index) {
  Role& state = roles_[index];
  if (state.day == now_.day) return;
  model::Staff const& role = now_.era->staff[index];
  std::uint32_t const people = role.comes_and_goes ? state.able : role.people;
  state.at_work = binomial(people, role.present, draw(now_.key, role.draws_at, now_.day).first);
  double const sessions = std::max(0.0, state.at_work * role.sessions_per_day - state.taught) + state.owed;
  state.day = now_.day;
  state.left = std::floor(sessions + 1e-9);  // three thirds are a whole
  state.owed = sessions - state.left;
}

bool Staff::man(model::Resource const& resource, Tick closes) {
  if (resource.staff.count == 0) return true;
  free_those_done();
  taken_.clear();
  for (std::uint32_t i = 0; i < resource.staff.count; ++i) {
    model::StaffNeed const& need = need_of(resource, i);
    settle_day(need.staff);
    static_cast<void>(take(need.staff, need.staff, need.people));
  }
  bool enough = true;
  for (std::uint32_t i = 0; i < resource.staff.count; ++i) enough = find_rest(need_of(resource, i)) && enough;
  for (Taken const& taken : taken_) {
    if (enough)
      keep(taken, closes);
    else
      put_back(taken);
  }
  return enough;
}

model::StaffNeed const& Staff::need_of(model::Resource const& resource, std::uint32_t i) const {
  return now_.era->staff_needs[resource.staff.first + i];
}

// Whoever is at work, is nowhere else, and has a session left.
std::uint32_t Staff::take(Index16 from, Index16 role, std::uint32_t most) {
  Role& there = roles_[from];
  if (there.busy >= there.at_work) return 0;
  most = std::min(most, there.at_work - there.busy);
  auto const people = static_cast<std::uint32_t>(std::min<double>(there.left, most));
  if (people == 0) return 0;
  there.left -= people;
  there.busy += people;
  taken_.push_back({from, role, people});
  return people;
}

void Staff::put_back(Taken const& taken) {
  roles_[taken.from].left += taken.people;
  roles_[taken.from].busy -= taken.people;
}

void Staff::keep(Taken const& taken, Tick closes) {
  busy_.push_back({closes, taken.from, taken.people});
  std::ranges::push_heap(busy_, std::ranges::greater{}, &Busy::until);
  most_busy_ = std::max(most_busy_, busy_.size());
  checks_.see_manned(taken.from, taken.people, roles_[taken.from].at_work, closes);
  if (!now_.measuring) return;
  if (taken.from == taken.role) {
    totals_[taken.role].manned += taken.people;
  } else {
    totals_[taken.role].stood_in += taken.people;
    totals_[taken.from].lent += taken.people;
  }
}

void Staff::free_those_done() {
  while (!busy_.empty() && busy_.front().until <= now_.tick) {
    roles_[busy_.front().role].busy -= busy_.front().people;
    std::ranges::pop_heap(busy_, std::ranges::greater{}, &Busy::until);
    busy_.pop_back();
  }
}

// Others for what a role lacks, once a session has taken its own people, for all its roles; false if some are missing.
bool Staff::find_rest(model::StaffNeed const& need) {
  std::uint32_t own = 0;
  for (Taken const& taken : taken_)
    if (taken.from == need.staff && taken.role == need.staff) own += taken.people;
  std::uint32_t rest = need.people - own;
  model::Range const others = now_.era->staff[need.staff].stand_ins;
  for (std::uint32_t k = 0; k < others.count && rest > 0; ++k) {
    Index16 const other = now_.era->stand_ins[others.first + k];
    if (!held(now_.model, now_.era->staff[other].days, now_.day)) continue;
    settle_day(other);
    rest -= take(other, need.staff, rest);
  }
  if (now_.measuring) {
    totals_[need.staff].wanted += need.people;
    if (rest > 0) count_lacking(need, own, rest);
  }
  return rest == 0;
}

// Why: as many as are not at work at all, then as many as have no session left; the rest are elsewhere at this hour.
void Staff::count_lacking(model::StaffNeed const& need, std::uint32_t own, std::uint32_t rest) {
  Role const& role = roles_[need.staff];
  auto const beyond = [&](double there) {
    return std::min(rest, need.people - static_cast<std::uint32_t>(std::min<double>(need.people, there)));
  };
  std::uint32_t const absent = beyond(role.at_work);
  std::uint32_t const not_left = std::max(absent, beyond(role.left + own));
  StaffTotals& totals = totals_[need.staff];
  totals.lacking += rest;
  totals.absent += absent;
  totals.used_up += not_left - absent;
  totals.elsewhere += rest - not_left;
}

}  // namespace cwtsim::engine
