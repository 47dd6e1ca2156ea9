#pragma once

#include "base/result.h"
#include "journal/checkpoint.h"
#include "journal/merkle.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace segell::journal {

/// C2SP tlog-proof (`.tlog-proof`): an entry's place in a log, to keep beside the entry.
struct ProofFile {
  base::Bytes extra;  ///< not authenticated by anything
  std::uint64_t index = 0;
  std::vector<Hash> proof;
  std::string checkpoint;  ///< the signed note as it came
};

std::string write_proof_file(const ProofFile& file);
/// Error: malformed "tlog-proof.malformed".
base::Result<ProofFile> parse_proof_file(std::string_view text);
/// The checkpoint that covers the entry. Errors: as verify_checkpoint; untrusted "tlog-proof.not-included".
base::Result<Checkpoint> verify_proof_file(const ProofFile& file, base::BytesView entry, const VerifierKey& log_key);

}  // namespace segell::journal
