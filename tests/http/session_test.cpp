// Cookies, foreign calls and the endpoints of logging in, over a service that only writes down what it was asked.

#include "base/json.h"
#include "http/api.h"
#include "http/browser.h"
#include "http/fake_app.h"
#include "http/raw_client.h"
#include "http/server.h"

#include "app/service.h"

#include <doctest/doctest.h>

using namespace segell;
using tests::body_of;
using tests::last_call;
using tests::RawClient;
using tests::status_of_answer;

namespace {

constexpr const char* kJson = "Content-Type: application/json\r\n";
constexpr const char* kOpen = "Cookie: theme=x; __Host-segell=sgs_open\r\n";
constexpr const char* kCsrf = "X-Segell-CSRF: csrf-1\r\n";
constexpr const char* kOwn = "Sec-Fetch-Site: same-origin\r\n";

struct Rim {
  Rim() {
    http::ApiOptions options;
    options.public_url = "https://segell.example";
    m_service = tests::make_fake_service();
    m_site = http::make_api(*m_service, options);
    m_server = *http::Server::start({}, *m_site);
  }
  std::string call(const std::string& method, const std::string& path, const std::string& fields,
                   const std::string& body = {}) const {
    RawClient client(m_server->port());
    client.send(method + ' ' + path + " HTTP/1.1\r\nHost: segell.test\r\n" + fields +
                "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    return client.read_answer();
  }
  std::string post(const std::string& path, const std::string& fields, const std::string& body) const {
    return call("POST", path, kJson + fields, body);
  }

 private:
  std::unique_ptr<app::Service> m_service;
  std::unique_ptr<http::Site> m_site;
  std::unique_ptr<http::Server> m_server;
};

std::string problem_code(const std::string& answer) {
  const auto body = base::parse_json(body_of(answer));
  if (!body || body->find("code") == nullptr) return {};
  return *body->find("code")->as_string();
}

http::RequestHead head_of(std::vector<http::Field> fields) {
  http::RequestHead head;
  head.fields = std::move(fields);
  return head;
}

}  // namespace

TEST_CASE("logging in sets the cookie that no script reads and no other host gets, and never says it in the body") {
  const Rim rim;
  const auto answer = rim.post("/api/v1/session", "", R"({"name":"marta","password":"p"})");
  CHECK(status_of_answer(answer) == 201);
  CHECK(answer.find("\r\nSet-Cookie: __Host-segell=sgs_fresh; Path=/; Secure; HttpOnly; SameSite=Strict\r\n") !=
        answer.npos);
  CHECK(body_of(answer).find("sgs_") == std::string::npos);
  CHECK(answer.find("Cache-Control: no-store") != answer.npos);
  CHECK(last_call() == "log_in|marta|p|127.0.0.1|-");
  rim.post("/api/v1/session", kOpen, R"({"name":"marta","password":"p"})");
  CHECK(last_call() == "log_in|marta|p|127.0.0.1|sgs_open");
}

TEST_CASE("a wait is a 429 that says for how long, and a failure a 401 without a cookie") {
  const Rim rim;
  const auto wait = rim.post("/api/v1/session", "", R"({"name":"slow","password":"p"})");
  CHECK(status_of_answer(wait) == 429);
  CHECK(problem_code(wait) == "login.too-many");
  CHECK(wait.find("\r\nRetry-After: 120\r\n") != wait.npos);
  CHECK(body_of(wait).find("2 minutes") != std::string::npos);
  const auto failed = rim.post("/api/v1/session", "", R"({"name":"nobody","password":"p"})");
  CHECK(status_of_answer(failed) == 401);
  CHECK(failed.find("Set-Cookie") == failed.npos);
}

TEST_CASE("no other site's page logs anyone in") {
  const Rim rim;
  last_call();  // what other tests left
  const std::string body = R"({"name":"marta","password":"p"})";
  for (const char* foreign : {"Sec-Fetch-Site: cross-site\r\n", "Sec-Fetch-Site: same-site\r\n",
                              "Sec-Fetch-Site: none\r\n", "Origin: https://evil.example\r\n", "Origin: null\r\n"}) {
    CAPTURE(foreign);
    for (const char* path : {"/api/v1/session", "/api/v1/activation"}) {
      const auto answer = rim.post(path, foreign, body);
      CHECK(status_of_answer(answer) == 403);
      CHECK(problem_code(answer) == "auth.foreign-call");
    }
  }
  CHECK(last_call().empty());
  for (const char* own : {"", kOwn, "Origin: https://segell.example\r\n", "Origin: http://segell.test\r\n",
                          "Sec-Fetch-Site: same-origin\r\nOrigin: https://behind-a-proxy.example\r\n"})
    CHECK(status_of_answer(rim.post("/api/v1/session", own, body)) == 201);
  // A form of another site can send text/plain without asking first: such a body is not read.
  CHECK(status_of_answer(rim.call("POST", "/api/v1/session", "Content-Type: text/plain\r\n", body)) == 415);
}

TEST_CASE("what changes something needs the token beside the cookie, and a page of ours") {
  const Rim rim;
  const std::string end = R"({"everywhere":false})";
  const auto ends = [&](const std::string& fields) { return rim.post("/api/v1/session/end", fields, end); };
  last_call();
  for (const std::string& fields :
       {std::string(kOpen), std::string(kOpen) + "X-Segell-CSRF: csrf-2\r\n",
        std::string(kOpen) + "X-Segell-CSRF: \r\n", std::string(kOpen) + kCsrf + "Sec-Fetch-Site: same-site\r\n",
        std::string(kOpen) + kCsrf + "Origin: https://evil.example\r\n"}) {
    CAPTURE(fields);
    CHECK(problem_code(ends(fields)) == "auth.foreign-call");
  }
  CHECK(problem_code(ends(kCsrf)) == "auth.no-session");
  CHECK(last_call().empty());
  const auto ended = ends(std::string(kOpen) + kCsrf + kOwn);
  CHECK(status_of_answer(ended) == 200);
  CHECK(ended.find("Set-Cookie: __Host-segell=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0\r\n") !=
        ended.npos);
  CHECK(ended.find("Clear-Site-Data: \"cache\"\r\n") != ended.npos);
  CHECK(last_call() == "end_session|here");
  // Reading needs no token: the page learns it so.
  CHECK(status_of_answer(rim.call("GET", "/api/v1/session", kOpen)) == 200);
}

TEST_CASE("a session reaches the ordinary calls in its role, and only once it has done its step") {
  const Rim rim;
  const std::string person = R"({"name":"Ona Fictícia"})";
  const std::string key = "Idempotency-Key: k\r\n";
  CHECK(status_of_answer(rim.post("/api/v1/persons", kOpen + key + kCsrf, person)) == 201);
  CHECK(problem_code(rim.post("/api/v1/persons", kOpen + key, person)) == "auth.foreign-call");
  CHECK(status_of_answer(rim.call("GET", "/api/v1/documents/x/content", kOpen)) == 200);
  const auto half = rim.call("GET", "/api/v1/documents/x/content", "Cookie: __Host-segell=sgs_half\r\n");
  CHECK(status_of_answer(half) == 403);
  CHECK(problem_code(half) == "session.step");
  CHECK(problem_code(rim.call("GET", "/api/v1/documents/x/content", "Cookie: __Host-segell=sgs_bare\r\n")) ==
        "http.not-found");
  // Calls of other systems, and a tablet's, are not there for a session.
  CHECK(problem_code(rim.post("/access/v1/evaluation", std::string(kOpen) + kCsrf, "{}")) == "http.not-found");
  CHECK(status_of_answer(rim.call("GET", "/api/v1/visit", kOpen)) == 401);
  CHECK(status_of_answer(rim.call("GET", "/api/v1/session", "Authorization: Bearer sgt_good\r\n")) == 401);
}

TEST_CASE("a cookie that stands twice opens nothing, and neither does one beside a token") {
  const Rim rim;
  CHECK(status_of_answer(
            rim.call("GET", "/api/v1/session", "Cookie: __Host-segell=sgs_open; __Host-segell=sgs_open\r\n")) == 401);
  CHECK(status_of_answer(rim.call("GET", "/api/v1/session", std::string(kOpen) + kOpen)) == 400);
  // The token speaks; the cookie is not looked at.
  const auto answer = rim.call("GET", "/api/v1/documents/x", std::string(kOpen) + "Authorization: Bearer sgt_bad\r\n");
  CHECK(problem_code(answer) == "auth.invalid-token");
}

TEST_CASE("every call of the session arrives with what it was sent") {
  const Rim rim;
  struct Row {
    const char* path;
    const char* body;
    const char* call;
  };
  const Row rows[] = {
      {"/api/v1/session/second-factor", R"({"code":"123456"})", "pass_second_factor|123456"},
      {"/api/v1/session/authenticator", "{}", "begin_totp"},
      {"/api/v1/session/authenticator/confirmation", R"({"code":"1"})", "confirm_totp|1"},
      {"/api/v1/session/role", R"({"id":"r"})", "choose_role|r"},
      {"/api/v1/session/password", R"({"current":"a","wanted":"b"})", "change_password|a|b"},
      {"/api/v1/session/hand-over", "{}", "hand_over"},
      {"/api/v1/session/return", R"({"proof":"123456"})", "take_back|sgs_open|123456"},
      {"/api/v1/session/end", R"({"everywhere":true})", "end_session|everywhere"},
      {"/api/v1/session/passkeys/options", "{}", "begin_passkey"},
      {"/api/v1/session/passkeys/p1/removal", "{}", "remove_passkey|p1"},
      {"/api/v1/session/second-factor/passkey/options", "{}", "ask_for_passkey"},
      {"/api/v1/session/second-factor/passkey",
       R"({"id":"i","clientDataJSON":"c","authenticatorData":"a","signature":"s"})", "pass_passkey|i|c|a|s"},
      {"/api/v1/session/return/passkey/options", "{}", "ask_for_passkey_back|sgs_open"},
      {"/api/v1/session/return/passkey", R"({"id":"i","clientDataJSON":"c","authenticatorData":"a","signature":"s"})",
       "take_back_by_passkey|sgs_open|i"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.path);
    const auto answer = rim.post(row.path, std::string(kOpen) + kCsrf, row.body);
    CHECK(status_of_answer(answer) == 200);
    CHECK(last_call() == row.call);
    const auto extra = rim.post(row.path, std::string(kOpen) + kCsrf, R"({"more":1})");
    CHECK(status_of_answer(extra) == 400);
    CHECK(last_call().empty());
  }
  const auto added = rim.post("/api/v1/session/passkeys", std::string(kOpen) + kCsrf,
                              R"({"name":"n","clientDataJSON":"c","authenticatorData":"a"})");
  CHECK(status_of_answer(added) == 201);
  CHECK(added.find("\r\nSet-Cookie: __Host-segell=sgs_") != added.npos);
  CHECK(last_call() == "add_passkey|n|c|a");
  CHECK(problem_code(rim.post("/api/v1/session/return/passkey/options", "Sec-Fetch-Site: cross-site\r\n", "{}")) ==
        "auth.foreign-call");
  CHECK(status_of_answer(rim.post("/api/v1/activation", "", R"({"name":"n","code":"c","password":"p"})")) == 201);
  CHECK(last_call() == "activate|n|c|p|-");
  rim.post("/api/v1/activation", kOpen, R"({"name":"n","code":"c","password":"p"})");
  CHECK(last_call() == "activate|n|c|p|sgs_open");
}

TEST_CASE("the client behind a proxy is believed to the named proxies alone") {
  const std::vector<std::string> proxies{"127.0.0.1", "2001:db8::1"};
  const auto address = [&](std::string_view peer, std::vector<http::Field> fields) {
    http::Request request;
    request.head = head_of(std::move(fields));
    request.peer = peer;
    return http::client_address(request, proxies);
  };
  CHECK(address("192.0.2.7", {{"x-forwarded-for", "198.51.100.1"}}) == "192.0.2.7");
  CHECK(address("127.0.0.1", {{"x-forwarded-for", "198.51.100.1"}}) == "198.51.100.1");
  CHECK(address("127.0.0.1", {{"x-forwarded-for", "203.0.113.9, 198.51.100.1"}}) == "198.51.100.1");
  CHECK(address("127.0.0.1", {{"x-forwarded-for", "203.0.113.9"}, {"x-forwarded-for", "198.51.100.1"}}) ==
        "198.51.100.1");
  CHECK(address("127.0.0.1", {{"x-forwarded-for", "nonsense\"<>"}}) == "127.0.0.1");
  CHECK(address("127.0.0.1", {}) == "127.0.0.1");
  CHECK(address("::ffff:192.0.2.7", {}) == "192.0.2.7");
  CHECK(address("2001:db8:1:2:3:4:5:6", {}) == "2001:db8:1:2::/64");
  CHECK(address("2001:db8:1:2:ffff::1", {}) == "2001:db8:1:2::/64");
  CHECK(address("fe80::1%eth0", {}) == "fe80::/64");
  CHECK(address("", {}).empty());
}
