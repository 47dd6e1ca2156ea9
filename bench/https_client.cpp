#include "https_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstring>
#include <stdexcept>

namespace segell::bench {
namespace {

using ContextPtr = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;
using SslPtr = std::unique_ptr<SSL, decltype(&SSL_free)>;

SSL_CTX* client_context(const std::filesystem::path& anchor) {
  static const ContextPtr context = [&] {
    ContextPtr made(SSL_CTX_new(TLS_client_method()), &SSL_CTX_free);
    if (!made || SSL_CTX_load_verify_locations(made.get(), anchor.c_str(), nullptr) != 1)
      throw std::runtime_error("cannot load " + anchor.string());
    SSL_CTX_set_verify(made.get(), SSL_VERIFY_PEER, nullptr);
    return made;
  }();
  return context.get();
}

}  // namespace

struct HttpsClient::Connection {
  ~Connection() {
    if (ssl) SSL_shutdown(ssl.get());
    if (fd >= 0) ::close(fd);
  }
  int fd = -1;
  SslPtr ssl{nullptr, &SSL_free};
};

HttpsClient::HttpsClient(std::uint16_t port, const std::filesystem::path& anchor)
    : m_connection(std::make_unique<Connection>()) {
  m_connection->fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  sockaddr generic{};
  std::memcpy(&generic, &address, sizeof address);
  if (m_connection->fd < 0 || ::connect(m_connection->fd, &generic, sizeof generic) != 0)
    throw std::runtime_error("cannot connect");
  const int on = 1;
  ::setsockopt(m_connection->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (anchor.empty()) return;
  m_connection->ssl.reset(SSL_new(client_context(anchor)));
  SSL_set_fd(m_connection->ssl.get(), m_connection->fd);
  char name[] = "localhost";  // SSL_set_tlsext_host_name is a macro with a cast of C in it
  SSL_ctrl(m_connection->ssl.get(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, name);
  SSL_set1_host(m_connection->ssl.get(), "localhost");
  if (SSL_connect(m_connection->ssl.get()) != 1) throw std::runtime_error("TLS handshake failed");
}

HttpsClient::~HttpsClient() = default;

void HttpsClient::send(std::string_view octets) {
  while (!octets.empty()) {
    const auto count = m_connection->ssl
                           ? SSL_write(m_connection->ssl.get(), octets.data(), static_cast<int>(octets.size()))
                           : static_cast<int>(::send(m_connection->fd, octets.data(), octets.size(), MSG_NOSIGNAL));
    if (count <= 0) throw std::runtime_error("the server closed the connection");
    octets.remove_prefix(static_cast<std::size_t>(count));
  }
}

std::size_t HttpsClient::receive(char* into, std::size_t size) {
  const auto count = m_connection->ssl ? SSL_read(m_connection->ssl.get(), into, static_cast<int>(size))
                                       : static_cast<int>(::recv(m_connection->fd, into, size, 0));
  if (count <= 0) throw std::runtime_error("the server closed the connection");
  return static_cast<std::size_t>(count);
}

HttpsClient::Answer HttpsClient::exchange(std::string_view request) {
  send(request);
  char piece[65536];
  while (true) {
    const auto end = m_have.find("\r\n\r\n");
    if (end != std::string::npos) {
      const auto field = m_have.find("Content-Length: ");
      const std::size_t length = field < end ? std::stoul(m_have.substr(field + 16)) : 0;
      if (m_have.size() >= end + 4 + length) {
        Answer answer{std::stoi(m_have.substr(9, 3)), m_have.substr(end + 4, length)};
        m_have.erase(0, end + 4 + length);
        return answer;
      }
    }
    m_have.append(piece, receive(piece, sizeof piece));
  }
}

std::string make_request(std::string_view method, std::string_view path, std::string_view fields,
                         std::string_view body) {
  std::string text(method);
  text.append(" ").append(path).append(" HTTP/1.1\r\nHost: localhost\r\n").append(fields);
  if (!body.empty()) text.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n");
  return text.append("\r\n").append(body);
}

}  // namespace segell::bench
