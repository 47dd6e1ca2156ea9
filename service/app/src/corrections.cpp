#include "app/corrections.h"

#include "address_cover.h"
#include "app/mine.h"
#include "checks.h"
#include "correction_events.h"
#include "json_fields.h"
#include "once.h"
#include "page_cursor.h"

#include <algorithm>
#include <chrono>

namespace segell::app {

namespace {

constexpr std::string_view kOpen = "open";
constexpr std::string_view kAccepted = "accepted";
constexpr std::string_view kRefused = "refused";
constexpr std::string_view kAskedBy[] = {"phone", "counter", "letter"};
constexpr std::string_view kWeb = "web";
constexpr std::size_t kMaxText = 8000;

/// GDPR article 12.3: within one month; of the 31st, the last day of a shorter month.
base::Instant due_after(base::Instant asked) {
  using namespace std::chrono;
  const auto day = floor<days>(asked);
  year_month_day date = year_month_day(day) + months(1);
  if (!date.ok()) date = date.year() / date.month() / last;
  return base::Instant(sys_days(date).time_since_epoch() + (asked - day));
}

base::Failure unknown_correction() {
  return base::fail(base::Code::not_found, "correction.unknown", "no such request for a correction");
}

base::Result<void> check(const NewCorrection& wanted) {
  if (!is_plain_text(wanted.text, kMaxText, /*lines=*/true)) {
    return invalid("correction.bad-text", "say in words what is wrong: up to 8000 octets of plain text");
  }
  return base::ok();
}

base::Json words_of(const NewCorrection& wanted, std::string_view channel) {
  return base::Json::object({{"text", wanted.text}, {"channel", channel}});
}

/// What everybody who sees it at all sees of it.
base::Json outline(const storage::CorrectionRecord& record) {
  base::Json json = base::Json::object({{"id", record.id.text()}, {"state", record.state}});
  json.set("askedAt", base::format_rfc3339(record.created));
  json.set("dueAt", base::format_rfc3339(due_after(record.created)));
  return json;
}

/// The words too, for the person and for whoever answers.
base::Result<void> add_words(const storage::CorrectionRecord& record, base::Json& json) {
  SEGELL_TRY(const std::string channel, text_field(record.words, "channel"));
  SEGELL_TRY(const std::string text, text_field(record.words, "text"));
  json.set("channel", channel);
  json.set("documentId", record.document ? base::Json(record.document->text()) : base::Json());
  json.set("text", text);
  json.set("answer", member_or_null(record.words, "answer"));
  return base::ok();
}

/// Whoever is refused is told at once to whom they may complain (GDPR article 12.4); null where it is not configured.
base::Json complaint_json(const TenantSettings& settings) {
  const auto told = [](const std::string& words) { return words.empty() ? base::Json() : base::Json(words); };
  return base::Json::object({{"officer", told(settings.officer)}, {"authority", told(settings.authority)}});
}

/// A paper that is named must be the person's own; which others there are is told to nobody.
base::Result<void> check_document(const storage::View& view, const base::PersonId& person,
                                  const base::DocumentId& document) {
  SEGELL_TRY(const auto requests, view.requests().of_document(document));
  const bool own = std::any_of(requests.begin(), requests.end(),
                               [&](const storage::RequestRecord& request) { return request.person == person; });
  if (own) return base::ok();
  return base::fail(base::Code::not_found, "document.unknown", "no such document");
}

base::Result<Reply> ask(Service& service, const Caller& caller, const base::PersonId& person,
                        const NewCorrection& wanted, std::string_view channel, const Idempotency& idempotency) {
  Service::State& state = service.state();
  SEGELL_CHECK(check(wanted));
  storage::CorrectionRecord record;
  record.id = storage::CorrectionId::make();
  record.person = person;
  if (wanted.document) {
    SEGELL_TRY(record.document, parse_or_unknown<base::DocumentId>(*wanted.document, "document.unknown", "document"));
  }
  record.state = kOpen;
  record.created = state.clock.now();
  record.words = words_of(wanted, channel);
  SEGELL_TRY(const auto once, Once::begin(state, caller.tenant, caller.actor.text(), idempotency));
  if (once.earlier()) return *once.earlier();
  const base::Bytes event = encode(EventHead{record.created, caller.actor},
                                   CorrectionAsked{person, record.document, record.id, std::string(channel)});
  SEGELL_TRY(auto body,
             state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
               SEGELL_CHECK(require_visible(transaction, caller, {.person = person}, "person.unknown", "person"));
               SEGELL_TRY(const bool there, transaction.persons().is_there(person));
               if (!there) return base::fail(base::Code::not_found, "person.unknown", "no such person");
               if (record.document) SEGELL_CHECK(check_document(transaction, person, *record.document));
               storage::CorrectionRecord row = record;
               SEGELL_TRY(row.log_index, transaction.append_event(event, person));
               SEGELL_CHECK(transaction.corrections().add(row));
               base::Json json = base::Json::object({{"id", row.id.text()}, {"state", row.state}});
               json.set("dueAt", base::format_rfc3339(due_after(row.created)));
               json.set("logIndex", row.log_index);
               base::Json answer = base::Json::object({{"correction", std::move(json)}});
               SEGELL_CHECK(once.record(transaction, answer));
               return answer;
             }));
  return Reply{std::move(body)};
}

