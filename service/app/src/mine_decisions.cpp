#include "app/mine.h"

#include "address_cover.h"
#include "checks.h"
#include "consent_facts.h"
#include "decided_item.h"
#include "decision_record.h"
#include "json_fields.h"
#include "names.h"
#include "once.h"
#include "page_cursor.h"
#include "recipient_notices.h"

#include <algorithm>

namespace segell::app {

namespace {

using consent::DecisionKind;

/// Items of one purpose and recipient, the group with the newest decision first.
struct Group {
  std::uint64_t newest = 0;
  std::vector<const DecidedItem*> items;
};

std::vector<Group> grouped(const std::map<consent::Scope, DecidedItem>& items) {
  std::map<std::pair<std::string, std::string>, Group> groups;
  for (const auto& [scope, item] : items) {
    Group& group = groups[{scope.purpose, scope.recipient}];
    group.newest = std::max(group.newest, item.history.back().log_index);
    group.items.push_back(&item);
  }
  std::vector<Group> list;
  for (auto& [key, group] : groups) list.push_back(std::move(group));
  // One act records several decisions, each an entry of its own: no two groups share an index.
  std::sort(list.begin(), list.end(), [](const Group& a, const Group& b) { return a.newest > b.newest; });
  return list;
}

base::Json time_json(const std::optional<base::Instant>& time) {
  return time ? base::Json(base::format_rfc3339(*time)) : base::Json();
}

/// Who decided for the person; null: they themselves. `named`: for the person; other representatives are nobody else's.
base::Result<base::Json> decider_json(const storage::View& view, const storage::ConsentFact& fact, bool named) {
  if (!fact.representation) return base::Json();
  SEGELL_TRY(const auto representation, view.representations().get(*fact.representation));
  base::Json name;
  if (named && representation.representative) {
    SEGELL_TRY(const auto representative, view.persons().get(*representation.representative));
    name = text_or_empty(representative.profile, "name");
  }
  base::Json json = base::Json::object({{"basis", representation.basis}});
  json.set("name", std::move(name));
  return json;
}

base::Json decision_json(const storage::ConsentFact& fact, const DecidedItem& item) {
  base::Json json = base::Json::object({{"id", fact.decision.text()}, {"kind", fact.kind}, {"channel", fact.channel}});
  json.set("at", base::format_rfc3339(fact.effective));
  json.set("validUntil", time_json(fact.valid_until));
  json.set("document", fact.document ? base::Json(fact.document->text()) : base::Json());
  json.set("inError", std::any_of(item.history.begin(), item.history.end(),
                                  [&](const storage::ConsentFact& other) { return other.voids == fact.decision; }));
  json.set("logIndex", fact.log_index);
  return json;
}

base::Json basis_json(const storage::ConsentFact& fact) {
  base::Json json = base::Json::object({{"kind", fact.basis_kind}, {"opposable", fact.opposable}});
  json.set("law", fact.law.empty() ? base::Json() : base::Json(fact.law));
  return json;
}

base::Json stands_json(const consent::Answer& answer) {
  base::Json json = base::Json::object({{"permitted", answer.permit}});
  json.set("reason", answer.permit ? base::Json() : base::Json(to_string(answer.reason)));
  json.set("basis", answer.basis ? base::Json(to_string(answer.basis->kind)) : base::Json());
  json.set("until", time_json(answer.valid_until));
  return json;
}

/// Title and language of the notice that the person read last about the item; null where none is recorded.
base::Result<void> add_notice(const storage::View& view, const DecidedItem& item, base::Json& json) {
  for (auto fact = item.history.rbegin(); fact != item.history.rend(); ++fact) {
    if (fact->notice_key.empty()) continue;
    SEGELL_TRY(const auto notice, view.notices().get(fact->notice_key, fact->notice_version, fact->notice_language));
    json.set("notice", notice.title);
    json.set("language", notice.language);
    return base::ok();
  }
  json.set("notice", base::Json());
  json.set("language", base::Json());
  return base::ok();
}

/// What the items of a person are told with, whoever asks.
struct ItemTelling {
  const storage::View& view;
  const TenantSettings& settings;
  std::vector<storage::ReviewRecord> reviews;  ///< the person's, in log order
  bool named = false;                          ///< see decider_json()
};

base::Result<base::Json> item_json(const ItemTelling& telling, const DecidedItem& item) {
  const auto& [view, settings, reviews, named] = telling;
  base::Json json = base::Json::object({{"category", item.scope.category}, {"state", to_string(item.state)}});
  json.set("categoryNames", code_names_json(settings, CodeKind::category, item.scope.category));
  SEGELL_TRY(const std::string text, asked_text(view, item.history, item.scope));
  json.set("text", text.empty() ? base::Json() : base::Json(text));
  SEGELL_CHECK(add_notice(view, item, json));
  json.set("basis", basis_json(item.history.back()));
  json.set("stands", stands_json(item.stands));
  json.set("recipientNotice", item.stands.permit ? base::Json() : recipients_told_json(reviews, item.scope));
  base::Json may = base::Json::array();
  if (item.can_withdraw()) may.push("withdraw");
  if (item.can_object()) may.push("object");
  json.set("may", std::move(may));
  base::Json history = base::Json::array();
  for (auto fact = item.history.rbegin(); fact != item.history.rend(); ++fact) {
    base::Json decision = decision_json(*fact, item);
    SEGELL_TRY(auto representative, decider_json(view, *fact, named));
    decision.set("representative", std::move(representative));
    history.push(std::move(decision));
  }
  json.set("decisions", std::move(history));
  return json;
}

base::Result<base::Json> group_json(const ItemTelling& telling, const Group& group) {
  const TenantSettings& settings = telling.settings;
  const consent::Scope& scope = group.items.front()->scope;
  base::Json json = base::Json::object({{"purpose", scope.purpose}, {"recipient", scope.recipient}});
  json.set("purposeNames", code_names_json(settings, CodeKind::purpose, scope.purpose));
  json.set("recipientNames", code_names_json(settings, CodeKind::recipient, scope.recipient));
  base::Json::Array items;
  for (const DecidedItem* item : group.items) {
    SEGELL_TRY(auto one, item_json(telling, *item));
    items.push_back(std::move(one));
  }
  json.set("items", std::move(items));
  return json;
}

/// The items of the caller's person that are there for the caller: none that a document shows which is kept from them.
base::Result<std::map<consent::Scope, DecidedItem>> items_for(const storage::View& view, const TenantSettings& settings,
                                                              const Caller& caller, const base::PersonId& person,
                                                              base::Instant now) {
  SEGELL_TRY(auto items, decided_items(view, settings, person, now));
  for (auto item = items.begin(); item != items.end();) {
    bool kept_from = false;
    for (const storage::ConsentFact& fact : item->second.history) {
      SEGELL_TRY(const bool hidden, is_kept_from(view, caller, fact.document));
      kept_from = kept_from || hidden;
    }
    item = kept_from ? items.erase(item) : std::next(item);
  }
  return items;
}

/// The item that a decision of this person is about. Error: not_found "decision.unknown".
base::Result<DecidedItem> item_of(const storage::View& view, const TenantSettings& settings, const Caller& caller,
                                  const base::PersonId& person, const storage::DecisionId& decision,
                                  base::Instant now) {
  SEGELL_TRY(auto items, items_for(view, settings, caller, person, now));
  for (auto& [scope, item] : items) {
    for (const storage::ConsentFact& fact : item.history) {
      if (fact.decision == decision) return std::move(item);
    }
  }
  return base::fail(base::Code::not_found, "decision.unknown", "no such decision");
}

base::Failure nothing_to_withdraw() {
  return base::fail(base::Code::conflict, "decision.not-consent",
                    "this use does not rest on a consent, so that there is none to withdraw",
                    "object to it, where that is offered; or ask the data protection officer");
}
base::Failure nothing_to_oppose() {
  return base::fail(base::Code::conflict, "decision.not-opposable",
                    "this use rests on a law that leaves no objection, or on a consent",
                    "withdraw a consent; about a law, ask the data protection officer");
}

/// "No" once more says nothing new: what was said first stands.
bool has_ended(const DecidedItem& item, DecisionKind by) {
  using consent::ItemState;
  if (item.state == ItemState::opposed) return true;
  return by == DecisionKind::withdraw && (item.state == ItemState::withdrawn || item.state == ItemState::refused ||
                                          item.state == ItemState::entered_in_error);
}

base::Json recorded_json(std::string_view id, consent::ItemState state, std::uint64_t index) {
  return base::Json::object(
      {{"decision", base::Json::object({{"id", id}, {"state", to_string(state)}, {"logIndex", index}})}});
}

/// What a person says "no" to, as a fact about exactly that item.
consent::DecisionFact ending_fact(const Caller& caller, const consent::DecisionId& id, const EventHead& head,
                                  DecisionKind kind) {
  consent::DecisionFact fact;
  fact.id = id;
  fact.kind = kind;
  fact.at = head.time;
  fact.voice = caller.role == Role::citizen ? consent::Voice::self : consent::Voice::unproven;
  return fact;
}

/// The newest basis on which the item can be ended in that way.
base::Result<consent::LegalBasis> ended_basis(const DecidedItem& item, DecisionKind kind) {
  for (auto fact = item.history.rbegin(); fact != item.history.rend(); ++fact) {
    SEGELL_TRY(const consent::DecisionFact read, from_record(*fact));
    const bool fits = kind == DecisionKind::withdraw ? read.basis.kind == consent::BasisKind::express_consent
                                                     : read.basis.opposable != consent::Opposable::no;
    if (fits) return read.basis;
  }
  return item.stands.basis.value_or(consent::LegalBasis{});
}

base::Result<base::Json> end_in(storage::Transaction& transaction, const TenantSettings& settings,
                                const EventHead& head, const DecidedItem& item, const base::PersonId& person,
                                consent::DecisionFact fact, const storage::ReviewId& notice) {
  fact.scope = item.scope;
  SEGELL_TRY(fact.basis, ended_basis(item, fact.kind));
  NewFact what{person, fact, {}, "web"};
  what.document = item.history.back().document;
  SEGELL_TRY(const RecordedFact recorded, record_ending_fact(transaction, settings, head, what, notice));
  return recorded_json(fact.id.text(), recorded.after, recorded.log_index);
}

base::Result<Reply> end_item(Service& service, const Caller& caller, std::string_view decision, DecisionKind kind,
                             const Idempotency& idempotency) {
  Service::State& state = service.state();
  SEGELL_TRY(const base::PersonId person, require_own_person(caller));
  SEGELL_TRY(const auto id, parse_or_unknown<storage::DecisionId>(decision, "decision.unknown", "decision"));
  SEGELL_TRY(const Tenant* tenant, state.tenant(caller.tenant));
  SEGELL_TRY(const auto once, Once::begin(state, caller.tenant, caller.actor.text(), idempotency));
  if (once.earlier()) return *once.earlier();
  const EventHead head{state.clock.now(), caller.actor};
  const consent::DecisionFact fact = ending_fact(caller, consent::DecisionId::make(), head, kind);
  const auto notice = storage::ReviewId::make();
  SEGELL_TRY(
      auto body, state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
        SEGELL_CHECK(require_visible(transaction, caller, {.person = person}, "decision.unknown", "decision"));
        SEGELL_TRY(const DecidedItem item, item_of(transaction, tenant->settings, caller, person, id, head.time));
        base::Json answer;
        if (has_ended(item, kind)) {
          const storage::ConsentFact& last = item.history.back();
          answer = recorded_json(last.decision.text(), item.state, last.log_index);
        } else {
          if (kind == DecisionKind::withdraw && !item.can_withdraw()) return nothing_to_withdraw();
          if (kind == DecisionKind::object && !item.can_object()) return nothing_to_oppose();
          SEGELL_TRY(answer, end_in(transaction, tenant->settings, head, item, person, fact, notice));
        }
        SEGELL_CHECK(once.record(transaction, answer));
        return answer;
      }));
  return Reply{std::move(body)};
}

}  // namespace

