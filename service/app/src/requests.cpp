#include "app/requests.h"

#include "basis_json.h"
#include "checks.h"
#include "events.h"
#include "notice_lookup.h"
#include "once.h"
#include "request_payload.h"
#include "tokens.h"

#include <algorithm>
#include <chrono>

namespace segell::app {

namespace {

constexpr std::string_view kLanguages[] = {"ca", "es", "en"};
constexpr std::string_view kCapacities[] = {"self", "parent", "guardian", "curator", "support-person", "carer"};
constexpr std::string_view kIdentityKinds[] = {"id-seen", "otp", "certificate", "known", "none"};
/// In the order in which they are offered: least invasive first.
constexpr std::string_view kMethods[] = {"drawn", "button", "drawn-with-dynamics"};
constexpr std::size_t kMaxItems = 64;
constexpr std::chrono::hours kLongest{24 * 90};

template <std::size_t N>
bool one_of(const std::string_view (&words)[N], std::string_view word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

base::Result<std::vector<std::string>> offered_methods(const std::vector<std::string>& wanted,
                                                       const TenantSettings& settings) {
  std::vector<std::string> offered;
  for (const std::string_view method : kMethods) {
    const auto times = std::count(wanted.begin(), wanted.end(), method);
    if (times > 1) return invalid("request.bad-method", "a method is named twice");
    if (times == 1) offered.emplace_back(method);
  }
  if (offered.empty() || offered.size() != wanted.size()) {
    return invalid("request.bad-method", "methods are drawn, button and drawn-with-dynamics");
  }
  if (offered.back() != kMethods[2]) return offered;
  if (offered.size() == 1) {
    return invalid("request.dynamics-only", "signing without stroke dynamics is always offered",
                   "add drawn or button to the methods");
  }
  if (settings.custody.empty()) {
    return invalid("request.no-custodian", "stroke dynamics need an outside custodian, and none is configured");
  }
  return offered;
}

/// Everything that can be judged without the store.
base::Result<RequestPayload> check(const NewSignatureRequest& request, const TenantSettings& settings) {
  if (!is_plain_text(request.title, 300)) return invalid("request.bad-title", "a request needs a title");
  if (!one_of(kLanguages, request.language)) return invalid("request.bad-language", "the language is ca, es or en");
  if (!one_of(kCapacities, request.capacity)) return invalid("request.bad-capacity", "unknown capacity of the signer");
  if (!one_of(kIdentityKinds, request.identity_evidence.kind) || request.identity_evidence.level < 0 ||
      request.identity_evidence.level > 6 || request.identity_evidence.detail.size() > 300 ||
      !base::is_utf8(request.identity_evidence.detail)) {
    return invalid("request.bad-identity-evidence", "the identity evidence needs a known kind and a level of 0 to 6");
  }
  if (request.professional && !is_plain_text(request.professional->name, 200)) {
    return invalid("request.bad-professional", "the professional's name is no plain text");
  }
  if (request.items.size() > kMaxItems) return invalid("request.too-many-items", "a request holds up to 64 items");
  RequestPayload payload;
  payload.title = request.title;
  payload.language = request.language;
  payload.capacity = request.capacity;
  payload.identity_kind = request.identity_evidence.kind;
  payload.identity_level = request.identity_evidence.kind == "none" ? 0 : request.identity_evidence.level;
  payload.identity_detail = request.identity_evidence.detail;
  if (request.professional) payload.professional = request.professional->name;
  SEGELL_TRY(payload.methods, offered_methods(request.methods, settings));
  return payload;
}

base::Result<consent::ConsentItem> make_item(const NewRequestItem& input, const storage::View& view,
                                             const std::string& language, base::Instant now,
                                             const consent::ItemId& id) {
  if (!is_plain_text(input.text, 2000, /*lines=*/true)) {
    return invalid("consent.no-text", "an item needs the text that the person is shown");
  }
  if (!input.consequence_if_refused.empty() && !is_plain_text(input.consequence_if_refused, 1000, /*lines=*/true)) {
    return invalid("request.bad-consequence", "the consequence of refusing is no plain text");
  }
  consent::ConsentItem item;
  item.id = id;
  item.scope = {input.purpose, input.category, input.recipient};
  SEGELL_TRY(item.basis, make_basis(input.basis));
  SEGELL_TRY(item.valid_until, base::parse_rfc3339(input.valid_until));
  item.text = input.text;
  item.consequence_if_refused = input.consequence_if_refused;
  SEGELL_TRY(item.notice, find_notice(view, input.notice, {language}));
  SEGELL_TRY(item, consent::make_consent_item(std::move(item), now));
  if (item.basis.kind == consent::BasisKind::express_consent && item.consequence_if_refused.empty()) {
    return invalid("request.bad-consequence", "an item of consent says what a refusal means");
  }
  return item;
}

base::Json request_json(const storage::RequestRecord& record) {
  base::Json json = base::Json::object();
  json.set("id", record.id.text());
  json.set("state", record.state);
  json.set("documentId", record.document.text());
  json.set("personId", record.person.text());
  json.set("createdAt", base::format_rfc3339(record.created));
  json.set("expiresAt", base::format_rfc3339(record.expires));
  return json;
}

}  // namespace

base::Result<Reply> create_signature_request(Service& service, const Caller& caller, const NewSignatureRequest& request,
                                             const Idempotency& idempotency) {
  Service::State& state = service.state();
  SEGELL_CHECK(require(caller, Right::requests_write));
  SEGELL_TRY(const Tenant* tenant, state.tenant(caller.tenant));
  SEGELL_TRY(const RequestPayload draft, check(request, tenant->settings));
  SEGELL_TRY(const auto document,
             parse_or_unknown<base::DocumentId>(request.document_id, "document.unknown", "document"));
  SEGELL_TRY(const auto person, parse_or_unknown<base::PersonId>(request.person_id, "person.unknown", "person"));
  const base::Instant now = state.clock.now();
  SEGELL_TRY(const base::Instant expires, base::parse_rfc3339(request.expires_at));
  if (expires <= now || expires > now + kLongest) {
    return invalid("request.bad-expiry", "a request ends within 90 days from now");
  }
  SEGELL_TRY(const auto once, Once::begin(state, caller.tenant, caller.actor.text(), idempotency));
  if (once.earlier()) return *once.earlier();

  const std::string capability = make_bearer(kCapabilityPrefix);
  storage::RequestRecord record;
  record.id = RequestId::make();
  record.state = request_state::kCreated;
  record.document = document;
  record.person = person;
  record.capability_hash = bearer_digest(capability);
  record.nonce = base::random_bytes(32);
  record.created = now;
  record.expires = expires;
  storage::CredentialRecord credential;
  credential.hash = record.capability_hash;
  credential.tenant = caller.tenant;
  credential.label = "visit " + record.id.text();
  credential.scopes = "visit";
  credential.request = record.id;
  credential.expires = expires;
  std::vector<consent::ItemId> ids(request.items.size());
  for (consent::ItemId& id : ids) id = consent::ItemId::make();

  SEGELL_TRY(
      auto body, state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
        SEGELL_CHECK(require_visible(transaction, caller, {.document = document}, "document.unknown", "document"));
        SEGELL_CHECK(require_visible(transaction, caller, {.person = person}, "person.unknown", "person"));
        SEGELL_CHECK(transaction.documents().get(document));
        SEGELL_TRY(const auto who, transaction.persons().get(person));
        if (who.erased) return base::fail(base::Code::not_found, "person.unknown", "no such person");
        RequestPayload payload = draft;
        RequestCreated event{person, document, record.id, expires, {}};
        for (std::size_t i = 0; i < request.items.size(); ++i) {
          SEGELL_TRY(auto item, make_item(request.items[i], transaction, draft.language, now, ids[i]));
          event.items.emplace_back(item.id, to_string(item.basis.kind));
          payload.items.push_back(std::move(item));
        }
        storage::RequestRecord row = record;
        row.payload = to_json(payload);
        SEGELL_CHECK(transaction.append_event(encode(EventHead{now, caller.actor}, event), person));
        SEGELL_CHECK(transaction.requests().add(row));
        SEGELL_CHECK(transaction.credentials().add(credential));
        base::Json made = base::Json::object({{"id", record.id.text()}, {"state", record.state}});
        made.set("link", state.settings.public_url + "/visit#" + capability);
        made.set("expiresAt", base::format_rfc3339(expires));
        base::Json answer = base::Json::object({{"request", std::move(made)}});
        SEGELL_CHECK(once.record(transaction, answer));
        return answer;
      }));
  return Reply{std::move(body)};
}

base::Result<base::Json> describe_signature_request(Service& service, const Caller& caller, std::string_view request) {
  SEGELL_CHECK(require(caller, Right::requests_write));
  SEGELL_TRY(const auto id, parse_or_unknown<RequestId>(request, "request.unknown", "signature request"));
  return service.state().store.read(caller.tenant, [&](const storage::View& view) -> base::Result<base::Json> {
    SEGELL_CHECK(require_visible(view, caller, {.request = id}, "request.unknown", "signature request"));
    SEGELL_TRY(const auto record, view.requests().get(id));
    return base::Json::object({{"request", request_json(record)}});
  });
}

}  // namespace segell::app
