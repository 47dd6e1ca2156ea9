#include "base/http_exchange.h"

namespace segell::base {

Result<HttpAnswer> fetch(HttpExchange& http, const HttpRequest& request, const HttpBounds& bounds) {
  HttpAnswer answer;
  SEGELL_TRY(answer.head, http.exchange(request, bounds, [&](BytesView piece) -> Result<void> {
    // The exchange keeps the bound already; a broken one must not fill our memory.
    if (piece.size() > bounds.max_response_bytes - answer.body.size())
      return fail(Code::limit_exceeded, "http.too-large", "the response is longer than allowed");
    append(answer.body, piece);
    return ok();
  }));
  return answer;
}

}  // namespace segell::base
