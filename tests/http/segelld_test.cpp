// segelld as an operator meets it: a process of its own.

#include "support/child_process.h"
#include "support/soft_token.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

using namespace std::chrono_literals;
using segell::tests::ChildProcess;
using segell::tests::read_file;
using segell::tests::run;
using segell::tests::RunResult;
using segell::tests::TemporaryFolder;
using segell::tests::write_file;

namespace {

const std::string kSegelld = SEGELL_BIN "/segelld";
const std::string kPki = SEGELL_PKI;

/// A folder with a good configuration of the example profile.
struct Installation {
  explicit Installation(const std::string& more = {}, const std::string& profile = "example") {
    write_file(
        folder / "segelld.properties",
        "profile = " + profile + "\nlisten.port = 0\npublic-url = https://segell.example\ndata = data\nkek = kek\n" +
            "log.origin = segell.example\ntenant.organisation = Ajuntament de Vilaexemple\ntenant.seal.key = " + kPki +
            "/seal-p256.key\ntenant.seal.certificate = " + kPki + "/seal-p256.pem\ntrust = " + kPki + "/anchors\n" +
            more);
  }
  [[nodiscard]] std::string config() const { return (folder / "segelld.properties").string(); }
  [[nodiscard]] RunResult init() const {
    return run({kSegelld, "init", "--config", config(), "--token-file", (folder / "token").string()});
  }
  TemporaryFolder folder;
};

/// The body and, on a last line of its own, the status.
std::string fetch(const std::string& url, const std::vector<std::string>& more = {}) {
  std::vector<std::string> arguments{"curl", "-sS", "-m", "10", "-w", "\n%{http_code}", url};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return run(arguments).out;
}

mode_t mode_of(const std::filesystem::path& path) {
  struct stat state {};
  ::stat(path.c_str(), &state);
  return state.st_mode & 0777;
}

}  // namespace

TEST_CASE("init makes a store, a key file and a token that nobody else can read, and start serves them") {
  const Installation here;
  const auto made = here.init();
  REQUIRE_MESSAGE(made.ok(), made.err);
  CHECK(made.out.find("log segell.example/") != made.out.npos);
  CHECK(made.out.find("sgt_") == made.out.npos);
  CHECK(read_file(here.folder / "token").starts_with("sgt_"));
  CHECK(mode_of(here.folder / "token") == 0600);
  CHECK(mode_of(here.folder / "kek") == 0600);
  CHECK(mode_of(here.folder / "data") == 0700);

  const auto again = here.init();
  CHECK(again.exit_code == 1);
  CHECK(again.err.find("there is a store already") != again.err.npos);

  ChildProcess server({kSegelld, "--config", here.config()});
  const auto url = server.wait_for_line("listening ");
  CHECK(fetch(url + "/healthz").ends_with("\n200"));
  CHECK(fetch(url + "/readyz").ends_with("\n200"));
  CHECK(fetch(url + "/api/v1/documents/x").ends_with("\n401"));

  const auto second = run({kSegelld, "--config", here.config()});
  CHECK(second.exit_code == 1);
  CHECK_MESSAGE(second.err.find("store.locked") != second.err.npos, second.err);

  CHECK(server.stop() == 0);
}

