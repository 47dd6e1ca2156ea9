#pragma once

#include "base/bytes.h"
#include "layout/typesetter.h"
#include "open_slip.h"

#include <string>

namespace segell::app {

/// What a slip needs besides its content.
struct SlipPaperFacts {
  std::string organisation;
  std::string telephone;  ///< empty: none is printed
  std::string public_url;
  base::Instant now{};
};

/// The slip as a PDF of one page, not sealed yet. A discreet one says neither organisation nor telephone.
base::Result<base::Bytes> lay_out_slip(const layout::Typesetter& typesetter, const OpenSlip& slip, const SlipCode& code,
                                       const SlipPaperFacts& facts);

}  // namespace segell::app
