#include "http/api.h"

#include "app/authenticate.h"
#include "base/digest.h"
#include "http/browser.h"
#include "http/problem.h"
#include "http/rate_limit.h"
#include "http/route.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <thread>
#include <typeinfo>

namespace segell::http {
namespace {

using base::Code;
using base::Error;

/// Files up to this are checked where they came in, larger ones from the disk.
constexpr std::uint64_t kInMemory = 4 * 1024 * 1024;

constexpr std::string_view kDataPolicy =
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
/// Of the pages: own scripts, styles, pictures and workers, and nothing made on the spot. What pdf.js draws with (fonts
/// of the paper, bitmaps) never is an address.
constexpr std::string_view kPagePolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; worker-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

constexpr std::string_view kCommon =
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=(), usb=()\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n";
constexpr std::string_view kCommonTls =
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=(), usb=()\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n"
    "Strict-Transport-Security: max-age=31536000; includeSubDomains\r\n";

Error foreign_call() {
  return {Code::forbidden, "auth.foreign-call", "this call did not come from a page of this service",
          "load the page anew; other programs use a token"};
}

Error no_such_path() { return {Code::not_found, "http.not-found", "nothing is here for this caller", {}}; }

/// "application/json; charset=utf-8" and the like, by its type alone; a charset other than UTF-8 is another type.
std::string_view media_type(const RequestHead& head) {
  auto value = head.field("content-type").value_or("");
  const auto end = value.find(';');
  if (end != value.npos) {
    auto rest = value.substr(end + 1);
    while (rest.starts_with(' ')) rest.remove_prefix(1);
    if (rest != "charset=utf-8" && rest != "charset=UTF-8") return "";
  }
  return value.substr(0, end);
}

class Api final : public Site {
 public:
  Api(app::Service& service, const ApiOptions& options) : m_service(service), m_options(options) {}

  std::variant<Admission, Response> admit(const Request& request) override {
    auto decided = find_route(request);
    auto* refused = std::get_if<Response>(&decided);
    if (refused != nullptr && request.head.path.starts_with("/access/")) echo_request_id(request.head, *refused);
    return decided;
  }

  Response refuse(int status, const Error& error, std::string_view request_id) override {
    return problem(status, error, request_id);
  }

  void answered(std::string_view pattern, const Request& request, int status, std::chrono::microseconds took) override {
    if (!m_options.log_every_request) return;
    // Never the path: it may hold what a caller mistyped. The method passed the gate: capital letters.
    spdlog::info("request id={} method={} route={} status={} us={}", request.id,
                 request.head.method.empty() ? "-" : request.head.method, pattern, status, took.count());
  }

  [[nodiscard]] std::string_view common_headers() const override { return m_options.tls ? kCommonTls : kCommon; }

 private:
  std::variant<Admission, Response> find_route(const Request& request) {
    Parameters parameters{};
    const Route* route = nullptr;
    std::string allowed;
    for (const auto& candidate : routes()) {
      if (!match_pattern(candidate.pattern, request.head.path, parameters)) continue;
      const bool head =
          request.head.method == "HEAD" && candidate.method == "GET" && candidate.access == Access::everyone;
      if (head || candidate.method == request.head.method) {
        route = &candidate;
        break;
      }
      allowed += (allowed.empty() ? "" : ", ") + std::string(candidate.method);
    }
    if (route != nullptr) return admit_to(*route, parameters, request);
    if (const auto* asset = find_asset(request.head.path); asset != nullptr && allowed.empty())
      return serve_asset(*asset, request);
    if (allowed.empty()) return problem(no_such_path(), request.id);
    auto response =
        problem(405, {Code::unsupported, "http.method-not-allowed", "this path has no such method", {}}, request.id);
    response.headers.emplace_back("Allow", allowed);
    return response;
  }

  std::variant<Admission, Response> admit_to(const Route& route, const Parameters& parameters, const Request& request) {
    const auto& head = request.head;
    Credentials who;
    if (auto denied = authenticate(route, head, who)) return problem(*denied, request.id);
    if (route.access == Access::everyone && route.takes == Takes::json && is_cross_site(head, m_options.public_url))
      return problem(foreign_call(), request.id);
    if (auto refused = check_body_kind(route, head)) return problem(415, *refused, request.id);
    if (is_by_code(route) && !m_tries.take(client_address(request, m_options.proxies)))
      return problem({Code::unavailable, "http.too-many-tries", "too many codes were tried from this address",
                      "wait a minute; whoever has the right code is let in then"},
                     request.id);
    if (route.needs_key && !head.field("idempotency-key"))
      return problem(400,
                     {Code::malformed, "idempotency.missing-key", "this call needs an Idempotency-Key header",
                      "send a fresh random value, and the same one when you repeat the call"},
                     request.id);
    Admission admission;
    admission.pattern = route.pattern;
    admission.body_cap = body_cap(route, head);
    if (route.body_cap == kCheckedFile && media_type(head) != "application/json") admission.spool_above = kInMemory;
    admission.is_head = head.method == "HEAD";
    admission.answer = [this, &route, parameters, who = std::move(who)](Request& whole) mutable {
      const std::string address = client_address(whole, m_options.proxies);
      return call(route, whole,
                  {m_service,
                   whole,
                   parameters,
                   std::move(who.caller),
                   who.visit,
                   who.package,
                   std::move(who.session),
                   m_options.oidc,
                   address,
                   {},
                   {}});
    };
    return admission;
  }

