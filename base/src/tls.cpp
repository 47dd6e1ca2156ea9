#include "base/tls.h"

#include <openssl/ssl.h>

namespace segell::base {

void hold_tls_buffers_in_use_only(ssl_ctx_st& context) { ::SSL_CTX_set_mode(&context, SSL_MODE_RELEASE_BUFFERS); }

}  // namespace segell::base
