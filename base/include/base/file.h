#pragma once

#include "base/bytes.h"
#include "base/result.h"

#include <filesystem>
#include <string>

namespace segell::base {

/// What the system says of an `errno`, in lower case as all messages are ("no such file or directory").
std::string system_words(int error);

/// The whole of a file (or pipe) that the operator names on a command line or in a configuration: never more than
/// `max_bytes`. Errors name the file: not_found "file.not-found", io "file.unreadable", limit_exceeded
/// "file.too-large".
Result<Bytes> load_file(const std::filesystem::path& path, std::size_t max_bytes);

}  // namespace segell::base
