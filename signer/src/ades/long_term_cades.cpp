#include "ades/cms_stamp.h"
#include "ades/formats.h"

namespace segell::signer::ades {

using base::Bytes;
using base::BytesView;
using base::Code;
using base::fail;
using base::Result;

namespace {

// Evidence goes into the message beside the certificates, a time and archive timestamps into each SignerInfo (EN 319
// 122-1 5.3 to 5.5).
class CadesExtender final : public Extender {
 public:
  CadesExtender(Bytes message, pdf::SourcePtr content, const TrustMaterial& trust, const LongTermSources& sources)
      : Extender(trust, sources), m_message(std::move(message)), m_content(std::move(content)) {}

  [[nodiscard]] Bytes take_message() { return std::move(m_message); }

 private:
  [[nodiscard]] ValidationGaps look() const override {
    VerifyOptions how = options();
    how.content = m_content;
    return verifier().find_gaps(pdf::borrow_source(m_message), how);
  }

  Result<void> give_time(const Verdict& verdict) override {
    const auto wants = [&](std::size_t i) {
      return is_anchored(verdict.signatures.at(i)) && !has_time(verdict.signatures.at(i));
    };
    SEGELL_TRY(m_message, stamp_signatures(m_message, wants, stamp()));
    return base::ok();
  }

  Result<void> keep(FetchedEvidence evidence) override {
    SEGELL_TRY(m_message, add_evidence(m_message, evidence));
    return base::ok();
  }

  Result<void> archive(const Verdict& verdict) override {
    SEGELL_TRY(const Bytes content, content_digest());
    const auto wants = [&](std::size_t i) { return is_anchored(verdict.signatures.at(i)); };
    SEGELL_TRY(m_message, stamp_archive(m_message, content, wants, stamp()));
    return base::ok();
  }

  [[nodiscard]] Result<Bytes> content_digest() const {
    SEGELL_TRY(const CmsSignatures read, parse_cms_signers(m_message, m_message.size()));
    DigestStream stream({kArchiveDigest});
    if (read.has_content) {
      for (const BytesView piece : read.content) stream.feed(piece);
    } else {
      SEGELL_CHECK(
          pdf::for_each_piece(*m_content, {0, m_content->size()}, [&](BytesView piece) { stream.feed(piece); }));
    }
    return std::move(stream.finish().at(kArchiveDigest));
  }

  Bytes m_message;
  pdf::SourcePtr m_content;
};

}  // namespace

Result<ExtendedCades> extend_cades(const pdf::SourcePtr& signature, const pdf::SourcePtr& content, LongTermLevel level,
                                   const TrustMaterial& trust, const LongTermSources& sources) {
  SEGELL_TRY(const Format format, tell_format(*signature));
  if (format != Format::cms)
    return fail(Code::unsupported, "extend.format",
                "the file is neither a PDF, a CAdES signature (.p7s, .p7m) nor a container (.asics, .asice)");
  SEGELL_TRY(Bytes octets, read_cms_file(*signature, VerifyOptions().max_message_bytes));
  SEGELL_TRY(const CmsSignatures read, parse_cms_signers(octets, octets.size()));
  if (!read.has_content && !content)
    return fail(Code::not_found, "extend.no-content", "what the signature is over is not at hand",
                "give the file that was signed with --content");
  octets.resize(read.length);  // an end-of-line behind the message is nobody's
  CadesExtender extender(std::move(octets), content, trust, sources);
  SEGELL_TRY(Verdict verdict, extender.run(level));
  return ExtendedCades{.der = extender.take_message(), .verdict = std::move(verdict)};
}

}  // namespace segell::signer::ades