/// The record, for whoever answers it.
base::Result<storage::CorrectionRecord> reachable(const storage::View& view, const Caller& caller,
                                                  const storage::CorrectionId& id) {
  auto record = view.corrections().get(id);
  if (!record && record.error().code == base::Code::not_found) return unknown_correction();
  if (!record) return base::fail(std::move(record).error());
  SEGELL_TRY(const bool answers, answers_corrections_of(view, caller, record->person));
  if (!answers) return unknown_correction();
  return record;
}

}  // namespace

base::Result<Reply> ask_correction(Service& service, const Caller& caller, std::string_view person,
                                   const NewCorrection& wanted, const Idempotency& idempotency) {
  SEGELL_CHECK(require(caller, Right::persons_write));
  SEGELL_TRY(const auto id, parse_or_unknown<base::PersonId>(person, "person.unknown", "person"));
  if (!one_of(kAskedBy, wanted.channel)) {
    return invalid("correction.bad-channel", "the channel is phone, counter or letter");
  }
  return ask(service, caller, id, wanted, wanted.channel, idempotency);
}

base::Result<Reply> ask_my_correction(Service& service, const Caller& caller, const NewCorrection& wanted,
                                      const Idempotency& idempotency) {
  SEGELL_TRY(const base::PersonId person, require_own_person(caller));
  return ask(service, caller, person, wanted, kWeb, idempotency);
}

base::Result<base::Json> list_my_corrections(Service& service, const Caller& caller, const Page& page) {
  SEGELL_TRY(const base::PersonId person, require_own_person(caller));
  SEGELL_TRY(const auto before, index_cursor(page));
  return service.state().store.read(caller.tenant, [&](const storage::View& view) -> base::Result<base::Json> {
    SEGELL_CHECK(require_visible(view, caller, {.person = person}, "http.not-found", "page"));
    SEGELL_TRY(auto records, view.corrections().list(person, before, page.limit + 1));
    const bool more = records.size() > page.limit;
    if (more) records.pop_back();
    base::Json::Array list;
    AddressCover cover;
    if (caller.role == Role::representative) SEGELL_CHECK(cover.add(view, person));
    for (const storage::CorrectionRecord& record : records) {
      SEGELL_TRY(const bool kept_from, is_kept_from(view, caller, record.document));
      if (kept_from) continue;
      base::Json json = outline(record);
      SEGELL_CHECK(add_words(record, json));
      list.push_back(cover.is_empty() ? std::move(json) : cover.cover_all(json));
    }
    base::Json body = base::Json::object({{"corrections", std::move(list)}});
    body.set("next", next_json(more ? std::optional(records.back().log_index) : std::nullopt));
    return body;
  });
}

