#include "net/curl_exchange.h"

#include "support/child_process.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <thread>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace segell::base;
using namespace std::chrono_literals;
using segell::net::CurlOptions;
using segell::net::make_curl_exchange;
using segell::tests::ChildProcess;

namespace {

const std::string kPki = SEGELL_PKI;

struct Peer {
  ChildProcess process{
      {"node", SEGELL_SOURCE_DIR "/tests/net/peer.mjs", kPki + "/tls.pem", kPki + "/issuing.pem", kPki + "/tls.key"}};
  std::string port = process.wait_for_line("port ");
  std::string tls_port = process.wait_for_line("tls ");
  std::string other_port = process.wait_for_line("other ");
  [[nodiscard]] std::string at(std::string_view path) const { return "http://127.0.0.1:" + port + std::string(path); }
  [[nodiscard]] std::string tls_at(std::string_view path) const {
    return "https://localhost:" + tls_port + std::string(path);
  }
};

/// One server for all cases of this executable.
const Peer& peer() {
  static const Peer kPeer;
  return kPeer;
}

Result<HttpAnswer> get(const std::string& url, const HttpBounds& bounds = {}, const CurlOptions& options = {}) {
  return fetch(*make_curl_exchange(options), {.url = url}, bounds);
}

std::string reason_of(const Result<HttpAnswer>& answer) {
  return answer ? "status " + std::to_string(answer->head.status) : std::string(answer.error().reason);
}

std::string header(const HttpAnswer& answer, std::string_view name) {
  const auto& headers = answer.head.headers;
  const auto at = std::find_if(headers.begin(), headers.end(), [&](const auto& h) { return h.first == name; });
  return at == headers.end() ? "absent" : at->second;
}

/// A port where nothing listens.
std::string closed_port() {
  const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  REQUIRE(::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  socklen_t size = sizeof address;
  REQUIRE(::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) == 0);
  ::close(fd);
  return std::to_string(ntohs(address.sin_port));
}

}  // namespace

TEST_CASE("a request arrives as it was given, with nothing added that tells more") {
  const auto http = make_curl_exchange();
  const auto answer = fetch(*http,
                            {.method = "POST",
                             .url = peer().at("/echo"),
                             .headers = {{"Content-Type", "application/timestamp-query"}, {"X-Empty", ""}},
                             .body = to_bytes(std::string_view("\0binary\xff", 8))},
                            {});
  REQUIRE(answer);
  CHECK(answer->head.status == 200);
  CHECK(as_text(answer->body) == std::string_view("\0binary\xff", 8));
  CHECK(header(*answer, "x-method") == "POST");
  CHECK(
      header(*answer, "x-seen") ==
      R"(["Host","127.0.0.1:)" + peer().port +
          R"(","User-Agent","segell","Accept","*/*","Content-Type","application/timestamp-query","X-Empty","","Content-Length","8"])");
  const auto plain = fetch(*http, {.url = peer().at("/echo")}, {});
  REQUIRE(plain);
  CHECK(header(*plain, "x-method") == "GET");
  CHECK(header(*plain, "x-seen").find("Cookie") == std::string::npos);
  CHECK(header(*plain, "x-seen").find("Content-Type") == std::string::npos);
  const auto put = fetch(*http, {.method = "PUT", .url = peer().at("/echo")}, {});
  REQUIRE(put);
  CHECK(header(*put, "x-method") == "PUT");
  CHECK(put->body.empty());
  const auto head = fetch(*http, {.method = "HEAD", .url = peer().at("/large")}, {});
  REQUIRE(head);
  CHECK(head->body.empty());
}

TEST_CASE("every status is an answer, and redirects are not followed") {
  CHECK(reason_of(get(peer().at("/status"))) == "status 418");
  const auto redirect = get(peer().at("/redirect"));
  REQUIRE(redirect);
  CHECK(redirect->head.status == 302);
  CHECK(header(*redirect, "location") == "/echo");
  CHECK(redirect->body.empty());
}

