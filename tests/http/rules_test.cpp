// What holds for every call, whichever use case it reaches: credentials, bounds, refusals, headers, the log, the
// description.

#include "http/api_server.h"

#include <doctest/doctest.h>

#include <set>
#include <tuple>

using segell::base::parse_json;
using segell::tests::ApiServer;
using segell::tests::body_of;
using segell::tests::code_of;
using segell::tests::last_call;
using segell::tests::status_of_answer;

TEST_CASE("a list takes a cursor and a limit, each once, and says back nothing of another query") {
  const ApiServer api;
  const auto ask = [&](const std::string& query) {
    return api.call("GET", "/api/v1/mine/documents" + query, ApiServer::kIntegrator);
  };
  CHECK(status_of_answer(ask("")) == 200);
  CHECK(last_call() == "list_my_documents||50");
  CHECK(status_of_answer(ask("?cursor=12-ab&limit=100")) == 200);
  CHECK(last_call() == "list_my_documents|12-ab|100");
  CHECK(status_of_answer(ask("?limit=1")) == 200);
  CHECK(last_call() == "list_my_documents||1");
  for (const std::string bad :
       {"?limit=0", "?limit=101", "?limit=x", "?limit=", "?limit=1&limit=2", "?limit=-1", "?cursor=", "?cursor=A",
        "?cursor=%31", "?cursor=1&cursor=2", "?person=canary", "?cursor", "?=1", "?cursor=1%0a"}) {
    CAPTURE(bad);
    const auto answer = ask(bad);
    CHECK(status_of_answer(answer) == 400);
    CHECK(code_of(answer) == "request.bad-query");
    CHECK(body_of(answer).find("canary") == std::string::npos);
  }
}

TEST_CASE("only the right kind of credential opens a route, and a tablet learns nothing of the rest") {
  const ApiServer api;
  const auto with = [&](std::string_view path, std::string_view token) {
    return api.call("GET", path, token.empty() ? "" : "Authorization: Bearer " + std::string(token) + "\r\n");
  };
  CHECK(status_of_answer(with("/api/v1/documents/d1", "")) == 401);
  CHECK(status_of_answer(with("/api/v1/documents/d1", "sgt_bad")) == 401);
  CHECK(code_of(with("/api/v1/documents/d1", "sgt_bad")) == "auth.invalid-token");
  CHECK(status_of_answer(with("/api/v1/visit", "")) == 401);
  CHECK(status_of_answer(with("/api/v1/visit", "sgt_good")) == 401);
  CHECK(status_of_answer(with("/api/v1/visit", "sgv_old")) == 410);
  CHECK(status_of_answer(api.call("GET", "/api/v1/documents/d1", "Authorization: Basic c2d0X2dvb2Q=\r\n")) == 401);
  CHECK(status_of_answer(api.call("GET", "/api/v1/documents/d1", "Authorization: bearer sgt_good\r\n")) == 401);
  CHECK(last_call().empty());

  const auto strip = [](std::string body) {
    const auto at = body.find(",\"requestId\"");
    return body.substr(0, at);
  };
  const auto denied = with("/api/v1/documents/d1", "sgv_good");
  const auto absent = with("/api/v1/nothing", "sgv_good");
  CHECK(status_of_answer(denied) == 404);
  CHECK(strip(body_of(denied)) == strip(body_of(absent)));
  CHECK(strip(body_of(with("/api/v1/signature-requests/r9", "sgv_bad"))) == strip(body_of(absent)));
  CHECK(last_call().empty());
}

