// What the service adds: http.decision, http.seal, start, idle.

#include "bench.h"
#include "segelld_process.h"

#include "base/encoding.h"
#include "base/json.h"
#include "base/signing_key.h"
#include "base/time.h"
#include "folder/blob_folder.h"
#include "layout/typesetter.h"
#include "signer/ades/manifest.h"
#include "signer/ades/seal.h"
#include "signer/pdf/document.h"
#include "sqlite/database.h"
#include "storage/store.h"

#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <ctime>
#include <latch>
#include <optional>
#include <stdexcept>
#include <thread>

namespace segell::bench {
namespace {

using base::Json;
using std::chrono::steady_clock;

std::string in_days(int days) {
  const auto now = std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
  return base::format_rfc3339(std::chrono::time_point_cast<std::chrono::seconds>(now) + std::chrono::hours(24 * days));
}

/// A desk or a tablet: one connection and one credential.
class Caller {
 public:
  Caller(const SegelldProcess& process, std::string token)
      : m_client(process.port(), process.anchor()), m_token(std::move(token)) {}

  Json call(std::string_view method, std::string_view path, std::string_view body, int wanted,
            std::string_view type = "application/json") {
    const auto answer = m_client.exchange(request(method, path, body, type));
    if (answer.status != wanted)
      throw std::runtime_error(std::string(path) + ": " + std::to_string(answer.status) + ' ' +
                               answer.body.substr(0, 300));
    auto json = base::parse_json(answer.body);
    return json ? *std::move(json) : Json();
  }
  [[nodiscard]] std::string request(std::string_view method, std::string_view path, std::string_view body,
                                    std::string_view type = "application/json") const {
    std::string fields = "Authorization: Bearer " + m_token + "\r\n";
    if (!body.empty())
      fields += "Content-Type: " + std::string(type) + "\r\nIdempotency-Key: " + base::to_hex(base::random_bytes(16)) +
                "\r\n";
    return make_request(method, path, fields, body);
  }
  HttpsClient& client() { return m_client; }
  [[nodiscard]] std::string content(std::string_view path) {
    const auto answer = m_client.exchange(request("GET", path, ""));
    if (answer.status != 200) throw std::runtime_error(std::string(path) + ": " + std::to_string(answer.status));
    return answer.body;
  }

