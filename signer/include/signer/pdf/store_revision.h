#pragma once

#include "signer/pdf/revision_writer.h"

#include <string>
#include <vector>

namespace segell::signer::pdf {

/// What a document's security store gets (ISO 32000-2, 12.8.4.3). Values that it holds already are left out.
struct StoreAddition {
  std::vector<base::Bytes> certificates;
  std::vector<base::Bytes> crls;
  std::vector<base::Bytes> ocsp_responses;
  /// Keys of /VRI under which the new values stand too: upper-case hex SHA-1 of the decoded /Contents of the signatures
  /// that they are for.
  std::vector<std::string> signatures;
};

/// One more revision that adds to /DSS; nothing else but the catalog's entry for it changes. Empty octets when there is
/// nothing to add. Errors: those of RevisionWriter; malformed.
base::Result<AppendedRevision> append_to_security_store(const Document& document, const StoreAddition& addition);

}  // namespace segell::signer::pdf