TEST_CASE("what is refused before a use case names its reason") {
  const ApiServer api;
  const std::string json = "Content-Type: application/json\r\n";
  struct Row {
    std::string answer;
    int status;
    const char* code;
  };
  const Row rows[] = {
      {api.call("GET", "/nothing"), 404, "http.not-found"},
      {api.call("GET", "/api/v1/documents"), 405, "http.method-not-allowed"},
      {api.call("DELETE", "/visit"), 405, "http.method-not-allowed"},
      {api.call("TRACE", "/healthz"), 405, "http.method-not-allowed"},
      {api.post("/api/v1/persons", R"({"name":"M"})", ""), 400, "idempotency.missing-key"},
      {api.call("POST", "/api/v1/persons", ApiServer::kIntegrator + "Idempotency-Key: k\r\n", "{}"), 415,
       "http.content-type"},
      {api.call("POST", "/api/v1/persons",
                ApiServer::kIntegrator + "Idempotency-Key: k\r\nContent-Type: text/plain\r\n", "{}"),
       415, "http.content-type"},
      {api.call("POST", "/api/v1/persons",
                ApiServer::kIntegrator + "Idempotency-Key: k\r\nContent-Type: application/json; charset=latin1\r\n",
                "{}"),
       415, "http.content-type"},
      {api.call("POST", "/api/v1/documents", ApiServer::kIntegrator + "Idempotency-Key: k\r\n" + json, "{}"), 415,
       "http.content-type"},
      {api.call("POST", "/api/v1/persons",
                ApiServer::kIntegrator + "Idempotency-Key: k\r\nContent-Encoding: gzip\r\n" + json, "{}"),
       415, "http.content-encoding"},
      {api.post("/api/v1/persons", "{"), 400, "json.malformed"},
      {api.post("/api/v1/persons", ""), 400, "json.malformed"},
      {api.post("/api/v1/persons", "[]"), 400, "request.wrong-type"},
      {api.post("/api/v1/persons", R"({"name":"M","name":"N"})"), 400, "json.duplicate-member"},
      {api.post("/api/v1/persons", R"({"name":"M","nmae":"N"})"), 400, "request.unknown-field"},
      {api.post("/api/v1/persons", R"({})"), 400, "request.missing-field"},
      {api.post("/api/v1/persons/p/erasure", R"({"really":true})"), 400, "request.unknown-field"},
      {api.post("/api/v1/persons", '"' + std::string(70000, 'a') + '"'), 413, "http.body-too-large"},
      {api.call("POST", "/api/v1/verify", "Content-Type: application/pdf\r\n", std::string(1001, 'a')), 413,
       "http.body-too-large"},
      {api.call("POST", "/api/v1/verify", json, R"({"file":"not base64"})"), 400, "request.wrong-type"},
      {api.call("POST", "/api/v1/verify?signatureLength=5", "Content-Type: application/pdf\r\n", "hello"), 400,
       "verify.bad-split"},
      {api.call("POST", "/api/v1/verify?signatureLength=", "Content-Type: application/pdf\r\n", "hello"), 400,
       "request.bad-query"},
      {api.call("POST", "/api/v1/verify?signatureLength=0", "Content-Type: application/pdf\r\n", "hello"), 400,
       "request.bad-query"},
      {api.call("POST", "/api/v1/verify?length=5", "Content-Type: application/pdf\r\n", "hello"), 400,
       "request.bad-query"},
      {api.call("GET", "/assets/../visit"), 400, "http.target"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.answer);
    CHECK(status_of_answer(row.answer) == row.status);
    CHECK(code_of(row.answer) == row.code);
    CHECK(row.answer.find("Content-Type: application/problem+json") != row.answer.npos);
    CHECK(row.answer.find("X-Request-ID: ") != row.answer.npos);
  }
  CHECK(last_call().empty());
  CHECK(api.call("GET", "/api/v1/documents").find("\r\nAllow: POST\r\n") != std::string::npos);
}

TEST_CASE("failures keep their status, and the service's own keep their words to the log") {
  const ApiServer api;
  const auto store = [&](std::string_view key) {
    return api.call(
        "POST", "/api/v1/documents",
        ApiServer::kIntegrator + "Content-Type: application/pdf\r\nIdempotency-Key: " + std::string(key) + "\r\n", "x");
  };
  CHECK(status_of_answer(api.call("GET", "/api/v1/documents/d1", ApiServer::kIntegrator)) == 404);
  CHECK(status_of_answer(store("other-body")) == 422);
  CHECK(status_of_answer(store("in-flight")) == 409);
  CHECK(store("again").find("Idempotency-Replayed: true") != std::string::npos);
  CHECK(store("k").find("Idempotency-Replayed") == std::string::npos);
  for (const auto* key : {"corrupt", "throw"}) {
    const auto answer = store(key);
    CHECK(status_of_answer(answer) == 500);
    CHECK(code_of(answer) == "internal");
    CHECK(answer.find("canary") == answer.npos);
  }
  const auto log = api.log();
  CHECK(log.find("reason=storage.database-corrupt") != std::string::npos);
  CHECK(log.find("canary thrown") == std::string::npos);
}

TEST_CASE("every answer carries the headers that keep a browser honest") {
  const ApiServer api;
  const auto visit = api.call("GET", "/visit");
  const auto script = api.call("GET", "/assets/visit-1a2b3c.js");
  const auto data = api.call("GET", "/healthz");
  const auto refused = api.send("GET /x HTTP/1.1\r\n\r\n");
  for (const auto& answer : {visit, script, data, refused}) {
    CAPTURE(answer);
    CHECK(answer.find("X-Content-Type-Options: nosniff") != answer.npos);
    CHECK(answer.find("Referrer-Policy: no-referrer") != answer.npos);
    CHECK(answer.find("frame-ancestors 'none'") != answer.npos);
    CHECK(answer.find("default-src 'none'") != answer.npos);
    CHECK(answer.find("unsafe-inline") == answer.npos);
    CHECK(answer.find("Strict-Transport-Security") == answer.npos);  // plain HTTP
  }
  CHECK(visit.find("Cache-Control: no-store") != visit.npos);
  CHECK(visit.find("script-src 'self'") != visit.npos);
  CHECK(data.find("Cache-Control: no-store") != data.npos);
  CHECK(script.find("immutable") != script.npos);
  CHECK(body_of(script) == "export {};");
  CHECK(body_of(api.send("HEAD /visit HTTP/1.1\r\nHost: a\r\n\r\n")).empty());
}

