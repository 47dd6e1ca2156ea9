#pragma once

#include "base/id.h"
#include "base/time.h"

#include <chrono>
#include <functional>
#include <set>
#include <string>
#include <vector>

// Which role reaches which operation, on things of its own person, of another one and of another tenant.

namespace segell::tests {

/// Who calls: the roles by their words, "integrator" with a token, "anyone" with nothing.
inline const std::vector<std::string> kCallers{"citizen",       "representative", "professional", "referent",
                                               "manager",       "auditor",        "dpo",          "integrator",
                                               "administrator", "anyone"};
using Callers = std::set<std::string>;
inline const Callers kEveryone(kCallers.begin(), kCallers.end());
inline const Callers kLoggedIn{"citizen", "representative", "professional", "referent",
                               "manager", "auditor",        "dpo",          "administrator"};
inline const Callers kDesk{"professional", "referent", "integrator"};
inline const Callers kToken{"integrator"};
inline const Callers kNobody{};

/// A person with a document and a request on it, of one tenant.
struct Things {
  std::string person;
  std::string document;
  std::string request;
  std::string decision;    ///< of a consent
  std::string objectable;  ///< of a use that leaves an objection
  std::string correction;
  std::string device;
  std::string visit;
  std::string protection;
  std::string feedback;
  std::string account;  ///< of somebody who works there
  std::string misattribution{};
  std::string representation{};
  std::string objection{};
  std::string review{};
  std::string seal{};  ///< prepared, on a document of its own
  std::int64_t review_entry = 0;
};

struct Line {
  const char* method;
  const char* pattern;
  Callers own;      ///< who reaches the things of the person that they hold or work with
  Callers other;    ///< who reaches another person's of the same tenant
  Callers foreign;  ///< who reaches another tenant's
  std::function<std::string(const Things&)> body = [](const Things&) { return std::string("{}"); };
};

inline std::string decision(const Things&) {
  return R"({"kind":"refuse","purpose":"meal-grant","category":"income.tax","recipient":"ensenyament","channel":"counter"})";
}
inline std::string told_decision(const Things&) {
  return R"({"kind":"withdraw","purpose":"meal-grant","category":"income.tax","recipient":"ensenyament",)"
         R"("heardBy":"Marta Inventada","channel":"phone","language":"ca","heardAt":")" +
         base::format_rfc3339(base::SystemClock().now() - std::chrono::hours(1)) + R"("})";
}
inline std::string protection(const Things&) {
  return R"({"kind":"address","reason":"ho demana","address":"Carrer Inventat 99"})";
}
inline std::string representation(const Things&) {
  return R"({"representativeId":")" + base::PersonId::make().text() +
         R"(","basis":"power","scope":[],"evidence":{"kind":"power","reference":"inventat","seen":true}})";
}
inline std::string objection(const Things&) {
  return R"({"scope":{},"channel":"phone","reason":"no","receivedAt":")" +
         base::format_rfc3339(base::SystemClock().now() - std::chrono::hours(1)) + R"("})";
}
inline std::string renewal(const Things&) {
  return R"({"expiresAt":")" + base::format_rfc3339(base::SystemClock().now() + std::chrono::hours(1)) + R"("})";
}
inline std::string request(const Things& things) {
  return R"({"documentId":")" + things.document + R"(","personId":")" + things.person +
         R"(","title":"Beca","language":"ca","capacity":"self","identityEvidence":{"kind":"id-seen","level":3},)"
         R"("items":[],"methods":["button"],"expiresAt":")" +
         base::format_rfc3339(base::SystemClock().now() + std::chrono::hours(1)) + R"("})";
}
inline std::string visit_of(const Things& things) {
  return R"({"device":")" + things.device + R"(","requests":[")" + things.request + R"("],"expiresAt":")" +
         base::format_rfc3339(base::SystemClock().now() + std::chrono::minutes(30)) + R"("})";
}
/// What a role does at all where no person is asked about stands in all three columns.
inline Line anywhere(const char* method, const char* pattern, Callers who, std::string body = "{}") {
  return {method, pattern, who, who, who, [body](const Things&) { return body; }};
}

