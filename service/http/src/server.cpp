#include "http/server.h"

#include "base/file.h"
#include "base/signing_key.h"
#include "base/tls.h"
#include "http/lounge.h"
#include "http/socket_transport.h"
#include "http/watch.h"

#include <Poco/Exception.h>
#include <Poco/Net/Context.h>
#include <Poco/Net/NetSSL.h>
#include <Poco/Net/SSLManager.h>
#include <Poco/Net/SecureServerSocket.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/TCPServer.h>
#include <Poco/Runnable.h>
#include <Poco/ThreadPool.h>
#include <Poco/Timer.h>

#include <thread>
#include <utility>

namespace segell::http {
namespace {

using base::Code;
using base::fail;

/// Threads beyond the cap, which only say 503.
constexpr int kOverflow = 32;
constexpr int kStackOctets = 2 * 1024 * 1024;
constexpr int kThreadIdleSeconds = 2;
constexpr long kHousekeepingMs = 1000;

struct Shared {
  Shared(const ServerOptions& given, Site& served)
      : options(given),
        site(served),
        room{BodyBudget(given.body_budget), BodyBudget(given.spool_budget), given.spool_folder},
        watch(static_cast<std::size_t>(given.max_connections + kOverflow)) {
    hasty.idle = hasty.head_deadline = hasty.linger = std::chrono::milliseconds(1000);
  }
  ServerOptions options;
  Site& site;
  BodyRoom room;
  Watch watch;
  ExchangeLimits hasty = options.limits;  ///< for connections beyond the cap
};

/// One connection, from whichever thread serves it at the moment. Owns itself while a thread runs it, and is the
/// lounge's between two requests.
class Visitor final : public Lounge::Guest, public Poco::Runnable {
 public:
  Visitor(Poco::Net::StreamSocket socket, Watch::Slot& slot, Shared& shared, Lounge& lounge)
      : m_shared(shared),
        m_slot(slot),
        m_lounge(lounge),
        m_socket(std::move(socket)),
        m_transport(m_socket, shared.watch, slot) {
    const bool overloaded = shared.watch.count() > shared.options.max_connections;
    m_conversation = make_conversation(m_transport, shared.site, shared.room,
                                       overloaded ? shared.hasty : shared.options.limits, overloaded);
  }
  ~Visitor() override { m_shared.watch.leave(m_slot); }
  Visitor(const Visitor&) = delete;
  Visitor& operator=(const Visitor&) = delete;

  [[nodiscard]] int descriptor() const override { return m_socket.impl()->sockfd(); }

  void run() override {
    std::unique_ptr<Visitor> self(this);
    try {
      if (m_conversation->proceed() == Conversation::State::resting) {
        m_lounge.rest(std::move(self));
        return;
      }
      // Under a deadline: a TLS goodbye writes.
      m_slot.sending = true;
      m_transport.set_deadline(std::chrono::steady_clock::now() + std::chrono::seconds(1));
      m_transport.say_goodbye();
    } catch (...) {
      // Out of memory, say: this connection ends, the others go on.
    }
  }

 private:
  Shared& m_shared;
  Watch::Slot& m_slot;
  Lounge& m_lounge;
  Poco::Net::StreamSocket m_socket;
  SocketTransport m_transport;
  std::unique_ptr<Conversation> m_conversation;
};

/// What Poco runs for a new connection.
class Connection final : public Poco::Net::TCPServerConnection {
 public:
  Connection(const Poco::Net::StreamSocket& connected, Shared& shared, Lounge& lounge)
      : TCPServerConnection(connected), m_shared(shared), m_lounge(lounge) {}

  void run() override {
    auto* slot = m_shared.watch.enter(socket().impl()->sockfd());
    if (slot == nullptr) return;
    std::unique_ptr<Visitor> visitor;
    try {
      visitor = std::make_unique<Visitor>(socket(), *slot, m_shared, m_lounge);
    } catch (...) {
      m_shared.watch.leave(*slot);
      return;
    }
    visitor.release()->run();
  }

 private:
  Shared& m_shared;
  Lounge& m_lounge;
};

class Factory final : public Poco::Net::TCPServerConnectionFactory {
 public:
  Factory(Shared& shared, Lounge& lounge) : m_shared(shared), m_lounge(lounge) {}
  Poco::Net::TCPServerConnection* createConnection(const Poco::Net::StreamSocket& socket) override {
    return new Connection(socket, m_shared, m_lounge);  // NOLINT(cppcoreguidelines-owning-memory): Poco deletes it
  }

 private:
  Shared& m_shared;
  Lounge& m_lounge;
};

/// Hands a connection that rested to a thread. There are as many as there may be connections, but one that has just
/// ended its work may need a moment until the pool knows.
void wake(Poco::ThreadPool& pool, std::unique_ptr<Lounge::Guest> guest) {
  auto* visitor = static_cast<Visitor*>(guest.release());
  while (true) {
    try {
      pool.start(*visitor);
      return;
    } catch (const Poco::NoThreadAvailableException&) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    } catch (const std::exception&) {
      const std::unique_ptr<Visitor> ended(visitor);  // no thread can be made: this connection ends
      return;
    }
  }
}

class PocoServer final : public Server {
 public:
  PocoServer(const ServerOptions& options, Site& site, const Poco::Net::ServerSocket& socket)
      : m_shared(options, site),
        m_pool("http", 2, options.max_connections + kOverflow, kThreadIdleSeconds, kStackOctets),
        m_woken("http", 2, options.max_connections + kOverflow, kThreadIdleSeconds, kStackOctets),
        m_lounge([this](std::unique_ptr<Lounge::Guest> guest) { wake(m_woken, std::move(guest)); }),
        m_server(new Factory(m_shared, m_lounge), m_pool, socket, params(options)),
        m_housekeeping(kHousekeepingMs, kHousekeepingMs) {
    m_housekeeping.start(Poco::TimerCallback<PocoServer>(*this, &PocoServer::keep_house));
    m_server.start();
  }
  ~PocoServer() override {
    if (!m_stopped) stop(std::chrono::milliseconds(0));
    m_housekeeping.stop();
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
  /// A thread that nobody needs goes, and its stack and its share of the allocator with it; Poco's pools look for such
  /// only when they are asked for one.
  void keep_house(Poco::Timer&) {
    m_pool.collect();
    m_woken.collect();
  }

  static Poco::Net::TCPServerParams* params(const ServerOptions& options) {
    auto* made = new Poco::Net::TCPServerParams;  // NOLINT(cppcoreguidelines-owning-memory): counted by Poco
    made->setMaxThreads(options.max_connections + kOverflow);
    made->setMaxQueued(kOverflow);
    // Poco joins its threads at the end, and one that has just missed the wake-up sleeps this long.
    made->setThreadIdleTime(Poco::Timespan(1, 0));
    return made;
  }

  Shared m_shared;
  Poco::ThreadPool m_pool;   ///< serves new connections until they rest
  Poco::ThreadPool m_woken;  ///< serves those that rested
  Lounge m_lounge;
  Poco::Net::TCPServer m_server;
  Poco::Timer m_housekeeping;
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
