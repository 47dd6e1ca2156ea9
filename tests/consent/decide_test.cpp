#include "consent/decide.h"

#include "consent/facts.h"

#include <doctest/doctest.h>

#include <chrono>

using namespace segell::consent;
using namespace segell::consent::test;
using enum DecisionKind;

namespace {

void check_denied(const Answer& answer, Reason reason) {
  CHECK_FALSE(answer.permit);
  CHECK(to_string(answer.reason) == to_string(reason));
  CHECK(answer.scsp == Scsp::none);
}

}  // namespace

TEST_CASE("without any fact the answer is no_basis") { check_denied(ask({}, 10), Reason::no_basis); }

TEST_CASE("a grant permits from its instant to its term, as Si") {
  Facts facts;
  facts.decisions = {fact(grant, 5)};
  check_denied(ask(facts, 4), Reason::no_basis);
  const Answer answer = ask(facts, 5);
  CHECK(answer.permit);
  CHECK(answer.scsp == Scsp::si);
  CHECK(answer.based_on == facts.decisions[0].id);
  CHECK(answer.valid_until == day(1000));
  CHECK(ask(facts, 999).permit);
  check_denied(ask(facts, 1000), Reason::expired);
}

TEST_CASE("a grant without a term never counts") {
  Facts facts;
  facts.decisions = {fact(grant, 5)};
  facts.decisions[0].valid_until.reset();
  check_denied(ask(facts, 6), Reason::no_consent);
}

TEST_CASE("a withdrawal takes effect at once and forward only") {
  Facts facts;
  facts.decisions = {fact(grant, 5), fact(withdraw, 8)};
  CHECK(ask(facts, 7).permit);
  check_denied(ask(facts, 8), Reason::withdrawn);
  CHECK(ask(facts, 8).based_on == facts.decisions[1].id);
}

TEST_CASE("a new grant after a withdrawal permits again") {
  Facts facts;
  facts.decisions = {fact(grant, 5), fact(withdraw, 8), fact(grant, 9)};
  CHECK(ask(facts, 9).permit);
}

TEST_CASE("a grant and a restriction of one instant deny") {
  for (const DecisionKind kind : {refuse, withdraw, object, expire}) {
    Facts facts;
    facts.decisions = {fact(grant, 5), fact(kind, 5)};
    CHECK_FALSE(ask(facts, 6).permit);
  }
}

TEST_CASE("restrictions never lift one another") {
  Facts facts;
  facts.decisions = {fact(inform, 1), fact(object, 2), fact(withdraw, 3), fact(refuse, 4)};
  facts.bases = {non_opposition(1)};
  check_denied(ask(facts, 10), Reason::refused);
  facts.decisions.push_back(fact(grant, 5));
  facts.decisions.push_back(fact(withdraw, 6));
  check_denied(ask(facts, 10), Reason::withdrawn);
}

TEST_CASE("a specific refusal narrows a newer general grant") {
  Facts facts;
  facts.decisions = {fact(refuse, 3, {"meal-grant", "income.tax", "ensenyament"}),
                     fact(grant, 5, {"meal-grant", "income", "ensenyament"})};
  check_denied(ask(facts, 6), Reason::refused);
  CHECK(ask(facts, 6, {"meal-grant", "income.pension", "ensenyament"}).permit);
}

TEST_CASE("a specific grant does not outlive a newer general refusal, and answers an older one") {
  Facts facts;
  facts.decisions = {fact(grant, 3), fact(withdraw, 5, {"", "", ""})};
  check_denied(ask(facts, 6), Reason::withdrawn);
  facts.decisions.push_back(fact(grant, 7));
  CHECK(ask(facts, 8).permit);
  check_denied(ask(facts, 8, {"meal-grant", "housing", "ensenyament"}), Reason::withdrawn);
}

TEST_CASE("a category covers what continues it behind a dot and nothing else") {
  Facts facts;
  facts.decisions = {fact(grant, 5, {"meal-grant", "income", "ensenyament"})};
  CHECK(ask(facts, 6).permit);
  CHECK_FALSE(ask(facts, 6, {"meal-grant", "incometax", "ensenyament"}).permit);
}

TEST_CASE("only the newest grant counts: a shorter later term is not stretched by an older longer one") {
  Facts facts;
  facts.decisions = {fact(grant, 5), fact(grant, 6)};
  facts.decisions[1].valid_until = day(20);
  CHECK(ask(facts, 19).permit);
  check_denied(ask(facts, 20), Reason::expired);
}

TEST_CASE("a permit ends when the grant that answers a refusal ends") {
  Facts facts;
  facts.decisions = {fact(refuse, 3), fact(grant, 5), fact(grant, 6, {"meal-grant", "income", "ensenyament"})};
  facts.decisions[1].valid_until = day(20);
  const Answer answer = ask(facts, 10);
  CHECK(answer.permit);
  CHECK(answer.valid_until == day(20));
  check_denied(ask(facts, 20), Reason::refused);
}

