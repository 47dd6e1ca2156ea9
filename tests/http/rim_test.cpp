// One test a row of what Poco's own HTTP server was seen to do wrong, on the wire, and more forms of request smuggling.

#include "http/raw_client.h"
#include "http/test_site.h"

#include <doctest/doctest.h>

#include <string>

using namespace std::chrono_literals;
using segell::tests::body_of;
using segell::tests::RawClient;
using segell::tests::status_of_answer;
using segell::tests::statuses;
using segell::tests::TestServer;

namespace {

const std::string kNext = "GET /next HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

std::string post(std::string_view path, std::string_view fields, std::string_view body = {}) {
  return "POST " + std::string(path) + " HTTP/1.1\r\nHost: a\r\n" + std::string(fields) + "\r\n" + std::string(body);
}

}  // namespace

TEST_CASE("a request gets its answer, with the headers every answer has") {
  TestServer server;
  RawClient client(server.port());
  client.send(post("/x", "Content-Length: 5\r\n", "hello"));
  const auto answer = client.read_answer();
  CHECK(status_of_answer(answer) == 200);
  CHECK(body_of(answer) == "POST /x 5 hello");
  CHECK(answer.find("\r\nX-Test: yes\r\n") != answer.npos);
  CHECK(answer.find("\r\nX-Request-ID: ") != answer.npos);
  CHECK(answer.find("\r\nDate: ") != answer.npos);
  CHECK(answer.find("\r\nConnection:") == answer.npos);
}

