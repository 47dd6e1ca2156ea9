#pragma once

#include "app/caller.h"
#include "storage/transaction.h"

#include <optional>
#include <vector>

// Who may do what, and to whose things: the one place. Denied by default. What a caller's role does not do, and what
// belongs to people whom the caller does not work with, looks like what does not exist.

namespace segell::app {

/// What a role does, as rights. Which persons it reaches is is_visible()'s.
std::vector<Right> rights_of(Role role);

/// Errors: forbidden "auth.missing-right" for a token, whose holder knows its rights; not_found "http.not-found" for
/// whoever logged in.
base::Result<void> require(const Caller& caller, Right right);
/// Only for tokens. Error: not_found "http.not-found".
base::Result<void> require_integrator(const Caller& caller);

/// Who keeps the logins of the organisation. Error: not_found "http.not-found" for everybody else, tokens too.
base::Result<void> require_administrator(const Caller& caller);
/// Whose matters a citizen or representative holds. Error: not_found "http.not-found" for everybody else.
base::Result<base::PersonId> require_own_person(const Caller& caller);
/// Whether the caller answers requests for corrections at all: who works with people, their programs, and the data
/// protection officer. Error: not_found "http.not-found", for a token forbidden "auth.missing-right".
base::Result<void> require_answering(const Caller& caller);

/// Who keeps the register of officials: managers and administrators who log in. Error: not_found "http.not-found"
/// for everybody else.
base::Result<void> require_register_keeper(const Caller& caller);

/// Whether the caller deals with devices at all: who works with people, their programs, and administrators, who see all
/// of the organisation and end what is lost. Error: not_found "http.not-found", for a token forbidden
/// "auth.missing-right".
base::Result<void> require_device_keeping(const Caller& caller);

/// What is asked about: exactly one of them.
struct Target {
  std::optional<base::PersonId> person{};
  std::optional<base::DocumentId> document{};
  std::optional<storage::RequestId> request{};
  std::optional<storage::DeviceId> device{};
  std::optional<storage::VisitId> visit{};
  std::optional<storage::AccountId> account{};
};

/// Whether the caller reaches that person, or the person whose document or request it is.
/// - a token reaches its whole tenant;
/// - a citizen themselves; a representative the person of their role, as long as a valid representation lets them act
///   (representation_check.h), but no document that is kept from them (protection "confidential");
/// - professionals and referents the persons they are assigned to, and documents they stored that are nobody's yet;
///   devices that they enrolled; visits that they prepared, as long as they work with one of its persons;
/// - administrators the logins that their organisation made, its devices, and nobody's content;
/// - everyone else nobody;
/// - and whoever is excluded from a person nothing of them, whatever their roles are: a document on which that person
///   decides too is not there for them, even where it is their own. A program is nobody who could be excluded.
/// What does not exist is visible to nobody but a token, which is told so by the look-up that follows.
base::Result<bool> is_visible(const storage::View& view, const Caller& caller, const Target& target);

/// Errors: not_found with that reason, as for what does not exist.
base::Result<void> require_visible(const storage::View& view, const Caller& caller, const Target& target,
                                   std::string_view reason, const char* what);

/// Whether the caller answers that person's requests for corrections: whoever reaches the person, and the data
/// protection officer for the whole tenant.
base::Result<bool> answers_corrections_of(const storage::View& view, const Caller& caller,
                                          const base::PersonId& person);

/// Whether what belongs to that document is kept from the caller: of an adolescent's own matter (protection
/// "confidential") nothing is there for whoever represents them.
base::Result<bool> is_kept_from(const storage::View& view, const Caller& caller,
                                const std::optional<base::DocumentId>& document);

/// Whether whoever calls is excluded from that person (ProtectionFlags::excludes). A token is excluded from nobody.
base::Result<bool> is_excluded(const storage::View& view, const Caller& caller, const base::PersonId& person);

/// Whether the caller is told which protections there are: the data protection officer of the whole tenant's, a
/// referent of those of the persons whom they reach; nobody of a person from whom they are excluded.
base::Result<bool> sees_protections_of(const storage::View& view, const Caller& caller, const base::PersonId& person);
/// Error: not_found "http.not-found" for everybody else.
base::Result<void> require_guarding(const Caller& caller);

/// Whether the caller is told that somebody else signed in the place of that person: whoever works with the person, and
/// managers and the data protection officer for the whole tenant; nobody who is excluded from the person, no program,
/// and neither of the two as themselves.
base::Result<bool> follows_misattributions_of(const storage::View& view, const Caller& caller,
                                              const base::PersonId& person);
/// Whether the caller may be the second person who decides on it: a referent who works with the person, or a manager.
base::Result<bool> confirms_misattributions_of(const storage::View& view, const Caller& caller,
                                               const base::PersonId& person);
/// Whose role does each of these at all. Error: not_found "http.not-found" for everybody else, tokens too.
base::Result<void> require_raising(const Caller& caller);
base::Result<void> require_following(const Caller& caller);
base::Result<void> require_confirming(const Caller& caller);
base::Result<void> require_incident_officer(const Caller& caller);

/// The member of a document's details that names who stored it.
inline constexpr const char* kStoredBy = "storedBy";

}  // namespace segell::app
