#include "explain.h"
#include "inputs.h"
#include "printable.h"
#include "report_file.h"
#include "seal_identity.h"
#include "verbs.h"
#include "words.h"

#include "base/encoding.h"
#include "base/file.h"
#include "base/json.h"
#include "base/openssl_context.h"
#include "signer/ades/disclosure.h"
#include "signer/ades/verify.h"
#include "signer/pdf/source.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace segell::cli {
namespace {

using signer::ades::Verdict;

constexpr std::size_t kMaxDisclosure = signer::ades::kMaxDisclosureBytes;

struct VerifyArguments {
  bool json = false;
  bool quiet = false;
  std::string at;
  std::vector<std::string> trust;
  std::vector<std::string> disclosures;
  std::vector<std::string> reports;
  SealOptions report_seal;  ///< key, certificate, chain and passphrase alone
  std::string suite;
  std::string content;
  std::string policy;
  std::string explain;
  std::string language = "en";
  std::vector<std::string> files;
};

ExitCode exit_of(const Verdict& verdict) {
  switch (verdict.indication) {
    case signer::ades::Indication::total_passed:
      return ExitCode::passed;
    case signer::ades::Indication::total_failed:
      return ExitCode::proven_bad;
    case signer::ades::Indication::indeterminate:
      return ExitCode::indeterminate;
    case signer::ades::Indication::no_signature:
      return ExitCode::nothing_to_verify;
    case signer::ades::Indication::error:
      return ExitCode::could_not_run;
  }
  return ExitCode::could_not_run;
}

base::Result<signer::ades::VerifyOptions> read_options(const VerifyArguments& arguments, const Context& context) {
  signer::ades::VerifyOptions options{.at = context.clock.now(), .disclosures = {}, .suite = {}};
  if (!arguments.at.empty()) {
    SEGELL_TRY(options.at, base::parse_rfc3339(arguments.at));
  }
  if (!arguments.suite.empty()) {
    SEGELL_TRY(const auto text, base::load_file(arguments.suite, signer::ades::AlgorithmSuite::kMaxBytes));
    auto suite = signer::ades::AlgorithmSuite::parse(base::as_text(text));
    if (!suite) {
      base::Error error = suite.error();
      error.message = arguments.suite + ": " + error.message;
      return base::fail(std::move(error));
    }
    options.suite = *std::move(suite);
  }
  if (!arguments.policy.empty()) {
    SEGELL_TRY(const auto bytes, base::load_file(arguments.policy, signer::ades::kMaxPolicyBytes));
    auto policy = signer::ades::parse_validation_policy(bytes);
    if (!policy) {
      base::Error error = policy.error();
      error.message = arguments.policy + ": " + error.message;
      return base::fail(std::move(error));
    }
    options.policy = *std::move(policy);
  }
  for (const std::string& path : arguments.disclosures) {
    SEGELL_TRY(auto bytes, base::load_file(path, kMaxDisclosure));
    if (const auto read = signer::ades::parse_disclosure(bytes); !read) {
      base::Error error = read.error();
      error.message = path + ": " + error.message;
      if (error.hint.empty()) error.hint = "--disclosure takes the file that the service hands out beside a document";
      return base::fail(std::move(error));
    }
    options.disclosures.push_back(std::move(bytes));
  }
  return options;
}

/// A verdict, and the octets that it is on; nothing where they cannot be read or nobody asks for them.
struct Judged {
  Verdict verdict;
  std::optional<base::Sha256> digest{};
};

std::optional<base::Sha256> digest_of(const signer::pdf::ByteSource& source) {
  base::Hasher hasher(base::HashAlgorithm::sha256);
  const auto read =
      signer::pdf::for_each_piece(source, {0, source.size()}, [&](base::BytesView piece) { hasher.update(piece); });
  if (!read) return std::nullopt;
  return hasher.finish_sha256();
}

// A report names the very octets that were judged: the file is opened once.
Judged verify_one(const signer::ades::Verifier& verifier, signer::ades::VerifyOptions options, const std::string& path,
                  const std::string& content, bool for_report) {
  const auto source = open_document(path);
  if (!source) return {signer::ades::make_error_verdict(path, source.error())};
  if (const std::string beside = content.empty() ? content_beside(path) : content; !beside.empty()) {
    auto opened = open_document(beside);
    if (!opened) return {signer::ades::make_error_verdict(path, opened.error())};
    options.content = *std::move(opened);
  }
  Judged judged{verifier.verify(*source, path, options)};
  if (for_report) judged.digest = digest_of(**source);
  return judged;
}

base::Result<std::vector<ReportFile>> read_reports(const VerifyArguments& arguments) {
  std::vector<ReportFile> reports;
  for (const std::string& path : arguments.reports) {
    SEGELL_TRY(auto report, ReportFile::of(path));
    reports.push_back(std::move(report));
  }
  return reports;
}

// The identity that seals reports, opened before anything is judged; nothing where none is asked for.
base::Result<std::optional<ReportSeal>> read_report_seal(const VerifyArguments& arguments,
                                                         const std::vector<ReportFile>& reports,
                                                         const Context& context) {
  const SealOptions& seal = arguments.report_seal;
  if (seal.key.empty()) {
    if (!seal.certificate.empty() || !seal.chain.empty() || !seal.passphrase_file.empty())
      return base::fail(base::Code::invalid_argument, "cli.usage", "a report is sealed with --report-key",
                        "give the key, or leave its certificate out");
    return std::optional<ReportSeal>();
  }
  if (std::ranges::find(reports, ReportFile::Form::pdf, &ReportFile::form) == reports.end())
    return base::fail(base::Code::invalid_argument, "cli.usage", "only a report in PDF is sealed",
                      "name one with --report FILE.pdf");
  SEGELL_TRY(base::SealIdentity identity, load_identity(seal));
  const base::Instant now = context.clock.now();
  SEGELL_CHECK(signer::ades::check_seal_certificate(identity.certificate, now));
  SEGELL_TRY(auto sealer, signer::ades::Sealer::make(std::move(identity)));
  return std::optional<ReportSeal>(ReportSeal{std::move(sealer), now});
}

base::Result<void> write_reports(const std::vector<ReportFile>& reports, const std::vector<Verdict>& verdicts,
                                 const ReportFacts& facts, Language language, const std::optional<ReportSeal>& seal) {
  for (const ReportFile& report : reports)
    SEGELL_CHECK(report.write(verdicts, facts, language, seal ? &*seal : nullptr));
  return base::ok();
}

void print(const VerifyArguments& arguments, Language language, const Verdict& verdict, const Context& context) {
  if (verdict.error && !arguments.json) {
    report(context, *verdict.error);
    return;
  }
  if (arguments.quiet) return;
  if (arguments.json)
    context.out << base::write_json(to_json(verdict, SEGELL_VERSION)) << '\n';
  else
    context.out << write_text(verdict, language);
}

// "what is this check?", before or instead of verdicts.
base::Result<void> explain(const VerifyArguments& arguments, Language language, const Context& context) {
  if (arguments.explain.empty()) return base::ok();
  const Explanation* explanation = find_explanation(arguments.explain);
  if (explanation == nullptr)
    return base::fail(base::Code::not_found, "cli.no-such-check",
                      "no verdict has a check " + printable(arguments.explain), "the checks are " + explained_checks());
  if (arguments.json)
    context.out << base::write_json(base::Json::object({{"check", arguments.explain},
                                                        {"meaning", explanation->meaning.in(language)},
                                                        {"source", explanation->source},
                                                        {"advice", explanation->advice.in(language)}}))
                << '\n';
  else
    context.out << write_explanation(*explanation, language);
  return base::ok();
}

ExitCode run_verify(const VerifyArguments& arguments, const Context& context) {
  const auto language = parse_language(arguments.language);
  if (!language)
    return report(context, {base::Code::invalid_argument, "cli.language",
                            "no such language: " + printable(arguments.language), "use ca, es or en"});
  if (const auto explained = explain(arguments, *language, context); !explained)
    return report(context, explained.error());
  if (arguments.files.empty() && !arguments.explain.empty()) return ExitCode::passed;
  if (arguments.files.empty())
    return report(context, {base::Code::invalid_argument, "cli.usage", "a document is required", "segell verify FILE"});
  if (!arguments.content.empty() && arguments.files.size() != 1)
    return report(context, {base::Code::invalid_argument, "cli.usage", "--content belongs to one signature",
                            "give one file at a time with it"});
  if (context.ends_with_it && arguments.report_seal.key.empty()) base::leave_out_cipher_names();
  auto trust = load_trust(arguments.trust);
  if (!trust) return report(context, trust.error());
  const auto options = read_options(arguments, context);
  if (!options) return report(context, options.error());
  const auto reports = read_reports(arguments);
  if (!reports) return report(context, reports.error());
  const auto seal = read_report_seal(arguments, *reports, context);
  if (!seal) return report(context, seal.error());
  const signer::ades::Verifier verifier(*std::move(trust));
  ExitCode outcome = ExitCode::passed;
  std::vector<Verdict> kept;
  ReportFacts facts{.at = options->at, .documents = {}};
  for (const std::string& path : arguments.files) {
    auto [verdict, digest] = verify_one(verifier, *options, path, arguments.content, !reports->empty());
    print(arguments, *language, verdict, context);
    outcome = worse(outcome, exit_of(verdict));
    if (reports->empty()) continue;
    kept.push_back(std::move(verdict));
    facts.documents.push_back(digest);
  }
  if (const auto written = write_reports(*reports, kept, facts, *language, *seal); !written)
    outcome = worse(outcome, report(context, written.error()));
  if (arguments.trust.empty() && !arguments.quiet && outcome == ExitCode::indeterminate)
    context.err << "hint: no trust anchor was given; name them with --trust FILE or --trust FOLDER\n";
  return outcome;
}

}  // namespace

