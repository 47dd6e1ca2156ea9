#pragma once

#include "base/http_exchange.h"

namespace segell::tests {

/// HttpExchange through the curl command: a way out to test servers that shares no code with base/net.
class CurlExchange final : public base::HttpExchange {
 public:
  base::Result<base::HttpHead> exchange(const base::HttpRequest& request, const base::HttpBounds& bounds,
                                        const base::BodySink& sink) override;
};

}  // namespace segell::tests
