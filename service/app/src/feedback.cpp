#include "app/feedback.h"

#include "checks.h"
#include "feedback_events.h"
#include "json_fields.h"
#include "once.h"
#include "page_cursor.h"
#include "state.h"

#include <chrono>

namespace segell::app {

namespace {

constexpr std::string_view kFeedbackOpen = "open";
constexpr std::string_view kFeedbackAnswered = "answered";
constexpr std::string_view kFeedbackPages[] = {"visit", "tablet", "slip", "mine", "desk", "accounts", "check", "login"};
constexpr std::string_view kFeedbackWays[] = {"none", "phone", "post"};
constexpr std::size_t kLongestFeedback = 4000;
constexpr std::size_t kLongestContact = 300;
constexpr std::uint64_t kMostWaiting = 1000;
constexpr int kWorkingDays = 20;

/// Real Decreto 1112/2018 article 12.4: twenty working days; public holidays, which differ by place, make it later.
base::Instant due_in_working_days(base::Instant from) {
  using namespace std::chrono;
  auto day = floor<days>(from);
  for (int left = kWorkingDays; left > 0;) {
    day += days(1);
    const weekday on(sys_days(day.time_since_epoch()));
    if (on != Saturday && on != Sunday) --left;
  }
  return base::Instant(day.time_since_epoch()) + (from - floor<days>(from));
}

base::Result<void> check_feedback(const NewFeedback& wanted) {
  if (!is_plain_text(wanted.text, kLongestFeedback, /*lines=*/true)) {
    return invalid("feedback.bad-text", "say in words what cannot be used: up to 4000 octets of plain text");
  }
  if (!wanted.page.empty() && !one_of(kFeedbackPages, wanted.page)) {
    return invalid("feedback.bad-page", "that is the name of no page", "a name such as visit, never an address");
  }
  const bool plain = is_plain_text(wanted.contact, kLongestContact, /*lines=*/true);
  if (!one_of(kFeedbackWays, wanted.way) || (wanted.way == "none" ? !wanted.contact.empty() : !plain)) {
    return invalid("feedback.bad-contact", "an answer goes by phone or by post, to a contact, or there is none",
                   "send way none and no contact, where no answer is wanted");
  }
  return base::ok();
}

base::Json feedback_outline(const storage::FeedbackRecord& record) {
  base::Json json = base::Json::object({{"id", record.id.text()}, {"state", record.state}});
  json.set("receivedAt", base::format_rfc3339(record.created));
  json.set("dueAt", base::format_rfc3339(due_in_working_days(record.created)));
  return json;
}

base::Result<storage::FeedbackRecord> known_feedback(const storage::View& view, const storage::FeedbackId& id) {
  auto record = view.feedback().get(id);
  if (record || record.error().code != base::Code::not_found) return record;
  return base::fail(base::Code::not_found, "feedback.unknown", "there is no such feedback");
}

}  // namespace

base::Result<base::Json> describe_organisation(Service& service) {
  const TenantSettings& first = service.state().settings.tenants.front();
  base::Json body = base::Json::object({{"organisation", first.organisation}});
  body.set("telephone", first.telephone.empty() ? base::Json() : base::Json(first.telephone));
  return body;
}

base::Result<base::Json> send_feedback(Service& service, const NewFeedback& wanted) {
  Service::State& state = service.state();
  SEGELL_CHECK(check_feedback(wanted));
  storage::FeedbackRecord record;
  record.id = storage::FeedbackId::make();
  record.state = kFeedbackOpen;
  record.created = state.clock.now();
  record.words = base::Json::object({{"text", wanted.text}, {"way", wanted.way}});
  if (!wanted.page.empty()) record.words.set("page", wanted.page);
  if (!wanted.contact.empty()) record.words.set("contact", wanted.contact);
  // Nobody is known to have said it: the actor is none.
  const base::Bytes event = encode(EventHead{record.created, ActorId()}, FeedbackReceived{record.id});
  const base::TenantId& tenant = state.settings.tenants.front().tenant;
  return state.store.run(tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
    SEGELL_TRY(const std::uint64_t waiting, transaction.feedback().count(kFeedbackOpen));
    if (waiting >= kMostWaiting) {
      return base::fail(base::Code::unavailable, "feedback.full", "too much waits for an answer at this moment",
                        "tell it by telephone or at the counter");
    }
    storage::FeedbackRecord row = record;
    SEGELL_TRY(row.log_index, transaction.append_event(event));
    SEGELL_CHECK(transaction.feedback().add(row));
    base::Json told = base::Json::object({{"reference", row.id.text().substr(row.id.text().size() - 8)}});
    told.set("dueAt", base::format_rfc3339(due_in_working_days(row.created)));
    return base::Json::object({{"feedback", std::move(told)}});
  });
}

