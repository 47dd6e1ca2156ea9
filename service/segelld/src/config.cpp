#include "segelld/config.h"
#include "segelld/config_checks.h"

#include "base/token_key.h"

#include <Poco/Exception.h>
#include <Poco/Util/PropertyFileConfiguration.h>

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <set>

namespace segell::segelld {
namespace {

/// What is wrong with a value, and the way out.
struct Complaint {
  std::string what;
  std::string hint;
};
using Setter = std::function<std::optional<Complaint>(Config&, const std::string&)>;

enum class Need { must, may };
struct Key {
  std::string_view name;
  Need need;
  Setter set;
};

Setter text(std::string Config::*member) {
  return [member](Config& config, const std::string& value) -> std::optional<Complaint> {
    config.*member = value;
    return {};
  };
}

/// A path in a configuration file is meant from that file's folder.
std::string resolved(const Config& config, const std::string& value) {
  const auto slash = config.file.rfind('/');
  return value.starts_with('/') || slash == std::string::npos ? value : config.file.substr(0, slash + 1) + value;
}

Setter path(std::string Config::*member) {
  return [member](Config& config, const std::string& value) -> std::optional<Complaint> {
    config.*member = resolved(config, value);
    return {};
  };
}

/// A file, or a key in a token: what stands there is no path then.
Setter path_or_token(std::string Config::*member) {
  return [member](Config& config, const std::string& value) -> std::optional<Complaint> {
    config.*member = base::is_token_uri(value) ? value : resolved(config, value);
    return {};
  };
}

Setter custody_name(CustodyFile Config::*party) {
  return [party](Config& config, const std::string& value) -> std::optional<Complaint> {
    (config.*party).name = value;
    return {};
  };
}

Setter custody_certificate(CustodyFile Config::*party) {
  return [party](Config& config, const std::string& value) -> std::optional<Complaint> {
    (config.*party).certificate = resolved(config, value);
    return {};
  };
}

std::optional<std::uint64_t> parse_number(const std::string& text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return {};
  return number;
}

template <class T>
Setter number(T Config::*member, std::uint64_t least, std::uint64_t most) {
  return [=](Config& config, const std::string& value) -> std::optional<Complaint> {
    const auto parsed = parse_number(value);
    if (!parsed || *parsed < least || *parsed > most)
      return Complaint{"not a whole number from " + std::to_string(least) + " to " + std::to_string(most),
                       "digits only"};
    config.*member = T(*parsed);
    return {};
  };
}

Setter yes_no(bool Config::*member) {
  return [member](Config& config, const std::string& value) -> std::optional<Complaint> {
    if (value != "yes" && value != "no") return Complaint{"neither yes nor no", "write yes or no"};
    config.*member = value == "yes";
    return {};
  };
}

std::optional<Complaint> set_profile(Config& config, const std::string& value) {
  if (value != "example" && value != "production")
    return Complaint{"not a profile", "write production, or example to try Segell with the example keys"};
  config.profile = value == "example" ? Profile::example : Profile::production;
  return {};
}

std::optional<Complaint> set_public_url(Config& config, const std::string& value) {
  const bool http = value.starts_with("http://") || value.starts_with("https://");
  if (!http || value.find_first_of("?# \"\\", 0) != std::string::npos || value.ends_with('/'))
    return Complaint{"not an http or https address without a slash at its end",
                     "the start of the links given to tablets, for example https://segell.example"};
  config.public_url = value;
  return {};
}

std::optional<Complaint> set_timestamp_url(Config& config, const std::string& value) {
  if (!value.starts_with("http://") && !value.starts_with("https://"))
    return Complaint{"not an http or https address", "the address of the time-stamping authority (RFC 3161)"};
  config.timestamp_url = value;
  return {};
}

std::optional<Complaint> set_log_origin(Config& config, const std::string& value) {
  const bool good = !value.empty() && value.size() <= 100 && std::all_of(value.begin(), value.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
  });
  if (!good)
    return Complaint{"not a name like segell.example",
                     "lower-case letters, digits, dots and hyphens; it stays for ever"};
  config.log_origin = value;
  return {};
}

std::optional<Complaint> set_address(Config& config, const std::string& value) {
  in6_addr room{};
  if (::inet_pton(AF_INET, value.c_str(), &room) != 1 && ::inet_pton(AF_INET6, value.c_str(), &room) != 1)
    return Complaint{"not an IPv4 or IPv6 address", "127.0.0.1 for this machine only, 0.0.0.0 or :: for every network"};
  config.address = value;
  return {};
}

/// Words separated by commas.
std::vector<std::string> split_list(const std::string& value) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at <= value.size();) {
    const auto end = std::min(value.find(',', at), value.size());
    auto word = value.substr(at, end - at);
    while (word.starts_with(' ')) word.erase(0, 1);
    while (word.ends_with(' ')) word.pop_back();
    words.push_back(std::move(word));
    at = end + 1;
  }
  return words;
}

