#include "algorithms.h"
#include "ber.h"
#include "cms_parts.h"

#include <algorithm>

namespace segell::signer::ades {
namespace {

using base::Bytes;
using base::BytesView;
using base::Code;
using base::fail;
using base::Result;

constexpr std::size_t kMaxSigners = 32;
constexpr std::size_t kMaxCounterDepth = 4;
constexpr std::size_t kMaxContentPieces = 65'536;
constexpr std::string_view kOcspRevocationFormat = "1.3.6.1.5.5.7.16.2";  // id-ri-ocsp-response, RFC 5940
constexpr std::string_view kSignedData = "1.2.840.113549.1.7.2";
constexpr std::string_view kMgf1 = "1.2.840.113549.1.1.8";

// The octet of a version, among those that may stand.
bool is_version(const BerElement& element, std::string_view allowed) {
  return element.content.size() == 1 && allowed.find(base::as_text(element.content)[0]) != std::string_view::npos;
}

Result<void> read_signer_id(BerReader& fields, CmsMessage& out) {
  const auto id = fields.next();
  if (!id) return malformed_cms("the signer is not named");
  if (id->tag == kBerSequence) {
    BerReader names(id->content);
    const auto issuer = names.expect(kBerSequence);
    const auto serial = names.expect(kBerInteger);
    if (!issuer || !serial || !names.done()) return malformed_cms("the signer is not named");
    out.issuer = base::to_bytes(issuer->whole);
    out.serial = base::to_bytes(serial->whole);
    return base::ok();
  }
  const auto key_id = ber_octets(*id, ber_context(0));
  if (!key_id || key_id->empty()) return malformed_cms("the signer is not named");
  out.key_id = *key_id;
  return base::ok();
}

Result<void> read_signature_algorithm(BerReader& fields, CmsMessage& out) {
  const auto element = fields.expect(kBerSequence);
  const auto algorithm = element ? read_algorithm(element->content) : std::nullopt;
  if (!algorithm) return malformed_cms("the signature algorithm cannot be read");
  out.signature_algorithm = algorithm->oid;
  const MethodOfOid named = method_of_oid(algorithm->oid);
  out.method = named.method;
  out.method_digest = named.digest;
  if (out.method == SignatureMethod::rsa_pss && !read_pss_parameters(algorithm->parameters, out))
    return malformed_cms("the parameters of the signature algorithm cannot be read");
  const bool eddsa = out.method == SignatureMethod::ed25519 || out.method == SignatureMethod::ed448;
  if (eddsa && !algorithm->parameters.empty())  // RFC 8419 2.2: they must be absent
    return malformed_cms("an EdDSA signature algorithm has no parameters");
  // RFC 4055 5, RFC 5754 3: NULL or none
  const bool plain = out.method == SignatureMethod::rsa_pkcs1 || out.method == SignatureMethod::ecdsa;
  if (plain && !has_no_parameters(*algorithm))
    return malformed_cms("the signature algorithm has parameters that it cannot have");
  return base::ok();
}

Result<void> read_signer(BytesView content, CmsMessage& out, std::size_t depth = 0) {
  BerReader fields(content);
  const auto version = fields.expect(kBerInteger);
  if (!version) return malformed_cms("the signer information cannot be read");
  SEGELL_CHECK(read_signer_id(fields, out));
  // RFC 5652 5.3: 1 with issuerAndSerialNumber, 3 with subjectKeyIdentifier
  if (!is_version(*version, out.key_id.empty() ? "\1" : "\3"))
    return malformed_cms("the version of the signer information is not that of its signer's name");
  const auto digest_element = fields.expect(kBerSequence);
  const auto digest = digest_element ? read_algorithm(digest_element->content) : std::nullopt;
  if (!digest) return malformed_cms("the digest algorithm cannot be read");
  out.digest = digest_of_algorithm(*digest);
  out.digest_algorithm = digest->oid;
  SignedAttributeFacts facts;
  if (const auto attributes = fields.accept(ber_context_constructed(0)))
    SEGELL_CHECK(read_signed_attributes(*attributes, out, facts));
  SEGELL_CHECK(read_signature_algorithm(fields, out));
  out.protection_fits = facts.protected_digest.value_or(out.digest_algorithm) == out.digest_algorithm &&
                        facts.protected_signature.value_or(out.signature_algorithm) == out.signature_algorithm;
  const auto value = fields.next();
  const auto octets = value ? ber_octets(*value) : std::nullopt;
  if (!octets || octets->empty()) return malformed_cms("the signature value cannot be read");
  out.signature = *octets;
  if (const auto attributes = fields.accept(ber_context_constructed(1)))
    SEGELL_CHECK(read_unsigned_attributes(*attributes, out, depth));
  if (!fields.done() || fields.failed()) return malformed_cms("the signer information has further parts");
  return base::ok();
}

// The version that a part asks for, RFC 5652 5.1: the highest of all parts.
void ask_for_version(CmsMessage& out, int version) { out.version_due = std::max(out.version_due, version); }

Result<void> read_certificates(const BerElement& element, CmsMessage& out) {
  constexpr std::uint8_t kAttributeV1 = ber_context_constructed(1), kAttributeV2 = ber_context_constructed(2),
                         kOther = ber_context_constructed(3);
  BerReader items(element.content);
  while (!items.done()) {
    const auto item = items.next();
    if (!item || out.certificates.size() >= kMaxCertificates) return malformed_cms("the certificates cannot be read");
    if (item->tag == kAttributeV1) ask_for_version(out, 3);
    if (item->tag == kAttributeV2) ask_for_version(out, 4);
    if (item->tag == kOther) ask_for_version(out, 5);
    // other choices (attribute certificates and so on) are no X.509 certificate and help nobody here
    if (item->tag == kBerSequence) out.certificates.push_back(base::to_bytes(item->whole));
  }
  return base::ok();
}

Result<std::vector<std::string>> read_digest_list(BytesView content) {
  std::vector<std::string> out;
  BerReader items(content);
  while (!items.done()) {
    const auto item = items.expect(kBerSequence);
    const auto algorithm = item ? read_algorithm(item->content) : std::nullopt;
    if (!algorithm || out.size() >= kMaxCertificates) return malformed_cms("the digest algorithms cannot be read");
    out.push_back(algorithm->oid);
  }
  return out;
}

// SignedData apart from its signers, borrowed.
struct SignedData {
  CmsMessage common;                  // content type, certificates, revocation data
  std::vector<std::string> digests;   // digestAlgorithms, dotted
  std::optional<BerElement> content;  // eContent
  BytesView raw_content;              // what stands under eContent's tag, whatever its type
  BytesView signers;                  // the content of the SET OF SignerInfo
};

Result<void> read_content(BerReader& fields, SignedData& out) {
  const auto info = fields.expect(kBerSequence);
  if (!info) return malformed_cms("the encapsulated content cannot be read");
  BerReader content(info->content);
  const auto type = content.expect(kBerOid);
  if (!type) return malformed_cms("the encapsulated content cannot be read");
  out.common.content_type = oid_text(type->content);
  if (content.done()) return base::ok();
  const auto explicit_tag = content.expect(ber_context_constructed(0));
  if (!explicit_tag || !content.done()) return malformed_cms("the encapsulated content cannot be read");
  BerReader inner(explicit_tag->content);
  out.content = inner.next();
  out.raw_content = explicit_tag->content;
  if (!out.content) return malformed_cms("the encapsulated content cannot be read");
  return base::ok();
}

// eContent piece by piece. PKCS#7 (RFC 2315) allows any type here; its octets still count as content.
bool content_pieces(const SignedData& data, std::vector<BytesView>& out) {
  if (ber_octet_pieces(*data.content, out, kMaxContentPieces)) return true;
  if (out.size() == kMaxContentPieces) return false;
  out.assign(1, data.raw_content);
  return true;
}

// A signer who is named by a key identifier has version 3, and so has the message around (RFC 5652 5.1).
void note_signer_versions(SignedData& data) {
  BerReader list(data.signers);
  while (const auto signer = list.next()) {
    BerReader fields(signer->content);
    const auto version = fields.next();
    if (version && is_version(*version, "\3")) ask_for_version(data.common, 3);
  }
}

Result<SignedData> read_signed_data(BytesView sequence_content) {
  SignedData out;
  BerReader fields(sequence_content);
  const auto version = fields.expect(kBerInteger);
  const auto digests = fields.expect(kBerSet);
  if (!version || !digests) return malformed_cms("the signed data cannot be read");
  if (!is_version(*version, "\1\3\4\5")) return malformed_cms("the signed data has a version that there is not");
  SEGELL_TRY(out.digests, read_digest_list(digests->content));
  out.common.version = std::to_integer<int>(version->content[0]);
  out.common.version_due = 1;
  SEGELL_CHECK(read_content(fields, out));
  if (out.common.content_type != kPlainData) ask_for_version(out.common, 3);
  if (const auto certificates = fields.accept(ber_context_constructed(0)))
    SEGELL_CHECK(read_certificates(*certificates, out.common));
  if (const auto crls = fields.accept(ber_context_constructed(1)))
    SEGELL_CHECK(read_revocation_choices(crls->content, out.common));
  const auto signers = fields.expect(kBerSet);
  if (!signers || !fields.done()) return malformed_cms("the signer information cannot be read");
  out.signers = signers->content;
  note_signer_versions(out);
  return out;
}

Result<SignedData> read_message(BytesView octets, std::size_t max_bytes) {
  if (octets.size() > max_bytes)
    return fail(Code::limit_exceeded, "cms.too-large", "the signature is larger than this program reads");
  BerReader reader(octets);
  const auto outer = reader.expect(kBerSequence);
  if (!outer) return malformed_cms("the signature is not a CMS message");
  BerReader fields(outer->content);
  const auto type = fields.expect(kBerOid);
  const auto content = fields.expect(ber_context_constructed(0));
  if (!type || !content || !fields.done()) return malformed_cms("the signature is not a CMS message");
  if (oid_text(type->content) != kSignedData)
    return fail(Code::malformed, "cms.not-signed-data", "the CMS message is not signed data");
  BerReader inner(content->content);
  const auto signed_data = inner.expect(kBerSequence);
  if (!signed_data || !inner.done()) return malformed_cms("the signed data cannot be read");
  SEGELL_TRY(SignedData out, read_signed_data(signed_data->content));
  out.common.length = outer->whole.size();
  return out;
}

Result<void> read_signer_of(const SignedData& data, BytesView content, CmsMessage& out) {
  SEGELL_CHECK(read_signer(content, out));
  // RFC 5652 5.1: the list names the digest of every signer
  out.digest_listed =
      data.digests.empty() || std::ranges::find(data.digests, out.digest_algorithm) != data.digests.end();
  return base::ok();
}

}  // namespace

Result<CmsMessage> read_counter_signature(BytesView value, std::size_t depth) {
  if (depth >= kMaxCounterDepth)
    return fail(Code::limit_exceeded, "cms.too-deep", "counter-signatures stand too deep in one another");
  BerReader reader(value);
  const auto info = reader.expect(kBerSequence);
  if (!info || !reader.done()) return malformed_cms("a counter-signature cannot be read");
  CmsMessage out;
  out.length = value.size();
  SEGELL_CHECK(read_signer(info->content, out, depth + 1));
  return out;
}

Result<void> read_revocation_choices(BytesView choices, CmsMessage& out) {
  BerReader items(choices);
  while (!items.done()) {
    const auto item = items.next();
    if (!item || out.crls.size() + out.ocsp.size() >= kMaxCertificates)
      return malformed_cms("the revocation data cannot be read");
    if (item->tag == kBerSequence) {
      out.crls.push_back(base::to_bytes(item->whole));
    } else if (item->tag == ber_context_constructed(1)) {
      ask_for_version(out, 5);
      BerReader other(item->content);
      const auto format = other.expect(kBerOid);
      const auto value = other.next();
      if (format && value && oid_text(format->content) == kOcspRevocationFormat) add_ocsp_response(value->whole, out);
    }
  }
  return base::ok();
}

// RSASSA-PSS-params, RFC 4055 section 3.1: every field has a default.
bool read_pss_parameters(BytesView parameters, CmsMessage& out) {
  out.method_digest = Digest::sha1;
  out.mask_digest = Digest::sha1;
  out.salt_length = 20;
  BerReader outer(parameters);
  const auto sequence = outer.expect(kBerSequence);
  if (!sequence || !outer.done()) return false;
  BerReader fields(sequence->content);
  if (const auto hash = fields.accept(ber_context_constructed(0))) {
    BerReader inner(hash->content);
    const auto element = inner.expect(kBerSequence);
    const auto algorithm = element ? read_algorithm(element->content) : std::nullopt;
    if (!algorithm || !inner.done()) return false;
    out.method_digest = digest_of_algorithm(*algorithm);
  }
  if (const auto mask = fields.accept(ber_context_constructed(1))) {
    BerReader inner(mask->content);
    const auto element = inner.expect(kBerSequence);
    const auto algorithm = element ? read_algorithm(element->content) : std::nullopt;
    if (!algorithm || algorithm->oid != kMgf1 || !inner.done()) return false;
    BerReader digest(algorithm->parameters);
    const auto digest_element = digest.expect(kBerSequence);
    const auto digest_algorithm = digest_element ? read_algorithm(digest_element->content) : std::nullopt;
    if (!digest_algorithm || !digest.done()) return false;
    out.mask_digest = digest_of_algorithm(*digest_algorithm);
  }
  if (const auto salt = fields.accept(ber_context_constructed(2))) {
    BerReader inner(salt->content);
    const auto value = inner.expect(kBerInteger);
    if (!value || !inner.done() || value->content.empty() || value->content.size() > 2) return false;
    out.salt_length = 0;
    for (const std::byte octet : value->content) out.salt_length = out.salt_length << 8 | std::to_integer<int>(octet);
    if (out.salt_length > 512) return false;
  }
  if (const auto trailer = fields.accept(ber_context_constructed(3))) {
    BerReader inner(trailer->content);
    const auto value = inner.expect(kBerInteger);
    if (!value || !inner.done() || value->content.size() != 1 || value->content[0] != std::byte{1}) return false;
  }
  return fields.done() && !fields.failed();
}

Result<CmsMessage> parse_cms(BytesView octets) {
  SEGELL_TRY(SignedData data, read_message(octets, kMaxCmsBytes));
  if (data.content) {
    std::vector<BytesView> pieces;
    if (!content_pieces(data, pieces)) return malformed_cms("the encapsulated content has too many pieces");
    data.common.content.emplace();
    for (const BytesView piece : pieces) base::append(*data.common.content, piece);
  }
  BerReader list(data.signers);
  const auto signer = list.accept(kBerSequence);
  if (!signer || !list.done())
    return fail(Code::malformed, "cms.signer-count", "the signature must have exactly one signer information");
  SEGELL_CHECK(read_signer_of(data, signer->content, data.common));
  return std::move(data.common);
}

Result<CmsSignatures> parse_cms_signers(BytesView octets, std::size_t max_bytes) {
  SEGELL_TRY(const SignedData data, read_message(octets, max_bytes));
  CmsSignatures out;
  out.length = data.common.length;
  out.has_content = data.content.has_value();
  if (out.has_content && !content_pieces(data, out.content))
    return malformed_cms("the encapsulated content has too many pieces");
  BerReader list(data.signers);
  while (!list.done()) {
    const auto signer = list.expect(kBerSequence);
    if (!signer) return malformed_cms("the signer information cannot be read");
    if (out.signers.size() >= kMaxSigners)
      return fail(Code::limit_exceeded, "cms.too-many-signers",
                  "the signature has more signers than this program reads");
    CmsMessage& message = out.signers.emplace_back(data.common);
    SEGELL_CHECK(read_signer_of(data, signer->content, message));
  }
  if (out.signers.empty()) return fail(Code::malformed, "cms.signer-count", "the signature has no signer");
  return out;
}

Result<CmsMessage> read_x509_rsa(BytesView octets, std::vector<Bytes> certificates) {
  if (octets.size() > kMaxCmsBytes)
    return fail(Code::limit_exceeded, "cms.too-large", "the signature is larger than this program reads");
  BerReader reader(octets);
  const auto element = reader.next();
  auto value = element ? ber_octets(*element) : std::nullopt;
  if (!value || value->empty()) return malformed_cms("the signature is no octet string");
  if (certificates.empty()) return malformed_cms("the signature has no /Cert");
  CmsMessage message;
  message.length = element->whole.size();
  message.content_type = kPlainData;
  message.certificates = std::move(certificates);
  message.signature = *std::move(value);
  message.method = SignatureMethod::rsa_pkcs1;
  message.signature_algorithm = "1.2.840.113549.1.1.1";
  const auto signer = base::Certificate::parse_der(message.certificates.front());
  if (!signer) return malformed_cms("the first certificate of /Cert cannot be read");
  message.issuer = base::to_bytes(signer->issuer_der());
  message.serial = base::to_bytes(signer->serial_der());
  // a value that names no digest under its key is broken: it is judged with the digest of the form's name
  message.digest = digest_named_inside(message.signature, *signer).value_or(Digest::sha1);
  return message;
}

}  // namespace segell::signer::ades
