#pragma once

#include "signer/ades/timestamp_token.h"

#include "base/http_exchange.h"

#include <chrono>

namespace segell::signer::ades {

/// A time-stamping authority, and why we believe it.
struct TimestampAuthority {
  std::string url;
  std::vector<base::Certificate> anchors;        ///< what its chain must end in
  std::vector<base::Certificate> intermediates;  ///< certificates that its tokens may leave out
  std::string policy;                            ///< dotted object identifier to ask for, or empty: any
  std::vector<std::string> fallbacks{};          ///< further addresses, of it or of others under the same anchors
};

struct TimestampBounds {
  std::chrono::milliseconds deadline{5000};  ///< of the whole exchange
  std::size_t max_response_bytes = 64 * 1024;
  std::chrono::seconds clock_tolerance{300};  ///< how far genTime may lie from our clock, either way
};

/// What is asked, kept to judge the answer.
struct TimestampQuestion {
  base::HashAlgorithm algorithm = base::HashAlgorithm::sha256;
  base::Bytes imprint;
  base::Bytes nonce;   ///< big-endian octets, the first one 1..127
  std::string policy;  ///< empty: any
};

/// A question with a fresh 128-bit nonce.
TimestampQuestion make_timestamp_question(base::HashAlgorithm algorithm, base::BytesView digest, std::string policy);

/// TimeStampReq in DER (RFC 3161 2.4.1), certReq true. Error: invalid_argument "tsa.policy" for a policy that is no
/// object identifier.
base::Result<base::Bytes> write_timestamp_request(const TimestampQuestion& question);

/// Judges a TimeStampResp before anything of it is used: status, version, imprint, nonce, policy, token signature, ESS
/// binding, key usage, chain to the anchors at genTime, genTime near `now`. Errors, each lie its own: malformed
/// "tsa.malformed"; untrusted "tsa.rejected" (with the authority's words), "tsa.wrong-nonce", "tsa.wrong-imprint",
/// "tsa.wrong-policy", "tsa.wrong-time", "tsa.forged", "tsa.untrusted".
base::Result<TimestampToken> accept_timestamp_response(base::BytesView response, const TimestampQuestion& question,
                                                       const TimestampAuthority& authority, base::Instant now,
                                                       std::chrono::seconds clock_tolerance);

/// Fetches RFC 3161 tokens. Thread-safe where its exchange and clock are.
class TimestampClient {
 public:
  /// Exchange and clock are borrowed for the client's life.
  TimestampClient(base::HttpExchange& http, const base::Clock& clock, TimestampAuthority authority,
                  TimestampBounds bounds = {});

  /// A token over the digest, checked; each address is tried in turn. Errors of the last one:
  /// accept_timestamp_response, and: timed_out "tsa.timeout", unavailable "tsa.unreachable" (no connection, or a status
  /// that is not 200), limit_exceeded "tsa.too-large".
  [[nodiscard]] base::Result<TimestampToken> fetch(base::HashAlgorithm algorithm, base::BytesView digest) const;

 private:
  [[nodiscard]] base::Result<TimestampToken> fetch_from(const std::string& url, base::HashAlgorithm algorithm,
                                                        base::BytesView digest) const;
  base::HttpExchange& m_http;
  const base::Clock& m_clock;
  TimestampAuthority m_authority;
  TimestampBounds m_bounds;
};

}  // namespace segell::signer::ades
