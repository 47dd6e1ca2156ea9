// Which call reaches which use case, with what was sent.

#include "http/api_server.h"

#include <doctest/doctest.h>

using segell::tests::ApiServer;
using segell::tests::body_of;
using segell::tests::code_of;
using segell::tests::last_call;
using segell::tests::status_of_answer;

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
  for (const auto& row : {std::tuple("roles", R"({"role":"dpo"})", "give_account_role|a1|dpo"),
                          {"role-withdrawal", R"({"id":"h1"})", "withdraw_account_role|a1|h1"},
                          {"letter", R"({"language":"es"})", "issue_account_letter|a1|es"},
                          {"block", "{}", "block_account|a1"},
                          {"unblock", "{}", "unblock_account|a1"},
                          {"second-factor-reset", "{}", "reset_second_factor|a1"},
                          {"session-end", "{}", "end_account_sessions|a1"}}) {
    const auto& [path, body, told] = row;
    CAPTURE(std::get<0>(row));
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
  CHECK(status_of_answer(api.post("/api/v1/documents/d1/seal-preparations",
                                  R"({"certificates":["AA==","AA=="],"padding":"pss","field":"f","reason":"r"})")) ==
        201);
  CHECK(last_call().starts_with("prepare_seal|d1 2 pss f r|k1@POST /api/v1/documents/{id}/seal-preparations@"));
  CHECK(status_of_answer(api.post("/api/v1/seal-preparations/s1/completion", R"({"signature":"AAAA"})")) == 201);
  CHECK(last_call().starts_with("complete_seal|s1 3|k1@"));
  // Whoever sends a wrong signature is told so: nobody behind the service is at fault.
  CHECK(status_of_answer(api.post("/api/v1/seal-preparations/s1/completion", R"({"signature":"AA=="})")) == 422);
  CHECK(status_of_answer(api.call("POST", "/api/v1/verify", "Content-Type: application/pdf\r\n", "hello")) == 200);
  CHECK(last_call() == "verify|5|-");
  CHECK(status_of_answer(
            api.call("POST", "/api/v1/verify?signatureLength=2", "Content-Type: application/pdf\r\n", "hello")) == 200);
  CHECK(last_call() == "verify|2|-");
  // Of unknown length: from a file.
  CHECK(status_of_answer(api.send("POST /api/v1/verify?signatureLength=2 HTTP/1.1\r\nHost: a\r\n"
                                  "Content-Type: application/octet-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                                  "5\r\nhello\r\n0\r\n\r\n")) == 200);
  CHECK(last_call() == "verify_spooled|5|2");
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
  CHECK(status_of_answer(api.call("GET", "/api/v1/mine/representatives", ApiServer::kIntegrator)) == 200);
  CHECK(last_call() == "list_my_representatives");
  for (const std::string list : {"mine/decisions", "mine/accesses", "mine/corrections", "corrections"}) {
    CHECK(status_of_answer(api.call("GET", "/api/v1/" + list + "?cursor=7", ApiServer::kIntegrator)) == 200);
    CHECK(last_call().ends_with("|7"));
  }
}

TEST_CASE("who decides for a person reaches its use cases") {
  const ApiServer api;
  CHECK(status_of_answer(api.call("PUT", "/api/v1/persons/p1/birth-date",
                                  ApiServer::kIntegrator + "Content-Type: application/json\r\nIdempotency-Key: k1\r\n",
                                  R"({"birthDate":"2013-05-02","seen":"register"})")) == 200);
  CHECK(last_call() == "set_birth_date|p1|2013-05-02|register|");
  CHECK(status_of_answer(
            api.post("/api/v1/persons/p1/representations",
                     R"({"representativeId":"p2","basis":"parental-authority","holds":"joint","scope":["image"],)"
                     R"("evidence":{"kind":"family-book","reference":"f","seen":true}})")) == 201);
  CHECK(last_call() == "record_representation|p1|p2|parental-authority|joint|1|-|-|family-book|f|seen|-");
  CHECK(code_of(api.post("/api/v1/persons/p1/representations", R"({"representativeId":"p2","basis":"power"})")) ==
        "request.missing-field");
  CHECK(status_of_answer(api.call("GET", "/api/v1/persons/p1/representations", ApiServer::kIntegrator)) == 200);
  CHECK(last_call() == "list_representations|p1");
  CHECK(status_of_answer(api.post("/api/v1/representations/r1/state", R"({"state":"revocada","reason":"r"})")) == 201);
  CHECK(last_call() == "change_representation|r1|revocada|r");
  CHECK(status_of_answer(api.post("/api/v1/representations/r1/objections",
                                  R"({"scope":{"recipient":"web"},"channel":"email","reason":"r",)"
                                  R"("receivedAt":"2026-11-20T09:14:07Z"})")) == 201);
  CHECK(last_call() == "record_objection|r1|||web|email|2026-11-20T09:14:07Z|-|r");
  CHECK(status_of_answer(api.post("/api/v1/objections/o1/end", R"({"by":"judgment","reason":"r"})")) == 201);
  CHECK(last_call() == "end_objection|o1|judgment|r|-");
  CHECK(status_of_answer(api.call("GET", "/api/v1/reviews?cursor=7", ApiServer::kIntegrator)) == 200);
  CHECK(last_call() == "list_reviews|7");
  CHECK(status_of_answer(api.post("/api/v1/reviews/v1/answer", R"({"text":"t","seen":7})")) == 201);
  CHECK(last_call() == "answer_review|v1|t|7");
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
