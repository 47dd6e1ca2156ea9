#include "id_token.h"

#include "base/encoding.h"

#include <doctest/doctest.h>

using namespace segell;
using namespace segell::app;

namespace {

// RFC 7515 appendices A.2 and A.3.
constexpr const char* kPayload =
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
constexpr const char* kRsaSignature =
    "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_"
    "O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZ"
    "cAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--"
    "xi12jzDwusC-e"
    "OkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";
constexpr const char* kEcSignature =
    "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
constexpr const char* kRsaKey =
    R"({"kty":"RSA","kid":"r","e":"AQAB","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2m)"
    R"(JPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-)"
    R"(KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91)"
    R"(kzk2PAcDTW9gb54h4FRWyuXpoQ"})";
constexpr const char* kEcKey =
    R"({"kty":"EC","crv":"P-256","kid":"e","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)"
    R"("y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"})";

std::vector<ProviderKey> keys(const std::string& listed) {
  auto read = read_key_set(*base::parse_json("{\"keys\":[" + listed + "]}"));
  REQUIRE(read);
  return *read;
}

std::string part(const std::string& json) { return base::to_base64url(base::as_bytes(json)); }

std::string reason(const base::Result<Identity>& checked) {
  return checked ? std::string() : std::string(checked.error().reason);
}

std::string judged(const std::string& text, const std::vector<ProviderKey>& known) {
  const auto token = read_token(text);
  if (!token) return std::string(token.error().reason);
  const ProviderKey* key = find_key(known, *token);
  if (key == nullptr) return "no key";
  return reason(check_token(*token, *key, {"joe", "us", "n", base::Instant(std::chrono::seconds(1300819380))}));
}

}  // namespace

TEST_CASE("the signatures of RFC 7515 verify, and with a bit changed they do not") {
  const auto both = keys(std::string(kRsaKey) + "," + kEcKey);
  const std::string rs = part(R"({"alg":"RS256"})") + "." + kPayload + ".";
  const std::string es = part(R"({"alg":"ES256"})") + "." + kPayload + ".";
  // Past the signature: those tokens are meant for nobody.
  CHECK(judged(rs + kRsaSignature, both) == "oidc.audience");
  CHECK(judged(es + kEcSignature, both) == "oidc.audience");
  std::string broken = kRsaSignature;
  broken[20] = broken[20] == 'A' ? 'B' : 'A';
  CHECK(judged(rs + broken, both) == "oidc.signature");
  broken = kEcSignature;
  broken[20] = broken[20] == 'A' ? 'B' : 'A';
  CHECK(judged(es + broken, both) == "oidc.signature");
  CHECK(judged(es + std::string(kEcSignature).substr(0, 84), both) == "oidc.signature");
}

TEST_CASE("an algorithm is that of its key: none, a MAC, and the other key's are not taken") {
  const auto rsa = keys(kRsaKey);
  for (const char* algorithm : {"none", "HS256", "ES256", "RS384", "PS256", ""}) {
    CAPTURE(algorithm);
    const std::string head = part(std::string(R"({"alg":")") + algorithm + "\"}");
    CHECK(judged(head + "." + kPayload + "." + kRsaSignature, rsa) == "no key");
  }
  CHECK(judged(part(R"({"alg":"RS256","kid":"other"})") + "." + kPayload + "." + kRsaSignature, rsa) == "no key");
  CHECK(judged(part(R"({"alg":"RS256","crit":["b64"]})") + "." + kPayload + "." + kRsaSignature, rsa) ==
        "oidc.token-malformed");
}

TEST_CASE("octets that are no token, and keys that are none, are named") {
  for (const std::string& bad : {std::string(), std::string("."), std::string("a.b"), std::string("a.b.c.d"),
                                 part("[]") + "." + part("{}") + ".AAAA", part("{}") + "." + part("7") + ".AAAA",
                                 std::string(40000, 'a') + ".b.c"}) {
    CAPTURE(bad.substr(0, 40));
    CHECK_FALSE(read_token(bad));
  }
  for (
      const char* bad :
      {R"({"keys":[]})", R"({"keys":7})", "{}", R"({"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB"}]})",
       R"({"keys":[{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"}]})",
       R"({"keys":[{"kty":"oct","k":"AAAA"}]})"}) {
    CAPTURE(bad);
    const auto read = read_key_set(*base::parse_json(bad));
    REQUIRE_FALSE(read);
    CHECK(read.error().reason == "oidc.keys");
  }
  // A key of encryption, and one of another algorithm, are passed over.
  std::string other = kRsaKey;
  other.insert(other.size() - 1, R"(,"use":"enc")");
  CHECK(keys(other + "," + kEcKey).size() == 1);
  other = kRsaKey;
  other.insert(other.size() - 1, R"(,"alg":"PS256")");
  CHECK(keys(other + "," + kEcKey).size() == 1);
}
