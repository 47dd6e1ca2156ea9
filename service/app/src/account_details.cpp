#include "account_details.h"

#include "base/encoding.h"
#include "base/random.h"
#include "json_fields.h"

#include <algorithm>
#include <set>

namespace segell::app {

namespace {

/// Crockford's base32: no I, L, O, U.
constexpr std::string_view kSpoken = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr int kRecoveryCodes = 8;
constexpr int kRecoveryGroups = 3;  ///< of four characters: 60 bits
constexpr std::size_t kLeastCharacters = 12;
constexpr std::size_t kMostCharacters = 128;
constexpr std::size_t kLeastDifferent = 5;

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

base::Result<base::Sha256> digest_from(const std::string& text) {
  base::Sha256 digest{};
  const auto octets = base::from_base64url(text);
  if (!octets || octets->size() != digest.size()) return damaged("digest");
  std::copy(octets->begin(), octets->end(), digest.begin());
  return digest;
}

base::Json passkey_json(const AccountDetails::Passkey& passkey) {
  base::Json json = base::Json::object({{"id", passkey.id.text()}, {"name", passkey.name}});
  json.set("credential", base::to_base64url(passkey.key.id));
  json.set("algorithm", passkey.key.algorithm);
  json.set("key", base::to_base64url(passkey.key.public_key));
  json.set("counter", std::int64_t{passkey.key.counter});
  json.set("created", std::int64_t{passkey.created.time_since_epoch().count()});
  return json;
}

base::Result<AccountDetails::Passkey> passkey_from_json(const base::Json& json) {
  AccountDetails::Passkey passkey;
  SEGELL_TRY(const auto id, text_field(json, "id"));
  SEGELL_TRY(passkey.id, PasskeyId::parse(id));
  SEGELL_TRY(passkey.name, text_field(json, "name"));
  SEGELL_TRY(const auto credential, text_field(json, "credential"));
  SEGELL_TRY(passkey.key.id, base::from_base64url(credential));
  SEGELL_TRY(const auto algorithm, int_field(json, "algorithm"));
  passkey.key.algorithm = static_cast<int>(algorithm);
  SEGELL_TRY(const auto key, text_field(json, "key"));
  SEGELL_TRY(passkey.key.public_key, base::from_base64url(key));
  SEGELL_TRY(const auto counter, int_field(json, "counter"));
  passkey.key.counter = static_cast<std::uint32_t>(counter);
  SEGELL_TRY(const auto created, int_field(json, "created"));
  passkey.created = base::Instant(base::Microseconds(created));
  return passkey;
}

base::Failure refuse(std::string_view reason, std::string message, std::string hint) {
  return base::fail(base::Code::invalid_argument, reason, std::move(message), std::move(hint));
}

}  // namespace

base::Json to_json(const AccountDetails& details) {
  base::Json json = base::Json::object({{"shown", details.shown}, {"password", details.password}});
  if (!details.unit.empty()) json.set("unit", details.unit);
  if (details.activation) {
    json.set("activation",
             base::Json::object({{"code", base::to_base64url(details.activation->code)},
                                 {"expires", std::int64_t{details.activation->expires.time_since_epoch().count()}}}));
  }
  if (details.totp) {
    base::Json totp = base::Json::object({{"secret", base::to_base64url(details.totp->secret)}});
    if (details.totp->last_step) totp.set("lastStep", *details.totp->last_step);
    json.set("totp", std::move(totp));
  }
  if (!details.enrolling.empty()) json.set("enrolling", base::to_base64url(details.enrolling));
  if (!details.passkeys.empty()) {
    base::Json passkeys = base::Json::array();
    for (const auto& passkey : details.passkeys) passkeys.push(passkey_json(passkey));
    json.set("passkeys", std::move(passkeys));
  }
  base::Json recovery = base::Json::array();
  for (const base::Sha256& code : details.recovery) recovery.push(base::to_base64url(code));
  json.set("recovery", std::move(recovery));
  if (!details.evidence.is_null()) json.set("identityEvidence", details.evidence);
  return json;
}

base::Result<AccountDetails> account_details_from_json(const base::Json& json) {
  AccountDetails details;
  SEGELL_TRY(details.shown, text_field(json, "shown"));
  SEGELL_TRY(details.password, text_field(json, "password"));
  if (json.find("unit") != nullptr) {
    SEGELL_TRY(details.unit, text_field(json, "unit"));
  }
  if (const base::Json* activation = json.find("activation")) {
    SEGELL_TRY(const auto code, text_field(*activation, "code"));
    SEGELL_TRY(const auto expires, int_field(*activation, "expires"));
    AccountDetails::Activation read{{}, base::Instant(base::Microseconds(expires))};
    SEGELL_TRY(read.code, digest_from(code));
    details.activation = read;
  }
  if (const base::Json* totp = json.find("totp")) {
    SEGELL_TRY(const auto secret, text_field(*totp, "secret"));
    AccountDetails::Totp read;
    SEGELL_TRY(read.secret, base::from_base64url(secret));
    if (const base::Json* last = totp->find("lastStep"); last != nullptr && last->as_int() != nullptr)
      read.last_step = static_cast<std::uint64_t>(*last->as_int());
    details.totp = std::move(read);
  }
  if (json.find("enrolling") != nullptr) {
    SEGELL_TRY(const auto secret, text_field(json, "enrolling"));
    SEGELL_TRY(details.enrolling, base::from_base64url(secret));
  }
  if (const base::Json* evidence = json.find("identityEvidence")) details.evidence = *evidence;
  if (json.find("passkeys") != nullptr) {
    SEGELL_TRY(const auto* passkeys, array_field(json, "passkeys"));
    for (const base::Json& one : *passkeys) {
      SEGELL_TRY(auto passkey, passkey_from_json(one));
      details.passkeys.push_back(std::move(passkey));
    }
  }
  SEGELL_TRY(const auto* recovery, array_field(json, "recovery"));
  for (const base::Json& code : *recovery) {
    if (code.as_string() == nullptr) return damaged("recovery");
    SEGELL_TRY(const auto digest, digest_from(*code.as_string()));
    details.recovery.push_back(digest);
  }
  return details;
}

std::optional<std::string> normal_login_name(std::string_view typed) {
  while (typed.starts_with(' ')) typed.remove_prefix(1);
  while (typed.ends_with(' ')) typed.remove_suffix(1);
  if (typed.size() < 3 || typed.size() > 100) return {};
  std::string name(typed.size(), ' ');
  std::transform(typed.begin(), typed.end(), name.begin(), lower);
  const bool plain = std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           std::string_view("._-@+").find(c) != std::string_view::npos;
  });
  return plain ? std::optional(std::move(name)) : std::nullopt;
}

