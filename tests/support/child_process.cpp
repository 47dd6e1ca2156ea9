#include "support/child_process.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <stdexcept>
#include <thread>

extern char** environ;

namespace segell::tests {
namespace {

using Clock = std::chrono::steady_clock;

struct Spawned {
  pid_t pid = -1;
  int in = -1, out = -1, err = -1;
};

// Everything that allocates happens before fork: the child only calls async-signal-safe functions.
Spawned spawn(const std::vector<std::string>& arguments, const RunOptions& options, bool keep_error) {
  if (arguments.empty()) throw std::runtime_error("no program to run");
  std::vector<char*> argv;
  for (const auto& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  std::vector<std::string> variables;
  for (char** entry = environ; *entry; ++entry) {
    const std::string text = *entry;
    if (!options.environment.contains(text.substr(0, text.find('=')))) variables.push_back(text);
  }
  for (const auto& [name, value] : options.environment) variables.push_back(name + "=" + value);
  std::vector<char*> envp;
  for (auto& variable : variables) envp.push_back(variable.data());
  envp.push_back(nullptr);

  int in[2], out[2], err[2];
  if (pipe2(in, O_CLOEXEC) || pipe2(out, O_CLOEXEC) || pipe2(err, O_CLOEXEC)) throw std::runtime_error("pipe failed");
  const std::string directory = options.directory.string();
  const pid_t parent = getpid();
  const pid_t pid = fork();
  if (pid < 0) throw std::runtime_error("fork failed");
  if (pid == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(126);
    dup2(in[0], 0);
    dup2(out[1], 1);
    if (keep_error) dup2(err[1], 2);
    if (!directory.empty() && chdir(directory.c_str()) != 0) _exit(126);
    execvpe(argv[0], argv.data(), envp.data());
    _exit(127);
  }
  close(in[0]);
  close(out[1]);
  close(err[1]);
  if (!keep_error) close(err[0]);
  return {pid, in[1], out[0], keep_error ? err[0] : -1};
}

int exit_code_of(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status); }

int milliseconds_left(Clock::time_point end) {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()).count();
  return left < 0 ? 0 : static_cast<int>(left);
}

// Reads what is there; false at the end of the stream.
bool drain(int descriptor, std::string& into) {
  char buffer[65536];
  const ssize_t count = read(descriptor, buffer, sizeof buffer);
  if (count > 0) into.append(buffer, static_cast<std::size_t>(count));
  return count > 0 || (count < 0 && (errno == EINTR || errno == EAGAIN));
}

}  // namespace

RunResult run(const std::vector<std::string>& arguments, const RunOptions& options) {
  Spawned child = spawn(arguments, options, true);
  std::signal(SIGPIPE, SIG_IGN);  // a program that does not read its input must not end the test
  fcntl(child.in, F_SETFL, O_NONBLOCK);
  const auto end = Clock::now() + options.timeout;
  RunResult result;
  std::size_t written = 0;
  while (child.out >= 0 || child.err >= 0) {
    if (child.in >= 0 && written == options.input.size()) {
      close(child.in);
      child.in = -1;
    }
    pollfd waits[3] = {{child.in, POLLOUT, 0}, {child.out, POLLIN, 0}, {child.err, POLLIN, 0}};
    if (poll(waits, 3, milliseconds_left(end)) == 0) {
      result.timed_out = true;
      kill(child.pid, SIGKILL);
      break;
    }
    if (waits[0].revents) {
      const ssize_t count = write(child.in, options.input.data() + written, options.input.size() - written);
      written = count < 0 && errno != EAGAIN ? options.input.size()
                                             : written + static_cast<std::size_t>(count < 0 ? 0 : count);
    }
    if (waits[1].revents && !drain(child.out, result.out)) {
      close(child.out);
      child.out = -1;
    }
    if (waits[2].revents && !drain(child.err, result.err)) {
      close(child.err);
      child.err = -1;
    }
  }
  for (int descriptor : {child.in, child.out, child.err})
    if (descriptor >= 0) close(descriptor);
  int status = 0;
  waitpid(child.pid, &status, 0);
  result.exit_code = exit_code_of(status);
  return result;
}

ChildProcess::ChildProcess(const std::vector<std::string>& arguments, const RunOptions& options) {
  const Spawned child = spawn(arguments, options, false);
  m_pid = child.pid;
  m_out = child.out;
  close(child.in);
}

ChildProcess::~ChildProcess() {
  stop();
  close(m_out);
}

std::string ChildProcess::wait_for_line(std::string_view prefix, std::chrono::milliseconds timeout) {
  const auto end = Clock::now() + timeout;
  for (;;) {
    for (std::size_t start = 0, stop; (stop = m_said.find('\n', start)) != std::string::npos; start = stop + 1)
      if (m_said.compare(start, prefix.size(), prefix) == 0)
        return m_said.substr(start + prefix.size(), stop - start - prefix.size());
    pollfd wait{m_out, POLLIN, 0};
    if (poll(&wait, 1, milliseconds_left(end)) == 0 || !drain(m_out, m_said))
      throw std::runtime_error("the child never said \"" + std::string(prefix) + "\"; it said: " + m_said);
  }
}

int ChildProcess::stop() {
  if (m_pid < 0) return m_exit_code;
  kill(m_pid, SIGTERM);
  const auto end = Clock::now() + std::chrono::seconds(2);
  int status = 0;
  while (waitpid(m_pid, &status, WNOHANG) == 0) {
    if (Clock::now() > end) kill(m_pid, SIGKILL);
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  m_pid = -1;
  return m_exit_code = exit_code_of(status);
}

void ChildProcess::kill_now() {
  if (m_pid < 0) return;
  kill(m_pid, SIGKILL);
  int status = 0;
  waitpid(m_pid, &status, 0);
  m_pid = -1;
  m_exit_code = exit_code_of(status);
}

TemporaryFolder::TemporaryFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "segell-test-XXXXXX").string();
  if (!mkdtemp(name.data())) throw std::runtime_error("no temporary folder");
  m_path = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(m_path, ignored);
}

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(file), {}};
}

void write_file(const std::filesystem::path& path, std::string_view content) {
  std::ofstream file(path, std::ios::binary);
  file.write(content.data(), static_cast<std::streamsize>(content.size()));
  if (!file.flush()) throw std::runtime_error("cannot write " + path.string());
}

}  // namespace segell::tests
