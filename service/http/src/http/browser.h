#pragma once

#include "http/message.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>

// What tells a call of our own pages from one that another site made a browser send.

namespace segell::http {

/// The session's cookie. "__Host-" ties it to this host, to TLS (or localhost) and to the whole site (RFC 6265bis
/// section 4.1.3.2).
inline constexpr std::string_view kCookieName = "__Host-segell";
/// Beside the cookie, on every call that changes something: only a page that could read an answer of ours knows it.
inline constexpr std::string_view kCsrfField = "x-segell-csrf";

/// Of a login at an identity provider that is under way: comes back with the navigation from there, hence Lax.
inline constexpr std::string_view kOidcCookieName = "__Host-segell-oidc";

/// The value of a cookie; none also where it stands twice.
std::optional<std::string_view> cookie(const RequestHead& head, std::string_view name);
std::optional<std::string_view> session_cookie(const RequestHead& head);

/// "Set-Cookie" that opens a session, or ends it where the value is empty.
std::string set_cookie(std::string_view value);

/// The same for a login at an identity provider, which has ten minutes.
std::string set_oidc_cookie(std::string_view value);

/// A parameter of the query, decoded; empty where it is not there, stands twice or is not UTF-8.
std::string query_parameter(std::string_view query, std::string_view name);

/// Whether a browser says that the call comes from another site: Sec-Fetch-Site where there is one (W3C Fetch
/// Metadata), else Origin, which must be this host or the public address. A program that is no browser sends neither.
bool is_cross_site(const RequestHead& head, std::string_view public_url);

/// The client's address as failed attempts are counted by it: the last one that a believed proxy put into
/// X-Forwarded-For, else the peer's. Of IPv6 the network alone ("2001:db8:1:2::/64"), which is what one customer gets.
std::string client_address(const Request& request, std::span<const std::string> proxies);

}  // namespace segell::http
