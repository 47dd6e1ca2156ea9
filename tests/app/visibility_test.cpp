// Every operation of the route table, by every role, on things of its own person, of another one and of another tenant.
// What is not declared here fails: a new endpoint needs its line.

#include "app/corrections.h"
#include "app/feedback.h"
#include "app/misattributions.h"
#include "app/protections.h"
#include "app/tablet.h"
#include "app/world.h"

#include "http/api.h"
#include "http/head.h"
#include "support/sample_pdf.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>

using namespace segell;
using namespace segell::tests;

namespace {

/// Who calls: the roles by their words, "integrator" with a token, "anyone" with nothing.
const std::vector<std::string> kCallers{"citizen", "representative", "professional",  "referent", "manager", "auditor",
                                        "dpo",     "integrator",     "administrator", "anyone"};
using Callers = std::set<std::string>;
const Callers kEveryone(kCallers.begin(), kCallers.end());
const Callers kLoggedIn{"citizen", "representative", "professional", "referent",
                        "manager", "auditor",        "dpo",          "administrator"};
const Callers kDesk{"professional", "referent", "integrator"};
const Callers kToken{"integrator"};
const Callers kNobody{};

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
};

struct Line {
  const char* method;
  const char* pattern;
  Callers own;      ///< who reaches the things of the person that they hold or work with
  Callers other;    ///< who reaches another person's of the same tenant
  Callers foreign;  ///< who reaches another tenant's
  std::function<std::string(const Things&)> body = [](const Things&) { return std::string("{}"); };
};

std::string decision(const Things&) {
  return R"({"kind":"refuse","purpose":"meal-grant","category":"income.tax","recipient":"ensenyament","channel":"counter"})";
}
std::string told_decision(const Things&) {
  return R"({"kind":"withdraw","purpose":"meal-grant","category":"income.tax","recipient":"ensenyament",)"
         R"("heardBy":"Marta Inventada","channel":"phone","language":"ca","heardAt":")" +
         base::format_rfc3339(base::SystemClock().now() - std::chrono::hours(1)) + R"("})";
}
std::string protection(const Things&) {
  return R"({"kind":"address","reason":"ho demana","address":"Carrer Inventat 99"})";
}
std::string renewal(const Things&) {
  return R"({"expiresAt":")" + base::format_rfc3339(base::SystemClock().now() + std::chrono::hours(1)) + R"("})";
}
std::string request(const Things& things) {
  return R"({"documentId":")" + things.document + R"(","personId":")" + things.person +
         R"(","title":"Beca","language":"ca","capacity":"self","identityEvidence":{"kind":"id-seen","level":3},)"
         R"("items":[],"methods":["button"],"expiresAt":")" +
         base::format_rfc3339(base::SystemClock().now() + std::chrono::hours(1)) + R"("})";
}
std::string visit_of(const Things& things) {
  return R"({"device":")" + things.device + R"(","requests":[")" + things.request + R"("],"expiresAt":")" +
         base::format_rfc3339(base::SystemClock().now() + std::chrono::minutes(30)) + R"("})";
}
/// What a role does at all where no person is asked about stands in all three columns.
Line anywhere(const char* method, const char* pattern, Callers who, std::string body = "{}") {
  return {method, pattern, who, who, who, [body](const Things&) { return body; }};
}

std::string new_login(const Things&) {
  return R"({"name":"n)" + base::PersonId::make().text() +
         R"(","shownName":"Nil","roles":[{"role":"auditor"}],"language":"ca"})";
}

constexpr const char* kNoProof = R"({"id":"x","clientDataJSON":"x","authenticatorData":"x","signature":"x"})";

