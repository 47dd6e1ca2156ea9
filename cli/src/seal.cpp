#include "inputs.h"
#include "output_file.h"
#include "seal_format.h"
#include "seal_identity.h"
#include "verbs.h"

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
  for (const std::string& input : options.inputs)
    if (std::filesystem::equivalent(input, options.output, ignored))
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
  SEGELL_TRY(const OpenAuthority authority, open_authority(options, context, demand));
  return sealer.seal(document, std::move(request), demand, authority.client.get());
}

Result<void> seal(const SealOptions& options, const Context& context) {
  SEGELL_TRY(const ades::TimeDemand demand, read_level(options));
  SEGELL_CHECK(refuse_same_file(options));
  SEGELL_TRY(const SealFormat format, choose_format(options));
  if (format != SealFormat::pades) return seal_other(options, context, format, demand);
  SEGELL_TRY(const pdf::SourcePtr source, open_document(options.inputs.front()));
  SEGELL_TRY(const ades::SealedRevision sealed, seal_document(options, context, source, demand));
  SEGELL_CHECK(write_output(options, *source, sealed.bytes));
  context.out << options.output << ": sealed in field " << sealed.field << ", " << words_of_time(sealed.timestamp)
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
  app.add_option(
         "--format", options->format,
         "pades, cades (.p7s beside the file), cades-enveloping (.p7m around it), asic-s or asic-e; default: what "
         "the name after -o says, else pades for a PDF and asic-e for anything else")
      ->type_name("FORMAT");
  app.add_option("--field", options->field, "an empty signature field of the document, or the name of a new one")
      ->type_name("NAME");
  app.add_option("--reason", options->reason, "why it is sealed, as readers show it");
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