std::optional<Complaint> set_proxies(Config& config, const std::string& value) {
  for (auto& word : split_list(value)) {
    in6_addr room{};
    if (::inet_pton(AF_INET, word.c_str(), &room) != 1 && ::inet_pton(AF_INET6, word.c_str(), &room) != 1)
      return Complaint{"'" + word + "' is not an IPv4 or IPv6 address", "addresses of proxies, separated by commas"};
    config.proxies.push_back(std::move(word));
  }
  return {};
}

std::optional<Complaint> set_oidc_issuer(Config& config, const std::string& value) {
  const bool http = value.starts_with("http://") || value.starts_with("https://");
  if (!http || value.find_first_of("?# \"\\") != std::string::npos)
    return Complaint{"not an http or https address", "the provider's issuer exactly as its tokens say it"};
  config.oidc_issuer = value;
  return {};
}

/// "CLASS = LEVEL" pairs separated by commas.
std::optional<Complaint> set_oidc_levels(Config& config, const std::string& value) {
  for (const auto& pair : split_list(value)) {
    const auto equals = pair.rfind('=');
    auto name = pair.substr(0, equals);
    auto level = equals == std::string::npos ? std::string() : pair.substr(equals + 1);
    while (name.ends_with(' ')) name.pop_back();
    while (level.starts_with(' ')) level.erase(0, 1);
    if (name.empty() || (level != "low" && level != "substantial" && level != "high"))
      return Complaint{"'" + pair + "' is not CLASS = LEVEL", "LEVEL is low, substantial or high (eIDAS)"};
    config.oidc_levels[name] = level;
  }
  return {};
}

std::optional<Complaint> set_oidc_identifier_type(Config& config, const std::string& value) {
  if (value != "DNI" && value != "NIE" && value != "PASSPORT" && value != "TSI_CIP")
    return Complaint{"not a type of identifier", "DNI, NIE, PASSPORT or TSI_CIP"};
  config.oidc_identifier_type = value;
  return {};
}

std::optional<Complaint> set_proof_level(Config& config, const std::string& value) {
  if (value != "B-T" && value != "B-LT" && value != "B-LTA")
    return Complaint{"no level of a proof", "B-T, B-LT or B-LTA"};
  config.proof_level = value;
  return {};
}

std::optional<Complaint> set_proof_hosts(Config& config, const std::string& value) {
  config.proof_hosts = split_list(value);
  return {};
}

std::optional<Complaint> set_oidc_hosts(Config& config, const std::string& value) {
  config.oidc_hosts = split_list(value);
  return {};
}

std::optional<Complaint> set_second_factor(Config& config, const std::string& value) {
  if (value != "yes" && value != "no") return Complaint{"neither yes nor no", "write yes or no"};
  config.login_second_factor = value == "yes";
  return {};
}

std::optional<Complaint> set_timestamp_policy(Config& config, const std::string& value) {
  const bool good = value.find_first_not_of("0123456789.") == std::string::npos &&
                    value.find('.') != std::string::npos && value.find("..") == std::string::npos &&
                    value.front() != '.' && value.back() != '.';
  if (!good) return Complaint{"not an object identifier", "numbers with dots between, as the authority publishes it"};
  config.timestamp_policy = value;
  return {};
}