const std::vector<Line>& lines() {
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

std::string code_of(const http::Response& response) {
  const auto body = base::parse_json(base::as_text(response.bytes()));
  if (!body || body->find("code") == nullptr || body->find("code")->as_string() == nullptr) return {};
  return *body->find("code")->as_string();
}

/// Everything that an answer tells, but for the number of the call.
std::string told(const http::Response& response) {
  std::string text = std::to_string(response.status) + response.content_type;
  for (const auto& [name, value] : response.headers) text.append("\n").append(name).append(":").append(value);
  auto body = base::parse_json(base::as_text(response.bytes()));
  if (!body || body->as_object() == nullptr) return text + base::to_text(response.bytes());
  body->set("requestId", "-");
  return text + base::write_json(*body);
}

bool is_public(std::string_view pattern) {
  return pattern.starts_with("/log/") || pattern.starts_with("/healthz") || pattern.starts_with("/readyz");
}

/// Denied: by the rim, or as what does not exist.
bool is_denied(const Line& line, const http::Response& response) {
  const std::string code = code_of(response);
  if (is_public(line.pattern)) return response.status == 401 || response.status == 403;
  const bool unknown = code == "http.not-found" || code == "document.unknown" || code == "person.unknown" ||
                       code == "request.unknown" || code == "decision.unknown" || code == "correction.unknown" ||
                       code == "device.unknown" || code == "visit.unknown" || code == "protection.unknown" ||
                       code == "feedback.unknown" || code == "misattribution.unknown" || code == "account.unknown";
  // A wrong password is no denial of the call; a missing session or token is.
  return code == "auth.no-session" || code == "auth.missing-token" || code == "auth.invalid-token" ||
         code == "auth.foreign-call" || unknown;
}

/// One node, two tenants, an account in every role.
class Town {
 public:
  Town() {
    m_world.notice();
    m_own = things("Roser Exemple i Prova");
    m_other = things("Nil Fictici");
    std::swap(m_world.integrator(), m_world.neighbour());
    m_world.notice();
    m_foreign = things("Laia Inventada");
    std::swap(m_world.integrator(), m_world.neighbour());
    // What people say of the pages is of the node's first organisation.
    must(app::send_feedback(m_world.service(), {"El boto es petit", {}, "none", {}}));
    const auto list = must(app::list_feedback(m_world.service(), m_world.integrator(), {}));
    m_own.feedback = m_other.feedback = at(list.find("feedback")->as_array()->front(), {"id"});
    m_foreign.feedback = base::PersonId::make().text();
    for (const std::string& name : kLoggedIn) {
      const auto role = must(app::parse_role(name));
      m_world.join("account-" + name, role, app::holds_person(role) ? m_own.person : "");
      if (name == "professional" || name == "referent")
        must(app::assign(m_world.store(), m_world.clock(), m_world.tenant(), "account-" + name,
                         must(base::PersonId::parse(m_own.person))));
    }
    m_site = http::make_api(m_world.service(), {});
  }

  /// From now on nobody with that account may see the person.
  void exclude(const std::string& account, const Things& things) {
    must(app::set_protection(m_world.service(), m_world.integrator(), things.person,
                             {"excluded-person", "ordre de protecció", account, {}, {}, {}}, m_world.once()));
  }
  /// An account that works with nobody.
  void join_stranger(const std::string& role) { m_world.join("account-stranger-" + role, must(app::parse_role(role))); }

  const Things& own() const { return m_own; }
  const Things& other() const { return m_other; }
  const Things& foreign() const { return m_foreign; }
  Things made_up() const {
    return {base::PersonId::make().text(), base::DocumentId::make().text(), app::RequestId::make().text(),
            base::PersonId::make().text(), base::PersonId::make().text(),   base::PersonId::make().text(),
            base::PersonId::make().text(), base::PersonId::make().text(),   base::PersonId::make().text(),
            base::PersonId::make().text(), base::PersonId::make().text(),   base::PersonId::make().text()};
  }
  Things things(const std::string& name) {
    Things made{m_world.person(name), m_world.document(), {}, {}, {}, {}, {}, {}, {}, {}, {}};
    auto wish = m_world.wish(made.document, made.person);
    wish.items.clear();
    made.request =
        at(must(app::create_signature_request(m_world.service(), m_world.integrator(), wish, m_world.once())).body,
           {"request", "id"});
    made.decision = decide(made.person, true);
    made.objectable = decide(made.person, false);
    made.correction = at(must(app::ask_correction(m_world.service(), m_world.integrator(), made.person,
                                                  {{}, "Falta un cognom", "phone"}, m_world.once()))
                             .body,
                         {"correction", "id"});
    made.protection =
        at(must(app::set_protection(m_world.service(), m_world.integrator(), made.person,
                                    {"address", "ho demana", {}, {}, {}, "Carrer Inventat 77"}, m_world.once()))
               .body,
           {"protection", "id"});
    const Tablet tablet(m_world, m_world.integrator());
    made.device = tablet.id;
    made.visit = tablet.prepare({made.request});
    const std::string login = "works-" + std::to_string(++m_logins);
    must(app::create_account(m_world.store(), m_world.clock(), m_world.integrator().tenant,
                             {login, "Persona Inventada", app::Role::auditor, {}}, std::chrono::hours(24)));
    made.account = must(m_world.store().find_account(login))->account.id.text();
    made.misattribution = say_wrong_signer(made.person, "says-" + login);
    return made;
  }
  /// A signed paper of that person, of which somebody who works with them says that another one signed it.
  std::string say_wrong_signer(const std::string& person, const std::string& login) {
    auto wish = m_world.wish(m_world.document(), person);
    wish.items.clear();
    const auto visit = m_world.visit(wish);
    must(app::perform_act(m_world.service(), visit, prepare(m_world, visit, {}), m_world.once()));
    const auto tenant = m_world.integrator().tenant;
    must(app::create_account(m_world.store(), m_world.clock(), tenant,
                             {login, "Persona Inventada", app::Role::professional, {}}, std::chrono::hours(24)));
    const auto id = must(base::PersonId::parse(person));
    must(app::assign(m_world.store(), m_world.clock(), tenant, login, id));
    const auto account = must(m_world.store().find_account(login))->account.id;
    const app::Caller caller{tenant, must(app::ActorId::from_bytes(account.bytes())), app::Role::professional, account};
    return at(must(app::raise_misattribution(m_world.service(), caller, visit.request.text(),
                                             {"Ha signat la germana", {}}, m_world.once()))
                  .body,
              {"misattribution", "id"});
  }

  http::Response call(const Line& line, const std::string& who, const Things& target) {
    const std::string pattern(line.pattern);
    std::string path = pattern;
    if (const auto at = path.find("{id}"); at != path.npos)
      path.replace(at, 4,
                   path.find("/persons/") != path.npos                           ? target.person
                   : path.find("/documents/") != path.npos                       ? target.document
                   : path.find("/v1/corrections/") != path.npos                  ? target.correction
                   : path.find("/v1/feedback/") != path.npos                     ? target.feedback
                   : path.find("/v1/protections/") != path.npos                  ? target.protection
                   : path.find("/v1/misattributions/") != path.npos              ? target.misattribution
                   : path.find("/accounts/") != path.npos                        ? target.account
                   : path.find("/devices/") != path.npos                         ? target.device
                   : path.find("/visits/") != path.npos                          ? target.visit
                   : path.ends_with("/objection")                                ? target.objectable
                   : path.ends_with("/withdrawal") || path.ends_with("/receipt") ? target.decision
                                                                                 : target.request);
    for (const auto& [part, value] :
         {std::pair("{host}", "segell.example"), {"{key}", "data-consent"}, {"{tenant}", "x"}, {"{path+}", "0/000"}}) {
      if (const auto at = path.find(part); at != path.npos) path.replace(at, std::string(part).size(), value);
    }
    if (pattern.ends_with("/receipt") || pattern.ends_with("/void-record")) path += "?language=ca";
    std::string body = std::string(line.method) == "GET" ? "" : line.body(target);
    const bool pdf = body == "pdf";
    if (pdf) body = make_sample_pdf();
    std::string head = std::string(line.method) + ' ' + path + " HTTP/1.1\r\nHost: segell.example\r\n" +
                       credential(who) + "Idempotency-Key: " + std::to_string(++m_calls) +
                       "\r\nContent-Type: application/" + (pdf ? "pdf" : "json") + "\r\n\r\n";
    auto parsed = http::parse_head(head);
    http::Request request;
    request.head = std::get<http::RequestHead>(std::move(parsed));
    request.body = base::to_bytes(body);
    request.id = "r";
    request.peer = "192.0.2.1";
    auto admitted = m_site->admit(request);
    if (auto* refused = std::get_if<http::Response>(&admitted)) return std::move(*refused);
    return std::get<http::Admission>(admitted).answer(request);
  }

 private:
  /// A decision on an item of its own: a consent, or a use that the person was told of and may object to.
  std::string decide(const std::string& person, bool consent) {
    app::NewDecision made;
    made.kind = consent ? "grant" : "defer";
    made.purpose = "meal-grant";
    made.category = consent ? "income.tax" : "register";
    made.recipient = "ensenyament";
    made.channel = "counter";
    if (consent) {
      made.notice = app::NoticeInput{"tax", 1};
      made.valid_until = base::format_rfc3339(m_world.clock().now() + std::chrono::hours(48));
    } else {
      made.basis = app::BasisInput{"NON_OPPOSITION", "e", "", "", "art28"};
    }
    return at(must(app::record_decision(m_world.service(), m_world.integrator(), person, made, m_world.once())).body,
              {"decision", "id"});
  }
  /// A fresh login for each call: some end the session, or change it.
  std::string credential(const std::string& who) {
    if (who == "anyone") return {};
    if (who == "integrator") return "Authorization: Bearer " + m_world.token() + "\r\n";
    if (who == "handed-over") {
      const auto open = must(m_world.log_in("account-professional", World::kPassword)).grant.value();
      const auto caller = must(app::authenticate_session(m_world.service(), open.cookie));
      const auto given = must(app::hand_over(m_world.service(), caller));
      const auto holder = must(app::authenticate_session(m_world.service(), given.cookie));
      return "Cookie: __Host-segell=" + given.cookie + "\r\nX-Segell-CSRF: " + holder.csrf + "\r\n";
    }
    const auto grant = must(m_world.log_in("account-" + who, World::kPassword)).grant.value();
    return "Cookie: __Host-segell=" + grant.cookie + "\r\nX-Segell-CSRF: " + at(grant.body, {"session", "csrf"}) +
           "\r\n";
  }

  World m_world{{.second_factor_for_staff = false, .neighbour = true}};
  Things m_own, m_other, m_foreign;
  std::unique_ptr<http::Site> m_site;
  int m_calls = 0;
  int m_logins = 0;
};

}  // namespace

