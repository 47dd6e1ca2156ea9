#include "algorithms.h"
#include "base/openssl_context.h"
#include "base/openssl_ptr.h"
#include "ber.h"
#include "certificate_facts.h"
#include "ocsp.h"
#include "revocation_data.h"

#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <algorithm>

namespace segell::signer::ades {
namespace {

constexpr std::string_view kOcspNonce = "1.3.6.1.5.5.7.48.1.2";
constexpr std::string_view kArchiveCutoff = "1.3.6.1.5.5.7.48.1.6";  // RFC 6960 4.4.4
constexpr std::size_t kMaxResponses = 256, kMaxResponders = 16;

using State = RevocationAnswer::State;

base::Failure malformed_ocsp(std::string what) {
  return base::fail(base::Code::malformed, "revocation.malformed",
                    "an OCSP response that cannot be read: " + std::move(what));
}

struct Single {
  std::optional<Digest> digest;
  base::Bytes name_hash, key_hash, serial;
  State state = State::undecided;
  base::Instant revoked_at;
  long reason = 0;
  base::Instant issued;
  std::optional<base::Instant> valid_until;
  std::optional<base::Instant> keeps_since;
};

std::optional<base::Instant> read_time(BerReader& fields) {
  const auto element = fields.expect(kBerGeneralizedTime);
  return element ? parse_generalized_time(base::as_text(element->content)) : std::nullopt;
}

// The value of an extension; nothing where it does not stand.
std::optional<base::BytesView> value_of_extension(base::BytesView extensions, std::string_view wanted) {
  BerReader outer(extensions);
  const auto list = outer.expect(kBerSequence);
  BerReader items(list ? list->content : base::BytesView());
  while (!items.done()) {
    const auto item = items.expect(kBerSequence);
    BerReader fields(item ? item->content : base::BytesView());
    const auto oid = fields.expect(kBerOid);
    if (!oid || oid_text(oid->content) != wanted) continue;
    (void)fields.accept(kBerBoolean);
    const auto value = fields.expect(kBerOctetString);
    return value ? value->content : base::BytesView();
  }
  return std::nullopt;
}

// The nonce among extensions: the content of an OCTET STRING inside the extension's value (RFC 9654 2.1).
base::Bytes nonce_of(base::BytesView extensions) {
  const auto value = value_of_extension(extensions, kOcspNonce);
  if (!value) return {};
  BerReader inner(*value);
  const auto nonce = inner.expect(kBerOctetString);
  return base::to_bytes(nonce && inner.done() ? nonce->content : *value);
}

// Extensions: the nonce is for whoever asked; any other critical one is not known here.
bool has_critical(base::BytesView extensions) {
  BerReader outer(extensions);
  const auto list = outer.expect(kBerSequence);
  BerReader items(list ? list->content : base::BytesView());
  while (!items.done()) {
    const auto item = items.expect(kBerSequence);
    BerReader fields(item ? item->content : base::BytesView());
    const auto oid = fields.expect(kBerOid);
    if (!oid) return true;
    const auto critical = fields.accept(kBerBoolean);
    const bool set = critical && !critical->content.empty() && critical->content[0] != std::byte{0};
    if (set && oid_text(oid->content) != kOcspNonce) return true;
  }
  return outer.failed() || items.failed();
}

bool read_cert_id(base::BytesView content, Single& out) {
  BerReader fields(content);
  const auto algorithm_element = fields.expect(kBerSequence);
  const auto algorithm = algorithm_element ? read_algorithm(algorithm_element->content) : std::nullopt;
  const auto name = fields.expect(kBerOctetString);
  const auto key = fields.expect(kBerOctetString);
  const auto serial = fields.expect(kBerInteger);
  if (!algorithm || !name || !key || !serial || !fields.done()) return false;
  out.digest = digest_of_algorithm(*algorithm);
  out.name_hash = base::to_bytes(name->content);
  out.key_hash = base::to_bytes(key->content);
  out.serial = base::to_bytes(serial->whole);
  return true;
}

bool read_status(BerReader& fields, Single& out) {
  const auto status = fields.next();
  if (!status) return false;
  if (status->tag == ber_context(0)) {
    out.state = State::good;
  } else if (status->tag == ber_context_constructed(1)) {
    out.state = State::revoked;
    BerReader revoked(status->content);
    const auto time = read_time(revoked);
    if (!time) return false;
    out.revoked_at = *time;
    if (const auto reason = revoked.accept(ber_context_constructed(0))) {
      BerReader inner(reason->content);
      const auto code = inner.expect(kBerEnumerated);
      if (!code || code->content.size() != 1) return false;
      out.reason = std::to_integer<long>(code->content[0]);
    }
  } else if (status->tag != ber_context(2)) {
    return false;
  }
  return true;
}

// Nothing when malformed; a response with a critical extension that is not known is left out.
std::optional<std::optional<Single>> read_single(base::BytesView content) {
  Single out;
  BerReader fields(content);
  const auto id = fields.expect(kBerSequence);
  if (!id || !read_cert_id(id->content, out) || !read_status(fields, out)) return std::nullopt;
  const auto issued = read_time(fields);
  if (!issued) return std::nullopt;
  out.issued = *issued;
  if (const auto next = fields.accept(ber_context_constructed(0))) {
    BerReader inner(next->content);
    out.valid_until = read_time(inner);
    if (!out.valid_until) return std::nullopt;
  }
  bool critical = false;
  if (const auto extensions = fields.accept(ber_context_constructed(1))) {
    critical = has_critical(extensions->content);
    if (const auto cutoff = value_of_extension(extensions->content, kArchiveCutoff)) {
      BerReader inner(*cutoff);
      out.keeps_since = read_time(inner);
    }
  }
  if (!fields.done() || fields.failed()) return std::nullopt;
  return critical ? std::optional<Single>() : std::optional(std::move(out));
}

class Ocsp final : public RevocationData {
 public:
  base::Result<void> read(base::BytesView der) {
    BerReader reader(der);
    const auto outer = reader.expect(kBerSequence);
    if (!outer || !reader.done()) return malformed_ocsp("no response");
    BerReader fields(outer->content);
    const auto body = fields.expect(kBerSequence);
    const auto algorithm_element = fields.expect(kBerSequence);
    const auto signature = fields.expect(kBerBitString);
    // octets of a signature are whole ones: no bit of a BIT STRING is unused (RFC 6960 4.2.1)
    if (!body || !algorithm_element || !signature || signature->content.empty() ||
        signature->content.front() != std::byte{0})
      return malformed_ocsp("its signature");
    m_body = base::to_bytes(body->whole);
    m_algorithm = base::to_bytes(algorithm_element->whole);
    m_signature = base::to_bytes(signature->content.subspan(1));
    const auto algorithm = read_algorithm(algorithm_element->content);
    if (!algorithm) return malformed_ocsp("its signature algorithm");
    const MethodOfOid method = method_of_oid(algorithm->oid);
    m_method = method.method;
    m_digest = m_method == SignatureMethod::rsa_pss ? pss_digest(*algorithm) : method.digest;
    if (const auto embedded = fields.accept(ber_context_constructed(0))) read_certificates(embedded->content);
    return read_body(body->content);
  }

