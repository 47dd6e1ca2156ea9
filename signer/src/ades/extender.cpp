#include "extender.h"

#include "issuer_client.h"

#include <algorithm>

namespace segell::signer::ades {

using base::Code;
using base::fail;
using base::Result;

namespace {

bool is_timestamp(const SignatureVerdict& signature) { return signature.type == SignatureType::document_timestamp; }

bool leads_to_anchor(const SignatureVerdict& signature) {
  return std::ranges::any_of(signature.checks, [](const Check& check) {
    return check.id == "cert.chain" && check.status == CheckStatus::pass;
  });
}

std::string called(const SignatureVerdict& signature) {
  return signature.field.empty() ? "signature " + std::to_string(signature.index + 1) : signature.field;
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
      verdict.signatures, [](const SignatureVerdict& one) { return !is_timestamp(one) && leads_to_anchor(one); });
  if (anchored == verdict.signatures.end())
    return fail(Code::conflict, "extend.no-path", "no signature of the document leads to a root that was given",
                "name the root certificates of its authorities with --trust");
  const auto late = std::ranges::find_if(verdict.signatures, [](const SignatureVerdict& one) {
    return leads_to_anchor(one) && one.indication == Indication::indeterminate &&
           (one.sub_indication == SubIndication::out_of_bounds_no_poe ||
            one.sub_indication == SubIndication::out_of_bounds_not_revoked);
  });
  if (late != verdict.signatures.end())
    return fail(Code::conflict, "extend.expired",
                "the certificate of " + late->signer.common_name + " has ended, and nothing proves " + called(*late) +
                    " from before: it is too late to extend",
                "extend documents before the certificate of their newest timestamp ends");
  return base::ok();
}

// What was made is read once more: nobody is told of a proof that a verifier does not find.
Result<void> check_reached(const Verdict& verdict, LongTermLevel level) {
  const Level wanted = level == LongTermLevel::b_lta ? Level::b_lta : Level::b_lt;
  for (const SignatureVerdict& one : verdict.signatures) {
    // plain CMS signatures have no level (EN 319 142-1 and EN 319 122-1 name those of CAdES alone)
    if (is_timestamp(one) || !leads_to_anchor(one) || one.level == Level::none || one.level >= wanted) continue;
    return fail(Code::conflict, "extend.not-reached",
                called(one) + " reaches level " + std::string(to_string(one.level)) + " only: " + verdict.summary,
                "segell verify tells what is missing");
  }
  return base::ok();
}

}  // namespace

Extender::Extender(const TrustMaterial& trust, const LongTermSources& sources)
    : m_verifier(trust),
      m_sources(sources),
      m_own(sources.http, sources.clock, sources.bounds),
      m_client(sources.revocation == nullptr ? m_own : *sources.revocation) {
  m_client.offer(trust);
}

bool Extender::is_anchored(const SignatureVerdict& signature) { return leads_to_anchor(signature); }
bool Extender::has_time(const SignatureVerdict& signature) { return signature.time_basis == TimeBasis::tsa; }

VerifyOptions Extender::options() const {
  return {.at = m_sources.clock.now(), .disclosures = {}, .certificates = m_issuers};
}

std::function<Result<TimestampToken>(base::BytesView)> Extender::stamp() const {
  return [this](base::BytesView octets) {
    return m_sources.tsa->fetch(base::HashAlgorithm::sha256, base::sha256(octets));
  };
}

bool Extender::fetch_issuers(const ValidationGaps& gaps) {
  IssuerClient client(m_sources.http, m_sources.bounds.deadline);
  for (const ValidationGaps::Pathless& one : gaps.pathless)
    std::ranges::move(client.fetch_above(one.certificate, one.others), std::back_inserter(m_issuers));
  return !m_issuers.empty();
}

Result<Verdict> Extender::run(LongTermLevel level) {
  ValidationGaps gaps = look();
  if (!gaps.pathless.empty() && fetch_issuers(gaps)) gaps = look();
  SEGELL_CHECK(check_worth(gaps.verdict));
  const bool timeless = std::ranges::any_of(gaps.verdict.signatures, [](const SignatureVerdict& one) {
    return !is_timestamp(one) && leads_to_anchor(one) && !has_time(one);
  });
  if ((timeless || level == LongTermLevel::b_lta) && m_sources.tsa == nullptr)
    return fail(Code::invalid_argument, "extend.no-authority",
                timeless ? "a signature of the document has no trusted time, and no timestamp authority is given"
                         : "level B-LTA needs a timestamp authority",
                "give its address with --tsa URL");
  if (timeless) {
    SEGELL_CHECK(give_time(gaps.verdict));
    gaps = look();
  }
  SEGELL_TRY(FetchedEvidence evidence, fetch_all(gaps));
  SEGELL_CHECK(keep(std::move(evidence)));
  if (level == LongTermLevel::b_lta) SEGELL_CHECK(archive(gaps.verdict));
  Verdict verdict = look().verdict;
  SEGELL_CHECK(check_reached(verdict, level));
  return verdict;
}

Result<void> Extender::fetch(const base::Certificate& certificate, const base::Certificate& issuer,
                             const std::vector<base::Certificate>& others, FetchedEvidence& out, int depth) {
  SEGELL_TRY(FetchedRevocation fetched, m_client.fetch(certificate, issuer, others));
  if (!fetched.crl.empty()) out.crls.push_back(std::move(fetched.crl));
  if (!fetched.ocsp_response.empty()) out.ocsp_responses.push_back(std::move(fetched.ocsp_response));
  if (!fetched.responder) return base::ok();
  out.certificates.push_back(base::to_bytes(fetched.responder->der()));
  // a responder of a responder is where it ends (RFC 6960 4.2.2.2.1 lets the authority say that nobody need ask)
  if (fetched.responder_needs_answer && depth == 0) return fetch(*fetched.responder, issuer, others, out, 1);
  return base::ok();
}

Result<FetchedEvidence> Extender::fetch_all(const ValidationGaps& gaps) {
  FetchedEvidence out;
  for (const base::Certificate& certificate : gaps.certificates)
    out.certificates.push_back(base::to_bytes(certificate.der()));
  for (const ValidationGaps::Gap& gap : gaps.unanswered)
    SEGELL_CHECK(fetch(gap.certificate, gap.issuer, gaps.certificates, out));
  return out;
}

}  // namespace segell::signer::ades
