#include <algorithm>
#include <cmath>

#include "state.hpp"

namespace cwtsim::engine {

using model::Index16;
using model::none16;
using model::none32;

namespace {

// Second places of a role, apart from the one of who is at work.
constexpr std::uint64_t leaving_place = 0x6c656100ULL << 32;
constexpr std::uint64_t recruited_place = 0x72656300ULL << 32;
constexpr std::uint64_t trained_place = 0x74726100ULL << 32;

std::uint64_t spell_of(std::uint32_t number, Post const& post) {
  return std::uint64_t{number} << 32 | post.spell;
}

std::uint32_t days(model::Phase const& phase, std::uint32_t table, std::uint64_t key, std::uint64_t place,
                   std::uint64_t visit) {
  if (table == none32) return 0;
  QuantileTable const& quantiles = phase.quantiles[table];
  return quantiles.is_constant() ? quantiles.constant_value() : quantiles.sample(draw(key, place, visit).first);
}

}  // namespace

void Workspace::State::lay_out_staff() {
  staff_.resize(model_.phases.front().staff.size());
  std::uint32_t posts = 0;
  for (std::size_t i = 0; i < staff_.size(); ++i) {
    staff_[i].first_post = posts;
    if (!model_.phases.front().staff[i].comes_and_goes) continue;
    std::uint32_t most = 0;
    for (auto const& phase : model_.phases) most = std::max(most, phase.staff[i].people);
    posts += most;
  }
  posts_.resize(posts);
  std::size_t takes = 0;
  for (auto const& phase : model_.phases)
    for (auto const& resource : phase.resources)
      for (std::uint32_t n = 0; n < resource.staff.count; ++n) {
        auto const& role = phase.staff[phase.staff_needs[resource.staff.first + n].staff];
        takes = std::max(takes, std::size_t{resource.staff.count} * (1 + role.stand_ins.count));
      }
  standing_in_.reserve(takes);
}

void Workspace::State::reset_staff() {
  for (StaffState& state : staff_) {
    auto const first = state.first_post;
    state = StaffState{};
    state.first_post = first;
  }
  std::ranges::fill(posts_, Post{});
}

void Workspace::State::begin_day_of_staff(std::uint32_t day) {
  bool const first = now_ == model_.start;
  auto const& roles = phase_->staff;
  for (std::size_t i = 0; i < roles.size(); ++i)
    if (roles[i].comes_and_goes) change_posts(i, day, first);
  for (StaffState& state : staff_) state.taught = 0;
  for (std::size_t i = 0; i < roles.size(); ++i)
    if (roles[i].trainer != none16) staff_[roles[i].trainer].taught += staff_[i].trainees * roles[i].training_per_day;
  if (!measuring_) return;
  for (std::size_t i = 0; i < roles.size(); ++i) {
    StaffTotals& totals = result_.staff[i];
    bool const changes = roles[i].comes_and_goes;
    ++totals.days;
    totals.posts += roles[i].posts;
    totals.in_post += roles[i].each * (changes ? staff_[i].able + staff_[i].trainees : roles[i].people);
    totals.in_training += roles[i].each * (changes ? staff_[i].trainees : 0);
  }
}

// The posts of a role at the beginning of a day. Those at the first moment are filled; those that a dated lever takes
// away are the last ones, with whoever is in them.
void Workspace::State::change_posts(std::size_t index, std::uint32_t day, bool first) {
  model::Staff const& role = phase_->staff[index];
  StaffState& state = staff_[index];
  Post* const posts = posts_.data() + state.first_post;
  state.posts = std::min(state.posts, role.people);
  for (std::uint32_t n = 0; n < state.posts; ++n) change_post(role, n, posts[n], day);
  for (; state.posts < role.people; ++state.posts) {
    Post& post = posts[state.posts];
    if (post.known) ++post.spell;
    post.known = true;
    if (first || role.new_posts_filled)
      fill(role, state.posts, post, day, true);
    else
      vacate(role, state.posts, post, day);
  }
  state.able = state.trainees = 0;
  for (std::uint32_t n = 0; n < state.posts; ++n) {
    if (posts[n].holder == Post::Holder::able) ++state.able;
    if (posts[n].holder == Post::Holder::trainee) ++state.trainees;
  }
}

void Workspace::State::change_post(model::Staff const& role, std::uint32_t number, Post& post, std::uint32_t day) {
  if (post.holder != Post::Holder::nobody) {
    post.stays -= role.leaves;
    if (post.stays <= 0) {
      ++post.spell;
      vacate(role, number, post, day);
      return;
    }
  }
  if (post.holder == Post::Holder::nobody && day >= post.until) fill(role, number, post, day, false);
  if (post.holder == Post::Holder::trainee && day >= post.until) post.holder = Post::Holder::able;
}

void Workspace::State::vacate(model::Staff const& role, std::uint32_t number, Post& post, std::uint32_t day) {
  post.holder = Post::Holder::nobody;
  post.until = day + days(*phase_, role.recruited_after, key_, role.place ^ recruited_place, spell_of(number, post));
  if (post.until == day) fill(role, number, post, day, false);
}

// From now on somebody is in the post, whose training begins (or who is trained already).
void Workspace::State::fill(model::Staff const& role, std::uint32_t number, Post& post, std::uint32_t day,
                            bool trained) {
  std::uint64_t const visit = spell_of(number, post);
  post.stays = -portable_log(to_unit(draw(key_, role.place ^ leaving_place, visit).first));
  post.until = day + (trained ? 0 : days(*phase_, role.trained_after, key_, role.place ^ trained_place, visit));
  post.holder = post.until > day ? Post::Holder::trainee : Post::Holder::able;
}

// Each member of staff is at work on a day with a probability, and each who is can man so many sessions, less what
// training takes; what is left over of a session is carried to the next day.
void Workspace::State::settle_day(Index16 index, std::uint32_t day) {
  StaffState& state = staff_[index];
  if (state.day == day) return;
  model::Staff const& role = phase_->staff[index];
  std::uint32_t const people = role.comes_and_goes ? state.able : role.people;
  std::uint32_t const present = binomial(people, role.present, draw(key_, role.place, day).first);
  double const sessions = std::max(0.0, present * role.sessions_per_day - state.taught) + state.owed;
  state.day = day;
  state.left = std::floor(sessions + 1e-9);  // three thirds are a whole
  state.owed = sessions - state.left;
}

// Takes the people whom a session needs, all or nobody.
bool Workspace::State::staffed(model::Resource const& resource, std::uint32_t day) {
  bool enough = true;
  for (std::uint32_t i = 0; i < resource.staff.count; ++i) {
    model::StaffNeed const& need = phase_->staff_needs[resource.staff.first + i];
    settle_day(need.staff, day);
    enough = enough && staff_[need.staff].left >= need.people;
  }
  if (!enough) return find_stand_ins(resource, day);
  for (std::uint32_t i = 0; i < resource.staff.count; ++i) {
    model::StaffNeed const& need = phase_->staff_needs[resource.staff.first + i];
    staff_[need.staff].left -= need.people;
    if (!measuring_) continue;
    result_.staff[need.staff].wanted += need.people;
    result_.staff[need.staff].manned += need.people;
  }
  return true;
}

// A session takes its own people first, for all its roles; then for each role that lacks some, others.
bool Workspace::State::find_stand_ins(model::Resource const& resource, std::uint32_t day) {
  std::uint8_t const today = static_cast<std::uint8_t>(1U << model_.weekday_of_day[day]);
  auto const needs = [&](std::uint32_t i) -> model::StaffNeed const& {
    return phase_->staff_needs[resource.staff.first + i];
  };
  standing_in_.clear();
  auto const take = [&](Index16 from, Index16 role, std::uint32_t most) {
    auto const people = static_cast<std::uint32_t>(std::min<double>(staff_[from].left, most));
    if (people == 0) return 0U;
    staff_[from].left -= people;
    standing_in_.push_back({from, role, people});
    return people;
  };
  bool enough = true;
  for (std::uint32_t i = 0; i < resource.staff.count; ++i) take(needs(i).staff, needs(i).staff, needs(i).people);
  for (std::uint32_t i = 0; i < resource.staff.count; ++i) {
    Index16 const wanted = needs(i).staff;
    std::uint32_t rest = needs(i).people;
    for (StandIn const& own : standing_in_)
      if (own.from == wanted && own.role == wanted) rest -= own.people;
    model::Span const others = phase_->staff[wanted].stand_ins;
    for (std::uint32_t k = 0; k < others.count && rest > 0; ++k) {
      Index16 const other = phase_->stand_ins[others.first + k];
      if (!(phase_->staff[other].weekdays & today)) continue;
      settle_day(other, day);
      rest -= take(other, wanted, rest);
    }
    if (measuring_) result_.staff[wanted].wanted += needs(i).people;
    if (measuring_) result_.staff[wanted].lacking += rest;
    enough = enough && rest == 0;
  }
  for (StandIn const& taken : standing_in_) {
    if (!enough) {
      staff_[taken.from].left += taken.people;
    } else if (measuring_ && taken.from == taken.role) {
      result_.staff[taken.role].manned += taken.people;
    } else if (measuring_) {
      result_.staff[taken.role].stood_in += taken.people;
      result_.staff[taken.from].lent += taken.people;
    }
  }
  return enough;
}

}  // namespace cwtsim::engine
