#include "schema.h"

#include "query.h"

#include <string>
#include <string_view>

namespace segell::storage {

namespace {

using base::Code;
using base::fail;
using base::Result;

// Every key starts with its tenant; the credential directory alone does not, because it tells the tenant. `sealed`
// columns are AEAD under the key named in their repository; `…_tag` columns are keyed blind indexes.
constexpr std::string_view kVersion1 = R"(
CREATE TABLE tenant (id {blob} NOT NULL PRIMARY KEY, name {text} NOT NULL, origin {text} NOT NULL UNIQUE,
  log_vkey {text} NOT NULL, created {int} NOT NULL) {rows};
CREATE TABLE credential (hash {blob} NOT NULL PRIMARY KEY, tenant {blob} NOT NULL REFERENCES tenant (id),
  label {text} NOT NULL, scopes {text} NOT NULL, request {blob}, expires {int}, revoked {int} NOT NULL) {rows};

CREATE TABLE log_head (tenant {blob} NOT NULL PRIMARY KEY REFERENCES tenant (id), size {int} NOT NULL,
  root {blob} NOT NULL, frontier {blob} NOT NULL, note {text} NOT NULL, tail {blob} NOT NULL) {rows};
CREATE TABLE log_tile (tenant {blob} NOT NULL, level {int} NOT NULL, idx {int} NOT NULL, hashes {blob} NOT NULL,
  PRIMARY KEY (tenant, level, idx)) {rows};
CREATE TABLE log_bundle (tenant {blob} NOT NULL, idx {int} NOT NULL, entries {blob} NOT NULL,
  PRIMARY KEY (tenant, idx)) {rows};
CREATE TABLE log_checkpoint (tenant {blob} NOT NULL, size {int} NOT NULL, note {text} NOT NULL,
  PRIMARY KEY (tenant, size)) {keyed};
CREATE TABLE opening (tenant {blob} NOT NULL, log_index {int} NOT NULL, person {blob} NOT NULL,
  sealed {blob} NOT NULL, PRIMARY KEY (tenant, log_index)) {keyed};
CREATE INDEX opening_person ON opening (tenant, person);
CREATE TABLE opening_chunk (tenant {blob} NOT NULL, first {int} NOT NULL, last {int} NOT NULL, openings {int} NOT NULL,
  sealed {blob} NOT NULL, PRIMARY KEY (tenant, first)) {rows};

CREATE TABLE person (tenant {blob} NOT NULL, id {blob} NOT NULL, erased {int} NOT NULL, identifier_tag {blob},
  sealed {blob}, created {int} NOT NULL, log_index {int} NOT NULL, PRIMARY KEY (tenant, id)) {keyed};
CREATE UNIQUE INDEX person_identifier ON person (tenant, identifier_tag) WHERE identifier_tag IS NOT NULL;
CREATE TABLE notice (tenant {blob} NOT NULL, key {text} NOT NULL, version {int} NOT NULL, language {text} NOT NULL,
  title {text} NOT NULL, body {text} NOT NULL, sha256 {blob} NOT NULL, created {int} NOT NULL,
  log_index {int} NOT NULL, PRIMARY KEY (tenant, key, version, language)) {rows};

CREATE TABLE document (tenant {blob} NOT NULL, id {blob} NOT NULL, state {text} NOT NULL, code_tag {blob},
  sealed {blob} NOT NULL, created {int} NOT NULL, PRIMARY KEY (tenant, id)) {rows};
CREATE UNIQUE INDEX document_code ON document (tenant, code_tag) WHERE code_tag IS NOT NULL;
CREATE TABLE revision (tenant {blob} NOT NULL, document {blob} NOT NULL, idx {int} NOT NULL, kind {text} NOT NULL,
  length {int} NOT NULL, total_length {int} NOT NULL, sha256 {blob} NOT NULL, sha512 {blob} NOT NULL,
  log_index {int} NOT NULL, time_state {text} NOT NULL, blob {blob} NOT NULL, octets {blob},
  PRIMARY KEY (tenant, document, idx), FOREIGN KEY (tenant, document) REFERENCES document (tenant, id)) {rows};
CREATE TABLE request (tenant {blob} NOT NULL, id {blob} NOT NULL, state {text} NOT NULL, document {blob} NOT NULL,
  person {blob} NOT NULL, capability_hash {blob} NOT NULL, nonce {blob} NOT NULL, created {int} NOT NULL,
  expires {int} NOT NULL, sealed {blob}, PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, document) REFERENCES document (tenant, id),
  FOREIGN KEY (tenant, person) REFERENCES person (tenant, id)) {rows};
CREATE INDEX request_document ON request (tenant, document);
CREATE INDEX request_person ON request (tenant, person);
CREATE TABLE beside (tenant {blob} NOT NULL, document {blob} NOT NULL, revision {int} NOT NULL, kind {int} NOT NULL,
  person {blob} NOT NULL, sealed {blob}, PRIMARY KEY (tenant, document, revision, kind),
  FOREIGN KEY (tenant, document) REFERENCES document (tenant, id)) {rows};
CREATE INDEX beside_person ON beside (tenant, person);

CREATE TABLE consent_fact (tenant {blob} NOT NULL, person {blob} NOT NULL, item_tag {blob} NOT NULL,
  log_index {int} NOT NULL, decision {blob} NOT NULL, sealed {blob} NOT NULL,
  PRIMARY KEY (tenant, person, item_tag, log_index, decision)) {keyed};
CREATE TABLE protection (tenant {blob} NOT NULL, person {blob} NOT NULL, id {blob} NOT NULL, log_index {int} NOT NULL,
  sealed {blob} NOT NULL, PRIMARY KEY (tenant, person, id)) {keyed};
CREATE TABLE legal_basis (tenant {blob} NOT NULL, id {text} NOT NULL, purpose {text} NOT NULL, category {text} NOT NULL,
  recipient {text} NOT NULL, kind {text} NOT NULL, article6 {text} NOT NULL, article9 {text} NOT NULL,
  law {text} NOT NULL, opposable {text} NOT NULL, valid_from {int} NOT NULL, valid_until {int},
  log_index {int} NOT NULL, PRIMARY KEY (tenant, id)) {rows};

CREATE TABLE idempotency (tenant {blob} NOT NULL, key_tag {blob} NOT NULL, body_hash {blob} NOT NULL,
  status {int} NOT NULL, sealed {blob} NOT NULL, expires {int} NOT NULL, PRIMARY KEY (tenant, key_tag)) {rows};
CREATE INDEX idempotency_expires ON idempotency (tenant, expires);
CREATE TABLE job (tenant {blob} NOT NULL, id {blob} NOT NULL, kind {text} NOT NULL, sealed {blob} NOT NULL,
  due {int} NOT NULL, attempts {int} NOT NULL, PRIMARY KEY (tenant, id)) {rows};
CREATE INDEX job_due ON job (tenant, due);
CREATE TABLE erasure (tenant {blob} NOT NULL, person {blob} NOT NULL, log_index {int} NOT NULL,
  PRIMARY KEY (tenant, person)) {keyed};
)";

