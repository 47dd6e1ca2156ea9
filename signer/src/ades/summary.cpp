#include "work.h"

#include <algorithm>

namespace segell::signer::ades {
namespace {

std::string failed_detail(const SignatureVerdict& signature) {
  for (const Check& check : signature.checks)
    if (check.status == CheckStatus::fail && !check.detail.empty()) return check.detail;
  return {};
}

std::string with_changes(std::string text, const SignatureVerdict& signature) {
  if (!signature.changes.empty()) text += ": " + signature.changes.front();
  return text;
}

std::string why(const SignatureVerdict& signature) {
  switch (signature.sub_indication) {
    case SubIndication::none:
      if (signature.modification == Modification::none) return "unchanged since it was signed";
      return signature.only_signed_later
                 ? "unchanged since it was signed; signatures were added later"
                 : with_changes("changed since it was signed only as the signature permits", signature);
    case SubIndication::hash_failure:
      return with_changes("changed after it was signed", signature);
    case SubIndication::format_failure:
      if (signature.modification == Modification::not_permitted)
        return with_changes("changed after it was signed, against what the signature permits", signature);
      return "the signature is not what it claims to be: " + failed_detail(signature);
    case SubIndication::sig_crypto_failure:
      return "the signature value does not fit its certificate";
    case SubIndication::revoked:
      return "signed after the certificate was revoked";
    case SubIndication::expired:
      return "signed after the certificate had expired";
    case SubIndication::not_yet_valid:
      return "signed before the certificate was valid";
    case SubIndication::sig_constraints_failure:
      if (signature.modification == Modification::suspicious)
        return with_changes("later changes cannot be explained by signing", signature);
      return "something about the signature is not as it should be: " + failed_detail(signature);
    case SubIndication::chain_constraints_failure:
      return "the certificate must not be used for this";
    case SubIndication::certificate_chain_general_failure:
      return "the certificate's path does not hold";
    case SubIndication::crypto_constraints_failure:
    case SubIndication::crypto_constraints_failure_no_poe:
      return "the signature's algorithms are too weak or not known";
    case SubIndication::policy_processing_error:
      return "the signature policy that the signer names cannot be followed";
    case SubIndication::signature_policy_not_available:
      return "the signature policy that the signer names is not at hand";
    case SubIndication::timestamp_order_failure:
      return "the timestamps contradict each other";
    case SubIndication::no_signing_certificate_found:
      return "the signer's certificate is missing or another one";
    case SubIndication::no_certificate_chain_found:
      return "the signer's certificate leads to no trusted anchor";
    case SubIndication::no_certificate_chain_found_no_poe:
      return "the trust in the anchor has ended, and no proof says that the signature is older";
    case SubIndication::revoked_no_poe:
      return "the certificate is revoked, and no proof says that the signature is older";
    case SubIndication::revoked_ca_no_poe:
      return "an authority's certificate is revoked, and no proof says that the signature is older";
    case SubIndication::out_of_bounds_not_revoked:
      return "the certificate is not valid at this time, was not revoked, and no proof says that the signature is "
             "older";
    case SubIndication::out_of_bounds_no_poe:
      return "a certificate is not valid at this time, and no proof says that the signature is older";
    case SubIndication::revocation_out_of_bounds_no_poe:
      return "whoever says that the certificates are not revoked has a certificate that is not valid at this time, and "
             "no proof says that the answer is older";
    case SubIndication::no_poe:
      return "no proof says that anybody answered for the certificates before they ended";
    case SubIndication::try_later:
      return "the certificate is suspended, or nobody has answered for it yet";
    case SubIndication::signed_data_not_found:
      return "what was signed was not found";
  }
  return {};
}

}  // namespace

std::string summarise(const Verdict& verdict) {
  const auto worst = std::ranges::find_if(verdict.signatures, [&](const SignatureVerdict& signature) {
    return signature.indication == verdict.indication && signature.sub_indication == verdict.sub_indication;
  });
  if (worst == verdict.signatures.end()) return "no signature found";
  // of several good signatures the last one has the least behind it: the first says whether anything was added
  std::string text = why(*worst);
  if (verdict.signatures.size() > 1)
    text +=
        " (signature " + std::to_string(worst->index + 1) + " of " + std::to_string(verdict.signatures.size()) + ")";
  return text;
}

}  // namespace segell::signer::ades
