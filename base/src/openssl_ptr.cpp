#include "base/openssl_ptr.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ts.h>

#include <stdexcept>

namespace segell::base {

void clear_openssl_errors() noexcept { ERR_clear_error(); }

std::string drain_openssl_errors() {
  std::string text;
  while (const unsigned long code = ERR_get_error()) {
    const char* reason = ERR_reason_error_string(code);
    if (!text.empty()) text += "; ";
    text += reason != nullptr ? std::string(reason) : "error " + std::to_string(code);
  }
  return text;
}

Failure openssl_failure(Code code, std::string_view reason, std::string_view message, std::string hint) {
  std::string text(message);
  if (const std::string queue = drain_openssl_errors(); !queue.empty()) text += " (" + queue + ")";
  return fail(code, reason, std::move(text), std::move(hint));
}

Result<void> check_openssl(int returned, std::string_view reason, std::string_view message) {
  if (returned == 1) return ok();
  return openssl_failure(Code::crypto, reason, message);
}

void require_openssl(bool succeeded, const char* what) {
  if (!succeeded) throw std::runtime_error(std::string(what) + ": " + drain_openssl_errors());
}

BioPtr source_of(BytesView octets) {
  // OpenSSL takes no null pointer, and an empty view may have no other.
  const void* const begin = octets.empty() ? static_cast<const void*>("") : octets.data();
  BioPtr source(BIO_new_mem_buf(begin, static_cast<int>(octets.size())));
  require_openssl(source != nullptr, "memory");
  return source;
}

}  // namespace segell::base
