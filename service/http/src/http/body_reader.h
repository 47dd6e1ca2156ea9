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
    not_kept,   ///< the disk did not take it: failure()
  };

  BodyReader(Transport& transport, Inbox& inbox, BodyRoom& room, const ExchangeLimits& limits)
      : m_transport(transport), m_inbox(inbox), m_room(room), m_limits(limits) {}
  ~BodyReader() { give_back(); }
  BodyReader(const BodyReader&) = delete;
  BodyReader& operator=(const BodyReader&) = delete;

  /// Fills the request's body, or its spool.
  End read(Request& request, const Admission& admission);
  [[nodiscard]] const base::Error& failure() const { return m_failure; }
  /// The body is not held any more: its room is for others.
  void give_back() { budget().give_back(std::exchange(m_taken, 0)); }

 private:
  End read_length(std::uint64_t length, base::Bytes& body);
  End read_chunked(std::uint64_t cap, base::Bytes& body);
  End read_spooled(const RequestHead& head, std::uint64_t cap, std::shared_ptr<const base::Spool>& to);
  End spool_length(std::uint64_t length, base::Spool& spool);
  End spool_chunked(std::uint64_t cap, base::Spool& spool);
  End not_kept(base::Error failure);
  [[nodiscard]] BodyBudget& budget() { return m_spools ? m_room.disk : m_room.memory; }
  bool reserve(std::uint64_t total);
  void push_deadline(std::uint64_t received);

  Transport& m_transport;
  Inbox& m_inbox;
  BodyRoom& m_room;
  const ExchangeLimits& m_limits;
  std::chrono::steady_clock::time_point m_start;
  std::uint64_t m_taken = 0;
  bool m_spools = false;
  base::Error m_failure{};
};

}  // namespace segell::http
