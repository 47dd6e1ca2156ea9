#include "request_policy.h"

#include <algorithm>
#include <new>

namespace segell::net {
namespace {

using base::Code;
using base::fail;

std::string part_of(CURLU* url, CURLUPart part) {
  char* raw = nullptr;
  if (curl().url_get(url, part, &raw, 0) != CURLUE_OK) return {};
  std::string out(raw);
  curl().free(raw);
  return out;
}

bool is_token(std::string_view text) {
  constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           kMarks.find(c) != std::string_view::npos;
  });
}

bool is_field_value(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) {
    const auto octet = static_cast<unsigned char>(c);
    return (octet < 0x20 && c != '\t') || octet == 0x7f;
  });
}

}  // namespace

std::string lower_case(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return out;
}

base::Result<CheckedUrl> check_url(const std::string& text, const CurlOptions& options) {
  const auto refuse = [](const char* why) { return fail(Code::invalid_argument, "http.url", why); };
  // curl forgives a third slash, and takes the path's first segment for the host then.
  const std::size_t mark = text.find("://");
  if (mark == std::string::npos || text.substr(mark + 3).starts_with('/'))
    return refuse("not a complete http or https address");
  UrlPtr url(curl().url());
  if (url == nullptr) throw std::bad_alloc();
  if (text.find('\0') != std::string::npos || curl().url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK)
    return refuse("not a complete http or https address");
  const std::string scheme = part_of(url.get(), CURLUPART_SCHEME);
  if (scheme != "http" && scheme != "https") return refuse("an address that is neither http nor https");
  if (!part_of(url.get(), CURLUPART_USER).empty() || !part_of(url.get(), CURLUPART_PASSWORD).empty())
    return refuse("an address with a user or password in it");
  if (text.find('#') != std::string::npos) return refuse("an address with a fragment");
  const std::string host = part_of(url.get(), CURLUPART_HOST);
  if (host.empty()) return refuse("an address without a host");
  const auto is_host = [&](const std::string& allowed) { return lower_case(allowed) == lower_case(host); };
  if (!options.allowed_hosts.empty() &&
      std::none_of(options.allowed_hosts.begin(), options.allowed_hosts.end(), is_host))
    return fail(Code::forbidden, "http.host", "the host " + host + " is not among the allowed ones");
  return CheckedUrl{std::move(url), host};
}

base::Result<void> check_head(const base::HttpRequest& request) {
  const auto refuse = [](const char* why) { return fail(Code::invalid_argument, "http.header", why); };
  if (!is_token(request.method)) return refuse("a method with characters that do not belong there");
  for (const auto& header : request.headers) {
    if (!is_token(header.first)) return refuse("a header name with characters that do not belong there");
    if (!is_field_value(header.second)) return refuse("a header value with control characters");
  }
  return base::ok();
}

}  // namespace segell::net
