#pragma once

#include "app/accounts.h"
#include "app/authenticate.h"
#include "app/documents.h"
#include "app/evaluate.h"
#include "app/letter_box.h"
#include "app/notices.h"
#include "app/persons.h"
#include "app/provision.h"
#include "app/representations.h"
#include "app/requests.h"
#include "app/service.h"
#include "app/sessions.h"
#include "app/verify.h"
#include "app/visit.h"
#include "storage/store.h"
#include "support/child_process.h"
#include "support/curl_exchange.h"
#include "support/example_pki.h"
#include "support/timestamp_peer.h"

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace segell::tests {

/// A clock that tests move by hand and threads may read.
class HandClock final : public base::Clock {
 public:
  explicit HandClock(base::Instant time) : m_time(time) {}
  [[nodiscard]] base::Instant now() const override { return m_time.load(); }
  void pass(base::Microseconds time) { m_time = m_time.load() + time; }

 private:
  std::atomic<base::Instant> m_time;
};

/// Letters as whoever prints them finds them.
class HeldLetters final : public app::LetterBox {
 public:
  base::Result<std::string> put(const app::Letter& letter) override;
  void take_out(const std::string& reference) noexcept override { waiting.erase(reference); }
  std::map<std::string, app::Letter> waiting;
  bool is_full = false;

 private:
  int m_count = 0;
};

struct WorldOptions {
  std::string tsa = "";  ///< behaviour of the time-stamping peer; empty: none configured
  bool require_timestamp = false;
  std::string seal = "seal-p256";
  std::size_t verifications = 4;
  bool second_factor_for_staff = true;
  bool neighbour = false;                        ///< a second tenant on the same node
  bool letters = true;                           ///< codes may be issued while the service runs
  bool dynamics = true;                          ///< an impact assessment of recording dynamics is named and approved
  std::function<void(app::Settings&)> change{};  ///< the last word on how the service is set up
};

/// One tenant of a service over SQLite, a folder of blobs and the example PKI, and what a professional's program does
/// with it. A call that fails where it should not throws std::runtime_error with the reason.
class World {
 public:
  explicit World(const WorldOptions& options = {});
  ~World();

  app::Service& service() { return *m_service; }
  storage::Store& store() { return *m_store; }
  HandClock& clock() { return m_clock; }
  HeldLetters& letters() { return m_letters; }
  app::Caller& integrator() { return m_integrator; }
  [[nodiscard]] base::TenantId tenant() const { return m_tenant.tenant; }
  [[nodiscard]] const std::string& token() const { return m_token; }

  /// Closes the service and opens it again on the same store, perhaps with another authority.
  void reopen(const std::string& tsa);
  /// The same with other settings.
  void reopen(const WorldOptions& options);

  std::string person(const std::string& name = "Roser Exemple i Prova");
  std::string document(const std::string& pdf);
  std::string document();
  void notice(const std::string& key = "tax");

  /// The code of a new account in this role; a citizen or representative holds `person`.
  std::string invite(const std::string& name, app::Role role, const std::string& person = {});
  /// A power through which one person acts for another, in force now: its id.
  std::string empower(const std::string& representative, const std::string& person);
  /// The same login in another of its roles; none where it has no such role now.
  std::optional<app::SessionGrant> take_role(const std::string& cookie, app::Role role);
  /// A new account, activated with kPassword; the cookie of its first session. A representative is a person of their
  /// own, with a power.
  std::string join(const std::string& name, app::Role role, const std::string& person = {});
  static constexpr const char* kPassword = "quatre paraules ben meves";
  static constexpr const char* kAddress = "192.0.2.1";
  base::Result<app::LoginReply> log_in(const std::string& name, const std::string& password,
                                       const std::string& address = kAddress);

  /// The second tenant's own system; only with WorldOptions::neighbour.
  app::Caller& neighbour() { return m_neighbour_integrator; }

  /// A request for one item of express consent, one of non-opposition and the given methods.
  app::NewSignatureRequest wish(const std::string& document, const std::string& person);
  app::VisitCaller visit(const app::NewSignatureRequest& request);
  /// The tablet's link of the request.
  std::string capability(const app::NewSignatureRequest& request);

  app::Idempotency once(const std::string& route = "test");
  app::Idempotency once_with(const std::string& key, const std::string& body, const std::string& route = "test");

  /// "permit" or the reason of the denial, as the integrator is told.
  std::string ask(const std::string& person, const std::string& category = "income.tax");

  /// How many events the tenant's log has.
  std::uint64_t log_size();

 private:
  void open_service(const std::string& tsa);
  struct Parts;
  WorldOptions m_options;
  TemporaryFolder m_folder;
  std::unique_ptr<TimestampPeer> m_peer;
  CurlExchange m_http;
  HandClock m_clock;
  HeldLetters m_letters;
  std::unique_ptr<Parts> m_parts;
  std::unique_ptr<storage::Store> m_store;
  app::Provisioned m_tenant;
  std::unique_ptr<app::Service> m_service;
  std::string m_token;
  app::Caller m_integrator;
  std::optional<app::Provisioned> m_neighbour;
  app::Caller m_neighbour_integrator;
  int m_calls = 0;
};

/// The value, or std::runtime_error with the reason of the failure.
template <class T>
T must(base::Result<T> result) {
  if (!result) throw std::runtime_error(std::string(result.error().reason) + ": " + result.error().message);
  return std::move(result).value();
}
inline void must(const base::Result<void>& result) {
  if (!result) throw std::runtime_error(std::string(result.error().reason) + ": " + result.error().message);
}
/// The reason of a failure; "" for a success.
template <class T>
std::string reason(const base::Result<T>& result) {
  return result ? std::string() : std::string(result.error().reason);
}

/// A text member somewhere below, by path: at(body, {"document", "id"}).
std::string at(const base::Json& json, std::initializer_list<const char*> path);

/// The choices as named for the items of a visit, in their order.
std::vector<app::Choice> choose_all(const base::Json& visit, const std::vector<std::string>& words);
/// The act that a page would send after rendering exactly these bytes.
app::Act act_on(const base::Bytes& frozen, const std::string& method);
/// A wave of ink, 1-bit, as the page sends it.
app::PictureInput wave();
/// Opens the visit, chooses, loads the frozen bytes and gives the act on them.
app::Act prepare(World& world, const app::VisitCaller& visit, const std::vector<std::string>& words,
                 const std::string& method = "drawn");

}  // namespace segell::tests
