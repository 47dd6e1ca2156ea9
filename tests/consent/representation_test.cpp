// Who decides for whom: minors on their way to 14, adults who are represented, holders who do not agree.

#include "consent/facts.h"

#include <doctest/doctest.h>

using namespace segell::consent;
using namespace segell::consent::test;
using enum DecisionKind;

namespace {

DecisionFact by_mother(DecisionKind kind, int at, Scope scope = meal_grant()) {
  DecisionFact made = fact(kind, at, std::move(scope));
  made.voice = Voice::representative;
  return made;
}

/// Nil, who is 14 on that day.
Facts minor_until(int birthday) {
  Facts facts;
  facts.capacities = {{Capacity::under_14, segell::base::Instant::min()}, {Capacity::able, day(birthday)}};
  return facts;
}

void check_denied_as(const Answer& answer, Reason reason) {
  CHECK_FALSE(answer.permit);
  CHECK(to_string(answer.reason) == to_string(reason));
}

}  // namespace

TEST_CASE("a representative's grant is a basis until the day before the 14th birthday") {
  Facts facts = minor_until(50);
  facts.decisions = {by_mother(grant, 5)};
  CHECK(ask(facts, 49).permit);
  CHECK(ask(facts, 49).scsp == Scsp::si);
  CHECK(ask(facts, 49).valid_until == day(50));
  check_denied_as(ask(facts, 50), Reason::capacity_unclear);
  facts.decisions.push_back(fact(grant, 51));
  CHECK(ask(facts, 51).permit);
  CHECK(ask(facts, 51).valid_until == day(1000));
}

TEST_CASE("nobody represents whoever decides themselves") {
  Facts facts;
  facts.decisions = {by_mother(grant, 5)};
  check_denied_as(ask(facts, 6), Reason::capacity_unclear);
  facts = minor_until(3);
  facts.decisions = {by_mother(grant, 5)};
  check_denied_as(ask(facts, 6), Reason::capacity_unclear);
}

TEST_CASE("what a child granted before 14 never counts, and what a child refused does") {
  Facts facts = minor_until(50);
  facts.decisions = {fact(grant, 5)};
  check_denied_as(ask(facts, 6), Reason::capacity_unclear);
  check_denied_as(ask(facts, 60), Reason::capacity_unclear);
  facts.decisions = {by_mother(grant, 5), fact(refuse, 6)};
  check_denied_as(ask(facts, 7), Reason::refused);
}

TEST_CASE("an adult is represented as long and as far as the judgment goes") {
  Facts facts;
  facts.capacities = {{Capacity::represented, day(10), day(40), {"meal-grant", "", ""}}};
  const Scope other{"housing", "income.tax", "ensenyament"};
  facts.decisions = {by_mother(grant, 20), by_mother(grant, 20, other)};
  CHECK(ask(facts, 39).permit);
  CHECK(ask(facts, 39).valid_until == day(40));
  check_denied_as(ask(facts, 39, other), Reason::capacity_unclear);
  check_denied_as(ask(facts, 40), Reason::capacity_unclear);
  facts.decisions = {fact(grant, 20), fact(grant, 20, other), fact(grant, 5)};
  CHECK(ask(facts, 30, other).permit);
  CHECK(ask(facts, 9).permit);
  CHECK(ask(facts, 30).based_on == facts.decisions[2].id);  // what they gave before the judgment, and not what after
}

TEST_CASE("a grant for a child does not come back when a judgment represents the adult") {
  Facts facts = minor_until(50);
  facts.capacities.push_back({Capacity::represented, day(80)});
  facts.decisions = {by_mother(grant, 5)};
  check_denied_as(ask(facts, 60), Reason::capacity_unclear);
  check_denied_as(ask(facts, 90), Reason::capacity_unclear);
  facts.decisions.push_back(by_mother(grant, 85));
  CHECK(ask(facts, 90).permit);
}

TEST_CASE("one holder's objection stands against every representative's grant, however new, until it ends") {
  Facts facts = minor_until(500);
  facts.decisions = {by_mother(grant, 5)};
  facts.objections = {{{"meal-grant", "", ""}, day(10), day(30)}};
  CHECK(ask(facts, 9).permit);
  check_denied_as(ask(facts, 10), Reason::opposed);
  CHECK(ask(facts, 10).based_on == facts.decisions[0].id);
  facts.decisions.push_back(by_mother(grant, 20));
  check_denied_as(ask(facts, 20), Reason::opposed);
  CHECK(ask(facts, 30).permit);
}

TEST_CASE("an objection reaches as far as it says") {
  Facts facts = minor_until(500);
  const Scope web{"image", "photo", "web"};
  const Scope wall{"image", "photo", "wall"};
  facts.decisions = {by_mother(grant, 5, web), by_mother(grant, 5, wall)};
  facts.objections = {{{"image", "", "web"}, day(10), {}}};
  check_denied_as(ask(facts, 11, web), Reason::opposed);
  CHECK(ask(facts, 11, wall).permit);
  facts.objections = {{{}, day(10), {}}};
  check_denied_as(ask(facts, 11, wall), Reason::opposed);
}

TEST_CASE("an objection stands against no law, and not against what the minor grants at 14") {
  Facts facts = minor_until(50);
  facts.objections = {{{}, day(10), {}}};
  facts.bases = {law(1)};
  CHECK(ask(facts, 20).scsp == Scsp::ley);
  facts.bases.clear();
  facts.decisions = {by_mother(grant, 5), fact(grant, 55)};
  check_denied_as(ask(facts, 20), Reason::opposed);
  CHECK(ask(facts, 56).permit);
}

TEST_CASE("a grant that another holder stands against lifts no refusal either") {
  Facts facts = minor_until(500);
  facts.decisions = {fact(refuse, 3), by_mother(grant, 5)};
  CHECK(ask(facts, 6).permit);
  facts.objections = {{{}, day(10), {}}};
  check_denied_as(ask(facts, 11), Reason::opposed);
  facts.decisions.push_back(fact(withdraw, 12));
  check_denied_as(ask(facts, 13), Reason::withdrawn);
}
