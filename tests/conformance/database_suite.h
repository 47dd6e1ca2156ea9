#pragma once

#include "storage/database.h"

#include <doctest/doctest.h>

#include <string>

namespace segell::test {

/// What every back end of storage::Database promises; `database` is empty and writable.
inline void check_database(storage::Database& database) {
  using namespace storage;
  const auto session = *database.open_session(Access::write);
  const auto reader = *database.open_session(Access::read);
  REQUIRE(
      session->execute("CREATE TABLE a (t {blob} NOT NULL, n {int} NOT NULL, s {text}, PRIMARY KEY (t, n)) {keyed};"
                       "CREATE TABLE b (t {blob} NOT NULL, n {int} NOT NULL, FOREIGN KEY (t, n) REFERENCES a (t, n)) "
                       "{rows}"));
  const auto count = [](Session& from) {
    Statement* select = *from.prepare("SELECT COUNT(*) FROM a");
    REQUIRE(*select->step());
    const std::int64_t rows = select->integer(0);
    select->reset();
    return rows;
  };
  const auto insert = [&](std::int64_t n, std::string_view text) {
    Statement* statement = *session->prepare("INSERT INTO a (t, n, s) VALUES (?1, ?2, ?3)");
    return statement->bind(1, base::as_bytes("key")).bind(2, n).bind(3, text).step();
  };

  // A transaction is all or nothing, and other sessions see it after its commit only.
  REQUIRE(session->begin(Access::write));
  REQUIRE(insert(1, "one"));
  CHECK(count(*reader) == 0);
  CHECK(session->commit().state == CommitState::committed);
  CHECK(count(*reader) == 1);
  REQUIRE(session->begin(Access::write));
  REQUIRE(insert(2, "two"));
  session->rollback();
  CHECK(count(*reader) == 1);

  // A savepoint undoes itself alone; one unique key is taken once.
  REQUIRE(session->begin(Access::write));
  REQUIRE(session->savepoint());
  REQUIRE(insert(3, "three"));
  REQUIRE(session->release_savepoint());
  REQUIRE(session->savepoint());
  REQUIRE(insert(4, "four"));
  const auto taken = insert(1, "again");
  REQUIRE_FALSE(taken);
  CHECK(taken.error().code == base::Code::already_exists);
  CHECK(taken.error().reason == "storage.unique");
  CHECK(session->rollback_to_savepoint());
  REQUIRE(insert(5, ""));
  CHECK(session->commit().state == CommitState::committed);
  CHECK(count(*reader) == 3);

  // Foreign keys are enforced.
  Statement* orphan = *session->prepare("INSERT INTO b (t, n) VALUES (?1, ?2)");
  const auto refused = orphan->bind(1, base::as_bytes("key")).bind(2, std::int64_t{99}).step();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == base::Code::conflict);

  // Values come back as they went in: 64-bit numbers, empty octets, null beside empty text, octets of every value.
  base::Bytes octets(256);
  for (std::size_t i = 0; i < octets.size(); ++i) octets[i] = static_cast<std::byte>(i);
  Statement* put = *session->prepare("INSERT INTO a (t, n, s) VALUES (?1, ?2, ?3)");
  REQUIRE(put->bind(1, base::BytesView(octets)).bind(2, INT64_MIN).bind_null(3).step());
  put = *session->prepare("INSERT INTO a (t, n, s) VALUES (?1, ?2, ?3)");
  REQUIRE(put->bind(1, base::BytesView()).bind(2, INT64_MAX).bind(3, std::string_view("")).step());
  Statement* get = *reader->prepare("SELECT t, n, s FROM a WHERE n = ?1");
  REQUIRE(*get->bind(1, INT64_MIN).step());
  CHECK(base::to_bytes(get->bytes(0)) == octets);
  CHECK(get->is_null(2));
  get->reset();
  REQUIRE(*get->bind(1, INT64_MAX).step());
  CHECK(get->bytes(0).empty());
  CHECK_FALSE(get->is_null(2));
  CHECK(get->text(2).empty());
  get->reset();

  // A read transaction is a snapshot.
  REQUIRE(reader->begin(Access::read));
  const std::int64_t before = count(*reader);
  REQUIRE(insert(6, "six"));
  CHECK(count(*reader) == before);
  reader->rollback();
  CHECK(count(*reader) == before + 1);
  CHECK(database.maintain().state == CommitState::committed);
}

}  // namespace segell::test
