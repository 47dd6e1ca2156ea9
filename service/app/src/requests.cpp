#include "app/requests.h"

#include "checks.h"
#include "events.h"
#include "misattribution_record.h"
#include "once.h"
#include "prepared_paper.h"
#include "refused_access.h"
#include "request_acting.h"
#include "request_ground.h"
#include "request_link.h"
#include "request_payload.h"
#include "request_standing.h"
#include "template_document.h"
#include "void_signature.h"

#include <algorithm>
#include <map>

namespace segell::app {

namespace {

constexpr std::string_view kCapacities[] = {"self",           "parent", "guardian",    "curator",
                                            "support-person", "carer",  "professional"};
constexpr std::string_view kAddresses[] = {"formal", "familiar"};
constexpr std::string_view kIdentityKinds[] = {"id-seen", "otp", "certificate", "known", "none"};
/// In the order in which they are offered: least invasive first.
constexpr std::string_view kMethods[] = {"drawn", "button", "official", "witnesses", "drawn-with-dynamics"};
constexpr std::string_view kDynamics = "drawn-with-dynamics";
constexpr std::string_view kMeanings[] = {"agree", "agree-with-reservation", "informed", "received", "disagree"};
constexpr std::size_t kMaxItems = 64;

base::Result<std::vector<std::string>> offered_methods(const std::vector<std::string>& wanted,
                                                       const TenantSettings& settings) {
  std::vector<std::string> offered;
  for (const std::string_view method : kMethods) {
    const auto times = std::count(wanted.begin(), wanted.end(), method);
    if (times > 1) return invalid("request.bad-method", "a method is named twice");
    if (times == 1) offered.emplace_back(method);
  }
  if (offered.empty() || offered.size() != wanted.size()) {
    return invalid("request.bad-method", "methods are drawn, button, official, witnesses and drawn-with-dynamics");
  }
  if (offered.back() != kDynamics) return offered;
  if (!one_of(offered, "drawn") && !one_of(offered, "button")) {
    return invalid("request.dynamics-only", "signing without stroke dynamics is always offered",
                   "add drawn or button to the methods");
  }
  if (settings.custody.empty()) {
    return invalid("request.no-custodian", "stroke dynamics need an outside custodian, and none is configured",
                   "custody.custodian.name and custody.custodian.certificate in the configuration");
  }
  if (!settings.may_record_dynamics()) {
    return invalid("request.dynamics-unapproved",
                   "stroke dynamics need an approved impact assessment, and the configuration names none",
                   "legal.dynamics.assessment and legal.dynamics.approval in the configuration");
  }
  return offered;
}

/// What the signature may say, in the order in which it is offered; none: what follows from the choices.
base::Result<std::vector<std::string>> offered_meanings(const std::vector<std::string>& wanted) {
  std::vector<std::string> offered;
  for (const std::string_view meaning : kMeanings) {
    const auto times = std::count(wanted.begin(), wanted.end(), meaning);
    if (times > 1) return invalid("request.bad-meaning", "a meaning is named twice");
    if (times == 1) offered.emplace_back(meaning);
  }
  if (offered.size() == wanted.size()) return offered;
  return invalid("request.bad-meaning", "meanings are agree, agree-with-reservation, informed, received and disagree");
}

/// Everything that can be judged without the store.
base::Result<RequestPayload> check(const NewSignatureRequest& request, const TenantSettings& settings) {
  if (!is_plain_text(request.title, 300)) return invalid("request.bad-title", "a request needs a title");
  if (!one_of(kPaperLanguages, request.language))
    return invalid("request.bad-language", "the language is ca, es or en");
  if (!one_of(kCapacities, request.capacity)) return invalid("request.bad-capacity", "unknown capacity of the signer");
  SEGELL_CHECK(check_acting_form(request));
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
  if (!request.address.empty() && !one_of(kAddresses, request.address)) {
    return invalid("request.bad-address", "the form of address is formal or familiar");
  }
  payload.address = request.address;
  payload.after = request.after;
  payload.representation = request.representation_id;
  payload.other_holder = request.other_holder;
  payload.instead_of = request.instead_of;
  SEGELL_TRY(payload.meanings, offered_meanings(request.meanings));
  SEGELL_TRY(payload.methods, offered_methods(request.methods, settings));
  if (one_of(payload.methods, "witnesses") && payload.professional.empty()) {
    return invalid("request.witnesses-need-professional",
                   "a diligence is drawn up by somebody: the request names the professional who accompanies the person",
                   "add professional.name, or take witnesses out of the methods");
  }
  return payload;
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

/// Nobody signs a paper on which somebody else chose in the place of another: it is made anew. What is asked in the
/// place of a void signature is asked of the same person.
base::Result<void> check_instead(const storage::View& view, const Caller& caller, const base::DocumentId& document,
                                 const base::PersonId& person, const std::string& instead_of) {
  SEGELL_TRY(const auto voided, void_signatures(view, document));
  if (!voided.empty()) {
    return base::fail(base::Code::conflict, "request.document-void", "a signature on this document is void",
                      "make the document anew, and ask for a signature on that");
  }
  if (instead_of.empty()) return base::ok();
  const auto bad = [] {
    return invalid("request.bad-replacement", "that is no request of this person whose signature is void");
  };
  const auto id = RequestId::parse(instead_of);
  if (!id) return bad();
  SEGELL_TRY(const bool visible, is_visible(view, caller, {.request = *id}));
  const auto before = view.requests().get(*id);
  if (!before && before.error().code != base::Code::not_found) return base::fail(before.error());
  if (!visible || !before || before->person != person || before->state != request_state::kRepudiated) return bad();
  return base::ok();
}

/// The matter of the void signature says which request came in its place.
base::Result<void> note_replacement(storage::Transaction& transaction, const std::string& instead_of,
                                    const RequestId& made) {
  if (instead_of.empty()) return base::ok();
  SEGELL_TRY(const auto id, RequestId::parse(instead_of));
  SEGELL_TRY(const auto before, transaction.requests().get(id));
  SEGELL_TRY(const auto records, transaction.misattributions().of_document(before.document));
  for (storage::MisattributionRecord record : records) {
    if (record.request != id || record.state != misattribution_state::kConfirmed || record.words.is_null()) continue;
    record.words.set("replacement", made.text());
    SEGELL_CHECK(transaction.misattributions().update(record));
  }
  return base::ok();
}

base::Result<void> check_reach(const storage::View& view, const Caller& caller, const base::DocumentId& document,
                               const base::PersonId& person) {
  SEGELL_CHECK(require_visible(view, caller, {.document = document}, "document.unknown", "document"));
  return require_visible(view, caller, {.person = person}, "person.unknown", "person");
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
  SEGELL_TRY(const base::Instant expires, request_expiry(request.expires_at, now));
  SEGELL_TRY(const auto once, Once::begin(state, caller.tenant, caller.actor.text(), idempotency));
  if (once.earlier()) return *once.earlier();

  storage::RequestRecord record;
  record.id = RequestId::make();
  record.state = request_state::kCreated;
  record.document = document;
  record.person = person;
  const RequestLink link = make_request_link(state.settings.public_url, caller.tenant, record.id, expires);
  record.capability_hash = link.credential.hash;
  record.nonce = base::random_bytes(32);
  record.created = now;
  record.expires = expires;
  SEGELL_TRY(RequestGround ground,
             state.store.read(caller.tenant, [&](const storage::View& view) -> base::Result<RequestGround> {
               SEGELL_CHECK(check_reach(view, caller, document, person));
               SEGELL_CHECK(check_instead(view, caller, document, person, request.instead_of));
               return load_ground(view, request, draft, document, person, now);
             }));
  // Whose turn comes later is shown what the earlier one signed: nothing is laid out for them.
  std::optional<Preparation> prepared;
  if (ground.payload.after.empty()) {
    SEGELL_TRY(prepared, prepare_paper(state, *tenant, ground.document, ground.last, ground.payload,
                                       {ground.person_name, ground.signer}, ground.notice_titles, now));
  }
  if (prepared) ground.payload.paper = prepared->paper;
  record.payload = to_json(ground.payload);
  RequestCreated event{person, document, record.id, expires, {}};
  for (const consent::ConsentItem& item : ground.payload.items)
    event.items.emplace_back(item.id, to_string(item.basis.kind));

  SEGELL_TRY(auto body,
             state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
               SEGELL_CHECK(check_ground(transaction, ground, person, now));
               SEGELL_CHECK(check_instead(transaction, caller, document, person, request.instead_of));
               SEGELL_CHECK(note_replacement(transaction, request.instead_of, record.id));
               storage::RequestRecord row = record;
               if (!ground.payload.after.empty()) {
                 SEGELL_TRY(row.state, turn_after(transaction, document, ground.payload.after, now));
               }
               SEGELL_CHECK(transaction.append_event(encode(EventHead{now, caller.actor}, event), person));
               SEGELL_CHECK(transaction.requests().add(row));
               if (prepared && !prepared->added.empty())
                 SEGELL_CHECK(transaction.requests().add_paper(record.id, person, prepared->added));
               SEGELL_CHECK(transaction.credentials().add(link.credential));
               base::Json made = base::Json::object({{"id", row.id.text()}, {"state", row.state}});
               made.set("link", link.address);
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
  Service::State& state = service.state();
  auto described = state.store.read(caller.tenant, [&](const storage::View& view) -> base::Result<base::Json> {
    SEGELL_CHECK(require_visible(view, caller, {.request = id}, "request.unknown", "signature request"));
    SEGELL_TRY(const auto record, view.requests().get(id));
    SEGELL_TRY(const auto slips, view.slips().of_request(id));
    base::Json json = request_json(record);
    json.set("slips", request_slips_json(slips));
    base::Json representative;
    if (!record.payload.is_null()) {
      SEGELL_TRY(const RequestPayload payload, request_payload_from_json(record.payload));
      SEGELL_TRY(representative, representative_json(view, payload));
    }
    json.set("representative", std::move(representative));
    SEGELL_TRY(auto made_void, void_json(view, record));
    json.set("void", std::move(made_void));
    return base::Json::object({{"request", std::move(json)}});
  });
  return noting_refusal(state, caller, {.request = id}, std::move(described));
}

}  // namespace segell::app