// Who logs in. An account belongs to the tenant that made it; what it may do in a tenant is a holding there, so that
// one login may serve persons of several tenants. Sessions, names and failed attempts are found before a tenant is
// known, as credentials are: a session by the hash of its cookie, the others by blind indexes of the whole node.
constexpr std::string_view kVersion2 = R"(
CREATE TABLE account (tenant {blob} NOT NULL REFERENCES tenant (id), id {blob} NOT NULL, name_tag {blob} NOT NULL,
  state {text} NOT NULL, sealed {blob} NOT NULL, created {int} NOT NULL, PRIMARY KEY (tenant, id)) {rows};
CREATE UNIQUE INDEX account_name ON account (name_tag);
CREATE TABLE holding (tenant {blob} NOT NULL REFERENCES tenant (id), id {blob} NOT NULL, home {blob} NOT NULL,
  account {blob} NOT NULL, role {text} NOT NULL, person {blob}, since {int} NOT NULL, PRIMARY KEY (tenant, id),
  FOREIGN KEY (home, account) REFERENCES account (tenant, id),
  FOREIGN KEY (tenant, person) REFERENCES person (tenant, id)) {rows};
CREATE INDEX holding_account ON holding (home, account);
CREATE INDEX holding_person ON holding (tenant, person);
CREATE TABLE assignment (tenant {blob} NOT NULL, person {blob} NOT NULL, account {blob} NOT NULL, since {int} NOT NULL,
  PRIMARY KEY (tenant, person, account), FOREIGN KEY (tenant, person) REFERENCES person (tenant, id)) {keyed};