TEST_CASE("every operation of the route table has its line, and no line is of none") {
  std::set<std::string> served;
  for (const auto& operation : http::list_operations())
    served.insert(std::string(operation.method) + ' ' + std::string(operation.pattern));
  std::set<std::string> declared;
  for (const Line& line : lines()) CHECK(declared.insert(std::string(line.method) + ' ' + line.pattern).second);
  for (const auto& one : served) CHECK_MESSAGE(declared.contains(one), "no expectation is declared for " << one);
  for (const auto& one : declared) CHECK_MESSAGE(served.contains(one), "there is no operation " << one);
}

TEST_CASE("each role reaches what it must and nothing else, and what it does not reach looks like what is not there") {
  Town town;
  for (const Line& line : lines()) {
    for (const std::string& who : kCallers) {
      const std::tuple<const char*, const Things*, const Callers*> targets[] = {
          {"own", &town.own(), &line.own},
          {"other", &town.other(), &line.other},
          {"foreign", &town.foreign(), &line.foreign}};
      for (const auto& [kind, target, allowed] : targets) {
        const std::string call = std::string(line.method) + ' ' + line.pattern + " by " + who + ", " + kind;
        CAPTURE(call);
        const bool erases = std::string_view(line.pattern).ends_with("/erasure") && allowed->contains(who);
        const auto response = town.call(line, who, erases ? town.things("Ona Fictícia") : *target);
        INFO(told(response));
        CHECK(is_denied(line, response) != allowed->contains(who));
        if (!is_denied(line, response)) {
          CHECK(response.status < 500);
          continue;
        }
        // The same answer, octet for octet, as for something that never was.
        CHECK(told(response) == told(town.call(line, who, town.made_up())));
      }
    }
  }
}

