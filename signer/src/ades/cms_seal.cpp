#include "signer/ades/cms_seal.h"

#include "ades/der.h"

namespace segell::signer::ades {

using base::Bytes;
using base::BytesView;
using base::Code;
using base::fail;
using base::Result;

namespace {
constexpr std::size_t kMaxSignature = 8192;
constexpr std::string_view kVersion1{"\x02\x01\x01", 3};  // INTEGER 1

Bytes attribute(std::string_view type, BytesView value) { return der::attribute(der::oid(type), value); }

Bytes algorithm(std::string_view oid, BytesView parameters = {}) {
  return der::element(der::kSequence, {der::oid(oid), parameters});
}

// RFC 5652 11.3: UTCTime from 1950 to 2049, GeneralizedTime outside; whole seconds.
Bytes signing_time_attribute(base::Instant time) {
  constexpr std::uint8_t kUtcTime = 0x17, kGeneralizedTime = 0x18;
  std::string digits;
  for (const char c : base::format_rfc3339(std::chrono::floor<std::chrono::seconds>(time)))
    if (c >= '0' && c <= '9') digits += c;
  const bool short_form = digits >= "1950" && digits < "2050";
  if (short_form) digits.erase(0, 2);
  digits += 'Z';
  return attribute(der::kOidSigningTime,
                   der::element(short_form ? kUtcTime : kGeneralizedTime, {base::as_bytes(digits)}));
}

std::vector<Bytes> attributes_to_sign(BytesView signing_certificate, BytesView message_digest,
                                      std::optional<base::Instant> signing_time) {
  std::vector<Bytes> out{attribute(der::kOidContentType, der::oid(der::kOidData)),
                         attribute(der::kOidMessageDigest, der::element(der::kOctetString, {message_digest})),
                         base::to_bytes(signing_certificate)};
  if (signing_time) out.push_back(signing_time_attribute(*signing_time));
  return out;
}

// RSASSA-PSS-params (RFC 4055 3.1) of SHA-256, MGF1 with SHA-256 and a salt of 32 octets. The trailer field is left out
// because 1 is its DEFAULT; inside of the parameters SHA-256 carries NULL, as RFC 4055 2.1 writes it.
Bytes pss_parameters() {
  const Bytes sha256 = algorithm(der::kOidSha256, der::element(der::kNull, {}));
  return der::element(der::kSequence, {der::element(der::context(0), {sha256}),
                                       der::element(der::context(1), {algorithm(der::kOidMgf1, sha256)}),
                                       der::element(der::context(2), {der::unsigned_integer(base::as_bytes("\x20"))})});
}

// ESSCertIDv2 (RFC 5035 section 4): hashAlgorithm is left out because SHA-256 is its DEFAULT; issuerSerial says which
// certificate is meant without searching by hash, and a verifier checks both.
Bytes signing_certificate_v2(const base::Certificate& certificate) {
  const Bytes general_names = der::element(der::kSequence, {der::element(der::context(4), {certificate.issuer_der()})});
  const Bytes issuer_serial = der::element(der::kSequence, {general_names, certificate.serial_der()});
  const Bytes certificate_id =
      der::element(der::kSequence, {der::element(der::kOctetString, {certificate.fingerprint()}), issuer_serial});
  return attribute(der::kOidSigningCertificateV2,
                   der::element(der::kSequence, {der::element(der::kSequence, {certificate_id})}));
}
}  // namespace

Result<CmsSigner> CmsSigner::make(const base::Certificate& certificate, std::span<const base::Certificate> chain,
                                  base::SignatureScheme scheme) {
  CmsSigner out;
  out.m_digest = base::content_hash_of(scheme);
  out.m_digest_algorithm = algorithm(der::oid_of(out.m_digest));  // without parameters (RFC 5754 section 2)
  switch (scheme) {
    case base::SignatureScheme::rsa_pkcs1_sha256:
      // The identifier names the digest too, so that it cannot be read with another one (RFC 5754 3.2 allows both).
      out.m_signature_algorithm = algorithm(der::kOidSha256WithRsa, der::element(der::kNull, {}));
      out.m_signature_size = certificate.public_key_der().size();  // holds the modulus, and is a little larger
      break;
    case base::SignatureScheme::rsa_pss_sha256:
      out.m_signature_algorithm = algorithm(der::kOidRsaPss, pss_parameters());
      out.m_signature_size = certificate.public_key_der().size();
      break;
    case base::SignatureScheme::ecdsa_p256_sha256:
      out.m_signature_algorithm = algorithm(der::kOidEcdsaWithSha256);
      out.m_signature_size = 72;
      break;
    case base::SignatureScheme::ecdsa_p384_sha384:
      out.m_signature_algorithm = algorithm(der::kOidEcdsaWithSha384);
      out.m_signature_size = 104;
      break;
    case base::SignatureScheme::ecdsa_p521_sha512:
      out.m_signature_algorithm = algorithm(der::kOidEcdsaWithSha512);
      out.m_signature_size = 139;
      break;
    case base::SignatureScheme::ed25519:
      out.m_signature_algorithm = algorithm(der::kOidEd25519);
      out.m_signature_size = 64;
      break;
  }
  // PAdES wants the whole CMS in DER, and certificates are a SET OF: ascending by encoding, not by role.
  std::vector<Bytes> certificates{base::to_bytes(certificate.der())};
  for (const auto& issuer : chain)
    if (!(issuer == certificate)) certificates.push_back(base::to_bytes(issuer.der()));
  out.m_certificates = der::set_of(std::move(certificates), der::context(0));
  out.m_signer_id = der::element(der::kSequence, {certificate.issuer_der(), certificate.serial_der()});
  out.m_signing_certificate = signing_certificate_v2(certificate);
  return out;
}

std::size_t CmsSigner::max_size() const {
  constexpr std::size_t kFixed = 256;  // headers, versions, algorithms, content-type and message-digest
  return m_certificates.size() + m_signer_id.size() + m_signing_certificate.size() + m_signature_algorithm.size() +
         m_signature_size + kFixed;
}

CmsToBeSigned::CmsToBeSigned(const CmsSigner& signer, BytesView message_digest,
                             std::optional<base::Instant> signing_time)
    : m_signer(signer),
      m_attributes(der::set_of(attributes_to_sign(signer.m_signing_certificate, message_digest, signing_time))) {}

Result<SignedCms> CmsToBeSigned::complete_around(BytesView content, BytesView signature) && {
  SEGELL_TRY(SignedCms out, std::move(*this).complete(signature));
  out.m_content = der::element(der::context(0), {der::element(der::kOctetString, {content})});
  out.m_der = out.assemble({});
  return out;
}

Result<SignedCms> CmsToBeSigned::complete(BytesView signature) && {
  if (signature.empty() || signature.size() > kMaxSignature)
    return fail(Code::invalid_argument, "cms.signature-size",
                "a signature of " + std::to_string(signature.size()) + " octets cannot be right");
  SignedCms out;
  // In the SignerInfo the same attributes stand under the tag [0] IMPLICIT (RFC 5652 5.4).
  Bytes attributes = std::move(m_attributes);
  attributes.front() = std::byte{der::context(0)};
  base::append(out.m_signer_head, kVersion1);
  base::append(out.m_signer_head, m_signer.m_signer_id);
  base::append(out.m_signer_head, m_signer.m_digest_algorithm);
  base::append(out.m_signer_head, attributes);
  base::append(out.m_signer_head, m_signer.m_signature_algorithm);
  out.m_digest_algorithm = std::move(m_signer.m_digest_algorithm);
  out.m_certificates = std::move(m_signer.m_certificates);
  out.m_signature = base::to_bytes(signature);
  out.m_der = out.assemble({});
  return out;
}

Bytes SignedCms::with_timestamp(BytesView token) const {
  return assemble(der::element(der::context(1), {attribute(der::kOidTimeStampToken, token)}));
}

Bytes SignedCms::assemble(BytesView unsigned_attributes) const {
  const Bytes signature = der::element(der::kOctetString, {m_signature});
  const Bytes signer_info = der::element(der::kSequence, {m_signer_head, signature, unsigned_attributes});
  const Bytes signed_data = der::element(
      der::kSequence,
      {base::as_bytes(kVersion1), der::element(der::kSet, {m_digest_algorithm}),
       der::element(der::kSequence, {der::oid(der::kOidData), m_content}),  // encapContentInfo; detached: no eContent
       m_certificates, der::element(der::kSet, {signer_info})});
  return der::element(der::kSequence, {der::oid(der::kOidSignedData), der::element(der::context(0), {signed_data})});
}

}  // namespace segell::signer::ades
