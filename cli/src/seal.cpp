#include "inputs.h"
#include "output_file.h"
#include "seal_extend.h"
#include "seal_format.h"
#include "seal_identity.h"
#include "seal_pdf.h"
#include "seal_remote.h"
#include "verbs.h"

#include "signer/ades/seal.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <iterator>
#include <memory>
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

Result<ades::Level> read_level(const SealOptions& options) {
  for (const ades::Level level : {ades::Level::b_b, ades::Level::b_t, ades::Level::b_lt, ades::Level::b_lta})
    if (options.level == to_string(level)) return level;
  return fail(Code::invalid_argument, "cli.usage", "--level is one of B-B, B-T, B-LT, B-LTA");
}

Result<void> check_level(const SealOptions& options, ades::Level level) {
  const std::string name(to_string(level));
  if (level >= ades::Level::b_lt && !(options.prepare.empty() && options.complete.empty()))
    return fail(Code::invalid_argument, "cli.usage", "a seal in two steps goes to level B-B or B-T",
                "extend it afterwards: segell seal --extend --level " + name);
  if (options.extend && level < ades::Level::b_lt)
    return fail(Code::invalid_argument, "cli.usage", "--extend goes to level B-LT or B-LTA");
  const bool needs_time = level == ades::Level::b_lta || (!options.extend && level >= ades::Level::b_t);
  if (needs_time && options.tsa.empty() && options.prepare.empty())
    return fail(Code::invalid_argument, "cli.usage", "level " + name + " needs a timestamp authority",
                "give its address with --tsa URL");
  return base::ok();
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
  if (options.extend) {
    const bool alone = options.key.empty() && options.field.empty() && options.reason.empty() &&
                       options.prepare.empty() && options.complete.empty();
    if (alone) return base::ok();
    return fail(Code::invalid_argument, "cli.usage", "--extend makes no seal",
                "leave --key, --field, --reason, --prepare and --complete out");
  }
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
  SEGELL_TRY(const ades::Level level, read_level(options));
  SEGELL_CHECK(check_level(options, level));
  if (options.extend) return extend_file(options, context, level);
  const ades::TimeDemand demand = level == ades::Level::b_b ? ades::TimeDemand::none : ades::TimeDemand::required;
  SEGELL_TRY(const SealFormat format, choose_format(options));
  if (!options.prepare.empty()) return prepare_seal(options, context, format);
  if (format != SealFormat::pades) return seal_other(options, context, format, level);
  SEGELL_TRY(const pdf::SourcePtr source, open_document(options.inputs.front()));
  SEGELL_TRY(ades::SealedRevision sealed, seal_document(options, context, source, demand));
  std::vector<base::Bytes> revisions{std::move(sealed.bytes)};
  if (level >= ades::Level::b_lt) {
    const std::vector<pdf::SourcePtr> parts{source, pdf::own_source(revisions.front())};
    SEGELL_TRY(auto made, extend_source(options, context, std::make_shared<pdf::ConcatenatedSource>(parts), level));
    std::ranges::move(made.revisions, std::back_inserter(revisions));
  }
  SEGELL_CHECK(write_sealed_pdf(options, *source, revisions));
  context.out << options.output << ": sealed in field " << sealed.field << ", "
              << words_of_time(sealed.timestamp, level) << '\n';
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
  app.add_flag(
      "--extend", options->extend,
      "add no seal: extend the signatures of a PDF, a CAdES file (.p7s, .p7m) or a container (.asics, .asice), "
      "of whomever, to B-LT or B-LTA (default), or renew them");
  app.add_option("--content", options->content,
                 "--extend: what a signature beside its content (.p7s) is over; default: the file of its name without "
                 ".p7s")
      ->type_name("FILE");
  app.add_option("--level", options->level, "B-B (default), B-T, B-LT or B-LTA")->type_name("LEVEL");
  app.add_option(
         "--trust", options->trust,
         "B-LT and B-LTA: roots that the proofs lead to, and revocation data at hand: a file or a folder of them; "
         "may be repeated; the roots in --chain count too")
      ->type_name("PEM|DIR")
      ->allow_extra_args(false)
      ->take_all();
  app.add_option("--tsa", options->tsa,
                 "address of a timestamp authority (RFC 3161); may be repeated: each is asked where the ones before "
                 "cannot be had")
      ->type_name("URL")
      ->allow_extra_args(false)
      ->take_all();
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
    if (options->level.empty()) options->level = options->extend ? "B-LTA" : "B-B";
    const auto done = seal(*options, context);
    return done ? ExitCode::passed : report(context, done.error());
  };
}

}  // namespace segell::cli
