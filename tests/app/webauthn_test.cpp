// What authenticators say, checked: facts of Chromium's virtual authenticator, and every one of them bent.

#include "webauthn.h"

#include "base/encoding.h"
#include "base/file.h"
#include "base/json.h"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

using namespace segell;
using namespace segell::app;

namespace {

std::string word(const base::Json& json, const char* name) { return *json.find(name)->as_string(); }
base::Bytes octets(const base::Json& json, const char* name) { return *base::from_base64url(word(json, name)); }

struct Fact {
  std::string name;
  int algorithm = 0;
  base::Bytes id, challenge, use_challenge;
  CredentialCreated created;
  CredentialUsed used;
};

RelyingParty party() { return {"http://localhost:18099", "localhost"}; }

/// tests/vectors/webauthn/README.md tells where they come from.
const std::vector<Fact>& facts() {
  static const std::vector<Fact> all = [] {
    std::ifstream in(SEGELL_VECTORS "/webauthn/chromium.json");
    const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    const auto json = base::parse_json(text);
    REQUIRE(json);
    std::vector<Fact> read;
    for (const base::Json& one : *json->find("credentials")->as_array()) {
      const base::Json& create = *one.find("create");
      const base::Json& get = *one.find("get");
      Fact fact;
      fact.name = word(one, "name");
      fact.algorithm = static_cast<int>(*one.find("algorithm")->as_int());
      fact.id = octets(one, "id");
      fact.challenge = octets(create, "challenge");
      fact.use_challenge = octets(get, "challenge");
      fact.created = {octets(create, "clientDataJSON"), octets(create, "authenticatorData")};
      fact.used = {fact.id, octets(get, "clientDataJSON"), octets(get, "authenticatorData"), octets(get, "signature")};
      read.push_back(std::move(fact));
    }
    return read;
  }();
  return all;
}

std::string made(const Fact& fact, const RelyingParty& by = party()) {
  const auto key = check_created(by, fact.challenge, fact.created);
  return key ? std::string() : std::string(key.error().reason);
}
std::string used(const Fact& fact, const RelyingParty& by = party()) {
  const auto key = check_created(party(), facts()[0].challenge, fact.created);
  if (!key) return "no key";
  const auto counter = check_used(by, fact.use_challenge, *key, fact.used);
  return counter ? std::string() : std::string(counter.error().reason);
}

base::Bytes replaced(const base::Bytes& text, const std::string& what, const std::string& with) {
  std::string changed = base::to_text(text);
  const auto found = changed.find(what);
  REQUIRE(found != std::string::npos);
  changed.replace(found, what.size(), with);
  return base::to_bytes(changed);
}

}  // namespace

TEST_CASE("what Chromium's authenticator says is taken, for each algorithm") {
  REQUIRE(facts().size() == 3);
  for (const Fact& fact : facts()) {
    CAPTURE(fact.name);
    const auto key = check_created(party(), fact.challenge, fact.created);
    REQUIRE(key);
    CHECK(key->algorithm == fact.algorithm);
    CHECK(key->id == fact.id);
    const auto counter = check_used(party(), fact.use_challenge, *key, fact.used);
    REQUIRE(counter);
    CHECK(*counter == key->counter + 1);
  }
}

TEST_CASE("a key of another algorithm, or another key, verifies nothing") {
  auto crossed = facts()[0];
  crossed.used = facts()[1].used;
  CHECK(used(crossed) == "passkey.signature");
  auto key = *check_created(party(), facts()[0].challenge, facts()[0].created);
  for (const int algorithm : {-8, -257, -35, 0}) {
    key.algorithm = algorithm;
    CHECK_FALSE(check_used(party(), facts()[0].use_challenge, key, facts()[0].used));
  }
}

TEST_CASE("every octet of an assertion counts, and every length of it is read safely") {
  for (const Fact& fact : facts()) {
    const auto key = check_created(party(), fact.challenge, fact.created);
    REQUIRE(key);
    const auto holds = [&](const CredentialUsed& bent) {
      return check_used(party(), fact.use_challenge, *key, bent).has_value();
    };
    for (std::size_t i = 0; i < fact.used.authenticator_data.size(); ++i) {
      auto bent = fact.used;
      bent.authenticator_data[i] ^= std::byte{1};
      CHECK_FALSE(holds(bent));
      bent = fact.used;
      bent.authenticator_data.resize(i);
      CHECK_FALSE(holds(bent));
    }
    for (std::size_t i = 0; i < fact.used.client_data.size(); ++i) {
      auto bent = fact.used;
      bent.client_data[i] ^= std::byte{1};
      CHECK_FALSE(holds(bent));
    }
    for (std::size_t i = 0; i < fact.used.signature.size(); ++i) {
      auto bent = fact.used;
      bent.signature[i] ^= std::byte{1};
      CHECK_FALSE(holds(bent));
      bent = fact.used;
      bent.signature.resize(i);
      CHECK_FALSE(holds(bent));
    }
  }
}

