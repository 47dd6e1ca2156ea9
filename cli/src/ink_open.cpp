#include "verbs.h"

#include "custody_key.h"
#include "ink_binding.h"
#include "ink_files.h"
#include "ink_report.h"
#include "opening_register.h"

#include "base/encoding.h"
#include "base/file.h"
#include "signer/ink/envelope.h"
#include "signer/ink/exports.h"

#include <sys/prctl.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <cctype>
#include <memory>
#include <ostream>

namespace segell::cli {

namespace {

namespace ink = signer::ink;
using base::Code;
using base::fail;
using base::Json;
using base::Result;

constexpr std::size_t kMaxWords = 400;  ///< octets of a name or a reason: each must fit a line that people read
constexpr std::size_t kMaxCertificateFile = 1U << 20U;

struct OpenOptions {
  std::string envelope, key, certificate, reason, document, disclosure, output, register_path, language = "en";
  KeyHolders holders;
};

/// An opening under way: what is known before anything is decrypted.
struct Opening {
  OpeningFacts facts;
  base::Bytes envelope;
  base::DecryptionKey key;
  OpeningRegister log;
  PrivateFolder folder;
  Language language;
};

std::string folded(std::string_view name) {
  std::string out;
  for (const char c : name)
    if (std::isspace(static_cast<unsigned char>(c)) == 0)
      out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

Result<void> check_words(const OpenOptions& options) {
  const auto usable = [](const std::string& text) {
    return !folded(text).empty() && text.size() <= kMaxWords && base::is_utf8(text);
  };
  for (const auto& [name, value] : {std::pair{"--opener", &options.holders.opener},
                                    {"--witness", &options.holders.witness},
                                    {"--reason", &options.reason}})
    if (!usable(*value))
      return fail(Code::invalid_argument, "cli.usage", std::string(name) + " is empty or longer than 400 octets");
  if (folded(options.holders.opener) == folded(options.holders.witness))
    return fail(Code::invalid_argument, "custody.same-person", "--opener and --witness name the same person",
                "an envelope is opened by two people");
  if (!options.disclosure.empty() && options.document.empty())
    return fail(Code::invalid_argument, "cli.usage", "--disclosure needs --document",
                "a disclosure proves something only of the sealed document that commits to it");
  return base::ok();
}

Result<void> check_certificate(const OpenOptions& options, const base::DecryptionKey& key, base::BytesView envelope) {
  std::optional<base::Certificate> certificate = key.certificate();
  if (!options.certificate.empty()) {
    SEGELL_TRY(const base::Bytes pem, base::load_file(options.certificate, kMaxCertificateFile));
    const auto certificates = base::Certificate::parse_pem(base::as_text(pem));
    if (!certificates) return fail(Code::malformed, "certificate.malformed", options.certificate + ": no certificate");
    certificate = certificates->front();
    if (!key.belongs_to(*certificate))
      return fail(Code::invalid_argument, "key.certificate-mismatch", options.certificate + ": belongs to another key",
                  "give the certificate that was issued for this key, or none");
  }
  SEGELL_TRY(const auto recipients, ink::read_recipients(envelope, certificate ? &*certificate : nullptr));
  if (certificate && !recipients.names_certificate)
    return fail(Code::unauthenticated, "envelope.not-for-this-key", "the envelope is not encrypted to this certificate",
                "openssl cms -cmsout -print -inform DER -in ENVELOPE names its recipients");
  return base::ok();
}

Json::Object entry_of(const OpeningFacts& facts, std::string_view event, const base::Clock& clock) {
  Json::Object entry{{"event", event},
                     {"time", base::format_rfc3339(clock.now())},
                     {"envelope", facts.envelope_sha256},
                     {"key", facts.key_sha256},
                     {"opener", facts.opener},
                     {"witness", facts.witness},
                     {"reason", facts.reason},
                     {"twoPersons", facts.two_persons}};
  if (!facts.two_persons) entry.emplace_back("singlePersonNote", facts.single_person_note);
  entry.emplace_back("tool", std::string("segell ") + SEGELL_VERSION);
  return entry;
}

Result<Opening> prepare(const OpenOptions& options, const Context& context) {
  SEGELL_CHECK(check_words(options));
  const auto language = parse_language(options.language);
  if (!language) return fail(Code::invalid_argument, "cli.usage", "--lang is one of ca, es, en");
  SEGELL_TRY(base::Bytes envelope, base::load_file(options.envelope, ink::kMaxEnvelopeBytes));
  SEGELL_CHECK(ink::read_recipients(envelope, nullptr));
  SEGELL_TRY(OpenedKey opened, open_custody_key(options.key, options.holders));
  SEGELL_CHECK(check_certificate(options, opened.key, envelope));
  OpeningFacts facts{.envelope_sha256 = base::to_hex(base::sha256(envelope)),
                     .key_sha256 = base::to_hex(base::sha256(opened.key.public_key_der())),
                     .opener = options.holders.opener,
                     .witness = options.holders.witness,
                     .reason = options.reason,
                     .two_persons = opened.two_persons,
                     .single_person_note = options.holders.single_person_note,
                     .at = base::format_rfc3339(context.clock.now()),
                     .register_path = options.register_path,
                     .register_head = {}};
  if (facts.register_path.empty())
    facts.register_path = (std::filesystem::path(options.key).parent_path() / "openings.jsonl").string();
  if (!facts.two_persons)
    context.err << "segell: CAUTION: one person alone opens this envelope; the register keeps why: "
                << facts.single_person_note << '\n';
  SEGELL_TRY(PrivateFolder folder, PrivateFolder::create(options.output));
  SEGELL_TRY(OpeningRegister log, OpeningRegister::open(facts.register_path));
  return Opening{std::move(facts), std::move(envelope), std::move(opened.key),
                 std::move(log),   std::move(folder),   *language};
}

/// The record, believed as far as the options let it be checked.
Result<ink::InkRecord> decrypt(const OpenOptions& options, const Context& context, const Opening& opening,
                               Binding& binding, base::Secret& content) {
  if (!options.document.empty()) {
    SEGELL_TRY(binding, load_binding(options.document, context.clock.now()));
  }
  if (!options.disclosure.empty())
    SEGELL_CHECK(check_commitment(binding, options.disclosure, base::sha256(opening.envelope)));
  SEGELL_TRY(content, ink::open_envelope(opening.envelope, opening.key));
  SEGELL_TRY(ink::InkRecord record, ink::parse_record(content.view()));
  SEGELL_CHECK(check_record(binding, record));
  return record;
}

Result<void> write_pictures(const ink::InkSeries& series, Opening& opening) {
  const auto words = [&](Plot plot) { return plot_words(plot, opening.language, series.calibrated); };
  PrivateFolder& folder = opening.folder;
  SEGELL_CHECK(folder.write("trace.svg", base::as_bytes(ink::plot_trace(series, words(Plot::trace)))));
  SEGELL_CHECK(folder.write("speed.svg", base::as_bytes(ink::plot_speed(series, words(Plot::speed)))));
  if (series.has_pressure())
    SEGELL_CHECK(folder.write("pressure.svg", base::as_bytes(ink::plot_pressure(series, words(Plot::pressure)))));
  return folder.write("replay.svg", base::as_bytes(ink::write_replay(series, words(Plot::replay))));
}

Result<std::string> write_files(const ink::InkRecord& record, const Binding& binding, base::BytesView content,
                                Opening& opening) {
  PrivateFolder& folder = opening.folder;
  SEGELL_TRY(const ink::IsoRecord iso, ink::make_iso_record(record.series));
  SEGELL_TRY(const base::Bytes binary, ink::write_iso_2007(iso));
  SEGELL_CHECK(folder.write("record.json", content));
  SEGELL_CHECK(folder.write("iso-19794-7-2007.bin", binary));
  SEGELL_CHECK(folder.write("iso-19794-7-2014.xml", base::as_bytes(ink::write_iso_xml(iso, record.series.started))));
  SEGELL_CHECK(folder.write("ink.inkml", base::as_bytes(ink::write_inkml(record))));
  SEGELL_CHECK(folder.write("samples.csv", base::as_bytes(ink::write_csv(record.series))));
  SEGELL_CHECK(write_pictures(record.series, opening));
  opening.facts.files = folder.names();
  opening.facts.register_head = opening.log.head();
  opening.facts.register_line = opening.log.next_index();
  std::string report = write_ink_report(opening.facts, record, binding, opening.language);
  SEGELL_CHECK(folder.write("report.txt", base::as_bytes(report)));
  SEGELL_CHECK(folder.keep());
  return report;
}

Result<std::string> open_envelope(const OpenOptions& options, const Context& context) {
  ::prctl(PR_SET_DUMPABLE, 0);  // no core dump may hold somebody's strokes or a passphrase
  SEGELL_TRY(Opening opening, prepare(options, context));
  SEGELL_CHECK(opening.log.append(entry_of(opening.facts, "asked", context.clock)));
  Binding binding;
  base::Secret content;
  const auto record = decrypt(options, context, opening, binding, content);
  Json::Object outcome = entry_of(opening.facts, record ? "opened" : "refused", context.clock);
  if (record) {
    outcome.emplace_back("document", base::to_hex(record->document));
    outcome.emplace_back("boundToDocument", binding.act.has_value());
    outcome.emplace_back("committed", binding.committed);
  } else {
    outcome.emplace_back("why", record.error().reason);
  }
  SEGELL_CHECK(opening.log.append(outcome));
  if (!record) return fail(record.error());
  return write_files(*record, binding, content.view(), opening);
}

ExitCode exit_code_of(const base::Error& error) {
  for (const std::string_view bad :
       {"ink.document-altered", "ink.other-envelope", "ink.other-document", "ink.other-nonce"})
    if (error.reason == bad) return ExitCode::proven_bad;
  return error.reason == "ink.not-committed" ? ExitCode::indeterminate : ExitCode::could_not_run;
}

}  // namespace

Action declare_ink_open(CLI::App& app) {
  const auto options = std::make_shared<OpenOptions>();
  app.add_option("ENVELOPE", options->envelope, "the custody envelope (CMS EnvelopedData, DER)")->required();
  app.add_option("--key", options->key, "the custodian's private key: a PEM or PKCS#12 file")->required();
  app.add_option("--cert", options->certificate, "the custodian's certificate, PEM: checked before anything is opened");
  app.add_option("--passphrase-file", options->holders.passphrase_files,
                 "file whose first line is a half of the passphrase; give it twice, or leave it out to be asked")
      ->take_all();
  app.add_option("--opener", options->holders.opener, "who opens the envelope")->required();
  app.add_option("--witness", options->holders.witness, "the second person")->required();
  app.add_option("--reason", options->reason, "why, as the register keeps it: the order of a court, say")->required();
  app.add_option("--document", options->document, "the sealed PDF: the strokes must have been made for it");
  app.add_option("--disclosure", options->disclosure, "its disclosure: the seal must commit to this very envelope");
  app.add_option("--single-person-note", options->holders.single_person_note,
                 "why one person alone may open this key; the register and the report keep it");
  app.add_option("--register", options->register_path, "register of openings (default: openings.jsonl beside the key)");
  app.add_option("--lang", options->language, "language of the report and the pictures: ca, es or en (default)");
  app.add_option("-o,--output", options->output, "new folder for what comes out, readable by its owner only")
      ->required();
  return [options](const Context& context) {
    const auto report_text = open_envelope(*options, context);
    if (!report_text) {
      report(context, report_text.error());
      return exit_code_of(report_text.error());
    }
    context.out << *report_text;
    return ExitCode::passed;
  };
}

}  // namespace segell::cli
