// database_access: the same inserts and look-ups through Segell's session port, and through Poco::Data::SQLite on the
// same file settings. The figures of docs/adr/0002-database-access.md come from here. Prints one JSON line a figure.
#include "base/bytes.h"
#include "base/random.h"
#include "sqlite/database.h"
#include "storage/database.h"
#include "support/temp_folder.h"

#include <Poco/Data/LOB.h>
#include <Poco/Data/RecordSet.h>
#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using namespace segell;
using namespace Poco::Data::Keywords;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kRows = 20'000;
constexpr std::size_t kGroup = 256;
constexpr std::size_t kLookUps = 50'000;
const std::string kTable =
    "CREATE TABLE row (tenant BLOB NOT NULL, n INTEGER NOT NULL, octets BLOB NOT NULL, PRIMARY KEY (tenant, n)) "
    "STRICT, "
    "WITHOUT ROWID";

double rate(std::size_t count, Clock::time_point start) {
  return static_cast<double>(count) / std::chrono::duration<double>(Clock::now() - start).count();
}
double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}
template <class T>
T must(base::Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return *std::move(result);
}
void must(const base::Result<void>& result) {
  if (!result) throw std::runtime_error(result.error().message);
}

struct Rates {
  double insert = 0;
  double look_up = 0;
};

const base::Bytes kTenant(16, std::byte{3});
const base::Bytes kOctets(340, std::byte{5});

Rates through_port() {
  const test::TempFolder folder;
  const auto database = must(sqlite::open_database(folder.path("a.db"), sqlite::OpenMode::serve));
  const auto session = must(database->open_session(storage::Access::write));
  must(session->execute(kTable));
  Rates rates;
  auto start = Clock::now();
  for (std::size_t n = 0; n < kRows;) {
    must(session->begin(storage::Access::write));
    for (std::size_t i = 0; i < kGroup; ++i, ++n) {
      storage::Statement* insert = must(session->prepare("INSERT INTO row (tenant, n, octets) VALUES (?1, ?2, ?3)"));
      insert->bind(1, base::BytesView(kTenant)).bind(2, static_cast<std::int64_t>(n)).bind(3, base::BytesView(kOctets));
      must(insert->step());
    }
    if (session->commit().state != storage::CommitState::committed) throw std::runtime_error("commit");
  }
  rates.insert = rate(kRows, start);
  start = Clock::now();
  std::size_t seen = 0;
  for (std::size_t i = 0; i < kLookUps; ++i) {
    storage::Statement* select = must(session->prepare("SELECT octets FROM row WHERE tenant = ?1 AND n = ?2"));
    select->bind(1, base::BytesView(kTenant)).bind(2, static_cast<std::int64_t>(i * 7919 % kRows));
    if (must(select->step())) seen += base::to_bytes(select->bytes(0)).size();
    select->reset();
  }
  rates.look_up = rate(kLookUps, start);
  if (seen != kLookUps * kOctets.size()) throw std::runtime_error("look-up");
  return rates;
}

Rates through_poco() {
  const test::TempFolder folder;
  Poco::Data::Session session(Poco::Data::SQLite::Connector::KEY, folder.path("b.db"));
  for (const char* setting : {"PRAGMA page_size=8192", "PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL",
                              "PRAGMA wal_autocheckpoint=0", "PRAGMA secure_delete=ON", "PRAGMA cache_size=-32768"})
    session << setting, now;
  session << kTable, now;
  const auto blob = [](const base::Bytes& octets) {
    return Poco::Data::BLOB(reinterpret_cast<const unsigned char*>(octets.data()), octets.size());
  };
  Poco::Data::BLOB tenant = blob(kTenant);
  Poco::Data::BLOB octets = blob(kOctets);
  Poco::Int64 number = 0;
  Rates rates;
  Poco::Data::Statement insert(session);
  insert << "INSERT INTO row (tenant, n, octets) VALUES (?, ?, ?)", use(tenant), use(number), use(octets);
  auto start = Clock::now();
  for (std::size_t n = 0; n < kRows;) {
    session.begin();
    for (std::size_t i = 0; i < kGroup; ++i, ++n) {
      number = static_cast<Poco::Int64>(n);
      insert.execute();
    }
    session.commit();
  }
  rates.insert = rate(kRows, start);
  Poco::Data::BLOB out;
  Poco::Data::Statement select(session);
  select << "SELECT octets FROM row WHERE tenant = ? AND n = ?", into(out), use(tenant), use(number);
  start = Clock::now();
  std::size_t seen = 0;
  for (std::size_t i = 0; i < kLookUps; ++i) {
    number = static_cast<Poco::Int64>(i * 7919 % kRows);
    select.execute();
    seen += out.size();
  }
  rates.look_up = rate(kLookUps, start);
  if (seen != kLookUps * kOctets.size()) throw std::runtime_error("look-up");
  return rates;
}

void print(const char* name, double port, double poco) {
  std::printf("{\"name\":\"database_access.%s\",\"value\":%.0f,\"unit\":\"/s\",\"limit\":%.0f,\"ratio\":%.2f}\n", name,
              port, poco, port / poco);
}

}  // namespace

int main() {
  Poco::Data::SQLite::Connector::registerConnector();
  std::vector<double> port_insert, poco_insert, port_look, poco_look;
  for (int round = 0; round < 5; ++round) {
    const Rates port = through_port();
    const Rates poco = through_poco();
    port_insert.push_back(port.insert);
    poco_insert.push_back(poco.insert);
    port_look.push_back(port.look_up);
    poco_look.push_back(poco.look_up);
  }
  print("insert", median(port_insert), median(poco_insert));
  print("look_up", median(port_look), median(poco_look));
  return 0;
}