TEST_CASE("a registration that was cut off or bent is refused or read, and never more") {
  for (const Fact& fact : facts()) {
    const auto whole = fact.created.authenticator_data;
    for (std::size_t i = 0; i < whole.size(); ++i) {
      auto cut = fact;
      cut.created.authenticator_data.resize(i);
      CHECK_FALSE(made(cut).empty());
      for (const int mask : {1, 0x80, 0xff}) {
        auto bent = fact;
        bent.created.authenticator_data[i] ^= static_cast<std::byte>(mask);
        (void)made(bent);
      }
    }
    auto longer = fact;
    longer.created.authenticator_data.push_back(std::byte{0});
    CHECK(made(longer) == "passkey.authenticator-data");
    // Outputs of extensions, which nobody asked for and nobody signed, are passed over whatever they are.
    longer.created.authenticator_data[32] |= std::byte{0x80};
    CHECK(made(longer).empty());
    // A CBOR map that says it has two thousand million members sets no memory aside.
    auto vast = fact;
    const auto id_length = fact.id.size();
    const base::Bytes head = *base::from_base64url("uoMdl2M");
    std::copy(head.begin(), head.end(), vast.created.authenticator_data.begin() + 55 + static_cast<long>(id_length));
    CHECK(made(vast) == "passkey.authenticator-data");
    auto more = fact;
    more.used.authenticator_data[32] |= std::byte{0x80};
    base::append(more.used.authenticator_data, head);
    const auto key = check_created(party(), fact.challenge, fact.created);
    REQUIRE(key);
    CHECK(check_used(party(), fact.use_challenge, *key, more.used).error().reason == "passkey.authenticator-data");
    longer.created.authenticator_data.resize(100'000);
    CHECK(made(longer) == "passkey.authenticator-data");
  }
}

TEST_CASE("what the browser says must be of this ceremony, this challenge and this address") {
  const Fact& fact = facts()[0];
  auto bent = fact;
  bent.challenge[0] ^= std::byte{1};
  CHECK(made(bent) == "passkey.challenge");
  bent = fact;
  bent.use_challenge.pop_back();
  CHECK(used(bent) == "passkey.challenge");
  bent = fact;
  bent.created.client_data = replaced(fact.created.client_data, "webauthn.create", "webauthn.get");
  CHECK(made(bent) == "passkey.type");
  bent = fact;
  bent.used.client_data = replaced(fact.used.client_data, "webauthn.get", "payment.get");
  CHECK(used(bent) == "passkey.type");
  for (const auto& row : {std::pair("localhost:18099", "localhost:18098"),
                          {"http://localhost", "https://localhost"},
                          {"localhost:18099", "localhost.evil.example"},
                          {"\"crossOrigin\":false", "\"crossOrigin\":true"},
                          {"\"crossOrigin\":false", "\"crossOrigin\":\"no\""},
                          {"\"crossOrigin\":false", "\"topOrigin\":\"https://evil.example\""}}) {
    const auto& [what, with] = row;
    CAPTURE(row.second);
    bent = fact;
    bent.created.client_data = replaced(fact.created.client_data, what, with);
    CHECK(made(bent) == "passkey.origin");
  }
  for (const char* nothing : {"", "{", "[]", "null", "{\"type\":1}"}) {
    bent = fact;
    bent.created.client_data = base::to_bytes(nothing);
    CHECK_FALSE(made(bent).empty());
  }
  bent.created.client_data = base::to_bytes("{\"type\":\"" + std::string(10'000, 'x') + "\"}");
  CHECK(made(bent) == "passkey.client-data");
}

TEST_CASE("what the authenticator says must be of this service, with somebody there whom it knows") {
  const Fact& fact = facts()[0];
  CHECK(made(fact, {party().origin, "localhost.example"}) == "passkey.authenticator-data");
  CHECK(used(fact, {party().origin, "example"}) == "passkey.authenticator-data");
  for (const int flags : {0x40, 0x41, 0x44}) {
    auto bent = fact;
    bent.created.authenticator_data[32] = static_cast<std::byte>(flags);
    CHECK(made(bent) == "passkey.user-not-verified");
  }
  auto without = fact;
  without.created.authenticator_data[32] = std::byte{0x05};
  CHECK(made(without) == "passkey.authenticator-data");
}

TEST_CASE("passkeys belong to a name over TLS, or to this machine") {
  const auto origin = [](const char* url) {
    const auto known = relying_party(url);
    return known ? known->origin + " " + known->id : std::string();
  };
  CHECK(origin("https://segell.example") == "https://segell.example segell.example");
  CHECK(origin("https://Segell.Example:443/path") == "https://segell.example segell.example");
  CHECK(origin("https://segell.example:8443") == "https://segell.example:8443 segell.example");
  CHECK(origin("http://localhost:8080") == "http://localhost:8080 localhost");
  CHECK(origin("http://localhost:80") == "http://localhost localhost");
  for (const char* none :
       {"http://segell.example", "http://127.0.0.1:8080", "https://192.0.2.1", "https://[::1]:8443", "https://0x7f.1",
        "ftp://segell.example", "https://", "https://user@segell.example", "http://localhost.evil.example", ""}) {
    CAPTURE(none);
    CHECK_FALSE(relying_party(none).has_value());
  }
}