  std::uint64_t body_cap(const Route& route, const RequestHead& head) const {
    if (route.body_cap != kDocument && route.body_cap != kCheckedFile) return route.body_cap;
    // The JSON form carries the file in base64.
    if (media_type(head) == "application/json") return m_options.max_document_bytes / 3 * 4 + 1024 * 1024;
    return route.body_cap == kCheckedFile ? m_options.max_checked_bytes : m_options.max_document_bytes;
  }

  /// Who a request says it is; filled as far as its route asks.
  struct Credentials {
    app::Caller caller;
    app::VisitCaller visit;
    app::PackageCaller package;
    app::SessionCaller session;
  };

  std::optional<Error> authenticate(const Route& route, const RequestHead& head, Credentials& who) {
    if (route.access == Access::everyone) return {};
    const auto field = head.field("authorization");
    if (route.access == Access::session) return authenticate_session(head, who.session);
    const bool on_tablet = route.access == Access::visit || route.access == Access::package;
    if (!field && !on_tablet && session_cookie(head)) return authenticate_role(route, head, who);
    constexpr std::string_view kScheme = "Bearer ";
    if (!field || !field->starts_with(kScheme))
      return Error{Code::unauthenticated,
                   "auth.missing-token",
                   "this call needs an Authorization header with a bearer token",
                   {}};
    const auto token = field->substr(kScheme.size());
    // A tablet reaches its own request or visit and nothing else; what else there is, it does not learn.
    const bool of_visit = token.starts_with("sgv_");
    const bool of_package = token.starts_with("sgp_");
    if ((of_visit && route.access != Access::visit) || (of_package && route.access != Access::package))
      return no_such_path();
    if (route.access == Access::visit) {
      auto known = app::authenticate_visit(m_service, token);
      if (!known) return known.error();
      who.visit = *known;
      return {};
    }
    if (route.access == Access::package) {
      auto known = app::authenticate_package(m_service, token);
      if (!known) return known.error();
      who.package = *known;
      return {};
    }
    auto known = app::authenticate(m_service, token);
    if (!known) return known.error();
    who.caller = *std::move(known);
    return {};
  }

  /// A browser sends its cookie whoever makes it call: what changes something must also bring what only our pages know.
  std::optional<Error> authenticate_session(const RequestHead& head, app::SessionCaller& session) {
    auto known = app::authenticate_session(m_service, session_cookie(head).value_or(""));
    if (!known) return known.error();
    // The person who holds the tablet meets nothing of whoever gave it to them.
    if (known->step == app::SessionStep::handed_over) return no_such_path();
    if (head.method != "GET" && head.method != "HEAD") {
      const auto shown = head.field(kCsrfField).value_or("");
      if (is_cross_site(head, m_options.public_url) ||
          !base::equal_constant_time(base::as_bytes(shown), base::as_bytes(known->csrf)))
        return foreign_call();
    }
    session = *std::move(known);
    return {};
  }

  /// A session calls in its role, once it has done what comes first.
  std::optional<Error> authenticate_role(const Route& route, const RequestHead& head, Credentials& who) {
    if (auto denied = authenticate_session(head, who.session)) return denied;
    if (who.session.step != app::SessionStep::open)
      return Error{Code::forbidden, "session.step", "this login has still a step to do",
                   "GET /api/v1/session tells which one"};
    if (route.access != Access::caller || !who.session.caller) return no_such_path();
    who.caller = *who.session.caller;
    return {};
  }

  /// Kinds of files that can carry signatures: the verifier looks at the octets, whatever is said here.
  static bool is_signed_file(std::string_view type) {
    constexpr std::array<std::string_view, 6> kTypes = {"application/pdf",
                                                        "application/pkcs7-mime",
                                                        "application/pkcs7-signature",
                                                        "application/vnd.etsi.asic-e+zip",
                                                        "application/vnd.etsi.asic-s+zip",
                                                        "application/octet-stream"};
    return std::ranges::find(kTypes, type) != kTypes.end();
  }

  static std::optional<Error> check_body_kind(const Route& route, const RequestHead& head) {
    const auto coding = head.field("content-encoding");
    if (coding && *coding != "identity")
      return Error{Code::unsupported, "http.content-encoding", "compressed bodies are not taken", {}};
    const auto type = media_type(head);
    const bool is_json = type == "application/json";
    const bool is_pdf = type == "application/pdf";
    switch (route.takes) {
      case Takes::nothing:
        return {};
      case Takes::json:
        if (is_json) return {};
        return Error{Code::unsupported, "http.content-type", "this call takes application/json in UTF-8", {}};
      case Takes::pdf:
        if (is_pdf) return {};
        return Error{Code::unsupported, "http.content-type", "this call takes application/pdf", {}};
      case Takes::signed_file_or_json:
        if (is_signed_file(type) || is_json) return {};
        return Error{Code::unsupported,
                     "http.content-type",
                     "this call takes application/json, application/pdf, the types of CMS and ASiC, or "
                     "application/octet-stream",
                     {}};
    }
    return {};
  }

