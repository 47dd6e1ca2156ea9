#include "app/requests.h"

#include "basis_json.h"
#include "checks.h"
#include "events.h"
#include "notice_lookup.h"
#include "once.h"
#include "prepared_paper.h"
#include "request_payload.h"
#include "template_document.h"
#include "tokens.h"

#include <algorithm>
#include <chrono>
#include <map>

namespace segell::app {

namespace {

constexpr std::string_view kLanguages[] = {"ca", "es", "en"};
constexpr std::string_view kCapacities[] = {"self", "parent", "guardian", "curator", "support-person", "carer"};
constexpr std::string_view kIdentityKinds[] = {"id-seen", "otp", "certificate", "known", "none"};
/// In the order in which they are offered: least invasive first.
constexpr std::string_view kMethods[] = {"drawn", "button", "drawn-with-dynamics"};
constexpr std::size_t kMaxItems = 64;
constexpr std::chrono::hours kLongest{24 * 90};

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
  payload.discreet = request.discreet;
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

base::Json request_slips_json(const std::vector<storage::SlipRecord>& slips) {
  base::Json list = base::Json::array();
  for (const storage::SlipRecord& slip : slips) {
    list.push(base::Json::object({{"id", slip.id.text()},
                                  {"state", slip.state},
                                  {"createdAt", base::format_rfc3339(slip.created)},
                                  {"expiresAt", base::format_rfc3339(slip.expires)}}));
  }
  return list;
}

/// What a request of the document leaves to others: whether somebody decides already, which places to sign are taken.
struct Standing {
  bool has_decider = false;
  std::vector<std::string> taken;
};

base::Result<Standing> standing_of(const storage::View& view, const base::DocumentId& document, base::Instant now) {
  Standing standing;
  SEGELL_TRY(const auto requests, view.requests().of_document(document));
  for (const storage::RequestRecord& one : requests) {
    const bool open = request_state::is_open(one.state) && one.expires > now;
    const bool done = one.state == request_state::kSigned || one.state == request_state::kSignedWithReservation;
    if ((!open && !done) || one.payload.is_null()) continue;
    SEGELL_TRY(const RequestPayload payload, request_payload_from_json(one.payload));
    standing.has_decider = standing.has_decider || !payload.items.empty();
    if (!payload.signature_field.empty()) standing.taken.push_back(payload.signature_field);
  }
  return standing;
}

bool is_taken(const Standing& standing, const std::string& field) {
  return std::find(standing.taken.begin(), standing.taken.end(), field) != standing.taken.end();
}

/// The place that waits for this signer; the first that nobody was asked to sign when none is named.
base::Result<std::string> place_of(const TemplateDocument& made, const Standing& standing, const std::string& wanted) {
  for (const auto& [signer, field] : made.signers) {
    if (wanted.empty() ? is_taken(standing, field) : signer != wanted) continue;
    if (!is_taken(standing, field)) return field;
    return base::fail(base::Code::conflict, "request.signer-taken", "somebody was asked to sign there already",
                      "wait until that request is over, or name another signer");
  }
  if (wanted.empty()) return std::string();
  return invalid("request.unknown-signer", "the document has no place for that signer");
}

/// What a document made from a template says of the request: its items for the one who decides first, its places.
base::Result<void> take_from_template(const storage::View& view, const storage::DocumentRecord& document,
                                      const NewSignatureRequest& request, base::Instant now, RequestPayload& payload) {
  SEGELL_TRY(const auto made, template_of(document));
  if (!made) {
    if (request.signer.empty()) return base::ok();
    return invalid("request.unknown-signer", "only a document made from a template names its signers");
  }
  if (!request.items.empty())
    return invalid("request.items-in-document", "the document says itself what is to be decided",
                   "send no items for a document made from a template");
  SEGELL_TRY(const Standing standing, standing_of(view, document.id, now));
  SEGELL_TRY(payload.signature_field, place_of(*made, standing, request.signer));
  if (document.state != "draft" || standing.has_decider) return base::ok();
  for (const auto& [item, field] : made->items) {
    if (item.valid_until <= now) return invalid("consent.no-term", "the term of an item is over");
    payload.items.push_back(item);
  }
  return base::ok();
}

/// Everything that is read before anything is laid out.
struct Ground {
  RequestPayload payload;
  storage::DocumentRecord document;
  storage::RevisionRecord last;
  std::string person_name;
  std::map<std::string, std::string> notice_titles;
};

base::Result<Ground> load_ground(const storage::View& view, const NewSignatureRequest& request, RequestPayload draft,
                                 const base::DocumentId& document, const base::PersonId& person, base::Instant now) {
  Ground ground{std::move(draft), {}, {}, {}, {}};
  SEGELL_TRY(ground.document, view.documents().get(document));
  SEGELL_TRY(ground.last, view.documents().last_revision(document));
  SEGELL_TRY(const auto who, view.persons().get(person));
  if (who.erased) return base::fail(base::Code::not_found, "person.unknown", "no such person");
  if (const base::Json* name = who.profile.find("name"); name != nullptr && name->as_string() != nullptr)
    ground.person_name = *name->as_string();
  SEGELL_CHECK(take_from_template(view, ground.document, request, now, ground.payload));
  for (const NewRequestItem& input : request.items) {
    SEGELL_TRY(auto item, make_item(input, view, ground.payload.language, now, consent::ItemId::make()));
    ground.payload.items.push_back(std::move(item));
  }
  for (const consent::ConsentItem& item : ground.payload.items) {
    SEGELL_TRY(const auto notice, view.notices().get(item.notice.key, item.notice.version, item.notice.language));
    ground.notice_titles[notice.key] = notice.title;
  }
  return ground;
}

base::Result<void> check_reach(const storage::View& view, const Caller& caller, const base::DocumentId& document,
                               const base::PersonId& person) {
  SEGELL_CHECK(require_visible(view, caller, {.document = document}, "document.unknown", "document"));
  return require_visible(view, caller, {.person = person}, "person.unknown", "person");
}

/// What was read is still so: the person is there, and nobody else was asked meanwhile to decide on the same paper.
base::Result<void> check_ground(const storage::View& view, const Ground& ground, const base::PersonId& person,
                                base::Instant now) {
  SEGELL_TRY(const bool there, view.persons().is_there(person));
  if (!there) return base::fail(base::Code::not_found, "person.unknown", "no such person");
  if (ground.payload.signature_field.empty()) return base::ok();
  SEGELL_TRY(const Standing standing, standing_of(view, ground.document.id, now));
  const bool decides = !ground.payload.items.empty();
  if ((decides && standing.has_decider) || is_taken(standing, ground.payload.signature_field))
    return base::fail(base::Code::conflict, "request.document-moved", "somebody else was asked at the same time",
                      "repeat the call with a new key");
  return base::ok();
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
  SEGELL_TRY(Ground ground, state.store.read(caller.tenant, [&](const storage::View& view) -> base::Result<Ground> {
    SEGELL_CHECK(check_reach(view, caller, document, person));
    return load_ground(view, request, draft, document, person, now);
  }));
  SEGELL_TRY(auto prepared, prepare_paper(state, *tenant, ground.document, ground.last, ground.payload,
                                          ground.person_name, ground.notice_titles, now));
  if (prepared) ground.payload.paper = prepared->paper;
  record.payload = to_json(ground.payload);
  RequestCreated event{person, document, record.id, expires, {}};
  for (const consent::ConsentItem& item : ground.payload.items)
    event.items.emplace_back(item.id, to_string(item.basis.kind));

  SEGELL_TRY(auto body,
             state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
               SEGELL_CHECK(check_ground(transaction, ground, person, now));
               SEGELL_CHECK(transaction.append_event(encode(EventHead{now, caller.actor}, event), person));
               SEGELL_CHECK(transaction.requests().add(record));
               if (prepared && !prepared->added.empty())
                 SEGELL_CHECK(transaction.requests().add_paper(record.id, person, prepared->added));
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
    SEGELL_TRY(const auto slips, view.slips().of_request(id));
    base::Json json = request_json(record);
    json.set("slips", request_slips_json(slips));
    return base::Json::object({{"request", std::move(json)}});
  });
}

}  // namespace segell::app
