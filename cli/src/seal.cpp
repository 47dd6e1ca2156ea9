#include "inputs.h"
#include "output_file.h"
#include "seal_format.h"
#include "seal_identity.h"
#include "seal_pdf.h"
#include "seal_remote.h"
#include "verbs.h"

#include "signer/ades/seal.h"

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

Result<ades::TimeDemand> read_level(const SealOptions& options) {
  if (options.level == "B-LT" || options.level == "B-LTA")
    return fail(
        Code::unsupported, "seal.level", "level " + options.level + " cannot be made by this version",
        "seal with --level B-T: revocation data and archive timestamps can be added later without sealing again");
  if (options.level != "B-B" && options.level != "B-T")
    return fail(Code::invalid_argument, "cli.usage", "--level is one of B-B, B-T, B-LT, B-LTA");
  if (options.level == "B-T" && options.tsa.empty() && options.prepare.empty())
    return fail(Code::invalid_argument, "cli.usage", "level B-T needs a timestamp authority",
                "give its address with --tsa URL");
  return options.level == "B-T" ? ades::TimeDemand::required : ades::TimeDemand::none;
}

Result<void> refuse_same_file(const SealOptions& options) {
  std::error_code ignored;
  for (const std::string& input : options.inputs)
    for (const std::string& written : {options.output, options.prepare})
      if (std::filesystem::equivalent(input, written, ignored))
        return fail(Code::invalid_argument, "seal.same-file", "the output would replace the input",
                    "give another name with -o, or another state");
  return base::ok();
}

Result<ades::SealedRevision> seal_document(const SealOptions& options, const Context& context,
                                           const pdf::SourcePtr& source, ades::TimeDemand demand) {
  SEGELL_TRY(base::SealIdentity identity, load_identity(options));
  SEGELL_CHECK(ades::check_seal_certificate(identity.certificate, context.clock.now()));
  SEGELL_TRY(const pdf::Document document, pdf::Document::open_strict(source));
  SEGELL_TRY(ades::SealRequest request, pdf_request(options, document, context.clock.now()));
  SEGELL_TRY(const ades::Sealer sealer, ades::Sealer::make(std::move(identity)));
  SEGELL_TRY(const OpenAuthority authority, open_authority(options, context, demand));
  return sealer.seal(document, std::move(request), demand, authority.client.get());
}

Result<void> check_steps(const SealOptions& options) {
  const bool prepare = !options.prepare.empty(), complete = !options.complete.empty();
  if (prepare && complete)
    return fail(Code::invalid_argument, "cli.usage", "--prepare and --complete are two steps",
                "prepare, have the digest signed, then complete");
  if (complete && options.signature.empty())
    return fail(Code::invalid_argument, "cli.usage", "--complete needs the signature", "give it with --signature FILE");
  if (!complete && !options.signature.empty())
    return fail(Code::invalid_argument, "cli.usage", "--signature belongs to --complete");
  if ((prepare || complete) != options.key.empty())
    return fail(Code::invalid_argument, "cli.usage",
                options.key.empty() ? "--key is required" : "a key signs at once: --prepare and --complete take none",
                options.key.empty() ? "a PEM or PKCS#12 file, or a pkcs11: URI" : "leave --key out");
  return base::ok();
}

Result<void> seal(const SealOptions& options, const Context& context) {
  SEGELL_CHECK(check_steps(options));
  SEGELL_CHECK(refuse_same_file(options));
  if (!options.complete.empty()) return complete_seal(options, context);
  SEGELL_TRY(const ades::TimeDemand demand, read_level(options));
  SEGELL_TRY(const SealFormat format, choose_format(options));
  if (!options.prepare.empty()) return prepare_seal(options, context, format);
  if (format != SealFormat::pades) return seal_other(options, context, format, demand);
  SEGELL_TRY(const pdf::SourcePtr source, open_document(options.inputs.front()));
  SEGELL_TRY(const ades::SealedRevision sealed, seal_document(options, context, source, demand));
  SEGELL_CHECK(write_sealed_pdf(options, *source, sealed.bytes));
  context.out << options.output << ": sealed in field " << sealed.field << ", " << words_of_time(sealed.timestamp)
              << '\n';
  return base::ok();
}

}  // namespace

Action declare_seal(CLI::App& app) {
  auto options = std::make_shared<SealOptions>();
  app.add_option("--key", options->key, "private key: a PEM or PKCS#12 file, or the pkcs11: URI of a key in a token")
      ->type_name("KEY");
  app.add_option("--cert", options->certificate,
                 "the seal's certificate, PEM; not needed with PKCS#12, nor "
                 "where a token holds it")
      ->type_name("PEM");
  app.add_option("--chain", options->chain, "the issuers above it, PEM")->type_name("PEM");
  app.add_option("--passphrase-file", options->passphrase_file,
                 "file whose first line opens the key, or is the token's PIN")
      ->type_name("FILE");
  app.add_flag("--pss", options->pss, "RSA keys: sign with RSASSA-PSS instead of PKCS#1 v1.5");
  app.add_option("--level", options->level, "B-B (default) or B-T")->type_name("LEVEL");
  app.add_option("--tsa", options->tsa, "address of a timestamp authority (RFC 3161)")->type_name("URL");
  app.add_option("--tsa-trust", options->tsa_trust,
                 "root certificates of the authority, PEM file or folder; default: the roots in --chain")
      ->type_name("PEM|DIR");
  app.add_option("--tsa-policy", options->tsa_policy, "policy to ask the authority for, an object identifier")
      ->type_name("OID");
  app.add_option(
         "--format", options->format,
         "pades, cades (.p7s beside the file), cades-enveloping (.p7m around it), asic-s or asic-e; default: what "
         "the name after -o says, else pades for a PDF and asic-e for anything else")
      ->type_name("FORMAT");
  app.add_option("--field", options->field, "an empty signature field of the document, or the name of a new one")
      ->type_name("NAME");
  app.add_option("--reason", options->reason, "why it is sealed, as readers show it");
  app.add_option(
         "--prepare", options->prepare,
         "first of two steps, without a key: write into this file what is to be signed, and all that the second "
         "step must know")
      ->type_name("STATE");
  app.add_option("--complete", options->complete, "second step: the file that --prepare wrote")->type_name("STATE");
  app.add_option("--signature", options->signature,
                 "second step: what the key made of the octets to be signed, binary or Base64")
      ->type_name("FILE");
  app.add_option("-o,--output", options->output, "the sealed file")->required()->type_name("FILE");
  app.add_option("FILE", options->inputs, "what to seal: one file, or several into one container (asic-e)")
      ->required()
      ->type_name("");
  return [options](const Context& context) {
    const auto done = seal(*options, context);
    return done ? ExitCode::passed : report(context, done.error());
  };
}

}  // namespace segell::cli
