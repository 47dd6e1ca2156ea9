#pragma once

#include "base/bytes.h"
#include "base/result.h"

#include <string>
#include <string_view>

namespace segell::base {

/// The cost of scrypt (RFC 7914): N = 2^log2_n blocks of 128·r octets, p times over. The values here take 32 MiB and
/// follow the OWASP Password Storage Cheat Sheet (N = 2^15, r = 8, p = 3).
struct ScryptCost {
  int log2_n = 15;
  int r = 8;
  int p = 3;
  bool operator==(const ScryptCost&) const = default;
};

/// scrypt as in RFC 7914 section 6. Throws std::runtime_error where OpenSSL or memory fails, std::logic_error for a
/// cost outside 1 ≤ log2_n ≤ 20, 1 ≤ r ≤ 32, 1 ≤ p ≤ 16.
Bytes scrypt(BytesView password, BytesView salt, const ScryptCost& cost, std::size_t length);

/// A stored form that carries its own parameters: "$scrypt$ln=15,r=8,p=3$SALT$HASH", both parts base64url of 16 and 32
/// octets, the salt fresh.
std::string hash_password(std::string_view password, const ScryptCost& cost = {});

/// Whether the password is that of the stored form, compared in constant time. Error: malformed "password.stored".
Result<bool> verify_password(std::string_view stored, std::string_view password);

/// Whether a stored form was made with another cost than this one, so that the next good login makes it anew.
bool has_other_cost(std::string_view stored, const ScryptCost& cost = {});

}  // namespace segell::base
