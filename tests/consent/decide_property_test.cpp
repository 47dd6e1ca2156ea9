#include "consent/decide.h"

#include "consent/facts.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <array>
#include <sstream>

using namespace segell::consent;
using namespace segell::consent::test;

namespace {

// Few values, so that facts meet: same instants, general and special scopes, wildcards in restrictions.
rc::Gen<Scope> any_scope(bool wildcards) {
  using rc::gen::element;
  using Text = std::string;
  const auto purpose = wildcards ? element<Text>("", "p", "q") : element<Text>("p", "q");
  const auto category = wildcards ? element<Text>("", "a", "a.b", "c") : element<Text>("a", "a.b", "a.b.c", "c");
  const auto recipient = wildcards ? element<Text>("", "r", "s") : element<Text>("r", "s");
  return rc::gen::construct<Scope>(purpose, category, recipient);
}

rc::Gen<segell::base::Instant> any_day() { return rc::gen::map(rc::gen::inRange(0, 12), day); }

rc::Gen<std::optional<segell::base::Instant>> maybe_day() {
  return rc::gen::oneOf(rc::gen::just(std::optional<segell::base::Instant>()),
                        rc::gen::map(any_day(), [](auto at) { return std::optional(at); }));
}

DecisionId id_of(int n) {
  std::array<std::byte, 16> bits{};
  bits[15] = static_cast<std::byte>(n);
  return DecisionId(bits);
}

rc::Gen<LegalBasis> any_basis() {
  return rc::gen::construct<LegalBasis>(
      rc::gen::element(BasisKind::express_consent, BasisKind::non_opposition, BasisKind::law, BasisKind::vital_interest,
                       BasisKind::agreement),
      rc::gen::element(Article6::none, Article6::a, Article6::c, Article6::d, Article6::e),
      rc::gen::element(Article9::none, Article9::a, Article9::h), rc::gen::element<std::string>("", "Llei 1/2000"),
      rc::gen::element(Opposable::no, Opposable::art28, Opposable::art21));
}

rc::Gen<DecisionFact> any_decision() {
  return rc::gen::mapcat(
      rc::gen::element(DecisionKind::inform, DecisionKind::grant, DecisionKind::grant, DecisionKind::refuse,
                       DecisionKind::defer, DecisionKind::withdraw, DecisionKind::object,
                       DecisionKind::withdraw_objection, DecisionKind::expire),
      [](DecisionKind kind) {
        return rc::gen::map(
            rc::gen::tuple(rc::gen::inRange(0, 256), any_scope(kind != DecisionKind::grant), any_day(), maybe_day(),
                           rc::gen::element(Voice::self, Voice::self, Voice::representative, Voice::unproven),
                           rc::gen::oneOf(rc::gen::just(LegalBasis{}), any_basis())),
            [kind](const auto& parts) {
              const auto& [number, scope, at, until, voice, basis] = parts;
              return DecisionFact{id_of(number), kind, scope, basis, at, until, voice};
            });
      });
}

rc::Gen<Facts> any_facts() {
  const auto basis =
      rc::gen::construct<BasisFact>(any_scope(false), any_basis(), any_day(), maybe_day(), rc::gen::arbitrary<bool>());
  const auto prohibition = rc::gen::construct<Prohibition>(any_scope(true), any_day());
  const auto protection = rc::gen::construct<Protection>(any_scope(true), any_day(), maybe_day());
  const auto capacity = rc::gen::construct<CapacityFact>(
      rc::gen::element(Capacity::able, Capacity::able, Capacity::under_14, Capacity::unclear), any_day());
  const auto few = [](auto gen) {
    return rc::gen::mapcat(rc::gen::element(0, 0, 0, 1), [gen](int n) {
      return rc::gen::container<std::vector<typename decltype(gen)::ValueType>>(static_cast<std::size_t>(n), gen);
    });
  };
  return rc::gen::construct<Facts>(
      rc::gen::container<std::vector<DecisionFact>>(any_decision()), rc::gen::container<std::vector<BasisFact>>(basis),
      few(prohibition), few(protection), few(capacity),
      rc::gen::element(CategoryKind::known, CategoryKind::known, CategoryKind::special, CategoryKind::unknown));
}

/// Runs the property and fails the test with RapidCheck's words, seed included.
template <class Property>
void check_property(const char* words, Property property) {
  std::ostringstream told;
  const auto result = rc::detail::checkTestable(std::move(property), rc::detail::TestMetadata{words, words}, [] {
    rc::detail::TestParams params;
    params.seed = 20261122;
    params.maxSuccess = 2000;
    return params;
  }());
  rc::detail::printResultMessage(result, told);
  INFO(words, ": ", told.str());
  CHECK(result.template is<rc::detail::SuccessResult>());
}

}  // namespace

