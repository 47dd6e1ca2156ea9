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

Bytes attribute(std::string_view type, BytesView value) {
  return der::element(der::kSequence, {der::oid(type), der::element(der::kSet, {value})});
}

// AlgorithmIdentifier of SHA-256 without parameters (RFC 5754 section 2).
Bytes sha256_algorithm() { return der::element(der::kSequence, {der::oid(der::kOidSha256)}); }

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
  switch (scheme) {
    case base::SignatureScheme::rsa_pkcs1_sha256: {
      // The identifier names the digest too, so that it cannot be read with another one (RFC 5754 3.2 allows both).
      const Bytes null = der::element(der::kNull, {});
      out.m_signature_algorithm = der::element(der::kSequence, {der::oid(der::kOidSha256WithRsa), null});
      out.m_signature_size = certificate.public_key_der().size();  // holds the modulus, and is a little larger
      break;
    }
    case base::SignatureScheme::ecdsa_p256_sha256:
      out.m_signature_algorithm = der::element(der::kSequence, {der::oid(der::kOidEcdsaWithSha256)});
      out.m_signature_size = 72;
      break;
    case base::SignatureScheme::ed25519:
      return fail(Code::unsupported, "cms.scheme", "a seal needs an RSA or P-256 key, not Ed25519");
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

CmsToBeSigned::CmsToBeSigned(const CmsSigner& signer, const base::Sha256& message_digest)
    : m_signer(signer),
      m_attributes(der::set_of({attribute(der::kOidContentType, der::oid(der::kOidData)),
                                attribute(der::kOidMessageDigest, der::element(der::kOctetString, {message_digest})),
                                signer.m_signing_certificate})) {}

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
  base::append(out.m_signer_head, sha256_algorithm());
  base::append(out.m_signer_head, attributes);
  base::append(out.m_signer_head, m_signer.m_signature_algorithm);
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
      {base::as_bytes(kVersion1), der::element(der::kSet, {sha256_algorithm()}),
       der::element(der::kSequence, {der::oid(der::kOidData)}),  // encapContentInfo without eContent: detached
       m_certificates, der::element(der::kSet, {signer_info})});
  return der::element(der::kSequence, {der::oid(der::kOidSignedData), der::element(der::context(0), {signed_data})});
}

}  // namespace segell::signer::ades