TEST_CASE("further tokens are issued with the rights and questions asked for, and end when revoked") {
  const Installation here;
  REQUIRE(here.init().ok());
  const auto token = [&](std::vector<std::string> more) {
    std::vector<std::string> words{kSegelld, "token", "--config", here.config()};
    words.insert(words.end(), more.begin(), more.end());
    return run(words);
  };
  const auto file = (here.folder / "reader").string();
  const auto issued = token({"--label", "arxiu", "--rights", "documents:read", "--token-file", file});
  REQUIRE_MESSAGE(issued.ok(), issued.err);
  CHECK(issued.out.find("sgt_") == issued.out.npos);
  CHECK(mode_of(file) == 0600);
  const auto asking = token({"--label", "padro", "--rights", "evaluate", "--purpose", "meal-grant"});
  REQUIRE_MESSAGE(asking.ok(), asking.err);
  const auto bearer = asking.out.substr(asking.out.find("sgt_"), 47);
  auto actor = issued.out.substr(issued.out.find("actor ") + 6);
  actor = actor.substr(0, actor.find('\n'));

  const auto status_of = [&](const std::string& credential, const std::string& path) {
    ChildProcess server({kSegelld, "--config", here.config()});
    const auto url = server.wait_for_line("listening ");
    auto answer = fetch(url + path, {"-H", "Authorization: Bearer " + credential});
    return answer.substr(answer.rfind('\n') + 1);
  };
  auto reader = read_file(file);
  reader.pop_back();
  const std::string document = "/api/v1/documents/00000000000000000000000000/content";
  CHECK(status_of(reader, document) == "404");
  CHECK(status_of(bearer, document) == "403");
  const auto revoked = token({"--revoke", actor});
  CHECK_MESSAGE(revoked.ok(), revoked.err);
  CHECK(status_of(reader, document) == "401");
  CHECK(status_of(bearer, document) == "403");

  const auto again = token({"--revoke", actor});
  CHECK(again.exit_code == 1);
  CHECK(again.err.find("no valid token has that name") != again.err.npos);
  CHECK(token({"--revoke", "x"}).err.find("'x' is no name of a token") != std::string::npos);
  CHECK(token({"--label", "a", "--rights", "everything"}).err.find("unknown right 'everything'") != std::string::npos);
  CHECK(token({"--label", "a", "--rights", "evaluate"}).err.find("needs the questions") != std::string::npos);
  CHECK(token({"--label", "a", "--rights", "documents:read", "--every-question"}).err.find("only the right evaluate") !=
        std::string::npos);
  CHECK(token({"--label", "a", "--rights", "evaluate", "--purpose", "a b"}).err.find("no code") != std::string::npos);
  CHECK(token({"--label", "a"}).exit_code == 2);
  CHECK(token({"--revoke", actor, "--label", "a"}).exit_code == 2);
  CHECK(run({kSegelld, "--config", here.config(), "--label", "a"}).exit_code == 2);

  ChildProcess server({kSegelld, "--config", here.config()});
  server.wait_for_line("listening ");
  const auto locked = token({"--label", "a", "--rights", "documents:read"});
  CHECK(locked.exit_code == 1);
  CHECK_MESSAGE(locked.err.find("hint: ") != locked.err.npos, locked.err);
}

TEST_CASE("a folder for letters that is missing, or that everybody on the machine can open, is refused by name") {
  const Installation here("login.letters = letters\n");
  REQUIRE(here.init().ok());
  const auto refused = [&](const std::vector<std::string>& more) {
    std::vector<std::string> words{kSegelld, "--config", here.config()};
    words.insert(words.end(), more.begin(), more.end());
    const auto outcome = run(words);
    return outcome.exit_code == 2 ? outcome.err : "exit " + std::to_string(outcome.exit_code);
  };
  for (const std::vector<std::string>& how : {std::vector<std::string>{}, {"--check-config"}}) {
    CHECK(refused(how).find("login.letters: cannot write letters into") != std::string::npos);
    CHECK(refused(how).find("install -d -m 0700") != std::string::npos);
  }
  std::filesystem::create_directory(here.folder / "letters");
  ::chmod((here.folder / "letters").c_str(), 0755);
  CHECK(refused({}).find("everybody on this machine can open") != std::string::npos);
  ::chmod((here.folder / "letters").c_str(), 0750);
  CHECK(refused({"--check-config"}) == "exit 0");
}

TEST_CASE("an address under which browsers offer no passkeys is told when segelld starts") {
  Installation here;
  std::string config = read_file(here.config());
  config.replace(config.find("https://segell.example"), 22, "http://192.0.2.7:8080");
  write_file(here.folder / "segelld.properties", config);
  REQUIRE(here.init().ok());
  const auto told = run({"timeout", "1", kSegelld, "--config", here.config()});
  CHECK(told.out.find("listening ") != std::string::npos);
  CHECK(told.err.find("no passkeys are offered: public-url is http://192.0.2.7:8080") != std::string::npos);
}

