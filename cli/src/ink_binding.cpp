#include "ink_binding.h"

#include "inputs.h"

#include "base/encoding.h"
#include "base/file.h"
#include "signer/ades/verify.h"
#include "signer/pdf/signatures.h"

#include <algorithm>

namespace segell::cli {

namespace {

namespace ades = signer::ades;
namespace pdf = signer::pdf;
using base::Code;
using base::fail;
using base::Result;

base::Failure refused(std::string_view reason, std::string message, std::string hint) {
  return fail(Code::forbidden, reason, std::move(message), std::move(hint));
}

Result<std::vector<pdf::Signature>> signatures_of(const pdf::SourcePtr& source) {
  SEGELL_TRY(const auto document, pdf::Document::open(source));
  pdf::Sweep sweep(document);
  SEGELL_CHECK(pdf::for_each_piece(*source, {0, source->size()}, [&](base::BytesView piece) { sweep.feed(piece); }));
  return pdf::find_signatures(document, &sweep);
}

/// The digest that a disclosure proves for an act's envelope.
std::optional<std::string> proven_envelope(const ades::Manifest& manifest, const ades::Disclosure& disclosure) {
  const ades::Opened opened = ades::open(manifest, disclosure);
  if (!opened.same_document) return std::nullopt;
  for (const ades::Fact& fact : opened.proven)
    if (fact.type == ades::FactType::custody_envelope && fact.value.as_string() != nullptr)
      return *fact.value.as_string();
  return std::nullopt;
}

}  // namespace

Result<Binding> load_binding(const std::string& document, base::Instant now) {
  SEGELL_TRY(const pdf::SourcePtr source, open_document(document));
  SEGELL_TRY(const auto signatures, signatures_of(source));
  // Cryptography alone: whose seal it is, and whether to trust it, is for segell verify.
  const ades::Verifier verifier{ades::TrustMaterial()};
  const ades::Verdict verdict = verifier.verify_pdf(source, document, {.at = now, .disclosures = {}});
  if (verdict.error) return fail(*verdict.error);
  Binding binding;
  for (std::size_t i = 0; i < signatures.size() && i < verdict.signatures.size(); ++i) {
    if (!signatures[i].manifest) continue;
    const ades::SignatureVerdict& judged = verdict.signatures[i];
    if (judged.integrity != ades::Integrity::intact)
      return refused("ink.document-altered", document + ": the seal that declares a signature is broken",
                     "segell verify tells what was changed; nothing was opened");
    SEGELL_TRY(auto manifest, ades::parse_manifest(*signatures[i].manifest));
    binding.acts.push_back({std::move(manifest), judged.signer.common_name});
  }
  if (binding.acts.empty())
    return fail(Code::invalid_argument, "ink.no-act", document + ": no seal in it declares a person's signature",
                "give the sealed document that the envelope belongs to");
  return binding;
}

Result<void> check_commitment(Binding& binding, const std::string& disclosure, const base::Sha256& envelope) {
  SEGELL_TRY(const base::Bytes octets, base::load_file(disclosure, ades::kMaxDisclosureBytes));
  SEGELL_TRY(const ades::Disclosure facts, ades::parse_disclosure(octets));
  const std::string digest = base::to_hex(envelope);
  std::vector<SealedAct> fitting;
  bool other = false;
  for (SealedAct& act : binding.acts) {
    const auto proven = proven_envelope(act.manifest, facts);
    if (proven && *proven == digest) fitting.push_back(std::move(act));
    other = other || (proven && *proven != digest);
  }
  if (fitting.empty() && other)
    return refused("ink.other-envelope", "the sealed document commits to another envelope than this one",
                   "give the envelope of this very document; nothing was opened");
  if (fitting.empty())
    return refused("ink.not-committed", disclosure + ": it proves no custody envelope of this document",
                   "give the disclosure of this document, with the fact custody-envelope; nothing was opened");
  binding.acts = std::move(fitting);
  binding.committed = true;
  return base::ok();
}

Result<void> check_record(Binding& binding, const signer::ink::InkRecord& record) {
  if (binding.acts.empty()) return base::ok();
  const auto same_document = [&](const SealedAct& act) { return act.manifest.shown.sha256 == record.document; };
  const auto found = std::find_if(binding.acts.begin(), binding.acts.end(), [&](const SealedAct& act) {
    return same_document(act) && act.manifest.nonce == record.nonce;
  });
  if (found != binding.acts.end()) {
    binding.act = *found;
    return base::ok();
  }
  if (std::any_of(binding.acts.begin(), binding.acts.end(), same_document))
    return refused(
        "ink.other-nonce", "the strokes were made for another act on this document",
        "the nonce inside the envelope is not the sealed one: the envelope was exchanged; nothing was written");
  return refused(
      "ink.other-document", "the strokes were made for another document",
      "the digest inside the envelope is not that of the document shown: the envelope was exchanged; nothing "
      "was written");
}

}  // namespace segell::cli
