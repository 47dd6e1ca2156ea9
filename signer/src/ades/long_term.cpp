#include "signer/ades/long_term.h"

#include "ades/algorithms.h"

#include "base/encoding.h"
#include "signer/ades/seal.h"
#include "signer/pdf/store_revision.h"

#include <algorithm>

namespace segell::signer::ades {

using base::Bytes;
using base::Code;
using base::fail;
using base::Result;

namespace {

bool is_timestamp(const SignatureVerdict& signature) { return signature.type == SignatureType::document_timestamp; }

bool is_anchored(const SignatureVerdict& signature) {
  return std::ranges::any_of(signature.checks, [](const Check& check) {
    return check.id == "cert.chain" && check.status == CheckStatus::pass;
  });
}

bool has_time(const SignatureVerdict& signature) { return signature.time_basis == TimeBasis::tsa; }

// The key of a signature in /VRI: its decoded /Contents, padding included, by SHA-1 (ISO 32000-2, table 261).
std::string store_key(base::BytesView contents) {
  std::string key = base::to_hex(digest_of(Digest::sha1, contents));
  for (char& c : key)
    if (c >= 'a') c = static_cast<char>(c - 'a' + 'A');
  return key;
}

// Something is to be kept, and it holds.
Result<void> check_worth(const Verdict& verdict) {
  if (verdict.error) return fail(*verdict.error);
  const auto seal = std::ranges::find_if_not(verdict.signatures, is_timestamp);
  if (seal == verdict.signatures.end())
    return fail(Code::not_found, "extend.no-signature", "the document holds no signature to extend",
                "seal it first: segell seal --level B-LT");
  if (verdict.indication == Indication::total_failed)
    return fail(Code::conflict, "extend.broken", "the document's signatures do not hold: " + verdict.summary,
                "segell verify tells what is wrong");
  const auto anchored = std::ranges::find_if(
      verdict.signatures, [](const SignatureVerdict& one) { return !is_timestamp(one) && is_anchored(one); });
  if (anchored == verdict.signatures.end())
    return fail(Code::conflict, "extend.no-path", "no signature of the document leads to a root that was given",
                "name the root certificates of its authorities with --trust");
  const auto late = std::ranges::find_if(verdict.signatures, [](const SignatureVerdict& one) {
    return is_anchored(one) && one.indication == Indication::indeterminate &&
           (one.sub_indication == SubIndication::out_of_bounds_no_poe ||
            one.sub_indication == SubIndication::out_of_bounds_not_revoked);
  });
  if (late != verdict.signatures.end())
    return fail(Code::conflict, "extend.expired",
                "the certificate of " + late->signer.common_name + " has ended, and nothing proves " + late->field +
                    " from before: it is too late to extend",
                "extend documents before the certificate of their newest timestamp ends");
  return base::ok();
}

class Extension {
 public:
  Extension(pdf::SourcePtr document, const TrustMaterial& trust, const LongTermSources& sources)
      : m_verifier(trust),
        m_sources(sources),
        m_client(sources.http, sources.clock, sources.bounds),
        m_parts{std::move(document)} {
    m_client.offer(trust);
  }

  Result<ExtendedDocument> run(LongTermLevel level) {
    ValidationGaps gaps = look();
    SEGELL_CHECK(check_worth(gaps.verdict));
    const bool timeless = std::ranges::any_of(gaps.verdict.signatures, [](const SignatureVerdict& one) {
      return !is_timestamp(one) && is_anchored(one) && !has_time(one);
    });
    if ((timeless || level == LongTermLevel::b_lta) && m_sources.tsa == nullptr)
      return fail(Code::invalid_argument, "extend.no-authority",
                  timeless ? "a signature of the document has no trusted time, and no timestamp authority is given"
                           : "level B-LTA needs a timestamp authority",
                  "give its address with --tsa URL");
    if (timeless) {
      SEGELL_CHECK(stamp());
      gaps = look();
    }
    SEGELL_CHECK(fill(gaps));
    if (level == LongTermLevel::b_lta) SEGELL_CHECK(stamp());
    m_out.verdict = look().verdict;
    SEGELL_CHECK(check_reached(level));
    return std::move(m_out);
  }

