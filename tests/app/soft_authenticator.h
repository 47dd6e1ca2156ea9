#pragma once

#include "app/passkeys.h"
#include "app/world.h"
#include "base/digest.h"
#include "base/encoding.h"
#include "base/random.h"
#include "base/signing_key.h"
#include "support/child_process.h"

namespace segell::tests {

/// An authenticator in software, with one ES256 key, that does what it is told: the wrong things too.
class SoftAuthenticator {
 public:
  SoftAuthenticator() {
    const auto made = run({"openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout"});
    m_key = must(base::parse_signing_key_pem(base::as_bytes(made.out), base::Secret()));
  }

  std::string origin = "https://segell.example";
  std::string party = "segell.example";
  base::Bytes id = base::random_bytes(16);
  std::uint8_t flags = 0x05;  ///< somebody was there, and was verified
  std::uint32_t counter = 0;
  bool counts = true;
  std::string more{};  ///< further members of the client data

  app::NewPasskey create(const base::Json& options, const std::string& name = "clau") {
    return {name, client_data("webauthn.create", options), base::to_base64url(authenticator_data(true))};
  }
  app::PasskeyProof use(const base::Json& options) {
    if (counts) ++counter;
    app::PasskeyProof proof{base::to_base64url(id), client_data("webauthn.get", options), {}, {}};
    base::Bytes data = authenticator_data(false);
    proof.authenticator_data = base::to_base64url(data);
    base::append(data, base::BytesView(base::sha256(must(base::from_base64url(proof.client_data)))));
    proof.signature = base::to_base64url(must(m_key->sign(data)));
    return proof;
  }

 private:
  [[nodiscard]] std::string client_data(const std::string& type, const base::Json& options) const {
    const std::string json = R"({"type":")" + type + R"(","challenge":")" + at(options, {"publicKey", "challenge"}) +
                             R"(","origin":")" + origin + R"(","crossOrigin":false)" + more + "}";
    return base::to_base64url(base::as_bytes(json));
  }
  /// Web Authentication section 6.1, with the key in COSE form (RFC 9053 section 7.1.1).
  [[nodiscard]] base::Bytes authenticator_data(bool with_key) const {
    base::Bytes data = base::to_bytes(base::BytesView(base::sha256(base::as_bytes(party))));
    data.push_back(static_cast<std::byte>(flags | (with_key ? 0x40 : 0)));
    for (int shift = 24; shift >= 0; shift -= 8) data.push_back(static_cast<std::byte>(counter >> shift & 0xff));
    if (!with_key) return data;
    data.resize(data.size() + 16);  // of no particular model
    data.push_back(static_cast<std::byte>(id.size() >> 8));
    data.push_back(static_cast<std::byte>(id.size() & 0xff));
    base::append(data, id);
    const base::Bytes spki = m_key->public_key_der();
    const base::BytesView point = base::BytesView(spki).last(64);
    const auto put = [&](std::initializer_list<int> octets) {
      for (const int octet : octets) data.push_back(static_cast<std::byte>(octet));
    };
    put({0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20});
    base::append(data, point.first(32));
    put({0x22, 0x58, 0x20});
    base::append(data, point.last(32));
    return data;
  }

  std::shared_ptr<const base::SigningKey> m_key;
};

}  // namespace segell::tests
