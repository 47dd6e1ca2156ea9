#include "http/head.h"

#include <doctest/doctest.h>

#include <string>

using segell::http::Framing;
using segell::http::HeadLimits;
using segell::http::parse_head;
using segell::http::Refusal;
using segell::http::RequestHead;

namespace {

struct Outcome {
  int status = 0;  ///< 0: passed
  std::string reason;
};

Outcome outcome(std::string text, const HeadLimits& limits = {}) {
  const auto parsed = parse_head(text, limits);
  const auto* refusal = std::get_if<Refusal>(&parsed);
  return refusal ? Outcome{refusal->status, std::string(refusal->error.reason)} : Outcome{};
}

std::string get(std::string_view target) { return "GET " + std::string(target) + " HTTP/1.1\r\nHost: a\r\n\r\n"; }
std::string with(std::string_view fields) { return "POST /x HTTP/1.1\r\nHost: a\r\n" + std::string(fields) + "\r\n"; }

}  // namespace

TEST_CASE("a plain request passes and its parts are told") {
  std::string text =
      "POST /api/v1/documents?cursor=a%20b&n=1 HTTP/1.1\r\nHost: segell.example:8443\r\nContent-Length: 12\r\n"
      "ACCEPT:\t*/*  \r\n\r\n";
  const auto parsed = parse_head(text);
  const auto* head = std::get_if<RequestHead>(&parsed);
  REQUIRE(head != nullptr);
  CHECK(head->method == "POST");
  CHECK(head->path == "/api/v1/documents");
  CHECK(head->query == "cursor=a%20b&n=1");
  CHECK(head->framing == Framing::length);
  CHECK(head->content_length == 12);
  CHECK(head->keep_alive);
  CHECK_FALSE(head->expects_continue);
  CHECK(head->field("accept") == "*/*");
  CHECK_FALSE(head->field("cookie").has_value());
}

