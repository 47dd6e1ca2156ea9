#pragma once

#include "journal/merkle.h"
#include "journal/note.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace segell::journal {

/// C2SP tlog-checkpoint: what a log says of itself.
struct Checkpoint {
  std::string origin;
  std::uint64_t size = 0;
  Hash root{};
  bool operator==(const Checkpoint&) const = default;
};

/// The note text: origin, size, root in base64, a line each. Error: invalid_argument "checkpoint.origin" (empty, or a
/// control character).
base::Result<std::string> write_checkpoint(const Checkpoint& checkpoint);

/// Extension lines behind the root are accepted and ignored. Error: malformed "checkpoint.malformed".
base::Result<Checkpoint> parse_checkpoint(std::string_view note_text);

base::Result<std::string> sign_checkpoint(const Checkpoint& checkpoint, const VerifierKey& as,
                                          const base::SigningKey& key);

/// Checks the note under the log's key and that the origin is the key's name. Errors: as verify_note and
/// parse_checkpoint; untrusted "checkpoint.origin".
base::Result<Checkpoint> verify_checkpoint(std::string_view note, const VerifierKey& log_key);

}  // namespace segell::journal
