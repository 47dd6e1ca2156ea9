#include "segelld/config.h"

#include "base/password_hash.h"
#include "base/time.h"
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

TEST_CASE("passwords cost what is set, and no less than their due outside the example profile") {
  CHECK(read(kGood).config.password_cost == segell::base::ScryptCost().log2_n);
  CHECK(read(kGood + "login.password-cost = 17\n").config.password_cost == 17);
  CHECK(problems(kGood + "login.password-cost = 14\n").find("login.password-cost: is less than 15") !=
        std::string::npos);
  CHECK(problems(kGood + "login.password-cost = 30\n").find("not a whole number from 8 to 20") != std::string::npos);
  std::string example = kGood + "login.password-cost = 10\n";
  example.replace(example.find("production"), 10, "example");
  CHECK(problems(example).empty());
}

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
      {"listen.idle-seconds = 0", "FILE: listen.idle-seconds: not a whole number from 1 to 3600", "digits"},
      {"listen.port = 1\nlisten.port = 2", "FILE: listen.port: is given twice", "keep one"},
      {"listen.address =", "FILE: listen.address: has no value", "comment the line out"},
      {"listen.address = tablet.example", "FILE: listen.address: not an IPv4 or IPv6 address (it is", "127.0.0.1"},
      {"timestamp.policy = policy", "FILE: timestamp.policy: not an object identifier (it is \"policy\")", "numbers"},
      {"limits.document-bytes = 500000000\nlimits.body-memory-bytes = 1048576",
       "FILE: limits.body-memory-bytes: is less than limits.document-bytes", "fit"},
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
      {"custody.custodian.name = A\ncustody.custodian.certificate = a.pem\nlegal.dynamics.approval = B",
       "FILE: legal.dynamics.assessment: is missing, and there is a custodian", "impact assessment"},
      {"custody.custodian.name = A\ncustody.custodian.certificate = a.pem\nlegal.dynamics.assessment = B",
       "FILE: legal.dynamics.approval: is missing, and there is a custodian", "approved"},
      {"legal.dynamics.assessment = B\nlegal.dynamics.approval = C",
       "FILE: custody.custodian: is missing, and legal.dynamics is set", "who alone can open"},
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
  for (const char* inside : {"kek = /var/lib/segell/kek", "kek = /var/lib/segell/../segell/keys/kek"})
    CHECK(replaced("kek = kek", inside).find("FILE: kek: lies inside the data folder") != std::string::npos);
  CHECK(replaced("kek = kek", "kek = /var/lib/segell-kek").empty());
  CHECK(replaced("kek = kek", "kek = kek\nlogin.letters = /var/lib/segell/letters")
            .find("FILE: login.letters: lies inside the data folder") != std::string::npos);
  CHECK(replaced("kek = kek", "kek = kek\nlogin.letters = /var/lib/segell-letters").empty());
  CHECK(replaced("kek = kek\n", "").find("FILE: kek: is missing") != std::string::npos);
}

TEST_CASE("the administrator's register is read line by line") {
  using namespace segell::consent;  // NOLINT(google-build-using-namespace): the words of this test
  const auto reading = read(kGood +
                            "register.basis.1 = benefit | income.tax | tax-agency | LAW | e | - | art21 | 2026-01-01 | "
                            "2027-01-01 | Llei 12/2007, DA 15\n"
                            "register.basis.20 = care|health|hospital|VITAL_INTEREST|d|c|no|2026-01-01|-|-\n"
                            "register.prohibition.1 = - | shelter | - | 2026-02-01\n"
                            "register.categories = income, health , shelter\nregister.special-categories = health\n"
                            "register.name.1 = recipient | tax-agency | Agència | Agencia | Agency\n");
  REQUIRE(reading.problems.empty());
  const auto& read_in = reading.config.data_register;
  REQUIRE(read_in.bases.size() == 2);
  const auto& law = read_in.bases[0];
  CHECK(law.scope == Scope{"benefit", "income.tax", "tax-agency"});
  CHECK(law.basis == LegalBasis{BasisKind::law, Article6::e, Article9::none, "Llei 12/2007, DA 15", Opposable::art21});
  CHECK(law.from == *segell::base::parse_rfc3339("2026-01-01T00:00:00Z"));
  CHECK(law.until == *segell::base::parse_rfc3339("2027-01-01T00:00:00Z"));
  CHECK(law.by_administrator);
  CHECK(read_in.bases[1].basis.article9 == Article9::c);
  CHECK_FALSE(read_in.bases[1].until);
  REQUIRE(read_in.prohibitions.size() == 1);
  CHECK(read_in.prohibitions[0].scope == Scope{"", "shelter", ""});
  CHECK(read_in.categories == std::vector<std::string>{"income", "health", "shelter"});
  CHECK(read_in.special_categories == std::vector<std::string>{"health"});
}

