#include "webauthn.h"

#include "base/digest.h"
#include "base/encoding.h"
#include "base/json.h"

#include <fido.h>
#include <fido/eddsa.h>
#include <fido/es256.h>
#include <fido/rs256.h>

#include <algorithm>
#include <array>
#include <memory>
#include <mutex>
#include <span>

namespace segell::app {

namespace {

constexpr std::size_t kMostClientData = 4096;
constexpr std::size_t kMostAuthenticatorData = 8192;
constexpr std::size_t kMostSignature = 1024;
// Authenticator data (section 6.1): the hash of the relying party's id, flags, counter, and what follows.
constexpr std::size_t kHashOctets = 32;
constexpr std::size_t kLeastAuthenticatorData = kHashOctets + 1 + 4;
constexpr std::uint8_t kUserPresent = 0x01;
constexpr std::uint8_t kUserVerified = 0x04;
constexpr std::uint8_t kKeyIncluded = 0x40;
constexpr std::uint8_t kMoreBehind = 0x80;  ///< outputs of extensions, which nobody asked for
constexpr std::size_t kModelOctets = 16;
constexpr std::size_t kLengthOctets = 2;

/// A COSE key as authenticators write it (CTAP 2.1 section 8 allows one form): where octets of the key itself stand,
/// its template has gaps.
struct KeyForm {
  int algorithm;
  struct Part {
    std::string_view fixed;
    std::size_t gap;
  };
  std::array<Part, 3> parts;
};
using namespace std::string_view_literals;
constexpr KeyForm kKeyForms[] = {
    {COSE_ES256, {{{"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20"sv, 32}, {"\x22\x58\x20"sv, 32}, {}}}},
    {COSE_EDDSA, {{{"\xa4\x01\x01\x03\x27\x20\x06\x21\x58\x20"sv, 32}, {}, {}}}},
    {COSE_RS256, {{{"\xa4\x01\x03\x03\x39\x01\x00\x20\x59\x01\x00"sv, 256}, {"\x21\x43"sv, 3}, {}}}},
};

/// How many octets a key of that form takes at the beginning of these; zero: it is none.
std::size_t key_length(const KeyForm& form, base::BytesView octets) {
  std::size_t at = 0;
  for (const auto& [fixed, gap] : form.parts) {
    if (octets.size() < at + fixed.size() + gap || base::as_text(octets.subspan(at, fixed.size())) != fixed) return 0;
    at += fixed.size() + gap;
  }
  return at;
}

struct FreeCredential {
  void operator()(fido_cred_t* credential) const { fido_cred_free(&credential); }
};
struct FreeAssertion {
  void operator()(fido_assert_t* assertion) const { fido_assert_free(&assertion); }
};
using Credential = std::unique_ptr<fido_cred_t, FreeCredential>;
using Assertion = std::unique_ptr<fido_assert_t, FreeAssertion>;

base::Failure refuse_passkey(std::string_view reason, std::string message) {
  return base::fail(base::Code::invalid_argument, reason, std::move(message),
                    "begin again, on the page of this service itself");
}

base::BytesView octets_at(const unsigned char* at, std::size_t length) { return std::as_bytes(std::span(at, length)); }

void initialise() {
  static std::once_flag once;
  std::call_once(once, [] { fido_init(0); });
}

bool is_word(const base::Json& json, const char* name, std::string_view wanted) {
  const base::Json* member = json.find(name);
  return member != nullptr && member->as_string() != nullptr && *member->as_string() == wanted;
}

/// Sections 7.1 steps 5 to 10 and 7.2 steps 9 to 14: what the browser says of the ceremony.
base::Result<void> check_client_data(const RelyingParty& party, base::BytesView challenge, base::BytesView client_data,
                                     std::string_view type) {
  base::JsonLimits limits;
  limits.max_bytes = kMostClientData;
  const auto read = base::parse_json(base::as_text(client_data), limits);
  if (!read || read->as_object() == nullptr)
    return refuse_passkey("passkey.client-data", "what the browser says of the passkey cannot be read");
  if (!is_word(*read, "type", type)) return refuse_passkey("passkey.type", "the passkey was used for something else");
  if (!is_word(*read, "challenge", base::to_base64url(challenge)))
    return refuse_passkey("passkey.challenge", "the passkey answers another question, or one that is too old");
  const base::Json* crossed = read->find("crossOrigin");
  const bool framed = (crossed != nullptr && (crossed->as_bool() == nullptr || *crossed->as_bool())) ||
                      read->find("topOrigin") != nullptr;
  if (!is_word(*read, "origin", party.origin) || framed)
    return refuse_passkey("passkey.origin", "the passkey was used on a page of another address than " + party.origin);
  return base::ok();
}

/// For whom it was made, and whether somebody was there whom the authenticator knows.
base::Result<void> check_authenticator_data(const RelyingParty& party, base::BytesView data) {
  if (data.size() < kLeastAuthenticatorData || data.size() > kMostAuthenticatorData)
    return refuse_passkey("passkey.authenticator-data", "what the authenticator says cannot be read");
  const base::Sha256 wanted = base::sha256(base::as_bytes(party.id));
  if (!std::equal(wanted.begin(), wanted.end(), data.begin()))
    return refuse_passkey("passkey.authenticator-data", "the passkey belongs to another service");
  const auto flags = std::to_integer<std::uint8_t>(data[kHashOctets]);
  constexpr std::uint8_t kBoth = kUserPresent | kUserVerified;
  if ((flags & kBoth) != kBoth)
    return refuse_passkey("passkey.user-not-verified", "the authenticator asked for no PIN, fingerprint or face");
  return base::ok();
}

/// The credential in the data, if its key is of that algorithm.
Credential read_credential(base::BytesView data, int algorithm) {
  Credential credential(fido_cred_new());
  if (credential == nullptr || fido_cred_set_type(credential.get(), algorithm) != FIDO_OK ||
      fido_cred_set_authdata_raw(credential.get(), base::as_u8(data), data.size()) != FIDO_OK)
    return nullptr;
  return credential;
}

template <class Key>
using FreeKey = void (*)(Key**);

template <class Key>
int verify_with(const fido_assert_t* assertion, int algorithm, base::BytesView public_key, Key* key,
                int (*read)(Key*, const void*, std::size_t), FreeKey<Key> free_key) {
  int outcome = key == nullptr ? FIDO_ERR_INTERNAL : read(key, public_key.data(), public_key.size());
  if (outcome == FIDO_OK) outcome = fido_assert_verify(assertion, 0, algorithm, key);
  free_key(&key);
  return outcome;
}

int verify_assertion(const fido_assert_t* assertion, const PasskeyKey& key) {
  switch (key.algorithm) {
    case COSE_ES256:
      return verify_with(assertion, COSE_ES256, key.public_key, es256_pk_new(), es256_pk_from_ptr, es256_pk_free);
    case COSE_EDDSA:
      return verify_with(assertion, COSE_EDDSA, key.public_key, eddsa_pk_new(), eddsa_pk_from_ptr, eddsa_pk_free);
    case COSE_RS256:
      return verify_with(assertion, COSE_RS256, key.public_key, rs256_pk_new(), rs256_pk_from_ptr, rs256_pk_free);
    default:
      return FIDO_ERR_UNSUPPORTED_ALGORITHM;
  }
}

}  // namespace

base::Result<PasskeyKey> check_created(const RelyingParty& party, base::BytesView challenge,
                                       const CredentialCreated& created) {
  initialise();
  SEGELL_CHECK(check_client_data(party, challenge, created.client_data, "webauthn.create"));
  const base::BytesView data = created.authenticator_data;
  SEGELL_CHECK(check_authenticator_data(party, data));
  const auto unreadable = [] {
    return refuse_passkey("passkey.authenticator-data",
                          "the authenticator made no key, or one of a kind that was not asked for");
  };
  // The layout is looked at here first: what libfido2 reads its CBOR with takes the lengths in it at their word, and
  // would set memory aside for them.
  const auto flags = std::to_integer<std::uint8_t>(data[kHashOctets]);
  constexpr std::size_t kIdAt = kLeastAuthenticatorData + kModelOctets + kLengthOctets;
  if ((flags & kKeyIncluded) == 0 || data.size() < kIdAt) return unreadable();
  const std::size_t id_length =
      std::to_integer<std::size_t>(data[kIdAt - 2]) << 8 | std::to_integer<std::size_t>(data[kIdAt - 1]);
  if (id_length == 0 || id_length > kMostCredentialIdOctets || data.size() < kIdAt + id_length) return unreadable();
  const base::BytesView behind_id = data.subspan(kIdAt + id_length);
  for (const KeyForm& form : kKeyForms) {
    const std::size_t length = key_length(form, behind_id);
    if (length == 0) continue;
    if ((flags & kMoreBehind) == 0 && behind_id.size() != length) return unreadable();
    base::Bytes bare = base::to_bytes(data.first(kIdAt + id_length + length));
    bare[kHashOctets] = static_cast<std::byte>(flags & ~kMoreBehind);
    const Credential credential = read_credential(bare, form.algorithm);
    if (credential == nullptr) return unreadable();
    const fido_cred_t* made = credential.get();
    PasskeyKey key;
    key.id = base::to_bytes(octets_at(fido_cred_id_ptr(made), fido_cred_id_len(made)));
    key.algorithm = form.algorithm;
    key.public_key = base::to_bytes(octets_at(fido_cred_pubkey_ptr(made), fido_cred_pubkey_len(made)));
    key.counter = fido_cred_sigcount(made);
    return key;
  }
  return unreadable();
}

base::Result<std::uint32_t> check_used(const RelyingParty& party, base::BytesView challenge, const PasskeyKey& key,
                                       const CredentialUsed& used) {
  initialise();
  SEGELL_CHECK(check_client_data(party, challenge, used.client_data, "webauthn.get"));
  SEGELL_CHECK(check_authenticator_data(party, used.authenticator_data));
  // Neither a key nor outputs of extensions were asked for: nothing stands behind the counter.
  if (used.authenticator_data.size() != kLeastAuthenticatorData)
    return refuse_passkey("passkey.authenticator-data", "the authenticator says more than it was asked");
  const auto wrong = [] { return refuse_passkey("passkey.signature", "the passkey's signature is not right"); };
  if (used.signature.empty() || used.signature.size() > kMostSignature) return wrong();
  const Assertion assertion(fido_assert_new());
  fido_assert_t* made = assertion.get();
  const base::BytesView data = used.authenticator_data;
  const bool taken =
      made != nullptr && fido_assert_set_rp(made, party.id.c_str()) == FIDO_OK &&
      fido_assert_set_clientdata(made, base::as_u8(base::BytesView(used.client_data)), used.client_data.size()) ==
          FIDO_OK &&
      fido_assert_set_up(made, FIDO_OPT_TRUE) == FIDO_OK && fido_assert_set_uv(made, FIDO_OPT_TRUE) == FIDO_OK &&
      fido_assert_set_count(made, 1) == FIDO_OK &&
      fido_assert_set_authdata_raw(made, 0, base::as_u8(data), data.size()) == FIDO_OK &&
      fido_assert_set_sig(made, 0, base::as_u8(base::BytesView(used.signature)), used.signature.size()) == FIDO_OK;
  if (!taken || verify_assertion(made, key) != FIDO_OK) return wrong();
  return fido_assert_sigcount(made, 0);
}

}  // namespace segell::app