TEST_CASE("a request that two parsers could read in two ways is refused") {
  struct Row {
    const char* what;
    std::string text;
    int status;
    const char* reason;
  };
  const Row rows[] = {
      {"both framings", with("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n"), 400, "http.framing"},
      {"both framings, other order", with("Transfer-Encoding: chunked\r\nContent-Length: 3\r\n"), 400, "http.framing"},
      {"two lengths that differ", with("Content-Length: 3\r\nContent-Length: 4\r\n"), 400, "http.duplicate-field"},
      {"two lengths that agree", with("Content-Length: 3\r\ncontent-length: 3\r\n"), 400, "http.duplicate-field"},
      {"a list of lengths", with("Content-Length: 3, 3\r\n"), 400, "http.content-length"},
      {"a negative length", with("Content-Length: -4\r\n"), 400, "http.content-length"},
      {"a length with a plus", with("Content-Length: +4\r\n"), 400, "http.content-length"},
      {"a hexadecimal length", with("Content-Length: 0x4\r\n"), 400, "http.content-length"},
      {"an empty length", with("Content-Length:\r\n"), 400, "http.content-length"},
      {"a length that overflows", with("Content-Length: 99999999999999999999\r\n"), 400, "http.content-length"},
      {"a length with a tab inside", with("Content-Length: 1\t2\r\n"), 400, "http.content-length"},
      {"a space before the colon", with("Content-Length : 3\r\n"), 400, "http.field-name"},
      {"a tab before the colon", with("Content-Length\t: 3\r\n"), 400, "http.field-name"},
      {"no colon", with("Content-Length 3\r\n"), 400, "http.field-name"},
      {"an empty name", with(": 3\r\n"), 400, "http.field-name"},
      {"a folded line", with("X: a\r\n b\r\n"), 400, "http.field-name"},
      {"a folded line with a tab", with("X: a\r\n\tb\r\n"), 400, "http.field-name"},
      {"a space before the first field", "GET / HTTP/1.1\r\n Host: a\r\n\r\n", 400, "http.field-name"},
      {"another transfer coding", with("Transfer-Encoding: gzip, chunked\r\n"), 501, "http.framing"},
      {"chunked twice", with("Transfer-Encoding: chunked, chunked\r\n"), 501, "http.framing"},
      {"chunked in two fields", with("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"), 400,
       "http.duplicate-field"},
      {"identity", with("Transfer-Encoding: identity\r\n"), 501, "http.framing"},
      {"chunked with a vertical tab", with("Transfer-Encoding: \vchunked\r\n"), 400, "http.line"},
      {"chunked as a quoted text", with("Transfer-Encoding: \"chunked\"\r\n"), 501, "http.framing"},
      {"chunked with a parameter", with("Transfer-Encoding: chunked;a=b\r\n"), 501, "http.framing"},
      {"chunked in HTTP/1.0", "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", 400, "http.framing"},
      {"no Host", "GET / HTTP/1.1\r\n\r\n", 400, "http.host"},
      {"two Hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400, "http.duplicate-field"},
      {"an empty Host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", 400, "http.host"},
      {"a Host with a path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400, "http.host"},
      {"a Host with a user", "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n", 400, "http.host"},
      {"bare line feeds", "GET / HTTP/1.1\nHost: a\n\n", 400, "http.line"},
      {"one bare line feed", "GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n", 400, "http.line"},
      {"a bare carriage return", "GET / HTTP/1.1\r\nHost: a\rX: b\r\n\r\n", 400, "http.line"},
      {"a NUL", std::string("GET / HTTP/1.1\r\nHost: a\0b\r\n\r\n", 30), 400, "http.line"},
      {"a control character", with("X: a\x01\r\n"), 400, "http.line"},
      {"a delete character", with("X: a\x7f\r\n"), 400, "http.line"},
      {"two Authorizations", with("Authorization: a\r\nAuthorization: b\r\n"), 400, "http.duplicate-field"},
      {"two Idempotency-Keys", with("Idempotency-Key: a\r\nIdempotency-Key: b\r\n"), 400, "http.duplicate-field"},
      {"another expectation", with("Expect: 200-ok\r\n"), 417, "http.expect"},
      {"a small method", "get / HTTP/1.1\r\nHost: a\r\n\r\n", 400, "http.method"},
      {"no method", " / HTTP/1.1\r\nHost: a\r\n\r\n", 400, "http.method"},
      {"a method of forty letters", std::string(40, 'A') + " / HTTP/1.1\r\nHost: a\r\n\r\n", 400, "http.method"},
      {"two spaces", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400, "http.request-line"},
      {"a tab for a space", "GET\t/\tHTTP/1.1\r\nHost: a\r\n\r\n", 400, "http.request-line"},
      {"no version", "GET /\r\nHost: a\r\n\r\n", 400, "http.request-line"},
      {"HTTP/2.0", "GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505, "http.version"},
      {"HTTP/1.2", "GET / HTTP/1.2\r\nHost: a\r\n\r\n", 505, "http.version"},
      {"HTTP/1.10", "GET / HTTP/1.10\r\nHost: a\r\n\r\n", 400, "http.request-line"},
      {"http/1.1", "GET / http/1.1\r\nHost: a\r\n\r\n", 400, "http.request-line"},
      {"an empty line before", "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 400, "http.request-line"},
      {"an absolute target", get("http://a/"), 400, "http.target"},
      {"an asterisk", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", 400, "http.target"},
      {"an authority", "CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n", 400, "http.target"},
      {"a parent segment", get("/a/../b"), 400, "http.target"},
      {"a dot segment", get("/a/./b"), 400, "http.target"},
      {"a last parent segment", get("/a/.."), 400, "http.target"},
      {"an encoded parent segment", get("/a/%2e%2e/b"), 400, "http.target"},
      {"an encoded slash", get("/a%2fb"), 400, "http.target"},
      {"an encoded backslash", get("/a%5cb"), 400, "http.target"},
      {"an encoded NUL", get("/a%00"), 400, "http.target"},
      {"a backslash", get("/a\\b"), 400, "http.target"},
      {"two slashes", get("//a"), 400, "http.target"},
      {"a slash at the end", get("/a/"), 400, "http.target"},
      {"a fragment", get("/visit#sgv_x"), 400, "http.target"},
      {"an octet beyond ASCII", get("/\xc3\xa9"), 400, "http.target"},
      {"a broken encoding in the query", get("/a?b=%zz"), 400, "http.target"},
      {"a cut encoding in the query", get("/a?b=%2"), 400, "http.target"},
      {"a raw quote in the query", get("/a?b=\"c"), 400, "http.target"},
      {"octets after the end", with("") + "GET / HTTP/1.1\r\n", 400, "http.line"},
      {"no end", "GET / HTTP/1.1\r\nHost: a\r\n", 400, "http.line"},
      {"nothing", "", 400, "http.line"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.what);
    const auto seen = outcome(row.text);
    CHECK(seen.status == row.status);
    CHECK(seen.reason == row.reason);
  }
}

TEST_CASE("what is too long is refused and not cut") {
  CHECK(outcome(get('/' + std::string(2047, 'a'))).status == 0);
  CHECK(outcome(get('/' + std::string(2048, 'a'))).status == 414);
  CHECK(outcome(with("X: " + std::string(8192, 'a') + "\r\n")).status == 0);
  CHECK(outcome(with("X: " + std::string(8193, 'a') + "\r\n")).status == 431);
  std::string many;
  for (int i = 0; i < 63; ++i) many += "X-" + std::to_string(i) + ": a\r\n";
  CHECK(outcome(with(many)).status == 0);
  CHECK(outcome(with(many + "Y: a\r\n")).reason == "http.too-many-fields");
  CHECK(outcome(with("X: " + std::string(8000, 'a') + "\r\nY: " + std::string(8000, 'a') +
                     "\r\nZ: " + std::string(400, 'a') + "\r\n"))
            .reason == "http.head-too-large");
}

TEST_CASE("connection options, versions and expectations are understood") {
  const auto head = [](std::string text) {
    static std::string kept;
    kept = std::move(text);
    return std::get<RequestHead>(parse_head(kept));
  };
  CHECK(head(get("/")).keep_alive);
  CHECK_FALSE(head("GET / HTTP/1.1\r\nHost: a\r\nConnection: Close\r\n\r\n").keep_alive);
  CHECK_FALSE(head("GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, close\r\n\r\n").keep_alive);
  CHECK(head("GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive\r\n\r\n").keep_alive);
  CHECK_FALSE(head("GET / HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n").keep_alive);
  CHECK(head(with("Expect: 100-Continue\r\nContent-Length: 3\r\n")).expects_continue);
  CHECK_FALSE(head(with("Expect: 100-continue\r\n")).expects_continue);  // nothing to wait for
  CHECK(head(with("Transfer-Encoding: Chunked\r\n")).framing == Framing::chunked);
  CHECK(head(with("Content-Length: 0\r\n")).framing == Framing::none);
  CHECK(head(with("Content-Length: 007\r\n")).content_length == 7);
}
