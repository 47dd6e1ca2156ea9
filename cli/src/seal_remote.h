#pragma once

#include "seal_format.h"

namespace segell::cli {

// A seal whose key lies far away, in two steps that may be days and machines apart: the first writes what is to be
// signed, the second takes the signature. Between them stands a file (`segell.prepared/1`, JSON) without any secret.

/// Lays everything out, writes the state and says which digest is to be signed; nothing else is written.
base::Result<void> prepare_seal(const SealOptions& options, const Context& context, SealFormat format);

/// Lays everything out again, refuses any difference to what was prepared, checks the signature and writes the output.
base::Result<void> complete_seal(const SealOptions& options, const Context& context);

}  // namespace segell::cli
