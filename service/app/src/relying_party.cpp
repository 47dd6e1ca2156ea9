#include "relying_party.h"

#include <algorithm>

namespace segell::app {

namespace {

char to_small(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// A name of letters, digits, hyphens and dots whose last part is no number: the URL standard reads anything else as
/// an address.
bool is_name(std::string_view host) {
  const bool plain = !host.empty() && std::all_of(host.begin(), host.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
  });
  const auto dot = host.rfind('.');
  const std::string_view last = dot == std::string_view::npos ? host : host.substr(dot + 1);
  return plain && !last.empty() && last.find_first_not_of("0123456789") != std::string_view::npos;
}

}  // namespace

std::optional<RelyingParty> relying_party(std::string_view public_url) {
  constexpr std::string_view kTls = "https://";
  constexpr std::string_view kPlain = "http://";
  const bool tls = public_url.starts_with(kTls);
  if (!tls && !public_url.starts_with(kPlain)) return {};
  const std::string_view rest = public_url.substr(tls ? kTls.size() : kPlain.size());
  std::string authority(rest.substr(0, rest.find('/')));
  std::transform(authority.begin(), authority.end(), authority.begin(), to_small);
  const auto colon = authority.find(':');
  std::string host = authority.substr(0, colon);
  std::string port = colon == std::string::npos ? std::string() : authority.substr(colon);
  if (port == (tls ? ":443" : ":80") || port == ":") port.clear();
  if (!is_name(host) || (!tls && host != "localhost")) return {};
  return RelyingParty{std::string(tls ? kTls : kPlain) + host + port, host};
}

}  // namespace segell::app
