#pragma once

#include "app/service.h"
#include "base/json.h"
#include "http/api.h"
#include "http/fake_app.h"
#include "http/raw_client.h"
#include "http/server.h"

#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <chrono>
#include <sstream>

namespace segell::tests {

inline const http::Asset kAssets[] = {
    {"/visit", "text/html; charset=utf-8", "<!doctype html>"},
    {"/assets/visit-1a2b3c.js", "text/javascript; charset=utf-8", "export {};"},
};

/// The API over use cases that only write down what they were asked, and what was logged meanwhile.
struct ApiServer {
  ApiServer() {
    http::ApiOptions options;
    options.assets = kAssets;
    options.max_document_bytes = options.max_checked_bytes = 1000;
    options.log_every_request = true;
    auto sink = std::make_shared<spdlog::sinks::ostream_sink_mt>(m_log);
    spdlog::set_default_logger(std::make_shared<spdlog::logger>("test", sink));
    m_service = make_fake_service();
    m_site = http::make_api(*m_service, options);
    http::ServerOptions listening;
    listening.spool_budget = 1 << 20;
    listening.spool_folder = std::filesystem::temp_directory_path();
    m_server = *http::Server::start(listening, *m_site);
  }

  std::string send(const std::string& text) const {
    RawClient client(m_server->port());
    client.send(text);
    return client.read_answer();
  }
  std::string call(std::string_view method, std::string_view path, std::string_view fields = {},
                   std::string_view body = {}) const {
    return send(std::string(method) + ' ' + std::string(path) + " HTTP/1.1\r\nHost: a\r\n" + std::string(fields) +
                "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body));
  }
  /// As an integrator, in JSON.
  std::string post(std::string_view path, std::string_view body,
                   std::string_view more = "Idempotency-Key: k1\r\n") const {
    return call("POST", path, kIntegrator + "Content-Type: application/json\r\n" + std::string(more), body);
  }
  std::string visit(std::string_view path, std::string_view body,
                    std::string_view more = "Idempotency-Key: k1\r\n") const {
    return call("POST", path, kVisit + "Content-Type: application/json\r\n" + std::string(more), body);
  }

  /// Without a credential, in JSON.
  std::string anyone(std::string_view path, std::string_view body) const {
    return call("POST", path, "Content-Type: application/json\r\n", body);
  }

  /// All that was logged, once the server has ended: a line is written after its answer has left.
  std::string log() const {
    m_server->stop(std::chrono::seconds(10));
    return m_log.str();
  }

  inline static const std::string kIntegrator = "Authorization: Bearer sgt_good\r\n";
  inline static const std::string kVisit = "Authorization: Bearer sgv_good\r\n";

  std::ostringstream m_log;
  std::unique_ptr<app::Service> m_service;
  std::unique_ptr<http::Site> m_site;
  std::unique_ptr<http::Server> m_server;
};

/// The code of a problem; empty where the answer is none.
inline std::string code_of(const std::string& answer) {
  const auto json = base::parse_json(body_of(answer));
  const auto* code = json ? json->find("code") : nullptr;
  return code != nullptr && code->as_string() != nullptr ? *code->as_string() : "";
}

}  // namespace segell::tests
