#pragma once

#include "base/result.h"
#include "http/exchange.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace segell::http {

/// PEM files of the server's certificate (with its chain behind it) and key.
struct TlsFiles {
  std::string certificate;
  std::string key;
};

/// Whether key and first certificate belong together and can be used: Poco would start with a key of another
/// certificate and fail at every handshake. Errors: those of base::load_file, Certificate::parse_pem,
/// parse_signing_key_pem and make_seal_identity.
base::Result<void> check_tls_files(const TlsFiles& files);

struct ServerOptions {
  std::string address = "127.0.0.1";  ///< IPv4 or IPv6 literal
  std::uint16_t port = 0;             ///< 0: any free one
  bool tls = false;
  TlsFiles tls_files;
  int max_connections = 1100;                     ///< one thread each, while they work
  std::uint64_t body_budget = 512 * 1024 * 1024;  ///< octets of all request bodies in memory together
  std::uint64_t spool_budget = 0;                 ///< and of those in files
  std::filesystem::path spool_folder{};           ///< of these files
  ExchangeLimits limits;
};

/// The listening side: Poco's TCP server behind our own reader (head.h says why), one thread a connection that is at
/// work; those between two requests wait together. TLS 1.2 and 1.3 with forward secrecy and AEAD only.
class Server {
 public:
  /// Listens and serves. `site` must outlive the server. Errors: invalid_argument "http.address", io "http.listen" and
  /// "http.tls-files".
  static base::Result<std::unique_ptr<Server>> start(const ServerOptions& options, Site& site);
  /// Stops within two seconds if nobody did before.
  virtual ~Server() = default;

  [[nodiscard]] virtual std::uint16_t port() const = 0;
  [[nodiscard]] virtual int connections() const = 0;
  /// Accepts nothing more, ends idle connections at once, lets running requests finish until `grace` has passed, then
  /// cuts them off. False when an endpoint was still running after that.
  virtual bool stop(std::chrono::milliseconds grace) = 0;
};

}  // namespace segell::http