TEST_CASE("a response is cut at its bound, whether it says its length, never ends, or has an endless head") {
  CHECK(reason_of(get(peer().at("/large"), {.max_response_bytes = 100'000})) == "status 200");
  CHECK(reason_of(get(peer().at("/large"), {.max_response_bytes = 99'999})) == "http.too-large");
  CHECK(reason_of(get(peer().at("/endless"), {.max_response_bytes = 300'000})) == "http.too-large");
  CHECK(reason_of(get(peer().at("/long-head"))) == "http.too-large");
  CHECK(reason_of(get(peer().at("/large"), {.max_response_bytes = 0})) == "http.too-large");
  CHECK(reason_of(get(peer().at("/redirect"), {.max_response_bytes = 0})) == "status 302");
}

TEST_CASE("the deadline holds for the whole exchange, however slowly octets come") {
  for (const char* path : {"/silent", "/dribble"}) {
    const auto start = std::chrono::steady_clock::now();
    const auto answer = get(peer().at(path), {.deadline = 300ms});
    const auto took = std::chrono::steady_clock::now() - start;
    CHECK(reason_of(answer) == "http.timeout");
    CHECK(answer.error().code == Code::timed_out);
    CHECK(took >= 290ms);
    CHECK(took < 3s);
  }
}

TEST_CASE("a peer that is not there, or hangs up, is unreachable") {
  CHECK(reason_of(get("http://127.0.0.1:" + closed_port() + "/")) == "http.unreachable");
  CHECK(reason_of(get(peer().at("/cut"))) == "http.unreachable");
  CHECK(reason_of(get("http://does-not-exist.invalid/")) == "http.unreachable");
  CHECK(reason_of(get("https://127.0.0.1:" + peer().port + "/")) == "http.unreachable");
}

TEST_CASE("what the sink refuses comes back from the exchange") {
  const auto http = make_curl_exchange();
  int pieces = 0;
  const auto head =
      http->exchange({.url = peer().at("/endless")}, {.max_response_bytes = 1 << 30}, [&](BytesView) -> Result<void> {
        if (++pieces == 3) return fail(Code::malformed, "test.enough", "enough");
        return ok();
      });
  REQUIRE_FALSE(head);
  CHECK(head.error().reason == "test.enough");
  CHECK(pieces == 3);
}

TEST_CASE("https is checked against the given authorities, for the name in the address") {
  CHECK(reason_of(get(peer().tls_at("/status"), {}, {.ca_file = kPki + "/root.pem"})) == "status 418");
  const auto untrusted = get(peer().tls_at("/status"));
  REQUIRE_FALSE(untrusted);
  CHECK(untrusted.error().code == Code::untrusted);
  CHECK(untrusted.error().reason == "http.tls");
  CHECK(reason_of(get(peer().tls_at("/status"), {}, {.ca_file = kPki + "/unknown-root.pem"})) == "http.tls");
  CHECK(reason_of(get(peer().tls_at("/status"), {}, {.ca_file = kPki + "/absent.pem"})) == "http.tls");
  // The certificate names localhost and 127.0.0.1, not this address.
  CHECK(reason_of(get("https://127.0.0.2:" + peer().other_port + "/", {}, {.ca_file = kPki + "/root.pem"})) ==
        "http.tls");
  CHECK(reason_of(get("https://127.0.0.1:" + peer().tls_port + "/", {}, {.ca_file = kPki + "/root.pem"})) ==
        "status 404");
}

TEST_CASE("addresses outside the policy are refused before anything is sent") {
  for (const std::string url :
       {"ftp://127.0.0.1/", "file:///etc/passwd", "gopher://127.0.0.1/", "127.0.0.1/", "http://", "", "http:///path",
        "http://user@127.0.0.1/", "http://user:secret@127.0.0.1/", "http://127.0.0.1/#part", "http://127.0.0.1/#",
        "http://127.0.0.1/a b", "http://127.0.0.1:99999/", "http://127.0.0.1/\r\nX: y"}) {
    CAPTURE(url);
    CHECK(reason_of(get(url)) == "http.url");
  }
  CHECK(reason_of(get(std::string("http://127.0.0.1/\0x", 19))) == "http.url");
}

TEST_CASE("only allowed hosts are spoken to") {
  const CurlOptions only{.allowed_hosts = {"127.0.0.1", "TSA.example.invalid"}};
  CHECK(reason_of(get(peer().at("/status"), {}, only)) == "status 418");
  const auto refused = get("http://localhost:" + peer().port + "/status", {}, only);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Code::forbidden);
  CHECK(refused.error().reason == "http.host");
  CHECK(reason_of(get("http://127.0.0.1.example.invalid/", {}, only)) == "http.host");
  CHECK(reason_of(get("http://tsa.example.invalid/", {}, only)) == "http.unreachable");
}

TEST_CASE("a method or header cannot smuggle a line") {
  const auto http = make_curl_exchange();
  const auto send = [&](HttpRequest request) {
    request.url = peer().at("/echo");
    return reason_of(fetch(*http, request, {}));
  };
  CHECK(send({.method = "GET /x HTTP/1.1\r\nA: b"}) == "http.header");
  CHECK(send({.method = ""}) == "http.header");
  CHECK(send({.headers = {{"X", "a\r\nY: b"}}}) == "http.header");
  CHECK(send({.headers = {{"X\r\nY", "a"}}}) == "http.header");
  CHECK(send({.headers = {{"", "a"}}}) == "http.header");
  CHECK(send({.headers = {{"X", std::string("a\0b", 3)}}}) == "http.header");
  CHECK(send({.headers = {{"X", "a\tb"}}}) == "status 200");
}

TEST_CASE("proxies of the environment are not used") {
  REQUIRE(::setenv("http_proxy", ("http://127.0.0.1:" + closed_port()).c_str(), 1) == 0);
  REQUIRE(::setenv("ALL_PROXY", ("http://127.0.0.1:" + closed_port()).c_str(), 1) == 0);
  const auto answer = get(peer().at("/status"));
  REQUIRE(::unsetenv("http_proxy") == 0);
  REQUIRE(::unsetenv("ALL_PROXY") == 0);
  CHECK(reason_of(answer) == "status 418");
}

TEST_CASE("an exchange keeps its connection, and serves several threads") {
  const auto http = make_curl_exchange();
  const auto connections = [&] {
    return std::stoi(to_text(fetch(*http, {.url = peer().at("/connections")}, {}).value().body));
  };
  const int before = connections();
  for (int i = 0; i < 5; ++i) CHECK(connections() == before);
  std::vector<int> wrong(4);
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < wrong.size(); ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 20; ++i) {
        const std::string text = std::to_string(t) + ":" + std::to_string(i);
        const auto answer = fetch(*http, {.method = "POST", .url = peer().at("/echo"), .body = to_bytes(text)}, {});
        if (!answer || as_text(answer->body) != text) ++wrong[t];
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(wrong == std::vector<int>(4));
}