TEST_CASE("accounts are made with a letter that only its owner opens, and kept by their names") {
  const Installation here;
  REQUIRE(here.init().ok());
  const auto account = [&](std::vector<std::string> more) {
    std::vector<std::string> words{kSegelld, "account"};
    words.insert(words.end(), more.begin(), more.end());
    words.insert(words.end(), {"--config", here.config()});
    return run(words);
  };
  const auto letter = (here.folder / "letter").string();
  const auto made = account({"create", "--name", "Marta.Inventada", "--shown", "Marta Inventada", "--role",
                             "professional", "--letter", letter, "--lang", "en"});
  REQUIRE_MESSAGE(made.ok(), made.err);
  CHECK(mode_of(letter) == 0600);
  const auto text = read_file(letter);
  CHECK(text.find("https://segell.example/login") != text.npos);
  CHECK(text.find("Ajuntament de Vilaexemple") != text.npos);
  const auto code = text.substr(text.find("Your code:         ") + 19, 19);
  CHECK(code.size() == 19);
  CHECK(made.out.find(code) == made.out.npos);  // who types the command does not read it
  CHECK(account({"list"}).out == "marta.inventada\tinvited\tprofessional\tpassword\n");

  std::string everywhere;
  for (const auto& file : std::filesystem::recursive_directory_iterator(here.folder / "data"))
    if (file.is_regular_file()) everywhere += read_file(file.path());
  for (const char* canary : {"marta.inventada", "Marta Inventada"}) CHECK(everywhere.find(canary) == everywhere.npos);
  CHECK(everywhere.find(code) == everywhere.npos);

  {
    ChildProcess server({kSegelld, "--config", here.config()});
    const auto url = server.wait_for_line("listening ");
    const auto activate = [&] {
      return fetch(url + "/api/v1/activation",
                   {"-i", "-H", "Content-Type: application/json", "-d",
                    R"({"name":"marta.inventada","password":"quatre paraules ben meves","code":")" + code + "\"}"});
    };
    const auto answer = activate();
    CHECK_MESSAGE(answer.ends_with("\n201"), answer);
    CHECK(answer.find("Set-Cookie: __Host-segell=sgs_") != answer.npos);
    CHECK(activate().ends_with("\n401"));
    const auto locked = account({"disable", "--name", "marta.inventada"});
    CHECK(locked.exit_code == 1);
    CHECK(locked.err.find("hint: ") != locked.err.npos);
  }
  CHECK(account({"disable", "--name", "marta.inventada"}).ok());
  CHECK(account({"list"}).out.find("\tdisabled\t") != std::string::npos);
  CHECK(account({"role", "--name", "marta.inventada", "--role", "manager"}).ok());
  CHECK(account({"role", "--name", "marta.inventada", "--role", "professional", "--withdraw"}).ok());
  CHECK(account({"list"}).out.find("\tmanager\t") != std::string::npos);
  CHECK(account({"close", "--name", "marta.inventada"}).ok());
  CHECK(account({"list"}).out.empty());

  struct Wrong {
    std::vector<std::string> words;
    int code;
    const char* told;
  };
  const Wrong rows[] = {
      {{"create", "--name", "x1y", "--shown", "X", "--role", "boss", "--letter", letter + "2"},
       1,
       "unknown role 'boss'"},
      {{"create", "--name", "x1y", "--shown", "X", "--role", "citizen", "--letter", letter + "2"}, 1, "one person"},
      {{"create", "--name", "x1y", "--shown", "X", "--role", "auditor", "--letter", letter}, 1, "already"},
      {{"create", "--name", "x1y", "--shown", "X", "--role", "auditor", "--letter", letter + "2", "--lang", "fr"},
       1,
       "'fr'"},
      {{"create", "--name", "x1y", "--shown", "X", "--role", "auditor", "--letter", letter + "2", "--days", "61"},
       1,
       "'61'"},
      {{"create", "--name", "x1y", "--shown", "X", "--role", "auditor"}, 2, "needs --letter"},
      {{"assign", "--name", "x1y", "--person", "1"}, 1, "'1' is no id"},
      {{"code", "--name", "nobody", "--letter", letter + "2"}, 1, "no account with that name"},
      {{"list", "--name", "x"}, 2, "does not know --name"},
      {{"forget"}, 2, "account needs one of"},
  };
  for (const auto& row : rows) {
    const auto seen = account(row.words);
    CHECK(seen.exit_code == row.code);
    CHECK_MESSAGE(seen.err.find(row.told) != seen.err.npos, seen.err);
    CHECK(seen.err.find("hint: ") != seen.err.npos);
  }
  CHECK_FALSE(std::filesystem::exists(letter + "2"));
}

