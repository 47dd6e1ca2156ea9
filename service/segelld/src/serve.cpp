#include "app/passkeys.h"
#include "app/service.h"
#include "base/time.h"
#include "http/api.h"
#include "http/server.h"
#include "net/curl_exchange.h"
#include "segelld/assembly.h"
#include "segelld/commands.h"
#include "segelld/letter_folder.h"

#include <malloc.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/resource.h>

#include <csignal>
#include <cstdlib>
#include <iostream>

namespace segell::segelld {
namespace {

using base::Code;
using base::fail;

constexpr std::chrono::seconds kGrace{10};

void set_up_messages(const Config& config) {
  auto logger = spdlog::stderr_logger_mt("segelld");
  logger->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %l %v", spdlog::pattern_time_type::utc);
  logger->set_level(spdlog::level::from_str(config.message_level));
  logger->flush_on(spdlog::level::info);
  spdlog::set_default_logger(std::move(logger));
}

/// Each connection is a descriptor; so are database, blobs and the calls to a time-stamping authority.
base::Result<void> allow_descriptors(int connections) {
  const rlim_t needed = static_cast<rlim_t>(connections) + 256;
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= needed) return base::ok();
  limit.rlim_cur = std::min(needed, limit.rlim_max);
  if (limit.rlim_cur >= needed && ::setrlimit(RLIMIT_NOFILE, &limit) == 0) return base::ok();
  return fail(Code::limit_exceeded, "segelld.descriptors",
              "listen.connections: " + std::to_string(connections) + " need " + std::to_string(needed) +
                  " open files, and this process may have " + std::to_string(limit.rlim_max),
              "raise the limit (LimitNOFILE= of the systemd unit, ulimit -n), or lower listen.connections");
}

/// The host of a URL, as it stands there; empty where there is none.
std::string host_of(const std::string& url) {
  const auto begin = url.find("://");
  if (begin == std::string::npos) return {};
  auto host = url.substr(begin + 3);
  host = host.substr(0, host.find('/'));
  const auto port = host.rfind(':');
  if (port != std::string::npos && host.find(']', port) == std::string::npos) host.resize(port);
  return host;
}

/// Those of the time-stamping authority, of the identity provider and of whoever gives revocation data, and no other.
std::vector<std::string> hosts_to_talk_to(const Config& config) {
  std::vector<std::string> hosts = config.oidc_hosts;
  hosts.insert(hosts.end(), config.proof_hosts.begin(), config.proof_hosts.end());
  for (const auto& host : {host_of(config.timestamp_url), host_of(config.oidc_issuer)}) {
    if (!host.empty()) hosts.push_back(host);
  }
  if (hosts.empty()) hosts.emplace_back("none.invalid");
  return hosts;
}

http::ServerOptions server_options(const Config& config) {
  http::ServerOptions options;
  options.address = config.address;
  options.port = config.port;
  options.tls = config.tls();
  options.tls_files = {config.tls_certificate, config.tls_key};
  options.max_connections = config.connections;
  options.limits.idle = config.idle;
  options.body_budget = config.body_memory;
  options.spool_budget = config.spool_bytes;
  options.spool_folder = config.data;
  return options;
}

std::string address_of(const Config& config, std::uint16_t port) {
  const bool v6 = config.address.find(':') != std::string::npos;
  return std::string(config.tls() ? "https://" : "http://") + (v6 ? '[' + config.address + ']' : config.address) + ':' +
         std::to_string(port);
}

int wait_for_signal(const sigset_t& signals) {
  int received = 0;
  while (::sigwait(&signals, &received) != 0) {
  }
  return received;
}

base::Result<int> run(const Config& config, const sigset_t& signals) {
  SEGELL_CHECK(allow_descriptors(config.connections));
  SEGELL_TRY(auto settings, load_settings(config));
  SEGELL_TRY(const auto opened, open_store(config));
  SEGELL_TRY(settings.tenants.front().tenant, find_tenant(*opened->store, config));
  const base::SystemClock clock;
  const auto network = net::make_curl_exchange({.ca_file = {}, .allowed_hosts = hosts_to_talk_to(config)});
  SEGELL_TRY(const auto letters, LetterFolder::open(config));
  SEGELL_TRY(const auto service,
             app::Service::open({*opened->store, *network, clock, letters.get()}, std::move(settings)));
  std::unique_ptr<app::OidcLogin> oidc;
  if (!app::offers_passkeys(*service))
    spdlog::warn(
        "no passkeys are offered: public-url is {}; they need a name over https, or http://localhost on this machine",
        config.public_url);
  if (!config.oidc_issuer.empty()) {
    SEGELL_TRY(auto oidc_settings, load_oidc(config));
    oidc = app::OidcLogin::make(*service, *network, std::move(oidc_settings), config.public_url + "/login/return");
  }
  http::ApiOptions api_options;
  api_options.oidc = oidc.get();
  api_options.tls = config.tls();
  api_options.assets = embedded_assets();
  api_options.max_document_bytes = config.document_bytes;
  api_options.max_checked_bytes = config.checked_bytes;
  api_options.public_url = config.public_url;
  api_options.proxies = config.proxies;
  api_options.log_every_request = config.message_requests;
  const auto api = http::make_api(*service, api_options);
  SEGELL_TRY(const auto server, http::Server::start(server_options(config), *api));
  service->start();
  const auto address = address_of(config, server->port());
  spdlog::info("segelld {} ready on {} profile={}", SEGELL_VERSION, address,
               config.profile == Profile::example ? "example" : "production");
  std::cout << "listening " << address << std::endl;
  spdlog::info("stopping on signal {}", wait_for_signal(signals));
  const bool clean = server->stop(kGrace);
  service->stop();
  if (!clean) {
    // A request still runs in a use case. What it was told is durable or was never acknowledged, so leaving is safe,
    // and taking the store from under it would not be.
    spdlog::error("a request did not end in time; leaving without it");
    spdlog::shutdown();
    std::_Exit(kExitFailed);
  }
  spdlog::info("stopped");
  return kExitOk;
}

}  // namespace

/// For many threads that each now and then hold a document or two.
void set_up_allocator() {
  // A thread a busy connection: without this each would grow an arena of its own.
  ::mallopt(M_ARENA_MAX, 2);
  // A buffer that is mapped and unmapped each time it is needed costs its page faults and, in every other thread, its
  // address translations: a tenth of the processor time of an act.
  ::mallopt(M_MMAP_THRESHOLD, 4 << 20);
  ::mallopt(M_TRIM_THRESHOLD, 16 << 20);
}

int serve(const Config& config) {
  set_up_messages(config);
  set_up_allocator();
  std::signal(SIGPIPE, SIG_IGN);
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);  // before any thread is made: they inherit it
  const auto code = run(config, signals);
  if (code) return *code;
  spdlog::error("{} ({})", code.error().message, code.error().reason);
  if (!code.error().hint.empty()) std::cerr << "hint: " << code.error().hint << '\n';
  return code.error().reason.starts_with("config.") ? kExitUsage : kExitFailed;
}

}  // namespace segell::segelld
