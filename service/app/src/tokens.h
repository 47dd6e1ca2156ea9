#pragma once

#include "app/caller.h"
#include "storage/credentials.h"

namespace segell::app {

inline constexpr std::string_view kTokenPrefix = "sgt_";
inline constexpr std::string_view kCapabilityPrefix = "sgv_";

/// A fresh bearer secret: the prefix and 256 random bits in base64url.
std::string make_bearer(std::string_view prefix);
/// Whether it could be one that make_bearer() made.
bool is_bearer(std::string_view bearer, std::string_view prefix);
/// The one refusal of a credential, whatever is wrong with it: unauthenticated "auth.invalid-token".
base::Failure invalid_token();
/// What is stored of it.
base::Sha256 bearer_digest(std::string_view bearer);
/// The actor behind a stored credential: tells nothing about the secret.
ActorId actor_of(const base::Sha256& bearer_digest);

/// Rights and agreement as the closed words of CredentialRecord::scopes, and back.
std::string write_scopes(const std::vector<Right>& rights, const std::vector<consent::Scope>& agreement);
base::Result<void> read_scopes(std::string_view words, Caller& into);

}  // namespace segell::app
