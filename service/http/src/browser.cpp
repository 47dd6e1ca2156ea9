#include "http/browser.h"

#include "base/encoding.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

namespace segell::http {
namespace {

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

/// "https://host:port" without its scheme and what follows the authority.
std::string_view authority_of(std::string_view url) {
  const auto begin = url.find("://");
  if (begin == std::string_view::npos) return {};
  url.remove_prefix(begin + 3);
  return url.substr(0, url.find('/'));
}

/// An address literal in one spelling, IPv6 as its /64; empty for what is none.
std::string normal_address(std::string_view text) {
  if (text.starts_with('[')) text = text.substr(1, text.find(']') - 1);
  text = text.substr(0, text.find('%'));  // a link-local peer names its interface
  if (text.size() >= INET6_ADDRSTRLEN) return {};
  const std::string literal(text);
  std::array<char, INET6_ADDRSTRLEN> shown{};
  in_addr four{};
  if (::inet_pton(AF_INET, literal.c_str(), &four) == 1) return ::inet_ntop(AF_INET, &four, shown.data(), shown.size());
  in6_addr six{};
  if (::inet_pton(AF_INET6, literal.c_str(), &six) != 1) return {};
  if (IN6_IS_ADDR_V4MAPPED(&six)) {
    std::copy_n(&six.s6_addr[12], 4, reinterpret_cast<unsigned char*>(&four));
    return ::inet_ntop(AF_INET, &four, shown.data(), shown.size());
  }
  if (IN6_IS_ADDR_LOOPBACK(&six)) return "::1";
  std::fill_n(&six.s6_addr[8], 8, std::uint8_t{0});
  return std::string(::inet_ntop(AF_INET6, &six, shown.data(), shown.size())) + "/64";
}

}  // namespace

std::optional<std::string_view> session_cookie(const RequestHead& head) { return cookie(head, kCookieName); }

std::optional<std::string_view> cookie(const RequestHead& head, std::string_view name) {
  auto rest = head.field("cookie").value_or("");
  std::optional<std::string_view> found;
  while (!rest.empty()) {
    const auto end = std::min(rest.find(';'), rest.size());
    const auto pair = trimmed(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const auto equals = pair.find('=');
    if (equals == std::string_view::npos || pair.substr(0, equals) != name) continue;
    if (found) return {};
    found = pair.substr(equals + 1);
  }
  return found;
}

std::string set_cookie(std::string_view value) {
  std::string line(kCookieName);
  line.append("=").append(value).append("; Path=/; Secure; HttpOnly; SameSite=Strict");
  if (value.empty()) line.append("; Max-Age=0");
  return line;
}

std::string set_oidc_cookie(std::string_view value) {
  std::string line(kOidcCookieName);
  line.append("=").append(value).append("; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=");
  return line + (value.empty() ? "0" : "600");
}

std::string query_parameter(std::string_view query, std::string_view name) {
  const auto digit = [](char c) { return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10; };  // the gate saw to the rest
  std::optional<std::string> found;
  while (!query.empty()) {
    const auto end = std::min(query.find('&'), query.size());
    const auto pair = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    const auto equals = std::min(pair.find('='), pair.size());
    if (pair.substr(0, equals) != name) continue;
    if (found) return {};
    found.emplace();
    const auto value = pair.substr(std::min(equals + 1, pair.size()));
    for (std::size_t at = 0; at < value.size(); ++at) {
      if (value[at] == '%' && at + 2 < value.size()) {
        *found += static_cast<char>(digit(value[at + 1]) * 16 + digit(value[at + 2]));
        at += 2;
      } else {
        *found += value[at] == '+' ? ' ' : value[at];
      }
    }
  }
  return found && base::is_utf8(*found) ? *std::move(found) : std::string();
}

bool is_cross_site(const RequestHead& head, std::string_view public_url) {
  if (const auto site = head.field("sec-fetch-site")) return *site != "same-origin";
  const auto origin = head.field("origin");
  if (!origin) return false;
  const auto authority = authority_of(*origin);
  return authority.empty() || (authority != head.field("host").value_or("") && authority != authority_of(public_url));
}

std::string client_address(const Request& request, std::span<const std::string> proxies) {
  std::string peer = normal_address(request.peer);
  const auto is_peer = [&](const std::string& proxy) { return normal_address(proxy) == peer; };
  if (std::none_of(proxies.begin(), proxies.end(), is_peer)) return peer;
  std::string_view last;
  for (const Field& field : request.head.fields) {
    if (field.name == "x-forwarded-for") last = field.value;
  }
  const auto comma = last.rfind(',');
  if (comma != std::string_view::npos) last.remove_prefix(comma + 1);
  std::string told = normal_address(trimmed(last));
  return told.empty() ? peer : told;
}

}  // namespace segell::http
