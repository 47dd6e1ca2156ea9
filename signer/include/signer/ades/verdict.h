#pragma once

#include "base/error.h"
#include "base/json.h"
#include "base/time.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace segell::signer::ades {

/// The outcome of a validation (ETSI EN 319 102-1 clause 5.1.3), and the two outcomes of an input that was none.
enum class Indication { total_passed, total_failed, indeterminate, no_signature, error };

/// Why a validation did not pass (EN 319 102-1 table 5), by its ETSI name; `none` with total_passed only.
enum class SubIndication {
  none,
  // under TOTAL-FAILED
  format_failure,
  hash_failure,
  sig_crypto_failure,
  revoked,
  expired,
  not_yet_valid,
  // under INDETERMINATE
  sig_constraints_failure,
  chain_constraints_failure,
  certificate_chain_general_failure,
  crypto_constraints_failure,
  crypto_constraints_failure_no_poe,
  policy_processing_error,
  signature_policy_not_available,
  timestamp_order_failure,
  no_signing_certificate_found,
  no_certificate_chain_found,
  no_certificate_chain_found_no_poe,
  revoked_no_poe,
  revoked_ca_no_poe,
  out_of_bounds_not_revoked,
  out_of_bounds_no_poe,
  revocation_out_of_bounds_no_poe,
  no_poe,
  try_later,
  signed_data_not_found,
};

/// signature: a person's certificate; seal: an organisation's; document_timestamp: SubFilter ETSI.RFC3161.
enum class SignatureType { signature, seal, document_timestamp };
/// Cryptography alone: do the signed octets carry this signature?
enum class Integrity { intact, broken, unverifiable };
/// What the byte range covers: the complete file, a complete earlier revision, or neither.
enum class Coverage { whole_file, whole_revision, anomalous };
/// What later revisions did to what this signature covers.
enum class Modification { none, permitted, not_permitted, suspicious };
/// Baseline levels of EN 319 142-1.
enum class Level { none, b_b, b_t, b_lt, b_lta };
enum class TimeBasis { none, claimed, log, tsa };
enum class CheckStatus { pass, fail, warn, skip };

/// One thing that was looked at. Ids are stable and never translated ("pdf.byte-range").
struct Check {
  std::string id;
  CheckStatus status = CheckStatus::pass;
  std::string detail;
};

/// One thing that was not looked at, or could not be answered, and why.
struct NotChecked {
  std::string id;
  std::string why;
  bool operator==(const NotChecked&) const = default;
};

struct SignerFacts {
  std::string common_name;
  std::string subject;
  std::string serial;
  std::string organisation;
};

/// A person's act as the organisation's seal declares it: never more than a declaration.
struct ActFacts {
  bool present = false;
  bool self_declared = true;
  std::string statement;  ///< English; other languages are made from the fields
  std::string method;
  std::string meaning;
  std::string verification_code;
  std::string person;                           ///< disclosed `signer-name`, or empty
  base::Json disclosed = base::Json::object();  ///< facts whose commitments the manifest holds
};

struct SignatureVerdict {
  int index = 0;  ///< in the order of revisions, from 0
  std::string field;
  SignatureType type = SignatureType::signature;
  Indication indication = Indication::indeterminate;
  SubIndication sub_indication = SubIndication::none;
  Integrity integrity = Integrity::unverifiable;
  Coverage coverage = Coverage::anomalous;
  Modification modification = Modification::none;
  std::vector<std::string> changes;         ///< what weighs most comes first; English
  std::vector<std::string> change_classes;  ///< of each of them: "signature", "timestamp", "evidence",
                                            ///< "signature-entry", "metadata", "form-filling", "annotation",
                                            ///< "page-content", "structure", "unexplained", "more"
  bool only_signed_later = false;           ///< with Modification::permitted: nothing but signatures and evidence
  Level level = Level::none;
  int evidence_level = 0;  ///< 0 to 6, domain.md 5.4
  SignerFacts signer;
  std::optional<base::Instant> claimed_time;
  std::optional<base::Instant> proven_time;
  TimeBasis time_basis = TimeBasis::none;
  ActFacts act;
  std::vector<Check> checks;
  /// Others' signatures over this one's value (RFC 5652 11.4), each judged for itself: indication, sub-indication,
  /// integrity, signer, times, checks and those over it again. None changes this one's indication.
  std::vector<SignatureVerdict> counter_signatures{};
};

/// The verdict on one input: plain data, `segell.verdict/1`.
struct Verdict {
  std::string input;
  Indication indication = Indication::no_signature;
  SubIndication sub_indication = SubIndication::none;
  std::string summary;  ///< English, one line, lower case
  std::vector<SignatureVerdict> signatures;
  std::vector<Check> checks;
  std::vector<NotChecked> not_checked;
  std::string trust_sha256;   ///< hex: the anchors and CRLs that were given
  std::string policy_sha256;  ///< hex: the rules that were applied
  std::string suite_sha256;   ///< hex: the suite of algorithms
  std::string suite_name;
  std::optional<base::Error> error;  ///< exactly with Indication::error
};

/// Process exit code of an indication: 0 passed, 1 proven bad, 2 could not run, 3 indeterminate, 4 nothing to verify.
int exit_code(Indication indication) noexcept;
/// The worse of two exit codes by the order 1 > 2 > 3 > 4 > 0.
int worse_exit(int a, int b) noexcept;

/// A verdict as people ask for it: was it changed since it was signed?
enum class Outcome {
  unchanged,
  extended,  ///< only signatures and timestamps were added later
  adapted,   ///< what was added or filled in later is what every signature allows
  changed,
  bad,         ///< the signature is not good, which tells nothing of a change
  unknown,     ///< something is missing to tell
  not_signed,  ///< there is no signature
  unreadable
};
Outcome outcome(const Verdict& verdict) noexcept;

/// Sets indication and sub_indication to the worst of the signatures (FAILED > INDETERMINATE > PASSED); without
/// signatures NO-SIGNATURE.
void conclude_from_signatures(Verdict& verdict);

/// The verdict on an input that could not be read at all: ERROR, exit 2.
Verdict make_error_verdict(std::string input, base::Error error);

std::string_view to_string(Indication value) noexcept;     ///< "TOTAL-PASSED" …
std::string_view to_string(SubIndication value) noexcept;  ///< "HASH_FAILURE" …, "" for none
std::string_view to_string(SignatureType value) noexcept;
std::string_view to_string(Integrity value) noexcept;
std::string_view to_string(Coverage value) noexcept;
std::string_view to_string(Modification value) noexcept;
std::string_view to_string(Level value) noexcept;
std::string_view to_string(TimeBasis value) noexcept;
std::string_view to_string(CheckStatus value) noexcept;

/// `segell.verdict/1`, keys in their fixed order; write with base::write_json.
base::Json to_json(const Verdict& verdict, std::string_view tool_version);

}  // namespace segell::signer::ades
