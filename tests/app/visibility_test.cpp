// Every operation of the route table, by every role, on things of its own person, of another one and of another tenant.
// What is not declared here fails: a new endpoint needs its line.

#include "app/corrections.h"
#include "app/feedback.h"
#include "app/misattributions.h"
#include "app/protections.h"
#include "app/representations.h"
#include "app/reviews.h"
#include "app/seal_wish.h"
#include "app/tablet.h"
#include "app/visibility_lines.h"
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
                       code == "feedback.unknown" || code == "misattribution.unknown" || code == "account.unknown" ||
                       code == "representation.unknown" || code == "objection.unknown" || code == "review.unknown" ||
                       code == "seal-preparation.unknown";
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
            base::PersonId::make().text(), base::PersonId::make().text(),   base::PersonId::make().text(),
            base::PersonId::make().text(), base::PersonId::make().text(),   base::PersonId::make().text(),
            base::PersonId::make().text()};
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
    represent(made);
    made.seal = at(
        must(app::prepare_seal(m_world.service(), m_world.integrator(), seal_wish(m_world.document()), m_world.once()))
            .body,
        {"preparation", "id"});
    return made;
  }
  /// A holder of parental authority who objects, and the review that follows.
  void represent(Things& made) {
    app::NewRepresentation wanted;
    wanted.representative = m_world.person("Mare Inventada");
    wanted.basis = "parental-authority";
    wanted.holds = "joint";
    wanted.evidence = {"family-book", "inventat", true, {}};
    auto& service = m_world.service();
    const auto& by = m_world.integrator();
    made.representation = at(must(app::record_representation(service, by, made.person, wanted, m_world.once())).body,
                             {"representation", "id"});
    app::NewHolderObjection objection;
    objection.channel = "letter";
    objection.received_at = base::format_rfc3339(m_world.clock().now());
    objection.reason = "no hi està d'acord";
    made.objection = at(must(app::record_objection(service, by, made.representation, objection, m_world.once())).body,
                        {"objection", "id"});
    const auto reviews = must(app::list_reviews(service, by, {}));
    const base::Json& review = reviews.find("reviews")->as_array()->front();
    made.review = at(review, {"id"});
    made.review_entry = *review.find("logIndex")->as_int();
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
                   : path.find("/v1/representations/") != path.npos              ? target.representation
                   : path.find("/v1/objections/") != path.npos                   ? target.objection
                   : path.find("/v1/reviews/") != path.npos                      ? target.review
                   : path.find("/v1/seal-preparations/") != path.npos            ? target.seal
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
    auto grant = must(m_world.log_in("account-" + who, World::kPassword)).grant.value();
    // One who was excluded has the role no more.
    if (who == "representative") grant = m_world.take_role(grant.cookie, app::Role::representative).value_or(grant);
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
