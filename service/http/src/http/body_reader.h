#pragma once

#include "http/exchange.h"
#include "http/inbox.h"

#include <optional>
#include <utility>

namespace segell::http {

/// Reads a request's body whole, or tells why not. A short body is never handed on.
class BodyReader {
 public:
  enum class End {
    complete,
    too_large,  ///< more than the cap; unread octets may remain
    malformed,  ///< broken chunks
    no_room,    ///< the process holds too many bodies
    cut_off,    ///< the client went away or stalled
  };

  BodyReader(Transport& transport, Inbox& inbox, BodyBudget& budget, const ExchangeLimits& limits)
      : m_transport(transport), m_inbox(inbox), m_budget(budget), m_limits(limits) {}
  ~BodyReader() { give_back(); }
  BodyReader(const BodyReader&) = delete;
  BodyReader& operator=(const BodyReader&) = delete;

  End read(const RequestHead& head, std::uint64_t cap, base::Bytes& body);
  /// The body is not held any more: its room is for others.
  void give_back() { m_budget.give_back(std::exchange(m_taken, 0)); }

 private:
  End read_length(std::uint64_t length, base::Bytes& body);
  End read_chunked(std::uint64_t cap, base::Bytes& body);
  bool reserve(std::uint64_t total);
  void push_deadline(std::uint64_t received);

  Transport& m_transport;
  Inbox& m_inbox;
  BodyBudget& m_budget;
  const ExchangeLimits& m_limits;
  std::chrono::steady_clock::time_point m_start;
  std::uint64_t m_taken = 0;
};

}  // namespace segell::http
