#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace segell::tests {

/// A TCP client that sends exactly the octets it is told and reads what comes, as no HTTP library would.
class RawClient {
 public:
  explicit RawClient(std::uint16_t port);
  ~RawClient();
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  /// False when the peer has gone.
  bool send(std::string_view octets);
  void finish_sending();
  /// All until the peer closes, or as much as came within the time.
  std::string read_all(std::chrono::milliseconds time = std::chrono::seconds(10));
  /// Until one whole answer with Content-Length is there; what follows it stays for the next call. Empty at the end.
  std::string read_answer(std::chrono::milliseconds time = std::chrono::seconds(10));
  /// True when the peer closed within the time.
  bool closed_within(std::chrono::milliseconds time);

 private:
  bool receive(std::chrono::steady_clock::time_point until);

  int m_fd = -1;
  std::string m_have;
};

/// "HTTP/1.1 200 OK…" → 200; 0 when it is no status line.
int status_of_answer(std::string_view answer);
/// The statuses of all answers in a row.
std::vector<int> statuses(std::string_view answers);
std::string body_of(std::string_view answer);

}  // namespace segell::tests
