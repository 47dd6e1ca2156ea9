#pragma once

#include "base/bytes.h"
#include "layout/typesetter.h"
#include "request_payload.h"
#include "signer/ades/manifest.h"
#include "signer/ades/seal.h"

#include <map>
#include <string>

namespace segell::app {

/// What Segell itself prints: the page of choices and the honest statement beside the ink.
struct PaperFacts {
  std::string organisation;
  std::string person;
  std::string public_url;
  std::string verification_code;  ///< as shown
  base::Instant now{};
};

/// The added page: each choice in words, code and QR, and room for the signature. `notice_titles` by notice key.
base::Result<base::Bytes> lay_out_choices(const layout::Typesetter& typesetter, const RequestPayload& request,
                                          const PaperFacts& facts,
                                          const std::map<std::string, std::string>& notice_titles);

/// "sealed by X, which declares that Y signed …", without the time: so it can be set before the act.
base::Result<base::Bytes> lay_out_statement(const layout::Typesetter& typesetter, std::string_view language,
                                            const PaperFacts& facts, signer::ades::Method method,
                                            signer::ades::Meaning meaning, double width, double height);

/// The line under it: when the act was done.
base::Result<base::Bytes> lay_out_time(const layout::Typesetter& typesetter, std::string_view language,
                                       base::Instant now, double width);

/// Size of a signature on paper, points: ink of 80 mm × 30 mm with the statement beside it.
inline constexpr double kFieldWidth = 483;
inline constexpr double kFieldHeight = 86;
inline constexpr double kInkWidth = 227;
inline constexpr double kTimeHeight = 14;
inline constexpr double kFieldGap = 8;

}  // namespace segell::app
