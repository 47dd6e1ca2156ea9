#include "seal_identity.h"

#include "inputs.h"

#include "base/file.h"
#include "base/remote_key.h"
#include "base/token_key.h"
#include "net/curl_exchange.h"

namespace segell::cli {

namespace ades = signer::ades;
using base::Code;
using base::fail;
using base::Result;

namespace {

constexpr std::size_t kMaxKeyFile = 1U << 20U;

Result<base::Secret> read_passphrase(const SealOptions& options) {
  if (options.passphrase_file.empty()) return base::Secret();
  SEGELL_TRY(base::Bytes octets, base::load_file(options.passphrase_file, 4096));
  while (!octets.empty() && (octets.back() == std::byte{'\n'} || octets.back() == std::byte{'\r'})) octets.pop_back();
  return base::Secret(std::move(octets));
}

Result<std::vector<base::Certificate>> load_certificates(const std::string& path) {
  SEGELL_TRY(const base::Bytes octets, base::load_file(path, kMaxKeyFile));
  auto certificates = base::Certificate::parse_pem(base::as_text(octets));
  if (!certificates) {
    base::Error error = certificates.error();
    error.message = path + ": " + error.message;
    return fail(std::move(error));
  }
  return certificates;
}

bool is_pem(base::BytesView octets) { return base::as_text(octets).find("-----BEGIN ") != std::string_view::npos; }

// What stands between the seal certificate and its root; the root itself proves nothing inside a seal.
std::vector<base::Certificate> without_roots(std::vector<base::Certificate> chain) {
  std::erase_if(chain, [](const base::Certificate& certificate) { return certificate.is_self_issued(); });
  return chain;
}

// A key that does not open says where its passphrase is meant to come from.
template <class T>
Result<T> with_passphrase_hint(Result<T> opened) {
  if (opened || opened.error().reason != "key.wrong-passphrase") return opened;
  base::Error error = opened.error();
  error.hint = "the first line of --passphrase-file FILE is the passphrase";
  return fail(std::move(error));
}

Result<std::vector<base::Certificate>> roots_of_chain(const SealOptions& options) {
  std::vector<base::Certificate> roots;
  if (options.chain.empty()) return roots;
  SEGELL_TRY(roots, load_certificates(options.chain));
  std::erase_if(roots, [](const base::Certificate& certificate) { return !certificate.is_self_issued(); });
  return roots;
}

Result<ades::TimestampAuthority> load_authority(const SealOptions& options) {
  ades::TimestampAuthority authority{.url = options.tsa.front(),
                                     .anchors = {},
                                     .intermediates = {},
                                     .policy = options.tsa_policy,
                                     .fallbacks = {options.tsa.begin() + 1, options.tsa.end()}};
  if (!options.tsa_trust.empty()) {
    SEGELL_TRY(auto trust, load_trust(options.tsa_trust));
    authority.anchors = std::move(trust.anchors);
  } else {
    SEGELL_TRY(authority.anchors, roots_of_chain(options));
    if (authority.anchors.empty() && !options.trust.empty()) {
      SEGELL_TRY(auto trust, load_trust(options.trust));
      authority.anchors = std::move(trust.anchors);
    }
  }
  if (authority.anchors.empty())
    return fail(Code::invalid_argument, "seal.no-tsa-anchor", "no root certificate says which timestamps to believe",
                "give the authority's root with --tsa-trust PEM");
  return authority;
}

base::RsaPadding padding_of(const SealOptions& options) {
  return options.pss ? base::RsaPadding::pss : base::RsaPadding::pkcs1;
}

// The certificate of --cert, with issuers that stand behind it in its file or in the file of --chain.
Result<std::vector<base::Certificate>> load_certificate_and_chain(const SealOptions& options) {
  SEGELL_TRY(auto certificates, load_certificates(options.certificate));
  if (!options.chain.empty()) {
    SEGELL_TRY(const auto chain, load_certificates(options.chain));
    certificates.insert(certificates.end(), chain.begin(), chain.end());
  }
  return certificates;
}

// A key in a token; its certificate is the one of --cert, else the one that lies beside it there.
Result<base::SealIdentity> load_token_identity(const SealOptions& options) {
  SEGELL_TRY(const base::Secret pin, read_passphrase(options));
  SEGELL_TRY(base::TokenKey token, base::open_token_key(options.key, pin, padding_of(options)));
  std::vector<base::Certificate> certificates = std::move(token.certificates);
  if (!options.certificate.empty()) {
    SEGELL_TRY(certificates, load_certificate_and_chain(options));
  } else if (!options.chain.empty()) {
    SEGELL_TRY(const auto chain, load_certificates(options.chain));
    certificates.insert(certificates.end(), chain.begin(), chain.end());
  }
  if (certificates.empty())
    return fail(Code::invalid_argument, "cli.usage", "the token holds no certificate beside the key",
                "give it with --cert PEM");
  std::vector<base::Certificate> chain(certificates.begin() + 1, certificates.end());
  return base::make_seal_identity(std::move(token.key), certificates.front(), without_roots(std::move(chain)));
}

Result<base::SealIdentity> open_identity(const SealOptions& options) {
  if (base::is_token_uri(options.key)) return load_token_identity(options);
  SEGELL_TRY(const base::Secret file, [&]() -> Result<base::Secret> {
    SEGELL_TRY(base::Bytes octets, base::load_file(options.key, kMaxKeyFile));
    return base::Secret(std::move(octets));
  }());
  SEGELL_TRY(const base::Secret passphrase, read_passphrase(options));
  std::vector<base::Certificate> chain;
  if (!options.chain.empty()) {
    SEGELL_TRY(chain, load_certificates(options.chain));
  }
  if (!is_pem(file.view())) {
    SEGELL_TRY(base::SealIdentity identity, with_passphrase_hint(base::parse_pkcs12(file.view(), passphrase)));
    if (!options.certificate.empty()) {
      SEGELL_TRY(const auto given, load_certificates(options.certificate));
      if (!(given.front() == identity.certificate))
        return fail(Code::invalid_argument, "key.certificate-mismatch",
                    "the certificate of --cert is not the one in the PKCS#12 file", "leave --cert out");
    }
    identity.chain.insert(identity.chain.end(), chain.begin(), chain.end());
    identity.chain = without_roots(std::move(identity.chain));
    return identity;
  }
  if (options.certificate.empty())
    return fail(Code::invalid_argument, "cli.usage", "--cert is required with a PEM key (--report-cert for a report)",
                "the PEM certificate that was issued for the key");
  SEGELL_TRY(const auto certificates, load_certificates(options.certificate));
  SEGELL_TRY(auto key, with_passphrase_hint(base::parse_signing_key_pem(file.view(), passphrase)));
  // A PEM file often carries the issuers behind the certificate.
  chain.insert(chain.begin(), certificates.begin() + 1, certificates.end());
  return base::make_seal_identity(std::move(key), certificates.front(), without_roots(std::move(chain)));
}

}  // namespace

Result<base::SealIdentity> load_remote_identity(const SealOptions& options) {
  if (options.certificate.empty())
    return fail(Code::invalid_argument, "cli.usage", "--cert is required with --prepare",
                "the PEM certificate whose key will sign");
  SEGELL_TRY(auto certificates, load_certificate_and_chain(options));
  std::vector<base::Certificate> chain(certificates.begin() + 1, certificates.end());
  return base::make_remote_identity(certificates.front(), without_roots(std::move(chain)), padding_of(options));
}

Result<base::SealIdentity> load_identity(const SealOptions& options) {
  SEGELL_TRY(base::SealIdentity identity, open_identity(options));
  if (options.pss && !base::is_token_uri(options.key)) {
    SEGELL_TRY(identity.key, base::with_pss_padding(identity.key));
  }
  return identity;
}

Result<ades::TrustMaterial> load_roots(const SealOptions& options) {
  std::vector<std::string> paths = options.trust;
  paths.insert(paths.end(), options.tsa_trust.begin(), options.tsa_trust.end());
  SEGELL_TRY(ades::TrustMaterial trust, load_trust(paths));
  SEGELL_TRY(const auto roots, roots_of_chain(options));
  trust.anchors.insert(trust.anchors.end(), roots.begin(), roots.end());
  if (trust.anchors.empty())
    return fail(Code::invalid_argument, "seal.no-root", "no root certificate says what the proofs are to lead to",
                "give the roots with --trust PEM, or inside --chain");
  return trust;
}

Result<OpenAuthority> open_authority(const SealOptions& options, const Context& context, ades::TimeDemand demand) {
  OpenAuthority out;
  if (demand == ades::TimeDemand::none) return out;
  SEGELL_TRY(ades::TimestampAuthority authority, load_authority(options));
  out.http = net::make_curl_exchange();
  out.client = std::make_unique<ades::TimestampClient>(*out.http, context.clock, std::move(authority));
  return out;
}

}  // namespace segell::cli
