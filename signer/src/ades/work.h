#pragma once

#include "certificate_cache.h"
#include "digest_plan.h"
#include "judge_message.h"
#include "path.h"
#include "revocation.h"
#include "signer/ades/cms.h"
#include "signer/ades/decision.h"
#include "signer/ades/disclosure.h"
#include "signer/ades/verify.h"
#include "signer/pdf/changes.h"
#include "signer/pdf/signatures.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace segell::signer::ades {

struct TstInfo;

/// A timestamp whose token, authority and path all hold.
struct TrustedTime {
  base::Instant time;
  base::Microseconds accuracy{0};
  std::size_t signature = 0;      ///< index of the document timestamp that gives it
  pdf::RevisionIndex covers = 0;  ///< everything up to this revision existed at that time
  std::uint64_t end = 0;          ///< one past the last octet that it covers
};

/// One signature while it is judged. It starts with nothing proven: what no step has looked at cannot pass.
struct Work {
  Work() {
    facts.value = SignatureFacts::Value::cannot_judge;
    facts.chain = SignatureFacts::Chain::none;
  }

  pdf::Signature signature;
  SignatureVerdict verdict;
  SignatureFacts facts;
  std::optional<CmsMessage> cms;
  std::optional<base::Certificate> signer;
  std::vector<base::Certificate> certificates;  ///< of the CMS and of the document
  std::optional<DigestPlan::Ticket> digest;
  std::optional<Manifest> manifest;
  std::string manifest_fault;
  std::optional<DigestPlan::Ticket> shown_sha256, shown_sha512, base_sha256;
  bool timestamped = false;  ///< a timestamp over the signature value holds
  bool archived = false;     ///< a trusted archive timestamp is over all that B-LT asks for
  /// A trusted timestamp inside the message, and whether revocation data of its authority lies in the document: one
  /// past its last octet.
  std::optional<base::Instant> own_time;
  base::Microseconds own_accuracy{0};
  std::optional<std::uint64_t> time_data_end;
  /// Every certificate of the path was answered for from the document itself: one past the last octet that did.
  std::optional<std::uint64_t> data_end;

  /// What B-LT asks for, revocation data of the signer's path and of the authority's of a timestamp inside: one past
  /// its last octet; nothing where some of it is missing.
  [[nodiscard]] std::optional<std::uint64_t> evidence_end() const {
    if (!data_end || (own_time && !time_data_end)) return std::nullopt;
    return std::max(*data_end, time_data_end.value_or(0));
  }

  void check(std::string id, CheckStatus status, std::string detail = {}) {
    verdict.checks.push_back({std::move(id), status, std::move(detail)});
  }
  /// A trusted timestamp over the signature says that it existed then.
  void prove_before(base::Instant time) {
    timestamped = true;
    facts.proven_before = facts.proven_before ? std::min(*facts.proven_before, time) : time;
  }
  /// A failed check that makes the verdict FORMAT_FAILURE.
  void break_format(std::string id, std::string detail) {
    facts.format_holds = false;
    check(std::move(id), CheckStatus::fail, std::move(detail));
  }
  /// A failed check that leaves the verdict INDETERMINATE.
  void break_constraint(std::string id, std::string detail) {
    facts.constraints_hold = false;
    check(std::move(id), CheckStatus::fail, std::move(detail));
  }
};

/// What judging any signature needs, whatever kind of file it lies in. Sources that know nothing of PDF take this.
struct Inquiry {
  const VerifyOptions& options;
  CertificateCache& certificates;
  const PathBuilder& paths;
  const std::vector<Evidence>& evidence;              ///< of the trust material
  std::vector<Evidence> own_evidence{};               ///< of the file: /DSS
  std::vector<base::Certificate> own_certificates{};  ///< of the file: /DSS
  std::vector<TrustedTime> times{};
  /// Since when parts of messages are proven to exist by archive timestamps, by the SHA-256 of their octets.
  std::map<base::Sha256, base::Instant> archived{};
  bool fresh_evidence = false;              ///< for a renewal: what spoke for a timestamp when it was made is too old
  std::vector<ValidationGaps::Gap> gaps{};  ///< certificates that the file does not answer for
  std::vector<base::Certificate> path_certificates{};  ///< of all paths found
  std::vector<ValidationGaps::Pathless> pathless{};
  std::size_t counter_signatures_left = 64;  ///< of the file: more are not judged
  Verdict verdict{};