base::Result<base::Json> list_feedback(Service& service, const Caller& caller, const Page& page) {
  SEGELL_CHECK(require_answering(caller));
  SEGELL_TRY(const auto before, index_cursor(page));
  return service.state().store.read(caller.tenant, [&](const storage::View& view) -> base::Result<base::Json> {
    SEGELL_TRY(auto records, view.feedback().list(before, page.limit + 1));
    const bool more = records.size() > page.limit;
    if (more) records.pop_back();
    base::Json::Array list;
    for (const storage::FeedbackRecord& record : records) list.push_back(feedback_outline(record));
    base::Json body = base::Json::object({{"feedback", std::move(list)}});
    body.set("next", next_json(more ? std::optional(records.back().log_index) : std::nullopt));
    return body;
  });
}

base::Result<base::Json> read_feedback(Service& service, const Caller& caller, std::string_view feedback) {
  Service::State& state = service.state();
  SEGELL_CHECK(require_answering(caller));
  SEGELL_TRY(const auto id, parse_or_unknown<storage::FeedbackId>(feedback, "feedback.unknown", "feedback"));
  const EventHead head{state.clock.now(), caller.actor, caller.role};
  return state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
    SEGELL_TRY(const auto record, known_feedback(transaction, id));
    SEGELL_CHECK(transaction.append_event(encode(head, FeedbackOpened{id})));
    base::Json json = feedback_outline(record);
    for (const char* name : {"page", "text", "way", "contact", "answer"})
      json.set(name, member_or_null(record.words, name));
    return base::Json::object({{"feedback", std::move(json)}});
  });
}

base::Result<Reply> answer_feedback(Service& service, const Caller& caller, std::string_view feedback,
                                    const std::string& text, const Idempotency& idempotency) {
  Service::State& state = service.state();
  SEGELL_CHECK(require_answering(caller));
  SEGELL_TRY(const auto id, parse_or_unknown<storage::FeedbackId>(feedback, "feedback.unknown", "feedback"));
  if (!is_plain_text(text, kLongestFeedback, /*lines=*/true)) {
    return invalid("feedback.bad-text", "say in words what was answered or done");
  }
  SEGELL_TRY(const auto once, Once::begin(state, caller.tenant, caller.actor.text(), idempotency));
  if (once.earlier()) return *once.earlier();
  const EventHead head{state.clock.now(), caller.actor, caller.role};
  SEGELL_TRY(
      auto body, state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
        SEGELL_TRY(auto record, known_feedback(transaction, id));
        if (record.state != kFeedbackOpen) {
          return base::fail(base::Code::conflict, "feedback.answered", "it was answered already");
        }
        SEGELL_TRY(const std::uint64_t index, transaction.append_event(encode(head, FeedbackAnswered{id})));
        base::Json words = base::Json::object();
        for (const char* name : {"page", "text", "way"}) words.set(name, member_or_null(record.words, name));
        words.set("answer",
                  base::Json::object(
                      {{"text", text}, {"at", base::format_rfc3339(head.time)}, {"by", to_string(caller.role)}}));
        record.state = kFeedbackAnswered;
        record.words = std::move(words);
        SEGELL_CHECK(transaction.feedback().update(record));
        base::Json told = base::Json::object({{"id", id.text()}, {"state", record.state}, {"logIndex", index}});
        base::Json answer = base::Json::object({{"feedback", std::move(told)}});
        SEGELL_CHECK(once.record(transaction, answer));
        return answer;
      }));
  return Reply{std::move(body)};
}

}  // namespace segell::app
