#include "http/raw_client.h"
#include "http/test_site.h"
#include "support/child_process.h"

#include <doctest/doctest.h>

#include <string>

using namespace std::chrono_literals;
using segell::http::Server;
using segell::http::ServerOptions;
using segell::tests::RawClient;
using segell::tests::run;
using segell::tests::TestServer;

namespace {

const std::string kIssued = SEGELL_PKI;

/// The server's certificate with its issuer behind it, as a server file holds them.
std::string chain_file() {
  static const segell::tests::TemporaryFolder folder;
  const auto path = folder / "tls-chain.pem";
  segell::tests::write_file(
      path, segell::tests::read_file(kIssued + "/tls.pem") + segell::tests::read_file(kIssued + "/issuing.pem"));
  return path.string();
}

ServerOptions tls_options() {
  ServerOptions options;
  options.tls = true;
  options.tls_files = {chain_file(), kIssued + "/tls.key"};
  return options;
}

/// What `openssl s_client` says about one connection.
segell::tests::RunResult client(std::uint16_t port, std::vector<std::string> more, std::string input = "Q\n") {
  std::vector<std::string> arguments{"openssl", "s_client", "-connect", "127.0.0.1:" + std::to_string(port)};
  arguments.insert(arguments.end(), more.begin(), more.end());
  segell::tests::RunOptions options;
  options.input = std::move(input);
  return run(arguments, options);
}

}  // namespace

TEST_CASE("requests go over TLS 1.2 and 1.3, through the same gate") {
  TestServer server(tls_options());
  const auto url = "https://localhost:" + std::to_string(server.port());
  for (const auto* version : {"--tlsv1.3", "--tlsv1.2"}) {
    std::vector<std::string> arguments{
        "curl", "-sS", "--cacert", kIssued + "/root.pem", "--http1.1", version, "-d", "hello", url + "/a", url + "/b"};
    if (std::string(version) == "--tlsv1.2") arguments.insert(arguments.end(), {"--tls-max", "1.2"});
    const auto seen = run(arguments);
    CHECK_MESSAGE(seen.ok(), seen.err);
    CHECK(seen.out == "POST /a 5 helloPOST /b 5 hello");
  }
  const auto smuggle = run({"curl", "-sS", "--cacert", kIssued + "/root.pem", "-H", "Transfer-Encoding: gzip", "-d",
                            "x", "-o", "/dev/null", "-w", "%{http_code}", url + "/a"});
  CHECK(smuggle.out == "400");
}

TEST_CASE("older protocols and weak suites are not spoken") {
  auto options = tls_options();
  options.limits.idle = 5s;  // a client is a process, and the machine may be busy
  TestServer server(options);
  CHECK_FALSE(client(server.port(), {"-tls1_1", "-cipher", "ALL:@SECLEVEL=0"}).ok());
  CHECK_FALSE(client(server.port(), {"-tls1_2", "-cipher", "AES128-GCM-SHA256"}).ok());        // no forward secrecy
  CHECK_FALSE(client(server.port(), {"-tls1_2", "-cipher", "ECDHE-RSA-AES128-SHA256"}).ok());  // no AEAD
  CHECK(client(server.port(), {"-tls1_2", "-cipher", "ECDHE+AESGCM"}).ok());
  CHECK(client(server.port(), {"-tls1_3"}).ok());
}

TEST_CASE("a handshake that never comes, or trickles, ends at the deadline") {
  TestServer server(tls_options());
  RawClient silent(server.port());
  CHECK(silent.closed_within(3s));
  RawClient slow(server.port());
  slow.send(std::string("\x16\x03\x01\x02", 4));
  const auto begin = std::chrono::steady_clock::now();
  for (int i = 0; i < 60 && slow.send("\x01") && !slow.closed_within(50ms); ++i) {
  }
  CHECK(std::chrono::steady_clock::now() - begin < 3s);
}

TEST_CASE("a connection that was idle too long ends with a goodbye, not with an alert") {
  TestServer server(tls_options());
  const auto seen = client(server.port(), {"-ign_eof"}, "GET /x HTTP/1.1\r\nHost: a\r\n\r\n");
  CHECK(seen.out.find("GET /x 0 ") != seen.out.npos);
  CHECK_MESSAGE(seen.ok(), seen.err);
  CHECK_MESSAGE(seen.all().find("alert") == std::string::npos, seen.all());
}

TEST_CASE("plain HTTP on a TLS port does not hang and does not kill") {
  TestServer server(tls_options());
  RawClient plain(server.port());
  plain.send("GET /x HTTP/1.1\r\nHost: a\r\n\r\n");
  CHECK(plain.closed_within(3s));
  const auto seen = run(
      {"curl", "-sS", "--cacert", kIssued + "/root.pem", "https://localhost:" + std::to_string(server.port()) + "/x"});
  CHECK_MESSAGE(seen.out == "GET /x 0 ", seen.err);
}

TEST_CASE("wrong TLS files and a taken port are told, not thrown") {
  segell::tests::TestSite site;
  auto options = tls_options();
  options.tls_files.key = kIssued + "/ocsp.key";
  auto started = Server::start(options, site);
  REQUIRE_FALSE(started.has_value());
  CHECK(started.error().reason == "http.tls-files");
  options.tls_files.key = "/nowhere";
  CHECK_FALSE(Server::start(options, site).has_value());

  TestServer server;
  ServerOptions taken;
  taken.port = server.port();
  started = Server::start(taken, site);
  REQUIRE_FALSE(started.has_value());
  CHECK(started.error().reason == "http.listen");
  taken.address = "nowhere";
  CHECK(Server::start(taken, site).error().reason == "http.address");
}