Action declare_verify(CLI::App& app) {
  auto arguments = std::make_shared<VerifyArguments>();
  app.add_flag("--json", arguments->json, "one JSON object a line for each file (segell.verdict/1)");
  app.add_flag("--quiet", arguments->quiet, "print no verdict; the exit code tells it");
  app.add_option("--at", arguments->at, "judge as of this time (RFC 3339), instead of now")->type_name("TIME");
  app.add_option(
         "--trust", arguments->trust,
         "trust anchors, revocation lists and OCSP responses: a PEM or DER file, or a folder of them; may be repeated")
      ->type_name("PEM|DIR")
      ->allow_extra_args(false)
      ->take_all();
  app.add_option("--policy", arguments->policy,
                 "what may follow a signature that says nothing of it (segell.policy/1), instead of the built-in rules")
      ->type_name("FILE");
  app.add_option("--disclosure", arguments->disclosures, "facts disclosed about an act (segell.disclosure/1)")
      ->type_name("FILE")
      ->allow_extra_args(false)
      ->take_all();
  app.add_option("--report", arguments->reports,
                 "write the verdicts with all their checks, as .pdf, .html or .json; may be repeated")
      ->type_name("FILE")
      ->allow_extra_args(false)
      ->take_all();
  app.add_option("--suite", arguments->suite,
                 "which algorithms are relied on until when (JSON of ETSI TS 119 322), instead of the built-in suite")
      ->type_name("FILE");
  app.add_option("--content", arguments->content,
                 "what a detached signature (.p7s) or a timestamp (.tst) was made over; default: the file beside it "
                 "that has its name without this ending")
      ->type_name("FILE");
  SealOptions& seal = arguments->report_seal;
  app.add_option("--report-key", seal.key, "seal the report in PDF with this key: PEM, PKCS#12 or a pkcs11: URI")
      ->type_name("KEY");
  app.add_option("--report-cert", seal.certificate, "the certificate of --report-key, PEM")->type_name("PEM");
  app.add_option("--report-chain", seal.chain, "the issuers above it, PEM")->type_name("PEM");
  app.add_option("--report-passphrase-file", seal.passphrase_file,
                 "file whose first line opens --report-key, or is the token's PIN")
      ->type_name("FILE");
  app.add_option("--lang", arguments->language, "language of the text and of reports: ca, es or en")
      ->capture_default_str()
      ->type_name("LANGUAGE");
  app.add_option("--explain", arguments->explain,
                 "tell what a check of a verdict means, where that stands and what to do; with or without documents")
      ->type_name("CHECK");
  app.add_option("file", arguments->files,
                 "the documents: PDF, CAdES (.p7s, .p7m), containers (.asice, .asics), timestamps (.tst)")
      ->type_name("");
  return [arguments](const Context& context) { return run_verify(*arguments, context); };
}

}  // namespace segell::cli
