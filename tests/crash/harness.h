#pragma once

#include "base/encoding.h"
#include "journal/checkpoint.h"
#include "journal/proof.h"
#include "storage/fsck.h"
#include "support/store_fixture.h"

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

namespace segell::test {

/// Runs the driver and keeps, outside of it, everything that it ever said: an acknowledgement or a checkpoint that was
/// seen must hold for ever.
class CrashHarness {
 public:
  static constexpr std::size_t kThreads = 4;
  explicit CrashHarness(std::string folder) : m_folder(std::move(folder)), m_next(kThreads, 0) {}

  /// `wrapper` stands in front of the driver ("strace", …). Kills after `kill_after`, if that is positive. Gives the
  /// wait status.
  int run(const std::map<std::string, std::string>& environment, std::chrono::milliseconds kill_after,
          const std::vector<std::string>& wrapper = {}) {
    std::vector<std::string> command = wrapper;
    command.emplace_back(SEGELL_CRASH_DRIVER);
    command.push_back(m_folder);
    for (const std::uint64_t next : m_next) command.push_back(std::to_string(next));
    int out[2];
    REQUIRE(::pipe(out) == 0);
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      ::dup2(out[1], STDOUT_FILENO);
      ::close(out[0]);
      ::close(out[1]);
      for (const auto& [name, value] : environment) ::setenv(name.c_str(), value.c_str(), 1);
      std::vector<char*> arguments;
      for (std::string& part : command) arguments.push_back(part.data());
      arguments.push_back(nullptr);
      ::execvp(arguments[0], arguments.data());
      std::_Exit(127);
    }
    ::close(out[1]);
    std::thread killer;
    if (kill_after.count() > 0) {
      killer = std::thread([child, kill_after] {
        std::this_thread::sleep_for(kill_after);
        ::kill(child, SIGKILL);
      });
    }
    listen(out[0]);
    ::close(out[0]);
    if (killer.joinable()) killer.join();  // before the wait: the process id stays ours until then
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    return status;
  }

  /// I1 to I5 of the fault catalogue, from the files alone.
  void check() {
    {
      const auto database = sqlite::open_database(m_folder + "/segell.db", sqlite::OpenMode::read);
      const auto keys = sqlite::open_key_store(m_folder + "/keys.db", sqlite::OpenMode::read);
      const auto blobs = folder::open_blob_folder(m_folder + "/blobs");
      REQUIRE((database && keys && blobs));
      const base::Secret kek = test_kek();
      const auto report = storage::fsck({**database, keys->get(), &kek, blobs->get()});
      if (!report) FAIL("I3 " << report.error().message);
      for (const auto& finding : report->findings) FAIL_CHECK("I3 " << finding.id << " " << finding.where);
      const auto session = *(*database)->open_session(storage::Access::read);
      const auto tenants = *storage::read_tenants(*session);
      REQUIRE(tenants.size() == 1);
      check_checkpoints(*session, tenants[0]);
    }
    check_events();
  }

  [[nodiscard]] std::size_t acknowledged() const { return m_acknowledged.size(); }
  [[nodiscard]] std::size_t checkpoints() const { return m_checkpoints.size(); }

 private:
  void listen(int fd) {
    std::string text;
    char buffer[65536];
    ssize_t count = 0;
    while ((count = ::read(fd, buffer, sizeof buffer)) > 0) text.append(buffer, static_cast<std::size_t>(count));
    std::size_t begin = 0;
    for (std::size_t end = text.find('\n'); end != std::string::npos; begin = end + 1, end = text.find('\n', begin))
      line(text.substr(begin, end - begin));
  }

  void line(const std::string& text) {
    if (text.starts_with("checkpoint ")) {
      m_checkpoints.insert(base::to_text(*base::from_base64(text.substr(11))));
    } else if (text.starts_with("ack ")) {
      const std::size_t space = text.find(' ', 4);
      const std::string key = text.substr(4, space - 4);
      const std::uint64_t index = std::stoull(text.substr(space + 1));
      const auto [at, fresh] = m_acknowledged.emplace(key, index);
      if (!fresh) CHECK(at->second == index);  // I5: asked again, answered the same
      m_next[std::stoull(key)] = std::stoull(key.substr(key.find('-') + 1)) + 1;
    }
  }

  void check_checkpoints(storage::Session& session, const storage::TenantRecord& tenant) {
    const auto key = *journal::VerifierKey::parse(tenant.log_vkey);
    const auto nodes = storage::read_log_nodes(session, tenant.id);
    const std::uint64_t size = storage::read_log_head(session, tenant.id)->size;
    for (const std::string& note : m_checkpoints) {
      const auto checkpoint = journal::verify_checkpoint(note, key);
      REQUIRE(checkpoint);
      REQUIRE(checkpoint->size <= size);  // I2
      const auto root = journal::root_at(checkpoint->size, nodes);
      REQUIRE(root);
      REQUIRE(*root == checkpoint->root);
    }
  }

  void check_events() {
    const auto open = open_store(m_folder);
    const std::uint64_t size = *open->store->read(test_tenant(), [](const auto& view) { return view.log_size(); });
    std::map<std::string, std::uint64_t> events;
    const auto all_read = open->store->read(test_tenant(), [&](const storage::View& view) -> base::Result<void> {
      for (std::uint64_t index = 0; index < size; ++index) {
        const auto opening = view.evidence().opening(index);
        REQUIRE(opening);
        const std::string event = base::to_text(opening->event);
        REQUIRE(events.emplace(event, index).second);  // I5
        const auto known = view.idempotency().find("driver", "act", event);
        REQUIRE((known && *known));  // I4: an event has its record
        REQUIRE((*known)->response == std::to_string(index));
      }
      return base::ok();
    });
    REQUIRE(all_read);
    for (const auto& [key, index] : m_acknowledged) {
      const auto event = events.find(key);
      REQUIRE(event != events.end());  // I1
      REQUIRE(event->second == index);
    }
  }

  std::string m_folder;
  std::vector<std::uint64_t> m_next;
  std::map<std::string, std::uint64_t> m_acknowledged;
  std::set<std::string> m_checkpoints;
};

}  // namespace segell::test
