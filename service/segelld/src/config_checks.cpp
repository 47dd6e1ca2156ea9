#include "segelld/config_checks.h"

#include "base/password_hash.h"

#include <algorithm>
#include <filesystem>

namespace segell::segelld {
namespace {

using Problems = std::vector<ConfigProblem>;

void add(Problems& problems, std::string key, std::string what, std::string hint) {
  problems.push_back({std::move(key), {}, std::move(what), std::move(hint)});
}

/// Whether a path lies in a folder, whatever way both are written.
bool lies_in(const std::string& path, const std::string& folder) {
  std::error_code error;
  const auto inner = std::filesystem::weakly_canonical(path, error);
  const auto outer = std::filesystem::weakly_canonical(folder, error);
  const auto [left, rest] = std::mismatch(outer.begin(), outer.end(), inner.begin(), inner.end());
  return !error && (left == outer.end() || (left->empty() && std::next(left) == outer.end()));
}

void check_tenant(const Config& config, Problems& problems) {
  if (config.seal_pkcs12.empty() == config.seal_key.empty())
    add(problems, "tenant.seal", "exactly one of tenant.seal.pkcs12 and tenant.seal.key is needed",
        "a PKCS#12 file, or a PEM key with tenant.seal.certificate");
  if (!config.seal_key.empty() && config.seal_certificate.empty())
    add(problems, "tenant.seal.certificate", "is missing", "the PEM certificate of tenant.seal.key");
  if (config.timestamp_url.empty() && config.require_timestamp)
    add(problems, "tenant.require-timestamp", "is yes, and there is no timestamp.url",
        "set timestamp.url, or write no");
  if (config.timestamp_url.empty() && config.proof_level != "B-T")
    add(problems, "proof.level", "needs a timestamp authority", "set timestamp.url, or write B-T");
  if (!config.timestamp_url.empty() && config.timestamp_trust.empty())
    add(problems, "timestamp.trust", "is missing", "the PEM anchors under which the authority's tokens are believed");
}

/// Ground and custodian, or none: with one of them missing, signing with dynamics would look configured and never be
/// offered.
void check_dynamics(const Config& config, Problems& problems) {
  for (const auto* party : {&config.custodian, &config.reserve}) {
    const std::string key = party == &config.custodian ? "custody.custodian" : "custody.reserve";
    if (party->name.empty() != party->certificate.empty())
      add(problems, key, "name and certificate must stand together", "give both, or none");
  }
  if (config.reserve.is_set() && !config.custodian.is_set())
    add(problems, "custody.reserve", "there is a reserve but no custodian", "set custody.custodian too");
  if (config.custodian.is_set() && config.dynamics_assessment.empty())
    add(problems, "legal.dynamics.assessment", "is missing, and there is a custodian",
        "reference and date of the impact assessment of recording rhythm and pressure; or no custody.custodian");
  if (config.custodian.is_set() && config.dynamics_approval.empty())
    add(problems, "legal.dynamics.approval", "is missing, and there is a custodian",
        "who approved the impact assessment, and when; or no custody.custodian");
  if (!config.custodian.is_set() && !(config.dynamics_assessment.empty() && config.dynamics_approval.empty()))
    add(problems, "custody.custodian", "is missing, and legal.dynamics is set",
        "name who alone can open what is recorded, or leave legal.dynamics out");
}

void check_storing(const Config& config, Problems& problems) {
  if (lies_in(config.kek, config.data))
    add(problems, "kek", "lies inside the data folder",
        "keep it outside, and outside the backups of the data: whoever has both reads everything");
  if (!config.login_letters.empty() && lies_in(config.login_letters, config.data))
    add(problems, "login.letters", "lies inside the data folder",
        "keep letters outside, and outside the backups: their codes open logins");
  if (config.body_memory < config.document_bytes)
    add(problems, "limits.body-memory-bytes", "is less than limits.document-bytes",
        "one document of the largest size must fit; several come at one time");
  if (config.spool_bytes < config.checked_bytes)
    add(problems, "limits.spool-bytes", "is less than limits.checked-bytes",
        "one file of the largest size must fit; several come at one time");
}

void check_logins(const Config& config, Problems& problems) {
  const bool oidc = !config.oidc_issuer.empty();
  if (oidc && (config.oidc_client.empty() || config.oidc_name.empty()))
    add(problems, config.oidc_client.empty() ? "login.oidc.client" : "login.oidc.name", "is missing",
        "the client id that the provider gave to this service, and what people call the provider");
  if (!oidc && !config.oidc_client.empty())
    add(problems, "login.oidc.issuer", "is missing", "set it, or comment the other lines of login.oidc out");
  if (config.oidc_identifier_claim.empty() != config.oidc_identifier_type.empty())
    add(problems, "login.oidc.identifier-claim", "claim and type must stand together", "give both, or none");
  if (config.login_absolute < config.login_idle)
    add(problems, "login.absolute-minutes", "is less than login.idle-minutes",
        "a session ends at the first of the two: the idle time is the shorter one");
}

void check_production(const Config& config, Problems& problems) {
  if (!config.oidc_issuer.empty() && !config.oidc_issuer.starts_with("https://"))
    add(problems, "login.oidc.issuer", "is not https, which production needs", "identities must come by TLS");
  if (config.password_cost < base::ScryptCost().log2_n)
    add(problems, "login.password-cost", "is less than 15, which only the example profile accepts",
        "leave the line out: whoever steals the store must pay for every guess");
  if (config.login_second_factor == false)
    add(problems, "login.second-factor-for-staff", "is no, which only the example profile accepts",
        "leave the line out: members of staff set up an authenticator at their first login");
  const bool loopback = config.address.starts_with("127.") || config.address == "::1";
  if (!config.tls() && !loopback)
    add(problems, "listen.tls.certificate", "plain HTTP beyond this machine is refused in production",
        "set listen.tls.certificate and listen.tls.key, or listen on 127.0.0.1 behind a proxy that speaks TLS");
  if (!config.public_url.empty() && !config.public_url.starts_with("https://"))
    add(problems, "public-url", "is not https, which production needs", "tablets must come by TLS");
}

}  // namespace

std::vector<ConfigProblem> check_together(const Config& config) {
  Problems problems;
  if (config.tls_certificate.empty() != config.tls_key.empty())
    add(problems, "listen.tls", "certificate and key must stand together",
        "give both, or none for plain HTTP behind a proxy");
  check_tenant(config, problems);
  check_dynamics(config, problems);
  check_storing(config, problems);
  check_logins(config, problems);
  if (config.profile == Profile::production) check_production(config, problems);
  return problems;
}

}  // namespace segell::segelld
