#include "segelld_process.h"

#include <ctime>
#include <fstream>
#include <stdexcept>

namespace segell::bench {
namespace {

const std::string kPki = SEGELL_PKI;
const std::string kSegelld = SEGELL_BIN "/segelld";

}  // namespace

SegelldProcess::SegelldProcess(bool tls) : m_home(m_folder / "home"), m_tls(tls) { init(); }

SegelldProcess::SegelldProcess(const std::filesystem::path& kept, const Fill& fill) : m_home(kept), m_tls(true) {
  const auto done = m_home / "filled";
  if (!std::filesystem::exists(done)) {
    std::filesystem::remove_all(m_home);
    init();
    fill(m_home / "data", m_home / "kek");
    tests::write_file(done, "");
  }
}

void SegelldProcess::init() {
  std::filesystem::create_directories(m_home);
  std::string config =
      "profile = example\nlisten.port = 0\npublic-url = https://localhost\ndata = data\nkek = kek\n"
      "log.origin = segell.example\ntenant.organisation = Ajuntament de Vilaexemple\ntenant.seal.key = " +
      kPki + "/seal-rsa.key\ntenant.seal.certificate = " + kPki + "/seal-rsa.pem\ntenant.seal.chain = " + kPki +
      "/issuing.pem\ntrust = " + kPki + "/anchors\nmessages.level = warning\nlisten.idle-seconds = 300\n";
  if (m_tls) {
    tests::write_file(m_home / "tls.pem",
                      tests::read_file(kPki + "/tls.pem") + tests::read_file(kPki + "/issuing.pem"));
    config += "listen.tls.certificate = tls.pem\nlisten.tls.key = " + kPki + "/tls.key\n";
  }
  tests::write_file(this->config(), config);
  const auto made =
      tests::run({kSegelld, "init", "--config", this->config(), "--token-file", (m_home / "token").string()});
  if (!made.ok()) throw std::runtime_error("segelld init: " + made.err);
  m_token = tests::read_file(m_home / "token");
  m_token.pop_back();
}

std::chrono::duration<double> SegelldProcess::start() {
  const auto begin = std::chrono::steady_clock::now();
  m_process = std::make_unique<tests::ChildProcess>(std::vector<std::string>{kSegelld, "--config", config()});
  const auto url = m_process->wait_for_line("listening ", std::chrono::seconds(60));
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  m_port = static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1)));
  return took;
}

std::filesystem::path SegelldProcess::anchor() const {
  return m_tls ? std::filesystem::path(kPki + "/root.pem") : std::filesystem::path();
}

double SegelldProcess::cpu_seconds() const {
  clockid_t clock{};
  timespec spent{};
  if (::clock_getcpuclockid(m_process->pid(), &clock) != 0 || ::clock_gettime(clock, &spent) != 0)
    throw std::runtime_error("segelld has gone");
  return static_cast<double>(spent.tv_sec) + static_cast<double>(spent.tv_nsec) * 1e-9;
}

double SegelldProcess::resident_mib() const {
  std::ifstream in("/proc/" + std::to_string(m_process->pid()) + "/status");
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("VmRSS:")) return std::stod(line.substr(6)) / 1024;
  }
  throw std::runtime_error("segelld has gone");
}

}  // namespace segell::bench
