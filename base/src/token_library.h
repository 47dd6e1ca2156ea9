#pragma once

#include "base/result.h"

#include <p11-kit/p11-kit.h>
#include <p11-kit/uri.h>

namespace segell::base {

/// The functions of p11-kit that this room calls. The library is opened by name when the first token is: few
/// installations have one, and no start should pay for it.
struct TokenLibrary {
  decltype(&::p11_kit_uri_new) uri_new = nullptr;
  decltype(&::p11_kit_uri_free) uri_free = nullptr;
  decltype(&::p11_kit_uri_parse) uri_parse = nullptr;
  decltype(&::p11_kit_uri_any_unrecognized) uri_any_unrecognized = nullptr;
  decltype(&::p11_kit_uri_match_token_info) uri_match_token = nullptr;
  decltype(&::p11_kit_uri_match_module_info) uri_match_module = nullptr;
  decltype(&::p11_kit_uri_get_token_info) uri_token = nullptr;
  decltype(&::p11_kit_uri_get_attribute) uri_attribute = nullptr;
  decltype(&::p11_kit_uri_get_pin_value) uri_pin_value = nullptr;
  decltype(&::p11_kit_uri_get_pin_source) uri_pin_source = nullptr;
  decltype(&::p11_kit_uri_get_module_name) uri_module_name = nullptr;
  decltype(&::p11_kit_uri_get_module_path) uri_module_path = nullptr;
  decltype(&::p11_kit_module_load) module_load = nullptr;
  decltype(&::p11_kit_module_initialize) module_initialize = nullptr;
  decltype(&::p11_kit_module_finalize) module_finalize = nullptr;
  decltype(&::p11_kit_module_release) module_release = nullptr;
  decltype(&::p11_kit_modules_load_and_initialize) modules_open = nullptr;
  decltype(&::p11_kit_modules_finalize_and_release) modules_close = nullptr;
  decltype(&::p11_kit_module_get_name) module_name = nullptr;
  decltype(&::p11_kit_message) message = nullptr;
};

/// Error: unavailable "pkcs11.library". Thread-safe.
Result<const TokenLibrary*> token_library();

}  // namespace segell::base
