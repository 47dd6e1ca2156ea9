#pragma once

#include <libxml/parser.h>

namespace segell::signer::ades {

/// The functions of libxml2 that this room calls. The library is opened by name when the first manifest of a container
/// is read: it brings ICU along, whose tables would cost every start of `segell`.
struct XmlLibrary {
  decltype(&::xmlReadMemory) read_memory = nullptr;
  decltype(&::xmlDocGetRootElement) root_element = nullptr;
  decltype(&::xmlFreeDoc) free_document = nullptr;
  decltype(&::xmlResetLastError) reset_last_error = nullptr;
};

/// Null where the library cannot be opened. Thread-safe.
const XmlLibrary* xml_library();

}  // namespace segell::signer::ades
