#include "token_library.h"

#include <dlfcn.h>

#include <optional>

namespace segell::base {
namespace {

constexpr const char* kTokenLibraryName = "libp11-kit.so.0";  // the header of the build is checked by CMake

struct NamedFunctions {
  void* library = nullptr;
  bool complete = true;

  template <class Function>
  void find(Function& function, const char* name) {
    function = reinterpret_cast<Function>(::dlsym(library, name));
    complete = complete && function != nullptr;
  }
};

std::optional<TokenLibrary> open_token_library() {
  NamedFunctions names{::dlopen(kTokenLibraryName, RTLD_NOW | RTLD_LOCAL)};
  if (names.library == nullptr) return std::nullopt;
  TokenLibrary out;
  names.find(out.uri_new, "p11_kit_uri_new");
  names.find(out.uri_free, "p11_kit_uri_free");
  names.find(out.uri_parse, "p11_kit_uri_parse");
  names.find(out.uri_any_unrecognized, "p11_kit_uri_any_unrecognized");
  names.find(out.uri_match_token, "p11_kit_uri_match_token_info");
  names.find(out.uri_match_module, "p11_kit_uri_match_module_info");
  names.find(out.uri_token, "p11_kit_uri_get_token_info");
  names.find(out.uri_attribute, "p11_kit_uri_get_attribute");
  names.find(out.uri_pin_value, "p11_kit_uri_get_pin_value");
  names.find(out.uri_pin_source, "p11_kit_uri_get_pin_source");
  names.find(out.uri_module_name, "p11_kit_uri_get_module_name");
  names.find(out.uri_module_path, "p11_kit_uri_get_module_path");
  names.find(out.module_load, "p11_kit_module_load");
  names.find(out.module_initialize, "p11_kit_module_initialize");
  names.find(out.module_finalize, "p11_kit_module_finalize");
  names.find(out.module_release, "p11_kit_module_release");
  names.find(out.modules_open, "p11_kit_modules_load_and_initialize");
  names.find(out.modules_close, "p11_kit_modules_finalize_and_release");
  names.find(out.module_name, "p11_kit_module_get_name");
  names.find(out.message, "p11_kit_message");
  return names.complete ? std::optional(out) : std::nullopt;
}

}  // namespace

Result<const TokenLibrary*> token_library() {
  static const std::optional<TokenLibrary> kOpened = open_token_library();
  if (kOpened) return &*kOpened;
  return fail(Code::unavailable, "pkcs11.library", "keys in tokens need the library p11-kit, which is not installed",
              "install the package libp11-kit0");
}

}  // namespace segell::base
