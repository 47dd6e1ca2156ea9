#pragma once

#include "base/bytes.h"

#include <optional>

namespace segell::signer::pdf {

/// What a file's key is derived from: the entries of its /Encrypt dictionary (ISO 32000-2, table 21).
struct KeyMaterial {
  int revision = 0;
  std::size_t length = 5;  ///< octets of the key, revisions 2 to 4
  base::Bytes owner, user, user_key;
  std::uint32_t permissions = 0;
  bool encrypts_metadata = true;
  base::Bytes id;  ///< the first string of the trailer's /ID
};

/// The file's key by the empty user password; nothing where it needs another one. Entries have been checked for their
/// lengths: owner and user 32 octets (48 from revision 5 on), user_key 32.
std::optional<base::Bytes> key_without_password(const KeyMaterial& material);

base::Bytes md5(base::BytesView octets);
/// RC4, which OpenSSL keeps in a provider that a program has to load: the cipher of files before PDF 1.6.
base::Bytes rc4(base::BytesView key, base::BytesView octets);
/// AES in CBC; the size of the key chooses between 128 and 256 bits. `octets` are whole blocks, no padding is undone.
base::Bytes aes_cbc(base::BytesView key, base::BytesView iv, base::BytesView octets, bool encrypts);

}  // namespace segell::signer::pdf
