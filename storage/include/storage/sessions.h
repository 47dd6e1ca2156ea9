#pragma once

#include "base/digest.h"
#include "base/time.h"
#include "storage/scope.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace segell::storage {

/// A login that goes on: only the SHA-256 of its cookie is kept. Like credentials, sessions tell the tenant, so that
/// their table's key does not start with one.
struct SessionRecord {
  base::Sha256 hash{};
  SessionId id;  ///< stays when the cookie is changed
  TenantId home;
  AccountId account;
  std::optional<TenantId> tenant;    ///< of the holding
  std::optional<HoldingId> holding;  ///< none: the account holds nothing yet
  std::string step;                  ///< the app's closed words: open, second-factor, enrol
  std::string level;                 ///< assurance: low, substantial, high
  base::Instant created{};
  base::Instant seen{};
  base::Instant expires{};  ///< whatever happens
};

/// A session with what its account and holding say at this moment.
struct FoundSession {
  SessionRecord session;
  std::string account_state;
  std::string role;  ///< empty without a holding
  std::optional<PersonId> person;
};

/// Attempts that failed in a row for one name, address or account.
struct LoginFailures {
  std::uint32_t count = 0;
  base::Instant last{};
};

/// What the next answer of an authenticator must rest on, for one session. Another one takes its place.
struct LoginChallenge {
  base::Sha256 session{};  ///< hash of the cookie
  std::string purpose;     ///< the app's closed words
  base::Bytes challenge;
  base::Instant expires{};
};

class Sessions {
 public:
  explicit Sessions(Scope& scope) : m_scope(&scope) {}

  /// The newest state, inside the transaction that changes it. Error: unauthenticated "session.unknown".
  [[nodiscard]] base::Result<FoundSession> get(const base::Sha256& hash) const;

  base::Result<void> add(const SessionRecord& session);
  base::Result<void> remove(const base::Sha256& hash);
  base::Result<void> touch(const base::Sha256& hash, base::Instant seen);
  /// How many ended. `but`: the one that stays.
  base::Result<std::uint64_t> remove_of_account(const TenantId& home, const AccountId& account,
                                                const std::optional<base::Sha256>& but = {});
  /// Those whose end has come.
  base::Result<void> purge(base::Instant now);

  base::Result<void> keep_challenge(const LoginChallenge& challenge);
  /// Takes it away, so that it counts once; none where there is none for that purpose, or it is over.
  base::Result<std::optional<base::Bytes>> take_challenge(const base::Sha256& session, std::string_view purpose,
                                                          base::Instant now);

  /// A failed attempt more for each tag; earlier ones count while they are not older than `memory`.
  base::Result<void> note_failure(const base::Bytes& tag, base::Instant now, base::Microseconds memory);
  base::Result<void> forget_failures(const base::Bytes& tag);

 private:
  Scope* m_scope;
};

}  // namespace segell::storage
