#include "http/problem.h"

#include "base/json.h"

namespace segell::http {

int status_of(base::Code code) noexcept {
  using base::Code;
  switch (code) {
    case Code::invalid_argument:
      return 422;
    case Code::malformed:
      return 400;
    case Code::unsupported:
      return 422;
    case Code::limit_exceeded:
      return 413;
    case Code::not_found:
      return 404;
    case Code::already_exists:
      return 409;
    case Code::conflict:
      return 409;
    case Code::stale:
      return 409;
    case Code::unauthenticated:
      return 401;
    case Code::forbidden:
      return 403;
    case Code::expired:
      return 410;
    case Code::untrusted:
      return 502;
    case Code::unavailable:
      return 503;
    case Code::timed_out:
      return 504;
    case Code::storage_full:
      return 507;
    case Code::io:
      return 500;
    case Code::corrupt:
      return 500;
    case Code::crypto:
      return 500;
    case Code::internal:
      return 500;
  }
  return 500;
}

int status_of(const base::Error& error) noexcept {
  // What its kind does not tell: the draft on Idempotency-Key asks for 422 here, and 409 in flight; RFC 6585 section 4.
  if (error.reason == "idempotency.other-body") return 422;
  if (error.reason == "http.too-many-tries") return 429;
  if (error.reason == "key.wrong-signature") return 422;  // the caller's own, not that of somebody behind us
  return status_of(error.code);
}

Response make_problem(int status, const base::Error& error, std::string_view request_id) {
  const bool inner = status == 500;
  auto document = base::Json::object();
  document.set("type", "about:blank");
  document.set("title", reason_phrase(status));
  document.set("status", status);
  document.set("detail", inner ? "the service met a failure of its own; its log names it by the request id"
                               : std::string_view(error.message));
  document.set("code", inner ? std::string_view("internal") : error.reason);
  if (!inner && !error.hint.empty()) document.set("hint", error.hint);
  document.set("requestId", request_id);
  Response response;
  response.status = status;
  response.content_type = "application/problem+json";
  response.body = base::write_json(document);
  if (status == 401) response.headers.emplace_back("WWW-Authenticate", "Bearer");
  if (status == 429) response.headers.emplace_back("Retry-After", "10");
  if (status == 503) response.headers.emplace_back("Retry-After", "1");
  return response;
}

Response make_problem(const base::Error& error, std::string_view request_id) {
  return make_problem(status_of(error), error, request_id);
}

}  // namespace segell::http