CREATE INDEX assignment_account ON assignment (tenant, account);
CREATE TABLE session (hash {blob} NOT NULL PRIMARY KEY, id {blob} NOT NULL, home {blob} NOT NULL,
  account {blob} NOT NULL, tenant {blob}, holding {blob}, step {text} NOT NULL, level {text} NOT NULL,
  created {int} NOT NULL, seen {int} NOT NULL, expires {int} NOT NULL,
  FOREIGN KEY (home, account) REFERENCES account (tenant, id)) {rows};
CREATE INDEX session_account ON session (home, account);
CREATE INDEX session_expires ON session (expires);
CREATE TABLE login_failure (tag {blob} NOT NULL PRIMARY KEY, failures {int} NOT NULL, last {int} NOT NULL) {keyed};
CREATE INDEX login_failure_last ON login_failure (last);
CREATE TABLE closed_account (tenant {blob} NOT NULL, account {blob} NOT NULL,
  PRIMARY KEY (tenant, account)) {keyed};
)";

// What was laid out for a request and is not part of its document yet.
constexpr std::string_view kVersion3 = R"(
CREATE TABLE request_paper (tenant {blob} NOT NULL, request {blob} NOT NULL, person {blob} NOT NULL,
  sealed {blob} NOT NULL, PRIMARY KEY (tenant, request),
  FOREIGN KEY (tenant, request) REFERENCES request (tenant, id)) {rows};
CREATE INDEX request_paper_person ON request_paper (tenant, person);
)";

// Slips: the directory of their codes holds hashes alone and tells the tenant.
constexpr std::string_view kVersion4 = R"(
CREATE TABLE slip (tenant {blob} NOT NULL, id {blob} NOT NULL, state {text} NOT NULL, person {blob}, request {blob},
  created {int} NOT NULL, expires {int} NOT NULL, sealed {blob}, PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, person) REFERENCES person (tenant, id),
  FOREIGN KEY (tenant, request) REFERENCES request (tenant, id)) {rows};
CREATE INDEX slip_person ON slip (tenant, person);
CREATE INDEX slip_request ON slip (tenant, request);
CREATE TABLE slip_code (hash {blob} NOT NULL PRIMARY KEY, tenant {blob} NOT NULL, slip {blob} NOT NULL,
  FOREIGN KEY (tenant, slip) REFERENCES slip (tenant, id)) {rows};
)";

// What people ask to have put right.
constexpr std::string_view kVersion5 = R"(
CREATE TABLE correction (tenant {blob} NOT NULL, id {blob} NOT NULL, person {blob} NOT NULL, document {blob},
  state {text} NOT NULL, created {int} NOT NULL, log_index {int} NOT NULL, sealed {blob} NOT NULL,
  PRIMARY KEY (tenant, id), FOREIGN KEY (tenant, person) REFERENCES person (tenant, id),
  FOREIGN KEY (tenant, document) REFERENCES document (tenant, id)) {rows};
CREATE INDEX correction_order ON correction (tenant, log_index);
CREATE INDEX correction_person ON correction (tenant, person, log_index);
)";

// Visits without a network: devices, what they carry and what they captured. The directory of capabilities holds hashes
// alone and tells the tenant. A device's counter never counts twice.
constexpr std::string_view kVersion6 = R"(
CREATE TABLE device (tenant {blob} NOT NULL REFERENCES tenant (id), id {blob} NOT NULL, state {text} NOT NULL,
  key {blob} NOT NULL, created {int} NOT NULL, log_index {int} NOT NULL, sealed {blob} NOT NULL,
  PRIMARY KEY (tenant, id)) {rows};
