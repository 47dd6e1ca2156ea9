#include "http/server.h"

#include "base/file.h"
#include "base/signing_key.h"
#include "base/tls.h"
#include "http/socket_transport.h"
#include "http/watch.h"

#include <Poco/Exception.h>
#include <Poco/Net/Context.h>
#include <Poco/Net/NetSSL.h>
#include <Poco/Net/SSLManager.h>
#include <Poco/Net/SecureServerSocket.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/TCPServer.h>
#include <Poco/ThreadPool.h>

namespace segell::http {
namespace {

using base::Code;
using base::fail;

/// Threads beyond the cap, which only say 503.
constexpr int kOverflow = 32;
constexpr int kStackOctets = 2 * 1024 * 1024;

struct Shared {
  Shared(const ServerOptions& given, Site& served)
      : options(given),
        site(served),
        budget(given.body_budget),
        watch(static_cast<std::size_t>(given.max_connections + kOverflow)) {
    hasty.idle = hasty.head_deadline = hasty.linger = std::chrono::milliseconds(1000);
  }
  ServerOptions options;
  Site& site;
  BodyBudget budget;
  Watch watch;
  ExchangeLimits hasty = options.limits;  ///< for connections beyond the cap
};

class Connection final : public Poco::Net::TCPServerConnection {
 public:
  Connection(const Poco::Net::StreamSocket& connected, Shared& shared)
      : TCPServerConnection(connected), m_shared(shared) {}

  void run() override {
    auto* slot = m_shared.watch.enter(socket().impl()->sockfd());
    if (slot == nullptr) return;
    const bool overloaded = m_shared.watch.count() > m_shared.options.max_connections;
    try {
      SocketTransport transport(socket(), m_shared.watch, *slot);
      serve(transport, m_shared.site, m_shared.budget, overloaded ? m_shared.hasty : m_shared.options.limits,
            overloaded);
      // Under a deadline: a TLS goodbye writes.
      slot->sending = true;
      transport.set_deadline(std::chrono::steady_clock::now() + std::chrono::seconds(1));
      transport.say_goodbye();
    } catch (...) {
      // Out of memory, say: this connection ends, the others go on.
    }
    m_shared.watch.leave(*slot);
  }

 private:
  Shared& m_shared;
};

class Factory final : public Poco::Net::TCPServerConnectionFactory {
 public:
  explicit Factory(Shared& shared) : m_shared(shared) {}
  Poco::Net::TCPServerConnection* createConnection(const Poco::Net::StreamSocket& socket) override {
    return new Connection(socket, m_shared);  // NOLINT(cppcoreguidelines-owning-memory): Poco deletes it
  }

 private:
  Shared& m_shared;
};

class PocoServer final : public Server {
 public:
  PocoServer(const ServerOptions& options, Site& site, const Poco::Net::ServerSocket& socket)
      : m_shared(options, site),
        m_pool("http", 2, options.max_connections + kOverflow, 5, kStackOctets),
        m_server(new Factory(m_shared), m_pool, socket, params(options)) {
    m_server.start();
  }
  ~PocoServer() override {
    if (!m_stopped) stop(std::chrono::milliseconds(0));
  }

  [[nodiscard]] std::uint16_t port() const override { return m_server.port(); }
  [[nodiscard]] int connections() const override { return m_shared.watch.count(); }

  bool stop(std::chrono::milliseconds grace) override {
    m_stopped = true;
    m_server.stop();
    m_shared.watch.begin_stop();
    if (m_shared.watch.wait_empty(grace)) return true;
    m_shared.watch.cut_all();
    return m_shared.watch.wait_empty(std::chrono::milliseconds(1500));
  }

 private:
  static Poco::Net::TCPServerParams* params(const ServerOptions& options) {
    auto* made = new Poco::Net::TCPServerParams;  // NOLINT(cppcoreguidelines-owning-memory): counted by Poco
    made->setMaxThreads(options.max_connections + kOverflow);
    made->setMaxQueued(kOverflow);
    // Poco joins its threads at the end, and one that has just missed the wake-up sleeps this long.
    made->setThreadIdleTime(Poco::Timespan(1, 0));
    return made;
  }

