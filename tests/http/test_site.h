#pragma once

#include "base/digest.h"
#include "base/encoding.h"
#include "base/spool.h"
#include "http/problem.h"
#include "http/server.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>

namespace segell::tests {

/// A service of a few paths that shows what the rim hands on.
class TestSite final : public http::Site {
 public:
  std::variant<http::Admission, http::Response> admit(const http::Request& request) override {
    const auto path = request.head.path;
    http::Admission admission;
    admission.pattern = "(test)";
    admission.is_head = request.head.method == "HEAD";
    admission.body_cap = path == "/small" ? 10 : path == "/large" ? 64u << 20 : path == "/none" ? 0 : 1u << 20;
    if (path == "/spooled") {
      admission.body_cap = 64u << 20;
      admission.spool_above = 1000;
    }
    if (path == "/refused-early")
      return http::make_problem({base::Code::unauthenticated, "test.early", "no", {}}, request.id);
    if (path == "/throws-at-head") throw std::runtime_error("canary-what");
    if (path == "/throws") {
      admission.answer = [](http::Request&) -> http::Response { throw std::runtime_error("canary-what"); };
    } else if (path == "/throws-int") {
      admission.answer = [](http::Request&) -> http::Response { throw 7; };
    } else if (path == "/slow") {
      admission.answer = [this](http::Request& whole) {
        std::this_thread::sleep_for(std::chrono::milliseconds(600));
        return echo(whole);
      };
    } else if (path == "/much") {
      admission.answer = [](http::Request&) {
        http::Response response;
        response.body = std::string(32u << 20, 'x');
        return response;
      };
    } else {
      admission.answer = [this](http::Request& whole) { return echo(whole); };
    }
    return admission;
  }

  http::Response refuse(int status, const base::Error& error, std::string_view id) override {
    return http::make_problem(status, error, id);
  }
  void answered(std::string_view, const http::Request&, int, std::chrono::microseconds) override { ++m_answered; }
  [[nodiscard]] std::string_view common_headers() const override { return "X-Test: yes\r\n"; }

  std::atomic<int> m_ran{0};  ///< how often an endpoint ran
  std::atomic<int> m_answered{0};

 private:
  static http::Response tell(const base::Spool& spool) {
    base::Bytes whole(static_cast<std::size_t>(spool.size()));
    http::Response response;
    response.content_type = "text/plain";
    response.body = spool.read(0, whole) ? "spooled " + base::to_hex(base::sha256(whole)) : "unreadable";
    return response;
  }
  http::Response echo(const http::Request& request) {
    ++m_ran;
    if (request.spooled) return tell(*request.spooled);
    http::Response response;
    response.content_type = "text/plain";
    response.body = std::string(request.head.method) + ' ' + std::string(request.head.path) + ' ' +
                    std::to_string(request.body.size()) + ' ' + std::string(base::as_text(request.body).substr(0, 40));
    return response;
  }
};

/// A server on a free port with short times.
struct TestServer {
  explicit TestServer(http::ServerOptions options = {}) {
    const http::ExchangeLimits usual;
    if (options.limits.idle == usual.idle) options.limits.idle = std::chrono::milliseconds(700);
    options.limits.head_deadline = std::chrono::milliseconds(700);
    if (options.limits.body_grace == usual.body_grace) options.limits.body_grace = std::chrono::milliseconds(700);
    auto started = http::Server::start(options, site);
    if (!started) throw std::runtime_error(started.error().message);
    server = *std::move(started);
  }
  [[nodiscard]] std::uint16_t port() const { return server->port(); }

  TestSite site;
  std::unique_ptr<http::Server> server;
};

}  // namespace segell::tests
