#pragma once

#include "base/decryption_key.h"
#include "base/result.h"
#include "base/secret.h"

#include <filesystem>
#include <string>
#include <vector>

namespace segell::cli {

/// How many characters a half of a passphrase has at least: neither person may be able to guess the other's.
inline constexpr std::size_t kLeastHalf = 16;

/// The passphrase of a two-person key: 64 hexadecimal digits, SHA-256 of "segell.custody-passphrase/1" and the two
/// halves in ascending order, each followed by a line feed (docs/custody.md says it in shell). Neither half tells
/// anything of it, and it does not matter who comes first. Errors: invalid_argument "custody.half-too-short",
/// "custody.halves-equal".
base::Result<base::Secret> combine_halves(const base::Secret& one, const base::Secret& other);

/// The first line of a file that holds a passphrase or a half of one.
base::Result<base::Secret> load_passphrase(const std::filesystem::path& path);

/// Asks at the terminal, without showing what is typed. Error: unavailable "custody.no-terminal".
base::Result<base::Secret> ask_passphrase(const std::string& question);

/// A custodian's key, PEM or PKCS#12.
base::Result<base::DecryptionKey> load_custody_key(const std::filesystem::path& path, const base::Secret& passphrase);

/// Who opens a key, and with what.
struct KeyHolders {
  std::string opener, witness;
  std::vector<std::string> passphrase_files;  ///< one each, or none: then both are asked
  std::string single_person_note;             ///< not empty: one person alone, and why
};

struct OpenedKey {
  base::DecryptionKey key;
  bool two_persons = false;
};

/// With two halves, or with one passphrase or none and a note why one person suffices. Errors: those of the key;
/// forbidden "custody.single-person" for a key that one person could open without that note; invalid_argument
/// "custody.halves" for a wrong number of files.
base::Result<OpenedKey> open_custody_key(const std::filesystem::path& path, const KeyHolders& holders);

}  // namespace segell::cli
