#include "curl_library.h"

#include <dlfcn.h>

#include <stdexcept>
#include <string>

namespace segell::net {
namespace {

constexpr const char* kName = "libcurl.so.4";  // the interface since 7.16; the header of the build is checked by CMake

class Opened {
 public:
  Opened() : m_handle(::dlopen(kName, RTLD_NOW | RTLD_LOCAL)) {
    if (m_handle == nullptr) fail();
  }

  template <class Function>
  void find(Function& function, const char* name) const {
    function = reinterpret_cast<Function>(::dlsym(m_handle, name));
    if (function == nullptr) fail();
  }

 private:
  [[noreturn]] static void fail() {
    const char* why = ::dlerror();  // NOLINT(concurrency-mt-unsafe): per thread in glibc
    throw std::runtime_error("the network needs " + std::string(kName) + ": " + (why == nullptr ? "unusable" : why));
  }

  void* m_handle;
};

CurlLibrary open() {
  const Opened library;
  CurlLibrary out;
  library.find(out.global_init, "curl_global_init");
  library.find(out.easy_init, "curl_easy_init");
  library.find(out.easy_setopt, "curl_easy_setopt");
  library.find(out.easy_perform, "curl_easy_perform");
  library.find(out.easy_getinfo, "curl_easy_getinfo");
  library.find(out.easy_reset, "curl_easy_reset");
  library.find(out.easy_cleanup, "curl_easy_cleanup");
  library.find(out.easy_strerror, "curl_easy_strerror");
  library.find(out.slist_append, "curl_slist_append");
  library.find(out.slist_free_all, "curl_slist_free_all");
  library.find(out.url, "curl_url");
  library.find(out.url_set, "curl_url_set");
  library.find(out.url_get, "curl_url_get");
  library.find(out.url_cleanup, "curl_url_cleanup");
  library.find(out.free, "curl_free");
  return out;
}

}  // namespace

const CurlLibrary& curl() {
  static const CurlLibrary kOpened = open();
  return kOpened;
}

}  // namespace segell::net