TEST_CASE("adding a withdrawal, refusal, opposition or expiry never turns a deny into a permit") {
  check_property("restrictions are monotone", [] {
    Facts facts = *any_facts();
    const Question question{*any_scope(false)};
    const auto at = *any_day();
    const Answer before = decide(facts, question, at);
    DecisionFact added = *any_decision();
    added.kind =
        *rc::gen::element(DecisionKind::refuse, DecisionKind::withdraw, DecisionKind::object, DecisionKind::expire);
    facts.decisions.push_back(added);
    const Answer after = decide(facts, question, at);
    RC_CLASSIFY(before.permit && !after.permit, "the restriction denied");
    RC_CLASSIFY(before.permit, "permitted before");
    RC_ASSERT((before.permit || !after.permit));
    if (before.permit && after.permit && before.valid_until) {
      RC_ASSERT((after.valid_until && *after.valid_until <= *before.valid_until));
    }
  });
}

TEST_CASE("the order of the facts never shows in the answer") {
  check_property("order is irrelevant", [] {
    Facts facts = *any_facts();
    // Identities are unique in the store; equal ones would make "the smaller id" ambiguous.
    for (std::size_t i = 0; i < facts.decisions.size(); ++i) facts.decisions[i].id = id_of(static_cast<int>(i));
    const Question question{*any_scope(false)};
    const auto at = *any_day();
    const Answer before = decide(facts, question, at);
    const auto swaps = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 1000));
    const auto shuffle = [&swaps](auto& list) {
      if (list.size() < 2) return;
      std::reverse(list.begin(), list.end());
      for (const int n : swaps) {
        const auto i = static_cast<std::size_t>(n) % list.size();
        std::swap(list[i], list[(i * 7 + 3) % list.size()]);
      }
    };
    shuffle(facts.decisions);
    shuffle(facts.bases);
    shuffle(facts.prohibitions);
    shuffle(facts.protections);
    shuffle(facts.capacities);
    RC_ASSERT(decide(facts, question, at) == before);
  });
}

TEST_CASE("every question gets an answer that holds together") {
  check_property("evaluation is total", [] {
    const Facts facts = *any_facts();
    const Question question{*any_scope(true)};
    const auto at = *any_day();
    const Answer answer = decide(facts, question, at);
    if (answer.permit) {
      RC_ASSERT(answer.basis.has_value());
      RC_ASSERT(answer.scsp == scsp_value(*answer.basis));
      RC_ASSERT((!answer.valid_until || at < *answer.valid_until));
      RC_ASSERT(
          (!question.scope.purpose.empty() && !question.scope.category.empty() && !question.scope.recipient.empty()));
    } else {
      RC_ASSERT((!answer.basis && !answer.valid_until && answer.scsp == Scsp::none && !answer.basis_shopping));
      RC_ASSERT(to_string(answer.reason) != "unknown");
    }
  });
}

TEST_CASE("facts after the asked instant never change the answer") {
  check_property("as known at T", [] {
    Facts facts = *any_facts();
    const Question question{*any_scope(false)};
    const auto at = *any_day();
    const Answer before = decide(facts, question, at);
    DecisionFact later = *any_decision();
    later.at = at + std::chrono::hours(1);
    facts.decisions.push_back(later);
    RC_ASSERT(decide(facts, question, at) == before);
  });
}

TEST_CASE("that something is found to be in error never turns a deny into a permit") {
  check_property("errors are monotone", [] {
    Facts facts = *any_facts();
    // Identities are unique in the store; two of one would be in error together.
    for (std::size_t i = 0; i < facts.decisions.size(); ++i) facts.decisions[i].id = id_of(static_cast<int>(i));
    RC_PRE(!facts.decisions.empty());
    const Question question{*any_scope(false)};
    const auto at = *any_day();
    const Answer before = decide(facts, question, at);
    const std::size_t which = *rc::gen::inRange<std::size_t>(0, facts.decisions.size());
    DecisionFact error = facts.decisions[which];
    error.voids = error.id;
    error.id = id_of(255);
    error.kind = DecisionKind::enter_in_error;
    error.at = at;
    facts.decisions.push_back(error);
    const Answer after = decide(facts, question, at);
    RC_CLASSIFY(before.permit && !after.permit, "the error denied");
    RC_ASSERT((before.permit || !after.permit));
  });
}
