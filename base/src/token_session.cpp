#include "token_session.h"

#include "base/encoding.h"
#include "public_key.h"

#include <openssl/x509.h>
#include <algorithm>

#include <array>
#include <cstdlib>
#include <utility>

namespace segell::base {
namespace {

constexpr std::size_t kMaxModules = 64;
constexpr std::size_t kMaxSlots = 256;
constexpr std::size_t kMaxAttribute = 64U << 10U;

// Fields of fixed width, padded with blanks.
std::string unpadded(const unsigned char* text, std::size_t size) {
  std::string out(reinterpret_cast<const char*>(text), size);
  out.erase(out.find_last_not_of(' ') + 1);
  return out;
}

CK_ATTRIBUTE attribute_over(CK_ATTRIBUTE_TYPE type, void* value, std::size_t size) {
  return {type, value, static_cast<CK_ULONG>(size)};
}

bool is_gone(CK_RV code) {
  constexpr std::array<CK_RV, 10> kGone = {CKR_DEVICE_REMOVED,          CKR_DEVICE_ERROR,       CKR_TOKEN_NOT_PRESENT,
                                           CKR_SESSION_HANDLE_INVALID,  CKR_SESSION_CLOSED,     CKR_USER_NOT_LOGGED_IN,
                                           CKR_OBJECT_HANDLE_INVALID,   CKR_KEY_HANDLE_INVALID, CKR_GENERAL_ERROR,
                                           CKR_CRYPTOKI_NOT_INITIALIZED};
  return std::ranges::find(kGone, code) != kGone.end();
}

std::string code_words(CK_RV code) {
  Bytes octets;
  for (unsigned shift = 24;; shift -= 8) {
    octets.push_back(static_cast<std::byte>(code >> shift));
    if (shift == 0) break;
  }
  return "PKCS#11 code 0x" + to_hex(octets);
}

}  // namespace

Result<TokenAddress> TokenAddress::parse(std::string_view text) {
  SEGELL_TRY(const TokenLibrary* library, token_library());
  TokenAddress out;
  out.uri = std::shared_ptr<P11KitUri>(library->uri_new(), library->uri_free);
  if (library->uri_parse(std::string(text).c_str(), P11_KIT_URI_FOR_ANY, out.uri.get()) != P11_KIT_URI_OK ||
      library->uri_any_unrecognized(out.uri.get()) != 0)
    return fail(Code::invalid_argument, "pkcs11.uri", "the address of the token's key is no pkcs11: URI (RFC 7512)",
                "for example pkcs11:token=seals;object=seal-2026?module-path=/usr/lib/softhsm/libsofthsm2.so");
  if (library->uri_pin_value(out.uri.get()) != nullptr)
    return fail(Code::invalid_argument, "pkcs11.pin-in-uri",
                "a PIN in the address of a key is seen by everyone who lists processes",
                "write it into a file, and name the file with --passphrase-file or pin-source=file:/…");
  const auto word = [](const char* value) { return value == nullptr ? std::string() : std::string(value); };
  out.module_path = word(library->uri_module_path(out.uri.get()));
  out.module_name = word(library->uri_module_name(out.uri.get()));
  out.pin_source = word(library->uri_pin_source(out.uri.get()));
  if (out.pin_source.starts_with("file:")) out.pin_source.erase(0, 5);
  if (out.pin_source.starts_with("//")) out.pin_source.erase(0, 2);
  const CK_TOKEN_INFO* token = library->uri_token(out.uri.get());
  if (token != nullptr && token->label[0] != 0xFF) out.token = unpadded(token->label, sizeof token->label);
  out.token = out.token.empty() ? "any token" : "token \"" + out.token + "\"";
  const CK_ATTRIBUTE* label = library->uri_attribute(out.uri.get(), CKA_LABEL);
  const CK_ATTRIBUTE* id = library->uri_attribute(out.uri.get(), CKA_ID);
  if (label != nullptr)
    out.object = "\"" + std::string(static_cast<const char*>(label->pValue), label->ulValueLen) + "\"";
  else if (id != nullptr)
    out.object = "with the id " + to_hex({static_cast<const std::byte*>(id->pValue), id->ulValueLen});
  return out;
}

Failure TokenSession::failed(std::string_view doing, CK_RV code) const {
  if (is_gone(code))
    return fail(Code::unavailable, "pkcs11.token-lost",
                m_address.token + " is gone: " + std::string(doing) + " failed (" + code_words(code) + ")",
                "put it back; the next signature opens it anew");
  return fail(Code::crypto, "pkcs11.failed",
              m_address.token + ": " + std::string(doing) + " failed (" + code_words(code) + ")");
}

Result<std::unique_ptr<TokenSession>> TokenSession::open(const TokenAddress& address, const Secret& pin) {
  std::unique_ptr<TokenSession> out(new TokenSession(address));
  SEGELL_TRY(out->m_library, token_library());
  SEGELL_CHECK(out->load_modules());
  SEGELL_CHECK(out->find_token());
  const CK_RV opened = out->m_module->C_OpenSession(out->m_slot, CKF_SERIAL_SESSION, nullptr, nullptr, &out->m_session);
  if (opened != CKR_OK) return out->failed("opening a session", opened);
  SEGELL_CHECK(out->log_in(pin));
  SEGELL_CHECK(out->find_key());
  return out;
}

TokenSession::~TokenSession() {
  if (m_session != CK_INVALID_HANDLE) m_module->C_CloseSession(m_session);
  if (m_single != nullptr) {
    m_library->module_finalize(m_single);
    m_library->module_release(m_single);
  }
  if (m_modules != nullptr) m_library->modules_close(m_modules);
}

Result<void> TokenSession::load_modules() {
  const auto why = [&] {
    const char* words = m_library->message();
    return std::string(words == nullptr ? "" : ": ") + (words == nullptr ? "" : words);
  };
  if (!m_address.module_path.empty()) {
    m_single = m_library->module_load(m_address.module_path.c_str(), 0);
    if (m_single == nullptr)
      return fail(Code::unavailable, "pkcs11.module",
                  "the PKCS#11 module " + m_address.module_path + " cannot be loaded" + why(),
                  "check module-path; it is the library that came with the token");
    if (const CK_RV code = m_library->module_initialize(m_single); code != CKR_OK) {
      m_library->module_release(std::exchange(m_single, nullptr));
      return fail(Code::unavailable, "pkcs11.module",
                  "the PKCS#11 module " + m_address.module_path + " does not start (" + code_words(code) + ")",
                  "check its own configuration");
    }
    return ok();
  }
  m_modules = m_library->modules_open(0);
  if (m_modules == nullptr || *m_modules == nullptr)
    return fail(Code::unavailable, "pkcs11.module", "p11-kit knows no PKCS#11 module" + why(),
                "name the token's library with module-path, or register it with p11-kit");
  return ok();
}

Result<void> TokenSession::find_token() {
  std::string seen;
  std::size_t found = 0;
  const auto look_through = [&](CK_FUNCTION_LIST* module) {
    std::vector<CK_SLOT_ID> slots(kMaxSlots);
    CK_ULONG count = slots.size();
    if (module->C_GetSlotList(CK_TRUE, slots.data(), &count) != CKR_OK) return;
    slots.resize(std::min<std::size_t>(count, kMaxSlots));
    for (const CK_SLOT_ID slot : slots) {
      CK_TOKEN_INFO info{};
      if (module->C_GetTokenInfo(slot, &info) != CKR_OK || (info.flags & CKF_TOKEN_INITIALIZED) == 0) continue;
      seen += (seen.empty() ? "" : ", ") + ("\"" + unpadded(info.label, sizeof info.label) + "\"");
      if (m_library->uri_match_token(m_address.uri.get(), &info) == 0) continue;
      ++found;
      m_module = module;
      m_slot = slot;
      m_token_flags = info.flags;
    }
  };
  if (m_single != nullptr) look_through(m_single);
  for (std::size_t i = 0; m_modules != nullptr && m_modules[i] != nullptr && i < kMaxModules; ++i) {
    CK_INFO info{};
    if (m_modules[i]->C_GetInfo(&info) != CKR_OK || m_library->uri_match_module(m_address.uri.get(), &info) == 0)
      continue;
    char* const name = m_library->module_name(m_modules[i]);
    const bool named = m_address.module_name.empty() || (name != nullptr && m_address.module_name == name);
    std::free(name);  // NOLINT(cppcoreguidelines-no-malloc): p11-kit gives it away so
    if (named) look_through(m_modules[i]);
  }
  if (found == 0)
    return fail(Code::not_found, "pkcs11.no-token", m_address.token + " is not there",
                seen.empty() ? "no token is in any slot: is it plugged in, and does its module see it?"
                             : "tokens that are there: " + seen);
  if (found > 1)
    return fail(Code::conflict, "pkcs11.ambiguous", m_address.token + " may be any of several tokens: " + seen,
                "name its serial in the URI, too (serial=…)");
  return ok();
}

Result<void> TokenSession::log_in(const Secret& pin) {
  if ((m_token_flags & CKF_LOGIN_REQUIRED) == 0) return ok();
  const bool pin_pad = (m_token_flags & CKF_PROTECTED_AUTHENTICATION_PATH) != 0;
  if ((m_token_flags & CKF_USER_PIN_LOCKED) != 0)
    return fail(Code::forbidden, "pkcs11.pin-locked", "the PIN of " + m_address.token + " is locked",
                "its administrator sets a new one with the SO PIN");
  if (pin.empty() && !pin_pad)
    return fail(Code::unauthenticated, "pkcs11.pin-missing", m_address.token + " asks for a PIN",
                "write it into a file, and name the file with --passphrase-file or pin-source=file:/…");
  Bytes copy = to_bytes(pin.view());
  const CK_RV code = m_module->C_Login(m_session, CKU_USER, copy.empty() ? nullptr : as_u8(copy), copy.size());
  wipe(copy);
  switch (code) {
    case CKR_OK:
    case CKR_USER_ALREADY_LOGGED_IN:
      return ok();
    case CKR_PIN_LOCKED:
      return fail(Code::forbidden, "pkcs11.pin-locked", "the PIN of " + m_address.token + " is locked",
                  "its administrator sets a new one with the SO PIN");
    case CKR_PIN_INCORRECT:
    case CKR_PIN_INVALID:
    case CKR_PIN_LEN_RANGE:
      return fail(Code::unauthenticated, "pkcs11.pin", m_address.token + " refuses the PIN",
                  "check it before another try: after a few wrong ones a token locks");
    default:  // a code from outside, no enumeration of ours
      return failed("logging in", code);
  }
}

std::vector<CK_OBJECT_HANDLE> TokenSession::find(std::vector<CK_ATTRIBUTE> wanted, std::size_t most) const {
  std::vector<CK_OBJECT_HANDLE> out(most);
  CK_ULONG count = 0;
  if (m_module->C_FindObjectsInit(m_session, wanted.data(), wanted.size()) != CKR_OK) return {};
  if (m_module->C_FindObjects(m_session, out.data(), most, &count) != CKR_OK) count = 0;
  m_module->C_FindObjectsFinal(m_session);
  out.resize(count);
  return out;
}

Bytes TokenSession::attribute(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type) const {
  CK_ATTRIBUTE asked{type, nullptr, 0};
  if (m_module->C_GetAttributeValue(m_session, object, &asked, 1) != CKR_OK || asked.ulValueLen > kMaxAttribute)
    return {};
  Bytes out(asked.ulValueLen);
  asked.pValue = out.data();
  if (m_module->C_GetAttributeValue(m_session, object, &asked, 1) != CKR_OK || asked.ulValueLen > out.size()) return {};
  out.resize(asked.ulValueLen);
  return out;
}

Result<void> TokenSession::find_key() {
  CK_OBJECT_CLASS wanted = CKO_PRIVATE_KEY;
  std::vector<CK_ATTRIBUTE> attributes{attribute_over(CKA_CLASS, &wanted, sizeof wanted)};
  for (const CK_ATTRIBUTE_TYPE type : {CKA_LABEL, CKA_ID})
    if (const CK_ATTRIBUTE* named = m_library->uri_attribute(m_address.uri.get(), type)) attributes.push_back(*named);
  const auto found = find(attributes, 2);
  const std::string object = m_address.object.empty() ? "" : " " + m_address.object;
  if (found.empty())
    return fail(Code::not_found, "pkcs11.no-key", m_address.token + " holds no private key" + object,
                "check object and id in the URI: pkcs11-tool --list-objects shows them");
  if (found.size() > 1)
    return fail(Code::conflict, "pkcs11.ambiguous", m_address.token + " holds several private keys" + object,
                "name one in the URI with object=… or id=%…");
  m_key = found.front();
  m_id = attribute(m_key, CKA_ID);
  return ok();
}

CK_OBJECT_HANDLE TokenSession::object_beside(CK_OBJECT_CLASS wanted) const {
  if (m_id.empty()) return CK_INVALID_HANDLE;
  Bytes id = m_id;
  const auto found =
      find({attribute_over(CKA_CLASS, &wanted, sizeof wanted), attribute_over(CKA_ID, id.data(), id.size())}, 1);
  return found.empty() ? CK_INVALID_HANDLE : found.front();
}

std::vector<Certificate> TokenSession::certificates() const {
  std::vector<Certificate> out;
  const CK_OBJECT_HANDLE object = object_beside(CKO_CERTIFICATE);
  if (object == CK_INVALID_HANDLE) return out;
  if (auto certificate = Certificate::parse_der(attribute(object, CKA_VALUE))) out.push_back(*std::move(certificate));
  return out;
}

Result<PkeyPtr> TokenSession::public_key() const {
  const auto unusable = [&] {
    return fail(Code::unsupported, "key.unsupported",
                m_address.token + " does not show the public half of the key " + m_address.object,
                "store the public key or the certificate beside it, under the same id");
  };
  if (const auto beside = certificates(); !beside.empty()) {
    const Bytes der = beside.front().public_key_der();
    const std::uint8_t* at = as_u8(der);
    if (PkeyPtr key{d2i_PUBKEY(nullptr, &at, static_cast<long>(der.size()))}) return key;
  }
  const CK_OBJECT_HANDLE half = object_beside(CKO_PUBLIC_KEY);
  const auto part = [&](CK_ATTRIBUTE_TYPE type) {
    Bytes value = attribute(m_key, type);
    return value.empty() && half != CK_INVALID_HANDLE ? attribute(half, type) : value;
  };
  if (const Bytes modulus = part(CKA_MODULUS); !modulus.empty())
    if (PkeyPtr key = make_rsa_public_key(modulus, part(CKA_PUBLIC_EXPONENT))) return key;
  if (PkeyPtr key = make_curve_public_key(part(CKA_EC_PARAMS), part(CKA_EC_POINT))) return key;
  return unusable();
}

Result<Bytes> TokenSession::sign(CK_MECHANISM mechanism, BytesView input, bool& lost) {
  Bytes copy = to_bytes(input);
  Bytes out(1024);
  CK_ULONG length = out.size();
  CK_RV code = m_module->C_SignInit(m_session, &mechanism, m_key);
  if (code == CKR_OK) code = m_module->C_Sign(m_session, as_u8(copy), copy.size(), as_u8(out), &length);
  if (code == CKR_OK && length <= out.size()) {
    out.resize(length);
    return out;
  }
  lost = is_gone(code);
  if (code == CKR_MECHANISM_INVALID)
    return fail(Code::unsupported, "key.unsupported",
                m_address.token + " does not sign with this kind of key in the way that a seal needs");
  return failed("signing", code);
}

}  // namespace segell::base
