#include "app/misattributions.h"

#include "checks.h"
#include "document_access.h"
#include "json_fields.h"
#include "misattribution_events.h"
#include "misattribution_record.h"
#include "once.h"
#include "page_cursor.h"
#include "request_payload.h"
#include "salted_reason.h"
#include "visibility.h"
#include "void_signature.h"

#include <algorithm>

namespace segell::app {

namespace {

constexpr std::size_t kLongestSeen = 2000;
/// How many one answer of the list looks through for those that the caller follows.
constexpr std::size_t kMostReportsLooked = 1000;

base::Result<void> check_request(const storage::View& view, const storage::RequestRecord& request) {
  if (!request_state::is_signed(request.state) || request.payload.is_null()) {
    return base::fail(base::Code::conflict, "misattribution.not-signed",
                      "nobody's signature stands on this request: " + request.state,
                      "cancel a request that nobody answered, and make a new one");
  }
  SEGELL_TRY(const auto others, view.misattributions().of_document(request.document));
  const bool waits = std::any_of(others.begin(), others.end(), [&](const storage::MisattributionRecord& other) {
    return other.request == request.id && other.state == misattribution_state::kRaised;
  });
  if (!waits) return base::ok();
  return base::fail(base::Code::conflict, "misattribution.raised", "somebody said so already",
                    "a second person confirms or rejects it");
}

base::Json outline_json(const Caller& caller, const storage::MisattributionRecord& record) {
  base::Json json = base::Json::object({{"id", record.id.text()}, {"state", record.state}});
  json.set("personId", record.person.text());
  json.set("raisedAt", base::format_rfc3339(record.raised));
  json.set("own", is_own_step(caller, record.words, "raised"));
  json.set("incident", incident_outline(record));
  return json;
}

/// Who signed instead, for those who may know of that person.
base::Result<base::Json> signer_json(const storage::View& view, const Caller& caller, const base::Json& words) {
  const base::Json* named = words.find("signer");
  if (named == nullptr || named->as_string() == nullptr) return base::Json();
  SEGELL_TRY(const auto id, base::PersonId::parse(*named->as_string()));
  SEGELL_TRY(const bool there, view.persons().is_there(id));
  SEGELL_TRY(const bool follows, follows_misattributions_of(view, caller, id));
  if (!there || !follows) return base::Json::object({{"id", base::Json()}, {"name", base::Json()}});
  SEGELL_TRY(const auto person, view.persons().get(id));
  return base::Json::object({{"id", id.text()}, {"name", member_or_null(person.profile, "name")}});
}

/// A step as it is told: when and as what, never which login.
base::Json told_step(const base::Json& words, const char* name, std::initializer_list<const char*> members) {
  const base::Json* step = words.find(name);
  if (step == nullptr) return {};
  base::Json json = base::Json::object({{"at", member_or_null(*step, "at")}, {"role", member_or_null(*step, "role")}});
  for (const char* member : members) json.set(member, member_or_null(*step, member));
  return json;
}

base::Json incident_json(const storage::MisattributionRecord& record) {
  base::Json json = incident_outline(record);
  if (json.is_null()) return json;
  json.set("awareAt", base::format_rfc3339(record.raised));
  json.set("shownAt", member_or_null(record.words, "shownAt"));
  json.set("ended", told_step(record.words, "ended", {"answer", "reason"}));
  return json;
}

base::Result<base::Json> whole_json(const storage::View& view, const Caller& caller,
                                    const storage::MisattributionRecord& record) {
  SEGELL_TRY(const auto person, view.persons().get(record.person));
  SEGELL_TRY(const auto request, view.requests().get(record.request));
  base::Json json = outline_json(caller, record);
  json.set("personName", member_or_null(person.profile, "name"));
  json.set("requestId", record.request.text());
  json.set("title", member_or_null(request.payload, "title"));
  json.set("documentId", record.document.text());
  json.set("documentName", neutral_name(record.document, ".pdf"));
  json.set("raisedBy", told_step(record.words, "raised", {}));
  json.set("seen", member_or_null(record.words, "seen"));
  SEGELL_TRY(auto signer, signer_json(view, caller, record.words));
  json.set("signer", std::move(signer));
  json.set("decided", told_step(record.words, "decided", {"answer", "reason"}));
  json.set("void", record.voided ? to_json(VoidSignature{record.id, record.request, *record.voided}) : base::Json());
  for (const char* list : {"uses", "recipients"}) {
    const base::Json* kept = record.words.find(list);
    json.set(list, kept == nullptr ? base::Json::array() : *kept);
  }
  json.set("complete", member_or_null(record.words, "complete"));
  json.set("envelope", member_or_null(record.words, "envelope"));
  json.set("replacement", member_or_null(record.words, "replacement"));
  json.set("incident", incident_json(record));
  SEGELL_TRY(const bool confirms, confirms_misattributions_of(view, caller, record.person));
  const bool waits = record.state == misattribution_state::kRaised;
  json.set("mayDecide", waits && confirms && !is_own_step(caller, record.words, "raised"));
  json.set("mayEnd", caller.role == Role::dpo && record.incident == incident_state::kOpen);
  return json;
}

}  // namespace

base::Result<Reply> raise_misattribution(Service& service, const Caller& caller, std::string_view request,
                                         const NewMisattribution& wanted, const Idempotency& idempotency) {
  Service::State& state = service.state();
  SEGELL_CHECK(require_raising(caller));
  SEGELL_TRY(const auto id, parse_or_unknown<RequestId>(request, "request.unknown", "signature request"));
  if (!is_plain_text(wanted.seen, kLongestSeen, /*lines=*/true)) {
    return invalid("misattribution.bad-words", "say what was seen, in up to 2000 octets of plain text",
                   "only those who decide on it read it");
  }
  std::optional<base::PersonId> signer;
  if (wanted.signer) {
    SEGELL_TRY(signer, parse_or_unknown<base::PersonId>(*wanted.signer, "person.unknown", "person"));
  }
  SEGELL_TRY(const SaltedReason seen, salted_reason(wanted.seen));
  SEGELL_TRY(const auto once, Once::begin(state, caller.tenant, caller.actor.text(), idempotency));
  if (once.earlier()) return *once.earlier();
  const EventHead head{state.clock.now(), caller.actor, caller.role};
  const auto made = storage::MisattributionId::make();
  SEGELL_TRY(
      auto body, state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
        SEGELL_CHECK(require_visible(transaction, caller, {.request = id}, "request.unknown", "signature request"));
        SEGELL_TRY(const auto asked, transaction.requests().get(id));
        if (signer) SEGELL_CHECK(require_visible(transaction, caller, {.person = *signer}, "person.unknown", "person"));
        if (signer == asked.person) {
          return invalid("misattribution.same-person", "that is the person who was asked to sign");
        }
        SEGELL_CHECK(check_request(transaction, asked));
        storage::MisattributionRecord record{made, id, asked.document, asked.person, {}, {}, head.time, {}, {}, 0, {}};
        record.state = misattribution_state::kRaised;
        record.words = base::Json::object({{"seen", seen.reason}, {"salt", base::to_base64url(seen.salt)}});
        record.words.set("raised", step_json(head));
        if (signer) record.words.set("signer", signer->text());
        const MisattributionRaised event{asked.person, asked.document, id, made, seen.commitment};
        SEGELL_TRY(record.log_index, transaction.append_event(encode(head, event), asked.person));
        SEGELL_CHECK(transaction.misattributions().add(record));
        base::Json answer = misattribution_answer(record, record.log_index);
        SEGELL_CHECK(once.record(transaction, answer));
        return answer;
      }));
  return Reply{std::move(body)};
}

