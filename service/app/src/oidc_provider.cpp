#include "oidc_provider.h"

#include "base/encoding.h"

#include <algorithm>
#include <chrono>

namespace segell::app {

namespace {

constexpr std::chrono::minutes kMetadataLife{60};
constexpr std::chrono::minutes kKeysLife{60};
/// New keys are looked for when a token names an unknown one, at most this often.
constexpr std::chrono::seconds kKeysRest{5};
constexpr base::HttpBounds kBounds{std::chrono::milliseconds(8000), 256 * 1024};

using Pairs = std::vector<std::pair<std::string_view, std::string_view>>;
std::string form(const Pairs& pairs) {
  std::string out;
  for (const auto& [name, value] : pairs)
    out.append(out.empty() ? "" : "&").append(name).append("=").append(base::percent_encode(value));
  return out;
}

std::string_view scheme_of(std::string_view url) { return url.substr(0, url.find("://")); }

}  // namespace

OidcProvider::OidcProvider(OidcSettings settings, std::string return_address, base::HttpExchange& http,
                           const base::Clock& clock)
    : m_settings(std::move(settings)), m_return_address(std::move(return_address)), m_http(http), m_clock(clock) {}

base::Result<base::Json> OidcProvider::fetch_json(const std::string& url) {
  SEGELL_TRY(const auto answer,
             base::fetch(m_http, {.url = url, .headers = {{"Accept", "application/json"}}}, kBounds));
  if (answer.head.status != 200)
    return base::fail(base::Code::unavailable, "oidc.unavailable",
                      "the identity provider answered " + std::to_string(answer.head.status),
                      "try again in a minute, or log in another way");
  auto json = base::parse_json(base::as_text(answer.body));
  if (!json || json->as_object() == nullptr)
    return provider_untrusted("oidc.metadata", "the identity provider's description cannot be read");
  return json;
}

base::Result<OidcProvider::Metadata> OidcProvider::metadata() {
  const base::Instant now = m_clock.now();
  {
    const std::scoped_lock lock(m_mutex);
    if (m_metadata && now >= m_metadata->read && now - m_metadata->read < kMetadataLife) return *m_metadata;
  }
  std::string base = m_settings.issuer;
  if (base.ends_with('/')) base.pop_back();
  SEGELL_TRY(const auto json, fetch_json(base + "/.well-known/openid-configuration"));
  // OpenID Connect Discovery 1.0 section 4.3.
  if (member_text(json, "issuer") != m_settings.issuer)
    return provider_untrusted("oidc.metadata", "the identity provider describes another one than was configured");
  Metadata read{member_text(json, "authorization_endpoint"), member_text(json, "token_endpoint"),
                member_text(json, "jwks_uri"), now};
  for (const std::string* address : {&read.authorization, &read.token, &read.keys}) {
    if (address->find("://") == std::string::npos || scheme_of(*address) != scheme_of(m_settings.issuer))
      return provider_untrusted("oidc.metadata",
                                "the identity provider lacks an address, or names one that is less protected");
  }
  const std::scoped_lock lock(m_mutex);
  m_metadata = read;
  return read;
}

base::Result<std::vector<ProviderKey>> OidcProvider::keys(const Metadata& found, bool afresh) {
  const base::Instant now = m_clock.now();
  {
    const std::scoped_lock lock(m_mutex);
    const auto life = afresh ? std::chrono::microseconds(kKeysRest) : std::chrono::microseconds(kKeysLife);
    if (m_keyed && now >= *m_keyed && now - *m_keyed < life) return m_keys;
  }
  SEGELL_TRY(const auto json, fetch_json(found.keys));
  SEGELL_TRY(auto read, read_key_set(json));
  const std::scoped_lock lock(m_mutex);
  m_keys = read;
  m_keyed = now;
  return read;
}

base::Result<std::string> OidcProvider::authorization_address(std::string_view state, std::string_view nonce,
                                                              std::string_view challenge) {
  SEGELL_TRY(const auto found, metadata());
  Pairs pairs{{"response_type", "code"},
              {"client_id", m_settings.client},
              {"redirect_uri", m_return_address},
              {"scope", m_settings.scope},
              {"state", state},
              {"nonce", nonce},
              {"code_challenge", challenge},
              {"code_challenge_method", "S256"}};
  if (!m_settings.context_classes.empty()) pairs.emplace_back("acr_values", m_settings.context_classes);
  return found.authorization + (found.authorization.find('?') == std::string::npos ? "?" : "&") + form(pairs);
}

base::Result<std::string> OidcProvider::ask_for_token(const Metadata& found, std::string_view code,
                                                      std::string_view verifier) {
  Pairs pairs{{"grant_type", "authorization_code"},
              {"code", code},
              {"redirect_uri", m_return_address},
              {"code_verifier", verifier}};
  base::HttpRequest request{"POST", found.token, {}, {}};
  request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}, {"Accept", "application/json"}};
  if (m_settings.secret.empty()) {
    pairs.emplace_back("client_id", m_settings.client);
  } else {  // client_secret_basic: RFC 6749 section 2.3.1 encodes both parts first
    const std::string pair = base::percent_encode(m_settings.client) + ':' + base::percent_encode(m_settings.secret);
    request.headers.emplace_back("Authorization", "Basic " + base::to_base64(base::as_bytes(pair)));
  }
  request.body = base::to_bytes(form(pairs));
  SEGELL_TRY(const auto answer, base::fetch(m_http, request, kBounds));
  const auto json = base::parse_json(base::as_text(answer.body));
  if (answer.head.status >= 500)
    return base::fail(base::Code::unavailable, "oidc.unavailable",
                      "the identity provider answered " + std::to_string(answer.head.status),
                      "try again in a minute, or log in another way");
  if (answer.head.status != 200 || !json)
    return base::fail(base::Code::unauthenticated, "oidc.refused", "the identity provider did not confirm the login",
                      "begin the login again");
  std::string token = member_text(*json, "id_token");
  if (token.empty()) return provider_untrusted("oidc.token-malformed", "the identity provider sent no ID token");
  return token;
}

base::Result<OidcProvider::Proven> OidcProvider::redeem(std::string_view code, std::string_view verifier,
                                                        std::string_view nonce) {
  SEGELL_TRY(const auto found, metadata());
  SEGELL_TRY(const auto text, ask_for_token(found, code, verifier));
  SEGELL_TRY(const auto token, read_token(text));
  SEGELL_TRY(auto known, keys(found, false));
  const ProviderKey* key = find_key(known, token);
  if (key == nullptr) {  // the provider changes its keys now and then: look once more
    SEGELL_TRY(known, keys(found, true));
    key = find_key(known, token);
  }
  if (key == nullptr)
    return provider_untrusted("oidc.algorithm", "the token is signed with a key that the provider does not publish");
  SEGELL_TRY(auto identity, check_token(token, *key, {m_settings.issuer, m_settings.client, nonce, m_clock.now()}));
  return Proven{std::move(identity), base::sha256(base::as_bytes(text))};
}

}  // namespace segell::app
