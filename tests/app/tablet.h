#pragma once

#include "app/devices.h"
#include "app/visit_package.h"
#include "app/visits.h"
#include "app/world.h"
#include "base/signing_key.h"

#include <memory>
#include <string>
#include <vector>

namespace segell::tests {

/// A device with a key of its own, as a tablet's page is one: it carries a visit's package and signs what it captures.
class Tablet {
 public:
  /// Enrolled by `owner`.
  Tablet(World& world, const app::Caller& owner);

  std::string id;

  [[nodiscard]] std::string public_key() const;  ///< base64
  /// r ‖ s in base64url.
  [[nodiscard]] std::string sign(const std::string& message) const;

  /// A visit with these requests on this device; its id.
  [[nodiscard]] std::string prepare(const std::vector<std::string>& requests,
                                    std::chrono::minutes valid = std::chrono::minutes(60)) const;
  /// Takes the visit's package; the last one is worked with.
  void pack(const std::string& visit);
  [[nodiscard]] const base::Json& package() const { return m_package; }
  [[nodiscard]] const base::Json& request(std::size_t index) const;
  [[nodiscard]] app::PackageCaller caller() const;

  /// What the person at request `index` signs after these choices, on the octets that the device made by itself.
  base::Json signed_act(std::size_t index, const std::vector<std::string>& words, const std::string& method = "button");
  /// "refused" or "deferred".
  base::Json answer_act(std::size_t index, const std::string& answer);
  /// Sends it, signed by this device.
  [[nodiscard]] base::Result<app::Reply> send(const base::Json& act) const;

  /// The state of the nonce at request `index` of the package, with the reason after a blank where there is one.
  [[nodiscard]] std::string state(std::size_t index) const;
  /// Everything that GET /api/v1/package says of it.
  [[nodiscard]] base::Json standing(std::size_t index) const;

 private:
  base::Json outline(std::size_t index, const std::string& answer);
  World& m_world;
  app::Caller m_owner;
  std::shared_ptr<const base::SigningKey> m_key;
  base::Json m_package;
  std::int64_t m_counter = 0;
};

/// A request of a new person on a new document, by `wish`; its id.
std::string request_of(World& world, const app::NewSignatureRequest& wish);

}  // namespace segell::tests
