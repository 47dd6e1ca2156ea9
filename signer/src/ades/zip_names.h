#pragma once

#include "zip_archive.h"

#include <string>
#include <string_view>
#include <vector>

namespace segell::signer::ades {

/// A name as words may quote it: in quotation marks, at most 80 octets, control characters and broken UTF-8 replaced.
std::string quoted_name(std::string_view name);

/// Why a file must not have this name in a container; empty when it may. Relative, no "." or "..", no empty part, no
/// backslash, no drive, no control character, UTF-8.
std::string_view fault_of_name(std::string_view name);

/// What is wrong with the names of an archive, in words: bad ones, and two that are the same to a file system that
/// ignores case or composes letters.
std::vector<std::string> faults_of_names(const std::vector<ZipEntry>& entries);

}  // namespace segell::signer::ades
