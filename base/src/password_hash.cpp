#include "base/password_hash.h"

#include "base/encoding.h"
#include "base/openssl_ptr.h"
#include "base/random.h"
#include "base/secret.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include <charconv>
#include <cstdint>
#include <optional>
#include <stdexcept>

namespace segell::base {
namespace {

constexpr std::string_view kScheme = "$scrypt$";
constexpr std::size_t kSaltOctets = 16;
constexpr std::size_t kHashOctets = 32;

bool is_in_bounds(const ScryptCost& cost) {
  return cost.log2_n >= 1 && cost.log2_n <= 20 && cost.r >= 1 && cost.r <= 32 && cost.p >= 1 && cost.p <= 16;
}

struct Stored {
  ScryptCost cost;
  Bytes salt;
  Bytes hash;
};

/// "name=NUMBER" and what ends it, off the front of the text.
std::optional<int> take_number(std::string_view& text, std::string_view name, char end) {
  if (!text.starts_with(name)) return {};
  text.remove_prefix(name.size());
  int value = 0;
  const auto [at, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const auto length = static_cast<std::size_t>(at - text.data());
  if (error != std::errc() || length >= text.size() || text[length] != end) return {};
  text.remove_prefix(length + 1);
  return value;
}

std::optional<Stored> read_stored(std::string_view text) {
  if (!text.starts_with(kScheme)) return {};
  text.remove_prefix(kScheme.size());
  const auto log2_n = take_number(text, "ln=", ',');
  const auto r = log2_n ? take_number(text, "r=", ',') : std::nullopt;
  const auto p = r ? take_number(text, "p=", '$') : std::nullopt;
  const auto middle = text.find('$');
  if (!p || middle == std::string_view::npos) return {};
  auto salt = from_base64url(text.substr(0, middle));
  auto hash = from_base64url(text.substr(middle + 1));
  Stored stored{{*log2_n, *r, *p}, {}, {}};
  if (!is_in_bounds(stored.cost) || !salt || !hash || salt->size() != kSaltOctets || hash->size() != kHashOctets)
    return {};
  stored.salt = *std::move(salt);
  stored.hash = *std::move(hash);
  return stored;
}

}  // namespace

Bytes scrypt(BytesView password, BytesView salt, const ScryptCost& cost, std::size_t length) {
  static EVP_KDF* const kKdf = EVP_KDF_fetch(nullptr, "SCRYPT", nullptr);
  require_openssl(kKdf != nullptr, "scrypt");
  if (!is_in_bounds(cost)) throw std::logic_error("scrypt: a cost outside its bounds");
  const Owned<EVP_KDF_CTX, EVP_KDF_CTX_free> context(EVP_KDF_CTX_new(kKdf));
  require_openssl(context != nullptr, "scrypt");
  const auto octets = [](const char* name, BytesView bytes) {
    static std::byte nothing{};  // OpenSSL reads the address of an empty string too
    void* const data = bytes.empty() ? &nothing : const_cast<std::byte*>(bytes.data());
    return OSSL_PARAM_construct_octet_string(name, data, bytes.size());
  };
  std::uint64_t n = std::uint64_t{1} << cost.log2_n;
  auto r = static_cast<std::uint32_t>(cost.r);
  auto p = static_cast<std::uint32_t>(cost.p);
  // What RFC 7914 section 6 keeps: B, V, X and T; OpenSSL's own bound of 32 MiB would refuse the usual cost.
  std::uint64_t most = std::uint64_t{128} * r * (n + p + 2) + (std::uint64_t{1} << 20);
  const OSSL_PARAM parameters[] = {
      octets(OSSL_KDF_PARAM_PASSWORD, password),
      octets(OSSL_KDF_PARAM_SALT, salt),
      OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_N, &n),
      OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_R, &r),
      OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_P, &p),
      OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_MAXMEM, &most),
      OSSL_PARAM_construct_end(),
  };
  Bytes out(length);
  require_openssl(EVP_KDF_derive(context.get(), as_u8(out), out.size(), parameters) == 1, "scrypt");
  return out;
}

std::string hash_password(std::string_view password, const ScryptCost& cost) {
  const Bytes salt = random_bytes(kSaltOctets);
  const Bytes hash = scrypt(as_bytes(password), salt, cost, kHashOctets);
  return std::string(kScheme) + "ln=" + std::to_string(cost.log2_n) + ",r=" + std::to_string(cost.r) +
         ",p=" + std::to_string(cost.p) + '$' + to_base64url(salt) + '$' + to_base64url(hash);
}

Result<bool> verify_password(std::string_view stored, std::string_view password) {
  const auto read = read_stored(stored);
  if (!read) return fail(Code::malformed, "password.stored", "a stored password hash cannot be read");
  return equal_constant_time(scrypt(as_bytes(password), read->salt, read->cost, kHashOctets), read->hash);
}

bool has_other_cost(std::string_view stored, const ScryptCost& cost) {
  const auto read = read_stored(stored);
  return !read || read->cost != cost;
}

}  // namespace segell::base