std::optional<Complaint> set_level(Config& config, const std::string& value) {
  if (value != "error" && value != "warning" && value != "info")
    return Complaint{"not a level", "write error, warning or info"};
  config.message_level = value;
  return {};
}

const std::vector<Key>& keys() {
  constexpr std::uint64_t kMiB = 1 << 20;
  static const std::vector<Key> all{
      {"profile", Need::must, set_profile},
      {"listen.address", Need::may, set_address},
      {"listen.port", Need::may, number(&Config::port, 0, 65535)},
      {"listen.tls.certificate", Need::may, path(&Config::tls_certificate)},
      {"listen.tls.key", Need::may, path(&Config::tls_key)},
      {"listen.connections", Need::may, number(&Config::connections, 1, 20000)},
      {"listen.idle-seconds", Need::may, number(&Config::idle, 1, 3600)},
      {"listen.proxies", Need::may, set_proxies},
      {"public-url", Need::must, set_public_url},
      {"data", Need::must, path(&Config::data)},
      {"kek", Need::must, path(&Config::kek)},
      {"log.origin", Need::must, set_log_origin},
      {"tenant.organisation", Need::must, text(&Config::organisation)},
      {"tenant.telephone", Need::may, text(&Config::telephone)},
      {"tenant.data-protection.officer", Need::may, text(&Config::officer)},
      {"tenant.data-protection.authority", Need::may, text(&Config::authority)},
      {"tenant.data-protection.second-layer", Need::may, text(&Config::second_layer)},
      {"tenant.seal.pkcs12", Need::may, path(&Config::seal_pkcs12)},
      {"tenant.seal.key", Need::may, path_or_token(&Config::seal_key)},
      {"tenant.seal.certificate", Need::may, path(&Config::seal_certificate)},
      {"tenant.seal.chain", Need::may, path(&Config::seal_chain)},
      {"tenant.seal.passphrase-file", Need::may, path(&Config::seal_passphrase_file)},
      {"tenant.require-timestamp", Need::may, yes_no(&Config::require_timestamp)},
      {"custody.custodian.name", Need::may, custody_name(&Config::custodian)},
      {"custody.custodian.certificate", Need::may, custody_certificate(&Config::custodian)},
      {"custody.reserve.name", Need::may, custody_name(&Config::reserve)},
      {"custody.reserve.certificate", Need::may, custody_certificate(&Config::reserve)},
      {"legal.dynamics.assessment", Need::may, text(&Config::dynamics_assessment)},
      {"legal.dynamics.approval", Need::may, text(&Config::dynamics_approval)},
      {"timestamp.url", Need::may, set_timestamp_url},
      {"timestamp.trust", Need::may, path(&Config::timestamp_trust)},
      {"timestamp.chain", Need::may, path(&Config::timestamp_chain)},
      {"timestamp.policy", Need::may, set_timestamp_policy},
      {"timestamp.deadline-ms", Need::may, number(&Config::timestamp_deadline, 100, 60000)},
      {"proof.level", Need::may, set_proof_level},
      {"proof.hosts", Need::may, set_proof_hosts},
      {"proof.renew-days", Need::may, number(&Config::proof_renew_days, 1, 3650)},
      {"login.idle-minutes", Need::may, number(&Config::login_idle, 1, 24 * 60)},
      {"login.absolute-minutes", Need::may, number(&Config::login_absolute, 5, 7 * 24 * 60)},
      {"login.password-cost", Need::may, number(&Config::password_cost, 8, 20)},
      {"login.second-factor-for-staff", Need::may, set_second_factor},
      {"login.letters", Need::may, path(&Config::login_letters)},
      {"login.oidc.issuer", Need::may, set_oidc_issuer},
      {"login.oidc.name", Need::may, text(&Config::oidc_name)},
      {"login.oidc.client", Need::may, text(&Config::oidc_client)},
      {"login.oidc.secret-file", Need::may, path(&Config::oidc_secret_file)},
      {"login.oidc.scope", Need::may, text(&Config::oidc_scope)},
      {"login.oidc.acr-values", Need::may, text(&Config::oidc_acr_values)},
      {"login.oidc.levels", Need::may, set_oidc_levels},
      {"login.oidc.identifier-claim", Need::may, text(&Config::oidc_identifier_claim)},
      {"login.oidc.identifier-type", Need::may, set_oidc_identifier_type},
      {"login.oidc.hosts", Need::may, set_oidc_hosts},
      {"trust", Need::must, path(&Config::trust)},
      {"limits.document-bytes", Need::may, number(&Config::document_bytes, 1024, 1024 * kMiB)},
      {"limits.body-memory-bytes", Need::may, number(&Config::body_memory, kMiB, 65536 * kMiB)},
      {"limits.checked-bytes", Need::may, number(&Config::checked_bytes, 1024, 65536 * kMiB)},
      {"limits.spool-bytes", Need::may, number(&Config::spool_bytes, kMiB, 1048576 * kMiB)},
      {"messages.level", Need::may, set_level},
      {"messages.requests", Need::may, yes_no(&Config::message_requests)},
  };
  return all;
}