CREATE UNIQUE INDEX device_key ON device (tenant, key);
CREATE INDEX device_order ON device (tenant, log_index);
CREATE TABLE visit (tenant {blob} NOT NULL, id {blob} NOT NULL, device {blob} NOT NULL, created {int} NOT NULL,
  expires {int} NOT NULL, log_index {int} NOT NULL, refusals {int} NOT NULL, packages {int} NOT NULL,
  sealed {blob} NOT NULL, PRIMARY KEY (tenant, id), FOREIGN KEY (tenant, device) REFERENCES device (tenant, id)) {rows};
CREATE INDEX visit_order ON visit (tenant, log_index);
CREATE TABLE visit_request (tenant {blob} NOT NULL, visit {blob} NOT NULL, position {int} NOT NULL,
  request {blob} NOT NULL, PRIMARY KEY (tenant, visit, position),
  FOREIGN KEY (tenant, visit) REFERENCES visit (tenant, id),
  FOREIGN KEY (tenant, request) REFERENCES request (tenant, id)) {keyed};
CREATE TABLE visit_package (hash {blob} NOT NULL PRIMARY KEY, tenant {blob} NOT NULL, visit {blob} NOT NULL,
  expires {int} NOT NULL, FOREIGN KEY (tenant, visit) REFERENCES visit (tenant, id)) {rows};
CREATE TABLE visit_nonce (tenant {blob} NOT NULL, nonce {blob} NOT NULL, visit {blob} NOT NULL,
  request {blob} NOT NULL, person {blob} NOT NULL, issued {int} NOT NULL, expires {int} NOT NULL,
  PRIMARY KEY (tenant, nonce), FOREIGN KEY (tenant, visit) REFERENCES visit (tenant, id),
  FOREIGN KEY (tenant, request) REFERENCES request (tenant, id)) {keyed};
CREATE INDEX visit_nonce_visit ON visit_nonce (tenant, visit);
CREATE TABLE captured_act (tenant {blob} NOT NULL, nonce {blob} NOT NULL, visit {blob} NOT NULL,
  request {blob} NOT NULL, person {blob} NOT NULL, device {blob} NOT NULL, counter {int} NOT NULL,
  digest {blob} NOT NULL, answer {text} NOT NULL, state {text} NOT NULL, reason {text} NOT NULL, flags {text} NOT NULL,
  received {int} NOT NULL, finished {int}, sealed {blob}, PRIMARY KEY (tenant, nonce),
  FOREIGN KEY (tenant, nonce) REFERENCES visit_nonce (tenant, nonce)) {rows};
CREATE UNIQUE INDEX captured_act_counter ON captured_act (tenant, device, counter);
CREATE INDEX captured_act_visit ON captured_act (tenant, visit);
CREATE INDEX captured_act_person ON captured_act (tenant, person);
)";

// Requests of a whole tenant in the order in which they are listed.
constexpr std::string_view kVersion7 = R"(
CREATE INDEX request_order ON request (tenant, created, id);
)";

// Who must never see a person, and which addresses are kept from others. An excluded person is found by keyed indexes
// of their login or identifier, or as a person of this tenant.
constexpr std::string_view kVersion8 = R"(
CREATE TABLE protection_flag (tenant {blob} NOT NULL, id {blob} NOT NULL, person {blob} NOT NULL, kind {text} NOT NULL,
  state {text} NOT NULL, live {int} NOT NULL, login_tag {blob}, identifier_tag {blob}, excluded {blob},
  created {int} NOT NULL, log_index {int} NOT NULL, sealed {blob} NOT NULL, PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, person) REFERENCES person (tenant, id)) {rows};
CREATE INDEX protection_flag_person ON protection_flag (tenant, person);
CREATE INDEX protection_flag_order ON protection_flag (tenant, log_index);
)";

