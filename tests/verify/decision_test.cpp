#include "signer/ades/decision.h"

#include <doctest/doctest.h>

// The decision logic alone: facts in, conclusion out, no keys and no files.

namespace {

using namespace segell::signer::ades;
using segell::base::Instant;

Instant day(int n) { return Instant(std::chrono::hours(24 * n)); }

SignatureFacts good() {
  SignatureFacts facts;
  facts.not_before = day(100);
  facts.not_after = day(200);
  facts.ca_not_before = day(50);
  facts.ca_not_after = day(300);
  facts.now = day(150);
  return facts;
}

constexpr auto kFailed = Indication::total_failed;
constexpr auto kUnsure = Indication::indeterminate;

}  // namespace

TEST_CASE("a signature with which everything is well passes") {
  CHECK(decide(good()) == Conclusion{Indication::total_passed, SubIndication::none});
}

TEST_CASE("each proven fault has its own name") {
  auto facts = good();
  facts.format_holds = false;
  CHECK(decide(facts) == Conclusion{kFailed, SubIndication::format_failure});
  facts = good();
  facts.digest_matches = false;
  CHECK(decide(facts) == Conclusion{kFailed, SubIndication::hash_failure});
  facts = good();
  facts.value = SignatureFacts::Value::does_not_fit;
  CHECK(decide(facts) == Conclusion{kFailed, SubIndication::sig_crypto_failure});
}

TEST_CASE("a proven fault wins over everything that is missing") {
  auto facts = good();
  facts.digest_matches = false;
  facts.constraints_hold = false;
  facts.chain = SignatureFacts::Chain::none;
  facts.algorithms_accepted = false;
  CHECK(decide(facts) == Conclusion{kFailed, SubIndication::hash_failure});
}

TEST_CASE("what is missing makes the outcome indeterminate") {
  auto facts = good();
  facts.signing_certificate_found = false;
  facts.value = SignatureFacts::Value::cannot_judge;
  CHECK(decide(facts) == Conclusion{kUnsure, SubIndication::no_signing_certificate_found});
  facts = good();
  facts.chain = SignatureFacts::Chain::none;
  CHECK(decide(facts) == Conclusion{kUnsure, SubIndication::no_certificate_chain_found});
  facts.chain = SignatureFacts::Chain::broken;
  CHECK(decide(facts) == Conclusion{kUnsure, SubIndication::certificate_chain_general_failure});
  facts.chain = SignatureFacts::Chain::constraints;
  CHECK(decide(facts) == Conclusion{kUnsure, SubIndication::chain_constraints_failure});
  facts = good();
  facts.constraints_hold = false;
  facts.chain = SignatureFacts::Chain::none;
  CHECK(decide(facts) == Conclusion{kUnsure, SubIndication::sig_constraints_failure});
}

TEST_CASE("an expired certificate needs a proof of existence from within its validity") {
  auto facts = good();
  facts.now = day(250);
  CHECK(decide(facts) == Conclusion{kUnsure, SubIndication::out_of_bounds_no_poe});
  facts.proven_before = day(220);
  CHECK(decide(facts) == Conclusion{kUnsure, SubIndication::out_of_bounds_no_poe});
  facts.proven_before = day(200);
  CHECK(decide(facts).indication == Indication::total_passed);
  facts.proven_after = day(201);
  CHECK(decide(facts) == Conclusion{kUnsure, SubIndication::timestamp_order_failure});
  facts.proven_before = day(220);
  CHECK(decide(facts) == Conclusion{kFailed, SubIndication::expired});
}

TEST_CASE("an ended certificate that is known not to be revoked has a name of its own") {
  auto facts = good();
  facts.now = day(250);
  facts.signer_answers = SignatureFacts::Answers::good;
  CHECK(decide(facts) == Conclusion{kUnsure, SubIndication::out_of_bounds_not_revoked});
  facts.signer_answers = SignatureFacts::Answers::out_of_bounds;
  CHECK(decide(facts) == Conclusion{kUnsure, SubIndication::out_of_bounds_no_poe});
  facts.signer_answers = SignatureFacts::Answers::good;
  facts.ca_not_after = day(240);  // whoever has the authority's key since may say anything
  CHECK(decide(facts) == Conclusion{kUnsure, SubIndication::out_of_bounds_no_poe});
  facts.proven_before = day(200);
  CHECK(decide(facts).indication == Indication::total_passed);
}

