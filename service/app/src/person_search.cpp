#include "app/persons.h"
#include "checks.h"
#include "fold_name.h"
#include "json_fields.h"
#include "persons_identifier.h"
#include "request_events.h"
#include "state.h"

#include <algorithm>

namespace segell::app {

namespace {

constexpr std::size_t kMostFound = 20;
constexpr std::size_t kLeastLetters = 2;
constexpr std::size_t kShownOfIdentifier = 3;

struct FoundPerson {
  storage::PersonRecord person;
  std::string name;
};

base::Result<void> add_if_visible(const storage::View& view, const Caller& caller, const base::PersonId& id,
                                  std::string_view part, std::vector<FoundPerson>& found) {
  SEGELL_TRY(const bool visible, is_visible(view, caller, {.person = id}));
  if (!visible) return base::ok();
  SEGELL_TRY(auto person, view.persons().get(id));
  if (person.erased) return base::ok();
  std::string name = text_or_empty(person.profile, "name");
  if (!part.empty() && fold_name(name).find(part) == std::string::npos) return base::ok();
  found.push_back({std::move(person), std::move(name)});
  return base::ok();
}

base::Result<std::vector<FoundPerson>> search_persons(const storage::View& view, const Caller& caller,
                                                      const std::optional<storage::OutsideIdentifier>& identifier,
                                                      std::string_view part) {
  std::vector<FoundPerson> found;
  if (identifier) {
    SEGELL_TRY(const auto id, view.persons().find(*identifier));
    if (id) SEGELL_CHECK(add_if_visible(view, caller, *id, {}, found));
    return found;
  }
  if (!caller.account) return found;
  SEGELL_TRY(const auto persons, view.assignments().of_account(*caller.account));
  for (const base::PersonId& id : persons) SEGELL_CHECK(add_if_visible(view, caller, id, part, found));
  std::sort(found.begin(), found.end(), [](const FoundPerson& a, const FoundPerson& b) {
    const std::string left = fold_name(a.name);
    const std::string right = fold_name(b.name);
    return left != right ? left < right : a.person.id < b.person.id;
  });
  return found;
}

base::Json found_json(const FoundPerson& found) {
  base::Json json = base::Json::object({{"id", found.person.id.text()}, {"name", found.name}});
  base::Json identifier;
  if (const auto& known = found.person.identifier) {
    const std::size_t hidden = known->value.size() - std::min(known->value.size(), kShownOfIdentifier);
    identifier = base::Json::object({{"type", known->type}, {"end", known->value.substr(hidden)}});
  }
  json.set("identifier", std::move(identifier));
  json.set("language", member_or_null(found.person.profile, "language"));
  json.set("address", member_or_null(found.person.profile, "address"));
  return json;
}

}  // namespace

base::Result<base::Json> find_persons(Service& service, const Caller& caller, const PersonSearch& search) {
  Service::State& state = service.state();
  SEGELL_CHECK(require(caller, Right::persons_write));
  if (search.name.has_value() == search.identifier.has_value()) {
    return invalid("person.bad-search", "people are found by name or by identifier");
  }
  std::optional<storage::OutsideIdentifier> identifier;
  std::string part;
  if (search.identifier) {
    SEGELL_TRY(identifier, outside_identifier(*search.identifier));
  } else {
    if (!caller.account)
      return invalid("person.bad-search", "a program finds people by their identifier", "send identifier, not name");
    if (!is_plain_text(*search.name, 200)) return invalid("person.bad-search", "the name is no plain text");
    part = fold_name(*search.name);
    if (part.size() < kLeastLetters) return invalid("person.bad-search", "a name to search has two letters or more");
  }
  const EventHead head{state.clock.now(), caller.actor, caller.role};
  return state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
    SEGELL_TRY(auto found, search_persons(transaction, caller, identifier, part));
    const bool more = found.size() > kMostFound;
    if (more) found.resize(kMostFound);
    base::Json::Array list;
    for (const FoundPerson& one : found) {
      SEGELL_CHECK(transaction.append_event(encode(head, PersonFound{one.person.id}), one.person.id));
      list.push_back(found_json(one));
    }
    base::Json body = base::Json::object({{"persons", std::move(list)}});
    body.set("more", more);
    return body;
  });
}

}  // namespace segell::app
