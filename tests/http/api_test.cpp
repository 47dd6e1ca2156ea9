#include "http/api.h"

#include "base/json.h"
#include "http/fake_app.h"
#include "http/raw_client.h"
#include "http/server.h"

#include "app/service.h"

#include <doctest/doctest.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <chrono>
#include <set>
#include <sstream>
#include <tuple>

using segell::base::parse_json;
using segell::tests::body_of;
using segell::tests::last_call;
using segell::tests::RawClient;
using segell::tests::status_of_answer;

namespace {

const segell::http::Asset kAssets[] = {
    {"/visit", "text/html; charset=utf-8", "<!doctype html>"},
    {"/assets/visit-1a2b3c.js", "text/javascript; charset=utf-8", "export {};"},
};

struct ApiServer {
  ApiServer() {
    segell::http::ApiOptions options;
    options.assets = kAssets;
    options.max_document_bytes = 1000;
    options.log_every_request = true;
    auto sink = std::make_shared<spdlog::sinks::ostream_sink_mt>(m_log);
    spdlog::set_default_logger(std::make_shared<spdlog::logger>("test", sink));
    m_service = segell::tests::make_fake_service();
    m_site = segell::http::make_api(*m_service, options);
    m_server = *segell::http::Server::start({}, *m_site);
  }