base::Result<base::Json> list_my_decisions(Service& service, const Caller& caller, const Page& page) {
  Service::State& state = service.state();
  SEGELL_TRY(const base::PersonId person, require_own_person(caller));
  SEGELL_TRY(const auto before, index_cursor(page));
  SEGELL_TRY(const Tenant* tenant, state.tenant(caller.tenant));
  const base::Instant now = state.clock.now();
  return state.store.read(caller.tenant, [&](const storage::View& view) -> base::Result<base::Json> {
    SEGELL_CHECK(require_visible(view, caller, {.person = person}, "http.not-found", "page"));
    SEGELL_TRY(const auto items, items_for(view, tenant->settings, caller, person, now));
    base::Json::Array list;
    ItemTelling telling{view, tenant->settings, {}, caller.role == Role::citizen};
    SEGELL_TRY(telling.reviews, view.reviews().of_person(person));
    std::optional<std::uint64_t> last;
    std::optional<std::uint64_t> next;
    AddressCover cover;
    if (caller.role == Role::representative) SEGELL_CHECK(cover.add(view, person));
    for (const Group& group : grouped(items)) {
      if (before && group.newest >= *before) continue;
      if (list.size() == page.limit) {
        next = last;
        break;
      }
      SEGELL_TRY(auto json, group_json(telling, group));
      list.push_back(cover.is_empty() ? std::move(json) : cover.cover_all(json));
      last = group.newest;
    }
    base::Json body = base::Json::object({{"groups", std::move(list)}});
    body.set("next", next_json(next));
    return body;
  });
}

base::Result<Reply> withdraw_my_consent(Service& service, const Caller& caller, std::string_view decision,
                                        const Idempotency& idempotency) {
  return end_item(service, caller, decision, DecisionKind::withdraw, idempotency);
}

base::Result<Reply> object_to_my_use(Service& service, const Caller& caller, std::string_view decision,
                                     const Idempotency& idempotency) {
  return end_item(service, caller, decision, DecisionKind::object, idempotency);
}

}  // namespace segell::app
