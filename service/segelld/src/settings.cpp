#include "segelld/assembly.h"

#include "base/encoding.h"
#include "base/file.h"
#include "base/token_key.h"
#include "http/server.h"

#include <algorithm>
#include <filesystem>

namespace segell::segelld {
namespace {

using base::Certificate;
using base::Code;
using base::fail;

constexpr std::size_t kMostOctets = 16 << 20;
constexpr std::string_view kExampleOrganisation = "SEGELL EXAMPLE - NOT FOR PRODUCTION";

/// Says which key of the configuration a failure is about.
base::Failure about(std::string_view key, base::Error error) {
  error.message = std::string(key) + ": " + error.message;
  if (error.hint.empty() && error.reason == "file.not-found")
    error.hint = "a path that does not start with a slash is meant from the folder of the configuration file";
  if (error.hint.empty() && error.reason == "key.wrong-passphrase")
    error.hint = "the first line of the file tenant.seal.passphrase-file is the passphrase";
  return fail(std::move(error));
}

base::Result<std::vector<Certificate>> load_certificates(std::string_view key, const std::string& path) {
  auto pem = base::load_file(path, kMostOctets);
  if (!pem) return about(key, pem.error());
  auto parsed = Certificate::parse_pem(base::as_text(*pem));
  if (!parsed) {
    auto error = parsed.error();
    error.message = path + ": " + error.message;
    return about(key, std::move(error));
  }
  return parsed;
}

base::Result<base::Secret> load_passphrase(const Config& config) {
  if (config.seal_passphrase_file.empty()) return base::Secret();
  auto text = base::load_file(config.seal_passphrase_file, 4096);
  if (!text) return about("tenant.seal.passphrase-file", text.error());
  const auto end = std::find_if(text->begin(), text->end(),
                                [](std::byte c) { return c == std::byte{'\n'} || c == std::byte{'\r'}; });
  base::Secret passphrase(base::Bytes(text->begin(), end));
  base::wipe(*text);
  return passphrase;
}

/// A PEM file, or a key that stays in its token.
base::Result<std::shared_ptr<const base::SigningKey>> load_seal_key(const Config& config,
                                                                    const base::Secret& passphrase) {
  if (base::is_token_uri(config.seal_key)) {
    auto token = base::open_token_key(config.seal_key, passphrase);
    if (!token) return about("tenant.seal.key", token.error());
    return std::move(token->key);
  }
  auto pem = base::load_file(config.seal_key, kMostOctets);
  if (!pem) return about("tenant.seal.key", pem.error());
  auto key = base::parse_signing_key_pem(*pem, passphrase);
  base::wipe(*pem);
  if (!key) return about("tenant.seal.key", key.error());
  return key;
}

base::Result<base::SealIdentity> load_seal(const Config& config) {
  SEGELL_TRY(const auto passphrase, load_passphrase(config));
  if (!config.seal_pkcs12.empty()) {
    auto file = base::load_file(config.seal_pkcs12, kMostOctets);
    if (!file) return about("tenant.seal.pkcs12", file.error());
    auto identity = base::parse_pkcs12(*file, passphrase);
    if (!identity) return about("tenant.seal.pkcs12", identity.error());
    return identity;
  }
  SEGELL_TRY(auto key, load_seal_key(config, passphrase));
  SEGELL_TRY(auto certificates, load_certificates("tenant.seal.certificate", config.seal_certificate));
  const auto own = certificates.front();
  certificates.erase(certificates.begin());
  if (!config.seal_chain.empty()) {
    SEGELL_TRY(auto more, load_certificates("tenant.seal.chain", config.seal_chain));
    certificates.insert(certificates.end(), more.begin(), more.end());
  }
  auto identity = base::make_seal_identity(std::move(key), own, std::move(certificates));
  if (!identity) return about("tenant.seal.key", identity.error());
  return identity;
}

/// The DER of each "X509 CRL" block.
base::Result<std::vector<base::Bytes>> parse_crls(std::string_view pem) {
  constexpr std::string_view kBegin = "-----BEGIN X509 CRL-----";
  constexpr std::string_view kEnd = "-----END X509 CRL-----";
  std::vector<base::Bytes> crls;
  for (auto at = pem.find(kBegin); at != pem.npos; at = pem.find(kBegin, at)) {
    const auto end = pem.find(kEnd, at);
    if (end == pem.npos) return fail(Code::malformed, "config.crl", "a revocation list is cut off");
    std::string base64(pem.substr(at + kBegin.size(), end - at - kBegin.size()));
    std::erase_if(base64, [](char c) { return c == '\n' || c == '\r'; });
    SEGELL_TRY(auto der, base::from_base64(base64));
    crls.push_back(std::move(der));
    at = end;
  }
  return crls;
}

base::Result<void> load_trust(const Config& config, app::Settings& settings) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  if (std::filesystem::is_directory(config.trust, error)) {
    for (const auto& entry : std::filesystem::directory_iterator(config.trust, error)) {
      if (entry.path().extension() == ".pem" || entry.path().extension() == ".crt") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
  } else {
    files.emplace_back(config.trust);
  }
  for (const auto& path : files) {
    auto text = base::load_file(path, kMostOctets);
    if (!text) return about("trust", text.error());
    const auto pem = base::as_text(*text);
    auto crls = parse_crls(pem);
    if (!crls) return about("trust", crls.error());
    if (pem.find("-----BEGIN CERTIFICATE-----") != pem.npos) {
      SEGELL_TRY(auto anchors, load_certificates("trust", path));
      settings.trust.insert(settings.trust.end(), anchors.begin(), anchors.end());
    }
    settings.crls.insert(settings.crls.end(), crls->begin(), crls->end());
  }
  if (settings.trust.empty())
    return fail(Code::invalid_argument, "config.no-anchor", "trust: no certificate in " + config.trust,
                "a PEM file, or a folder of .pem files");
  return base::ok();
}

base::Result<void> load_custody(std::string_view role, const CustodyFile& party,
                                std::vector<app::CustodyRecipient>& to) {
  if (!party.is_set()) return base::ok();
  SEGELL_TRY(const auto certificates,
             load_certificates("custody." + std::string(role) + ".certificate", party.certificate));
  const auto same = [&](const app::CustodyRecipient& other) { return other.certificate == certificates.front(); };
  if (std::any_of(to.begin(), to.end(), same))
    return fail(Code::invalid_argument, "config.one-custodian",
                "custody." + std::string(role) + ".certificate: is the other custodian's certificate",
                "a reserve is of use only where it holds a key of its own");
  to.push_back({std::string(role), party.name, certificates.front()});
  return base::ok();
}

base::Result<void> refuse_example(const Config& config, std::string_view key,
                                  const std::vector<Certificate>& certificates) {
  if (config.profile == Profile::example) return base::ok();
  const bool example = std::any_of(certificates.begin(), certificates.end(), [](const Certificate& certificate) {
    // The issuer too: a key that an example CA vouches for is worth no more than that CA's, which anyone can make.
    return certificate.organisation() == kExampleOrganisation ||
           certificate.issuer().find(kExampleOrganisation) != std::string::npos;
  });
  if (!example) return base::ok();
  return fail(Code::invalid_argument, "config.example-keys",
              std::string(key) + ": an example certificate (" + std::string(kExampleOrganisation) + ") in production",
              "anyone can make the example keys: use your own, or write profile = example to try Segell");
}

base::Result<void> refuse_examples(const Config& config, const app::Settings& settings) {
  const auto& tenant = settings.tenants.front();
  auto seal = tenant.seal.chain;
  seal.push_back(tenant.seal.certificate);
  SEGELL_CHECK(refuse_example(config, "tenant.seal", seal));
  for (const auto& party : tenant.custody)
    SEGELL_CHECK(refuse_example(config, "custody." + party.role, {party.certificate}));
  SEGELL_CHECK(refuse_example(config, "timestamp.trust", settings.timestamps.anchors));
  SEGELL_CHECK(refuse_example(config, "trust", settings.trust));
  if (!config.tls()) return base::ok();
  if (auto fits = http::check_tls_files({config.tls_certificate, config.tls_key}); !fits)
    return about("listen.tls", fits.error());
  SEGELL_TRY(const auto tls, load_certificates("listen.tls.certificate", config.tls_certificate));
  return refuse_example(config, "listen.tls.certificate", tls);
}

}  // namespace

base::Result<app::Settings> load_settings(const Config& config) {
  SEGELL_TRY(auto seal, load_seal(config));
  app::Settings settings;
  settings.tenants.push_back(app::TenantSettings{.tenant = {},
                                                 .organisation = config.organisation,
                                                 .telephone = config.telephone,
                                                 .seal = std::move(seal),
                                                 .require_timestamp = config.require_timestamp,
                                                 .custody = {},
                                                 .dynamics = {config.dynamics_assessment, config.dynamics_approval},
                                                 .bases = config.data_register.bases,
                                                 .prohibitions = config.data_register.prohibitions,
                                                 .categories = config.data_register.categories,
                                                 .special_categories = config.data_register.special_categories,
                                                 .officer = config.officer,
                                                 .authority = config.authority,
                                                 .second_layer = config.second_layer,
                                                 .names = config.data_register.names});
  SEGELL_CHECK(load_custody("custodian", config.custodian, settings.tenants[0].custody));
  SEGELL_CHECK(load_custody("reserve", config.reserve, settings.tenants[0].custody));
  settings.timestamps.url = config.timestamp_url;
  settings.timestamps.policy = config.timestamp_policy;
  settings.timestamps.deadline = config.timestamp_deadline;
  if (!config.timestamp_trust.empty()) {
    SEGELL_TRY(settings.timestamps.anchors, load_certificates("timestamp.trust", config.timestamp_trust));
  }
  if (!config.timestamp_chain.empty()) {
    SEGELL_TRY(settings.timestamps.intermediates, load_certificates("timestamp.chain", config.timestamp_chain));
  }
  settings.proofs.level = config.proof_level == "B-LTA"  ? app::ProofLevel::b_lta
                          : config.proof_level == "B-LT" ? app::ProofLevel::b_lt
                                                         : app::ProofLevel::b_t;
  settings.proofs.renew_before = std::chrono::hours(24) * config.proof_renew_days;
  SEGELL_CHECK(load_trust(config, settings));
  settings.logins.idle = config.login_idle;
  settings.logins.absolute = config.login_absolute;
  settings.logins.cost.log2_n = config.password_cost;
  settings.logins.second_factor_for_staff = config.login_second_factor.value_or(config.profile == Profile::production);
  settings.public_url = config.public_url;
  settings.max_document_bytes = static_cast<std::size_t>(config.document_bytes);
  SEGELL_CHECK(refuse_examples(config, settings));
  return settings;
}

base::Result<app::OidcSettings> load_oidc(const Config& config) {
  app::OidcSettings settings;
  settings.issuer = config.oidc_issuer;
  settings.name = config.oidc_name;
  settings.client = config.oidc_client;
  settings.scope = config.oidc_scope;
  settings.context_classes = config.oidc_acr_values;
  settings.levels = config.oidc_levels;
  settings.identifier_claim = config.oidc_identifier_claim;
  settings.identifier_type = config.oidc_identifier_type;
  if (config.oidc_secret_file.empty()) return settings;
  auto file = base::load_file(config.oidc_secret_file, 4096);
  if (!file) return about("login.oidc.secret-file", file.error());
  settings.secret = base::to_text(*file);
  while (settings.secret.ends_with('\n') || settings.secret.ends_with('\r')) settings.secret.pop_back();
  return settings;
}

}  // namespace segell::segelld