TEST_CASE("whoever holds a tablet that was handed over meets nothing of the professional's, on any call") {
  Town town;
  for (const Line& line : lines()) {
    const std::string_view pattern(line.pattern);
    const bool by_capability =
        pattern == "/api/v1/visit" || pattern.starts_with("/api/v1/visit/") || pattern.starts_with("/api/v1/package");
    if (line.own.contains("anyone") || by_capability) continue;
    // Taking it back is what there is, and these proofs are wrong.
    const bool by_passkey = pattern.ends_with("/session/return/passkey");
    const bool back = pattern.ends_with("/session/return") || by_passkey;
    const auto response = town.call(line, "handed-over", town.own());
    CAPTURE(line.pattern);
    CHECK(code_of(response) == (by_passkey ? "second-factor.failed" : back ? "login.failed" : "http.not-found"));
    CHECK(response.status == (back ? 401 : 404));
  }
}

TEST_CASE(
    "whoever is excluded meets nothing of the person, in any role, and no answer tells it from what is not there") {
  Town town;
  const std::vector<std::string> excluded{"representative", "professional", "referent", "dpo"};
  for (const std::string& who : excluded) town.exclude("account-" + who, town.own());
  for (const Line& line : lines()) {
    // What people say of the pages is nobody's; what belongs to one's own login is of nobody else.
    const std::string_view pattern(line.pattern);
    if (pattern.find("{id}") == pattern.npos || pattern.starts_with("/api/v1/feedback/") ||
        pattern.starts_with("/api/v1/session/"))
      continue;
    for (const std::string& who : excluded) {
      CAPTURE(who);
      CAPTURE(line.pattern);
      const auto response = town.call(line, who, town.own());
      INFO(told(response));
      CHECK(is_denied(line, response));
      CHECK(told(response) == told(town.call(line, who, town.made_up())));
    }
  }
}

