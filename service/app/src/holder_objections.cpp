#include "app/representations.h"

#include "capacity_reviews.h"
#include "checks.h"
#include "evidence_document.h"
#include "misattribution_record.h"
#include "once.h"
#include "recipient_notices.h"
#include "representation_check.h"
#include "representation_events.h"
#include "salted_reason.h"

#include <algorithm>

namespace segell::app {

namespace {

constexpr std::string_view kObjectedBy[] = {"email", "letter", "counter", "phone"};
constexpr std::string_view kEndedBy[] = {"holder", "judgment"};
constexpr std::size_t kLongestObjection = 1000;
constexpr std::size_t kMostObjections = 50;

base::Result<SaltedReason> salt_objection(const std::string& reason) {
  if (!is_plain_text(reason, kLongestObjection, /*lines=*/true)) {
    return invalid("objection.bad-reason", "say what was said, in up to 1000 octets of plain text");
  }
  return salted_reason(reason);
}

/// What is wanted, as far as it can be judged without the store.
base::Result<storage::ObjectionRecord> check_objection(const NewHolderObjection& wanted, base::Instant now) {
  storage::ObjectionRecord record;
  for (const std::string* part : {&wanted.purpose, &wanted.category, &wanted.recipient}) {
    if (part->empty() || consent::is_code(*part)) continue;
    return invalid("consent.bad-code", "purpose, category and recipient are codes", "leave out what means every one");
  }
  record.item = {wanted.purpose, wanted.category, wanted.recipient};
  if (!one_of(kObjectedBy, wanted.channel)) {
    return invalid("objection.bad-channel", "the channel is email, letter, counter or phone");
  }
  const auto received = base::parse_rfc3339(wanted.received_at);
  if (!received || *received > now) {
    return invalid("objection.bad-time", "say when it was received: a time that is over", "2026-11-20T09:14:07Z");
  }
  record.from = *received;
  return record;
}

base::Json blocked_json(const PermittedUses& blocked) {
  base::Json list = base::Json::array();
  for (const consent::Scope& scope : blocked) {
    list.push(
        base::Json::object({{"purpose", scope.purpose}, {"category", scope.category}, {"recipient", scope.recipient}}));
  }
  return list;
}

base::Json objection_answer(const storage::ObjectionRecord& record, const char* state, std::uint64_t index) {
  return base::Json::object({{"id", record.id.text()}, {"state", state}, {"logIndex", index}});
}

/// Whoever objects holds parental authority now.
base::Result<void> check_holder(const storage::View& view, const storage::RepresentationRecord& holder,
                                base::Instant now) {
  SEGELL_TRY(const auto person, view.persons().get(holder.person));
  SEGELL_TRY(const auto born, birth_date_of(person.profile));
  if (holder.basis != representation_basis::kParental || !acts_at(holder, born, now)) {
    return base::fail(base::Code::conflict, "objection.not-a-holder",
                      "only whoever holds parental authority now objects as a holder",
                      "enter the representation as valid first, or record the person's own objection");
  }
  SEGELL_TRY(const auto others, view.representations().objections_of(holder.person));
  const auto live =
      std::count_if(others.begin(), others.end(), [&](const storage::ObjectionRecord& other) { return !other.until; });
  if (static_cast<std::size_t>(live) < kMostObjections) return base::ok();
  return base::fail(base::Code::conflict, "objection.too-many", "fifty objections stand for one person",
                    "end those that do not hold any more");
}

}  // namespace

base::Result<Reply> record_objection(Service& service, const Caller& caller, std::string_view representation,
                                     const NewHolderObjection& wanted, const Idempotency& idempotency) {
  Service::State& state = service.state();
  SEGELL_CHECK(require(caller, Right::persons_write));
  SEGELL_TRY(const Tenant* tenant, state.tenant(caller.tenant));
  const EventHead head{state.clock.now(), caller.actor, caller.role};
  SEGELL_TRY(storage::ObjectionRecord record, check_objection(wanted, head.time));
  SEGELL_TRY(const SaltedReason reason, salt_objection(wanted.reason));
  record.id = storage::ObjectionId::make();
  const auto review = storage::ReviewId::make();
  const auto notice = storage::ReviewId::make();
  SEGELL_TRY(const auto once, Once::begin(state, caller.tenant, caller.actor.text(), idempotency));
  if (once.earlier()) return *once.earlier();
  SEGELL_TRY(
      auto body, state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
        SEGELL_TRY(const auto holder, load_representation(transaction, representation));
        SEGELL_CHECK(require_visible(transaction, caller, {.person = holder.person}, "representation.unknown",
                                     "representation"));
        SEGELL_CHECK(check_holder(transaction, holder, head.time));
        SEGELL_TRY(const auto document, evidence_document(transaction, caller, wanted.document));
        storage::ObjectionRecord row = record;
        row.person = holder.person;
        row.representation = holder.id;
        row.words = step_json(head);
        row.words.set("channel", wanted.channel);
        row.words.set("said", reason.json());
        if (document) row.words.set("document", document->text());
        SEGELL_TRY(const auto before, permitted_uses(transaction, tenant->settings, row.person, head.time));
        const consent::Scope scope{wanted.purpose, wanted.category, wanted.recipient};
        const HolderObjected event{row.person, document, holder.id, row.id, scope, wanted.channel, reason.commitment};
        SEGELL_TRY(row.log_index, transaction.append_event(encode(head, event), row.person));
        SEGELL_CHECK(transaction.representations().add(row));
        SEGELL_CHECK(raise_objection_review(transaction, head, row.person, review, row.id));
        SEGELL_TRY(const auto blocked,
                   raise_recipient_notice(transaction, tenant->settings, head, row.person, before, notice));
        base::Json json = objection_answer(row, "live", row.log_index);
        json.set("blocks", blocked_json(blocked));
        base::Json answer = base::Json::object({{"objection", std::move(json)}});
        SEGELL_CHECK(once.record(transaction, answer));
        return answer;
      }));
  return Reply{std::move(body)};
}

