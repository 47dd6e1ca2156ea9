#pragma once

#include "base/bytes.h"

#include <optional>

namespace segell::signer::ades {

/// The BasicOCSPResponse inside an OCSPResponse (RFC 6960 4.2.1); nothing where it was refused or is of another type.
std::optional<base::Bytes> basic_ocsp_of(base::BytesView response);

}  // namespace segell::signer::ades