inline std::string new_login(const Things&) {
  return R"({"name":"n)" + base::PersonId::make().text() +
         R"(","shownName":"Nil","roles":[{"role":"auditor"}],"language":"ca"})";
}

inline constexpr const char* kNoProof = R"({"id":"x","clientDataJSON":"x","authenticatorData":"x","signature":"x"})";

inline const std::vector<Line>& lines() {
  static const Callers kReaders{"citizen", "representative", "professional", "referent", "integrator"};
  static const Callers kKeepers{"administrator"};
  static const Callers kHolders{"citizen", "representative"};
  static const Callers kAnswering{"professional", "referent", "dpo", "integrator"};
  static const std::vector<Line> all{
      anywhere("POST", "/api/v1/documents", kDesk, "pdf"),
      {"GET", "/api/v1/documents/{id}", kReaders, kToken, kNobody},
      {"GET", "/api/v1/documents/{id}/content", kReaders, kToken, kNobody},
      {"GET", "/api/v1/documents/{id}/disclosure", kReaders, kToken, kNobody},
      {"POST", "/api/v1/signature-requests/{id}/official-act", {"professional", "referent"}, kNobody, kNobody},
      anywhere(
          "POST", "/api/v1/officials", {"manager", "administrator"},
          R"({"account":"nobody-at-all","resolution":"1/2026","since":"2026-01-01T00:00:00Z","until":"2027-01-01T00:00:00Z"})"),
      anywhere("GET", "/api/v1/officials", {"manager", "administrator"}),
      anywhere("POST", "/api/v1/officials/{id}/withdrawal", {"manager", "administrator"}, R"({"reason":"plega"})"),
      {"GET", "/api/v1/documents/{id}/void-record", kReaders, kToken, kNobody},
      {"GET", "/api/v1/documents/{id}/notes", kReaders, kToken, kNobody},
      {"GET", "/api/v1/documents/{id}/envelope", kToken, kToken, kNobody},
      {"GET", "/api/v1/documents/{id}/reading-view", kReaders, kToken, kNobody},
      {"POST", "/api/v1/documents/{id}/seal-preparations", kToken, kToken, kNobody,
       [](const Things&) { return std::string(R"({"certificates":["AAAA"]})"); }},
      {"POST", "/api/v1/seal-preparations/{id}/completion", kToken, kToken, kNobody,
       [](const Things&) { return std::string(R"({"signature":"AAAA"})"); }},
      anywhere("GET", "/api/v1/templates", kDesk),
      anywhere("POST", "/api/v1/templates/{key}/documents", kDesk,
               R"({"language":"ca","fields":{},"items":[],"signers":[]})"),
      anywhere("POST", "/api/v1/persons", kDesk, R"({"name":"Ona Fictícia"})"),
      anywhere("POST", "/api/v1/persons/search", kDesk, R"({"name":"Roser"})"),
      {"POST", "/api/v1/persons/{id}/decisions", kDesk, kToken, kNobody, decision},
      {"POST", "/api/v1/persons/{id}/told-decisions", kDesk, kToken, kNobody, told_decision},
      {"POST", "/api/v1/persons/{id}/erasure", kToken, kToken, kNobody},
      anywhere("POST", "/api/v1/notices", {"administrator", "integrator"},
               R"({"key":"tax","language":"ca","title":"Renda","text":"Mirarem la renda."})"),
      {"POST", "/api/v1/signature-requests", kDesk, kToken, kNobody, request},
      anywhere("GET", "/api/v1/signature-requests", kDesk),
      {"GET", "/api/v1/signature-requests/{id}", kDesk, kToken, kNobody},
      {"POST", "/api/v1/signature-requests/{id}/link", kDesk, kToken, kNobody, renewal},
      {"POST", "/api/v1/signature-requests/{id}/cancellation", kDesk, kToken, kNobody},
      // A tablet's capability reaches its own visit; no role does.
      anywhere("GET", "/api/v1/visit", kNobody),
      anywhere("GET", "/api/v1/visit/paper", kNobody),
      anywhere("POST", "/api/v1/visit/choices", kNobody),
      anywhere("GET", "/api/v1/visit/reading-view", kNobody),
      anywhere("GET", "/api/v1/visit/document", kNobody),
      anywhere("POST", "/api/v1/visit/act", kNobody),
      anywhere("POST", "/api/v1/visit/answer", kNobody),
      anywhere("POST", "/api/v1/visit/on-behalf", kNobody),
      anywhere("POST", "/api/v1/visit/copy", kNobody),
      // Devices and visits are of whoever made them (devices_test.cpp, visits_test.cpp): here, a program.
      anywhere("POST", "/api/v1/devices", kDesk, R"({"label":"x","publicKey":"x","proof":"x"})"),
      anywhere("GET", "/api/v1/devices", {"professional", "referent", "integrator", "administrator"}),
      // Administrators end what is lost, whoever enrolled it.
      {"POST",
       "/api/v1/devices/{id}/revocation",
       {"integrator", "administrator"},
       {"integrator", "administrator"},
       kNobody,
       [](const Things&) { return std::string(R"({"reason":"lost"})"); }},
      {"POST", "/api/v1/visits", kToken, kToken, kNobody, visit_of},
      {"POST", "/api/v1/visits/preview", kToken, kToken, kNobody, visit_of},
      {"POST", "/api/v1/visits/{id}/withdrawal", kToken, kToken, kNobody},
      anywhere("GET", "/api/v1/visits", kDesk),
      {"GET", "/api/v1/visits/{id}", kToken, kToken, kNobody},
      {"POST", "/api/v1/visits/{id}/package", kToken, kToken, kNobody},
      anywhere("GET", "/api/v1/package", kNobody),
      anywhere("GET", "/api/v1/package/requests/{id}/paper", kNobody),
      anywhere("GET", "/api/v1/package/requests/{id}/reading-view", kNobody),
      anywhere("POST", "/api/v1/package/acts", kNobody),
      {"POST", "/api/v1/signature-requests/{id}/slips", kDesk, kToken, kNobody},
      anywhere("POST", "/api/v1/slips", kDesk, R"({"count":1,"bindBy":"x"})"),
      anywhere("POST", "/api/v1/slips/{id}/revocation", kToken),
      // The code in its body is all that opens them (slips_test.cpp).
      anywhere("POST", "/api/v1/slip/look", kEveryone, R"({"code":"x"})"),
      anywhere("POST", "/api/v1/slip/withdrawal", kEveryone, R"({"code":"x","lines":["x"]})"),
      anywhere("POST", "/api/v1/slip/paper", kEveryone, R"({"code":"x"})"),
      anywhere("POST", "/api/v1/check", kEveryone, R"({"code":"x"})"),
      // Logins are kept by administrators, who reach all that their organisation made and nothing of content.
      {"POST", "/api/v1/accounts", kKeepers, kKeepers, kKeepers, new_login},
      anywhere("GET", "/api/v1/accounts", kKeepers),
      {"GET", "/api/v1/accounts/{id}", kKeepers, kKeepers, kNobody},
      {"POST", "/api/v1/accounts/{id}/roles", kKeepers, kKeepers, kNobody,
       [](const Things&) { return std::string(R"({"role":"manager"})"); }},
      {"POST", "/api/v1/accounts/{id}/role-withdrawal", kKeepers, kKeepers, kNobody,
       [](const Things&) { return std::string(R"({"id":"x"})"); }},
      {"POST", "/api/v1/accounts/{id}/letter", kKeepers, kKeepers, kNobody,
       [](const Things&) { return std::string(R"({"language":"ca"})"); }},
      {"POST", "/api/v1/accounts/{id}/block", kKeepers, kKeepers, kNobody},
      {"POST", "/api/v1/accounts/{id}/unblock", kKeepers, kKeepers, kNobody},
      {"POST", "/api/v1/accounts/{id}/second-factor-reset", kKeepers, kKeepers, kNobody},
      {"POST", "/api/v1/accounts/{id}/session-end", kKeepers, kKeepers, kNobody},
      // One's own matters: nobody else has such a page, and it names no person.
      anywhere("GET", "/api/v1/mine/documents", kHolders),
      {"GET", "/api/v1/mine/documents/{id}/verdict", kHolders, kNobody, kNobody},
      anywhere("GET", "/api/v1/mine/decisions", kHolders),
      {"POST", "/api/v1/mine/decisions/{id}/withdrawal", kHolders, kNobody, kNobody},
      {"POST", "/api/v1/mine/decisions/{id}/objection", kHolders, kNobody, kNobody},
      {"GET", "/api/v1/mine/decisions/{id}/receipt", kHolders, kNobody, kNobody},
      anywhere("GET", "/api/v1/mine/representatives", kHolders),
      anywhere("GET", "/api/v1/mine/accesses", kHolders),
      anywhere("GET", "/api/v1/mine/corrections", kHolders),
      anywhere("POST", "/api/v1/mine/corrections", kHolders, R"({"text":"Falta un cognom"})"),
      {"POST", "/api/v1/persons/{id}/corrections", kDesk, kToken, kNobody,
       [](const Things&) { return std::string(R"({"text":"Falta un cognom","channel":"counter"})"); }},
      anywhere("GET", "/api/v1/corrections", kAnswering),
      {"GET", "/api/v1/corrections/{id}", kAnswering, {"dpo", "integrator"}, kNobody},
      {"POST",
       "/api/v1/corrections/{id}/answer",
       kAnswering,
       {"dpo", "integrator"},
       kNobody,
       [](const Things&) { return std::string(R"({"answer":"refused","text":"Ja hi consta"})"); }},
      // Who says it, who decides on it and who answers for the incident are people, never programs.
      {"POST",
       "/api/v1/signature-requests/{id}/misattributions",
       {"professional", "referent"},
       kNobody,
       kNobody,
       [](const Things&) { return std::string(R"({"seen":"Ha signat la germana"})"); }},
      anywhere("GET", "/api/v1/misattributions", {"professional", "referent", "manager", "dpo"}),
      {"GET",
       "/api/v1/misattributions/{id}",
       {"professional", "referent", "manager", "dpo"},
       {"manager", "dpo"},
       kNobody},
      {"POST",
       "/api/v1/misattributions/{id}/decision",
       {"referent", "manager"},
       {"manager"},
       kNobody,
       [](const Things&) { return std::string(R"({"answer":"rejected","reason":"No consta"})"); }},
      {"POST",
       "/api/v1/misattributions/{id}/told-recipients",
       {"professional", "referent", "manager", "dpo"},
       {"manager", "dpo"},
       kNobody,
       [](const Things&) { return std::string(R"({"recipient":"ensenyament"})"); }},
      {"POST",
       "/api/v1/misattributions/{id}/incident-end",
       {"dpo"},
       {"dpo"},
       kNobody,
       [](const Things&) { return std::string(R"({"answer":"reported","reason":"APDCAT 1/2026"})"); }},
      {"POST", "/api/v1/persons/{id}/protections", kAnswering, {"dpo", "integrator"}, kNobody, protection},
      // Which there are is told to these two alone.
      anywhere("GET", "/api/v1/protections", {"referent", "dpo"}),
      {"POST",
       "/api/v1/protections/{id}/removal",
       {"referent", "dpo"},
       {"dpo"},
       kNobody,
       [](const Things&) { return std::string(R"({"reason":"ja no cal"})"); }},
      // Who decides for a person is for those who work with them, and their programs.
      {"PUT", "/api/v1/persons/{id}/birth-date", kDesk, kToken, kNobody,
       [](const Things&) { return std::string(R"({"birthDate":"2016-05-02","seen":"register"})"); }},
      {"POST", "/api/v1/persons/{id}/representations", kDesk, kToken, kNobody, representation},
      {"GET", "/api/v1/persons/{id}/representations", kDesk, kToken, kNobody},
      {"POST", "/api/v1/representations/{id}/state", kDesk, kToken, kNobody,
       [](const Things&) { return std::string(R"({"state":"revocada","reason":"s'ha acabat"})"); }},
      {"POST", "/api/v1/representations/{id}/objections", kDesk, kToken, kNobody, objection},
      {"POST", "/api/v1/objections/{id}/end", kDesk, kToken, kNobody,
       [](const Things&) { return std::string(R"({"by":"holder","reason":"hi esta d'acord"})"); }},
      anywhere("GET", "/api/v1/reviews", kDesk),
      {"POST", "/api/v1/reviews/{id}/answer", kDesk, kToken, kNobody,
       [](const Things& target) {
         return R"({"text":"s'ha parlat amb tots dos","seen":)" + std::to_string(target.review_entry) + "}";
       }},
      // Whose pages these are, and what people say of them: nobody is named in the list.
      anywhere("GET", "/api/v1/organisation", kEveryone),
      anywhere("POST", "/api/v1/feedback", kEveryone, R"({"text":"El boto es petit","way":"none"})"),
      anywhere("GET", "/api/v1/feedback", kAnswering),
      {"GET", "/api/v1/feedback/{id}", kAnswering, kAnswering, kNobody},
      {"POST", "/api/v1/feedback/{id}/answer", kAnswering, kAnswering, kNobody,
       [](const Things&) { return std::string(R"({"text":"Ja es gran"})"); }},
      // The answer of an evaluation tells nothing more than its agreement covers (consent_flow_test.cpp).
      anywhere("POST", "/access/v1/evaluation", kToken),
      anywhere("POST", "/api/v1/verify", kEveryone, "pdf"),
      anywhere("POST", "/api/v1/session", kEveryone, R"({"name":"x","password":1})"),
      anywhere("POST", "/api/v1/activation", kEveryone),
      anywhere("GET", "/api/v1/logins", kEveryone),
      anywhere("POST", "/api/v1/session/oidc", kNobody),  // no identity provider is configured here
      anywhere("GET", "/login/return", kEveryone),
      anywhere("GET", "/api/v1/session", kLoggedIn),
      anywhere("POST", "/api/v1/session/second-factor", kLoggedIn, R"({"code":"1"})"),
      anywhere("POST", "/api/v1/session/authenticator", kLoggedIn),
      anywhere("POST", "/api/v1/session/authenticator/confirmation", kLoggedIn, R"({"code":"1"})"),
      anywhere("POST", "/api/v1/session/role", kLoggedIn),
      anywhere("POST", "/api/v1/session/password", kLoggedIn, R"({"current":"x","wanted":"x"})"),
      anywhere("POST", "/api/v1/session/hand-over", kLoggedIn),
      anywhere("POST", "/api/v1/session/return", kNobody, R"({"proof":"x"})"),  // nothing was handed over
      anywhere("POST", "/api/v1/session/passkeys/options", kLoggedIn),
      anywhere("POST", "/api/v1/session/passkeys", kLoggedIn,
               R"({"name":"x","clientDataJSON":"x","authenticatorData":"x"})"),
      anywhere("POST", "/api/v1/session/passkeys/{id}/removal", kLoggedIn),
      anywhere("POST", "/api/v1/session/second-factor/passkey/options", kLoggedIn),
      anywhere("POST", "/api/v1/session/second-factor/passkey", kLoggedIn, kNoProof),
      anywhere("POST", "/api/v1/session/return/passkey/options", kNobody),  // nothing was handed over
      anywhere("POST", "/api/v1/session/return/passkey", kNobody, kNoProof),
      anywhere("POST", "/api/v1/session/end", kLoggedIn, R"({"everywhere":false})"),
      // Public by its nature: digests, and whether the service lives.
      anywhere("GET", "/log/{host}/{tenant}/checkpoint", kEveryone),
      anywhere("GET", "/log/{host}/{tenant}/tile/{path+}", kEveryone),
      anywhere("GET", "/healthz", kEveryone),
      anywhere("GET", "/readyz", kEveryone),
      anywhere("GET", "/openapi.json", kEveryone),
  };
  return all;
}

}  // namespace segell::tests
