#pragma once

#include "app/world.h"

#include "base/totp.h"

#include <string>
#include <vector>

namespace segell::tests {

inline app::SessionCaller session(World& world, const std::string& cookie) {
  return must(app::authenticate_session(world.service(), cookie));
}

/// RFC 4648 base32 back to octets, as an authenticator program reads a secret.
inline base::Bytes from_base32(const std::string& text) {
  base::Bytes out;
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : text) {
    bits = bits << 5 | static_cast<std::uint32_t>(c >= 'A' ? c - 'A' : c - '2' + 26);
    held += 5;
    if (held >= 8) {
      held -= 8;
      out.push_back(static_cast<std::byte>(bits >> held & 0xff));
    }
  }
  return out;
}

/// What an authenticator program holds.
struct Authenticator {
  base::Bytes secret;
  [[nodiscard]] std::string code(World& world, int steps = 0) const {
    return base::totp_code(secret, base::totp_step(world.clock().now()) + static_cast<std::uint64_t>(steps));
  }
};

/// A login that has a second factor from now on.
struct Enrolled {
  Authenticator authenticator;
  std::string cookie;
  std::vector<std::string> recovery;
};
inline Enrolled enrol(World& world, const std::string& cookie) {
  const auto begun = must(app::begin_totp(world.service(), session(world, cookie)));
  Enrolled enrolled{{from_base32(at(begun, {"secret"}))}, {}, {}};
  const auto done =
      must(app::confirm_totp(world.service(), session(world, cookie), enrolled.authenticator.code(world)));
  enrolled.cookie = done.grant.value().cookie;
  for (const auto& one : *done.grant->body.find("recoveryCodes")->as_array())
    enrolled.recovery.push_back(*one.as_string());
  return enrolled;
}

}  // namespace segell::tests