  static bool is_by_code(const Route& route) { return route.by_code.pace.count() > 0; }

  /// Waits until a whole multiple of the route's time has passed since `start`.
  static void keep_pace(const Route& route, std::chrono::steady_clock::time_point start) {
    const auto passed = std::chrono::steady_clock::now() - start;
    std::this_thread::sleep_until(start + (passed / route.by_code.pace + 1) * route.by_code.pace);
  }

  Response call(const Route& route, const Request& request, Call prepared) {
    const auto start = std::chrono::steady_clock::now();
    auto response = run(route, request, prepared);
    if (is_by_code(route)) {
      if (response.status != 404 && !route.by_code.counts_all) m_tries.give_back(prepared.address);
      keep_pace(route, start);
    }
    if (route.pattern.starts_with("/access/")) echo_request_id(request.head, response);
    return response;
  }

  Response run(const Route& route, const Request& request, Call& prepared) {
    if (route.needs_key)
      prepared.repeat = {std::string(request.head.field("idempotency-key").value_or("")),
                         std::string(route.method) + ' ' + std::string(route.pattern), base::sha256(request.body)};
    const bool takes_json = route.takes == Takes::json || (route.takes == Takes::signed_file_or_json &&
                                                           media_type(request.head) == "application/json");
    if (takes_json) {
      base::JsonLimits limits;
      limits.max_bytes = static_cast<std::size_t>(body_cap(route, request.head));
      auto json = base::parse_json(base::as_text(request.body), limits);
      if (!json) return problem(json.error(), request.id);
      if (json->as_object() == nullptr)
        return problem({Code::malformed, "request.wrong-type", "the body is not an object", {}}, request.id);
      prepared.json = *std::move(json);
    }
    auto response = route.endpoint(prepared);
    if (!response) return problem(response.error(), request.id);
    dress(*response);
    return *std::move(response);
  }

  /// AuthZEN section 10.1.3: the caller's request id comes back.
  static void echo_request_id(const RequestHead& head, Response& response) {
    const auto id = head.field("x-request-id");
    const bool plain = id && !id->empty() && id->size() <= 128 &&
                       std::all_of(id->begin(), id->end(), [](char c) { return c > 0x20 && c < 0x7f; });
    if (plain) response.headers.emplace_back("X-Request-ID", *id);
  }

  [[nodiscard]] const Asset* find_asset(std::string_view path) const {
    const auto found = std::find_if(m_options.assets.begin(), m_options.assets.end(),
                                    [&](const Asset& asset) { return asset.path == path; });
    return found == m_options.assets.end() ? nullptr : &*found;
  }

  std::variant<Admission, Response> serve_asset(const Asset& asset, const Request& request) {
    if (request.head.method != "GET" && request.head.method != "HEAD") {
      auto response =
          problem(405, {Code::unsupported, "http.method-not-allowed", "this path has no such method", {}}, request.id);
      response.headers.emplace_back("Allow", "GET, HEAD");
      return response;
    }
    Admission admission;
    admission.pattern = "(asset)";
    admission.is_head = request.head.method == "HEAD";
    admission.answer = [&asset](Request&) {
      Response response;
      response.content_type = asset.media_type;
      response.body = asset.content;
      const bool page = asset.media_type.starts_with("text/html");
      response.headers.emplace_back("Content-Security-Policy", kPagePolicy);
      // Vite names what lies under /assets/ by its content.
      const bool named_by_content = !page && asset.path.starts_with("/assets/");
      response.headers.emplace_back("Cache-Control",
                                    named_by_content ? "public, max-age=31536000, immutable" : "no-store");
      return response;
    };
    return admission;
  }

  Response problem(const Error& error, std::string_view request_id) {
    return problem(status_of(error), error, request_id);
  }

  Response problem(int status, const Error& error, std::string_view request_id) {
    if (status >= 500)
      spdlog::error("failure id={} status={} code={} reason={} message=\"{}\"", request_id, status,
                    base::to_string(error.code), error.reason, error.message);
    auto response = make_problem(status, error, request_id);
    dress(response);
    return response;
  }

  static void dress(Response& response) {
    if (!response.has_header("content-security-policy"))
      response.headers.emplace_back("Content-Security-Policy", kDataPolicy);
    if (!response.has_header("cache-control")) response.headers.emplace_back("Cache-Control", "no-store");
  }

  app::Service& m_service;
  ApiOptions m_options;
  RateLimit m_tries{30, std::chrono::seconds(2)};
};

}  // namespace

std::unique_ptr<Site> make_api(app::Service& service, const ApiOptions& options) {
  return std::make_unique<Api>(service, options);
}

}  // namespace segell::http
