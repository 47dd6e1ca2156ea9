#include "signer/ades/cades.h"

namespace segell::signer::ades {

using base::Bytes;
using base::BytesView;
using base::Code;
using base::fail;
using base::Result;

base::Sha256 SignedCades::timestamp_digest() const { return base::sha256(m_cms.signature_value()); }

SealedCades SignedCades::finish() const { return {.der = m_cms.der()}; }

Result<SealedCades> SignedCades::finish(const TimestampToken& token) const {
  if (!timestamp_covers(token, m_cms.signature_value()))
    return fail(Code::untrusted, "tsa.wrong-imprint", "the timestamp is over something else than this signature");
  return SealedCades{.der = m_cms.with_timestamp(token.der()), .timestamp = token};
}

Result<SignedCades> PreparedCades::complete(BytesView signature) && {
  if (!m_content) {
    SEGELL_TRY(SignedCms cms, std::move(m_cms).complete(signature));
    return SignedCades(std::move(cms));
  }
  SEGELL_TRY(SignedCms cms, std::move(m_cms).complete_around(*m_content, signature));
  return SignedCades(std::move(cms));
}

Result<CadesSealer> CadesSealer::make(base::SealIdentity identity) {
  SEGELL_TRY(CmsSigner signer, CmsSigner::make(identity.certificate, identity.chain, identity.key->scheme()));
  return CadesSealer(std::move(identity), std::move(signer));
}

Result<PreparedCades> CadesSealer::prepare(const pdf::ByteSource& content, ContentPlace place,
                                           base::Instant signing_time) const {
  std::optional<Bytes> inside;
  base::Hasher hasher(m_signer.digest_algorithm());
  if (place == ContentPlace::enveloping) {
    if (content.size() > kMaxEnveloped)
      return fail(Code::limit_exceeded, "cades.too-large",
                  "a signature around its content is made of at most " + std::to_string(kMaxEnveloped >> 20U) + " MiB",
                  "sign it detached (.p7s) or in a container (.asice)");
    SEGELL_TRY(inside, pdf::read_range(content, {0, content.size()}, kMaxEnveloped));
    hasher.update(*inside);
  } else {
    SEGELL_CHECK(pdf::for_each_piece(content, {0, content.size()}, [&](BytesView piece) { hasher.update(piece); }));
  }
  Bytes digest = hasher.finish();
  CmsToBeSigned cms(m_signer, digest, signing_time);
  return PreparedCades(std::move(digest), std::move(cms), std::move(inside));
}

Result<SealedCades> CadesSealer::seal(const pdf::ByteSource& content, ContentPlace place, base::Instant signing_time,
                                      TimeDemand demand, const TimestampClient* tsa) const {
  if (demand != TimeDemand::none && !tsa)
    return fail(Code::invalid_argument, "seal.no-authority", "a timestamp is asked for, but no authority is given");
  SEGELL_TRY(PreparedCades prepared, prepare(content, place, signing_time));
  SEGELL_TRY(const Bytes signature, m_identity.key->sign(prepared.to_be_signed()));
  SEGELL_TRY(const SignedCades signed_cades, std::move(prepared).complete(signature));
  if (demand == TimeDemand::none) return signed_cades.finish();
  auto token = tsa->fetch(base::HashAlgorithm::sha256, signed_cades.timestamp_digest());
  if (token) return signed_cades.finish(*token);
  if (demand == TimeDemand::required) return fail(std::move(token).error());
  SealedCades out = signed_cades.finish();
  out.timestamp_failure = std::move(token).error();
  return out;
}

}  // namespace segell::signer::ades
