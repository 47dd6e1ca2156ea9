#pragma once

#include "base/bytes.h"
#include "signer/pdf/document.h"

#include <cstdint>
#include <vector>

namespace segell::signer::pdf {

/// What the document security store holds as of a revision (/DSS in the catalog: ISO 32000-2, 12.8.4.3).
struct SecurityStore {
  /// What one stream holds, decoded, and where its octets end in the file: a timestamp over them proves that they
  /// existed.
  struct Item {
    base::Bytes octets;
    std::uint64_t end = 0;
  };
  bool present = false;
  std::vector<Item> certificates;
  std::vector<Item> crls;
  std::vector<Item> ocsp_responses;
};
base::Result<SecurityStore> read_security_store(const Document& document, RevisionIndex as_of);

}  // namespace segell::signer::pdf
