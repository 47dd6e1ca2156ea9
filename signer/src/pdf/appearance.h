#pragma once

#include "signer/pdf/signature_revision.h"

namespace segell::signer::pdf {

/// Writes the appearance as a form XObject of `width` × `height` points, upright as displayed on a page turned by
/// `rotate`. Errors: those of opening and importing the statement; invalid_argument "pdf.ink-mask".
base::Result<Ref> write_appearance(RevisionWriter& writer, const SignatureAppearance& appearance, double width,
                                   double height, int rotate);

}  // namespace segell::signer::pdf
