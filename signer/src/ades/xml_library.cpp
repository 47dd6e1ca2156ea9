#include "xml_library.h"

#include <dlfcn.h>

#include <optional>

namespace segell::signer::ades {
namespace {

constexpr const char* kXmlName =
    "libxml2.so.2";  // the interface of all 2.x; the header of the build is checked by CMake

template <class Function>
bool find_in(void* library, Function& function, const char* name) {
  function = reinterpret_cast<Function>(::dlsym(library, name));
  return function != nullptr;
}

std::optional<XmlLibrary> open_xml_library() {
  void* const library = ::dlopen(kXmlName, RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) return std::nullopt;
  XmlLibrary out;
  void (*init)() = nullptr;
  const bool complete =
      find_in(library, out.read_memory, "xmlReadMemory") &&
      find_in(library, out.root_element, "xmlDocGetRootElement") && find_in(library, out.free_document, "xmlFreeDoc") &&
      find_in(library, out.reset_last_error, "xmlResetLastError") && find_in(library, init, "xmlInitParser");
  if (!complete) return std::nullopt;
  init();
  return out;
}

}  // namespace

const XmlLibrary* xml_library() {
  static const std::optional<XmlLibrary> kOpened = open_xml_library();
  return kOpened ? &*kOpened : nullptr;
}

}  // namespace segell::signer::ades
