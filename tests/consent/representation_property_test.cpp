#include "consent/any_facts.h"

#include <algorithm>

using namespace segell::consent;
using namespace segell::consent::test;

namespace {

constexpr int kTimes = 700;

/// Facts of somebody for whom others decide, at least for a time: every grant is a representative's.
rc::Gen<Facts> any_represented() {
  const auto capacity =
      rc::gen::construct<CapacityFact>(rc::gen::element(Capacity::under_14, Capacity::represented,
                                                        Capacity::represented, Capacity::able, Capacity::unclear),
                                       any_day(), maybe_day(), rc::gen::element(Scope{}, Scope{}, Scope{"p", "", ""}));
  return rc::gen::map(rc::gen::tuple(any_facts(), rc::gen::container<std::vector<CapacityFact>>(capacity),
                                     rc::gen::element(Capacity::under_14, Capacity::under_14, Capacity::able)),
                      [](const auto& parts) {
                        auto [facts, capacities, first] = parts;
                        facts.capacities = capacities;
                        facts.capacities.push_back({first, segell::base::Instant::min()});
                        facts.category = CategoryKind::known;
                        for (DecisionFact& decision : facts.decisions) {
                          if (decision.kind != DecisionKind::grant) continue;
                          decision.voice = Voice::representative;
                          decision.basis = {};
                        }
                        return facts;
                      });
}

/// Changes the facts by `change`, and no denial becomes a permit, nor does a permit last longer.
template <class Change>
void only_denies(const char* words, rc::Gen<Facts> any, Change change) {
  check_property(
      words,
      [any, change] {
        Facts facts = *any;
        const Question question{*any_scope(false)};
        const auto at = *any_day();
        const Answer before = decide(facts, question, at);
        change(facts);
        const Answer after = decide(facts, question, at);
        RC_CLASSIFY(before.permit && !after.permit, "it denied");
        RC_CLASSIFY(before.permit, "permitted before");
        RC_ASSERT((before.permit || !after.permit));
        if (before.permit && after.permit && before.valid_until) {
          RC_ASSERT((after.valid_until && *after.valid_until <= *before.valid_until));
        }
      },
      kTimes);
}

void add_objection(Facts& facts) { facts.objections.push_back({*any_scope(true), *any_day(), *maybe_day()}); }

}  // namespace

TEST_CASE("an objection of a holder never turns a deny into a permit, whoever decided") {
  only_denies("objections deny", any_facts(), add_objection);
  only_denies("objections deny what representatives grant", any_represented(), add_objection);
}

TEST_CASE("a birthday never turns a deny into a permit where representatives decided") {
  only_denies("birthdays deny", any_represented(), [](Facts& facts) {
    facts.capacities.push_back({Capacity::able, *any_day(), {}, {}});
  });
}

TEST_CASE("that a representation ends sooner never turns a deny into a permit where representatives decided") {
  only_denies("ends deny", any_represented(), [](Facts& facts) {
    for (CapacityFact& fact : facts.capacities) {
      if (fact.capacity != Capacity::represented) continue;
      const auto end = *any_day();
      if (!fact.until || end < *fact.until) fact.until = std::max(end, fact.from);
    }
  });
}

TEST_CASE("the order of the facts about representatives never shows in the answer") {
  check_property(
      "order is irrelevant",
      [] {
        Facts facts = *any_represented();
        for (std::size_t i = 0; i < facts.decisions.size(); ++i) facts.decisions[i].id = id_of(static_cast<int>(i));
        facts.objections = *rc::gen::container<std::vector<HolderObjection>>(
            rc::gen::construct<HolderObjection>(any_scope(true), any_day(), maybe_day()));
        const Question question{*any_scope(false)};
        const auto at = *any_day();
        const Answer before = decide(facts, question, at);
        std::reverse(facts.decisions.begin(), facts.decisions.end());
        std::reverse(facts.objections.begin(), facts.objections.end());
        std::reverse(facts.capacities.begin(), facts.capacities.end());
        RC_CLASSIFY(before.permit, "permitted");
        RC_ASSERT(decide(facts, question, at) == before);
        const auto turn = [](auto& list) {
          std::rotate(list.begin(), list.begin() + (list.size() > 1 ? 1 : 0), list.end());
        };
        turn(facts.decisions);
        turn(facts.objections);
        turn(facts.capacities);
        RC_ASSERT(decide(facts, question, at) == before);
      },
      kTimes);
}

TEST_CASE("a representative's grant permits only while somebody else decides for the person") {
  check_property(
      "representatives decide for whoever is represented",
      [] {
        Facts facts = *any_represented();
        facts.bases.clear();
        const Question question{*any_scope(false)};
        const auto at = *any_day();
        if (!decide(facts, question, at).permit) return;
        // Whoever were able from then on would not be represented.
        facts.capacities.push_back({Capacity::able, at, {}, {}});
        for (const CapacityFact& fact : facts.capacities) {
          if (fact.from == at && fact.capacity != Capacity::able) return;  // of one instant, what allows less counts
        }
        RC_ASSERT_FALSE(decide(facts, question, at).permit);
      },
      kTimes);
}