base::Result<base::Json> list_misattributions(Service& service, const Caller& caller, const Page& page) {
  SEGELL_CHECK(require_following(caller));
  SEGELL_TRY(const auto before, index_cursor(page));
  return service.state().store.read(caller.tenant, [&](const storage::View& view) -> base::Result<base::Json> {
    base::Json::Array list;
    std::optional<std::uint64_t> next = before;
    bool over = false;
    for (std::size_t looked = 0; looked < kMostReportsLooked && list.size() < page.limit && !over;
         looked += Page::kMost) {
      SEGELL_TRY(const auto records, view.misattributions().list(next, Page::kMost));
      over = records.size() < Page::kMost;
      for (const storage::MisattributionRecord& record : records) {
        if (list.size() == page.limit) {
          over = false;
          break;
        }
        next = record.log_index;
        SEGELL_TRY(const bool follows, follows_misattributions_of(view, caller, record.person));
        if (follows && !record.words.is_null()) list.push_back(outline_json(caller, record));
      }
    }
    base::Json body = base::Json::object({{"misattributions", std::move(list)}});
    body.set("next", over ? base::Json() : next_json(next));
    return body;
  });
}

base::Result<base::Json> read_misattribution(Service& service, const Caller& caller, std::string_view misattribution) {
  Service::State& state = service.state();
  SEGELL_CHECK(require_following(caller));
  SEGELL_TRY(const auto id, parse_or_unknown<storage::MisattributionId>(misattribution, "misattribution.unknown",
                                                                        "report of a wrong signer"));
  const EventHead head{state.clock.now(), caller.actor, caller.role};
  return state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
    SEGELL_TRY(const auto record, followed_misattribution(transaction, caller, id));
    SEGELL_TRY(auto json, whole_json(transaction, caller, record));
    SEGELL_CHECK(transaction.append_event(encode(head, MisattributionOpened{record.person, id}), record.person));
    return base::Json::object({{"misattribution", std::move(json)}});
  });
}

}  // namespace segell::app