  void not_checked(std::string id, std::string why);
  void note_archived(base::BytesView part, base::Instant time);
  [[nodiscard]] std::optional<base::Instant> archived_since(base::BytesView part) const;
};

/// What all signatures of one PDF share while it is judged.
struct Case : Inquiry {
  const pdf::Document& document;
  std::vector<pdf::RevisionChanges> changes{};
  bool changes_known = true;
  std::vector<Modification> worst_from{};   ///< by place in changes: the worst from there on where only policy judges
  std::optional<std::size_t> plain_from{};  ///< by place in changes: from there on only signing
  std::size_t judged_changes = 0;
  std::optional<pdf::RevisionIndex> first_signature{};  ///< the revision of the first one that is no timestamp
  std::uint64_t signed_end = 0;  ///< one past the last octet that any signature of the file covers
  bool structure_sound = true;
  std::vector<Disclosure> disclosures{};
};

// In the order in which they run.

/// Ranges, /Contents, coverage, structure.
void judge_structure(const Case& file, Work& work);
/// Warns of what the first signature was put on without its being shown.
void note_hidden_content(Case& file);
/// What later revisions did, with DocMDP, FieldMDP and Lock.
void judge_changes(Case& file, Work& work);
/// The CMS message and the manifest as far as they can be read before any octet is hashed.
void read_parts(Case& file, Work& work);
/// Attributes, digest, signer's certificate, signature value.
void judge_cms(Case& file, Work& work, const DigestPlan& plan);
/// The digest algorithm whose digest of the signed ranges judge_cms will ask for.
std::optional<Digest> digest_to_plan(const Work& work);
/// Takes over what the message alone says.
void adopt(Work& work, MessageJudgement judged);
/// Path, key usage, revocation, algorithms: at the time that facts has proof for.
/// `stamped` is a document timestamp's own time.
void judge_trust(Inquiry& file, Work& work, std::optional<base::Instant> stamped = {});
/// Signatures over this one's value: each judged at its own time, told on this one, and without effect on it.
void judge_counter_signatures(Inquiry& file, Work& work);
/// The token of a document timestamp as such, at the time that later ones prove it for; a trusted one is added to the
/// file's times. To be called from the last to the first.
void judge_document_timestamp(Case& file, Work& work, std::size_t index, const DigestPlan& plan);
/// Why a token that holds cannot be: its authority did not exist, or this moment has not come. Empty when it can be.
std::string impossible_time(const Inquiry& file, const TstInfo& info, const base::Certificate& authority);
/// Signature timestamps alone: fills proven_before and the proven time.
void judge_signature_times(Inquiry& file, Work& work);
/// Signature timestamps and the document timestamps around a signature: fills proven_before, proven_after.
void judge_times(Case& file, Work& work);
/// Trusted timestamps that contradict the ones inside what they cover.
void judge_order(Case& file, std::vector<Work>& works);
/// Manifest against the revisions' octets, disclosure against the commitments.
void judge_act(Case& file, std::vector<Work>& works, std::size_t index, const DigestPlan& plan);
/// The baseline level of a signature in a PDF (EN 319 142-1).
Level level_of(const Case& file, const Work& work);
/// Evidence level, statement; the signature's own conclusion. Level and claimed time are set before.
void conclude(Inquiry& file, Work& work);

/// The one-line summary of a verdict that is otherwise complete.
std::string summarise(const Verdict& verdict);
/// The suite to judge by.
const AlgorithmSuite& suite_of(const VerifyOptions& options);
/// SHA-256 of the rules that are applied, hex: the built-in ones with what this policy says otherwise.
std::string policy_fingerprint(const ValidationPolicy& policy);
/// PDF date (ISO 32000-1, 7.9.4); nothing when malformed.
std::optional<base::Instant> parse_pdf_date(std::string_view text);

}  // namespace segell::signer::ades
