#pragma once

#include "base/bytes.h"
#include "storage/ids.h"

#include <string_view>

namespace segell::storage {

/// What a revision's octets are bound to: no other document or place accepts them.
inline base::Bytes blob_context(const TenantId& tenant, const DocumentId& document, std::uint32_t revision) {
  base::Bytes context = base::to_bytes(std::string_view("segell.blob/1"));
  base::append(context, tenant.bytes());
  base::append(context, document.bytes());
  for (int shift = 24; shift >= 0; shift -= 8) context.push_back(static_cast<std::byte>(revision >> shift & 0xFF));
  return context;
}

}  // namespace segell::storage
