#pragma once

#include "base/digest.h"
#include "base/result.h"
#include "base/time.h"
#include "signer/ades/disclosure.h"
#include "signer/ink/series.h"

#include <optional>
#include <string>
#include <vector>

namespace segell::cli {

/// An act that a sealed document declares, as far as an envelope is bound to it.
struct SealedAct {
  signer::ades::Manifest manifest;
  std::string sealed_by;  ///< common name on the seal; not judged here
};

/// What an envelope is checked against, and what came of it.
struct Binding {
  std::vector<SealedAct> acts;     ///< empty: no document was given
  bool committed = false;          ///< a disclosure proved that the document commits to exactly this envelope
  std::optional<SealedAct> act{};  ///< the one whose document digest and nonce stand in the envelope
};

/// The acts of a sealed document whose seals are intact. Errors: those of reading it; invalid_argument "ink.no-act";
/// forbidden "ink.document-altered" when a seal with an act is broken.
base::Result<Binding> load_binding(const std::string& document, base::Instant now);

/// Before anything is decrypted: the document must commit to an envelope of this digest. Errors: those of reading the
/// disclosure; forbidden "ink.not-committed" (it proves no envelope of this document), "ink.other-envelope".
base::Result<void> check_commitment(Binding& binding, const std::string& disclosure, const base::Sha256& envelope);

/// The document digest and the nonce inside must be those of one act. Errors: forbidden "ink.other-document",
/// "ink.other-nonce".
base::Result<void> check_record(Binding& binding, const signer::ink::InkRecord& record);

}  // namespace segell::cli