  Shared m_shared;
  Poco::ThreadPool m_pool;
  Poco::Net::TCPServer m_server;
  bool m_stopped = false;
};

}  // namespace

base::Result<void> check_tls_files(const TlsFiles& files) {
  constexpr std::size_t kMost = 1 << 20;
  SEGELL_TRY(const auto certificate, base::load_file(files.certificate, kMost));
  SEGELL_TRY(auto chain, base::Certificate::parse_pem(base::as_text(certificate)));
  SEGELL_TRY(const auto pem, base::load_file(files.key, kMost));
  SEGELL_TRY(auto key, base::parse_signing_key_pem(pem, base::Secret()));
  const auto first = chain.front();
  chain.erase(chain.begin());
  SEGELL_CHECK(base::make_seal_identity(std::move(key), first, std::move(chain)));
  return base::ok();
}

namespace {

Poco::Net::Context::Ptr make_context(const TlsFiles& files) {
  using Poco::Net::Context;
  Poco::Net::initializeSSL();
  Context::Params params;
  params.certificateFile = files.certificate;
  params.privateKeyFile = files.key;
  params.verificationMode = Context::VERIFY_NONE;  // of clients: they show tokens, not certificates
  params.loadDefaultCAs = false;
  params.cipherList = "ECDHE+AESGCM:ECDHE+CHACHA20";
  Context::Ptr context = new Context(Context::TLS_SERVER_USE, params);
  context->requireMinimumProtocol(Context::PROTO_TLSV1_2);
  context->preferServerCiphers();
  base::hold_tls_buffers_in_use_only(*context->sslContext());
  return context;
}

Poco::Net::ServerSocket listen(const Poco::Net::SocketAddress& address, const Poco::Net::Context::Ptr& context) {
  constexpr int kBacklog = 1024;
  auto socket = context.isNull() ? Poco::Net::ServerSocket() : Poco::Net::SecureServerSocket(context);
  // Poco's constructors would share the port (SO_REUSEPORT) with a second process, in silence.
  if (address.family() == Poco::Net::SocketAddress::IPv6)
    socket.bind6(address, true, false, false);
  else
    socket.bind(address, true, false);
  socket.listen(kBacklog);
  return socket;
}

}  // namespace

base::Result<std::unique_ptr<Server>> Server::start(const ServerOptions& options, Site& site) {
  Poco::Net::SocketAddress address;
  try {
    address = Poco::Net::SocketAddress(Poco::Net::IPAddress(options.address), options.port);
  } catch (const Poco::Exception&) {
    return fail(Code::invalid_argument, "http.address", "not an IPv4 or IPv6 address: " + options.address,
                "127.0.0.1 listens to this machine only, 0.0.0.0 to all");
  }
  Poco::Net::Context::Ptr context;
  if (options.tls) {
    const auto bad_files = [&](const std::string& why) {
      return fail(Code::io, "http.tls-files",
                  "cannot use the TLS certificate " + options.tls_files.certificate + " with the key " +
                      options.tls_files.key + ": " + why,
                  "both are PEM files, the key unencrypted (RSA or P-256) and belonging to the first certificate");
    };
    if (auto checked = check_tls_files(options.tls_files); !checked) return bad_files(checked.error().message);
    try {
      context = make_context(options.tls_files);
    } catch (const Poco::Exception& failure) {
      return bad_files(failure.displayText());
    }
  }
  try {
    return std::unique_ptr<Server>(std::make_unique<PocoServer>(options, site, listen(address, context)));
  } catch (const Poco::Exception& failure) {
    return fail(
        Code::io, "http.listen",
        "cannot listen on " + options.address + " port " + std::to_string(options.port) + ": " + failure.displayText(),
        "another program may hold the port; choose another one in the configuration");
  }
}

}  // namespace segell::http
