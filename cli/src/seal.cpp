#include "inputs.h"
#include "output_file.h"
#include "verbs.h"

#include "base/file.h"
#include "net/curl_exchange.h"
#include "signer/ades/seal.h"
#include "signer/pdf/fields.h"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <optional>
#include <ostream>
#include <string>

namespace segell::cli {
namespace {

namespace ades = signer::ades;
namespace pdf = signer::pdf;
using base::Code;
using base::fail;
using base::Result;

constexpr std::size_t kMaxKeyFile = 1U << 20U;

struct SealOptions {
  std::string key, certificate, chain, passphrase_file, level = "B-B", tsa, tsa_policy, field, reason, output, input;
  std::vector<std::string> tsa_trust;
  bool pss = false;
};

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

Result<base::SealIdentity> open_identity(const SealOptions& options) {
  if (options.key.rfind("pkcs11:", 0) == 0)
    return fail(Code::unsupported, "seal.pkcs11", "keys in a PKCS#11 token cannot be used by this version",
                "take a PEM or PKCS#12 file, or sign with the token's own tool: the seal is CAdES over the ByteRange");
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
    return fail(Code::invalid_argument, "cli.usage", "--cert is required with a PEM key",
                "the PEM certificate that was issued for the key");
  SEGELL_TRY(const auto certificates, load_certificates(options.certificate));
  SEGELL_TRY(auto key, with_passphrase_hint(base::parse_signing_key_pem(file.view(), passphrase)));
  // A PEM file often carries the issuers behind the certificate.
  chain.insert(chain.begin(), certificates.begin() + 1, certificates.end());
  return base::make_seal_identity(std::move(key), certificates.front(), without_roots(std::move(chain)));
}

Result<base::SealIdentity> load_identity(const SealOptions& options) {
  SEGELL_TRY(base::SealIdentity identity, open_identity(options));
  if (options.pss) {
    SEGELL_TRY(identity.key, base::with_pss_padding(identity.key));
  }
  return identity;
}

Result<ades::TimestampAuthority> load_authority(const SealOptions& options) {
  ades::TimestampAuthority authority{
      .url = options.tsa, .anchors = {}, .intermediates = {}, .policy = options.tsa_policy};
  if (!options.tsa_trust.empty()) {
    SEGELL_TRY(auto trust, load_trust(options.tsa_trust));
    authority.anchors = std::move(trust.anchors);
  } else if (!options.chain.empty()) {
    SEGELL_TRY(auto chain, load_certificates(options.chain));
    std::erase_if(chain, [](const base::Certificate& certificate) { return !certificate.is_self_issued(); });
    authority.anchors = std::move(chain);
  }
  if (authority.anchors.empty())
    return fail(Code::invalid_argument, "seal.no-tsa-anchor", "no root certificate says which timestamps to believe",
                "give the authority's root with --tsa-trust PEM");
  return authority;
}

Result<ades::TimeDemand> read_level(const SealOptions& options) {
  if (options.level == "B-LT" || options.level == "B-LTA")
    return fail(
        Code::unsupported, "seal.level", "level " + options.level + " cannot be made by this version",
        "seal with --level B-T: revocation data and archive timestamps can be added later without sealing again");
  if (options.level != "B-B" && options.level != "B-T")
    return fail(Code::invalid_argument, "cli.usage", "--level is one of B-B, B-T, B-LT, B-LTA");
  if (options.level == "B-T" && options.tsa.empty())
    return fail(Code::invalid_argument, "cli.usage", "level B-T needs a timestamp authority",
                "give its address with --tsa URL");
  return options.level == "B-T" ? ades::TimeDemand::required : ades::TimeDemand::none;
}

// An existing field of that name, else a new invisible one.
Result<pdf::SignaturePlace> choose_place(const pdf::Document& document, const std::string& name) {
  if (name.empty()) return pdf::SignaturePlace(pdf::InvisibleField{});
  SEGELL_TRY(const pdf::Form form, pdf::read_form(document));
  for (const pdf::Field& field : form.fields)
    if (field.name == name) return pdf::SignaturePlace(pdf::ExistingField{name});
  return pdf::SignaturePlace(pdf::InvisibleField{name});
}

Result<void> write_output(const SealOptions& options, const pdf::ByteSource& source, base::BytesView revision) {
  SEGELL_TRY(OutputFile file, OutputFile::create(options.output));
  Result<void> copied = base::ok();
  SEGELL_CHECK(pdf::for_each_piece(source, {0, source.size()}, [&](base::BytesView piece) {
    if (copied) copied = file.write(piece);
  }));
  SEGELL_CHECK(std::move(copied));
  SEGELL_CHECK(file.write(revision));
  return file.commit();
}

Result<void> refuse_same_file(const SealOptions& options) {
  std::error_code ignored;
  if (std::filesystem::equivalent(options.input, options.output, ignored))
    return fail(Code::invalid_argument, "seal.same-file", "the output would replace the input",
                "give another name with -o");
  return base::ok();
}

Result<ades::SealedRevision> seal_document(const SealOptions& options, const Context& context,
                                           const pdf::SourcePtr& source, ades::TimeDemand demand) {
  SEGELL_TRY(base::SealIdentity identity, load_identity(options));
  SEGELL_CHECK(ades::check_seal_certificate(identity.certificate, context.clock.now()));
  SEGELL_TRY(const pdf::Document document, pdf::Document::open_strict(source));
  ades::SealRequest request;
  SEGELL_TRY(request.place, choose_place(document, options.field));
  request.reason = options.reason;
  request.claimed_time = context.clock.now();
  SEGELL_TRY(const ades::Sealer sealer, ades::Sealer::make(std::move(identity)));
  if (demand == ades::TimeDemand::none) return sealer.seal(document, std::move(request), demand, nullptr);
  SEGELL_TRY(ades::TimestampAuthority authority, load_authority(options));
  const auto http = net::make_curl_exchange();
  const ades::TimestampClient tsa(*http, context.clock, std::move(authority));
  return sealer.seal(document, std::move(request), demand, &tsa);
}

Result<void> seal(const SealOptions& options, const Context& context) {
  SEGELL_TRY(const ades::TimeDemand demand, read_level(options));
  SEGELL_CHECK(refuse_same_file(options));
  SEGELL_TRY(const pdf::SourcePtr source, open_document(options.input));
  SEGELL_TRY(const ades::SealedRevision sealed, seal_document(options, context, source, demand));
  SEGELL_CHECK(write_output(options, *source, sealed.bytes));
  context.out << options.output << ": sealed in field " << sealed.field << ", "
              << (sealed.timestamp ? "B-T, time " + base::format_rfc3339(sealed.timestamp->time())
                                   : std::string("B-B, no timestamp"))
              << '\n';
  return base::ok();
}

}  // namespace

Action declare_seal(CLI::App& app) {
  auto options = std::make_shared<SealOptions>();
  app.add_option("--key", options->key, "private key: a PEM or PKCS#12 file")->required()->type_name("KEY");
  app.add_option("--cert", options->certificate, "the seal's certificate, PEM; not needed with PKCS#12")
      ->type_name("PEM");
  app.add_option("--chain", options->chain, "the issuers above it, PEM")->type_name("PEM");
  app.add_option("--passphrase-file", options->passphrase_file, "file whose first line opens the key")
      ->type_name("FILE");
  app.add_flag("--pss", options->pss, "RSA keys: sign with RSASSA-PSS instead of PKCS#1 v1.5");
  app.add_option("--level", options->level, "B-B (default) or B-T")->type_name("LEVEL");
  app.add_option("--tsa", options->tsa, "address of a timestamp authority (RFC 3161)")->type_name("URL");
  app.add_option("--tsa-trust", options->tsa_trust,
                 "root certificates of the authority, PEM file or folder; default: the roots in --chain")
      ->type_name("PEM|DIR");
  app.add_option("--tsa-policy", options->tsa_policy, "policy to ask the authority for, an object identifier")
      ->type_name("OID");
  app.add_option("--field", options->field, "an empty signature field of the document, or the name of a new one")
      ->type_name("NAME");
  app.add_option("--reason", options->reason, "why it is sealed, as readers show it");
  app.add_option("-o,--output", options->output, "the sealed file")->required()->type_name("FILE");
  app.add_option("FILE", options->input, "the PDF to seal")->required()->type_name("");
  return [options](const Context& context) {
    const auto done = seal(*options, context);
    return done ? ExitCode::passed : report(context, done.error());
  };
}

}  // namespace segell::cli
