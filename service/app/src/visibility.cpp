#include "visibility.h"

#include "device_state.h"
#include "protection_kinds.h"
#include "representation_check.h"

#include <algorithm>

namespace segell::app {

namespace {

base::Failure nothing_here() {
  return base::fail(base::Code::not_found, "http.not-found", "nothing is here for this caller");
}

/// A document that is nobody's yet is its author's.
base::Result<bool> stored_by(const storage::View& view, const base::DocumentId& document, const Caller& caller) {
  const auto record = view.documents().get(document);
  if (!record && record.error().code == base::Code::not_found) return false;
  if (!record) return base::fail(record.error());
  const base::Json* author = record->details.find(kStoredBy);
  return author != nullptr && author->as_string() != nullptr && *author->as_string() == caller.actor.text();
}

/// Whether the caller made a thing whose details say who did.
bool made_by(const base::Json& details, const Caller& caller) {
  const base::Json* author = details.find(kMadeBy);
  return author != nullptr && author->as_string() != nullptr && *author->as_string() == caller.actor.text();
}

/// A device is of whoever enrolled it; administrators keep those of the organisation.
base::Result<bool> keeps_device(const storage::View& view, const storage::DeviceId& device, const Caller& caller) {
  const auto record = view.devices().get(device);
  if (!record && record.error().code == base::Code::not_found) return false;
  if (!record) return base::fail(record.error());
  return caller.role == Role::administrator || made_by(record->details, caller);
}

/// Those whose papers the caller's own visit carries; nobody for a visit of somebody else.
base::Result<std::vector<base::PersonId>> persons_of_own_visit(const storage::View& view, const storage::VisitId& visit,
                                                               const Caller& caller) {
  std::vector<base::PersonId> persons;
  const auto record = view.visits().get(visit);
  if (!record && record.error().code == base::Code::not_found) return persons;
  if (!record) return base::fail(record.error());
  if (!made_by(record->details, caller)) return persons;
  for (const storage::RequestId& id : record->requests) {
    SEGELL_TRY(const auto request, view.requests().get(id));
    persons.push_back(request.person);
  }
  return persons;
}

base::Result<bool> reaches(const storage::View& view, const Caller& caller, const base::PersonId& person) {
  switch (caller.role) {
    case Role::citizen:
      return caller.person == person;
    case Role::representative:
      if (caller.person != person || !caller.account) return false;
      return represents(view, *caller.account, person, caller.at);
    case Role::professional:
    case Role::referent:
      if (!caller.account) return false;
      return view.assignments().has(person, *caller.account);
    case Role::integrator:
      return true;
    case Role::manager:
    case Role::auditor:
    case Role::dpo:
    case Role::administrator:
      return false;
  }
  return false;
}

/// Whether the document, or that of the request, is kept from the caller.
base::Result<bool> keeps_from(const storage::View& view, const Caller& caller, const Target& target) {
  if (target.document || !target.request) return is_kept_from(view, caller, target.document);
  const auto request = view.requests().get(*target.request);
  if (!request && request.error().code == base::Code::not_found) return false;
  if (!request) return base::fail(request.error());
  return is_kept_from(view, caller, request->document);
}

/// Logins are kept where they were made.
base::Result<bool> keeps(const storage::View& view, const Caller& caller, const storage::AccountId& account) {
  if (caller.role != Role::administrator) return false;
  const auto record = view.accounts().get(account);
  if (!record && record.error().code != base::Code::not_found) return base::fail(record.error());
  return record.has_value();
}

}  // namespace

std::vector<Right> rights_of(Role role) {
  switch (role) {
    case Role::citizen:
    case Role::representative:
      return {Right::documents_read};
    case Role::professional:
    case Role::referent:
      return {Right::documents_write, Right::documents_read, Right::persons_write, Right::requests_write};
    case Role::administrator:
      return {Right::notices_write};
    case Role::manager:
    case Role::auditor:
    case Role::dpo:
    case Role::integrator:  // a token brings its own
      return {};
  }
  return {};
}

base::Result<void> require(const Caller& caller, Right right) {
  if (caller.may(right)) return base::ok();
  if (caller.role != Role::integrator) return nothing_here();
  return base::fail(base::Code::forbidden, "auth.missing-right",
                    "this credential may not do that: it lacks " + std::string(to_string(right)));
}

base::Result<void> require_integrator(const Caller& caller) {
  if (caller.role == Role::integrator) return base::ok();
  return nothing_here();
}

base::Result<void> require_administrator(const Caller& caller) {
  if (caller.role == Role::administrator && caller.account) return base::ok();
  return nothing_here();
}

base::Result<base::PersonId> require_own_person(const Caller& caller) {
  if (holds_person(caller.role) && caller.person) return *caller.person;
  return nothing_here();
}

base::Result<void> require_answering(const Caller& caller) {
  if (caller.role == Role::dpo) return base::ok();
  return require(caller, Right::persons_write);
}

base::Result<void> require_register_keeper(const Caller& caller) {
  if (caller.role == Role::manager || caller.role == Role::administrator) return base::ok();
  return nothing_here();
}

base::Result<void> require_device_keeping(const Caller& caller) {
  if (caller.role == Role::administrator && caller.account) return base::ok();
  return require(caller, Right::requests_write);
}

base::Result<bool> answers_corrections_of(const storage::View& view, const Caller& caller,
                                          const base::PersonId& person) {
  if (caller.role != Role::dpo) return is_visible(view, caller, {.person = person});
  if (view.tenant() != caller.tenant) return false;
  SEGELL_TRY(const bool excluded, is_excluded(view, caller, person));
  return !excluded;
}

base::Result<bool> is_kept_from(const storage::View& view, const Caller& caller,
                                const std::optional<base::DocumentId>& document) {
  if (caller.role != Role::representative || !document) return false;
  return view.protection_flags().covers(*document, protection_kind::kConfidential);
}

base::Result<bool> is_excluded(const storage::View& view, const Caller& caller, const base::PersonId& person) {
  if (!caller.account) return false;
  return view.protection_flags().excludes(person, *caller.account);
}

base::Result<bool> sees_protections_of(const storage::View& view, const Caller& caller, const base::PersonId& person) {
  SEGELL_CHECK(require_guarding(caller));
  return answers_corrections_of(view, caller, person);
}

base::Result<void> require_guarding(const Caller& caller) {
  if (caller.role == Role::dpo || caller.role == Role::referent) return base::ok();
  return nothing_here();
}

base::Result<bool> follows_misattributions_of(const storage::View& view, const Caller& caller,
                                              const base::PersonId& person) {
  if (!require_following(caller)) return false;
  const bool whole_tenant = caller.role == Role::manager || caller.role == Role::dpo;
  if (!whole_tenant) return is_visible(view, caller, {.person = person});
  if (view.tenant() != caller.tenant) return false;
  SEGELL_TRY(const bool excluded, is_excluded(view, caller, person));
  return !excluded;
}

base::Result<bool> confirms_misattributions_of(const storage::View& view, const Caller& caller,
                                               const base::PersonId& person) {
  if (!require_confirming(caller)) return false;
  return follows_misattributions_of(view, caller, person);
}

base::Result<void> require_raising(const Caller& caller) {
  if (caller.account && (caller.role == Role::professional || caller.role == Role::referent)) return base::ok();
  return nothing_here();
}

base::Result<void> require_following(const Caller& caller) {
  if (caller.account && (caller.role == Role::manager || caller.role == Role::dpo)) return base::ok();
  return require_raising(caller);
}

base::Result<void> require_confirming(const Caller& caller) {
  if (caller.account && (caller.role == Role::manager || caller.role == Role::referent)) return base::ok();
  return nothing_here();
}

base::Result<void> require_incident_officer(const Caller& caller) {
  if (caller.account && caller.role == Role::dpo) return base::ok();
  return nothing_here();
}

base::Result<bool> is_visible(const storage::View& view, const Caller& caller, const Target& target) {
  if (view.tenant() != caller.tenant) return false;
  if (target.account) return keeps(view, caller, *target.account);
  if (caller.role == Role::integrator) return true;
  if (target.device) return keeps_device(view, *target.device, caller);
  std::vector<base::PersonId> persons;
  if (target.visit) {
    SEGELL_TRY(persons, persons_of_own_visit(view, *target.visit, caller));
  }
  if (target.person) persons.push_back(*target.person);
  if (target.request) {
    const auto request = view.requests().get(*target.request);
    if (!request && request.error().code != base::Code::not_found) return base::fail(request.error());
    if (request) persons.push_back(request->person);
  }
  if (target.document) {
    // More than one only where several persons decide on the same paper.
    SEGELL_TRY(persons, view.requests().persons_of(*target.document));
    if (persons.empty() && is_staff(caller.role)) return stored_by(view, *target.document, caller);
  }
  SEGELL_TRY(const bool kept_from, keeps_from(view, caller, target));
  bool reached = false;
  for (const base::PersonId& person : persons) {
    SEGELL_TRY(const bool there, view.persons().is_there(person));
    if (!there) continue;
    // Both are asked always, so that the time of an answer does not tell an exclusion from no relation.
    SEGELL_TRY(const bool related, reaches(view, caller, person));
    SEGELL_TRY(const bool excluded, is_excluded(view, caller, person));
    if (excluded && target.document) return false;
    reached = reached || (related && !excluded);
  }
  return reached && !kept_from;
}

base::Result<void> require_visible(const storage::View& view, const Caller& caller, const Target& target,
                                   std::string_view reason, const char* what) {
  SEGELL_TRY(const bool visible, is_visible(view, caller, target));
  if (visible) return base::ok();
  return base::fail(base::Code::not_found, reason, std::string("no such ") + what);
}

}  // namespace segell::app