TEST_CASE("each wrong line of the register is told with the way out") {
  struct Row {
    std::string line;
    const char* told;
    const char* hint;
  };
  const std::string basis = "register.basis.1 = ";
  const Row rows[] = {
      {basis + "a|b|c|LAW|e|-|no|2026-01-01|-", "register.basis.1: has not ten parts", "PURPOSE | CATEGORY"},
      {basis + "-|b|c|LAW|e|-|no|2026-01-01|-|L", "the purpose is no code: '-'", "never covers every one"},
      {basis + "a|all|c|LAW|e|-|no|2026-01-01|-|L", "the category is no code: 'all'", "letters"},
      {basis + "a|b|c|Law|e|-|no|2026-01-01|-|L", "unknown kind of legal basis: 'Law'", "NON_OPPOSITION"},
      {basis + "a|b|c|EXPRESS_CONSENT|a|-|no|2026-01-01|-|-", "'EXPRESS_CONSENT' cannot stand in the register",
       "a person's"},
      {basis + "a|b|c|AGREEMENT|none|-|no|2026-01-01|-|-", "'AGREEMENT' cannot stand in the register", "a person's"},
      {basis + "a|b|c|LAW|x|-|no|2026-01-01|-|L", "unknown ground of article 6: 'x'", "c, d or e"},
      {basis + "a|b|c|LAW|e|z|no|2026-01-01|-|L", "unknown condition of article 9: 'z'", "ordinary data"},
      {basis + "a|b|c|LAW|e|-|yes|2026-01-01|-|L", "unknown right to oppose: 'yes'", "art28"},
      {basis + "a|b|c|LAW|e|-|no|2026-01-01|-|-", "law names its legal reference", "hint"},
      {basis + "a|b|c|LAW|c|-|art21|2026-01-01|-|L", "article 6(1)(c) leaves no objection", "hint"},
      {basis + "a|b|c|LAW|e|-|no|2026-02-30|-|L", "the first day is no day: '2026-02-30'", "2026-01-31"},
      {basis + "a|b|c|LAW|e|-|no|2026-01-01|soon|L", "the end is no day: 'soon'", "2026-01-31"},
      {basis + "a|b|c|LAW|e|-|no|2026-01-02|2026-01-01|L", "ends before it begins", "first day"},
      {basis + "a|b|c|LAW|e|-|no|2026-01-01|-|" + std::string(301, 'x'), "longer than 300 octets", "not its text"},
      {"register.prohibition.1 = a | b | c", "register.prohibition.1: has not four parts", "FROM"},
      {"register.prohibition.1 = a | b | * | 2026-01-01", "the recipient is no code: '*'", "or - for every one"},
      {"register.categories = a, a", "names 'a' twice", "once"},
      {"register.special-categories = a,,b", "a category is no code: ''", "letters"},
      {"register.name.1 = recipient | a | b | c", "register.name.1: has not five parts", "CATALAN | SPANISH"},
      {"register.name.1 = person | a | b | c | d", "names no purpose, category or recipient: 'person'", "CODE"},
      {"register.name.1 = purpose | a b | b | c | d", "the purpose is no code: 'a b'", "letters"},
      {"register.name.1 = purpose | a | b || d", "a name is missing", "one in Spanish"},
      {"register.name.1 = purpose|a|b|c|d\nregister.name.2 = purpose|a|e|f|g", "names the purpose 'a' twice",
       "one line"},
      {"register.basis.0 = x", "register.basis.0: is no key of this version", "all keys"},
      {"register.basis.x = x", "register.basis.x: is no key of this version", "all keys"},
      {"register.basis.1 =", "register.basis.1: has no value", "comment the line out"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.line);
    const auto told = problems(kGood + row.line + '\n');
    CHECK_MESSAGE(told.find(row.told) != told.npos, told);
    CHECK_MESSAGE(told.find(row.hint) != told.npos, told);
  }
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

TEST_CASE("a folder in place of the file is told, at once") {
  const auto reading = load_config("/tmp");
  REQUIRE(reading.problems.size() == 1);
  CHECK(describe(reading.problems[0], "F").starts_with("segelld: F: is a folder, not a file\nhint: "));
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
