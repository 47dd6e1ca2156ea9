#include "signer/ades/verdict.h"

#include <algorithm>

namespace segell::signer::ades {
namespace {

int severity(Indication value) noexcept {
  switch (value) {
    case Indication::total_failed:
      return 4;
    case Indication::error:
      return 3;
    case Indication::indeterminate:
      return 2;
    case Indication::no_signature:
      return 1;
    case Indication::total_passed:
      return 0;
  }
  return 3;
}

int exit_weight(int exit) noexcept {
  switch (exit) {
    case 0:
      return 0;
    case 4:
      return 1;
    case 3:
      return 2;
    case 1:
      return 4;
    default:  // 2, and anything unknown is no better
      return 3;
  }
}

}  // namespace

int exit_code(Indication indication) noexcept {
  switch (indication) {
    case Indication::total_passed:
      return 0;
    case Indication::total_failed:
      return 1;
    case Indication::error:
      return 2;
    case Indication::indeterminate:
      return 3;
    case Indication::no_signature:
      return 4;
  }
  return 2;
}

int worse_exit(int a, int b) noexcept { return exit_weight(a) >= exit_weight(b) ? a : b; }

Outcome outcome(const Verdict& verdict) noexcept {
  const auto any = [&verdict](auto holds) {
    return std::any_of(verdict.signatures.begin(), verdict.signatures.end(),
                       [&](const SignatureVerdict& one) { return holds(one.modification); });
  };
  switch (verdict.indication) {
    case Indication::total_passed:
      if (std::any_of(verdict.signatures.begin(), verdict.signatures.end(), [](const SignatureVerdict& one) {
            return one.modification == Modification::permitted && !one.only_signed_later;
          }))
        return Outcome::adapted;
      return any([](Modification kind) { return kind != Modification::none; }) ? Outcome::extended : Outcome::unchanged;
    case Indication::total_failed:
      return verdict.sub_indication == SubIndication::hash_failure ||
                     any([](Modification kind) { return kind == Modification::not_permitted; })
                 ? Outcome::changed
                 : Outcome::bad;
    case Indication::indeterminate:
      return Outcome::unknown;
    case Indication::no_signature:
      return Outcome::not_signed;
    case Indication::error:
      return Outcome::unreadable;
  }
  return Outcome::unreadable;
}

void conclude_from_signatures(Verdict& verdict) {
  verdict.indication = Indication::no_signature;
  verdict.sub_indication = SubIndication::none;
  bool first = true;
  for (const SignatureVerdict& signature : verdict.signatures) {
    if (!first && severity(signature.indication) <= severity(verdict.indication)) continue;
    verdict.indication = signature.indication;
    verdict.sub_indication = signature.sub_indication;
    first = false;
  }
}

Verdict make_error_verdict(std::string input, base::Error error) {
  Verdict verdict;
  verdict.input = std::move(input);
  verdict.indication = Indication::error;
  verdict.summary = error.message;
  verdict.error = std::move(error);
  return verdict;
}

std::string_view to_string(Indication value) noexcept {
  switch (value) {
    case Indication::total_passed:
      return "TOTAL-PASSED";
    case Indication::total_failed:
      return "TOTAL-FAILED";
    case Indication::indeterminate:
      return "INDETERMINATE";
    case Indication::no_signature:
      return "NO-SIGNATURE";
    case Indication::error:
      return "ERROR";
  }
  return "ERROR";
}

std::string_view to_string(SubIndication value) noexcept {
  switch (value) {
    case SubIndication::none:
      return "";
    case SubIndication::format_failure:
      return "FORMAT_FAILURE";
    case SubIndication::hash_failure:
      return "HASH_FAILURE";
    case SubIndication::sig_crypto_failure:
      return "SIG_CRYPTO_FAILURE";
    case SubIndication::revoked:
      return "REVOKED";
    case SubIndication::expired:
      return "EXPIRED";
    case SubIndication::not_yet_valid:
      return "NOT_YET_VALID";
    case SubIndication::sig_constraints_failure:
      return "SIG_CONSTRAINTS_FAILURE";
    case SubIndication::chain_constraints_failure:
      return "CHAIN_CONSTRAINTS_FAILURE";
    case SubIndication::certificate_chain_general_failure:
      return "CERTIFICATE_CHAIN_GENERAL_FAILURE";
    case SubIndication::crypto_constraints_failure:
      return "CRYPTO_CONSTRAINTS_FAILURE";
    case SubIndication::crypto_constraints_failure_no_poe:
      return "CRYPTO_CONSTRAINTS_FAILURE_NO_POE";
    case SubIndication::policy_processing_error:
      return "POLICY_PROCESSING_ERROR";
    case SubIndication::signature_policy_not_available:
      return "SIGNATURE_POLICY_NOT_AVAILABLE";
    case SubIndication::timestamp_order_failure:
      return "TIMESTAMP_ORDER_FAILURE";
    case SubIndication::no_signing_certificate_found:
      return "NO_SIGNING_CERTIFICATE_FOUND";
    case SubIndication::no_certificate_chain_found:
      return "NO_CERTIFICATE_CHAIN_FOUND";
    case SubIndication::no_certificate_chain_found_no_poe:
      return "NO_CERTIFICATE_CHAIN_FOUND_NO_POE";
    case SubIndication::revoked_no_poe:
      return "REVOKED_NO_POE";
    case SubIndication::revoked_ca_no_poe:
      return "REVOKED_CA_NO_POE";
    case SubIndication::out_of_bounds_not_revoked:
      return "OUT_OF_BOUNDS_NOT_REVOKED";
    case SubIndication::out_of_bounds_no_poe:
      return "OUT_OF_BOUNDS_NO_POE";
    case SubIndication::revocation_out_of_bounds_no_poe:
      return "REVOCATION_OUT_OF_BOUNDS_NO_POE";
    case SubIndication::no_poe:
      return "NO_POE";
    case SubIndication::try_later:
      return "TRY_LATER";
    case SubIndication::signed_data_not_found:
      return "SIGNED_DATA_NOT_FOUND";
  }
  return "";
}

std::string_view to_string(SignatureType value) noexcept {
  switch (value) {
    case SignatureType::signature:
      return "signature";
    case SignatureType::seal:
      return "seal";
    case SignatureType::document_timestamp:
      return "document-timestamp";
  }
  return "signature";
}

std::string_view to_string(Integrity value) noexcept {
  switch (value) {
    case Integrity::intact:
      return "intact";
    case Integrity::broken:
      return "broken";
    case Integrity::unverifiable:
      return "unverifiable";
  }
  return "unverifiable";
}

std::string_view to_string(Coverage value) noexcept {
  switch (value) {
    case Coverage::whole_file:
      return "whole-file";
    case Coverage::whole_revision:
      return "whole-revision";
    case Coverage::anomalous:
      return "anomalous";
  }
  return "anomalous";
}

std::string_view to_string(Modification value) noexcept {
  switch (value) {
    case Modification::none:
      return "none";
    case Modification::permitted:
      return "permitted";
    case Modification::not_permitted:
      return "not-permitted";
    case Modification::suspicious:
      return "suspicious";
  }
  return "suspicious";
}

std::string_view to_string(Level value) noexcept {
  switch (value) {
    case Level::none:
      return "none";
    case Level::b_b:
      return "B-B";
    case Level::b_t:
      return "B-T";
    case Level::b_lt:
      return "B-LT";
    case Level::b_lta:
      return "B-LTA";
  }
  return "none";
}

std::string_view to_string(TimeBasis value) noexcept {
  switch (value) {
    case TimeBasis::none:
      return "none";
    case TimeBasis::claimed:
      return "claimed";
    case TimeBasis::log:
      return "log";
    case TimeBasis::tsa:
      return "tsa";
  }
  return "none";
}

std::string_view to_string(CheckStatus value) noexcept {
  switch (value) {
    case CheckStatus::pass:
      return "pass";
    case CheckStatus::fail:
      return "fail";
    case CheckStatus::warn:
      return "warn";
    case CheckStatus::skip:
      return "skip";
  }
  return "skip";
}

}  // namespace segell::signer::ades
