#include "ades/algorithms.h"
#include "ades/extender.h"

#include "base/encoding.h"
#include "signer/ades/seal.h"
#include "signer/pdf/store_revision.h"

namespace segell::signer::ades {

using base::Bytes;
using base::Result;

namespace {

// The key of a signature in /VRI: its decoded /Contents, padding included, by SHA-1 (ISO 32000-2, table 261).
std::string store_key(base::BytesView contents) {
  std::string key = base::to_hex(digest_of(Digest::sha1, contents));
  for (char& c : key)
    if (c >= 'a') c = static_cast<char>(c - 'a' + 'A');
  return key;
}

// Evidence goes into /DSS, and one document timestamp is both: a time for what has none, and the archive.
class DocumentExtender final : public Extender {
 public:
  DocumentExtender(pdf::SourcePtr document, const TrustMaterial& trust, const LongTermSources& sources)
      : Extender(trust, sources), m_parts{std::move(document)} {}

  [[nodiscard]] std::vector<Bytes> take_revisions() { return std::move(m_revisions); }

 private:
  [[nodiscard]] pdf::SourcePtr source() const {
    return m_parts.size() == 1 ? m_parts.front() : std::make_shared<pdf::ConcatenatedSource>(m_parts);
  }

  [[nodiscard]] ValidationGaps look() const override { return verifier().find_gaps(source(), options()); }

  void add(Bytes revision) {
    if (revision.empty()) return;
    m_parts.push_back(pdf::own_source(revision));
    m_revisions.push_back(std::move(revision));
  }

  Result<void> give_time(const Verdict& /*verdict*/) override { return stamp(); }
  Result<void> archive(const Verdict& /*verdict*/) override { return stamp(); }

  Result<void> stamp() {
    SEGELL_TRY(const pdf::Document document, pdf::Document::open_strict(source()));
    SEGELL_TRY(SealedRevision made, append_document_timestamp(document, *sources().tsa));
    add(std::move(made.bytes));
    return base::ok();
  }

  Result<void> keep(FetchedEvidence evidence) override {
    pdf::StoreAddition addition;
    addition.certificates = std::move(evidence.certificates);
    addition.crls = std::move(evidence.crls);
    addition.ocsp_responses = std::move(evidence.ocsp_responses);
    SEGELL_TRY(const pdf::Document document, pdf::Document::open_strict(source()));
    SEGELL_TRY(const auto signatures, pdf::find_signatures(document));
    for (const pdf::Signature& signature : signatures)
      if (signature.reachable) addition.signatures.push_back(store_key(signature.contents));
    SEGELL_TRY(pdf::AppendedRevision revision, pdf::append_to_security_store(document, addition));
    add(std::move(revision.bytes));
    return base::ok();
  }

  std::vector<pdf::SourcePtr> m_parts;
  std::vector<Bytes> m_revisions;
};

}  // namespace

std::uint64_t ExtendedDocument::added() const {
  std::uint64_t sum = 0;
  for (const Bytes& revision : revisions) sum += revision.size();
  return sum;
}

Result<ExtendedDocument> extend_document(const pdf::SourcePtr& document, LongTermLevel level,
                                         const TrustMaterial& trust, const LongTermSources& sources) {
  DocumentExtender extender(document, trust, sources);
  SEGELL_TRY(Verdict verdict, extender.run(level));
  return ExtendedDocument{.revisions = extender.take_revisions(), .verdict = std::move(verdict)};
}

}  // namespace segell::signer::ades