 private:
  [[nodiscard]] pdf::SourcePtr source() const {
    return m_parts.size() == 1 ? m_parts.front() : std::make_shared<pdf::ConcatenatedSource>(m_parts);
  }

  [[nodiscard]] ValidationGaps look() const {
    return m_verifier.find_gaps(source(), {.at = m_sources.clock.now(), .disclosures = {}});
  }

  void add(Bytes revision) {
    if (revision.empty()) return;
    m_parts.push_back(pdf::own_source(revision));
    m_out.revisions.push_back(std::move(revision));
  }

  Result<void> stamp() {
    SEGELL_TRY(const pdf::Document document, pdf::Document::open_strict(source()));
    SEGELL_TRY(SealedRevision made, append_document_timestamp(document, *m_sources.tsa));
    add(std::move(made.bytes));
    return base::ok();
  }

  Result<void> fetch(const base::Certificate& certificate, const base::Certificate& issuer,
                     const std::vector<base::Certificate>& others, pdf::StoreAddition& addition, int depth = 0) {
    SEGELL_TRY(FetchedRevocation fetched, m_client.fetch(certificate, issuer, others));
    if (!fetched.crl.empty()) addition.crls.push_back(std::move(fetched.crl));
    if (!fetched.ocsp_response.empty()) addition.ocsp_responses.push_back(std::move(fetched.ocsp_response));
    if (!fetched.responder) return base::ok();
    addition.certificates.push_back(base::to_bytes(fetched.responder->der()));
    // a responder of a responder is where it ends (RFC 6960 4.2.2.2.1 lets the authority say that nobody need ask)
    if (fetched.responder_needs_answer && depth == 0) return fetch(*fetched.responder, issuer, others, addition, 1);
    return base::ok();
  }

  Result<void> fill(const ValidationGaps& gaps) {
    pdf::StoreAddition addition;
    for (const base::Certificate& certificate : gaps.certificates)
      addition.certificates.push_back(base::to_bytes(certificate.der()));
    for (const ValidationGaps::Gap& gap : gaps.unanswered)
      SEGELL_CHECK(fetch(gap.certificate, gap.issuer, gaps.certificates, addition));
    SEGELL_TRY(const pdf::Document document, pdf::Document::open_strict(source()));
    SEGELL_TRY(const auto signatures, pdf::find_signatures(document));
    for (const pdf::Signature& signature : signatures)
      if (signature.reachable) addition.signatures.push_back(store_key(signature.contents));
    SEGELL_TRY(pdf::AppendedRevision revision, pdf::append_to_security_store(document, addition));
    add(std::move(revision.bytes));
    return base::ok();
  }

  // What was made is read once more: nobody is told of a proof that a verifier does not find.
  [[nodiscard]] Result<void> check_reached(LongTermLevel level) const {
    const Level wanted = level == LongTermLevel::b_lta ? Level::b_lta : Level::b_lt;
    for (const SignatureVerdict& one : m_out.verdict.signatures) {
      // plain CMS signatures have no level (EN 319 142-1 names those of CAdES alone)
      if (is_timestamp(one) || !is_anchored(one) || one.level == Level::none || one.level >= wanted) continue;
      return fail(Code::conflict, "extend.not-reached",
                  "the signature " + one.field + " reaches level " + std::string(to_string(one.level)) +
                      " only: " + m_out.verdict.summary,
                  "segell verify tells what is missing");
    }
    return base::ok();
  }

  Verifier m_verifier;
  const LongTermSources& m_sources;
  RevocationClient m_client;
  std::vector<pdf::SourcePtr> m_parts;
  ExtendedDocument m_out;
};

}  // namespace

std::uint64_t ExtendedDocument::added() const {
  std::uint64_t sum = 0;
  for (const Bytes& revision : revisions) sum += revision.size();
  return sum;
}

Result<ExtendedDocument> extend_document(const pdf::SourcePtr& document, LongTermLevel level,
                                         const TrustMaterial& trust, const LongTermSources& sources) {
  return Extension(document, trust, sources).run(level);
}

}  // namespace segell::signer::ades
