#pragma once

#include "net/curl_exchange.h"

#include "curl_library.h"

#include <memory>
#include <string>

namespace segell::net {

struct UrlDeleter {
  void operator()(CURLU* url) const noexcept { curl().url_cleanup(url); }
};
using UrlPtr = std::unique_ptr<CURLU, UrlDeleter>;

/// An address that passed the policy. curl connects with this very object, so that nothing is parsed a second time and
/// understood otherwise.
struct CheckedUrl {
  UrlPtr url;
  std::string host;
};

base::Result<CheckedUrl> check_url(const std::string& text, const CurlOptions& options);

/// Method and headers hold no character that could end their line (RFC 9110 5.1, 5.5, 9.1).
base::Result<void> check_head(const base::HttpRequest& request);

std::string lower_case(std::string_view text);

}  // namespace segell::net