  [[nodiscard]] const base::Bytes& nonce() const { return m_nonce; }

  [[nodiscard]] RevocationAnswer ask(const base::Certificate& certificate, const base::Certificate& issuer,
                                     const RevocationAuthorities& authorities) const override {
    RevocationAnswer answer;
    const Single* single = find(certificate, issuer);
    if (single == nullptr) return answer;
    answer.issued = single->issued;
    answer.valid_until = single->valid_until;
    answer.keeps_since = single->keeps_since;
    answer.digest = m_digest;
    answer.method = m_method;
    answer.signer = responder(issuer, authorities);
    if (!answer.signer) {
      answer.state = State::unusable;
      answer.reason = "the OCSP response is not signed by the issuer or by somebody whom it authorised";
      return answer;
    }
    // whoever has a stolen key would go on saying so; that it is stolen may be believed
    if (*answer.signer == certificate && single->state != State::revoked) {
      answer.state = State::unusable;
      answer.reason = "the OCSP response is signed by the certificate that it is about";
      return answer;
    }
    answer.state = single->state;
    if (single->state == State::undecided) answer.reason = "the OCSP responder does not know the certificate";
    if (single->state != State::revoked) return answer;
    answer.revoked_at = single->revoked_at;
    answer.on_hold = single->reason == kReasonHold;
    answer.reason = reason_words(single->reason);
    return answer;
  }

