#include "http/api_server.h"

#include <doctest/doctest.h>

using segell::tests::ApiServer;
using segell::tests::code_of;
using segell::tests::last_call;
using segell::tests::status_of_answer;

TEST_CASE("what is said of a wrong signer reaches its use cases") {
  const ApiServer api;
  CHECK(status_of_answer(
            api.post("/api/v1/signature-requests/q1/misattributions", R"({"seen":"s","signerPersonId":"p2"})")) == 201);
  CHECK(last_call() == "raise_misattribution|q1|s|p2");
  CHECK(code_of(api.post("/api/v1/signature-requests/q1/misattributions", R"({"seen":"s","strokes":"x"})")) ==
        "request.unknown-field");
  CHECK(status_of_answer(api.call("GET", "/api/v1/documents/d1/void-record?language=en", ApiServer::kIntegrator)) ==
        200);
  CHECK(last_call() == "read_void_record|d1|en");
  CHECK(code_of(api.call("GET", "/api/v1/documents/d1/void-record", ApiServer::kIntegrator)) == "request.bad-query");
  CHECK(status_of_answer(api.call("GET", "/api/v1/misattributions?cursor=7", ApiServer::kIntegrator)) == 200);
  CHECK(last_call() == "list_misattributions|7");
  CHECK(status_of_answer(api.call("GET", "/api/v1/misattributions/m1", ApiServer::kIntegrator)) == 200);
  CHECK(last_call() == "read_misattribution|m1");
  CHECK(status_of_answer(api.post("/api/v1/misattributions/m1/decision", R"({"answer":"confirmed","reason":"r"})")) ==
        201);
  CHECK(last_call() == "decide_misattribution|m1|confirmed|r");
  CHECK(status_of_answer(api.post("/api/v1/misattributions/m1/told-recipients", R"({"recipient":"e"})")) == 201);
  CHECK(last_call() == "tell_recipient|m1|e");
  CHECK(status_of_answer(
            api.post("/api/v1/misattributions/m1/incident-end", R"({"answer":"reported","reason":"r"})")) == 201);
  CHECK(last_call() == "end_incident|m1|reported|r");
}
