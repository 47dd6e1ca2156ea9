#include "startup.h"

#include "journal/checkpoint.h"
#include "log_writer.h"
#include "query.h"

#include <string>

namespace segell::storage {

namespace {

using base::Code;
using base::fail;
using base::Result;

base::Failure refuse(std::string_view reason, const std::string& message, const std::string& hint) {
  return fail(Code::corrupt, reason, message, hint);
}

const std::string kRunFsck = "run segell log fsck; restore a backup or a replica, never repair by hand";

Result<void> check_checkpoint(Session& session, const TenantRecord& tenant, const LogState& log) {
  SEGELL_TRY(const LogHead head, read_log_head(session, tenant.id));
  SEGELL_TRY(const auto verifier, journal::VerifierKey::parse(tenant.log_vkey));
  const auto checkpoint = journal::verify_checkpoint(head.note, verifier);
  if (!checkpoint)
    return refuse("store.checkpoint-signature", "the last checkpoint of " + tenant.origin + " is not validly signed",
                  kRunFsck);
  if (checkpoint->size != log.frontier.size() || checkpoint->root != log.frontier.root())
    return refuse("store.checkpoint-mismatch",
                  "the last checkpoint of " + tenant.origin + " speaks of " + std::to_string(checkpoint->size) +
                      " entries, the log has " + std::to_string(log.frontier.size()),
                  kRunFsck);
  SEGELL_TRY(const auto kept, read_checkpoint(session, tenant.id, head.size));
  if (!kept || *kept != head.note)
    return refuse("store.checkpoint-mismatch", "the last checkpoint of " + tenant.origin + " was not kept", kRunFsck);
  return base::ok();
}

Result<void> check_ends(Session& session, const TenantRecord& tenant, std::uint64_t size) {
  SEGELL_TRY(Statement * row, query(session,
                                    "SELECT (SELECT COUNT(*) FROM log_checkpoint WHERE tenant = ?1 AND size > ?2), "
                                    "(SELECT COUNT(*) FROM opening WHERE tenant = ?1 AND log_index >= ?2), "
                                    "(SELECT COUNT(*) FROM opening_chunk WHERE tenant = ?1 AND first >= ?2), "
                                    "(SELECT COALESCE(MAX(idx) + 1, 0) FROM log_bundle WHERE tenant = ?1), "
                                    "(SELECT COALESCE(MAX(idx) + 1, 0) FROM log_tile WHERE tenant = ?1 AND level = 0)",
                                    tenant.id, size));
  const Reset reset(row);
  SEGELL_TRY(const bool found, row->step());
  const std::uint64_t full = size / journal::kTileWidth;
  if (!found || row->integer(0) != 0 || row->integer(1) != 0 || row->integer(2) != 0 ||
      unsigned_column(*row, 3) != full || unsigned_column(*row, 4) != full)
    return refuse("store.head-mismatch", "the log of " + tenant.origin + " holds more or less than its head says",
                  kRunFsck);
  return base::ok();
}

Result<void> check_served(Session& session, KeyStore& store, const TenantRecord& tenant, std::uint64_t size) {
  SEGELL_TRY(const auto served, store.served(tenant.id));
  if (!served) return base::ok();
  if (served->size > size) {
    return refuse("store.older-than-served",
                  "the log of " + tenant.origin + " has " + std::to_string(size) + " entries, but a checkpoint of " +
                      std::to_string(served->size) + " has left this service",
                  "this database is an old backup: signing on would fork the log; restore a newer one");
  }
  auto root = journal::root_at(served->size, read_log_nodes(session, tenant.id));
  if (!root || *root != served->root)
    return refuse("store.older-than-served", "the log of " + tenant.origin + " contradicts a checkpoint that has left",
                  kRunFsck);
  return base::ok();
}

Result<void> check_tenant(Session& session, KeyStore& store, KeyRing& keys, const TenantRecord& tenant) {
  auto log = load_log(session, keys, tenant.id);
  if (!log && log.error().code == Code::not_found && log.error().reason == "key.missing")
    return refuse("store.key-missing", "the key store lacks a key of " + tenant.origin,
                  "restore the key store that belongs to this database");
  if (!log) return fail(std::move(log).error());
  if (log->key->verifier.text() != tenant.log_vkey)
    return refuse("store.log-key-mismatch", "the log key of " + tenant.origin + " is not the one its log names",
                  "restore the key store that belongs to this database");
  SEGELL_CHECK(check_checkpoint(session, tenant, *log));
  SEGELL_CHECK(check_ends(session, tenant, log->frontier.size()));
  return check_served(session, store, tenant, log->frontier.size());
}

}  // namespace

Result<void> check_at_start(Session& session, KeyStore& store, KeyRing& keys) {
  SEGELL_TRY(const std::int64_t known, read_meta(session, "key-generation"));
  SEGELL_TRY(const std::uint64_t generation, store.generation());
  if (generation < static_cast<std::uint64_t>(known)) {
    return refuse(
        "store.keys-older",
        "the key store has seen " + std::to_string(generation) + " keys, the database needs " + std::to_string(known),
        "this key store is an old backup: restore the one that belongs to this database");
  }
  SEGELL_TRY(const auto tenants, read_tenants(session));
  for (const TenantRecord& tenant : tenants) SEGELL_CHECK(check_tenant(session, store, keys, tenant));
  return base::ok();
}

namespace {

/// The keys of what the rows name as erased, where they are there still.
Result<void> find_left(Session& session, KeyRing& keys, std::string_view rows, KeyKind kind,
                       std::vector<KeyOwner>& left) {
  SEGELL_TRY(Statement * row, query(session, rows));
  const Reset reset(row);
  while (true) {
    SEGELL_TRY(const bool more, row->step());
    if (!more) return base::ok();
    KeyOwner owner;
    owner.kind = kind;
    SEGELL_TRY(owner.tenant, id_column<TenantId>(*row, 0));
    SEGELL_TRY(owner.owner, array_column<16>(*row, 1));
    SEGELL_TRY(const bool there, keys.exists(owner));
    if (there) left.push_back(owner);
  }
}

/// The keys of envelopes that were erased.
Result<void> find_left_envelopes(Session& session, KeyRing& keys, std::vector<KeyOwner>& left) {
  SEGELL_TRY(Statement * row, query(session,
                                    "SELECT tenant, document, revision FROM beside WHERE own_key = 1 AND sealed IS "
                                    "NULL"));
  const Reset reset(row);
  while (true) {
    SEGELL_TRY(const bool more, row->step());
    if (!more) return base::ok();
    SEGELL_TRY(const TenantId tenant, id_column<TenantId>(*row, 0));
    SEGELL_TRY(const DocumentId document, id_column<DocumentId>(*row, 1));
    const KeyOwner owner = envelope_key_owner(tenant, document, static_cast<std::uint32_t>(row->integer(2)));
    SEGELL_TRY(const bool there, keys.exists(owner));
    if (there) left.push_back(owner);
  }
}

}  // namespace

Result<void> finish_erasures(Session& session, KeyRing& keys) {
  std::vector<KeyOwner> left;
  SEGELL_CHECK(find_left(session, keys, "SELECT tenant, person FROM erasure", KeyKind::person, left));
  SEGELL_CHECK(find_left(session, keys, "SELECT tenant, account FROM closed_account", KeyKind::account, left));
  SEGELL_CHECK(find_left_envelopes(session, keys, left));
  return keys.destroy(left);
}

}  // namespace segell::storage
