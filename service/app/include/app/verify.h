#pragma once

#include "app/service.h"
#include "base/bytes.h"
#include "base/spool.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace segell::app {

/// The verdict (`segell.verdict/1`, compact JSON) on a file with the service's anchors and CRLs: PDF, CMS or container.
/// `content` is what a detached signature is over. Stores nothing, writes no event, and never fails for what the file
/// holds. Error: unavailable "verify.busy" while as many run as the settings allow.
base::Result<std::string> verify(Service& service, base::BytesView file, std::optional<base::BytesView> disclosure,
                                 std::optional<base::BytesView> content = {});

/// The same on octets too many for memory. With `signature_length` they are two files, one behind the other: a detached
/// signature of that length, then what it is over. Error too: malformed "verify.bad-split" when they are shorter.
base::Result<std::string> verify_spooled(Service& service, const std::shared_ptr<const base::Spool>& octets,
                                         std::optional<std::uint64_t> signature_length);

/// Of a signature that should be as long as all there is, or longer.
inline base::Failure bad_split() {
  return base::fail(base::Code::malformed, "verify.bad-split",
                    "the body is no longer than the signature that it should begin with",
                    "signatureLength is the length of the signature's file; its content follows in the same body");
}

}  // namespace segell::app
