#pragma once

#include "base/json.h"
#include "base/signing_key.h"
#include "signer/ades/seal.h"

#include <string>

namespace segell::app {

/// What makes the same octets to be signed again, on the same revision.
struct SealLayout {
  base::SealIdentity identity;  ///< its key is elsewhere
  base::RsaPadding padding = base::RsaPadding::pkcs1;
  std::string field;
  std::string reason;
  base::Instant time{};            ///< claimed, of the preparation
  std::size_t timestamp_room = 0;  ///< 0: the seal stays without a timestamp of its own
  base::Bytes to_be_signed{};      ///< what laying it out gave
};

base::Json to_json(const SealLayout& layout);
/// Error: corrupt "app.record".
base::Result<SealLayout> seal_layout_from_json(const base::Json& json);

/// Errors: those of Document::open_strict, place_named and Sealer::prepare.
base::Result<signer::ades::PreparedSeal> lay_out_seal(base::BytesView document, const SealLayout& layout);

}  // namespace segell::app
