#include "app/mine.h"

#include "json_fields.h"
#include "representation_check.h"
#include "representation_record.h"
#include "state.h"
#include "visibility.h"

namespace segell::app {

namespace {

/// Those who may act for the person now, by name and power.
base::Result<base::Json> acting_now(const storage::View& view, const base::PersonId& person,
                                    const std::optional<consent::BirthDate>& born, base::Instant now) {
  SEGELL_TRY(const auto records, view.representations().of_person(person));
  base::Json list = base::Json::array();
  for (const storage::RepresentationRecord& one : records) {
    if (!one.representative || !acts_at(one, born, now)) continue;
    SEGELL_TRY(const bool excluded, is_excluded(view, one));
    if (excluded) continue;
    SEGELL_TRY(const auto representative, view.persons().get(*one.representative));
    base::Json json = base::Json::object({{"name", text_or_empty(representative.profile, "name")}});
    json.set("basis", one.basis);
    list.push(std::move(json));
  }
  return list;
}

}  // namespace

base::Result<base::Json> list_my_representatives(Service& service, const Caller& caller) {
  Service::State& state = service.state();
  SEGELL_TRY(const base::PersonId person, require_own_person(caller));
  const base::Instant now = state.clock.now();
  return state.store.read(caller.tenant, [&](const storage::View& view) -> base::Result<base::Json> {
    SEGELL_CHECK(require_visible(view, caller, {.person = person}, "http.not-found", "page"));
    SEGELL_TRY(const auto record, view.persons().get(person));
    SEGELL_TRY(const auto born, birth_date_of(record.profile));
    base::Json list = base::Json::array();
    if (caller.role == Role::citizen) {
      SEGELL_TRY(list, acting_now(view, person, born, now));
    }
    base::Json body = base::Json::object({{"age", to_string(consent::age_band(born, now))}});
    body.set("representatives", std::move(list));
    return body;
  });
}

}  // namespace segell::app