  std::string send(const std::string& text) const {
    RawClient client(m_server->port());
    client.send(text);
    return client.read_answer();
  }
  std::string call(std::string_view method, std::string_view path, std::string_view fields = {},
                   std::string_view body = {}) const {
    return send(std::string(method) + ' ' + std::string(path) + " HTTP/1.1\r\nHost: a\r\n" + std::string(fields) +
                "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body));
  }
  /// As an integrator, in JSON.
  std::string post(std::string_view path, std::string_view body,
                   std::string_view more = "Idempotency-Key: k1\r\n") const {
    return call("POST", path, kIntegrator + "Content-Type: application/json\r\n" + std::string(more), body);
  }
  std::string visit(std::string_view path, std::string_view body,
                    std::string_view more = "Idempotency-Key: k1\r\n") const {
    return call("POST", path, kVisit + "Content-Type: application/json\r\n" + std::string(more), body);
  }

  /// Without a credential, in JSON.
  std::string anyone(std::string_view path, std::string_view body) const {
    return call("POST", path, "Content-Type: application/json\r\n", body);
  }

  /// All that was logged, once the server has ended: a line is written after its answer has left.
  std::string log() const {
    m_server->stop(std::chrono::seconds(10));
    return m_log.str();
  }

  inline static const std::string kIntegrator = "Authorization: Bearer sgt_good\r\n";
  inline static const std::string kVisit = "Authorization: Bearer sgv_good\r\n";

  std::ostringstream m_log;
  std::unique_ptr<segell::app::Service> m_service;
  std::unique_ptr<segell::http::Site> m_site;
  std::unique_ptr<segell::http::Server> m_server;
};

std::string code_of(const std::string& answer) {
  const auto json = parse_json(body_of(answer));
  const auto* code = json ? json->find("code") : nullptr;
  return code != nullptr && code->as_string() != nullptr ? *code->as_string() : "";
}

}  // namespace

TEST_CASE("the calls of those who keep logins reach their use cases") {
  const ApiServer api;
  const std::string wanted =
      R"({"name":"marta","shownName":"Marta","unit":"Nord","roles":[{"role":"citizen","personId":"p"}],"language":"ca"})";
  CHECK(status_of_answer(api.post("/api/v1/accounts", wanted)) == 201);
  CHECK(last_call() == "add_account|marta|Marta|Nord|citizen/p |ca");
  CHECK(status_of_answer(api.post("/api/v1/accounts", R"({"name":"marta","shownName":"M","language":"ca"})")) == 400);
  CHECK(status_of_answer(api.call("GET", "/api/v1/accounts?role=staff&cursor=7-a", ApiServer::kIntegrator)) == 200);
  CHECK(last_call() == "list_accounts|staff|7-a");
  CHECK(status_of_answer(api.call("GET", "/api/v1/accounts/a1", ApiServer::kIntegrator)) == 200);
  CHECK(last_call() == "describe_account|a1");
  for (const auto& [path, body, told] : {std::tuple("roles", R"({"role":"dpo"})", "give_account_role|a1|dpo"),
                                         {"role-withdrawal", R"({"id":"h1"})", "withdraw_account_role|a1|h1"},
                                         {"letter", R"({"language":"es"})", "issue_account_letter|a1|es"},
                                         {"block", "{}", "block_account|a1"},
                                         {"unblock", "{}", "unblock_account|a1"},
                                         {"second-factor-reset", "{}", "reset_second_factor|a1"},
                                         {"session-end", "{}", "end_account_sessions|a1"}}) {
    CAPTURE(path);
    CHECK(status_of_answer(api.post(std::string("/api/v1/accounts/a1/") + path, body)) == 200);
    CHECK(last_call() == told);
    CHECK(status_of_answer(api.post(std::string("/api/v1/accounts/a1/") + path, R"({"more":1})")) == 400);
  }
}

TEST_CASE("visits without a network reach their use cases, and their capability reaches nothing else") {
  const ApiServer api;
  const std::string package = "Authorization: Bearer sgp_good\r\n";
  CHECK(status_of_answer(api.post("/api/v1/devices", R"({"label":"Tauleta 3","publicKey":"k","proof":"p"})")) == 201);
  CHECK(last_call() == "enrol_device|Tauleta 3|k|p");
  CHECK(status_of_answer(api.call("GET", "/api/v1/devices?cursor=7", ApiServer::kIntegrator)) == 200);
  CHECK(last_call() == "list_devices|7");
  CHECK(status_of_answer(api.post("/api/v1/devices/d1/revocation", R"({"reason":"lost"})")) == 201);
  CHECK(last_call() == "revoke_device|d1|lost");
  CHECK(status_of_answer(api.post("/api/v1/visits", R"({"device":"d","requests":["a","b"],"expiresAt":"e"})")) == 201);
  CHECK(last_call() == "prepare_visit|d|ab|e");
  CHECK(status_of_answer(api.call("GET", "/api/v1/visits?limit=3", ApiServer::kIntegrator)) == 200);
  CHECK(last_call() == "list_visits|3|");
  CHECK(status_of_answer(api.call("GET", "/api/v1/visits?with=papers", ApiServer::kIntegrator)) == 200);
  CHECK(last_call() == "list_visits|50|papers");
  CHECK(status_of_answer(api.call("GET", "/api/v1/visits?with=names", ApiServer::kIntegrator)) == 400);
  const auto preview = api.post("/api/v1/visits/preview", R"({"device":"d","requests":["a","b"],"expiresAt":"e"})");
  CHECK(status_of_answer(preview) == 200);
  CHECK(last_call() == "preview_visit|d|ab|e");
  CHECK(status_of_answer(api.post("/api/v1/visits/v1/withdrawal", "{}")) == 201);
  CHECK(last_call() == "withdraw_visit|v1");
  CHECK(status_of_answer(api.post("/api/v1/visits/v1/withdrawal", R"({"more":1})")) == 400);
  CHECK(status_of_answer(api.call("GET", "/api/v1/visits/v1", ApiServer::kIntegrator)) == 200);
  CHECK(last_call() == "describe_visit|v1");
  CHECK(status_of_answer(api.post("/api/v1/visits/v1/package", "{}")) == 201);
  CHECK(last_call() == "issue_package|v1");
  CHECK(status_of_answer(api.call("GET", "/api/v1/package", package)) == 200);
  CHECK(last_call() == "describe_package");
  CHECK(status_of_answer(api.call("GET", "/api/v1/package/requests/r1/paper", package)) == 200);
  CHECK(last_call() == "read_package_paper|r1");
  CHECK(status_of_answer(api.call("GET", "/api/v1/package/requests/r1/reading-view", package)) == 200);
  CHECK(last_call() == "read_package_reading_view|r1");
  const std::string head = package + "Content-Type: application/json\r\nIdempotency-Key: n1\r\n";
  CHECK(status_of_answer(api.call("POST", "/api/v1/package/acts", head, R"({"act":{"a":1},"signature":"s"})")) == 201);
  CHECK(last_call() == R"(receive_act|{"a":1}|s|n1)");
  CHECK(status_of_answer(api.call("POST", "/api/v1/package/acts", head, R"({"act":1,"signature":"s"})")) == 400);

  // The same neutral answer as for what is not there, whoever asks for the other's.
  for (const char* path : {"/api/v1/visit", "/api/v1/devices", "/api/v1/documents/d1", "/api/v1/visits/v1"}) {
    CAPTURE(path);
    const std::string answer = api.call("GET", path, package);
    CHECK(status_of_answer(answer) == 404);
    CHECK(code_of(answer) == "http.not-found");
  }
  CHECK(code_of(api.call("GET", "/api/v1/package", ApiServer::kVisit)) == "http.not-found");
  CHECK(code_of(api.call("GET", "/api/v1/package", ApiServer::kIntegrator)) == "auth.invalid-token");
  CHECK(code_of(api.call("GET", "/api/v1/package", "Authorization: Bearer sgp_bad\r\n")) == "auth.invalid-token");
  CHECK(code_of(api.call("GET", "/api/v1/package")) == "auth.missing-token");
}

TEST_CASE("every call reaches its use case with what was sent") {
  const ApiServer api;
  CHECK(status_of_answer(api.call("POST", "/api/v1/documents",
                                  ApiServer::kIntegrator + "Content-Type: application/pdf\r\nIdempotency-Key: k1\r\n",
                                  "hello")) == 201);
  CHECK(last_call() == "store_document|5|k1@POST /api/v1/documents@2cf24dba");
  CHECK(status_of_answer(api.post("/api/v1/persons", R"({"name":"M","identifier":{"type":"DNI","value":"0T"}})")) ==
        201);
  CHECK(last_call().starts_with("create_person|M|DNI0T|k1@POST /api/v1/persons@"));
  CHECK(
      status_of_answer(api.post(
          "/api/v1/persons/p1/decisions",
          R"({"kind":"grant","purpose":"p","category":"c","recipient":"r","basis":{"kind":"b","article6":"6","article9":"9","opposable":"no"},"notice":{"key":"n","version":2},"validUntil":"2030","channel":"web"})")) ==
      201);
  CHECK(last_call() == "record_decision|p1|grant|p|c|r|b9|n2|2030|web");
  CHECK(status_of_answer(
            api.post("/api/v1/persons/p1/decisions",
                     R"({"kind":"withdraw","purpose":"p","category":"c","recipient":"r","channel":"slip"})")) == 201);
  CHECK(last_call() == "record_decision|p1|withdraw|p|c|r|-|-|-|slip");
  CHECK(status_of_answer(api.post("/api/v1/persons/p1/erasure", "{}")) == 201);
  CHECK(last_call() == "erase_person|p1");
  CHECK(status_of_answer(api.post("/api/v1/notices", R"({"key":"k","language":"ca","title":"t","text":"x"})")) == 201);
  CHECK(last_call() == "publish_notice|k|ca|t|x");
  CHECK(
      status_of_answer(api.post(
          "/api/v1/signature-requests",
          R"({"documentId":"d","personId":"p","title":"t","language":"ca","capacity":"self","identityEvidence":{"kind":"id-seen","level":2},"items":[{"purpose":"1","category":"2","recipient":"3","basis":{"kind":"4","article6":"5","law":"6","opposable":"7"},"notice":{"key":"8","version":9},"validUntil":"0","text":"a","consequenceIfRefused":"b"}],"methods":["drawn","button"],"expiresAt":"e"})")) ==
      201);
  CHECK(last_call() == "create_signature_request|d|p|t|ca|self|id-seen|2||-|1234567890ab|drawnbutton|e|named");
  CHECK(
      status_of_answer(api.post(
          "/api/v1/signature-requests",
          R"({"documentId":"d","personId":"p","title":"t","language":"ca","capacity":"self","identityEvidence":{"kind":"id-seen","level":2},"professional":{"name":"Marta Inventada"},"discreet":true,"items":[],"methods":["drawn"],"expiresAt":"e"})")) ==
      201);
  CHECK(last_call() == "create_signature_request|d|p|t|ca|self|id-seen|2||Marta Inventada||drawn|e|discreet");
  CHECK(status_of_answer(api.call("GET", "/api/v1/signature-requests/r1", ApiServer::kIntegrator)) == 200);
  CHECK(last_call() == "describe_signature_request|r1");
  CHECK(status_of_answer(api.call("GET", "/api/v1/templates", ApiServer::kIntegrator)) == 200);
  CHECK(last_call() == "list_templates");
  CHECK(
      status_of_answer(api.post(
          "/api/v1/templates/work-plan/documents",
          R"({"version":3,"language":"ca","fields":{"a":["b"]},"items":[{"item":"i","noticeVersion":2,"validUntil":"v"}],"signers":[{"signer":"person","name":"N"}]})")) ==
      201);
  CHECK(last_call() == R"(make_template_document|work-plan|3|ca|{"a":["b"]}|i2v|person=N;)");
  CHECK(status_of_answer(api.post("/api/v1/templates/work-plan/documents",
                                  R"({"language":"ca","fields":[],"items":[],"signers":[]})")) == 400);
  const auto reading = api.call("GET", "/api/v1/documents/d1/reading-view", ApiServer::kIntegrator);
  CHECK(status_of_answer(reading) == 200);
  CHECK(reading.find("Content-Type: text/html; charset=utf-8") != reading.npos);
  CHECK(reading.find("Content-Security-Policy: default-src 'none'") != reading.npos);
  CHECK(last_call() == "read_reading_view|d1");
  for (const auto* kind : {"content", "disclosure", "envelope"}) {
    const auto answer = api.call("GET", std::string("/api/v1/documents/d1/") + kind, ApiServer::kIntegrator);
    CHECK(status_of_answer(answer) == 200);
    CHECK(answer.find("Content-Disposition: attachment; filename=\"document-7F3K.pdf\"") != answer.npos);
    CHECK(last_call() == std::string("read_") + kind + "|d1");
  }
  CHECK(status_of_answer(api.call("GET", "/api/v1/visit", ApiServer::kVisit)) == 200);
  CHECK(last_call() == "read_visit");
  CHECK(status_of_answer(api.visit("/api/v1/visit/choices", R"({"choices":[{"item":"i","choice":"grant"}]})", "")) ==
        200);
  CHECK(last_call() == "choose|i=grant;");
  CHECK(status_of_answer(api.visit("/api/v1/visit/choices",
                                   R"({"choices":[{"item":"i","choice":"grant"}],"sha256":"ab"})", "")) == 200);
  CHECK(last_call() == "choose|i=grant;ab");
  CHECK(status_of_answer(api.call("GET", "/api/v1/visit/paper", ApiServer::kVisit)) == 200);
  CHECK(last_call() == "read_paper");
  CHECK(status_of_answer(api.call("GET", "/api/v1/visit/reading-view", ApiServer::kVisit)) == 200);
  CHECK(last_call() == "read_visit_reading_view");
  CHECK(status_of_answer(api.call("GET", "/api/v1/visit/document", ApiServer::kVisit)) == 200);
  CHECK(last_call() == "read_frozen");
  CHECK(
      status_of_answer(api.visit(
          "/api/v1/visit/act",
          R"({"shown":{"sha256":"a","sha512":"b","length":7},"method":"drawn","meaning":"agree","picture":{"width":3,"height":4,"bits":"aGk="},"envelope":"aG8=","capture":{"pointerType":"pen"},"notes":{"questions":[],"spokeAlone":"no"}})")) ==
      201);
  CHECK(last_call().starts_with(
      R"(perform_act|a|b|7|drawn|agree|3x4hi|ho|{"pointerType":"pen"}|no|k1@POST /api/v1/visit/act@)"));
  CHECK(status_of_answer(api.visit("/api/v1/visit/act", R"({"method":"drawn","meaning":"agree"})")) == 400);
  CHECK(status_of_answer(api.visit("/api/v1/visit/answer", R"({"answer":"deferred"})")) == 200);
  CHECK(last_call() == "answer_visit|deferred");
  CHECK(status_of_answer(api.visit("/api/v1/visit/answer",
                                   R"({"answer":"refused","notes":{"questions":[],"spokeAlone":"yes"}})")) == 200);
  CHECK(last_call() == "answer_visit|refused yes");
  CHECK(
      status_of_answer(api.visit(
          "/api/v1/visit/on-behalf",
          R"({"shown":{"sha256":"a","sha512":"b","length":7},"method":"official","meaning":"agree","consent":true})")) ==
      201);
  CHECK(last_call() == "consent_on_behalf|official|agree|yes");
  CHECK(status_of_answer(api.post("/api/v1/signature-requests/r1/official-act", R"({"signature":"aGk="})")) == 201);
  CHECK(last_call() == "sign_on_behalf|r1|-|hi");
  CHECK(status_of_answer(api.post(
            "/api/v1/officials",
            R"({"account":"marta","resolution":"1/2026","since":"a","until":"b","procedures":["p"]})")) == 201);
  CHECK(last_call() == "register_official|marta|1/2026|a|b|p;|");
  CHECK(status_of_answer(api.post("/api/v1/officials/o1/withdrawal", R"({"reason":"plega"})")) == 201);
  CHECK(last_call() == "withdraw_official|o1|plega");
  CHECK(status_of_answer(api.post("/api/v1/slips", R"({"count":3,"bindBy":"2030"})")) == 201);
  CHECK(last_call() == "issue_slips|3|2030");
  CHECK(status_of_answer(api.post("/api/v1/signature-requests/r1/slips", "{}")) == 201);
  CHECK(last_call() == "issue_request_slip|r1|-");
  CHECK(status_of_answer(api.post("/api/v1/signature-requests/r1/slips", R"({"code":"c"})")) == 201);
  CHECK(last_call() == "issue_request_slip|r1|c");
  CHECK(status_of_answer(api.post("/api/v1/slips/s1/revocation", "{}")) == 201);
  CHECK(last_call() == "revoke_slip|s1");
  CHECK(status_of_answer(api.anyone("/api/v1/slip/look", R"({"code":"good"})")) == 200);
  CHECK(last_call() == "look_at_slip|good");
  CHECK(status_of_answer(api.anyone("/api/v1/slip/withdrawal", R"({"code":"good","lines":["a","b"]})")) == 200);
  CHECK(last_call() == "withdraw_by_slip|good|a;b;");
  CHECK(api.anyone("/api/v1/slip/paper", R"({"code":"good"})").find("attachment; filename=\"document-7F3K.pdf\"") !=
        std::string::npos);
  CHECK(last_call() == "read_slip_paper|good");
  CHECK(status_of_answer(api.visit("/api/v1/visit/copy", R"({"copy":"phone","code":"c"})")) == 201);
  CHECK(last_call() == "choose_copy|phone|c");
  CHECK(status_of_answer(api.visit("/api/v1/visit/copy", R"({"copy":"none"})")) == 201);
  CHECK(last_call() == "choose_copy|none|-");
  CHECK(status_of_answer(api.anyone("/api/v1/check", R"({"code":"c"})")) == 200);
  CHECK(last_call() == "check_code|c");
  CHECK(
      status_of_answer(api.post(
          "/api/v1/persons/p1/told-decisions",
          R"({"kind":"withdraw","purpose":"p","category":"c","recipient":"r","heardBy":"m","heardAt":"t","channel":"phone","language":"ca","text":"x"})")) ==
      201);
  CHECK(last_call() == "record_told_decision|p1|withdraw|p|c|r|m|t|phone|ca|x");
  CHECK(status_of_answer(api.call("POST", "/api/v1/verify", "Content-Type: application/pdf\r\n", "hello")) == 200);
  CHECK(last_call() == "verify|5|-");
  CHECK(status_of_answer(api.call("POST", "/api/v1/verify", "Content-Type: application/json\r\n",
                                  R"({"file":"aGk=","disclosure":{"a":1}})")) == 200);
  CHECK(last_call() == R"(verify|2|{"a":1})");
  CHECK(body_of(api.call("GET", "/log/segell.example/t1/checkpoint")) == "note");
  CHECK(last_call() == "read_checkpoint|segell.example/t1");
  CHECK(body_of(api.call("GET", "/log/segell.example/t1/tile/0/x001/234.p/5")) == "tile");
  CHECK(last_call() == "read_tile|segell.example/t1|0/x001/234.p/5");
  CHECK(status_of_answer(api.call("GET", "/readyz")) == 200);
  CHECK(last_call() == "check_ready");
  CHECK(status_of_answer(api.call("GET", "/healthz")) == 200);
}

TEST_CASE("what a professional asks for at the desk reaches its use case") {
  const ApiServer api;
  CHECK(
      status_of_answer(api.post(
          "/api/v1/signature-requests",
          R"({"documentId":"d","personId":"p","title":"t","language":"ca","capacity":"self","address":"familiar","after":"r0","identityEvidence":{"kind":"known","level":1},"items":[],"methods":["drawn"],"meanings":["agree","disagree"],"expiresAt":"e"})")) ==
      201);
  CHECK(last_call() == "create_signature_request|agree;disagree;|r0|familiar");
  const auto list = [&](const std::string& query) {
    return api.call("GET", "/api/v1/signature-requests" + query, ApiServer::kIntegrator);
  };
  CHECK(status_of_answer(list("?state=signed_with_reservation&limit=7&cursor=12-ab")) == 200);
  CHECK(last_call() == "list_signature_requests|12-ab|7|signed_with_reservation");
  CHECK(status_of_answer(list("")) == 200);
  CHECK(last_call() == "list_signature_requests||50|");
  for (const std::string bad : {"?state=", "?state=signed&state=signed", "?state=Signed", "?state=a%20b", "?person=x"})
    CHECK(code_of(list(bad)) == "request.bad-query");
  CHECK(status_of_answer(api.post("/api/v1/signature-requests/r1/cancellation", "{}")) == 201);
  CHECK(last_call().starts_with("cancel_signature_request|r1|k1@POST /api/v1/signature-requests/{id}/cancellation@"));
  CHECK(status_of_answer(api.post("/api/v1/signature-requests/r1/link", R"({"expiresAt":"e"})")) == 201);
  CHECK(last_call() == "renew_request_link|r1|e");
  CHECK(status_of_answer(api.post("/api/v1/persons/search", R"({"name":"Roser"})")) == 200);
  CHECK(last_call() == "find_persons|Roser|-");
  CHECK(status_of_answer(api.post("/api/v1/persons/search", R"({"identifier":{"type":"DNI","value":"0T"}})")) == 200);
  CHECK(last_call() == "find_persons|-|DNI0T");
  CHECK(
      status_of_answer(api.visit(
          "/api/v1/visit/act",
          R"({"shown":{"sha256":"a","sha512":"b","length":7},"method":"button","meaning":"agree-with-reservation","reservation":"Fins a juny"})")) ==
      201);
  CHECK(last_call().find("agree-with-reservation Fins a juny") != std::string::npos);
}

TEST_CASE("a person's own matters and their corrections reach their use cases") {
  const ApiServer api;
  CHECK(status_of_answer(api.post("/api/v1/mine/decisions/d1/withdrawal", "{}")) == 201);
  CHECK(last_call().starts_with("withdraw_my_consent|d1|k1@POST /api/v1/mine/decisions/{id}/withdrawal@"));
  CHECK(status_of_answer(api.post("/api/v1/mine/decisions/d1/objection", "{}")) == 201);
  CHECK(last_call() == "object_to_my_use|d1");
  CHECK(code_of(api.post("/api/v1/mine/decisions/d1/objection", R"({"why":"x"})")) == "request.unknown-field");
  CHECK(status_of_answer(api.post("/api/v1/mine/corrections", R"({"text":"t","documentId":"d"})")) == 201);
  CHECK(last_call() == "ask_my_correction|t|d|");
  CHECK(code_of(api.post("/api/v1/mine/corrections", R"({"text":"t","channel":"web"})")) == "request.unknown-field");
  CHECK(status_of_answer(api.post("/api/v1/persons/p1/corrections", R"({"text":"t","channel":"phone"})")) == 201);
  CHECK(last_call() == "ask_correction|p1|t|-|phone");
  CHECK(status_of_answer(api.post("/api/v1/corrections/c1/answer", R"({"answer":"refused","text":"t"})")) == 201);
  CHECK(last_call() == "answer_correction|c1|refused|t");
  CHECK(status_of_answer(api.call("GET", "/api/v1/corrections/c1", ApiServer::kIntegrator)) == 200);
  CHECK(last_call() == "read_correction|c1");
  CHECK(status_of_answer(api.call("GET", "/api/v1/mine/documents/d1/verdict", ApiServer::kIntegrator)) == 200);
  CHECK(last_call() == "check_my_document|d1");
  for (const std::string list : {"mine/decisions", "mine/accesses", "mine/corrections", "corrections"}) {
    CHECK(status_of_answer(api.call("GET", "/api/v1/" + list + "?cursor=7", ApiServer::kIntegrator)) == 200);
    CHECK(last_call().ends_with("|7"));
  }
}

TEST_CASE("receipts, protections and what people say of the pages reach their use cases") {
  const ApiServer api;
  CHECK(status_of_answer(api.call("GET", "/api/v1/mine/decisions/d1/receipt?language=es", ApiServer::kIntegrator)) ==
        200);
  CHECK(last_call() == "read_my_receipt|d1|es");
  for (const char* bad : {"", "?lang=es", "?cursor=1"}) {
    CHECK(code_of(api.call("GET", std::string("/api/v1/mine/decisions/d1/receipt") + bad, ApiServer::kIntegrator)) ==
          "request.bad-query");
  }
  CHECK(status_of_answer(
            api.post("/api/v1/persons/p1/protections",
                     R"({"kind":"excluded-person","reason":"r","identifier":{"type":"DNI","value":"1"}})")) == 201);
  CHECK(last_call() == "set_protection|p1|excluded-person|r|-|1|-|");
  CHECK(status_of_answer(api.post("/api/v1/protections/x1/removal", R"({"reason":"r"})")) == 201);
  CHECK(last_call() == "remove_protection|x1|r");
  CHECK(status_of_answer(api.anyone("/api/v1/feedback", R"({"text":"t","way":"none","page":"visit"})")) == 201);
  CHECK(last_call() == "send_feedback|t|visit|none|");
  CHECK(code_of(api.anyone("/api/v1/feedback", R"({"text":"t","way":"none","name":"x"})")) == "request.unknown-field");
  CHECK(status_of_answer(api.post("/api/v1/feedback/f1/answer", R"({"text":"t"})")) == 201);
  CHECK(last_call() == "answer_feedback|f1|t");
}

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