base::Result<base::Json> list_corrections(Service& service, const Caller& caller, const Page& page) {
  SEGELL_CHECK(require_answering(caller));
  return service.state().store.read(caller.tenant, [&](const storage::View& view) {
    return list_reached(
        page, "corrections",
        [&](const auto& before, std::size_t most) { return view.corrections().list({}, before, most); },
        [&](const storage::CorrectionRecord& record) -> base::Result<base::Json> {
          SEGELL_TRY(const bool answers, answers_corrections_of(view, caller, record.person));
          if (!answers) return base::Json();
          base::Json json = outline(record);
          json.set("personId", record.person.text());
          return json;
        });
  });
}

base::Result<base::Json> read_correction(Service& service, const Caller& caller, std::string_view correction) {
  Service::State& state = service.state();
  SEGELL_CHECK(require_answering(caller));
  SEGELL_TRY(const auto id,
             parse_or_unknown<storage::CorrectionId>(correction, "correction.unknown", "request for a correction"));
  const EventHead head{state.clock.now(), caller.actor, caller.role};
  return state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
    SEGELL_TRY(const auto record, reachable(transaction, caller, id));
    SEGELL_TRY(const auto person, transaction.persons().get(record.person));
    SEGELL_CHECK(transaction.append_event(encode(head, CorrectionOpened{record.person, id}), record.person));
    base::Json json = outline(record);
    json.set("personId", record.person.text());
    json.set("personName", member_or_null(person.profile, "name"));
    SEGELL_CHECK(add_words(record, json));
    return base::Json::object({{"correction", std::move(json)}});
  });
}

base::Result<Reply> answer_correction(Service& service, const Caller& caller, std::string_view correction,
                                      const CorrectionAnswer& answer, const Idempotency& idempotency) {
  Service::State& state = service.state();
  SEGELL_CHECK(require_answering(caller));
  SEGELL_TRY(const Tenant* tenant, state.tenant(caller.tenant));
  SEGELL_TRY(const auto id,
             parse_or_unknown<storage::CorrectionId>(correction, "correction.unknown", "request for a correction"));
  if (answer.answer != kAccepted && answer.answer != kRefused) {
    return invalid("correction.bad-answer", "the answer is accepted or refused");
  }
  if (!is_plain_text(answer.text, kMaxText, /*lines=*/true)) {
    return invalid("correction.bad-text", "say in words what was done, or why not: the person reads it");
  }
  SEGELL_TRY(const auto once, Once::begin(state, caller.tenant, caller.actor.text(), idempotency));
  if (once.earlier()) return *once.earlier();
  const EventHead head{state.clock.now(), caller.actor, caller.role};
  SEGELL_TRY(
      auto body, state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
        SEGELL_TRY(auto record, reachable(transaction, caller, id));
        if (record.state != kOpen) {
          return base::fail(base::Code::conflict, "correction.answered", "it was answered already: " + record.state);
        }
        const CorrectionAnswered event{record.person, id, answer.answer};
        SEGELL_TRY(const std::uint64_t index, transaction.append_event(encode(head, event), record.person));
        record.state = answer.answer;
        base::Json words = base::Json::object(
            {{"text", answer.text}, {"at", base::format_rfc3339(head.time)}, {"by", to_string(caller.role)}});
        if (record.state == kRefused) words.set("complaint", complaint_json(tenant->settings));
        record.words.set("answer", std::move(words));
        SEGELL_CHECK(transaction.corrections().update(record));
        base::Json json = base::Json::object({{"id", id.text()}, {"state", record.state}, {"logIndex", index}});
        base::Json told = base::Json::object({{"correction", std::move(json)}});
        SEGELL_CHECK(once.record(transaction, told));
        return told;
      }));
  return Reply{std::move(body)};
}

}  // namespace segell::app