 private:
  static std::optional<Digest> pss_digest(const AlgorithmId& algorithm) {
    CmsMessage parameters;
    return read_pss_parameters(algorithm.parameters, parameters) ? parameters.method_digest : std::nullopt;
  }

  void read_certificates(base::BytesView content) {
    BerReader outer(content);
    const auto list = outer.expect(kBerSequence);
    BerReader items(list ? list->content : base::BytesView());
    while (!items.done() && m_certificates.size() < kMaxResponders) {
      const auto item = items.expect(kBerSequence);
      if (!item) return;
      if (auto certificate = base::Certificate::parse_der(item->whole)) m_certificates.push_back(*certificate);
    }
  }

  base::Result<void> read_body(base::BytesView content) {
    BerReader fields(content);
    (void)fields.accept(ber_context_constructed(0));  // version
    const auto id = fields.next();
    if (!id || (id->tag != ber_context_constructed(1) && id->tag != ber_context_constructed(2)))
      return malformed_ocsp("its responder");
    m_by_key = id->tag == ber_context_constructed(2);
    BerReader inner(id->content);
    const auto name_or_hash = inner.next();
    if (!name_or_hash) return malformed_ocsp("its responder");
    m_responder = base::to_bytes(m_by_key ? name_or_hash->content : name_or_hash->whole);
    const auto produced = read_time(fields);
    if (!produced) return malformed_ocsp("its time");
    m_produced = *produced;
    const auto list = fields.expect(kBerSequence);
    if (!list) return malformed_ocsp("its answers");
    BerReader items(list->content);
    while (!items.done()) {
      const auto item = items.expect(kBerSequence);
      auto single = item && m_singles.size() < kMaxResponses ? read_single(item->content) : std::nullopt;
      if (!single) return malformed_ocsp("one of its answers");
      if (*single) m_singles.push_back(**std::move(single));
    }
    if (const auto extensions = fields.accept(ber_context_constructed(1))) {
      if (has_critical(extensions->content))
        return base::fail(base::Code::unsupported, "revocation.unsupported",
                          "an OCSP response with a critical extension that is not known");
      m_nonce = nonce_of(extensions->content);
    }
    if (!fields.done() || fields.failed()) return malformed_ocsp("further parts");
    return base::ok();
  }

  // Of several answers about the certificate the worst one: revoked, not known, good.
  [[nodiscard]] const Single* find(const base::Certificate& certificate, const base::Certificate& issuer) const {
    const auto is_worse = [](State a, State b) {
      return a != b && (a == State::revoked || (a == State::undecided && b == State::good));
    };
    const Single* worst = nullptr;
    for (const Single& one : m_singles) {
      if (!one.digest || !std::ranges::equal(one.serial, certificate.serial_der())) continue;
      if (digest_of(*one.digest, certificate.issuer_der()) != one.name_hash ||
          digest_of(*one.digest, public_key_octets(issuer)) != one.key_hash)
        continue;
      if (worst == nullptr || is_worse(one.state, worst->state)) worst = &one;
    }
    return worst;
  }

  [[nodiscard]] bool is_responder(const base::Certificate& candidate) const {
    if (m_by_key) return digest_of(Digest::sha1, public_key_octets(candidate)) == m_responder;
    return std::ranges::equal(candidate.subject_der(), m_responder);
  }

