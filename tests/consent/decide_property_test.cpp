#include "consent/any_facts.h"

#include <algorithm>

using namespace segell::consent;
using namespace segell::consent::test;

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
    shuffle(facts.objections);
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