TEST_CASE("answers about revocation are missed only where the policy wants them") {
  auto facts = good();
  CHECK(decide(facts).indication == Indication::total_passed);
  facts.answers_required = true;
  CHECK(decide(facts) == Conclusion{kUnsure, SubIndication::try_later});
  facts.path_answers = SignatureFacts::Answers::out_of_bounds;
  CHECK(decide(facts) == Conclusion{kUnsure, SubIndication::revocation_out_of_bounds_no_poe});
  facts.path_answers = SignatureFacts::Answers::good;
  CHECK(decide(facts).indication == Indication::total_passed);
  // proven to be of its life, and nobody answers any more
  facts.now = day(250);
  facts.proven_before = day(150);
  CHECK(decide(facts).indication == Indication::total_passed);
  facts.path_answers = SignatureFacts::Answers::missing;
  CHECK(decide(facts) == Conclusion{kUnsure, SubIndication::no_poe});
  facts.now = day(150);
  facts.revoked_at = day(160);
  CHECK(decide(facts) == Conclusion{kUnsure, SubIndication::try_later});
}

TEST_CASE("an anchor that is not trusted any more holds what is proven to be older") {
  auto facts = good();
  facts.anchor_until = day(140);
  CHECK(decide(facts) == Conclusion{kUnsure, SubIndication::no_certificate_chain_found_no_poe});
  facts.proven_before = day(140);
  CHECK(decide(facts).indication == Indication::total_passed);
  facts.proven_before = day(145);
  CHECK(decide(facts) == Conclusion{kUnsure, SubIndication::no_certificate_chain_found_no_poe});
  facts.proven_after = day(141);
  CHECK(decide(facts) == Conclusion{kUnsure, SubIndication::no_certificate_chain_found});
}

TEST_CASE("a signature policy that cannot be followed leaves the outcome open") {
  auto facts = good();
  facts.named_policy = SignatureFacts::NamedPolicy::not_available;
  CHECK(decide(facts) == Conclusion{kUnsure, SubIndication::signature_policy_not_available});
  facts.named_policy = SignatureFacts::NamedPolicy::not_processed;
  CHECK(decide(facts) == Conclusion{kUnsure, SubIndication::policy_processing_error});
  facts.digest_matches = false;
  CHECK(decide(facts) == Conclusion{kFailed, SubIndication::hash_failure});
}

TEST_CASE("a signature that existed before its certificate was valid is proven bad") {
  auto facts = good();
  facts.now = day(99);
  CHECK(decide(facts) == Conclusion{kFailed, SubIndication::not_yet_valid});
  facts.now = day(150);
  facts.proven_before = day(60);
  CHECK(decide(facts) == Conclusion{kFailed, SubIndication::not_yet_valid});
}

TEST_CASE("revocation counts from its date, unless an older proof of existence stands") {
  auto facts = good();
  facts.revoked_at = day(140);
  CHECK(decide(facts) == Conclusion{kUnsure, SubIndication::revoked_no_poe});
  facts.proven_before = day(140);
  CHECK(decide(facts) == Conclusion{kUnsure, SubIndication::revoked_no_poe});
  facts.proven_before = day(139);
  CHECK(decide(facts).indication == Indication::total_passed);
  facts.proven_before = day(145);
  facts.proven_after = day(141);
  CHECK(decide(facts) == Conclusion{kFailed, SubIndication::revoked});
  facts = good();
  facts.ca_revoked_at = day(120);
  CHECK(decide(facts) == Conclusion{kUnsure, SubIndication::revoked_ca_no_poe});
}

