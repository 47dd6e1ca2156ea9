#pragma once

#include "base/http_exchange.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace segell::net {

struct CurlOptions {
  /// PEM file with the certificate authorities to trust for https; empty: those of the system.
  std::filesystem::path ca_file{};
  /// The only hosts to talk to, as they stand in the URL (a name, or an address; IPv6 in brackets), compared without
  /// case. Empty: any host.
  std::vector<std::string> allowed_hosts{};
};

/// HttpExchange over libcurl. Redirects, proxies of the environment, cookies, .netrc, authentication and every scheme
/// but http and https are off; certificates and host names of https are always checked. Connections are kept and used
/// again. Beyond the port's own errors: untrusted "http.tls" (the peer's certificate is not trusted), forbidden
/// "http.host" (not in allowed_hosts), invalid_argument "http.header" (a method or header with characters that do not
/// belong there), limit_exceeded "http.too-large" also for a head of more than 64 KiB. Messages name the host at most.
std::unique_ptr<base::HttpExchange> make_curl_exchange(CurlOptions options = {});

}  // namespace segell::net
