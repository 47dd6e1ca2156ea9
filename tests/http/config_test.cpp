#include "segelld/config.h"

#include "support/child_process.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <sstream>

using segell::segelld::config_keys;
using segell::segelld::ConfigReading;
using segell::segelld::describe;
using segell::segelld::load_config;
using segell::segelld::Profile;
using segell::tests::TemporaryFolder;

namespace {

const std::string kGood =
    "# comment\nprofile = production\npublic-url = https://segell.example\ndata = /var/lib/segell\nkek = kek\n"
    "log.origin = segell.example\ntenant.organisation = Ajuntament de Vilaexemple\ntenant.seal.pkcs12 = seal.p12\n"
    "trust = anchors\n";

ConfigReading read(const std::string& text) {
  static const TemporaryFolder folder;
  const auto path = folder / "segelld.properties";
  segell::tests::write_file(path, text);
  return load_config(path.string());
}

/// All problems as one text.
std::string problems(const std::string& text) {
  std::string all;
  for (const auto& problem : read(text).problems) all += describe(problem, "FILE");
  return all;
}

}  // namespace

TEST_CASE("a good file is read, with paths from its own folder") {
  const auto reading = read(kGood +
                            "listen.port = 9443\nlisten.tls.certificate = a.pem\nlisten.tls.key = /k/b.key\n"
                            "timestamp.deadline-ms = 2500\ntenant.require-timestamp = no\n");
  CHECK(reading.problems.empty());
  CHECK(reading.config.profile == Profile::production);
  CHECK(reading.config.port == 9443);
  CHECK(reading.config.tls());
  CHECK(reading.config.tls_certificate.starts_with('/'));
  CHECK(reading.config.tls_certificate.ends_with("/a.pem"));
  CHECK(reading.config.tls_key == "/k/b.key");
  CHECK(reading.config.kek.ends_with("/kek"));
  CHECK(reading.config.organisation == "Ajuntament de Vilaexemple");
  CHECK(reading.config.timestamp_deadline.count() == 2500);
}

TEST_CASE("each wrong setting is told with file, key, value and the way out") {
  struct Row {
    std::string line;  ///< added to a good file
    const char* told;
    const char* hint;
  };
  const Row rows[] = {
      {"listen.prot = 8443", "FILE: listen.prot: is no key of this version (it is \"8443\")", "all keys"},
      {"listen.port = 80a", "FILE: listen.port: not a whole number from 0 to 65535 (it is \"80a\")", "digits"},
      {"listen.port = 70000", "FILE: listen.port: not a whole number from 0 to 65535 (it is \"70000\")", "digits"},
      {"listen.port = -1", "FILE: listen.port: not a whole number", "digits"},
      {"listen.connections = 0", "FILE: listen.connections: not a whole number from 1 to 20000", "digits"},
      {"listen.port = 1\nlisten.port = 2", "FILE: listen.port: is given twice", "keep one"},
      {"listen.address =", "FILE: listen.address: has no value", "comment the line out"},
      {"listen.tls.key = a.key", "FILE: listen.tls: certificate and key must stand together", "both"},
      {"listen.address = 0.0.0.0", "FILE: listen.tls.certificate: plain HTTP beyond this machine", "proxy"},
      {"tenant.seal.key = a.key", "FILE: tenant.seal: exactly one of", "PKCS#12"},
      {"tenant.require-timestamp = true", "FILE: tenant.require-timestamp: neither yes nor no (it is \"true\")",
       "yes or no"},
      {"tenant.require-timestamp = yes", "FILE: tenant.require-timestamp: is yes, and there is no timestamp.url",
       "set"},
      {"timestamp.url = tsa.example", "FILE: timestamp.url: not an http or https address", "RFC 3161"},
      {"timestamp.url = http://tsa.example", "FILE: timestamp.trust: is missing", "anchors"},
      {"timestamp.deadline-ms = 5", "FILE: timestamp.deadline-ms: not a whole number from 100", "digits"},
      {"custody.custodian.name = A", "FILE: custody.custodian: name and certificate must stand together", "both"},
      {"custody.reserve.name = A\ncustody.reserve.certificate = a.pem",
       "FILE: custody.reserve: there is a reserve but no custodian", "custody.custodian"},
      {"messages.level = loud", "FILE: messages.level: not a level", "error"},
      {"messages.requests = 1", "FILE: messages.requests: neither yes nor no", "yes"},
      {"limits.document-bytes = 10", "FILE: limits.document-bytes: not a whole number from 1024", "digits"},
  };
  CHECK(problems(kGood).empty());
  for (const auto& row : rows) {
    CAPTURE(row.line);
    const auto told = problems(kGood + row.line + '\n');
    CHECK_MESSAGE(told.find(row.told) != told.npos, told);
    CHECK_MESSAGE(told.find(std::string("\nhint: ")) != told.npos, told);
    CHECK_MESSAGE(told.find(row.hint) != told.npos, told);
  }
  const auto replaced = [](const char* from, const char* to) {
    auto text = kGood;
    text.replace(text.find(from), std::string(from).size(), to);
    return problems(text);
  };
  CHECK(replaced("production", "Production").find("FILE: profile: not a profile (it is \"Production\")") !=
        std::string::npos);
  CHECK(replaced("https://segell.example", "segell.example").find("FILE: public-url: not an http or https address") !=
        std::string::npos);
  CHECK(replaced("https://segell.example", "http://segell.example").find("FILE: public-url: is not https") !=
        std::string::npos);
  CHECK(replaced("= segell.example", "= Segell/Example").find("FILE: log.origin: not a name like") !=
        std::string::npos);
  CHECK(replaced("kek = kek\n", "").find("FILE: kek: is missing") != std::string::npos);
}

TEST_CASE("all problems are told at once") {
  const auto told = problems("listen.port = x\nnonsense = 1\n");
  for (const auto* key : {"listen.port", "nonsense", "profile", "public-url", "data", "kek", "trust"})
    CHECK(told.find(std::string("FILE: ") + key + ":") != told.npos);
}

TEST_CASE("a file that is not there is told") {
  const auto reading = load_config("/nowhere/segelld.properties");
  REQUIRE(reading.problems.size() == 1);
  CHECK(describe(reading.problems[0], "F").starts_with("segelld: F: cannot be read\nhint: "));
}

TEST_CASE("the commented example file has every key once, and is good") {
  const auto text = segell::tests::read_file(SEGELL_SOURCE_DIR "/service/segelld/segelld.properties");
  std::multiset<std::string> seen;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const bool off = line.starts_with('#') && line.size() > 1 && line[1] != ' ';
    const auto at = line.find(" = ");
    if (at != line.npos && (off || !line.starts_with('#'))) seen.insert(line.substr(off ? 1 : 0, at - (off ? 1 : 0)));
  }
  const auto keys = config_keys();
  CHECK(seen.size() == keys.size());
  for (const auto key : keys) {
    CAPTURE(key);
    CHECK(seen.count(std::string(key)) == 1);
  }
  CHECK(load_config(SEGELL_SOURCE_DIR "/service/segelld/segelld.properties").problems.empty());
}
