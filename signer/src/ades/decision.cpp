#include "signer/ades/decision.h"

#include <algorithm>

namespace segell::signer::ades {
namespace {

constexpr Conclusion failed(SubIndication why) { return {Indication::total_failed, why}; }
constexpr Conclusion indeterminate(SubIndication why) { return {Indication::indeterminate, why}; }

// Faults that no further evidence can heal; only with a chain do the certificate's own dates mean anything.
std::optional<Conclusion> proven_fault(const SignatureFacts& facts, base::Instant best) {
  if (facts.chain != SignatureFacts::Chain::found) return std::nullopt;
  if (best < facts.not_before) return failed(SubIndication::not_yet_valid);
  if (!facts.proven_after) return std::nullopt;
  if (facts.revoked_at && !facts.on_hold && *facts.proven_after >= *facts.revoked_at)
    return failed(SubIndication::revoked);
  if (*facts.proven_after > facts.not_after) return failed(SubIndication::expired);
  return std::nullopt;
}

std::optional<Conclusion> policy_gap(SignatureFacts::NamedPolicy policy) {
  switch (policy) {
    case SignatureFacts::NamedPolicy::not_available:
      return indeterminate(SubIndication::signature_policy_not_available);
    case SignatureFacts::NamedPolicy::not_processed:
      return indeterminate(SubIndication::policy_processing_error);
    case SignatureFacts::NamedPolicy::fine:
      return std::nullopt;
  }
  return std::nullopt;
}

std::optional<Conclusion> chain_gap(const SignatureFacts& facts, base::Instant best) {
  switch (facts.chain) {
    case SignatureFacts::Chain::none:
      return indeterminate(SubIndication::no_certificate_chain_found);
    case SignatureFacts::Chain::broken:
      return indeterminate(SubIndication::certificate_chain_general_failure);
    case SignatureFacts::Chain::constraints:
      return indeterminate(SubIndication::chain_constraints_failure);
    case SignatureFacts::Chain::found:
      break;
  }
  if (!facts.anchor_until || best <= *facts.anchor_until) return std::nullopt;
  const bool younger = facts.proven_after && *facts.proven_after > *facts.anchor_until;
  return indeterminate(younger ? SubIndication::no_certificate_chain_found
                               : SubIndication::no_certificate_chain_found_no_poe);
}

std::optional<Conclusion> time_gap(const SignatureFacts& facts, base::Instant best) {
  if (facts.revoked_at && best >= *facts.revoked_at)
    return indeterminate(facts.on_hold ? SubIndication::try_later : SubIndication::revoked_no_poe);
  if (facts.ca_revoked_at && best >= *facts.ca_revoked_at) return indeterminate(SubIndication::revoked_ca_no_poe);
  if (best < facts.ca_not_before || best > facts.ca_not_after)
    return indeterminate(SubIndication::out_of_bounds_no_poe);
  if (best <= facts.not_after) return std::nullopt;
  return indeterminate(facts.signer_answers == SignatureFacts::Answers::good ? SubIndication::out_of_bounds_not_revoked
                                                                             : SubIndication::out_of_bounds_no_poe);
}

// Where the policy does not do without revocation data.
std::optional<Conclusion> answer_gap(const SignatureFacts& facts) {
  if (!facts.answers_required) return std::nullopt;
  switch (facts.path_answers) {
    case SignatureFacts::Answers::good:
      return std::nullopt;
    case SignatureFacts::Answers::out_of_bounds:
      return indeterminate(SubIndication::revocation_out_of_bounds_no_poe);
    case SignatureFacts::Answers::missing:
      break;
  }
  // authorities answer for certificates that have not ended; after that only what is proven to be of then helps
  const bool over = facts.now > std::min(facts.not_after, facts.ca_not_after);
  return indeterminate(over ? SubIndication::no_poe : SubIndication::try_later);
}

}  // namespace

Conclusion decide(const SignatureFacts& facts) {
  if (!facts.format_holds) return failed(SubIndication::format_failure);
  if (!facts.digest_matches) return failed(SubIndication::hash_failure);
  if (facts.value == SignatureFacts::Value::does_not_fit) return failed(SubIndication::sig_crypto_failure);
  if (!facts.content_found) return indeterminate(SubIndication::signed_data_not_found);
  if (!facts.signing_certificate_found) return indeterminate(SubIndication::no_signing_certificate_found);
  if (facts.value == SignatureFacts::Value::cannot_judge || !facts.algorithms_accepted)
    return indeterminate(SubIndication::crypto_constraints_failure);

  const base::Instant best = facts.proven_before ? std::min(*facts.proven_before, facts.now) : facts.now;
  if (!facts.order_holds || (facts.proven_before && facts.proven_after && *facts.proven_after > *facts.proven_before))
    return indeterminate(SubIndication::timestamp_order_failure);
  if (auto fault = proven_fault(facts, best)) return *fault;
  // what happened to the document concerns its reader more than what is missing around the certificate
  if (!facts.constraints_hold) return indeterminate(SubIndication::sig_constraints_failure);
  if (auto gap = policy_gap(facts.named_policy)) return *gap;
  if (auto gap = chain_gap(facts, best)) return *gap;
  if (auto gap = time_gap(facts, best)) return *gap;
  if (facts.algorithms_until && best > *facts.algorithms_until)
    return indeterminate(SubIndication::crypto_constraints_failure_no_poe);
  return answer_gap(facts).value_or(Conclusion{});
}

int evidence_level(const EvidenceFacts& facts) {
  if (!facts.passed) return 0;
  int durability = 4;
  switch (facts.level) {
    case Level::none:
    case Level::b_b:
    case Level::b_t:
      break;
    case Level::b_lt:
      durability = 5;
      break;
    case Level::b_lta:
      durability = 6;
      break;
  }
  int who = 3;
  if (facts.act_present) who = facts.identity_proven ? std::clamp(facts.disclosed_level.value_or(0), 0, 6) : 0;
  return std::min(who, durability);
}

}  // namespace segell::signer::ades
