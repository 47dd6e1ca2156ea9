#pragma once

#include "base/json.h"
#include "base/time.h"
#include "storage/persons.h"
#include "storage/scope.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace segell::storage {

using ProtectionFlagId = base::Id<struct ProtectionFlagTag>;

/// Something about one person that is kept from others: somebody who must never see them, or an address.
struct ProtectionFlag {
  ProtectionFlagId id;
  PersonId person;
  std::string kind;   ///< the app's closed words
  std::string state;  ///< the app's closed words
  bool live = true;   ///< whether it holds
  base::Instant created{};
  std::uint64_t log_index = 0;           ///< the event that brought it in: the order of lists
  base::Json words;                      ///< reason, who is excluded, address; at rest sealed under the person's key
  std::optional<DocumentId> document{};  ///< the one that is kept from others, where it is about one
};

/// Who is excluded, by whichever of these is known; kept as keyed indexes, so that it holds for a login or a person
/// that comes later too.
struct ExcludedPerson {
  std::optional<std::string> login{};  ///< as accounts are named, normalised by the caller
  std::optional<OutsideIdentifier> identifier{};
  std::optional<PersonId> person{};
};

class ProtectionFlags {
 public:
  explicit ProtectionFlags(Scope& scope) : m_scope(&scope) {}

  /// Error: not_found "protection.unknown".
  [[nodiscard]] base::Result<ProtectionFlag> get(const ProtectionFlagId& id) const;
  /// Of the whole tenant, newest first, those before that log index.
  [[nodiscard]] base::Result<std::vector<ProtectionFlag>> list(std::optional<std::uint64_t> before,
                                                               std::size_t limit) const;
  /// Those of a person that hold.
  [[nodiscard]] base::Result<std::vector<ProtectionFlag>> live_of(const PersonId& person) const;
  [[nodiscard]] base::Result<bool> any_live(const PersonId& person) const;

  /// Whether whoever has this account is excluded from the person: by the name of the login, or because the account
  /// holds the matters of an excluded person.
  [[nodiscard]] base::Result<bool> excludes(const PersonId& person, const AccountId& account) const;

  /// Whether that other person of the tenant is excluded: as a person, by their identifier, or by a login under which
  /// they hold their own matters in the role `own`.
  [[nodiscard]] base::Result<bool> excludes(const PersonId& person, const PersonId& other, std::string_view own) const;
  /// Whether something of that kind that holds is about this document.
  [[nodiscard]] base::Result<bool> covers(const DocumentId& document, std::string_view kind) const;

  base::Result<void> add(const ProtectionFlag& flag, const ExcludedPerson& excluded);
  /// Changes state, whether it holds, and words. Error: not_found "protection.unknown".
  base::Result<void> update(const ProtectionFlag& flag);

 private:
  Scope* m_scope;
};

}  // namespace segell::storage
