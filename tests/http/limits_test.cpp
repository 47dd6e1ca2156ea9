// Slow clients, many clients, and the end of the server.

#include "http/raw_client.h"
#include "http/test_site.h"
#include "support/child_process.h"

#include <doctest/doctest.h>
#include <sys/resource.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <thread>
#include <vector>

using namespace std::chrono_literals;
using segell::http::ServerOptions;
using segell::tests::body_of;
using segell::tests::RawClient;
using segell::tests::status_of_answer;
using segell::tests::statuses;
using segell::tests::TestServer;
using std::chrono::steady_clock;

namespace {

const std::string kGet = "GET /x HTTP/1.1\r\nHost: a\r\n\r\n";

/// Sends the text one octet every `pause` until the peer closes; how long that took.
std::chrono::milliseconds drip(RawClient& client, std::string_view text, std::chrono::milliseconds pause) {
  const auto begin = steady_clock::now();
  for (const char c : text) {
    if (!client.send({&c, 1}) || client.closed_within(pause)) break;
  }
  return std::chrono::duration_cast<std::chrono::milliseconds>(steady_clock::now() - begin);
}

int status_of_get(std::uint16_t port) {
  RawClient client(port);
  client.send(kGet);
  return status_of_answer(client.read_answer(3s));
}

std::size_t threads_of_this_process() {
  const std::filesystem::directory_iterator tasks("/proc/self/task");
  return static_cast<std::size_t>(std::distance(begin(tasks), end(tasks)));
}

}  // namespace

TEST_CASE("a head that trickles in ends at its deadline, however steadily it trickles") {
  TestServer server;
  RawClient client(server.port());
  CHECK(drip(client, "GET /x HTTP/1.1\r\nHost: a\r\nX: " + std::string(200, 'a'), 50ms) < 3s);
  CHECK(server.site.m_ran == 0);
}

TEST_CASE("a late head is told so") {
  TestServer server;
  RawClient client(server.port());
  client.send("GET /x HTTP/1.1\r\nHost:");
  CHECK(statuses(client.read_all(4s)) == std::vector<int>{408});
}

TEST_CASE("a body that trickles in ends at its deadline") {
  TestServer server;
  RawClient client(server.port());
  client.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 200\r\n\r\n");
  CHECK(drip(client, std::string(200, 'a'), 50ms) < 3s);
  CHECK(server.site.m_ran == 0);
}

TEST_CASE("a connection that says nothing, before the first request or after one, is closed without a word") {
  TestServer server;
  RawClient silent(server.port());
  RawClient idle(server.port());
  idle.send(kGet);
  CHECK(status_of_answer(idle.read_answer()) == 200);
  CHECK(silent.closed_within(3s));
  CHECK(silent.read_all().empty());
  CHECK(idle.closed_within(3s));
  CHECK(idle.read_all().empty());
}

TEST_CASE("connections between two requests hold no threads, and each goes on when it is asked again") {
  constexpr std::size_t kClients = 60;
  ServerOptions options;
  options.limits.idle = 30s;
  TestServer server(options);
  std::vector<std::unique_ptr<RawClient>> clients;
  for (std::size_t i = 0; i < kClients; ++i) {
    clients.push_back(std::make_unique<RawClient>(server.port()));
    clients.back()->send(kGet);
    REQUIRE(status_of_answer(clients.back()->read_answer()) == 200);
  }
  const auto until = steady_clock::now() + 15s;
  while (threads_of_this_process() > kClients / 4 && steady_clock::now() < until) std::this_thread::sleep_for(50ms);
  CHECK(threads_of_this_process() <= kClients / 4);
  for (int again = 0; again < 2; ++again) {
    for (const auto& client : clients) client->send(kGet);
    for (const auto& client : clients) CHECK(status_of_answer(client->read_answer()) == 200);
  }
  CHECK(server.server->connections() == static_cast<int>(kClients));
}

TEST_CASE("a connection that rests ends at its deadline, with its client, and with the server") {
  ServerOptions options;
  options.limits.idle = 1500ms;
  TestServer server(options);
  RawClient late(server.port());
  late.send(kGet);
  CHECK(status_of_answer(late.read_answer()) == 200);
  const auto begin = steady_clock::now();
  CHECK(late.closed_within(4s));
  CHECK(steady_clock::now() - begin > 1s);
  {
    RawClient gone(server.port());
    gone.send(kGet);
    CHECK(status_of_answer(gone.read_answer()) == 200);
    std::this_thread::sleep_for(400ms);
  }
  const auto until = steady_clock::now() + 3s;
  while (server.server->connections() > 0 && steady_clock::now() < until) std::this_thread::sleep_for(10ms);
  CHECK(server.server->connections() == 0);
  RawClient last(server.port());
  last.send(kGet);
  CHECK(status_of_answer(last.read_answer()) == 200);
  std::this_thread::sleep_for(400ms);
  CHECK(server.server->stop(1s));
  CHECK(last.closed_within(1s));
}