TEST_CASE("law without opposition permits as Ley, even after a refusal, with the alert of basis shopping") {
  Facts facts;
  facts.bases = {law(7)};
  CHECK(ask(facts, 8).scsp == Scsp::ley);
  CHECK_FALSE(ask(facts, 8).basis_shopping);
  facts.decisions = {fact(refuse, 5)};
  CHECK(ask(facts, 8).permit);
  CHECK(ask(facts, 8).basis_shopping);
  facts.bases = {law(3)};
  CHECK_FALSE(ask(facts, 8).basis_shopping);
}

TEST_CASE("a law that no administrator entered permits nothing") {
  Facts facts;
  facts.bases = {law(1)};
  facts.bases[0].by_administrator = false;
  CHECK_FALSE(ask(facts, 8).permit);
}

TEST_CASE("non-opposition needs an informed person, and an objection ends it") {
  Facts facts;
  facts.bases = {non_opposition(1)};
  CHECK_FALSE(ask(facts, 5).permit);
  facts.decisions = {fact(inform, 2)};
  CHECK(ask(facts, 5).scsp == Scsp::no_opo);
  CHECK(ask(facts, 5).based_on == facts.decisions[0].id);
  facts.decisions.push_back(fact(object, 6));
  check_denied(ask(facts, 7), Reason::opposed);
  facts.decisions.push_back(fact(inform, 8));
  check_denied(ask(facts, 9), Reason::opposed);
  facts.decisions.push_back(fact(withdraw_objection, 10));
  CHECK(ask(facts, 11).permit);
}

TEST_CASE("a professional's non-opposition item does not get round a refusal of consent") {
  Facts facts;
  facts.decisions = {fact(refuse, 2), fact(inform, 3)};
  facts.bases = {non_opposition(3)};
  check_denied(ask(facts, 5), Reason::refused);
}

TEST_CASE("an agreement or an expired vital interest is no basis") {
  Facts facts;
  facts.bases = {{meal_grant(),
                  {BasisKind::agreement, Article6::none, Article9::none, "", Opposable::no},
                  day(1),
                  std::nullopt,
                  true},
                 {meal_grant(),
                  {BasisKind::vital_interest, Article6::d, Article9::none, "", Opposable::no},
                  day(1),
                  day(3),
                  true}};
  CHECK(ask(facts, 2).permit);
  check_denied(ask(facts, 3), Reason::no_basis);
}

TEST_CASE("a statute's prohibition and a protected person override every permit") {
  Facts facts;
  facts.bases = {law(1)};
  facts.decisions = {fact(grant, 1)};
  facts.protections = {{{"", "income", ""}, day(5), day(9)}};
  CHECK(ask(facts, 4).permit);
  check_denied(ask(facts, 5), Reason::protected_person);
  CHECK(ask(facts, 9).permit);
  facts.prohibitions = {{{"meal-grant", "", ""}, day(10)}};
  check_denied(ask(facts, 10), Reason::no_basis);
}

TEST_CASE("capacity decides whose yes counts") {
  Facts facts;
  facts.decisions = {fact(grant, 5)};
  facts.capacities = {{Capacity::under_14, day(0)}, {Capacity::able, day(50)}};
  check_denied(ask(facts, 6), Reason::capacity_unclear);
  facts.decisions[0].voice = Voice::representative;
  CHECK(ask(facts, 6).permit);
  check_denied(ask(facts, 60), Reason::capacity_unclear);
  facts.decisions[0].voice = Voice::unproven;
  check_denied(ask(facts, 6), Reason::capacity_unclear);
  facts.decisions[0].voice = Voice::representative;
  facts.capacities.push_back({Capacity::unclear, day(70)});
  check_denied(ask(facts, 70), Reason::capacity_unclear);
}

TEST_CASE("special categories need their condition of article 9") {
  Facts facts;
  facts.category = CategoryKind::special;
  facts.decisions = {fact(grant, 5)};
  CHECK_FALSE(ask(facts, 6).permit);
  facts.decisions[0].basis.article9 = Article9::a;
  CHECK(ask(facts, 6).permit);
}

TEST_CASE("a denial names the nearest miss") {
  Facts facts;
  facts.category = CategoryKind::unknown;
  check_denied(ask(facts, 6), Reason::unknown_category);
  facts.category = CategoryKind::known;
  facts.decisions = {fact(grant, 5)};
  check_denied(ask(facts, 6, {"housing-grant", "income.tax", "ensenyament"}), Reason::wrong_purpose);
  check_denied(ask(facts, 6, {"meal-grant", "income.tax", "hisenda"}), Reason::not_party);
  check_denied(ask(facts, 6, {"meal-grant", "", "ensenyament"}), Reason::unknown_category);
  facts.decisions = {fact(defer, 5)};
  check_denied(ask(facts, 6), Reason::no_consent);
}

#if defined(__has_feature)
constexpr bool kSanitized = __has_feature(address_sanitizer) || __has_feature(thread_sanitizer);
#else
constexpr bool kSanitized = false;
#endif

