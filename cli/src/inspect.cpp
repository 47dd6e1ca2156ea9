#include "inputs.h"
#include "printable.h"
#include "verbs.h"

#include "base/encoding.h"
#include "signer/ades/manifest.h"
#include "signer/pdf/signatures.h"

#include <CLI/CLI.hpp>
#include <memory>
#include <ostream>
#include <string>

namespace segell::cli {
namespace {

namespace pdf = signer::pdf;

struct InspectArguments {
  bool manifest = false;
  std::string file;
};

// One document with everything that its lines are made of.
struct Facts {
  pdf::Document document;
  std::vector<pdf::Signature> signatures;
  std::vector<pdf::Finding> findings;
};

base::Result<Facts> gather(const std::string& path) {
  SEGELL_TRY(auto source, open_document(path));
  SEGELL_TRY(auto document, pdf::Document::open(source));
  pdf::Sweep sweep(document);
  SEGELL_CHECK(pdf::for_each_piece(*source, {0, source->size()}, [&](base::BytesView piece) { sweep.feed(piece); }));
  SEGELL_TRY(auto signatures, pdf::find_signatures(document, &sweep));
  std::vector<pdf::Finding> findings = document.findings();
  findings.insert(findings.end(), sweep.findings().begin(), sweep.findings().end());
  return Facts{std::move(document), std::move(signatures), std::move(findings)};
}

std::string_view words_of(pdf::XrefStyle style) {
  switch (style) {
    case pdf::XrefStyle::table:
      return "table";
    case pdf::XrefStyle::stream:
      return "stream";
    case pdf::XrefStyle::hybrid:
      return "hybrid";
  }
  return "table";
}

void print_revisions(const Facts& facts, std::ostream& out) {
  const auto& revisions = facts.document.revisions();
  out << "revisions: " << revisions.size() << '\n';
  for (std::size_t i = 0; i < revisions.size(); ++i)
    out << "  " << i + 1 << ". octets " << revisions[i].begin << " to " << revisions[i].end << ", cross-references as "
        << words_of(revisions[i].style) << (revisions[i].linearized ? ", linearized" : "") << '\n';
}

void print_signature(const pdf::Signature& signature, std::size_t number, std::ostream& out) {
  out << "  " << number << ". " << (signature.document_timestamp ? "document timestamp" : "signature");
  out << (signature.field.empty() ? std::string(", in no field") : ", field " + printable(signature.field));
  out << ", revision " << signature.revision + 1 << ", form " << printable(signature.sub_filter) << '\n';
  if (signature.byte_range) {
    const auto& [start, first, second, rest] = *signature.byte_range;
    out << "     byte range " << start << ' ' << first << ' ' << second << ' ' << rest;
    if (signature.covers)
      out << ", covers revision " << *signature.covers + 1;
    else
      out << ", covers no whole revision";
    out << '\n';
  }
  if (!signature.claimed_time.empty()) out << "     claimed time " << printable(signature.claimed_time) << '\n';
  if (!signature.name.empty()) out << "     name " << printable(signature.name) << '\n';
  if (!signature.reason.empty()) out << "     reason " << printable(signature.reason) << '\n';
  if (signature.certification) out << "     certifies with DocMDP P=" << signature.certification->permission << '\n';
  out << "     " << (signature.manifest ? "declares a person's act" : "declares no person's act") << '\n';
  for (const pdf::RangeFault& fault : signature.faults)
    out << "     fault " << fault.id << ": " << printable(fault.words) << '\n';
}

void print_fields(const Facts& facts, std::ostream& out) {
  const auto form = pdf::read_form(facts.document);
  if (!form) {
    out << "fields: cannot be read: " << printable(form.error().message) << '\n';
    return;
  }
  out << "fields: " << form->fields.size() << '\n';
  for (const pdf::Field& field : form->fields)
    out << "  " << printable(field.name) << " (" << (field.type.empty() ? "no type" : printable(field.type)) << ", "
        << (field.is_empty() ? "empty" : "filled") << (field.lock ? ", with a lock" : "") << ")\n";
}

void print_findings(const Facts& facts, std::ostream& out) {
  out << "findings: " << facts.findings.size() << '\n';
  for (const pdf::Finding& finding : facts.findings)
    out << "  " << (finding.weight == pdf::Weight::anomaly ? "anomaly " : "note ") << finding.id << ": "
        << printable(finding.words) << '\n';
}

void print_all(const InspectArguments& arguments, const Facts& facts, std::ostream& out) {
  out << "file: " << printable(arguments.file) << ", " << facts.document.length() << " octets"
      << (facts.document.encrypted() ? ", encrypted" : "") << (facts.document.repaired() ? ", damaged" : "") << '\n';
  print_revisions(facts, out);
  out << "signatures: " << facts.signatures.size() << '\n';
  for (std::size_t i = 0; i < facts.signatures.size(); ++i) print_signature(facts.signatures[i], i + 1, out);
  print_fields(facts, out);
  print_findings(facts, out);
}

// The manifests in their order, a line each, exactly as sealed; only well-formed ones are safe to print.
ExitCode print_manifests(const Facts& facts, const Context& context) {
  ExitCode outcome = ExitCode::nothing_to_verify;
  if (std::ranges::none_of(facts.signatures, [](const pdf::Signature& one) { return one.manifest.has_value(); }))
    context.err << "segell: no signature of this document carries an evidence manifest\n";
  for (const pdf::Signature& signature : facts.signatures) {
    if (!signature.manifest) continue;
    if (const auto manifest = signer::ades::parse_manifest(*signature.manifest); !manifest)
      return report(context, manifest.error());
    context.out << base::as_text(*signature.manifest) << '\n';
    outcome = ExitCode::passed;
  }
  return outcome;
}

ExitCode run_inspect(const InspectArguments& arguments, const Context& context) {
  const auto facts = gather(arguments.file);
  if (!facts) return report(context, facts.error());
  if (arguments.manifest) return print_manifests(*facts, context);
  print_all(arguments, *facts, context.out);
  return ExitCode::passed;
}

}  // namespace

Action declare_inspect(CLI::App& app) {
  auto arguments = std::make_shared<InspectArguments>();
  app.add_flag("--manifest", arguments->manifest, "print the evidence manifests only, one a line, as sealed");
  app.add_option("file", arguments->file, "the document")->required()->type_name("");
  return [arguments](const Context& context) { return run_inspect(*arguments, context); };
}

}  // namespace segell::cli