TEST_CASE("SIGTERM ends segelld within its bound, with a request half sent") {
  const Installation here;
  REQUIRE(here.init().ok());
  ChildProcess server({kSegelld, "--config", here.config()});
  const auto url = server.wait_for_line("listening ");
  ChildProcess stalled({"curl", "-sS", "--limit-rate", "1", "-d", std::string(5000, 'x'), url + "/api/v1/verify"});
  std::this_thread::sleep_for(300ms);
  const auto begin = std::chrono::steady_clock::now();
  CHECK(::kill(server.pid(), SIGTERM) == 0);
  const int code = server.stop();
  CHECK(code == 0);
  CHECK(std::chrono::steady_clock::now() - begin < 13s);
}

TEST_CASE("the seal key may stay in a token, whose PIN stands in a file and in no message") {
  const segell::tests::SoftToken token;
  const auto check = [&](const std::string& pin, const std::string& uri) {
    const Installation here("tenant.seal.passphrase-file = pin\n");
    write_file(here.folder / "pin", pin + "\n");
    auto text = read_file(here.config());
    const std::string file = kPki + "/seal-p256.key";
    text.replace(text.find(file), file.size(), uri);
    write_file(here.config(), text);
    return run({kSegelld, "--config", here.config(), "--check-config"});
  };
  const auto good = check("4711", token.uri());
  CHECK_MESSAGE(good.exit_code == 0, good.err);
  for (const auto& [pin, uri, told] : {std::tuple{"0815", token.uri(), "refuses the PIN"},
                                       std::tuple{"0815", token.uri() + "&pin-value=0815", "a PIN in the address"}}) {
    const auto seen = check(pin, uri);
    CHECK(seen.exit_code == 2);
    CHECK_MESSAGE(seen.err.find(told) != seen.err.npos, seen.err);
    CHECK(seen.err.find("tenant.seal.key") != seen.err.npos);
    CHECK(seen.err.find("0815") == seen.err.npos);
  }
}

TEST_CASE("example keys are refused in production, whichever they are") {
  const std::string production = "listen.address = 127.0.0.1\n";
  const Installation example;
  CHECK(run({kSegelld, "--config", example.config(), "--check-config"}).exit_code == 0);
  const Installation refused(production, "production");
  const auto seen = run({kSegelld, "--config", refused.config(), "--check-config"});
  CHECK(seen.exit_code == 2);
  CHECK_MESSAGE(seen.err.find("tenant.seal: an example certificate") != seen.err.npos, seen.err);
  CHECK(seen.err.find("hint: ") != seen.err.npos);
  CHECK(run({kSegelld, "--config", refused.config()}).exit_code == 2);
  CHECK(run({kSegelld, "init", "--config", refused.config()}).exit_code == 1);
  CHECK_FALSE(std::filesystem::exists(refused.folder / "data"));
}

TEST_CASE("a copy of an example certificate under another file name is still known") {
  const Installation here("", "production");
  const auto key = here.folder / "own.key";
  const auto certificate = here.folder / "own.pem";
  // A self-made seal passes; an example anchor beside it does not.
  REQUIRE(run({"openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/O=Own/CN=Own",
               "-keyout", key.string(), "-out", certificate.string()})
              .ok());
  auto text = read_file(here.config());
  const auto replace = [&](const std::string& from, const std::string& to) {
    REQUIRE(text.find(from) != text.npos);
    text.replace(text.find(from), from.size(), to);
  };
  replace(kPki + "/seal-p256.key", key.string());
  replace(kPki + "/seal-p256.pem", certificate.string());
  write_file(here.config(), text);
  const auto seen = run({kSegelld, "--config", here.config(), "--check-config"});
  CHECK(seen.exit_code == 2);
  CHECK_MESSAGE(seen.err.find("trust: an example certificate") != seen.err.npos, seen.err);
  replace("trust = " + kPki + "/anchors", "trust = " + certificate.string());
  write_file(here.config(), text);
  const auto good = run({kSegelld, "--config", here.config(), "--check-config"});
  CHECK_MESSAGE(good.exit_code == 0, good.err);
}