TEST_CASE("a suspension is no revocation for good") {
  auto facts = good();
  facts.revoked_at = day(140);
  facts.on_hold = true;
  CHECK(decide(facts) == Conclusion{kUnsure, SubIndication::try_later});
  facts.proven_before = day(145);
  facts.proven_after = day(141);
  CHECK(decide(facts) == Conclusion{kUnsure, SubIndication::try_later});
  facts.proven_after.reset();
  facts.proven_before = day(139);
  CHECK(decide(facts).indication == Indication::total_passed);
}

TEST_CASE("timestamps that contradict each other leave the outcome open") {
  auto facts = good();
  facts.order_holds = false;
  CHECK(decide(facts) == Conclusion{kUnsure, SubIndication::timestamp_order_failure});
  facts.digest_matches = false;
  CHECK(decide(facts) == Conclusion{kFailed, SubIndication::hash_failure});
}

TEST_CASE("an expired authority counts like an expired certificate") {
  auto facts = good();
  facts.ca_not_after = day(149);
  CHECK(decide(facts) == Conclusion{kUnsure, SubIndication::out_of_bounds_no_poe});
  facts.proven_before = day(148);
  CHECK(decide(facts).indication == Indication::total_passed);
}

TEST_CASE("weak algorithms pass only with a proof from before their end, and some never") {
  auto facts = good();
  facts.algorithms_until = day(130);
  CHECK(decide(facts) == Conclusion{kUnsure, SubIndication::crypto_constraints_failure_no_poe});
  facts.proven_before = day(129);
  CHECK(decide(facts).indication == Indication::total_passed);
  facts.algorithms_accepted = false;
  CHECK(decide(facts) == Conclusion{kUnsure, SubIndication::crypto_constraints_failure});
}

TEST_CASE("the dates of a certificate that leads nowhere prove nothing") {
  auto facts = good();
  facts.chain = SignatureFacts::Chain::none;
  facts.now = day(1);
  CHECK(decide(facts) == Conclusion{kUnsure, SubIndication::no_certificate_chain_found});
}

TEST_CASE("losing a fact never improves the conclusion") {
  // every combination of the flags that can only hurt, one at a time on top of another
  const auto rank = [](const SignatureFacts& facts) {
    switch (decide(facts).indication) {
      case Indication::total_passed:
        return 0;
      case Indication::indeterminate:
        return 1;
      default:
        return 2;
    }
  };
  for (unsigned mask = 0; mask < 128; ++mask) {
    const auto make = [](unsigned bits) {
      auto facts = good();
      facts.format_holds = (bits & 1U) == 0;
      facts.digest_matches = (bits & 2U) == 0;
      if ((bits & 4U) != 0) facts.value = SignatureFacts::Value::does_not_fit;
      facts.constraints_hold = (bits & 8U) == 0;
      if ((bits & 16U) != 0) facts.revoked_at = day(120);
      facts.algorithms_accepted = (bits & 32U) == 0;
      if ((bits & 64U) != 0) facts.now = day(260);
      return facts;
    };
    for (unsigned bit = 0; bit < 7; ++bit) CHECK(rank(make(mask | 1U << bit)) >= rank(make(mask & ~(1U << bit))));
  }
}

TEST_CASE("the evidence level is the lower of who and how, and durability") {
  EvidenceFacts facts;
  facts.passed = true;
  facts.level = Level::b_b;
  CHECK(evidence_level(facts) == 3);  // a seal without a person's act
  facts.level = Level::b_lta;
  CHECK(evidence_level(facts) == 3);
  facts.act_present = true;
  CHECK(evidence_level(facts) == 0);  // no identity evidence
  facts.disclosed_level = 6;
  CHECK(evidence_level(facts) == 0);
  facts.identity_proven = true;
  CHECK(evidence_level(facts) == 6);
  facts.level = Level::b_t;
  CHECK(evidence_level(facts) == 4);
  facts.level = Level::b_lt;
  CHECK(evidence_level(facts) == 5);
  facts.disclosed_level = 1;
  CHECK(evidence_level(facts) == 1);
  facts.passed = false;
  CHECK(evidence_level(facts) == 0);
}