// What people say of the pages; nothing in it leads to a person or a document.
constexpr std::string_view kVersion9 = R"(
CREATE TABLE feedback (tenant {blob} NOT NULL REFERENCES tenant (id), id {blob} NOT NULL, state {text} NOT NULL,
  created {int} NOT NULL, log_index {int} NOT NULL, sealed {blob} NOT NULL, PRIMARY KEY (tenant, id)) {rows};
CREATE INDEX feedback_order ON feedback (tenant, log_index);
CREATE INDEX feedback_state ON feedback (tenant, state);
)";

// Accounts of a whole tenant in the order in which they are listed, and by what they are.
constexpr std::string_view kVersion10 = R"(
CREATE INDEX account_order ON account (tenant, created, id);
CREATE INDEX holding_role ON holding (tenant, role);
)";

// Passkeys: their keys stand in the sealed part of an account; here are blind indexes of their ids, of the whole node,
// so that one credential is one account's. A challenge belongs to the session that asked for it.
constexpr std::string_view kVersion11 = R"(
CREATE TABLE passkey (tag {blob} NOT NULL PRIMARY KEY, tenant {blob} NOT NULL, account {blob} NOT NULL,
  FOREIGN KEY (tenant, account) REFERENCES account (tenant, id)) {keyed};
CREATE INDEX passkey_account ON passkey (tenant, account);
CREATE TABLE login_challenge (session {blob} NOT NULL PRIMARY KEY, purpose {text} NOT NULL, challenge {blob} NOT NULL,
  expires {int} NOT NULL) {keyed};
CREATE INDEX login_challenge_expires ON login_challenge (expires);
)";

// Who may sign on behalf of people. An entry is never taken away: it ends.
constexpr std::string_view kVersion12 = R"(
CREATE TABLE official (tenant {blob} NOT NULL REFERENCES tenant (id), id {blob} NOT NULL, account {blob} NOT NULL,
  state {text} NOT NULL, since {int} NOT NULL, until {int} NOT NULL, created {int} NOT NULL, log_index {int} NOT NULL,
  sealed {blob} NOT NULL, PRIMARY KEY (tenant, id)) {rows};
CREATE INDEX official_order ON official (tenant, log_index);
CREATE INDEX official_account ON official (tenant, account);
)";

// Signatures of another person than the one who was asked. A custody envelope gets a key of its own, so that it can be
// erased alone.
constexpr std::string_view kVersion13 = R"(
ALTER TABLE beside ADD COLUMN own_key {int} NOT NULL DEFAULT 0;
CREATE TABLE misattribution (tenant {blob} NOT NULL, id {blob} NOT NULL, request {blob} NOT NULL,
  document {blob} NOT NULL, person {blob} NOT NULL, state {text} NOT NULL, incident {text} NOT NULL,
  raised {int} NOT NULL, due {int}, void_at {int}, void_revision {int}, void_index {int}, log_index {int} NOT NULL,
  sealed {blob}, PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, request) REFERENCES request (tenant, id),
  FOREIGN KEY (tenant, document) REFERENCES document (tenant, id),
  FOREIGN KEY (tenant, person) REFERENCES person (tenant, id)) {rows};
CREATE INDEX misattribution_order ON misattribution (tenant, log_index);
CREATE INDEX misattribution_document ON misattribution (tenant, document, log_index);
CREATE INDEX misattribution_person ON misattribution (tenant, person);
)";

// Who acts for whom, which holders of parental authority object, and what is looked at again because of it. What would
// tell a date of birth is sealed. A document may be kept from those who represent its person.
constexpr std::string_view kVersion14 = R"(
ALTER TABLE person ADD COLUMN has_capacity_facts {int} NOT NULL DEFAULT 0;
ALTER TABLE protection_flag ADD COLUMN document {blob};
CREATE INDEX protection_flag_document ON protection_flag (tenant, document) WHERE document IS NOT NULL;
CREATE TABLE representation (tenant {blob} NOT NULL, id {blob} NOT NULL, person {blob} NOT NULL, representative {blob},
  state {text} NOT NULL, created {int} NOT NULL, ended {int}, log_index {int} NOT NULL, sealed {blob} NOT NULL,
  words {blob}, PRIMARY KEY (tenant, id), FOREIGN KEY (tenant, person) REFERENCES person (tenant, id),
  FOREIGN KEY (tenant, representative) REFERENCES person (tenant, id)) {rows};
