#include "ades/cms_stamp.h"

#include "ades/archive_timestamp.h"
#include "ades/cms_extend.h"
#include "ades/der.h"

namespace segell::signer::ades {
namespace {

using base::Bytes;
using base::BytesView;
using base::Result;

CmsAddition nothing_yet() { return {.certificates = {}, .crls = {}, .ocsp_responses = {}, .attributes = {}}; }

// The index goes into the token as an unsigned attribute: what its authority signed stays as it is.
Result<Bytes> with_index(const TimestampToken& token, BytesView index) {
  SEGELL_TRY(const CmsLayout layout, lay_out_cms(token.der()));
  CmsAddition addition = nothing_yet();
  addition.attributes.push_back(der::attribute(der::oid_from_dotted(kHashIndex), index));
  return extend_cms(layout, addition);
}

}  // namespace

Result<Bytes> stamp_signatures(BytesView message, const WantsStamp& wants, const StampOctets& stamp) {
  SEGELL_TRY(const CmsSignatures read, parse_cms_signers(message, message.size()));
  SEGELL_TRY(const CmsLayout layout, lay_out_cms(message));
  CmsAddition addition = nothing_yet();
  for (std::size_t i = 0; i < read.signers.size(); ++i) {
    Bytes& attribute = addition.attributes.emplace_back();
    if (!wants(i)) continue;
    SEGELL_TRY(const TimestampToken token, stamp(read.signers[i].signature));
    attribute = der::attribute(der::oid(der::kOidTimeStampToken), token.der());
  }
  return extend_cms(layout, addition);
}

Result<Bytes> add_evidence(BytesView message, const FetchedEvidence& evidence) {
  SEGELL_TRY(const CmsLayout layout, lay_out_cms(message));
  return extend_cms(layout, {.certificates = evidence.certificates,
                             .crls = evidence.crls,
                             .ocsp_responses = evidence.ocsp_responses,
                             .attributes = {}});
}

Result<Bytes> stamp_archive(BytesView message, BytesView content_digest, const WantsStamp& wants,
                            const StampOctets& stamp) {
  SEGELL_TRY(const CmsLayout layout, lay_out_cms(message));
  CmsAddition addition = nothing_yet();
  for (std::size_t i = 0; i < layout.signers.size(); ++i) {
    Bytes& attribute = addition.attributes.emplace_back();
    if (!wants(i)) continue;
    const Bytes index = write_hash_index(layout, layout.signers[i], kArchiveDigest);
    SEGELL_TRY(const TimestampToken token, stamp(archived_octets(layout, layout.signers[i], content_digest, index)));
    SEGELL_TRY(const Bytes indexed, with_index(token, index));
    attribute = der::attribute(der::oid_from_dotted(kArchiveTimestamp), indexed);
  }
  return extend_cms(layout, addition);
}

}  // namespace segell::signer::ades
