#pragma once

#include "base/digest.h"
#include "base/id.h"
#include "base/json.h"
#include "base/secret.h"
#include "base/time.h"
#include "webauthn.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace segell::app {

namespace account_state {
inline constexpr std::string_view kInvited = "invited";
inline constexpr std::string_view kActive = "active";
inline constexpr std::string_view kDisabled = "disabled";
}  // namespace account_state

using PasskeyId = base::Id<struct PasskeyTag>;

/// The sealed part of an account.
struct AccountDetails {
  struct Activation {
    base::Sha256 code{};
    base::Instant expires{};
  };
  struct Totp {
    base::Bytes secret;
    std::optional<std::uint64_t> last_step;  ///< used already
  };
  struct Passkey {
    PasskeyId id;  ///< by which its owner removes it
    PasskeyKey key;
    std::string name;
    base::Instant created{};
  };
  [[nodiscard]] bool has_second_factor() const { return totp.has_value() || !passkeys.empty(); }

  std::string shown;     ///< how the person is called
  std::string unit;      ///< of the organisation, where they work; may be empty
  std::string password;  ///< base::hash_password; empty until activated
  std::optional<Activation> activation;
  std::optional<Totp> totp;
  base::Bytes enrolling;  ///< a secret that waits for its first code; empty: none
  std::vector<Passkey> passkeys;
  std::vector<base::Sha256> recovery;  ///< digests of codes that were not used yet
  base::Json evidence;                 ///< how an identity provider vouched last; null: never
};
base::Json to_json(const AccountDetails& details);
/// Error: corrupt "app.record".
base::Result<AccountDetails> account_details_from_json(const base::Json& json);

/// A login name in the form in which it is kept; none for what cannot be one.
std::optional<std::string> normal_login_name(std::string_view typed);

/// "7F3K-9QXM-2V5T-8B1N": `groups` of four characters of 5 random bits each, without those that hands confuse.
std::string make_spoken_code(int groups);
/// The digest under which such a code is kept, however it was typed.
base::Sha256 spoken_code_digest(std::string_view typed);

/// Codes that stand in for a second factor, each once: 60 bits each.
std::vector<std::string> make_recovery_codes();
std::vector<base::Sha256> recovery_digests(const std::vector<std::string>& codes);
base::Json recovery_json(const std::vector<std::string>& codes);

/// What a new password must be. Errors: invalid_argument "password.…".
base::Result<void> check_new_password(std::string_view password, std::string_view name);

}  // namespace segell::app