TEST_CASE("what could smuggle a request is answered once with 400 or 501 and the connection ends") {
  TestServer server;
  const std::string rows[] = {
      post("/x", "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
      post("/x", "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n", "0\r\n\r\n"),
      post("/x", "Content-Length: 3\r\nContent-Length: 100\r\n", "abc"),
      post("/x", "Content-Length: -4\r\n"),
      post("/x", "Content-Length : 3\r\n", "abc"),
      post("/x", "Content-Length: 3\r\n X: folded\r\n", "abc"),
      post("/x", "Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"),
      post("/x", "Transfer-Encoding : chunked\r\n", "0\r\n\r\n"),
      post("/x", "Transfer-Encoding: chunked\r\nTransfer-encoding: identity\r\n", "0\r\n\r\n"),
      post("/x", "X: y\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
      post("/x", "Transfer-Encoding: chunked\r\n", "5;ext=1\r\nhello\r\n0\r\n\r\n"),
      post("/x", "Transfer-Encoding: chunked\r\n", "5\nhello\n0\n\n"),
      post("/x", "Transfer-Encoding: chunked\r\n", "3\r\nabcd\r\n0\r\n\r\n"),
      post("/x", "Transfer-Encoding: chunked\r\n", "0\r\nX: trailer\r\n\r\n"),
      "GET /x HTTP/1.1\r\n\r\n",
      "GET /x HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
      "GET /x HTTP/1.1\nHost: a\n\n",
      "GET http://b/x HTTP/1.1\r\nHost: a\r\n\r\n",
      "GET /x/%2e%2e/y HTTP/1.1\r\nHost: a\r\n\r\n",
      std::string("GET /x HTTP/1.1\r\nHost: a\0\r\n\r\n", 29),
  };
  for (const auto& row : rows) {
    CAPTURE(row);
    const int ran = server.site.m_ran;
    RawClient client(server.port());
    client.send(row + kNext);
    const auto all = client.read_all();
    const auto seen = statuses(all);
    REQUIRE(seen.size() == 1);
    CHECK((seen[0] == 400 || seen[0] == 501));
    CHECK(all.find("application/problem+json") != all.npos);
    CHECK(all.find("Connection: close") != all.npos);
    CHECK(server.site.m_ran == ran);
  }
}

TEST_CASE("an unread body is never parsed as the next request") {
  TestServer server;
  const std::string inner = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";
  SUBCASE("a refused request's small body is taken in and the connection goes on") {
    RawClient client(server.port());
    client.send(post("/refused-early", "Content-Length: " + std::to_string(inner.size()) + "\r\n", inner) + kNext);
    const auto all = client.read_all();
    CHECK(statuses(all) == std::vector<int>{401, 200});
    CHECK(all.find("smuggled") == all.npos);
  }
  SUBCASE("a larger one ends the connection") {
    RawClient client(server.port());
    client.send(post("/refused-early", "Content-Length: 100000\r\n", inner) + kNext);
    CHECK(statuses(client.read_all()) == std::vector<int>{401});
  }
  SUBCASE("a chunked one ends the connection") {
    RawClient client(server.port());
    client.send(post("/refused-early", "Transfer-Encoding: chunked\r\n", "0\r\n\r\n") + inner + kNext);
    CHECK(statuses(client.read_all()) == std::vector<int>{401});
  }
  SUBCASE("a body above the cap is not read and small enough to take in") {
    RawClient client(server.port());
    client.send(post("/small", "Content-Length: " + std::to_string(inner.size()) + "\r\n", inner) + kNext);
    const auto all = client.read_all();
    CHECK(statuses(all) == std::vector<int>{413, 200});
    CHECK(all.find("smuggled") == all.npos);
  }
  SUBCASE("a body where none is expected") {
    RawClient client(server.port());
    client.send("GET /none HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(inner.size()) + "\r\n\r\n" +
                inner + kNext);
    CHECK(statuses(client.read_all()) == std::vector<int>{413, 200});
  }
  SUBCASE("an endpoint that throws at the head") {
    RawClient client(server.port());
    client.send(post("/throws-at-head", "Content-Length: " + std::to_string(inner.size()) + "\r\n", inner) + kNext);
    const auto all = client.read_all();
    CHECK(statuses(all) == std::vector<int>{500, 200});
    CHECK(all.find("smuggled") == all.npos);
  }
}

TEST_CASE("a truncated body never reaches its endpoint") {
  TestServer server;
  SUBCASE("the client ends its side") {
    RawClient client(server.port());
    client.send(post("/x", "Content-Length: 10\r\n", "hello"));
    client.finish_sending();
    CHECK(statuses(client.read_all()).empty());
  }
  SUBCASE("the client stalls") {
    RawClient client(server.port());
    client.send(post("/x", "Content-Length: 10\r\n", "hello"));
    CHECK(statuses(client.read_all()) == std::vector<int>{408});
  }
  SUBCASE("the last chunk is missing") {
    RawClient client(server.port());
    client.send(post("/x", "Transfer-Encoding: chunked\r\n", "5\r\nhello\r\n"));
    client.finish_sending();
    CHECK(statuses(client.read_all()).empty());
  }
  CHECK(server.site.m_ran == 0);
}

TEST_CASE("bodies have a cap by route") {
  TestServer server;
  const auto status = [&](const std::string& text) {
    RawClient client(server.port());
    client.send(text);
    return status_of_answer(client.read_answer());
  };
  CHECK(status(post("/small", "Content-Length: 10\r\n", "0123456789")) == 200);
  CHECK(status(post("/small", "Content-Length: 11\r\n", "0123456789a")) == 413);
  CHECK(status(post("/small", "Content-Length: 200000000\r\n")) == 413);
  CHECK(status(post("/small", "Transfer-Encoding: chunked\r\n", "A\r\n0123456789\r\n0\r\n\r\n")) == 200);
  CHECK(status(post("/small", "Transfer-Encoding: chunked\r\n", "B\r\n0123456789a\r\n0\r\n\r\n")) == 413);
  CHECK(status(post("/small", "Transfer-Encoding: chunked\r\n", "A\r\n0123456789\r\n1\r\na\r\n0\r\n\r\n")) == 413);
}

TEST_CASE("a client that sends all of a refused body before it listens finds the answer") {
  TestServer server;
  const std::string many(30'000'000, 'b');
  const std::string refused[] = {
      post("/small", "Content-Length: 30000000\r\n", many),
      post("/refused-early", "Content-Length: 30000000\r\n", many),
      post("/small", "Transfer-Encoding: chunked\r\n", "1C9C380\r\n" + many + "\r\n0\r\n\r\n"),
      post("/x", "Content-Length: 30000000\r\nTransfer-Encoding: chunked\r\n", many),
      post("/x", "X: " + std::string(20000, 'a') + "\r\n", many),
  };
  const int wanted[] = {413, 401, 413, 400, 431};
  for (std::size_t i = 0; i < std::size(refused); ++i) {
    CAPTURE(i);
    RawClient client(server.port());
    CHECK(client.send(refused[i]));
    client.finish_sending();
    CHECK(statuses(client.read_all()) == std::vector<int>{wanted[i]});
  }
  CHECK(server.site.m_ran == 0);
}

TEST_CASE("too many header fields and a target that is too long are refused on the wire, and the connection ends") {
  TestServer server;
  std::string fields;
  for (int i = 0; i < 64; ++i) fields += "X-" + std::to_string(i) + ": a\r\n";
  const std::pair<std::string, int> rows[] = {
      {post("/x", fields), 431},
      {"GET /" + std::string(2048, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n", 414},
      {"GET /" + std::string(70000, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n", 431},
      {post("/x", "X: " + std::string(9000, 'a') + "\r\n"), 431},
  };
  for (const auto& [text, status] : rows) {
    RawClient client(server.port());
    client.send(text + kNext);
    const auto all = client.read_all();
    CHECK(statuses(all) == std::vector<int>{status});
    CHECK(all.find("application/problem+json") != all.npos);
  }
  CHECK(server.site.m_ran == 0);
}

TEST_CASE("a large body comes through whole") {
  segell::http::ServerOptions options;
  options.limits.body_grace = std::chrono::seconds(30);  // it is sent and taken in on the same, perhaps busy, machine
  TestServer server(options);
  RawClient client(server.port());
  const std::string body(20'000'000, 'b');
  client.send(post("/large", "Content-Length: 20000000\r\n", body));
  CHECK(body_of(client.read_answer(std::chrono::seconds(60))).starts_with("POST /large 20000000 bbbb"));
}

TEST_CASE("requests sent in one go are answered in their order") {
  TestServer server;
  RawClient client(server.port());
  client.send(post("/one", "Content-Length: 3\r\n", "abc") +
              post("/two", "Transfer-Encoding: chunked\r\n", "2\r\nde\r\n0\r\n\r\n") +
              "GET /three HTTP/1.1\r\nHost: a\r\n\r\n");
  CHECK(body_of(client.read_answer()) == "POST /one 3 abc");
  CHECK(body_of(client.read_answer()) == "POST /two 2 de");
  CHECK(body_of(client.read_answer()) == "GET /three 0 ");
  client.send(kNext);
  CHECK(body_of(client.read_answer()) == "GET /next 0 ");
  CHECK(client.closed_within(2s));
}

TEST_CASE("a thousand requests sent in one go are answered, in bounded memory") {
  TestServer server;
  RawClient client(server.port());
  std::string all;
  for (int i = 0; i < 1000; ++i) all += "GET /p" + std::to_string(i) + " HTTP/1.1\r\nHost: a\r\n\r\n";
  client.send(all);
  for (int i = 0; i < 1000; ++i) REQUIRE(body_of(client.read_answer()) == "GET /p" + std::to_string(i) + " 0 ");
}

TEST_CASE("the body is asked for with 100 only when it will be taken") {
  TestServer server;
  {
    RawClient client(server.port());
    client.send(post("/x", "Content-Length: 5\r\nExpect: 100-continue\r\n"));
    CHECK(client.read_answer() == "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("hello");
    CHECK(body_of(client.read_answer()) == "POST /x 5 hello");
  }
  for (const auto* path : {"/small", "/refused-early"}) {
    RawClient client(server.port());
    client.send(post(path, "Content-Length: 50\r\nExpect: 100-continue\r\n"));
    const auto all = client.read_all();
    CHECK(statuses(all).size() == 1);
    CHECK(all.find("100 Continue") == all.npos);
    CHECK(all.find("Connection: close") != all.npos);
  }
}

TEST_CASE("whatever an endpoint throws becomes a problem document that does not tell it") {
  TestServer server;
  for (const auto* path : {"/throws", "/throws-int", "/throws-at-head"}) {
    CAPTURE(path);
    RawClient client(server.port());
    client.send("GET " + std::string(path) + " HTTP/1.1\r\nHost: a\r\n\r\n");
    const auto answer = client.read_answer();
    CHECK(status_of_answer(answer) == 500);
    CHECK(answer.find("application/problem+json") != answer.npos);
    CHECK(answer.find("canary-what") == answer.npos);
    client.send(kNext);  // the connection lives on
    CHECK(status_of_answer(client.read_answer()) == 200);
  }
}

TEST_CASE("HTTP/1.0 and Connection: close end the connection after the answer") {
  TestServer server;
  for (const std::string text :
       {"GET /x HTTP/1.0\r\nHost: a\r\n\r\n", "GET /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"}) {
    RawClient client(server.port());
    client.send(text + kNext);
    CHECK(statuses(client.read_all()) == std::vector<int>{200});
  }
}

TEST_CASE("HEAD has the length and no body, and the next answer is not mixed up with it") {
  TestServer server;
  RawClient client(server.port());
  client.send("HEAD /x HTTP/1.1\r\nHost: a\r\n\r\n" + kNext);
  const auto all = client.read_all();
  CHECK(statuses(all) == std::vector<int>{200, 200});
  CHECK(all.find("HEAD /x") == all.npos);
  CHECK(all.find("GET /next") != all.npos);
}

TEST_CASE("a head that never ends is refused at its cap") {
  TestServer server;
  RawClient client(server.port());
  client.send("GET /x HTTP/1.1\r\nHost: a\r\nX: " + std::string(40000, 'a'));
  CHECK(statuses(client.read_all()) == std::vector<int>{431});
}

TEST_CASE("TLS octets on a plain port get one answer and the end") {
  TestServer server;
  RawClient client(server.port());
  client.send(std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\n\r\n\r\n", 15));
  CHECK(statuses(client.read_all()) == std::vector<int>{400});
}
