#pragma once

#include "base/certificate.h"
#include "base/secret.h"
#include "openssl_key.h"
#include "token_library.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace segell::base {

/// What a `pkcs11:` URI asks for.
struct TokenAddress {
  std::shared_ptr<P11KitUri> uri;
  std::string module_path, module_name;
  std::string pin_source;
  std::string token;   ///< as words name it
  std::string object;  ///< as words name it

  static Result<TokenAddress> parse(std::string_view text);
};

/// A logged-in session with a token and the private key that was found there. Not thread-safe.
class TokenSession {
 public:
  /// Errors: see open_token_key.
  static Result<std::unique_ptr<TokenSession>> open(const TokenAddress& address, const Secret& pin);
  ~TokenSession();
  TokenSession(const TokenSession&) = delete;
  TokenSession& operator=(const TokenSession&) = delete;

  [[nodiscard]] Result<PkeyPtr> public_key() const;
  [[nodiscard]] std::vector<Certificate> certificates() const;

  /// C_Sign over octets that are ready for the mechanism. `lost` is set when the token or the session is gone, which
  /// opening anew may heal.
  Result<Bytes> sign(CK_MECHANISM mechanism, BytesView input, bool& lost);

 private:
  explicit TokenSession(const TokenAddress& address) : m_address(address) {}
  Result<void> load_modules();
  Result<void> find_token();
  Result<void> log_in(const Secret& pin);
  Result<void> find_key();
  [[nodiscard]] std::vector<CK_OBJECT_HANDLE> find(std::vector<CK_ATTRIBUTE> wanted, std::size_t most) const;
  [[nodiscard]] Bytes attribute(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type) const;
  [[nodiscard]] CK_OBJECT_HANDLE object_beside(CK_OBJECT_CLASS wanted) const;
  [[nodiscard]] Failure failed(std::string_view doing, CK_RV code) const;

  const TokenAddress& m_address;
  const TokenLibrary* m_library = nullptr;
  CK_FUNCTION_LIST* m_single = nullptr;    // the module that the URI names
  CK_FUNCTION_LIST** m_modules = nullptr;  // or all that are known
  CK_FUNCTION_LIST* m_module = nullptr;    // the one with the token
  CK_SLOT_ID m_slot = 0;
  CK_FLAGS m_token_flags = 0;
  CK_SESSION_HANDLE m_session = CK_INVALID_HANDLE;
  CK_OBJECT_HANDLE m_key = CK_INVALID_HANDLE;
  Bytes m_id;  // CKA_ID of the key
};

}  // namespace segell::base
