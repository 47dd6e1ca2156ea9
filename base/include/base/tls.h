#pragma once

struct ssl_ctx_st;  // OpenSSL's SSL_CTX, as a server library hands it out

namespace segell::base {

/// Connections of this context hold their record buffers, 34 KiB each, only while a record is being read or written. A
/// call that waits for the peer inside a read still holds its part: wait for the socket first.
void hold_tls_buffers_in_use_only(ssl_ctx_st& context);

}  // namespace segell::base