base::Result<Reply> end_objection(Service& service, const Caller& caller, std::string_view objection,
                                  const HolderObjectionEnd& end, const Idempotency& idempotency) {
  Service::State& state = service.state();
  SEGELL_CHECK(require(caller, Right::persons_write));
  SEGELL_TRY(const auto id, parse_or_unknown<storage::ObjectionId>(objection, "objection.unknown", "objection"));
  if (!one_of(kEndedBy, end.by)) {
    return invalid("objection.bad-end", "an objection ends by its holder or by a judgment");
  }
  SEGELL_TRY(const SaltedReason reason, salt_objection(end.reason));
  SEGELL_TRY(const auto once, Once::begin(state, caller.tenant, caller.actor.text(), idempotency));
  if (once.earlier()) return *once.earlier();
  const EventHead head{state.clock.now(), caller.actor, caller.role};
  SEGELL_TRY(
      auto body, state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
        auto found = transaction.representations().objection(id);
        if (!found && found.error().code != base::Code::not_found) return base::fail(std::move(found).error());
        SEGELL_TRY(const bool visible,
                   found ? is_visible(transaction, caller, {.person = found->person}) : base::Result<bool>(false));
        if (!visible) return base::fail(base::Code::not_found, "objection.unknown", "no such objection");
        storage::ObjectionRecord& row = *found;
        if (row.until) return base::fail(base::Code::conflict, "objection.over", "it has ended already");
        SEGELL_TRY(const auto document, evidence_document(transaction, caller, end.document));
        row.until = head.time;
        base::Json step = step_json(head);
        step.set("by", end.by);
        step.set("said", reason.json());
        if (document) step.set("document", document->text());
        if (row.words.is_null()) row.words = base::Json::object();  // whoever objected was erased
        row.words.set("end", std::move(step));
        const ObjectionEnded event{row.person, document, id, end.by, reason.commitment};
        SEGELL_TRY(const std::uint64_t index, transaction.append_event(encode(head, event), row.person));
        SEGELL_CHECK(transaction.representations().update(row));
        base::Json answer = base::Json::object({{"objection", objection_answer(row, "ended", index)}});
        SEGELL_CHECK(once.record(transaction, answer));
        return answer;
      }));
  return Reply{std::move(body)};
}

}  // namespace segell::app
