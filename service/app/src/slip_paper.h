#pragma once

#include "base/bytes.h"
#include "layout/typesetter.h"
#include "open_slip.h"
#include "state.h"

#include <string>

namespace segell::app {

/// What a slip needs besides its content.
struct SlipPaperFacts {
  const TenantSettings& tenant;
  std::string public_url;
  base::Instant now{};
};

/// The slip as a PDF of one page, not sealed yet. A discreet one says neither organisation nor telephone.
base::Result<base::Bytes> lay_out_slip(const layout::Typesetter& typesetter, const OpenSlip& slip, const SlipCode& code,
                                       const SlipPaperFacts& facts);

/// Seals a paper that a person takes home: an invisible seal over nothing but the paper, since what it tells of the
/// person is what the paper says. Errors: those of sealing.
base::Result<base::Bytes> seal_home_paper(Service::State& state, const Tenant& tenant, base::Bytes paper,
                                          base::Instant now);

}  // namespace segell::app
