#include "app/oidc.h"

#include "http/browser.h"
#include "http/decode.h"
#include "http/route.h"

#include <spdlog/spdlog.h>

namespace segell::http::endpoints {
namespace {

base::Failure no_provider() {
  return base::fail(base::Code::not_found, "http.not-found", "nothing is here for this caller");
}

/// The browser comes from the provider: it is sent on to the page, which has words for what happened.
Response to_login_page(std::string_view fragment) {
  Response response;
  response.status = 303;
  response.headers.emplace_back("Location", "/login" + (fragment.empty() ? "" : "#" + std::string(fragment)));
  response.headers.emplace_back("Set-Cookie", set_oidc_cookie({}));
  return response;
}

}  // namespace

base::Result<Response> list_logins(const Call& call) {
  base::Json oidc;
  if (call.oidc != nullptr) oidc = base::Json::object({{"name", call.oidc->name()}});
  return json_response(200, base::Json::object({{"oidc", std::move(oidc)}}));
}

base::Result<Response> begin_oidc(const Call& call) {
  SEGELL_CHECK(Fields(call.json).finish());
  if (call.oidc == nullptr) return no_provider();
  SEGELL_TRY(const auto start, call.oidc->begin(std::optional<std::string>(session_cookie(call.request.head))));
  auto response = json_response(200, base::Json::object({{"address", start.address}}));
  response.headers.emplace_back("Set-Cookie", set_oidc_cookie(start.cookie));
  return response;
}

base::Result<Response> finish_oidc(const Call& call) {
  if (call.oidc == nullptr) return to_login_page({});
  const auto& head = call.request.head;
  const auto parameter = [&](std::string_view name) { return query_parameter(head.query, name); };
  const auto reply =
      call.oidc->finish({std::string(cookie(head, kOidcCookieName).value_or("")), parameter("state"), parameter("code"),
                         parameter("error"), parameter("iss"), std::string(call.address)});
  if (!reply) {
    spdlog::warn("login at the identity provider failed id={} reason={}", call.request.id, reply.error().reason);
    return to_login_page(reply.error().reason);
  }
  if (!reply->grant) return to_login_page("login.too-many");
  auto response = to_login_page({});
  response.headers.emplace_back("Set-Cookie", set_cookie(reply->grant->cookie));
  return response;
}

}  // namespace segell::http::endpoints
