#include "base/openssl_context.h"

#include "base/openssl_ptr.h"

#include <openssl/core.h>
#include <openssl/core_dispatch.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/provider.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

namespace segell::base {
namespace {

constexpr std::array<std::string_view, 5> kKeyTypes{"RSA", "RSA-PSS", "EC", "ED25519", "ED448"};
constexpr std::string_view kStructure = "structure=SubjectPublicKeyInfo";

// "RSA:rsaEncryption:1.2.840.113549.1.1.1"
bool names_key_type(std::string_view names) {
  const std::string_view first = names.substr(0, names.find(':'));
  return std::ranges::find(kKeyTypes, first) != kKeyTypes.end();
}

// What the context is made of. A provider of our own that implements nothing: it hands on the default provider's tables
// (OSSL_PROVIDER_query_operation, OSSL_PROVIDER_get0_provider_ctx), two of them shortened.
struct Selection {
  OSSL_PROVIDER* whole = nullptr;
  std::vector<OSSL_ALGORITHM> decoders, key_types;  // ended by an entry without names, as OpenSSL wants it

  template <class Wanted>
  std::vector<OSSL_ALGORITHM> select(int operation, const Wanted& wanted) const {
    int no_store = 0;
    std::vector<OSSL_ALGORITHM> out;
    const OSSL_ALGORITHM* next = OSSL_PROVIDER_query_operation(whole, operation, &no_store);
    for (; next != nullptr && next->algorithm_names != nullptr; ++next)
      if (wanted(*next)) out.push_back(*next);
    out.push_back({nullptr, nullptr, nullptr, nullptr});
    return out;
  }

  void load() {
    // an operator who configured other providers, or FIPS alone, gets those: the context is a matter of speed
    if (OSSL_PROVIDER_available(nullptr, "default") != 1 || EVP_default_properties_is_fips_enabled(nullptr) == 1)
      return;
    whole = OSSL_PROVIDER_load(nullptr, "default");
    if (whole == nullptr) return;
    decoders = select(OSSL_OP_DECODER, [](const OSSL_ALGORITHM& one) {
      return names_key_type(one.algorithm_names) &&
             std::string_view(one.property_definition).find(kStructure) != std::string_view::npos;
    });
    key_types = select(OSSL_OP_KEYMGMT, [](const OSSL_ALGORITHM& one) { return names_key_type(one.algorithm_names); });
  }
};

Selection& selection() {
  static auto* const kSelection = new Selection();  // NOLINT: OpenSSL asks it until the process ends
  return *kSelection;
}

const OSSL_ALGORITHM* query(void*, int operation, int* no_store) {
  *no_store = 0;
  if (operation == OSSL_OP_DECODER) return selection().decoders.data();
  if (operation == OSSL_OP_KEYMGMT) return selection().key_types.data();
  return OSSL_PROVIDER_query_operation(selection().whole, operation, no_store);
}

using Dispatched = void (*)();

int start(const OSSL_CORE_HANDLE*, const OSSL_DISPATCH*, const OSSL_DISPATCH** out, void** context) {
  static const std::array kDispatch{
      OSSL_DISPATCH{OSSL_FUNC_PROVIDER_QUERY_OPERATION, reinterpret_cast<Dispatched>(&query)},
      OSSL_DISPATCH{0, nullptr}};
  *out = kDispatch.data();
  *context = OSSL_PROVIDER_get0_provider_ctx(selection().whole);
  return 1;
}

OSSL_LIB_CTX* make() {
  clear_openssl_errors();
  selection().load();
  OSSL_LIB_CTX* context = selection().whole == nullptr ? nullptr : OSSL_LIB_CTX_new();
  if (context == nullptr) return nullptr;
  constexpr const char* kName = "segell-certificates";
  if (OSSL_PROVIDER_add_builtin(context, kName, &start) == 1 && OSSL_PROVIDER_load(context, kName) != nullptr)
    return context;
  OSSL_LIB_CTX_free(context);
  clear_openssl_errors();
  return nullptr;
}

}  // namespace

ossl_lib_ctx_st* certificate_context() {
  static OSSL_LIB_CTX* const kContext = make();
  return kContext;
}

void leave_out_cipher_names() { OPENSSL_init_crypto(OPENSSL_INIT_NO_ADD_ALL_CIPHERS, nullptr); }

}  // namespace segell::base
