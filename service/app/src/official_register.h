#pragma once

#include "request_payload.h"
#include "storage/transaction.h"

#include <optional>
#include <string>
#include <vector>

namespace segell::app {

namespace official_state {
inline constexpr std::string_view kRegistered = "registered";
inline constexpr std::string_view kWithdrawn = "withdrawn";
}  // namespace official_state

/// An entry of the register as it reads.
struct RegisterEntry {
  storage::OfficialRecord record;
  std::string name;  ///< of the official, as it was when they were registered
  std::string resolution;
  std::vector<std::string> procedures;  ///< empty: every one
  std::string certificate;              ///< SHA-256 of its DER, hex; empty: none is bound
};
/// Error: corrupt "app.record".
base::Result<RegisterEntry> read_entry(storage::OfficialRecord record);

/// What a request is about, as the register names it: the purposes of its items; where it has none, those of the items
/// of its document. Empty: of no named procedure. Error: corrupt "app.record".
base::Result<std::vector<std::string>> procedures_of(const RequestPayload& payload,
                                                     const storage::DocumentRecord& document);

/// The entry that lets this account sign now, the newest where there are several. Errors: forbidden
/// "official.not-registered", or of the newest entry "official.not-yet", "official.expired", "official.withdrawn",
/// "official.other-procedure".
base::Result<RegisterEntry> require_official(const storage::View& view, const storage::AccountId& account,
                                             const std::vector<std::string>& procedures, base::Instant now);

/// Who could sign for the person now: officials with an entry for it who work with the person, by name.
base::Result<std::vector<std::string>> officials_for(const storage::View& view, const base::PersonId& person,
                                                     const std::vector<std::string>& procedures, base::Instant now);

}  // namespace segell::app
