#pragma once

#include "events.h"
#include "storage/protection_flags.h"

// Events about what is kept from others about a person (events.cddl, kinds 141 to 144, and 158). Who is excluded, the
// address and the reason are in none of them: the reason as a salted digest alone.

namespace segell::app {

struct ProtectionSet {
  base::PersonId person;
  storage::ProtectionFlagId protection;
  std::string kind;
  base::Sha256 reason{};                       ///< SHA-256(salt ‖ canonical JSON of {"type":"reason","value":…})
  std::optional<base::DocumentId> document{};  ///< that is kept from others
};
struct ProtectionRemovalAsked {
  base::PersonId person;
  storage::ProtectionFlagId protection;
  base::Sha256 reason{};
};
/// A second person agreed.
struct ProtectionRemoved {
  base::PersonId person;
  storage::ProtectionFlagId protection;
  base::Sha256 reason{};
};
/// Somebody who may looked at what is kept from others about the person.
struct ProtectionsListed {
  base::PersonId person;
};

/// Somebody who is excluded from the person asked for something of theirs, and was told that there is no such thing.
struct AccessRefused {
  base::PersonId person;
  std::optional<base::DocumentId> document;
};

base::Bytes encode(const EventHead& head, const ProtectionSet& event);
base::Bytes encode(const EventHead& head, const ProtectionRemovalAsked& event);
base::Bytes encode(const EventHead& head, const ProtectionRemoved& event);
base::Bytes encode(const EventHead& head, const ProtectionsListed& event);
base::Bytes encode(const EventHead& head, const AccessRefused& event);

}  // namespace segell::app
