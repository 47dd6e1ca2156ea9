#include "app/health.h"
#include "app/log.h"
#include "http/api.h"
#include "http/route.h"

namespace segell::http::endpoints {
namespace {

/// A log's origin is a host-like name and the tenant's id.
std::string origin_of(const Call& call) {
  return std::string(call.parameters[0]) + '/' + std::string(call.parameters[1]);
}

}  // namespace

base::Result<Response> read_checkpoint(const Call& call) {
  SEGELL_TRY(auto note, app::read_checkpoint(call.service, origin_of(call)));
  Response response;
  response.content_type = "text/plain; charset=utf-8";
  response.headers.emplace_back("Cache-Control", "no-cache");
  response.body = std::move(note);
  return response;
}

base::Result<Response> read_tile(const Call& call) {
  SEGELL_TRY(auto tile, app::read_tile(call.service, origin_of(call), call.parameters[2]));
  Response response;
  response.content_type = "application/octet-stream";
  // A tile never changes (C2SP tlog-tiles), a partial one has its width in its name.
  response.headers.emplace_back("Cache-Control", "public, max-age=31536000, immutable");
  response.body = std::move(tile);
  return response;
}

base::Result<Response> alive(const Call&) { return json_response(200, base::Json::object({{"status", "alive"}})); }

base::Result<Response> ready(const Call& call) {
  SEGELL_CHECK(app::check_ready(call.service));
  return json_response(200, base::Json::object({{"status", "ready"}}));
}

base::Result<Response> openapi(const Call&) {
  Response response;
  response.content_type = "application/json";
  response.body = openapi_document();
  return response;
}

}  // namespace segell::http::endpoints
