#include "tokens.h"

#include "app/authenticate.h"
#include "base/encoding.h"
#include "base/random.h"
#include "state.h"

#include <algorithm>
#include <array>

namespace segell::app {

namespace {

constexpr std::size_t kBearerLength = 4 + 43;
constexpr std::string_view kAgreement = "agreement=";

/// purpose|category|recipient; codes hold neither '|' nor space.
base::Result<consent::Scope> read_agreement(std::string_view word) {
  const auto first = word.find('|');
  const auto second = first == std::string_view::npos ? first : word.find('|', first + 1);
  if (second == std::string_view::npos) {
    return base::fail(base::Code::corrupt, "app.credential", "a stored credential cannot be read");
  }
  return consent::Scope{std::string(word.substr(0, first)), std::string(word.substr(first + 1, second - first - 1)),
                        std::string(word.substr(second + 1))};
}

base::Result<storage::CredentialRecord> find(Service::State& state, const base::Sha256& digest) {
  auto found = state.store.find_credential(digest);
  if (found) return found;
  if (found.error().code == base::Code::unauthenticated || found.error().code == base::Code::not_found) {
    return invalid_token();
  }
  return base::fail(std::move(found).error());
}

}  // namespace

bool is_bearer(std::string_view bearer, std::string_view prefix) {
  return bearer.size() == kBearerLength && bearer.starts_with(prefix);
}

base::Failure invalid_token() {
  return base::fail(base::Code::unauthenticated, "auth.invalid-token", "the credential is not valid");
}

std::string make_bearer(std::string_view prefix) {
  return std::string(prefix) + base::to_base64url(base::random_bytes(32));
}

base::Sha256 bearer_digest(std::string_view bearer) { return base::sha256(base::as_bytes(bearer)); }

ActorId actor_of(const base::Sha256& bearer_digest) {
  base::Bytes text = base::to_bytes("segell.actor/1");
  base::append(text, base::BytesView(bearer_digest));
  const base::Sha256 digest = base::sha256(text);
  std::array<std::byte, ActorId::kSize> bits{};
  std::copy_n(digest.begin(), bits.size(), bits.begin());
  return ActorId(bits);
}

std::string write_scopes(const std::vector<Right>& rights, const std::vector<consent::Scope>& agreement) {
  std::string words;
  for (const Right right : rights) words.append(words.empty() ? "" : " ").append(to_string(right));
  for (const consent::Scope& scope : agreement) {
    words.append(words.empty() ? "" : " ").append(kAgreement);
    words.append(scope.purpose).append("|").append(scope.category).append("|").append(scope.recipient);
  }
  return words;
}

base::Result<void> read_scopes(std::string_view words, Caller& into) {
  while (!words.empty()) {
    const auto end = std::min(words.find(' '), words.size());
    const std::string_view word = words.substr(0, end);
    words.remove_prefix(std::min(end + 1, words.size()));
    if (word.starts_with(kAgreement)) {
      SEGELL_TRY(auto scope, read_agreement(word.substr(kAgreement.size())));
      into.agreement.push_back(std::move(scope));
    } else {
      SEGELL_TRY(const Right right, parse_right(word));
      into.rights.push_back(right);
    }
  }
  return base::ok();
}

base::Result<Caller> authenticate(Service& service, std::string_view token) {
  Service::State& state = service.state();
  if (!is_bearer(token, kTokenPrefix)) return invalid_token();
  const auto digest = bearer_digest(token);
  const auto now = state.clock.now();
  if (auto known = state.callers.find(digest, now)) return *std::move(known);
  SEGELL_TRY(const auto record, find(state, digest));
  if (record.request || (record.expires && *record.expires <= now)) return invalid_token();
  SEGELL_CHECK(state.tenant(record.tenant));
  Caller caller;
  caller.tenant = record.tenant;
  caller.actor = actor_of(record.hash);
  SEGELL_CHECK(read_scopes(record.scopes, caller));
  state.callers.keep(digest, caller, record.expires, now);
  return caller;
}

base::Result<VisitCaller> authenticate_visit(Service& service, std::string_view capability) {
  Service::State& state = service.state();
  if (!is_bearer(capability, kCapabilityPrefix)) return invalid_token();
  SEGELL_TRY(const auto record, find(state, bearer_digest(capability)));
  if (!record.request) return invalid_token();
  SEGELL_CHECK(state.tenant(record.tenant));
  if (record.expires && *record.expires <= state.clock.now()) {
    return base::fail(base::Code::expired, "visit.expired", "this link is over",
                      "ask the professional for a new signature request");
  }
  return VisitCaller{record.tenant, *record.request};
}

}  // namespace segell::app
