#include "http/api.h"

extern "C" {
extern const char segell_openapi_begin[];  // NOLINT(modernize-avoid-c-arrays): openapi.json, embedded by embed.cmake
extern const char segell_openapi_end[];
}

namespace segell::http {

std::string_view openapi_document() {
  return {segell_openapi_begin, static_cast<std::size_t>(segell_openapi_end - segell_openapi_begin)};
}

}  // namespace segell::http
