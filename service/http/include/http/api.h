#pragma once

#include "http/exchange.h"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace segell::app {
class OidcLogin;
class Service;
}  // namespace segell::app

namespace segell::http {

/// A file of the built pages, embedded in the executable.
struct Asset {
  std::string_view path;  ///< "/visit" or "/assets/visit-3f2a.js"
  std::string_view media_type;
  std::string_view content;
};

struct ApiOptions {
  bool tls = false;               ///< browsers are told to come by TLS only
  std::span<const Asset> assets;  ///< of static life
  std::uint64_t max_document_bytes = 64u << 20;
  std::uint64_t max_checked_bytes = 512u << 20;  ///< of a file that anyone has checked
  std::string public_url{};                      ///< whose origin the pages have
  std::vector<std::string> proxies{};            ///< addresses whose X-Forwarded-For is believed
  app::OidcLogin* oidc = nullptr;                ///< the way in through an identity provider; borrowed
  bool log_every_request = false;                ///< else only what the service failed at
};

/// Every endpoint of design 4.4, in one table. `service` must outlive it. Writes its log through spdlog's default
/// logger: route patterns and request ids, never paths, queries, bodies or tokens.
std::unique_ptr<Site> make_api(app::Service& service, const ApiOptions& options);

struct Operation {
  std::string_view method;
  std::string_view pattern;  ///< as in the OpenAPI document
};
/// What the table serves, assets apart.
std::vector<Operation> list_operations();

/// The OpenAPI 3.1 document served at /openapi.json.
std::string_view openapi_document();

}  // namespace segell::http
