#pragma once

#include "http/body_room.h"
#include "http/head.h"
#include "http/message.h"
#include "http/transport.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>
#include <variant>

namespace segell::http {

inline constexpr std::uint64_t kNeverSpooled = ~std::uint64_t{0};

/// What a request may send, decided from its head alone, and who answers once the body is there.
struct Admission {
  std::uint64_t body_cap = 0;
  std::uint64_t spool_above = kNeverSpooled;  ///< a longer body, or one of unknown length, comes as Request::spooled
  std::function<Response(Request&)> answer;
  std::string_view pattern;  ///< of the route, for the log: never the path
  bool is_head = false;      ///< answer without body
};

/// The service behind the connections. Thread-safe; may throw, the exchange catches.
class Site {
 public:
  virtual ~Site() = default;
  /// Judges a head before its body is read: route, credential, declared length. A Response refuses the request.
  virtual std::variant<Admission, Response> admit(const Request& request) = 0;
  /// The answer for a failure that the connection itself met.
  virtual Response refuse(int status, const base::Error& error, std::string_view request_id) = 0;
  /// Told after every answer.
  virtual void answered(std::string_view pattern, const Request& request, int status,
                        std::chrono::microseconds took) = 0;
  /// Headers of every answer ("Name: value\r\n" lines).
  [[nodiscard]] virtual std::string_view common_headers() const = 0;
};

struct ExchangeLimits {
  HeadLimits head;
  std::chrono::milliseconds idle{5000};           ///< between two requests, and before the first
  std::chrono::milliseconds head_deadline{5000};  ///< for the whole head, from its first octet
  std::chrono::milliseconds body_grace{10000};    ///< the longest pause in a body or an answer
  std::uint64_t least_rate = 32 * 1024;           ///< octets a second on average, once that time is over
  std::uint64_t drain_cap = 64 * 1024;      ///< unread octets taken in to keep a connection, or after its last answer
  std::chrono::milliseconds linger{30000};  ///< how long the rest of a refused body is taken in and thrown away
  std::chrono::milliseconds linger_pause{2000};  ///< the longest pause in it
  int max_requests = 10'000;                     ///< a connection
};

/// The deadline of a transfer that began at `start` and has moved `moved` octets by now.
Deadline pace(Deadline start, std::uint64_t moved, const ExchangeLimits& limits);

/// One connection from its first octet to its end.
class Conversation {
 public:
  virtual ~Conversation() = default;
  enum class State { resting, over };
  /// Serves one request after another until the connection is over, or rests: then it needs no thread and is called
  /// again, by any, when octets have come or the connection was ended.
  virtual State proceed() = 0;
};
/// `overloaded`: answer 503 to the first request. All that is given must outlive the conversation.
std::unique_ptr<Conversation> make_conversation(Transport& transport, Site& site, BodyRoom& room,
                                                const ExchangeLimits& limits, bool overloaded);

}  // namespace segell::http
