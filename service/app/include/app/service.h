#pragma once

#include "base/certificate.h"
#include "base/http_exchange.h"
#include "base/password_hash.h"
#include "base/signing_key.h"
#include "base/time.h"
#include "consent/decide.h"

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace segell::storage {
class Store;
}

namespace segell::app {

/// A time-stamping authority as configured.
struct TimestampSettings {
  std::string url;  ///< empty: none, every act waits for one or is refused
  std::vector<base::Certificate> anchors;
  std::vector<base::Certificate> intermediates;
  std::string policy;
  std::chrono::milliseconds deadline{5000};
};

/// How long what is sealed here can be proven (EN 319 142-1, levels of section 6.1).
enum class ProofLevel {
  b_t,   ///< as long as the certificates of seal and timestamp last
  b_lt,  ///< certificates and revocation data are put in soon after sealing
  b_lta  ///< and a timestamp over them
};

/// Who asks for revocation data, and when a proof is renewed.
struct ProofSettings {
  ProofLevel level = ProofLevel::b_t;
  std::chrono::hours renew_before{24 * 90};    ///< before the certificate of the newest timestamp ends
  std::chrono::milliseconds deadline{10'000};  ///< of one question to an OCSP responder or for a CRL
};

/// An outside party to which a custody envelope is encrypted. Segell holds no key that opens it.
struct CustodyRecipient {
  std::string role;  ///< "custodian" or "reserve"
  std::string name;  ///< as shown to the person
  base::Certificate certificate;
};

/// What a tenant must have done before rhythm and pressure may be recorded: special-category data needs its assessment
/// (GDPR articles 9 and 35) and somebody who answers for it. Both are said to whoever is asked.
struct DynamicsGround {
  std::string assessment{};  ///< the impact assessment: its reference and date
  std::string approval{};    ///< who approved it: body, date, reference
  [[nodiscard]] bool is_set() const { return !assessment.empty() && !approval.empty(); }
};

/// What a purpose, a data category or a recipient is called where people read it; the code stays what decides.
struct CodeName {
  std::string kind;  ///< "purpose", "category" or "recipient"
  std::string code;
  std::string ca, es, en;
};

/// What one tenant decided. Everything here comes from configuration, never from a request.
struct TenantSettings {
  base::TenantId tenant;
  std::string organisation;  ///< as printed: "sealed by …"
  std::string telephone{};   ///< where decisions are changed by voice, as printed on slips; empty: none
  base::SealIdentity seal;
  bool require_timestamp = false;  ///< refuse an act rather than seal it with its time pending
  std::vector<CustodyRecipient> custody{};
  DynamicsGround dynamics{};
  std::vector<consent::BasisFact> bases{};  ///< the register of an administrator
  std::vector<consent::Prohibition> prohibitions{};
  std::vector<std::string> categories{};          ///< the catalogue; empty: every well-formed code is known
  std::vector<std::string> special_categories{};  ///< GDPR article 9: a basis needs its condition
  /// What every paper from a template says of data protection, as prefilled for whoever fills it in; empty: nothing.
  std::string officer{};       ///< how to reach the data protection officer
  std::string authority{};     ///< to whom people complain
  std::string second_layer{};  ///< where the rest of the information stands
  /// Names of the tenant's own codes; those of the embedded templates have theirs in words-1.json.
  std::vector<CodeName> names{};

  /// Whether signing with dynamics may be offered at all: a ground, and somebody outside who alone can open them.
  [[nodiscard]] bool may_record_dynamics() const { return dynamics.is_set() && !custody.empty(); }
};

/// How sessions end, and what staff needs. Both ends hold on the service's side.
struct LoginSettings {
  std::chrono::seconds idle{20 * 60};       ///< without any call
  std::chrono::seconds absolute{9 * 3600};  ///< after the login, whatever happens
  bool second_factor_for_staff = true;      ///< a password alone opens nothing to them
  std::size_t at_one_time = 4;              ///< passwords checked at one time: each takes 32 MiB
  base::ScryptCost cost{};                  ///< of passwords from now on; older ones are made anew at their next login
};

struct Settings {
  std::vector<TenantSettings> tenants;
  LoginSettings logins{};
  TimestampSettings timestamps;
  ProofSettings proofs{};
  std::vector<base::Certificate> trust;  ///< anchors for verify
  std::vector<base::Bytes> crls;         ///< DER, for verify
  std::string public_url;                ///< "https://segell.example": start of tablet links and printed addresses
  std::filesystem::path font_folder = "/usr/share/fonts/truetype/noto";
  std::chrono::seconds late_timestamp_every{30};
  std::size_t max_document_bytes = 64u << 20;
  std::size_t max_verifications = 4;  ///< at one time: anyone may ask for one
};

class LetterBox;

/// The parts the service stands on, borrowed for its life, and all thread-safe.
struct Ports {
  storage::Store& storage;
  base::HttpExchange& http;
  const base::Clock& clock;
  LetterBox* letters = nullptr;  ///< none: no codes are issued over HTTP
};

/// The use cases' common ground. Thread-safe. Each use case is a free function in a header of its own.
class Service {
 public:
  /// Errors: invalid_argument "app.settings" with what is missing; those of storage.
  static base::Result<std::unique_ptr<Service>> open(Ports ports, Settings settings);
  ~Service();
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  /// Starts the one background thread (what devices captured, birthdays, late timestamps, proofs); stop() ends it
  /// within one TSA deadline. Both may be called once; the destructor stops it too.
  void start();
  void stop();
  /// One round of the background work, for tests: how many captured acts came to their end, how many reviews came up
  /// because of a birthday, how many late timestamps were added, and how many proofs were extended.
  std::size_t run_jobs_once();

  struct State;
  [[nodiscard]] State& state() const { return *m_state; }

 private:
  explicit Service(std::unique_ptr<State> state);
  std::unique_ptr<State> m_state;
};

}  // namespace segell::app