TEST_CASE("an AuthZEN caller's request id comes back, on a refusal too, and nothing else does") {
  const ApiServer api;
  const auto ask = [&](std::string_view fields) {
    return api.post("/access/v1/evaluation", R"({"subject":{"type":"user","id":"a"},"future":1})", fields);
  };
  CHECK(ask("X-Request-ID: abc-1\r\n").find("\r\nX-Request-ID: abc-1\r\n") != std::string::npos);
  CHECK(last_call().find("\"future\":1") != std::string::npos);  // unknown fields are the standard's to ignore
  CHECK(ask("X-Request-ID: a b\r\n").find("\r\nX-Request-ID: a b\r\n") == std::string::npos);
  const auto denied =
      api.call("POST", "/access/v1/evaluation", "Authorization: Bearer sgt_bad\r\nX-Request-ID: abc-2\r\n");
  CHECK(status_of_answer(denied) == 401);
  CHECK(denied.find("\r\nX-Request-ID: abc-2\r\n") != denied.npos);
  const auto elsewhere = api.call("GET", "/healthz", "X-Request-ID: abc-1\r\n");
  CHECK(elsewhere.find("abc-1") == elsewhere.npos);
}

TEST_CASE("the log has routes and ids, and nothing that a caller sent") {
  const ApiServer api;
  api.call("GET", "/api/v1/documents/canary-path", ApiServer::kIntegrator);
  api.call("GET", "/canary-unknown?canary-query=1",
           "Authorization: Bearer canary-token\r\nX-Request-ID: canary-id\r\n");
  api.post("/api/v1/persons", R"({"name":"canary-name","identifier":{"type":"DNI","value":"canary-dni"}})");
  api.post("/api/v1/persons", R"({"canary-field":1})");
  api.send("GET /canary-line HTTP/1.1\r\nCanary-Header: x\r\n\r\n");
  const auto log = api.log();
  CHECK(log.find("route=/api/v1/documents/{id} status=404") != log.npos);
  CHECK(log.find("route=/api/v1/persons status=201") != log.npos);
  CHECK(log.find("anary") == log.npos);
  CHECK(log.find("sgt_") == log.npos);
}

TEST_CASE("codes that open nothing are counted by address, codes that open are not, and both take the same time") {
  const ApiServer api;
  const auto look = [&](std::string_view code) {
    const auto start = std::chrono::steady_clock::now();
    const auto answer = api.anyone("/api/v1/slip/look", R"({"code":")" + std::string(code) + "\"}");
    const auto took = std::chrono::steady_clock::now() - start;
    CHECK(took >= std::chrono::milliseconds(99));
    return answer;
  };
  for (int i = 0; i < 3; ++i) CHECK(status_of_answer(look("good")) == 200);
  int refused = 0;
  std::string last;
  for (int i = 0; i < 45; ++i) {
    last = api.anyone("/api/v1/slip/look", R"({"code":"bad"})");
    if (status_of_answer(last) == 429) ++refused;
  }
  CHECK(refused > 0);
  CHECK(code_of(last) == "http.too-many-tries");
  CHECK(last.find("Retry-After: 10") != last.npos);
  CHECK(status_of_answer(api.call("GET", "/healthz")) == 200);
}

TEST_CASE("the route table and the OpenAPI document list the same operations") {
  std::set<std::string> table;
  for (const auto& operation : segell::http::list_operations()) {
    std::string method(operation.method);
    for (auto& c : method) c = static_cast<char>(std::tolower(c));
    std::string pattern(operation.pattern);
    if (const auto plus = pattern.find("+}"); plus != pattern.npos) pattern.erase(plus, 1);
    table.insert(method + ' ' + pattern);
  }
  const auto document = parse_json(segell::http::openapi_document());
  REQUIRE(document.has_value());
  std::set<std::string> described;
  for (const auto& [path, methods] : *document->find("paths")->as_object()) {
    for (const auto& [method, operation] : *methods.as_object()) described.insert(method + ' ' + path);
  }
  CHECK(table == described);
  const ApiServer api;
  CHECK(body_of(api.call("GET", "/openapi.json")) == segell::http::openapi_document());
}
