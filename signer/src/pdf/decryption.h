#pragma once

#include "base/result.h"
#include "signer/pdf/object.h"

#include <memory>

namespace segell::signer::pdf {

/// The standard security handler (ISO 32000-1, 7.6; revision 6: ISO 32000-2, 7.6.4) opened with the empty user
/// password: what every reader shows without asking. RC4, AES-128 and AES-256. Immutable; shared by the objects of one
/// file.
class Decryption {
 public:
  /// From the /Encrypt dictionary, its values resolved, and the first string of /ID. Errors: unsupported
  /// "pdf.encryption" (another handler or algorithm); forbidden "pdf.password" (the empty password does not open it);
  /// malformed "pdf.encryption".
  static base::Result<std::shared_ptr<const Decryption>> open(const Dictionary& encrypt, std::string_view id);

  /// The object as it is meant: strings decrypted, a stream marked with the object whose key its octets need. Never a
  /// signature's /Contents (7.6.1).
  [[nodiscard]] Object decrypt(const Object& object, Ref ref) const;
  /// The octets of a stream that decrypt() marked. Error: malformed "pdf.encryption".
  [[nodiscard]] base::Result<base::Bytes> decrypt_stream(base::BytesView octets, Ref ref) const;

 private:
  enum class Method { none, rc4, aes };
  struct Filters;

  Decryption() = default;
  static base::Result<Method> method_of(const Dictionary& encrypt, std::string_view which, int version);
  [[nodiscard]] base::Bytes key_for(Ref ref, Method method) const;
  [[nodiscard]] base::Result<base::Bytes> decrypt(base::BytesView octets, Ref ref, Method method) const;
  [[nodiscard]] bool is_plain(const Dictionary& stream) const;

  base::Bytes m_key;
  bool m_one_key = false;  ///< revision 5 and 6: the file's key is every object's
  Method m_strings = Method::rc4, m_streams = Method::rc4;
  bool m_metadata = true;  ///< whether metadata streams are encrypted
};

}  // namespace segell::signer::pdf
