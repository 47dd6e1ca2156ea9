#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace segell::tests {

/// Debian's own. One found by way of PATH may be a shim that takes a second to find its interpreter.
inline constexpr const char* kPython = "/usr/bin/python3";

using Environment = std::map<std::string, std::string>;  ///< added to the test's own environment

struct RunOptions {
  std::string input{};  ///< what the program reads on its standard input
  std::filesystem::path directory{};
  Environment environment{};
  std::chrono::milliseconds timeout{20000};
};

struct RunResult {
  int exit_code = -1;  ///< 128 + signal when a signal ended it
  bool timed_out = false;
  std::string out;
  std::string err;
  [[nodiscard]] bool ok() const { return exit_code == 0 && !timed_out; }
  [[nodiscard]] std::string all() const { return out + err; }
};

/// Runs a program to its end, bounded in time: it is killed when the time is up. No shell takes part.
RunResult run(const std::vector<std::string>& arguments, const RunOptions& options = {});

/// A server that lives as long as this object: stopped by its process id, SIGTERM first, SIGKILL two seconds later. The
/// kernel kills it too when the test itself dies.
class ChildProcess {
 public:
  explicit ChildProcess(const std::vector<std::string>& arguments, const RunOptions& options = {});
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  /// The rest of the first line on standard output that begins with `prefix`. Throws std::runtime_error, with what the
  /// server has said so far, when none comes in time.
  std::string wait_for_line(std::string_view prefix, std::chrono::milliseconds timeout = std::chrono::seconds(10));
  [[nodiscard]] pid_t pid() const { return m_pid; }
  /// Ends it and returns its exit code as RunResult has it.
  int stop();
  /// SIGKILL, as a power cut would.
  void kill_now();

 private:
  pid_t m_pid = -1;
  int m_out = -1;
  int m_exit_code = -1;
  std::string m_said;
};

/// An empty folder that goes with this object.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return m_path; }
  [[nodiscard]] std::filesystem::path operator/(std::string_view name) const { return m_path / name; }

 private:
  std::filesystem::path m_path;
};

/// Whole files; both throw std::runtime_error on failure.
std::string read_file(const std::filesystem::path& path);
void write_file(const std::filesystem::path& path, std::string_view content);

}  // namespace segell::tests
