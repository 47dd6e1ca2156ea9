#pragma once

#include "base/error.h"
#include "http/message.h"

#include <string_view>

namespace segell::http {

/// The HTTP status of each failure: the one place.
int status_of(base::Code code) noexcept;
/// The same, with the reasons that have a status of their own.
int status_of(const base::Error& error) noexcept;

/// An RFC 9457 problem document: type, title, status, detail, code (= the failure's reason id), hint, requestId. What
/// went wrong inside (internal, corrupt, crypto, io) is told to the log, not to the caller.
Response make_problem(int status, const base::Error& error, std::string_view request_id);
Response make_problem(const base::Error& error, std::string_view request_id);

}  // namespace segell::http