TEST_CASE("a refused body is thrown away for a bounded time, however fast or slowly it comes") {
  ServerOptions options;
  options.limits.linger = 1s;
  options.limits.linger_pause = 300ms;
  TestServer server(options);
  const std::string head = "POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: 99000000000\r\n\r\n";
  const auto begin = steady_clock::now();
  SUBCASE("as fast as it can") {
    RawClient client(server.port());
    client.send(head);
    const std::string piece(100'000, 'a');
    while (client.send(piece) && steady_clock::now() - begin < 10s) {
    }
  }
  SUBCASE("an octet at a time") {
    RawClient client(server.port());
    client.send(head);
    drip(client, std::string(400, 'a'), 25ms);
  }
  SUBCASE("not at all") {
    RawClient client(server.port());
    client.send(head);
    CHECK(statuses(client.read_all()) == std::vector<int>{413});
  }
  while (server.server->connections() > 0 && steady_clock::now() - begin < 10s) std::this_thread::sleep_for(20ms);
  CHECK(server.server->connections() == 0);
  CHECK(steady_clock::now() - begin < 5s);
}

TEST_CASE("a stopping server does not wait for the rest of a refused body") {
  ServerOptions options;
  options.limits.linger_pause = 20s;
  TestServer server(options);
  RawClient client(server.port());
  client.send("POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: 99000000\r\n\r\n");
  CHECK(status_of_answer(client.read_answer()) == 413);
  const auto begin = steady_clock::now();
  CHECK(server.server->stop(5s));
  CHECK(steady_clock::now() - begin < 2s);
}

TEST_CASE("a client that does not read its answer is cut off") {
  TestServer server;
  RawClient client(server.port());
  client.send("GET /much HTTP/1.1\r\nHost: a\r\n\r\n");
  const auto begin = steady_clock::now();
  while (server.site.m_answered == 0 && steady_clock::now() - begin < 10s) std::this_thread::sleep_for(20ms);
  CHECK(server.site.m_answered == 1);
  CHECK(steady_clock::now() - begin < 10s);
}

TEST_CASE("a slow endpoint is not cut off by deadlines that are the client's") {
  ServerOptions options;
  options.limits.body_grace = 200ms;
  TestServer server(options);
  RawClient client(server.port());
  client.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
  CHECK(status_of_answer(client.read_answer()) == 200);
}

TEST_CASE("with a thousand idle connections a new request is served at once") {
  rlimit files{};
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = std::min<rlim_t>(files.rlim_max, 4096);
  setrlimit(RLIMIT_NOFILE, &files);
  ServerOptions options;
  options.max_connections = 1100;
  options.limits.idle = std::chrono::seconds(60);
  TestServer server(options);
  std::vector<std::unique_ptr<RawClient>> idle;
  const auto await = [&](int count) {
    const auto since = steady_clock::now();
    while (server.server->connections() < count && steady_clock::now() - since < 10s) std::this_thread::sleep_for(1ms);
  };
  for (int i = 1; i <= 1000; ++i) {
    idle.push_back(std::make_unique<RawClient>(server.port()));
    // the kernel's queue of connections that nobody took yet is short, and forgets what does not fit
    if (i % 32 == 0) await(i);
  }
  const auto begin = steady_clock::now();
  CHECK(status_of_get(server.port()) == 200);
  CHECK(steady_clock::now() - begin < 2s);
  await(1000);
  CHECK(server.server->connections() >= 1000);
}

TEST_CASE("beyond the cap a connection is told 503, and a free place is taken again") {
  ServerOptions options;
  options.max_connections = 4;
  TestServer server(options);
  std::vector<std::unique_ptr<RawClient>> held;
  for (int i = 0; i < 4; ++i) {
    held.push_back(std::make_unique<RawClient>(server.port()));
    held.back()->send(kGet);
    CHECK(status_of_answer(held.back()->read_answer()) == 200);
  }
  for (int i = 0; i < 10; ++i) {
    RawClient more(server.port());
    more.send(kGet);
    const auto all = more.read_all(3s);
    CHECK(statuses(all) == std::vector<int>{503});
    CHECK(all.find("Retry-After") != all.npos);
  }
  held.clear();
  const auto begin = steady_clock::now();
  int status = 0;
  while (status != 200 && steady_clock::now() - begin < 5s) status = status_of_get(server.port());
  CHECK(status == 200);
}

TEST_CASE("bodies in memory have a common budget; beyond it a request is told to come again") {
  ServerOptions options;
  options.body_budget = 1 << 20;
  options.limits.body_grace = 2s;
  TestServer server(options);
  RawClient holder(server.port());
  holder.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n" + std::string(900'000, 'a'));
  std::this_thread::sleep_for(200ms);
  RawClient other(server.port());
  other.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 400000\r\n\r\n" + std::string(400'000, 'a'));
  CHECK(status_of_answer(other.read_answer()) == 503);
  holder.send(std::string(100'000, 'a'));
  CHECK(status_of_answer(holder.read_answer()) == 200);
  // Whoever has the answer has the room too.
  for (int again = 0; again < 20; ++again) {
    RawClient next(server.port());
    next.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 600000\r\n\r\n" + std::string(600'000, 'a'));
    CHECK(status_of_answer(next.read_answer()) == 200);
  }
}

TEST_CASE("a body that is too long for memory comes from the disk, whole and the same, declared or in chunks") {
  const segell::tests::TemporaryFolder folder;
  ServerOptions options;
  options.body_budget = 1 << 20;
  options.spool_budget = 8 << 20;
  options.spool_folder = folder.path();
  TestServer server(options);
  std::string body(3 << 20, 'a');
  for (std::size_t at = 0; at < body.size(); at += 4097) body[at] = static_cast<char>('b' + at % 20);
  const std::string told = "spooled " + segell::base::to_hex(segell::base::sha256(segell::base::as_bytes(body)));
  const std::string head = "POST /spooled HTTP/1.1\r\nHost: a\r\n";
  RawClient declared(server.port());
  // Twice on one connection: the second request begins where the first one's body ended.
  for (int again = 0; again < 2; ++again) {
    declared.send(head + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    CHECK(body_of(declared.read_answer()) == told);
  }
  RawClient chunked(server.port());
  chunked.send(head + "Transfer-Encoding: chunked\r\n\r\n");
  for (std::size_t at = 0; at < body.size(); at += 1 << 20)
    chunked.send("100000\r\n" + body.substr(at, 1 << 20) + "\r\n");
  chunked.send("0\r\n\r\n");
  CHECK(body_of(chunked.read_answer()) == told);
  RawClient small(server.port());
  small.send(head + "Content-Length: 5\r\n\r\nhello");
  CHECK(body_of(small.read_answer()) == "POST /spooled 5 hello");
  CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("files of bodies have a common budget, and what does not come whole never reaches its endpoint") {
  const segell::tests::TemporaryFolder folder;
  ServerOptions options;
  options.spool_budget = 2 << 20;
  options.spool_folder = folder.path();
  options.limits.body_grace = 2s;
  TestServer server(options);
  const std::string head = "POST /spooled HTTP/1.1\r\nHost: a\r\n";
  const std::string declared = head + "Content-Length: 1500000\r\n\r\n";
  {
    RawClient holder(server.port());
    holder.send(declared + std::string(1'400'000, 'a'));
    std::this_thread::sleep_for(200ms);
    RawClient other(server.port());
    other.send(declared + std::string(1'500'000, 'a'));
    CHECK(status_of_answer(other.read_answer()) == 503);
  }
  CHECK(server.site.m_ran == 0);  // the holder went away in the middle
  int status = 503;
  for (int again = 0; status == 503 && again < 250; ++again) {
    RawClient next(server.port());
    next.send(declared + std::string(1'500'000, 'a'));
    status = status_of_answer(next.read_answer());
    if (status == 503) std::this_thread::sleep_for(20ms);
  }
  CHECK(status == 200);  // its room is free again, soon
  CHECK(server.site.m_ran == 1);
  RawClient endless(server.port());
  endless.send(head + "Transfer-Encoding: chunked\r\n\r\n4000001\r\n");
  CHECK(status_of_answer(endless.read_answer()) == 413);
  RawClient broken(server.port());
  broken.send(head + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello!");
  CHECK(status_of_answer(broken.read_answer()) == 400);
  CHECK(server.site.m_ran == 1);
}

TEST_CASE("where no file can be made a body that needs one is refused, and the others are answered") {
  ServerOptions options;
  options.spool_budget = 8 << 20;
  options.spool_folder = "/nowhere/at/all";
  TestServer server(options);
  RawClient large(server.port());
  large.send("POST /spooled HTTP/1.1\r\nHost: a\r\nContent-Length: 2000\r\n\r\n" + std::string(2000, 'a'));
  const auto answer = large.read_answer();
  CHECK(status_of_answer(answer) == 500);
  CHECK(answer.find("nowhere") == answer.npos);
  CHECK(status_of_get(server.port()) == 200);
}

TEST_CASE("stopping ends idle connections at once and lets a running request finish") {
  ServerOptions options;
  TestServer server(options);
  RawClient idle(server.port());
  idle.send(kGet);
  idle.read_answer();
  RawClient busy(server.port());
  busy.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
  std::this_thread::sleep_for(100ms);
  const auto begin = steady_clock::now();
  CHECK(server.server->stop(5s));
  CHECK(steady_clock::now() - begin < 2500ms);
  const auto answer = busy.read_answer();
  CHECK(status_of_answer(answer) == 200);
  CHECK(answer.find("Connection: close") != answer.npos);
  CHECK(idle.closed_within(1s));
}

TEST_CASE("stopping is bounded after a crowd that was refused") {
  ServerOptions options;
  options.max_connections = 4;
  auto server = std::make_unique<TestServer>(options);
  {
    std::vector<std::unique_ptr<RawClient>> crowd;
    for (int i = 0; i < 120; ++i) crowd.push_back(std::make_unique<RawClient>(server->port()));
    std::this_thread::sleep_for(100ms);
  }
  RawClient stalled(server->port());
  stalled.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
  const auto begin = steady_clock::now();
  server->server->stop(300ms);
  server.reset();
  CHECK(steady_clock::now() - begin < 5s);
}
