#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace segell::bench {

/// One keep-alive connection to a server on this machine, plain or TLS; blocking, as light as a load client can be.
/// Throws std::runtime_error on every failure: a figure with failed requests in it says nothing.
class HttpsClient {
 public:
  /// `anchor`: PEM file of the CA to trust; empty for plain HTTP. The server's name is localhost.
  HttpsClient(std::uint16_t port, const std::filesystem::path& anchor);
  ~HttpsClient();
  HttpsClient(const HttpsClient&) = delete;
  HttpsClient& operator=(const HttpsClient&) = delete;

  struct Answer {
    int status = 0;
    std::string body;
  };
  /// Sends a whole request and reads its answer.
  Answer exchange(std::string_view request);

 private:
  struct Connection;
  void send(std::string_view octets);
  std::size_t receive(char* into, std::size_t size);
  std::unique_ptr<Connection> m_connection;
  std::string m_have;
};

/// A request's text.
std::string make_request(std::string_view method, std::string_view path, std::string_view fields,
                         std::string_view body);

}  // namespace segell::bench
