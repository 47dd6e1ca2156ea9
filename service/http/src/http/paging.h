#pragma once

#include "app/page.h"
#include "base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace segell::http {

/// The part of a list that a query asks for: "cursor=…&limit=…", each at most once, nothing else. Error: malformed
/// "request.bad-query", which says back no value.
base::Result<app::Page> read_page(std::string_view query);
/// The same with one parameter more, a word of a-z, 0-9, '-' and '_'; absent leaves `to` empty.
base::Result<app::Page> read_page(std::string_view query, std::string_view filter, std::string& to);

/// The language of a paper that is made for whoever asks: "language=…", alone. Error: malformed "request.bad-query".
base::Result<std::string_view> read_language(std::string_view query);

/// "signatureLength=N", alone, or nothing: how many octets of the body are a detached signature, whose content follows.
/// Error: malformed "request.bad-query".
base::Result<std::optional<std::uint64_t>> read_signature_length(std::string_view query);

}  // namespace segell::http