  [[nodiscard]] bool signed_by(const base::Certificate& responder) const {
    return m_verified.get(responder, [&] {
      base::clear_openssl_errors();
      const std::uint8_t* at = base::as_u8(m_algorithm);
      const base::Owned<X509_ALGOR, X509_ALGOR_free> algorithm(
          d2i_X509_ALGOR(nullptr, &at, static_cast<long>(m_algorithm.size())));
      const base::Owned<ASN1_BIT_STRING, ASN1_BIT_STRING_free> value(ASN1_BIT_STRING_new());
      bool fits = algorithm && value && responder.native_public_key() != nullptr &&
                  ASN1_STRING_set(value.get(), m_signature.data(), static_cast<int>(m_signature.size())) == 1;
      fits = fits && verify_body(*algorithm, *value, responder);
      base::clear_openssl_errors();
      return fits;
    });
  }

  [[nodiscard]] bool verify_body(const X509_ALGOR& algorithm, const ASN1_BIT_STRING& value,
                                 const base::Certificate& responder) const;

  // RFC 6960 4.2.2.2: the issuer itself, or a certificate that it issued directly for this purpose.
  [[nodiscard]] bool is_delegated(const base::Certificate& candidate, const base::Certificate& issuer) const {
    return m_delegated.get(candidate, [&] {
      base::clear_openssl_errors();
      X509* native = candidate.native();
      // EXFLAG_CRITICAL: an extension that is critical and not known (RFC 5280 4.2)
      const bool purpose = (X509_get_extension_flags(native) & (EXFLAG_INVALID | EXFLAG_CRITICAL)) == 0 &&
                           (X509_get_extension_flags(native) & EXFLAG_XKUSAGE) != 0 &&
                           (X509_get_extended_key_usage(native) & XKU_OCSP_SIGN) != 0 &&
                           (X509_get_key_usage(native) & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION)) != 0;
      const bool issued = X509_check_issued(issuer.native(), native) == X509_V_OK &&
                          X509_verify(native, issuer.native_public_key()) == 1;
      base::clear_openssl_errors();
      return purpose && issued && m_produced >= candidate.not_before() && m_produced <= candidate.not_after();
    });
  }

  [[nodiscard]] std::optional<base::Certificate> responder(const base::Certificate& issuer,
                                                           const RevocationAuthorities& authorities) const {
    if (is_responder(issuer) && signed_by(issuer)) return issuer;
    for (const std::span<const base::Certificate> pool :
         {std::span<const base::Certificate>(m_certificates), authorities.candidates()}) {
      for (const base::Certificate& candidate : pool) {
        if (is_responder(candidate) && is_delegated(candidate, issuer) && signed_by(candidate)) return candidate;
      }
    }
    return std::nullopt;
  }

  base::Bytes m_body, m_algorithm, m_signature, m_responder, m_nonce;
  bool m_by_key = false;
  SignatureMethod m_method = SignatureMethod::unknown;
  std::optional<Digest> m_digest;
  base::Instant m_produced;
  std::vector<Single> m_singles;
  std::vector<base::Certificate> m_certificates;
  AnswerCache m_verified, m_delegated;
};

// The octets of ResponseData as they are: ASN1_item_verify hashes what an item encodes to, and an ANY is itself.
bool Ocsp::verify_body(const X509_ALGOR& algorithm, const ASN1_BIT_STRING& value,
                       const base::Certificate& responder) const {
  const std::uint8_t* at = base::as_u8(m_body);
  const base::Owned<ASN1_TYPE, ASN1_TYPE_free> body(d2i_ASN1_TYPE(nullptr, &at, static_cast<long>(m_body.size())));
  return body && ASN1_item_verify_ex(ASN1_ITEM_rptr(ASN1_ANY), &algorithm, &value, body.get(), nullptr,
                                     responder.native_public_key(), base::certificate_context(), nullptr) == 1;
}

}  // namespace

base::Result<OcspFacts> read_ocsp_facts(base::BytesView basic_response) {
  auto response = std::make_shared<Ocsp>();
  SEGELL_CHECK(response->read(basic_response));
  base::Bytes nonce = response->nonce();
  return OcspFacts{std::move(response), std::move(nonce)};
}

base::Result<RevocationDataPtr> read_ocsp(base::BytesView basic_response) {
  SEGELL_TRY(OcspFacts facts, read_ocsp_facts(basic_response));
  return std::move(facts.data);
}

}  // namespace segell::signer::ades
