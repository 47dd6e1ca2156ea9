#include "consent/item.h"

#include "base/encoding.h"
#include "consent/facts.h"

#include <doctest/doctest.h>

using namespace segell::consent;
using namespace segell::consent::test;

namespace {

ConsentItem good_item() {
  ConsentItem item;
  item.scope = meal_grant();
  item.notice = {"tax", 1, "ca", {}};
  item.valid_until = day(100);
  item.text = "L'àrea vol consultar la renda.";
  return item;
}

void check_refused(ConsentItem item, std::string_view reason) {
  const auto made = make_consent_item(std::move(item), day(1));
  REQUIRE_FALSE(made);
  CHECK(made.error().reason == reason);
}

}  // namespace

TEST_CASE("an item with everything named is made") { CHECK(make_consent_item(good_item(), day(1))); }

TEST_CASE("an item that bundles purposes, categories or recipients is refused") {
  for (const char* word : {"", "all", "ALL", "tot", "*", "a,b", "a b", "a;b"}) {
    for (std::string Scope::*part : {&Scope::purpose, &Scope::category, &Scope::recipient}) {
      ConsentItem item = good_item();
      item.scope.*part = word;
      check_refused(std::move(item), "consent.bundled");
    }
  }
}

TEST_CASE("an item needs a term, a text, a notice and well-formed codes") {
  ConsentItem item = good_item();
  item.valid_until = day(1);
  check_refused(item, "consent.no-term");
  item = good_item();
  item.text.clear();
  check_refused(item, "consent.no-text");
  item = good_item();
  item.notice.version = 0;
  check_refused(item, "consent.no-notice");
  item = good_item();
  item.scope.category = "income..tax";
  check_refused(item, "consent.bad-code");
}

TEST_CASE("an agreement is never a tick beside consents") {
  ConsentItem item = good_item();
  item.basis = {BasisKind::agreement, Article6::none, Article9::none, "", Opposable::no};
  check_refused(item, "consent.not-an-item");
}

TEST_CASE("the parts of a basis belong together") {
  const auto refused = [](LegalBasis basis) { return !make_legal_basis(basis).has_value(); };
  CHECK_FALSE(refused({}));
  CHECK(refused({BasisKind::express_consent, Article6::e, Article9::none, "", Opposable::no}));
  CHECK(refused({BasisKind::express_consent, Article6::a, Article9::none, "", Opposable::art21}));
  CHECK(refused({BasisKind::law, Article6::c, Article9::none, "", Opposable::no}));
  CHECK(refused({BasisKind::law, Article6::c, Article9::none, "Llei 1/2000", Opposable::art21}));
  CHECK_FALSE(refused({BasisKind::law, Article6::e, Article9::none, "Llei 1/2000", Opposable::art21}));
  CHECK(refused({BasisKind::non_opposition, Article6::e, Article9::none, "", Opposable::no}));
  CHECK_FALSE(refused({BasisKind::non_opposition, Article6::c, Article9::none, "", Opposable::art28}));
  CHECK(refused({BasisKind::vital_interest, Article6::c, Article9::none, "", Opposable::no}));
}

TEST_CASE("what is offered follows from the basis, with nothing that the person may not choose") {
  using enum DecisionKind;
  CHECK(offered_choices({}) == std::vector{grant, refuse, defer});
  CHECK(offered_choices({BasisKind::non_opposition, Article6::e, Article9::none, "", Opposable::art28}) ==
        std::vector{inform, object});
  CHECK(offered_choices({BasisKind::law, Article6::c, Article9::none, "Llei 1/2000", Opposable::no}) ==
        std::vector{inform});
}

TEST_CASE("a notice's digest is that of its documented octets and changes with every part") {
  Notice notice{"tax", 3, "ca", "Títol", "Text"};
  // printf 'segell.notice/1\ntax\n3\nca\nTítol\nText\n' | sha256sum
  CHECK(segell::base::to_hex(notice_digest(notice)) ==
        "76c3c1afcc86fe4c94db68890a646c5c7cf9f6fd25ec266f30c21861eddefe87");
  notice.version = 4;
  CHECK(segell::base::to_hex(notice_digest(notice)) !=
        "76c3c1afcc86fe4c94db68890a646c5c7cf9f6fd25ec266f30c21861eddefe87");
}

TEST_CASE("an item's life goes the ways of the state machine") {
  using enum ItemState;
  const auto after = [](ItemState state, DecisionKind kind) {
    auto next = next_state(state, kind);
    return next ? to_string(*next) : next.error().reason;
  };
  CHECK(after(offered, DecisionKind::grant) == "granted");
  CHECK(after(offered, DecisionKind::refuse) == "refused");
  CHECK(after(offered, DecisionKind::defer) == "offered");
  CHECK(after(granted, DecisionKind::withdraw) == "withdrawn");
  CHECK(after(granted, DecisionKind::expire) == "expired");
  CHECK(after(withdrawn, DecisionKind::grant) == "granted");
  CHECK(after(offered, DecisionKind::inform) == "informed");
  CHECK(after(informed, DecisionKind::object) == "opposed");
  CHECK(after(opposed, DecisionKind::inform) == "opposed");
  CHECK(after(opposed, DecisionKind::withdraw_objection) == "informed");
  CHECK(after(offered, DecisionKind::withdraw_objection) == "consent.transition");
  CHECK(after(superseded, DecisionKind::grant) == "consent.transition");
  CHECK(after(granted, DecisionKind::enter_in_error) == "entered_in_error");
  // Whoever was not asked yet is asked for the first time.
  CHECK(after(entered_in_error, DecisionKind::grant) == "granted");
  CHECK(after(entered_in_error, DecisionKind::withdraw_objection) == "consent.transition");
}

TEST_CASE("a person's no is taken in every live state") {
  for (const ItemState state :
       {ItemState::draft, ItemState::offered, ItemState::granted, ItemState::refused, ItemState::abandoned,
        ItemState::withdrawn, ItemState::expired, ItemState::informed, ItemState::opposed}) {
    for (const DecisionKind kind : {DecisionKind::refuse, DecisionKind::withdraw, DecisionKind::object}) {
      const auto next = next_state(state, kind);
      REQUIRE(next);
      CHECK((*next == ItemState::refused || *next == ItemState::withdrawn || *next == ItemState::opposed));
    }
  }
}

TEST_CASE("every written form is read back, and nothing else is") {
  for (const char* word : {"inform", "grant", "refuse", "defer", "withdraw", "object", "withdraw-objection", "expire",
                           "entered-in-error"}) {
    const auto kind = parse_decision_kind(word);
    REQUIRE(kind);
    CHECK(to_string(*kind) == word);
  }
  CHECK_FALSE(parse_decision_kind("grant "));
  CHECK_FALSE(parse_basis_kind("express_consent"));
}
