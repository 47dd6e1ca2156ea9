#pragma once

#include "base/openssl_ptr.h"
#include "signer/ades/cms.h"

#include <map>
#include <set>

namespace segell::signer::ades {

using Digests = std::map<Digest, base::Bytes>;

/// Several digests of octets that come by once.
class DigestStream {
 public:
  explicit DigestStream(const std::set<Digest>& digests);
  void feed(base::BytesView piece);
  /// Once; the stream is over then.
  Digests finish();

 private:
  std::map<Digest, base::DigestCtxPtr> m_running;
};

}  // namespace segell::signer::ades