CREATE INDEX representation_person ON representation (tenant, person, log_index);
CREATE INDEX representation_representative ON representation (tenant, representative)
  WHERE representative IS NOT NULL;
CREATE TABLE holder_objection (tenant {blob} NOT NULL, id {blob} NOT NULL, person {blob} NOT NULL,
  representation {blob} NOT NULL, log_index {int} NOT NULL, sealed {blob} NOT NULL, words {blob},
  PRIMARY KEY (tenant, id), FOREIGN KEY (tenant, representation) REFERENCES representation (tenant, id)) {rows};
CREATE INDEX holder_objection_person ON holder_objection (tenant, person, log_index);
CREATE TABLE review (tenant {blob} NOT NULL, id {blob} NOT NULL, person {blob} NOT NULL, state {text} NOT NULL,
  open {int} NOT NULL, log_index {int} NOT NULL, sealed {blob} NOT NULL, PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, person) REFERENCES person (tenant, id)) {rows};
CREATE INDEX review_open ON review (tenant, open, log_index);
CREATE INDEX review_person ON review (tenant, person, log_index);
)";

// Seals whose signatures are made elsewhere. What was laid out is sealed under the document's key.
constexpr std::string_view kVersion15 = R"(
CREATE TABLE seal_preparation (tenant {blob} NOT NULL, id {blob} NOT NULL, document {blob} NOT NULL,
  revision {int} NOT NULL, state {text} NOT NULL, expires {int} NOT NULL, sealed {blob} NOT NULL,
  PRIMARY KEY (tenant, id), FOREIGN KEY (tenant, document) REFERENCES document (tenant, id)) {rows};
CREATE INDEX seal_preparation_expires ON seal_preparation (tenant, expires);
)";

constexpr std::string_view kMigrations[] = {kVersion1,  kVersion2,  kVersion3,  kVersion4,  kVersion5,
                                            kVersion6,  kVersion7,  kVersion8,  kVersion9,  kVersion10,
                                            kVersion11, kVersion12, kVersion13, kVersion14, kVersion15};
static_assert(std::size(kMigrations) == kSchemaVersion);

Result<std::int64_t> version_of(Session& session) {
  SEGELL_CHECK(session.execute(
      "CREATE TABLE IF NOT EXISTS meta (name {text} NOT NULL PRIMARY KEY, value {int} NOT NULL) {keyed}"));
  return read_meta(session, "schema");
}

base::Failure newer(std::int64_t version) {
  return fail(
      Code::unsupported, "store.newer-schema",
      "the store has schema " + std::to_string(version) + ", this program knows " + std::to_string(kSchemaVersion),
      "start the newer program again; nothing was changed");
}

}  // namespace

Result<void> migrate(Session& session) {
  SEGELL_TRY(const std::int64_t version, version_of(session));
  if (version > kSchemaVersion) return newer(version);
  for (std::int64_t step = version; step < kSchemaVersion; ++step) {
    SEGELL_CHECK(session.begin(Access::write));
    auto done = session.execute(kMigrations[static_cast<std::size_t>(step)]);
    if (done) done = write_meta(session, "schema", step + 1);
    if (!done) {
      session.rollback();
      return done;
    }
    if (const CommitOutcome outcome = session.commit(); outcome.state != CommitState::committed)
      return fail(outcome.error);
  }
  return base::ok();
}

Result<void> check_schema(Session& session) {
  SEGELL_TRY(const std::int64_t version, read_meta(session, "schema"));
  if (version > kSchemaVersion) return newer(version);
  if (version < kSchemaVersion)
    return fail(Code::conflict, "store.older-schema", "the store has an older schema",
                "start segelld once to migrate it");
  return base::ok();
}

}  // namespace segell::storage