TEST_CASE("one core evaluates at least 300,000 questions a second") {
  Facts facts;
  for (int i = 0; i < 10; ++i) {
    facts.decisions.push_back(fact(i % 3 == 1 ? refuse : grant, i, {"purpose-" + std::to_string(i), "c", "r"}));
  }
  facts.decisions.push_back(fact(grant, 20));
  facts.bases = {law(1, {"x", "y", "z"})};
  const Question question{meal_grant()};
  const auto start = std::chrono::steady_clock::now();
  int permits = 0;
  constexpr int kRounds = 30'000;
  for (int i = 0; i < kRounds; ++i) permits += decide(facts, question, day(30)).permit ? 1 : 0;
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  CHECK(permits == kRounds);
  MESSAGE("decisions a second: ", kRounds / took.count());
  if (!kSanitized) CHECK(kRounds / took.count() >= 300'000);
}

TEST_CASE("a grant that was entered in error permits until that is found, and denies with its own reason after") {
  Facts facts;
  facts.decisions = {fact(grant, 5)};
  facts.decisions.push_back(error_of(facts.decisions[0], 8));
  CHECK(ask(facts, 7).permit);  // "as known at T": what was done on it is told as it was
  check_denied(ask(facts, 8), Reason::entered_in_error);
  CHECK(ask(facts, 8).based_on == facts.decisions[0].id);
  facts.decisions.push_back(fact(grant, 9));  // the right person's own
  CHECK(ask(facts, 9).permit);
  CHECK(ask(facts, 9).based_on == facts.decisions[2].id);
}

TEST_CASE("an error in one decision leaves the others of the person alone") {
  Facts facts;
  facts.decisions = {fact(grant, 2), fact(refuse, 5)};
  facts.decisions.push_back(error_of(fact(grant, 1), 6));  // of a decision about something else
  check_denied(ask(facts, 7), Reason::refused);
  facts.decisions = {fact(grant, 2), fact(grant, 5)};
  facts.decisions.push_back(error_of(facts.decisions[1], 8));
  CHECK(ask(facts, 8).based_on == facts.decisions[0].id);
}

TEST_CASE("an older grant does not come back because the one that took its place, and ran out, was in error") {
  Facts facts;
  facts.decisions = {fact(grant, 2), fact(grant, 5)};
  facts.decisions[1].valid_until = day(7);
  check_denied(ask(facts, 8), Reason::expired);
  facts.decisions.push_back(error_of(facts.decisions[1], 9));
  check_denied(ask(facts, 9), Reason::entered_in_error);
  CHECK(ask(facts, 9).based_on == facts.decisions[1].id);
  facts.decisions.push_back(fact(grant, 10));
  CHECK(ask(facts, 10).permit);
}

TEST_CASE("a grant in error lifts no restriction any more") {
  Facts facts;
  facts.decisions = {fact(refuse, 3), fact(grant, 5)};
  CHECK(ask(facts, 6).permit);
  facts.decisions.push_back(error_of(facts.decisions[1], 8));
  check_denied(ask(facts, 8), Reason::refused);
}

TEST_CASE("what was forbidden in error stays forbidden until the person is asked anew") {
  for (const DecisionKind kind : {refuse, withdraw, object}) {
    Facts facts;
    facts.decisions = {fact(grant, 2), fact(kind, 5)};
    facts.decisions.push_back(error_of(facts.decisions[1], 8));
    check_denied(ask(facts, 9), Reason::entered_in_error);
    CHECK(ask(facts, 9).based_on == facts.decisions[1].id);
    facts.decisions.push_back(fact(grant, 10));
    CHECK(ask(facts, 10).permit);
  }
}

TEST_CASE("an objection in error ends when the person herself was informed, after the error was found") {
  Facts facts;
  facts.bases = {non_opposition(1)};
  facts.decisions = {fact(inform, 1), fact(object, 3), fact(inform, 5)};
  facts.decisions.push_back(error_of(facts.decisions[1], 8));
  check_denied(ask(facts, 9), Reason::entered_in_error);
  facts.decisions.push_back(fact(inform, 10));
  CHECK(ask(facts, 10).permit);
}

TEST_CASE("whoever was informed in error was not informed") {
  Facts facts;
  facts.bases = {non_opposition(1)};
  facts.decisions = {fact(inform, 1)};
  CHECK(ask(facts, 2).permit);
  facts.decisions.push_back(error_of(facts.decisions[0], 3));
  check_denied(ask(facts, 3), Reason::entered_in_error);
}

TEST_CASE("a nearer reason than the error is told") {
  Facts facts;
  facts.decisions = {fact(grant, 2), fact(grant, 5)};
  facts.decisions[1].valid_until = day(7);
  facts.decisions.push_back(error_of(facts.decisions[0], 6));
  check_denied(ask(facts, 8), Reason::expired);
}

TEST_CASE("the state of an item is that of the person's own decisions") {
  std::vector<DecisionFact> history = {fact(grant, 2), fact(withdraw, 3)};
  CHECK(item_state(history) == ItemState::withdrawn);
  history.push_back(error_of(history[1], 4));
  CHECK(item_state(history) == ItemState::granted);
  history.push_back(error_of(history[0], 5));
  CHECK(item_state(history) == ItemState::entered_in_error);
  history.push_back(fact(refuse, 6));
  CHECK(item_state(history) == ItemState::refused);
  CHECK(item_state({}) == ItemState::offered);
}
