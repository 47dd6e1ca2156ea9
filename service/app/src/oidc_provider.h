#pragma once

#include "app/oidc.h"
#include "id_token.h"

#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace segell::app {

/// One identity provider: what it publishes, kept for a while, and the exchange of a code. Thread-safe.
class OidcProvider {
 public:
  OidcProvider(OidcSettings settings, std::string return_address, base::HttpExchange& http, const base::Clock& clock);

  [[nodiscard]] const OidcSettings& settings() const { return m_settings; }

  /// Where a browser goes to log in.
  base::Result<std::string> authorization_address(std::string_view state, std::string_view nonce,
                                                  std::string_view challenge);
  /// The identity behind a code; the token's own digest too.
  struct Proven {
    Identity identity;
    base::Sha256 token{};
  };
  base::Result<Proven> redeem(std::string_view code, std::string_view verifier, std::string_view nonce);

 private:
  struct Metadata {
    std::string authorization;
    std::string token;
    std::string keys;
    base::Instant read{};
  };
  base::Result<Metadata> metadata();
  base::Result<std::string> ask_for_token(const Metadata& found, std::string_view code, std::string_view verifier);
  base::Result<std::vector<ProviderKey>> keys(const Metadata& found, bool afresh);
  base::Result<base::Json> fetch_json(const std::string& url);

  OidcSettings m_settings;
  std::string m_return_address;
  base::HttpExchange& m_http;
  const base::Clock& m_clock;
  std::mutex m_mutex;
  std::optional<Metadata> m_metadata;    // guarded by m_mutex
  std::vector<ProviderKey> m_keys;       // guarded by m_mutex
  std::optional<base::Instant> m_keyed;  // guarded by m_mutex; when m_keys were read
};

}  // namespace segell::app
