#pragma once

#include "base/bytes.h"
#include "base/result.h"

#include <chrono>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace segell::base {

struct HttpRequest {
  std::string method = "GET";
  std::string url{};
  std::vector<std::pair<std::string, std::string>> headers{};
  Bytes body{};
};

/// Bounds of one exchange, the whole of it: connecting, sending, receiving.
struct HttpBounds {
  std::chrono::milliseconds deadline{5000};
  std::size_t max_response_bytes = 64 * 1024;
};

struct HttpHead {
  int status = 0;
  std::vector<std::pair<std::string, std::string>> headers{};  ///< names in lower case
};

/// Receives the body piece by piece; a failure ends the exchange and comes back from it.
using BodySink = std::function<Result<void>(BytesView)>;

/// The one way out to the network. signer (TSA, OCSP, CRL), storage (S3) and app receive it; they never make one.
/// Redirects are never followed. Thread-safe.
class HttpExchange {
 public:
  virtual ~HttpExchange() = default;
  /// Any status is a success here: judging it is the caller's. Errors: unavailable "http.unreachable", timed_out
  /// "http.timeout", limit_exceeded "http.too-large", invalid_argument "http.url" (only http and https; user info and
  /// fragments refused).
  [[nodiscard]] virtual Result<HttpHead> exchange(const HttpRequest& request, const HttpBounds& bounds,
                                                  const BodySink& sink) = 0;
};

struct HttpAnswer {
  HttpHead head;
  Bytes body{};
};

/// The exchange with its body collected.
Result<HttpAnswer> fetch(HttpExchange& http, const HttpRequest& request, const HttpBounds& bounds);

}  // namespace segell::base