TEST_CASE("lists and searches of whoever is excluded are those of somebody who works with nobody, octet for octet") {
  Town town;
  const std::set<std::string_view> lists{"/api/v1/signature-requests", "/api/v1/corrections", "/api/v1/protections",
                                         "/api/v1/persons/search",     "/api/v1/visits",      "/api/v1/devices",
                                         "/api/v1/misattributions"};
  for (const char* role : {"professional", "referent"}) {
    town.join_stranger(role);
    town.exclude("account-" + std::string(role), town.own());
    for (const Line& line : lines()) {
      if (!lists.contains(line.pattern) ||
          (line.method == std::string_view("POST") && line.pattern != std::string_view("/api/v1/persons/search")))
        continue;
      CAPTURE(role);
      CAPTURE(line.pattern);
      CHECK(told(town.call(line, role, town.own())) ==
            told(town.call(line, "stranger-" + std::string(role), town.own())));
    }
  }
  // The one who answers for everybody still answers for the others.
  town.exclude("account-dpo", town.own());
  for (const Line& line : lines()) {
    if (line.pattern != std::string_view("/api/v1/corrections") &&
        line.pattern != std::string_view("/api/v1/protections") &&
        line.pattern != std::string_view("/api/v1/misattributions"))
      continue;
    const std::string list = told(town.call(line, "dpo", town.own()));
    CAPTURE(line.pattern);
    CHECK(list.find(town.own().person) == std::string::npos);
    CHECK(list.find(town.other().person) != std::string::npos);
  }
}
