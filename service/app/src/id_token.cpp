#include "id_token.h"

#include "base/encoding.h"

#include <algorithm>
#include <chrono>

namespace segell::app {

base::Failure provider_untrusted(std::string_view reason, std::string message) {
  return base::fail(base::Code::untrusted, reason, std::move(message),
                    "ask whoever runs this service: the identity provider's answer was not believed");
}

std::string member_text(const base::Json& object, std::string_view name) {
  const base::Json* member = object.find(name);
  return member == nullptr || member->as_string() == nullptr ? std::string() : *member->as_string();
}

namespace {

constexpr std::size_t kMostOctets = 32 * 1024;
constexpr std::chrono::seconds kGrace{60};
constexpr std::size_t kMostKeys = 32;

base::Failure token_malformed() {
  return provider_untrusted("oidc.token-malformed", "the identity provider's token cannot be read");
}

std::optional<base::Instant> time_of(const base::Json& object, std::string_view name) {
  const base::Json* member = object.find(name);
  if (member == nullptr) return {};
  constexpr std::int64_t kMost = 253402300799;  // 9999-12-31
  if (const auto* seconds = member->as_int(); seconds != nullptr && *seconds >= 0 && *seconds <= kMost)
    return base::Instant(std::chrono::seconds(*seconds));
  if (const auto* seconds = member->as_double(); seconds != nullptr && *seconds >= 0 && *seconds <= double(kMost))
    return base::Instant(std::chrono::seconds(static_cast<std::int64_t>(*seconds)));
  return {};
}

bool names(const base::Json* audience, std::string_view client, bool& several) {
  if (audience == nullptr) return false;
  if (const auto* one = audience->as_string()) return *one == client;
  const auto* all = audience->as_array();
  if (all == nullptr) return false;
  several = all->size() > 1;
  return std::any_of(all->begin(), all->end(),
                     [&](const base::Json& one) { return one.as_string() != nullptr && *one.as_string() == client; });
}

base::Result<base::VerifyingKey> read_key(const base::Json& jwk) {
  if (member_text(jwk, "kty") == "RSA") {
    SEGELL_TRY(const auto n, base::from_base64url(member_text(jwk, "n")));
    SEGELL_TRY(const auto e, base::from_base64url(member_text(jwk, "e")));
    return base::VerifyingKey::rsa(n, e);
  }
  if (member_text(jwk, "kty") == "EC" && member_text(jwk, "crv") == "P-256") {
    SEGELL_TRY(const auto x, base::from_base64url(member_text(jwk, "x")));
    SEGELL_TRY(const auto y, base::from_base64url(member_text(jwk, "y")));
    return base::VerifyingKey::p256(x, y);
  }
  return provider_untrusted("oidc.keys", "a key of another kind");
}

std::string_view algorithm_of(base::VerifyingKey::Kind kind) {
  return kind == base::VerifyingKey::Kind::rsa ? "RS256" : "ES256";
}

base::Result<base::Json> read_part(std::string_view part) {
  const auto octets = base::from_base64url(part);
  if (!octets) return token_malformed();
  auto json = base::parse_json(base::as_text(*octets), {kMostOctets, 16, 1000});
  if (!json || json->as_object() == nullptr) return token_malformed();
  return json;
}

}  // namespace

base::Result<std::vector<ProviderKey>> read_key_set(const base::Json& set) {
  const base::Json* listed = set.find("keys");
  if (listed == nullptr || listed->as_array() == nullptr || listed->as_array()->size() > kMostKeys)
    return provider_untrusted("oidc.keys", "the identity provider's keys cannot be read");
  std::vector<ProviderKey> keys;
  for (const base::Json& jwk : *listed->as_array()) {
    const std::string use = member_text(jwk, "use");
    if (!use.empty() && use != "sig") continue;
    auto key = read_key(jwk);
    if (!key) continue;
    const std::string algorithm = member_text(jwk, "alg");
    if (!algorithm.empty() && algorithm != algorithm_of(key->kind())) continue;
    keys.push_back({member_text(jwk, "kid"), *std::move(key)});
  }
  if (keys.empty()) return provider_untrusted("oidc.keys", "the identity provider has no key for RS256 or ES256");
  return keys;
}

base::Result<UncheckedToken> read_token(std::string_view text) {
  const auto first = text.find('.');
  const auto second = first == text.npos ? text.npos : text.find('.', first + 1);
  if (text.size() > kMostOctets || second == text.npos || text.find('.', second + 1) != text.npos)
    return token_malformed();
  SEGELL_TRY(const auto header, read_part(text.substr(0, first)));
  // RFC 7515 section 4.1.11: extensions that must be understood, and are not.
  if (header.find("crit") != nullptr) return token_malformed();
  UncheckedToken token;
  token.algorithm = member_text(header, "alg");
  token.key_id = member_text(header, "kid");
  SEGELL_TRY(token.claims, read_part(text.substr(first + 1, second - first - 1)));
  auto signature = base::from_base64url(text.substr(second + 1));
  if (!signature) return token_malformed();
  token.signature = *std::move(signature);
  token.signed_part = std::string(text.substr(0, second));
  return token;
}

const ProviderKey* find_key(const std::vector<ProviderKey>& keys, const UncheckedToken& token) {
  const ProviderKey* found = nullptr;
  for (const ProviderKey& key : keys) {
    if (algorithm_of(key.key.kind()) != token.algorithm) continue;
    if (!token.key_id.empty() && key.id != token.key_id) continue;
    if (found != nullptr) return nullptr;
    found = &key;
  }
  return found;
}

base::Result<Identity> check_token(const UncheckedToken& token, const ProviderKey& key, const Expected& expected) {
  if (token.algorithm != algorithm_of(key.key.kind()))
    return provider_untrusted("oidc.algorithm", "the token is signed in a way that is not accepted");
  if (!key.key.verify(base::as_bytes(token.signed_part), token.signature))
    return provider_untrusted("oidc.signature", "the token is not signed by the identity provider");
  const base::Json& claims = token.claims;
  if (member_text(claims, "iss") != expected.issuer)
    return provider_untrusted("oidc.issuer", "the token is of another identity provider");
  bool several = false;
  if (!names(claims.find("aud"), expected.client, several))
    return provider_untrusted("oidc.audience", "the token is meant for another service");
  const std::string party = member_text(claims, "azp");
  if ((several && party.empty()) || (!party.empty() && party != expected.client))
    return provider_untrusted("oidc.audience", "the token was issued to another service");
  const auto expires = time_of(claims, "exp");
  const auto issued = time_of(claims, "iat");
  if (!expires || !issued) return token_malformed();
  if (*expires + kGrace <= expected.now) return provider_untrusted("oidc.expired", "the token is too old");
  const auto not_before = time_of(claims, "nbf");
  if (*issued > expected.now + kGrace || (not_before && *not_before > expected.now + kGrace))
    return provider_untrusted("oidc.not-yet", "the token is of a time that has not come");
  if (expected.nonce.empty() || member_text(claims, "nonce") != expected.nonce)
    return provider_untrusted("oidc.nonce", "the token answers another login");
  Identity identity{member_text(claims, "sub"), member_text(claims, "acr"), claims};
  if (identity.subject.empty() || identity.subject.size() > 255) return token_malformed();
  return identity;
}

}  // namespace segell::app
