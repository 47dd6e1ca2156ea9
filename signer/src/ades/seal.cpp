#include "signer/ades/seal.h"

#include "base/openssl_ptr.h"

#include <openssl/x509v3.h>

namespace segell::signer::ades {

using base::Bytes;
using base::BytesView;
using base::Code;
using base::fail;
using base::Result;

namespace {
// What a token usually takes: RFC 3161 tokens with their chain have 3 to 6 KiB.
constexpr std::size_t kUsualToken = 6144;
constexpr std::string_view kFieldPrefix = "Signature";
constexpr std::string_view kTimestampPrefix = "Timestamp";

// The digest over the ByteRange: the base document, read once or known already, and the revision around its gap.
Result<Bytes> digest_ranges(const pdf::Document& document, const pdf::PreparedRevision& revision,
                            base::HashAlgorithm algorithm, const base::Hasher* document_hash) {
  // a state that the caller kept is SHA-256's
  const bool known = document_hash != nullptr && algorithm == base::HashAlgorithm::sha256;
  base::Hasher hasher = known ? document_hash->clone() : base::Hasher(algorithm);
  if (!known)
    SEGELL_CHECK(pdf::for_each_piece(document.source(), {0, revision.base_length},
                                     [&](BytesView piece) { hasher.update(piece); }));
  hasher.update(revision.before_gap());
  hasher.update(revision.after_gap());
  return hasher.finish();
}

// An empty name takes the first free one.
Result<pdf::SignaturePlace> named(const pdf::Document& document, pdf::SignaturePlace place, std::string_view prefix) {
  std::string* name = nullptr;
  if (auto* invisible = std::get_if<pdf::InvisibleField>(&place)) name = &invisible->name;
  if (auto* visible = std::get_if<pdf::VisibleField>(&place)) name = &visible->name;
  if (name && name->empty()) {
    SEGELL_TRY(*name, pdf::free_field_name(document, prefix));
  }
  return place;
}

std::optional<pdf::SignatureAppearance> lay_out(const std::optional<SealAppearance>& appearance) {
  if (!appearance) return std::nullopt;
  pdf::SignatureAppearance out;
  if (const auto& ink = appearance->ink) out.ink = pdf::InkMask{ink->width(), ink->height(), ink->flate()};
  out.ink_box = appearance->ink_box;
  out.statement = appearance->statement;
  out.statement_box = appearance->statement_box;
  out.time = appearance->time;
  out.time_box = appearance->time_box;
  return out;
}

SealedRevision sealed(pdf::PreparedRevision revision) {
  return {.bytes = std::move(revision.bytes), .base_length = revision.base_length, .field = std::move(revision.field)};
}
}  // namespace

base::Sha256 SignedSeal::timestamp_digest() const { return base::sha256(m_cms.signature_value()); }

std::size_t SignedSeal::contents_needed(const TimestampToken& token) const {
  return m_cms.with_timestamp(token.der()).size();
}

Result<SealedRevision> SignedSeal::finish() && {
  SEGELL_CHECK(pdf::set_contents(m_revision, m_cms.der()));
  return sealed(std::move(m_revision));
}

Result<SealedRevision> SignedSeal::finish(const TimestampToken& token) && {
  if (!timestamp_covers(token, m_cms.signature_value()))
    return fail(Code::untrusted, "tsa.wrong-imprint", "the timestamp is over something else than this signature");
  SEGELL_CHECK(pdf::set_contents(m_revision, m_cms.with_timestamp(token.der())));
  SealedRevision out = sealed(std::move(m_revision));
  out.timestamp = token;
  return out;
}

Result<SignedSeal> PreparedSeal::complete(BytesView signature) && {
  SEGELL_TRY(SignedCms cms, std::move(m_cms).complete(signature));
  return SignedSeal(std::move(m_revision), std::move(cms));
}

Result<Sealer> Sealer::make(base::SealIdentity identity) {
  SEGELL_TRY(CmsSigner signer, CmsSigner::make(identity.certificate, identity.chain, identity.key->scheme()));
  return Sealer(std::move(identity), std::move(signer));
}

Result<PreparedSeal> Sealer::prepare(const pdf::Document& document, const SealRequest& request) const {
  pdf::SignatureSpec spec;
  SEGELL_TRY(spec.place, named(document, request.place, kFieldPrefix));
  spec.appearance = lay_out(request.appearance);
  spec.contents_octets = m_signer.max_size() + request.timestamp_room;
  spec.claimed_time = request.claimed_time;
  spec.reason = request.reason;
  spec.name = m_identity.certificate.common_name();
  spec.manifest = request.manifest;
  SEGELL_TRY(pdf::PreparedRevision revision, pdf::prepare_signature(document, spec));
  SEGELL_TRY(Bytes digest, digest_ranges(document, revision, m_signer.digest_algorithm(), request.document_hash));
  CmsToBeSigned to_be_signed(m_signer, digest);
  return PreparedSeal(std::move(revision), std::move(digest), std::move(to_be_signed));
}

Result<SealedRevision> Sealer::seal(const pdf::Document& document, SealRequest request, TimeDemand demand,
                                    const TimestampClient* tsa) const {
  if (demand != TimeDemand::none && !tsa)
    return fail(Code::invalid_argument, "seal.no-authority", "a timestamp is asked for, but no authority is given");
  if (demand != TimeDemand::none && request.timestamp_room == 0) request.timestamp_room = kUsualToken;
  for (int attempt = 0;; ++attempt) {
    SEGELL_TRY(PreparedSeal prepared, prepare(document, request));
    SEGELL_TRY(const Bytes signature, m_identity.key->sign(prepared.to_be_signed()));
    SEGELL_TRY(SignedSeal signed_seal, std::move(prepared).complete(signature));
    if (demand == TimeDemand::none) return std::move(signed_seal).finish();

    auto token = tsa->fetch(base::HashAlgorithm::sha256, signed_seal.timestamp_digest());
    if (!token && demand == TimeDemand::required) return fail(std::move(token).error());
    if (!token) {
      SEGELL_TRY(SealedRevision out, std::move(signed_seal).finish());
      out.timestamp_failure = std::move(token).error();
      return out;
    }
    const std::size_t needed = signed_seal.contents_needed(*token);
    auto out = std::move(signed_seal).finish(*token);
    if (out || out.error().code != Code::limit_exceeded || attempt > 0) return out;
    // Tokens of one authority vary by a few octets from one to the next.
    request.timestamp_room = needed + 256;
  }
}

Result<void> check_seal_certificate(const base::Certificate& certificate, base::Instant at) {
  if (at < certificate.not_before())
    return fail(Code::conflict, "seal.certificate-not-yet-valid",
                "the seal certificate is valid from " + base::format_rfc3339(certificate.not_before()));
  if (at > certificate.not_after())
    return fail(Code::expired, "seal.certificate-expired",
                "the seal certificate was valid until " + base::format_rfc3339(certificate.not_after()),
                "seal with a renewed certificate");
  // X509_get_key_usage says "all bits" where the extension is absent (RFC 5280 4.2.1.3: no restriction then).
  if (!(X509_get_key_usage(certificate.native()) & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION)))
    return fail(Code::conflict, "seal.certificate-usage", "the certificate's key usage does not allow signatures",
                "take a certificate with digitalSignature or nonRepudiation");
  return base::ok();
}

Result<SealedRevision> append_document_timestamp(const pdf::Document& document, const TimestampClient& tsa,
                                                 const base::Hasher* document_hash) {
  pdf::SignatureSpec spec;
  spec.document_timestamp = true;
  SEGELL_TRY(spec.place, named(document, pdf::InvisibleField{}, kTimestampPrefix));
  spec.contents_octets = kUsualToken;
  for (int attempt = 0;; ++attempt) {
    SEGELL_TRY(pdf::PreparedRevision revision, pdf::prepare_signature(document, spec));
    SEGELL_TRY(const Bytes digest, digest_ranges(document, revision, base::HashAlgorithm::sha256, document_hash));
    SEGELL_TRY(const TimestampToken token, tsa.fetch(base::HashAlgorithm::sha256, digest));
    const auto filled = pdf::set_contents(revision, token.der());
    if (!filled && (filled.error().code != Code::limit_exceeded || attempt > 0)) return fail(filled.error());
    if (!filled) {
      spec.contents_octets = token.der().size() + 256;
      continue;
    }
    SealedRevision out = sealed(std::move(revision));
    out.timestamp = token;
    return out;
  }
}

}  // namespace segell::signer::ades
