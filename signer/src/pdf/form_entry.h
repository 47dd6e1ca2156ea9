#pragma once

#include "signer/pdf/fields.h"
#include "signer/pdf/revision_writer.h"

#include <string_view>

namespace segell::signer::pdf {

/// Enters fields ("12 0 R 13 0 R", may be empty) into the form of the base and adds bits to /SigFlags; makes the form
/// where there is none. Errors: malformed.
base::Result<void> add_to_form(RevisionWriter& writer, const Form& form, std::string_view fields, std::int64_t flags);

}  // namespace segell::signer::pdf
