#pragma once

#include "digest_stream.h"
#include "work.h"

namespace segell::signer::ades {

/// One signer of a message that lies outside of PDF.
struct SignerPlace {
  base::BytesView message;  ///< octets that parse_cms_signers took
  std::size_t signer = 0;   ///< which SignerInfo
};

/// Every digest of its content that a signer's message asks for: its own, and those of its archive timestamps.
std::set<Digest> digests_wanted(const CmsMessage& signer);

/// The archive timestamps of a signer (archive-time-stamp-v3, EN 319 122-1 5.5.3), newest first, since each proves
/// those that it is over (EN 319 102-1 5.6.3): fills proven_before and Inquiry::archived. `content` as in
/// judge_detached.
void judge_archive_timestamps(Inquiry& file, Work& work, const SignerPlace& place, const Digests* content);

}  // namespace segell::signer::ades
