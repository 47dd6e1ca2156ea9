#include "http/raw_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstring>
#include <stdexcept>
#include <utility>

namespace segell::tests {

using std::chrono::steady_clock;

RawClient::RawClient(std::uint16_t port) {
  m_fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  sockaddr generic{};
  static_assert(sizeof generic == sizeof address);
  std::memcpy(&generic, &address, sizeof address);
  if (m_fd < 0 || ::connect(m_fd, &generic, sizeof generic) != 0) throw std::runtime_error("cannot connect");
  const int on = 1;
  ::setsockopt(m_fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

RawClient::~RawClient() { ::close(m_fd); }

bool RawClient::send(std::string_view octets) {
  while (!octets.empty()) {
    const auto count = ::send(m_fd, octets.data(), octets.size(), MSG_NOSIGNAL);
    if (count <= 0) return false;
    octets.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

void RawClient::finish_sending() { ::shutdown(m_fd, SHUT_WR); }

bool RawClient::receive(steady_clock::time_point until) {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - steady_clock::now()).count();
  pollfd entry{m_fd, POLLIN, 0};
  if (left <= 0 || ::poll(&entry, 1, static_cast<int>(left)) <= 0) return false;
  char piece[65536];
  const auto count = ::recv(m_fd, piece, sizeof piece, 0);
  if (count <= 0) return false;
  m_have.append(piece, static_cast<std::size_t>(count));
  return true;
}

std::string RawClient::read_all(std::chrono::milliseconds time) {
  const auto until = steady_clock::now() + time;
  while (receive(until)) {
  }
  return std::exchange(m_have, {});
}

std::string RawClient::read_answer(std::chrono::milliseconds time) {
  const auto until = steady_clock::now() + time;
  while (true) {
    const auto end = m_have.find("\r\n\r\n");
    if (end != std::string::npos) {
      const auto field = m_have.find("Content-Length: ");
      const std::size_t length = field < end ? std::stoul(m_have.substr(field + 16)) : 0;
      if (m_have.size() >= end + 4 + length) {
        auto answer = m_have.substr(0, end + 4 + length);
        m_have.erase(0, end + 4 + length);
        return answer;
      }
    }
    if (!receive(until)) return {};
  }
}

bool RawClient::closed_within(std::chrono::milliseconds time) {
  const auto until = steady_clock::now() + time;
  while (receive(until)) {
  }
  return steady_clock::now() < until;
}

int status_of_answer(std::string_view answer) {
  if (!answer.starts_with("HTTP/1.1 ") || answer.size() < 12) return 0;
  return (answer[9] - '0') * 100 + (answer[10] - '0') * 10 + (answer[11] - '0');
}

std::vector<int> statuses(std::string_view answers) {
  std::vector<int> found;
  for (auto at = answers.find("HTTP/1.1 "); at != answers.npos; at = answers.find("HTTP/1.1 ", at + 1))
    found.push_back(status_of_answer(answers.substr(at)));
  return found;
}

std::string body_of(std::string_view answer) {
  const auto end = answer.find("\r\n\r\n");
  return end == answer.npos ? std::string() : std::string(answer.substr(end + 4));
}

}  // namespace segell::tests
