#include "ades/algorithms.h"
#include "ades/archive_timestamp.h"
#include "ades/cms_extend.h"
#include "ades/der.h"
#include "ades/digest_stream.h"
#include "ades/extender.h"
#include "ades/formats.h"

namespace segell::signer::ades {

using base::Bytes;
using base::BytesView;
using base::Code;
using base::fail;
using base::Result;

namespace {

constexpr Digest kArchiveDigest = Digest::sha256;

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
    SEGELL_TRY(const CmsSignatures read, parse_cms_signers(m_message, m_message.size()));
    SEGELL_TRY(const CmsLayout layout, lay_out_cms(m_message));
    CmsAddition addition{.certificates = {}, .crls = {}, .ocsp_responses = {}, .attributes = {}};
    for (std::size_t i = 0; i < read.signers.size(); ++i) {
      Bytes& attribute = addition.attributes.emplace_back();
      if (!is_anchored(verdict.signatures.at(i)) || has_time(verdict.signatures.at(i))) continue;
      SEGELL_TRY(const TimestampToken token, stamp(read.signers[i].signature));
      attribute = der::attribute(der::oid(der::kOidTimeStampToken), token.der());
    }
    m_message = extend_cms(layout, addition);
    return base::ok();
  }

  Result<void> keep(FetchedEvidence evidence) override {
    SEGELL_TRY(const CmsLayout layout, lay_out_cms(m_message));
    m_message = extend_cms(layout, {.certificates = std::move(evidence.certificates),
                                    .crls = std::move(evidence.crls),
                                    .ocsp_responses = std::move(evidence.ocsp_responses),
                                    .attributes = {}});
    return base::ok();
  }

  Result<void> archive(const Verdict& verdict) override {
    SEGELL_TRY(const Bytes content, content_digest());
    SEGELL_TRY(const CmsLayout layout, lay_out_cms(m_message));
    CmsAddition addition{.certificates = {}, .crls = {}, .ocsp_responses = {}, .attributes = {}};
    for (std::size_t i = 0; i < layout.signers.size(); ++i) {
      Bytes& attribute = addition.attributes.emplace_back();
      if (!is_anchored(verdict.signatures.at(i))) continue;
      const Bytes index = write_hash_index(layout, layout.signers[i], kArchiveDigest);
      SEGELL_TRY(const TimestampToken token, stamp(archived_octets(layout, layout.signers[i], content, index)));
      SEGELL_TRY(const Bytes indexed, with_index(token, index));
      attribute = der::attribute(der::oid_from_dotted(kArchiveTimestamp), indexed);
    }
    m_message = extend_cms(layout, addition);
    return base::ok();
  }

  [[nodiscard]] Result<TimestampToken> stamp(BytesView octets) const {
    return sources().tsa->fetch(base::HashAlgorithm::sha256, base::sha256(octets));
  }

  // The index goes into the token as an unsigned attribute: what its authority signed stays as it is.
  static Result<Bytes> with_index(const TimestampToken& token, BytesView index) {
    SEGELL_TRY(const CmsLayout layout, lay_out_cms(token.der()));
    return extend_cms(layout, {.certificates = {},
                               .crls = {},
                               .ocsp_responses = {},
                               .attributes = {der::attribute(der::oid_from_dotted(kHashIndex), index)}});
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
    return fail(Code::unsupported, "extend.format", "the file is neither a PDF nor a CAdES signature (.p7s, .p7m)",
                "containers (ASiC) cannot be extended");
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
