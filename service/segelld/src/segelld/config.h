#pragma once

#include "segelld/register.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace segell::segelld {

enum class Profile {
  example,     ///< example keys and plain HTTP are fine
  production,  ///< both are refused
};

/// An outside party for custody envelopes, as configured.
struct CustodyFile {
  std::string name;
  std::string certificate;
  [[nodiscard]] bool is_set() const { return !certificate.empty(); }
};

/// The one configuration file, read and checked by itself; the files that it names are not opened yet.
struct Config {
  std::string file;  ///< where it came from, for messages
  Profile profile = Profile::production;

  std::string address = "127.0.0.1";
  std::uint16_t port = 8443;
  std::string tls_certificate;
  std::string tls_key;
  int connections = 1100;
  std::chrono::seconds idle{5};      ///< between two requests of a connection
  std::vector<std::string> proxies;  ///< whose X-Forwarded-For is believed
  std::string public_url;

  std::string data;  ///< folder
  std::string kek;   ///< file
  std::string log_origin;

  std::string organisation;
  std::string telephone;
  std::string officer;       ///< of data protection, as papers say it
  std::string authority;     ///< of data protection
  std::string second_layer;  ///< of the information on data protection
  std::string seal_pkcs12;
  std::string seal_key;
  std::string seal_certificate;
  std::string seal_chain;
  std::string seal_passphrase_file;
  bool require_timestamp = false;

  CustodyFile custodian;
  CustodyFile reserve;
  std::string dynamics_assessment;
  std::string dynamics_approval;

  std::string timestamp_url;
  std::string timestamp_trust;
  std::string timestamp_chain;
  std::string timestamp_policy;
  std::chrono::milliseconds timestamp_deadline{5000};

  std::string proof_level = "B-T";  ///< or B-LT, B-LTA
  std::vector<std::string> proof_hosts;
  int proof_renew_days = 90;

  std::string trust;  ///< file or folder of anchors and CRLs for verifying

  DataRegister data_register;

  std::chrono::minutes login_idle{20};
  std::chrono::minutes login_absolute{9 * 60};
  int password_cost = 15;     ///< log2 of scrypt's N
  std::string login_letters;  ///< folder; empty: no codes are issued over HTTP
  std::string oidc_issuer;
  std::string oidc_name;
  std::string oidc_client;
  std::string oidc_secret_file;
  std::string oidc_scope = "openid";
  std::string oidc_acr_values;
  std::map<std::string, std::string> oidc_levels;
  std::string oidc_identifier_claim;
  std::string oidc_identifier_type;
  std::vector<std::string> oidc_hosts;
  std::optional<bool> login_second_factor;  ///< for staff; unset: in production

  std::uint64_t document_bytes = 64ULL << 20;
  std::uint64_t body_memory = 512ULL << 20;
  std::uint64_t checked_bytes = 512ULL << 20;  ///< of a file that anyone has checked
  std::uint64_t spool_bytes = 2ULL << 30;      ///< all such files on the disk at one time

  std::string message_level = "info";
  bool message_requests = false;

  [[nodiscard]] bool tls() const { return !tls_certificate.empty(); }
};

/// One thing that is wrong, said so that the operator can put it right.
struct ConfigProblem {
  std::string key;    ///< empty: the file as a whole
  std::string value;  ///< as written
  std::string what;
  std::string hint;
};

struct ConfigReading {
  Config config;
  std::vector<ConfigProblem> problems;  ///< empty: good
};

/// Reads the file: `key = value` lines, `#` comments (Poco's properties format). Unknown keys, keys given twice and
/// wrong values are problems, all of them told at once.
ConfigReading load_config(const std::string& path);

/// "segelld: FILE: KEY: what (it is "VALUE")" and a hint line.
std::string describe(const ConfigProblem& problem, const std::string& file);

/// Every key there is, numbered ones as their first, for the test that holds the commented example file against the
/// code.
std::vector<std::string_view> config_keys();

}  // namespace segell::segelld
