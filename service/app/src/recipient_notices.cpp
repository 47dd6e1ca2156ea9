#include "recipient_notices.h"

#include "decided_item.h"
#include "json_fields.h"
#include "names.h"
#include "recipient_events.h"
#include "review_words.h"

#include <algorithm>
#include <iterator>

namespace segell::app {

namespace {

constexpr const char* kUses = "uses";
constexpr const char* kChanged = "changed";

bool is_recipient_notice(const storage::ReviewRecord& review) {
  return text_or_empty(review.words, "kind") == review_kind::kRecipientNotice;
}

base::Json use_json(const consent::Scope& use) {
  base::Json json = base::Json::object({{"purpose", use.purpose}});
  json.set("category", use.category);
  json.set("recipient", use.recipient);
  return json;
}

/// The uses that the review is about, each once.
PermittedUses uses_of(const storage::ReviewRecord& review) {
  PermittedUses uses;
  const base::Json* kept = review.words.find(kUses);
  if (kept == nullptr || kept->as_array() == nullptr) return uses;  // its words were erased with the person
  for (const base::Json& use : *kept->as_array()) {
    uses.insert({text_or_empty(use, "purpose"), text_or_empty(use, "category"), text_or_empty(use, "recipient")});
  }
  return uses;
}

void set_uses(storage::ReviewRecord& review, const PermittedUses& uses) {
  base::Json::Array list;
  for (const consent::Scope& use : uses) list.push_back(use_json(use));
  review.words.set(kUses, std::move(list));
}

base::Result<std::optional<storage::ReviewRecord>> open_notice_of(const storage::View& view,
                                                                  const base::PersonId& person) {
  SEGELL_TRY(auto reviews, view.reviews().of_person(person));
  for (storage::ReviewRecord& review : reviews) {
    if (review.open && is_recipient_notice(review)) return std::optional(std::move(review));
  }
  return std::optional<storage::ReviewRecord>();
}

storage::ReviewRecord new_notice(const base::PersonId& person, const storage::ReviewId& id, const EventHead& head) {
  storage::ReviewRecord review;
  review.id = id;
  review.person = person;
  review.state = review_state::kOpen;
  review.words = base::Json::object({{"kind", review_kind::kRecipientNotice}});
  review.words.set("since", base::format_rfc3339(head.time));
  return review;
}

}  // namespace

base::Result<PermittedUses> permitted_uses(const storage::View& view, const TenantSettings& settings,
                                           const base::PersonId& person, base::Instant now) {
  PermittedUses uses;
  SEGELL_TRY(const auto items, decided_items(view, settings, person, now));
  for (const auto& [scope, item] : items) {
    if (item.stands.permit) uses.insert(scope);
  }
  return uses;
}

bool ends_uses(consent::DecisionKind kind) noexcept {
  using consent::DecisionKind;
  return kind == DecisionKind::refuse || kind == DecisionKind::withdraw || kind == DecisionKind::object;
}

base::Result<PermittedUses> raise_recipient_notice(storage::Transaction& transaction, const TenantSettings& settings,
                                                   const EventHead& head, const base::PersonId& person,
                                                   const PermittedUses& before, const storage::ReviewId& id) {
  PermittedUses ended;
  if (before.empty()) return ended;
  SEGELL_TRY(const PermittedUses after, permitted_uses(transaction, settings, person, head.time));
  std::set_difference(before.begin(), before.end(), after.begin(), after.end(), std::inserter(ended, ended.end()));
  if (ended.empty()) return ended;
  SEGELL_TRY(const auto waiting, open_notice_of(transaction, person));
  storage::ReviewRecord review = waiting ? *waiting : new_notice(person, id, head);
  RecipientNoticeDue event{person, review.id, {}};
  for (const consent::Scope& use : ended) event.recipients.insert(use.recipient);
  SEGELL_TRY(const std::uint64_t index, transaction.append_event(encode(head, event), person));
  PermittedUses uses = uses_of(review);
  uses.insert(ended.begin(), ended.end());
  set_uses(review, uses);
  review.words.set(kChanged, index);
  if (!waiting) review.log_index = index;
  SEGELL_CHECK(waiting ? transaction.reviews().update(review) : transaction.reviews().add(review));
  return ended;
}

base::Result<RecordedFact> record_ending_fact(storage::Transaction& transaction, const TenantSettings& settings,
                                              const EventHead& head, const NewFact& what, const storage::ReviewId& id) {
  SEGELL_TRY(const PermittedUses before, permitted_uses(transaction, settings, what.person, head.time));
  SEGELL_TRY(const RecordedFact recorded, record_fact(transaction, head, what));
  SEGELL_CHECK(raise_recipient_notice(transaction, settings, head, what.person, before, id));
  return recorded;
}

std::uint64_t newest_entry_of(const storage::ReviewRecord& review) {
  const base::Json* changed = review.words.find(kChanged);
  if (changed == nullptr || changed->as_int() == nullptr) return review.log_index;
  return static_cast<std::uint64_t>(*changed->as_int());
}

base::Json ended_uses_json(const TenantSettings& settings, const storage::ReviewRecord& review) {
  if (!is_recipient_notice(review)) return {};
  base::Json::Array list;
  for (const consent::Scope& use : uses_of(review)) {
    base::Json json = use_json(use);
    json.set("purposeNames", code_names_json(settings, CodeKind::purpose, use.purpose));
    json.set("categoryNames", code_names_json(settings, CodeKind::category, use.category));
    json.set("recipientNames", code_names_json(settings, CodeKind::recipient, use.recipient));
    list.push_back(std::move(json));
  }
  return list;
}

base::Json recipients_told_json(const std::vector<storage::ReviewRecord>& reviews, const consent::Scope& scope) {
  for (auto review = reviews.rbegin(); review != reviews.rend(); ++review) {
    if (!is_recipient_notice(*review) || !uses_of(*review).contains(scope)) continue;
    const base::Json* answer = review->words.find("answer");
    base::Json json = base::Json::object({{"state", review->state}});
    json.set("at", text_or_empty(answer != nullptr ? *answer : review->words, answer != nullptr ? "at" : "since"));
    return json;
  }
  return {};
}

}  // namespace segell::app
