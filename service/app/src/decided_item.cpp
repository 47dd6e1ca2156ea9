#include "decided_item.h"

#include "consent_facts.h"
#include "request_payload.h"

#include <algorithm>

namespace segell::app {

namespace {

using consent::ItemState;

bool rests_on_consent(const storage::ConsentFact& fact) {
  return fact.basis_kind == to_string(consent::BasisKind::express_consent);
}
bool is_opposable(const storage::ConsentFact& fact) { return fact.opposable != to_string(consent::Opposable::no); }

}  // namespace

bool DecidedItem::can_withdraw() const {
  if (stands.permit && stands.basis && stands.basis->kind == consent::BasisKind::express_consent) return true;
  return state == ItemState::granted && std::any_of(history.begin(), history.end(), rests_on_consent);
}

bool DecidedItem::can_object() const {
  if (state == ItemState::opposed) return false;
  if (stands.permit && stands.basis && stands.basis->opposable != consent::Opposable::no) return true;
  return std::any_of(history.begin(), history.end(), is_opposable);
}

base::Result<std::map<consent::Scope, DecidedItem>> decided_items(const storage::View& view,
                                                                  const TenantSettings& settings,
                                                                  const base::PersonId& person, base::Instant now) {
  SEGELL_TRY(const auto standing, view.persons().standing(person));
  SEGELL_TRY(consent::Facts facts, load_facts(view, settings, person, standing, {}));
  SEGELL_TRY(auto records, view.consents().of_person(person));
  std::map<consent::Scope, DecidedItem> items;
  for (storage::ConsentFact& record : records) {
    const consent::Scope scope{record.item.purpose, record.item.category, record.item.recipient};
    DecidedItem& item = items[scope];
    item.scope = scope;
    item.history.push_back(std::move(record));
  }
  for (auto& [scope, item] : items) {
    SEGELL_TRY(const auto history, from_records(item.history));
    item.state = consent::item_state(history);
    facts.category = category_kind(settings, scope.category);
    item.stands = consent::decide(facts, {scope}, now);
  }
  return items;
}

base::Result<std::string> asked_text(const storage::View& view, const std::vector<storage::ConsentFact>& history,
                                     const consent::Scope& scope) {
  for (auto fact = history.rbegin(); fact != history.rend(); ++fact) {
    if (!fact->document) continue;
    SEGELL_TRY(const auto requests, view.requests().of_document(*fact->document));
    for (const storage::RequestRecord& request : requests) {
      if (request.person != fact->person || request.payload.is_null()) continue;
      SEGELL_TRY(const RequestPayload payload, request_payload_from_json(request.payload));
      const auto asked = std::find_if(payload.items.begin(), payload.items.end(),
                                      [&](const consent::ConsentItem& one) { return one.scope == scope; });
      if (asked != payload.items.end()) return asked->text;
    }
  }
  return std::string();
}

}  // namespace segell::app