/// Poco's reader of the format; a key that comes twice would silently win over the first.
class Properties final : public Poco::Util::PropertyFileConfiguration {
 public:
  Properties() = default;
  void read(std::istream& in) { load(in); }
  std::map<std::string, std::string> values;
  std::set<std::string> twice;

 protected:
  void setRaw(const std::string& key, const std::string& value) override {
    if (!values.emplace(key, value).second) twice.insert(key);
  }
};

}  // namespace

ConfigReading load_config(const std::string& path) {
  ConfigReading reading;
  reading.config.file = path;
  std::error_code none;
  if (std::filesystem::is_directory(path, none)) {
    reading.problems.push_back({{}, {}, "is a folder, not a file", "give the file with --config"});
    return reading;
  }
  std::ifstream in(path);
  if (!in) {
    reading.problems.push_back({{}, {}, "cannot be read", "give the right file with --config"});
    return reading;
  }
  Poco::AutoPtr<Properties> properties(new Properties);
  try {
    properties->read(in);
  } catch (const Poco::Exception& failure) {
    reading.problems.push_back({{}, {}, "is not a properties file: " + failure.displayText(), "lines are KEY = VALUE"});
    return reading;
  }
  for (const auto& key : properties->twice)
    reading.problems.push_back({key, {}, "is given twice", "keep one of the lines"});
  for (const auto& [name, value] : properties->values) {
    const auto key =
        std::find_if(keys().begin(), keys().end(), [&wanted = name](const Key& one) { return one.name == wanted; });
    const bool of_register = is_register_key(name);
    if (key == keys().end() && !of_register) {
      reading.problems.push_back({name, value, "is no key of this version", "the commented example file has all keys"});
    } else if (value.empty()) {
      reading.problems.push_back({name, value, "has no value", "give one, or comment the line out"});
    } else if (of_register) {
      if (auto complaint = read_register_line(name, value, reading.config.data_register))
        reading.problems.push_back({name, value, complaint->what, complaint->hint});
    } else if (auto complaint = key->set(reading.config, value)) {
      reading.problems.push_back({name, value, complaint->what, complaint->hint});
    }
  }
  for (const auto& key : keys()) {
    if (key.need == Need::must && !properties->values.contains(std::string(key.name)))
      reading.problems.push_back(
          {std::string(key.name), {}, "is missing", "the commented example file says what it means"});
  }
  if (reading.problems.empty()) reading.problems = check_together(reading.config);
  return reading;
}

std::string describe(const ConfigProblem& problem, const std::string& file) {
  std::string text = "segelld: " + file + ": ";
  if (!problem.key.empty()) text += problem.key + ": ";
  text += problem.what;
  if (!problem.value.empty()) text += " (it is \"" + problem.value + "\")";
  return text + "\nhint: " + problem.hint + "\n";
}

std::vector<std::string_view> config_keys() {
  std::vector<std::string_view> names;
  for (const auto& key : keys()) names.push_back(key.name);
  for (const auto* key : {"register.basis.1", "register.prohibition.1", "register.name.1", "register.categories",
                          "register.special-categories"})
    names.emplace_back(key);
  return names;
}

}  // namespace segell::segelld