std::string make_spoken_code(int groups) {
  std::string code;
  const base::Bytes bits = base::random_bytes(static_cast<std::size_t>(groups) * 4);
  for (std::size_t i = 0; i < bits.size(); ++i) {
    if (i > 0 && i % 4 == 0) code += '-';
    code += kSpoken[std::to_integer<std::size_t>(bits[i] & std::byte{31})];
  }
  return code;
}

base::Sha256 spoken_code_digest(std::string_view typed) {
  std::string bare;
  for (const char c : typed) {
    const char big = upper(c);
    // What hands write for one another, as Crockford reads it.
    const char meant = big == 'O' ? '0' : big == 'I' || big == 'L' ? '1' : big;
    if (meant != '-' && meant != ' ') bare += meant;
  }
  return base::sha256(base::as_bytes("segell.spoken-code/1\n" + bare));
}

std::vector<std::string> make_recovery_codes() {
  std::vector<std::string> codes;
  for (int i = 0; i < kRecoveryCodes; ++i) codes.push_back(make_spoken_code(kRecoveryGroups));
  return codes;
}

std::vector<base::Sha256> recovery_digests(const std::vector<std::string>& codes) {
  std::vector<base::Sha256> digests;
  for (const std::string& code : codes) digests.push_back(spoken_code_digest(code));
  return digests;
}

base::Json recovery_json(const std::vector<std::string>& codes) {
  base::Json list = base::Json::array();
  for (const std::string& code : codes) list.push(code);
  return list;
}

base::Result<void> check_new_password(std::string_view password, std::string_view name) {
  const auto characters = static_cast<std::size_t>(std::count_if(
      password.begin(), password.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
  if (characters < kLeastCharacters)
    return refuse("password.too-short", "a password has 12 characters or more",
                  "several words that mean something to you alone are easy to remember");
  if (characters > kMostCharacters || !base::is_utf8(password))
    return refuse("password.too-long", "a password has 128 characters at most", "use fewer characters");
  std::string small(password.size(), ' ');
  std::transform(password.begin(), password.end(), small.begin(), lower);
  const std::string person(name.substr(0, name.find('@')));
  const bool holds_name = person.size() >= 4 && small.find(person) != std::string::npos;
  if (holds_name || std::set<char>(small.begin(), small.end()).size() < kLeastDifferent)
    return refuse("password.too-simple", "that password is easy to guess: it repeats itself, or holds the login name",
                  "several words that mean something to you alone are easy to remember");
  return base::ok();
}

}  // namespace segell::app