TEST_CASE("wrong files, wrong arguments and wrong states are told with their way out") {
  const Installation here;
  const std::string kGround = "legal.dynamics.assessment = A\nlegal.dynamics.approval = B\n";
  struct Row {
    std::string line;
    const char* told;
  };
  const Row rows[] = {
      {"tenant.seal.chain = nowhere.pem", "tenant.seal.chain: "},
      {"timestamp.url = http://127.0.0.1:1/\ntimestamp.trust = segelld.properties", "timestamp.trust: "},
      {kGround + "custody.custodian.name = A\ncustody.custodian.certificate = nowhere.pem",
       "custody.custodian.certificate: "},
      {"tenant.seal.passphrase-file = nowhere", "tenant.seal.passphrase-file: "},
      {"listen.tls.certificate = " + kPki + "/tls.pem\nlisten.tls.key = " + kPki + "/seal-rsa.key", "listen.tls: "},
      {kGround + "custody.custodian.name = A\ncustody.custodian.certificate = " + kPki +
           "/custodian.pem\ncustody.reserve.name = B\n" + "custody.reserve.certificate = " + kPki + "/custodian.pem",
       "custody.reserve.certificate: is the other custodian's"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.line);
    const Installation wrong(row.line + "\n");
    const auto seen = run({kSegelld, "--config", wrong.config(), "--check-config"});
    CHECK(seen.exit_code == 2);
    CHECK_MESSAGE(seen.err.find(row.told) != seen.err.npos, seen.err);
  }
  // A seal that may not seal now: the check says so; what is stored can still be served.
  for (const auto& row : {std::pair{"expired", "valid until"}, std::pair{"wrong-usage", "usage"}}) {
    const auto& [name, told] = row;
    CAPTURE(row.first);
    const Installation wrong;
    auto text = segell::tests::read_file(wrong.config());
    for (const auto* part : {".key", ".pem"}) {
      const auto at = text.find(kPki + "/seal-p256" + part);
      text.replace(at, (kPki + "/seal-p256").size(), kPki + "/seal-" + name);
    }
    write_file(wrong.config(), text);
    const auto seen = run({kSegelld, "--config", wrong.config(), "--check-config"});
    CHECK(seen.exit_code == 2);
    CHECK_MESSAGE(seen.err.starts_with("segelld: tenant.seal: "), seen.err);
    CHECK_MESSAGE(seen.err.find(told) != seen.err.npos, seen.err);
    CHECK(wrong.init().exit_code == 0);
  }
  CHECK(run({kSegelld}).exit_code == 2);
  CHECK(run({kSegelld, "--nonsense"}).exit_code == 2);
  CHECK(run({kSegelld, "--config"}).exit_code == 2);
  CHECK(run({kSegelld, "--config", "/nowhere"}).exit_code == 2);
  CHECK(run({kSegelld, "--version"}).out.starts_with("segelld "));
  CHECK(run({kSegelld, "--help"}).out.find("exit codes") != std::string::npos);
  const auto uninitialised = run({kSegelld, "--config", here.config()});
  CHECK(uninitialised.exit_code == 1);
  CHECK(uninitialised.err.find("segelld init") != uninitialised.err.npos);
}

TEST_CASE("segelld is ready within a fifth of a second on an empty store") {
  const Installation here;
  REQUIRE(here.init().ok());
  auto best = std::chrono::steady_clock::duration::max();
  for (int i = 0; i < 5; ++i) {  // the machine may be busy: the best of five tells the program's part
    const auto begin = std::chrono::steady_clock::now();
    ChildProcess server({kSegelld, "--config", here.config()});
    server.wait_for_line("listening ");
    best = std::min(best, std::chrono::steady_clock::now() - begin);
    CHECK(server.stop() == 0);
  }
  CHECK(best < 1s);  // the bar of 0.2 s is measured by the bench, on a release build
}

TEST_CASE("over TLS browsers are told to stay with it") {
  const TemporaryFolder tls;
  write_file(tls / "tls.pem", read_file(kPki + "/tls.pem") + read_file(kPki + "/issuing.pem"));
  const Installation here("listen.tls.certificate = " + (tls / "tls.pem").string() + "\nlisten.tls.key = " + kPki +
                          "/tls.key\n");
  REQUIRE(here.init().ok());
  ChildProcess server({kSegelld, "--config", here.config()});
  auto url = server.wait_for_line("listening ");
  CHECK(url.starts_with("https://127.0.0.1:"));
  url.replace(8, 9, "localhost");
  const auto answer = fetch(url + "/healthz", {"-i", "--cacert", kPki + "/root.pem"});
  CHECK(answer.ends_with("\n200"));
  CHECK(answer.find("Strict-Transport-Security: max-age=31536000") != answer.npos);
}