 private:
  HttpsClient m_client;
  std::string m_token;
};

std::string text_at(const Json& json, std::string_view outer, std::string_view inner) {
  const auto* object = json.find(outer);
  const auto* value = object == nullptr ? nullptr : object->find(inner);
  if (value == nullptr || value->as_string() == nullptr) throw std::runtime_error("no " + std::string(inner));
  return *value->as_string();
}

Json basis() { return Json::object({{"kind", "EXPRESS_CONSENT"}, {"article6", "a"}, {"opposable", "no"}}); }

struct Ground {
  std::string person;
  std::int64_t notice = 1;
};

/// A person and a notice.
Ground make_ground(Caller& desk) {
  Ground ground;
  ground.person =
      text_at(desk.call("POST", "/api/v1/persons", R"({"name":"Persona Inventada Exemple"})", 201), "person", "id");
  const auto notice =
      desk.call("POST", "/api/v1/notices",
                R"({"key":"coordination","language":"ca","title":"Coordinació","text":"Compartim el resum."})", 201);
  ground.notice = *notice.find("notice")->find("version")->as_int();
  return ground;
}

/// Runs `each` in so many threads until the time is over; latencies in seconds, sorted.
std::vector<double> load(const SegelldProcess& process, int clients, std::chrono::duration<double> span,
                         const std::string& request) {
  std::vector<std::vector<double>> latencies(static_cast<std::size_t>(clients));
  std::atomic<bool> failed{false};
  std::latch ready(clients);
  std::vector<std::thread> threads;
  for (auto& own : latencies) {
    threads.emplace_back([&, mine = &own] {
      std::optional<HttpsClient> client;
      try {
        client.emplace(process.port(), process.anchor());
      } catch (const std::exception&) {
        failed = true;
      }
      ready.arrive_and_wait();
      if (failed) return;
      try {
        const auto end = steady_clock::now() + span;
        for (auto at = steady_clock::now(); at < end;) {
          if (client->exchange(request).status != 200) throw std::runtime_error("not 200");
          const auto now = steady_clock::now();
          mine->push_back(std::chrono::duration<double>(now - at).count());
          at = now;
        }
      } catch (const std::exception&) {
        failed = true;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  if (failed) throw std::runtime_error("a request failed under load");
  std::vector<double> all;
  for (const auto& own : latencies) all.insert(all.end(), own.begin(), own.end());
  std::sort(all.begin(), all.end());
  return all;
}

double at_share(const std::vector<double>& sorted, double share) {
  return sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))];
}

void run_decision() {
  SegelldProcess process;
  process.start();
  Caller desk(process, process.token());
  const auto ground = make_ground(desk);
  desk.call(
      "POST", "/api/v1/persons/" + ground.person + "/decisions",
      base::write_json(Json::object({{"kind", "grant"},
                                     {"purpose", "coordination"},
                                     {"category", "health.summary"},
                                     {"recipient", "primary-care"},
                                     {"basis", basis()},
                                     {"notice", Json::object({{"key", "coordination"}, {"version", ground.notice}})},
                                     {"validUntil", in_days(300)},
                                     {"channel", "counter"}})),
      201);
  const auto body = base::write_json(Json::object(
      {{"subject", Json::object({{"type", "organization"}, {"id", "primary-care"}})},
       {"action", Json::object({{"name", "read"}, {"properties", Json::object({{"purpose", "coordination"}})}})},
       {"resource", Json::object({{"type", "person_data"},
                                  {"id", ground.person},
                                  {"properties", Json::object({{"category", "health.summary"}})}})}}));
  const auto question = desk.request("POST", "/access/v1/evaluation", body);
  const auto first = desk.call("POST", "/access/v1/evaluation", body, 200);
  if (!first.find("decision") || !*first.find("decision")->as_bool())
    throw std::runtime_error("the grant does not count");

  constexpr int kClients = 64;
  const std::chrono::duration<double> span(4);
  // The limit: the same clients, connections and TLS, an answer that asks nothing of the store.
  const double begin = process.cpu_seconds();
  const auto alive = load(process, kClients, span / 2, make_request("GET", "/healthz", "", ""));
  const double between = process.cpu_seconds();
  const auto decided = load(process, kClients, span, question);
  const double end = process.cpu_seconds();
  const double limit = static_cast<double>(alive.size()) / (span.count() / 2);
  const double rate = static_cast<double>(decided.size()) / span.count();
  report({"http.decision", rate, "decisions/s", limit, rate / limit, "at least 5000/s, each durable", rate >= 5000});
  const double p99 = at_share(decided, 0.99) * 1000;
  const double p99_limit = at_share(alive, 0.99) * 1000;
  report({"http.decision.p99", p99, "ms", p99_limit, p99 / p99_limit, "p99 at most 20 ms", p99 <= 20});
  const double cpu = (end - between) / static_cast<double>(decided.size()) * 1e6;
  const double cpu_limit = (between - begin) / static_cast<double>(alive.size()) * 1e6;
  report({"http.decision.cpu", cpu, "CPU us a decision", cpu_limit, cpu / cpu_limit,
          "for information: of segelld alone; 64 handshakes are in it", true});
}
const Register kDecision{"http.decision", run_decision};

/// A tablet whose next call is the act.
struct Visit {
  std::unique_ptr<Caller> tablet;
  std::string act;
};

Visit make_visit(const SegelldProcess& process, Caller& desk, const Ground& ground, const std::string& pdf,
                 std::string& frozen) {
  const auto document = text_at(desk.call("POST", "/api/v1/documents", pdf, 201, "application/pdf"), "document", "id");
  const auto item = Json::object({{"purpose", "coordination"},
                                  {"category", "health.summary"},
                                  {"recipient", "primary-care"},
                                  {"basis", basis()},
                                  {"notice", Json::object({{"key", "coordination"}, {"version", ground.notice}})},
                                  {"validUntil", in_days(300)},
                                  {"text", "Podem compartir el resum?"},
                                  {"consequenceIfRefused", "Cap."}});
  const auto request =
      desk.call("POST", "/api/v1/signature-requests",
                base::write_json(Json::object({{"documentId", document},
                                               {"personId", ground.person},
                                               {"title", "Informació"},
                                               {"language", "ca"},
                                               {"capacity", "self"},
                                               {"identityEvidence", Json::object({{"kind", "id-seen"}, {"level", 3}})},
                                               {"items", Json::array({item})},
                                               {"methods", Json::array({"button"})},
                                               {"expiresAt", in_days(1)}})),
                201);
  const auto link = text_at(request, "request", "link");
  Visit visit;
  visit.tablet = std::make_unique<Caller>(process, link.substr(link.find('#') + 1));
  const auto shown = visit.tablet->call("GET", "/api/v1/visit", "", 200);
  const auto& items = *shown.find("request")->find("items")->as_array();
  const auto choice = Json::object({{"item", *items.at(0).find("id")}, {"choice", "grant"}});
  visit.tablet->call("POST", "/api/v1/visit/choices",
                     base::write_json(Json::object({{"choices", Json::array({choice})}})), 200);
  frozen = visit.tablet->content("/api/v1/visit/document");
  const auto octets = base::as_bytes(frozen);
  const auto act =
      base::write_json(Json::object({{"shown", Json::object({{"sha256", base::to_hex(base::sha256(octets))},
                                                             {"sha512", base::to_hex(base::sha512(octets))},
                                                             {"length", static_cast<std::int64_t>(octets.size())}})},
                                     {"method", "button"},
                                     {"meaning", "agree"}}));
  visit.act = visit.tablet->request("POST", "/api/v1/visit/act", act);
  return visit;
}

double thread_cpu() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

/// A block of words for the field, set once: the service too sets them before the act.
base::Bytes set_words(const std::vector<std::string>& lines, double width, double height) {
  const auto typesetter = layout::Typesetter::load("/usr/share/fonts/truetype/noto");
  if (!typesetter) throw std::runtime_error(typesetter.error().message);
  const auto set = typesetter->lay_out_statement({"ca", lines, width, height, {}});
  if (!set) throw std::runtime_error(set.error().message);
  return *set;
}

/// CPU seconds that the library needs to make the same revision of those bytes: visible field with words and time,
/// manifest, digests known since freezing.
double library_cpu(const std::string& frozen, int rounds) {
  const auto require = [](auto result) {
    if (!result) throw std::runtime_error(result.error().message);
    return *std::move(result);
  };
  const std::string pki = SEGELL_PKI;
  const base::Secret none;
  auto key = require(base::parse_signing_key_pem(base::as_bytes(tests::read_file(pki + "/seal-rsa.key")), none));
  auto certificates = require(base::Certificate::parse_pem(tests::read_file(pki + "/seal-rsa.pem")));
  auto issuers = require(base::Certificate::parse_pem(tests::read_file(pki + "/issuing.pem")));
  const auto sealer =
      require(signer::ades::Sealer::make(require(base::make_seal_identity(key, certificates[0], issuers))));
  const auto octets = base::as_bytes(frozen);
  base::Hasher hashed(base::HashAlgorithm::sha256);
  hashed.update(octets);
  signer::ades::SealRequest request;
  request.manifest = base::Bytes(1500, std::byte{' '});  // about as long as a manifest of version 1
  request.document_hash = &hashed;
  const signer::pdf::Rect box{0, 14, 483, 86};
  request.place = signer::pdf::VisibleField{"", 1, {56, 148, 539, 234}};
  request.appearance.emplace();
  request.appearance->statement = set_words(
      {"Segellat per Ajuntament de Vilaexemple, que declara que Persona Inventada Exemple va confirmar amb un botó (hi "
       "està d'acord). El segell prova qui segella i que el document no s'ha canviat; el que s'hi diu de la persona ho "
       "declara l'organització.",
       "Codi segur de verificació: ABCD-EFGH-JKLM-NPQR-STUV-WXYZ-2345"},
      box.width(), box.height());
  request.appearance->statement_box = box;
  request.appearance->time_box = {0, 0, 483, 14};
  request.appearance->time = set_words({"Data i hora: 22/11/2026 10:32 UTC"}, 483, 14);
  const double begin = thread_cpu();
  for (int i = 0; i < rounds; ++i) {
    const auto document = require(signer::pdf::Document::open(std::make_shared<signer::pdf::MemorySource>(octets)));
    keep(require(sealer.seal(document, request, signer::ades::TimeDemand::none, nullptr)));
  }
  return (thread_cpu() - begin) / rounds;
}

void run_seal() {
  SegelldProcess process;
  process.start();
  Caller desk(process, process.token());
  const auto ground = make_ground(desk);
  const auto pdf = tests::read_file(SEGELL_SOURCE_DIR "/service/segelld/demo/informacio-i-decisions.pdf");
  constexpr int kActs = 320;
  constexpr int kClients = 16;
  std::vector<Visit> visits;
  std::string frozen;
  for (int i = 0; i < kActs; ++i) visits.push_back(make_visit(process, desk, ground, pdf, frozen));
  const double library_before = library_cpu(frozen, 200);
  std::atomic<int> next{0};
  std::atomic<bool> failed{false};
  const double begin = process.cpu_seconds();
  const auto wall = steady_clock::now();
  std::vector<std::thread> threads;
  for (int i = 0; i < kClients; ++i) {
    threads.emplace_back([&] {
      for (int mine = next++; mine < kActs && !failed; mine = next++) {
        try {
          auto& visit = visits[static_cast<std::size_t>(mine)];
          if (visit.tablet->client().exchange(visit.act).status != 201) failed = true;
        } catch (const std::exception&) {
          failed = true;
        }
      }
    });
  }
  for (auto& thread : threads) thread.join();
  const std::chrono::duration<double> took = steady_clock::now() - wall;
  const double service = (process.cpu_seconds() - begin) / kActs;
  if (failed) throw std::runtime_error("an act failed");
  const double library = (library_before + library_cpu(frozen, 200)) / 2;
  report({"http.seal", service * 1e6, "CPU us a seal", library * 1e6, service / library, "ratio at most 1.25",
          service / library <= 1.25});
  report({"http.seal.rate", kActs / took.count(), "seals/s", 2 / library, kActs / took.count() * library / 2,
          "for information: two cores, load client on them", true});
}
const Register kSeal{"http.seal", run_seal};

constexpr std::size_t kMillion = 1'000'000;

/// Appends a million events to the one log of a store that nobody serves.
void append_million(const std::filesystem::path& data, const std::filesystem::path& kek_file) {
  const auto require = [](auto result) {
    if (!result) throw std::runtime_error(result.error().message);
    return *std::move(result);
  };
  const base::Secret kek = require(storage::load_kek_file(kek_file.string()));
  storage::ExitOnFatal fatal;
  const auto database = require(sqlite::open_database((data / "segell.db").string(), sqlite::OpenMode::serve));
  const auto keys = require(sqlite::open_key_store((data / "keys.db").string(), sqlite::OpenMode::serve));
  const auto blobs = require(folder::open_blob_folder((data / "blobs").string()));
  const auto store = require(storage::Store::open({*database, *keys, *blobs, kek, fatal}));
  const auto tenant = require(store->tenants()).at(0).id;
  const base::Bytes event(300, std::byte{0x5A});
  std::atomic<std::size_t> done{0};
  std::atomic<bool> failed{false};
  for (std::size_t i = 0; i < kMillion; ++i) {
    store->submit(
        tenant,
        [&event](storage::Transaction& transaction) -> base::Result<void> {
          SEGELL_CHECK(transaction.append_event(event));
          return base::ok();
        },
        [&](const base::Result<void>& result) {
          if (!result) failed = true;
          ++done;
        });
    while (i - done > 4096) std::this_thread::sleep_for(std::chrono::microseconds(100));
  }
  while (done < kMillion) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  if (failed) throw std::runtime_error("an append failed");
}

void start_on_a_million(double limit) {
  SegelldProcess process(std::filesystem::temp_directory_path() / "segell-bench-million", append_million);
  std::vector<double> times;
  for (int i = 0; i < 3; ++i) {
    times.push_back(process.start().count());
    process.stop();
  }
  const double value = median(times);
  report({"start.million", value * 1000, "ms", limit * 1000, value / limit, "at most 2000 ms on a million events",
          value <= 2});
}

void run_start() {
  SegelldProcess process;
  std::vector<double> times;
  std::vector<double> bare;
  for (int i = 0; i < 7; ++i) {
    times.push_back(process.start().count());
    process.stop();
    // The limit: a process of the same libraries that does nothing.
    const auto begin = steady_clock::now();
    tests::run({SEGELL_BIN "/segelld", "--version"});
    bare.push_back(std::chrono::duration<double>(steady_clock::now() - begin).count());
  }
  const double value = median(times);
  const double limit = median(bare);
  report({"start.empty", value * 1000, "ms", limit * 1000, value / limit, "at most 200 ms", value <= 0.2});
  start_on_a_million(limit);
}
const Register kStart{"start", run_start};

void run_idle() {
  rlimit files{};
  ::getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = std::min<rlim_t>(files.rlim_max, 4096);
  ::setrlimit(RLIMIT_NOFILE, &files);
  for (const bool tls : {false, true}) {
    SegelldProcess process(tls);
    process.start();
    const double empty = process.resident_mib();
    std::vector<std::unique_ptr<HttpsClient>> idle;
    const auto request = make_request("GET", "/healthz", "", "");
    for (int i = 0; i < 1000; ++i) {
      idle.push_back(std::make_unique<HttpsClient>(process.port(), process.anchor()));
      idle.back()->exchange(request);
    }
    const double value = process.resident_mib();
    if (idle.front()->exchange(request).status != 200) throw std::runtime_error("an idle connection is gone");
    report({tls ? "idle.tls" : "idle", value, "MiB", empty, value / empty, "at most 64 MiB with 1000 idle connections",
            value <= 64});
  }
}
const Register kIdle{"idle", run_idle};

}  // namespace
}  // namespace segell::bench
