#include "base/token_key.h"

#include "base/file.h"
#include "openssl_key.h"
#include "public_key.h"
#include "token_session.h"

#include <algorithm>
#include <mutex>
#include <optional>

namespace segell::base {
namespace {

constexpr std::string_view kTokenScheme = "pkcs11:";
constexpr std::size_t kMaxPinFile = 4096;

// DigestInfo of SHA-256 (RFC 8017 9.2, note 1), in front of the digest.
constexpr std::string_view kSha256Info{"\x30\x31\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00\x04\x20",
                                       19};

// What C_Sign gives for a curve is r ‖ s (PKCS#11 2.40, 2.3.1); everybody else wants Ecdsa-Sig-Value.
Result<Bytes> as_ecdsa_value(const Bytes& raw) {
  Bytes der = ecdsa_value_of(raw);
  if (der.empty()) return fail(Code::crypto, "pkcs11.failed", "the token gave something that is no signature");
  return der;
}

/// A key that stays in its token. One session; signatures wait for one another.
class KeyInToken final : public SigningKey {
 public:
  KeyInToken(TokenAddress address, Secret pin, RsaPadding padding)
      : m_address(std::move(address)), m_pin(std::move(pin)), m_padding(padding) {}

  /// The first opening: what the key is, and that it signs as its public half says.
  Result<std::vector<Certificate>> start() {
    SEGELL_TRY(m_session, TokenSession::open(m_address, m_pin));
    SEGELL_TRY(const PkeyPtr key, m_session->public_key());
    SEGELL_TRY(m_scheme, scheme_of_key(key.get(), m_padding));
    SEGELL_TRY(m_public_key, public_key_der_of(key.get()));
    const BytesView probe = as_bytes("segell key check");
    SEGELL_TRY(const Bytes signature, sign(probe));
    if (!signature_fits(key.get(), m_scheme, probe, signature))
      return fail(Code::crypto, "pkcs11.failed",
                  m_address.token + ": what the key " + m_address.object + " signs does not fit its public half");
    return m_session->certificates();
  }

  [[nodiscard]] SignatureScheme scheme() const override { return m_scheme; }
  [[nodiscard]] Bytes public_key_der() const override { return m_public_key; }

  [[nodiscard]] Result<Bytes> sign(BytesView message) const override {
    const std::lock_guard lock(m_mutex);
    for (int attempt = 0;; ++attempt) {
      bool lost = false;
      SEGELL_CHECK(reopen_if_lost());
      auto signature = sign_once(message, lost);
      if (!lost) return signature;
      m_session.reset();
      if (attempt > 0) return signature;
    }
  }

 private:
  Result<void> reopen_if_lost() const {
    if (m_session) return ok();
    if (m_refused) return fail(*m_refused);
    auto opened = TokenSession::open(m_address, m_pin);
    if (!opened) {
      const bool pin = opened.error().code == Code::unauthenticated || opened.error().code == Code::forbidden;
      if (pin) m_refused = opened.error();  // another try could lock the token
      return fail(std::move(opened).error());
    }
    SEGELL_TRY(const PkeyPtr key, (*opened)->public_key());
    SEGELL_TRY(const Bytes public_key, public_key_der_of(key.get()));
    if (public_key != m_public_key)
      return fail(Code::unavailable, "pkcs11.token-lost",
                  m_address.token + " came back with another key " + m_address.object,
                  "put the right token back, or start again with the new key and its certificate");
    m_session = *std::move(opened);
    return ok();
  }

  Result<Bytes> sign_once(BytesView message, bool& lost) const {
    switch (m_scheme) {
      case SignatureScheme::rsa_pkcs1_sha256: {
        Bytes input = to_bytes(kSha256Info);
        append(input, sha256(message));
        return m_session->sign({CKM_RSA_PKCS, nullptr, 0}, input, lost);
      }
      case SignatureScheme::rsa_pss_sha256: {
        CK_RSA_PKCS_PSS_PARAMS parameters{CKM_SHA256, CKG_MGF1_SHA256, 32};
        return m_session->sign({CKM_RSA_PKCS_PSS, &parameters, sizeof parameters}, sha256(message), lost);
      }
      case SignatureScheme::ecdsa_p256_sha256:
      case SignatureScheme::ecdsa_p384_sha384:
      case SignatureScheme::ecdsa_p521_sha512: {
        const Bytes digest = hash(content_hash_of(m_scheme), message);
        SEGELL_TRY(const Bytes raw, m_session->sign({CKM_ECDSA, nullptr, 0}, digest, lost));
        return as_ecdsa_value(raw);
      }
      case SignatureScheme::ed25519:
        return m_session->sign({CKM_EDDSA, nullptr, 0}, message, lost);
    }
    return fail(Code::unsupported, "key.unsupported", "a kind of key that tokens are not asked for");
  }

  TokenAddress m_address;
  Secret m_pin;
  RsaPadding m_padding;
  SignatureScheme m_scheme = SignatureScheme::rsa_pkcs1_sha256;
  Bytes m_public_key;
  mutable std::mutex m_mutex;  // guards what follows
  mutable std::unique_ptr<TokenSession> m_session;
  mutable std::optional<Error> m_refused;
};

Result<Secret> pin_of(const TokenAddress& address, const Secret& given) {
  if (!given.empty() || address.pin_source.empty()) return given.clone();
  SEGELL_TRY(Bytes octets, load_file(address.pin_source, kMaxPinFile));
  const auto end =
      std::ranges::find_if(octets, [](std::byte b) { return b == std::byte{'\n'} || b == std::byte{'\r'}; });
  wipe(std::span(octets).subspan(static_cast<std::size_t>(end - octets.begin())));
  octets.resize(static_cast<std::size_t>(end - octets.begin()));
  return Secret(std::move(octets));
}

}  // namespace

bool is_token_uri(std::string_view text) noexcept { return text.starts_with(kTokenScheme); }

Result<TokenKey> open_token_key(std::string_view uri, const Secret& pin, RsaPadding padding) {
  SEGELL_TRY(TokenAddress address, TokenAddress::parse(uri));
  SEGELL_TRY(Secret known, pin_of(address, pin));
  const auto key = std::make_shared<KeyInToken>(std::move(address), std::move(known), padding);
  SEGELL_TRY(std::vector<Certificate> certificates, key->start());
  return TokenKey{key, std::move(certificates)};
}

}  // namespace segell::base
