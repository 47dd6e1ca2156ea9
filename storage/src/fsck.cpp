#include "storage/fsck.h"

#include "base/aead.h"
#include "base/digest.h"
#include "blob_context.h"
#include "fsck_log.h"
#include "journal/merkle.h"
#include "journal/tile.h"
#include "key_ring.h"
#include "opening.h"
#include "query.h"

#include <algorithm>
#include <optional>
#include <set>

namespace segell::storage {

namespace {

using base::Code;
using base::Result;

constexpr std::uint64_t kMostOctets = 1ULL << 32;

/// What the passes over sealed records share.
struct Pass {
  Session& session;
  const TenantRecord& tenant;
  KeyRing* keys;  // null without the KEK
  BlobStore* blobs;
  FsckLog& log;
  Findings& findings;
  std::set<BlobName>& named;
};

/// Holds openings against the entries, one entry bundle at a time: they should come in order of their index.
class OpeningCheck {
 public:
  explicit OpeningCheck(Pass& pass) : m_pass(pass) {}

  [[nodiscard]] std::string where(std::uint64_t index) const {
    return "entry " + std::to_string(index) + " of " + m_pass.tenant.origin;
  }
  void check(const Opening& opening) {
    const std::uint64_t index = opening.log_index;
    if (index >= m_pass.log.size) {
      m_pass.findings.add("opening.beyond-log", where(index));
      return;
    }
    if (index / journal::kTileWidth != m_bundle_index) read_bundle(index / journal::kTileWidth);
    const auto at = static_cast<std::size_t>(index % journal::kTileWidth) * (2 + journal::kLeafSize) + 2;
    const journal::Leaf leaf = journal::make_leaf(opening.salt, opening.event);
    if (at + leaf.size() > m_bundle.size() ||
        !std::equal(leaf.begin(), leaf.end(), m_bundle.begin() + static_cast<std::ptrdiff_t>(at)))
      m_pass.findings.add("opening.mismatch", where(index));
  }

 private:
  void read_bundle(std::uint64_t bundle) {
    const std::uint64_t width =
        std::min<std::uint64_t>(journal::kTileWidth, m_pass.log.size - bundle * journal::kTileWidth);
    m_bundle_index = bundle;
    m_bundle = read_log_path(m_pass.session, m_pass.tenant.id, m_pass.log.size,
                             journal::entries_path(bundle, static_cast<unsigned>(width)))
                   .value_or(base::Bytes());
  }

  Pass& m_pass;
  base::Bytes m_bundle;
  std::uint64_t m_bundle_index = UINT64_MAX;
};

Result<void> check_subject_openings(Pass& pass) {
  const Scope scope{pass.session, pass.tenant.id, *pass.keys, nullptr};
  OpeningCheck check(pass);
  SEGELL_TRY(Statement * row,
             query(pass.session, "SELECT log_index, person, sealed FROM opening WHERE tenant = ?1 ORDER BY log_index",
                   pass.tenant.id));
  while (true) {
    SEGELL_TRY(const bool more, row->step());
    if (!more) return base::ok();
    const std::uint64_t index = unsigned_column(*row, 0);
    SEGELL_TRY(const PersonId subject, id_column<PersonId>(*row, 1));
    ++pass.log.openings_checked;
    const auto plain = scope.open(scope.person_key(subject), row->bytes(2), opening_context(index));
    const auto opening = plain ? parse_opening(index, *plain) : Result<Opening>(base::fail(plain.error()));
    if (opening) {
      check.check(*opening);
    } else {
      pass.findings.add(index < pass.log.size ? "opening.unreadable" : "opening.beyond-log", check.where(index));
    }
  }
}

Result<void> check_opening_chunks(Pass& pass) {
  const Scope scope{pass.session, pass.tenant.id, *pass.keys, nullptr};
  OpeningCheck check(pass);
  SEGELL_TRY(
      Statement * row,
      query(pass.session, "SELECT first, last, openings, sealed FROM opening_chunk WHERE tenant = ?1 ORDER BY first",
            pass.tenant.id));
  while (true) {
    SEGELL_TRY(const bool more, row->step());
    if (!more) return base::ok();
    const std::uint64_t first = unsigned_column(*row, 0);
    const auto openings = open_chunk(scope, first, row->bytes(3));
    pass.log.openings_checked += unsigned_column(*row, 2);
    if (!openings || openings->size() != unsigned_column(*row, 2) || openings->empty() ||
        openings->front().log_index != first || openings->back().log_index != unsigned_column(*row, 1)) {
      pass.findings.add("opening.unreadable", check.where(first) + ": with what was sealed together with it");
      continue;
    }
    for (const Opening& opening : *openings) check.check(opening);
  }
}

Result<void> check_openings(Pass& pass) {
  SEGELL_CHECK(check_subject_openings(pass));
  SEGELL_CHECK(check_opening_chunks(pass));
  pass.log.openings_absent = pass.log.size - std::min(pass.log.size, pass.log.openings_checked);
  return base::ok();
}

/// One document's revisions in order; the digests run over all octets up to each.
class DocumentWalk {
 public:
  explicit DocumentWalk(Pass& pass) : m_pass(pass) {}

  Result<void> revision(const DocumentId& document, const Statement& row) {
    if (document != m_document) {
      m_document = document;
      m_sha256 = base::Hasher(base::HashAlgorithm::sha256);
      m_sha512 = base::Hasher(base::HashAlgorithm::sha512);
      m_length = 0;
      m_readable = true;
      m_next = 0;
    }
    const auto index = static_cast<std::uint32_t>(row.integer(1));
    const std::string where = "document " + document.text() + " revision " + std::to_string(index);
    SEGELL_TRY(const BlobName name, array_column<32>(row, 5));
    ++m_pass.log.revisions_checked;
    if (unsigned_column(row, 6) >= m_pass.log.size) m_pass.findings.add("revision.log-index", where);
    if (index != m_next++) m_pass.findings.add("revision.digest", where + ": one before it is missing");
    const base::Bytes sealed = read_sealed(row, name, where);
    if (m_pass.keys == nullptr || !m_readable) return base::ok();
    read_plain(document, index, sealed, row, where);
    return base::ok();
  }

 private:
  base::Bytes read_sealed(const Statement& row, const BlobName& name, const std::string& where) {
    if (!row.is_null(7)) {
      base::Bytes octets = base::to_bytes(row.bytes(7));
      if (base::sha256(octets) != name) {
        m_pass.findings.add("revision.blob-corrupt", where + ": in its row");
        m_readable = false;
      }
      return octets;
    }
    m_pass.named.insert(name);
    if (m_pass.blobs == nullptr) {
      m_readable = false;
      return {};
    }
    auto octets = m_pass.blobs->get(name, kMostOctets);
    if (octets) return *std::move(octets);
    m_readable = false;
    m_pass.findings.add(octets.error().code == Code::not_found ? "revision.blob-missing" : "revision.blob-corrupt",
                        where + ": blobs/" + blob_path(name));
    return {};
  }

  void read_plain(const DocumentId& document, std::uint32_t index, const base::Bytes& sealed, const Statement& row,
                  const std::string& where) {
    const auto key = m_pass.keys->get(document_key_owner(m_pass.tenant.id, document));
    const auto plain = key ? base::stream_open(**key, sealed, blob_context(m_pass.tenant.id, document, index))
                           : Result<base::Bytes>(base::fail(key.error()));
    if (!plain) {
      m_pass.findings.add("revision.unreadable", where);
      m_readable = false;
      return;
    }
    m_sha256.update(*plain);
    m_sha512.update(*plain);
    m_length += plain->size();
    const base::Bytes sha256 = m_sha256.clone().finish();
    const base::Bytes sha512 = m_sha512.clone().finish();
    const base::BytesView stored256 = row.bytes(3);
    const base::BytesView stored512 = row.bytes(4);
    if (m_length != unsigned_column(row, 2) ||
        !std::equal(sha256.begin(), sha256.end(), stored256.begin(), stored256.end()) ||
        !std::equal(sha512.begin(), sha512.end(), stored512.begin(), stored512.end()))
      m_pass.findings.add("revision.digest", where);
  }

  Pass& m_pass;
  DocumentId m_document;
  base::Hasher m_sha256{base::HashAlgorithm::sha256};
  base::Hasher m_sha512{base::HashAlgorithm::sha512};
  std::uint64_t m_length = 0;
  bool m_readable = true;
  std::uint32_t m_next = 0;
};

Result<void> check_revisions(Pass& pass) {
  SEGELL_TRY(Statement * row,
             query(pass.session,
                   "SELECT document, idx, total_length, sha256, sha512, blob, log_index, octets FROM revision WHERE "
                   "tenant = ?1 ORDER BY document, idx",
                   pass.tenant.id));
  DocumentWalk walk(pass);
  while (true) {
    SEGELL_TRY(const bool more, row->step());
    if (!more) return base::ok();
    SEGELL_TRY(const DocumentId document, id_column<DocumentId>(*row, 0));
    SEGELL_CHECK(walk.revision(document, *row));
  }
}

Result<void> check_erasures(Pass& pass) {
  SEGELL_TRY(Statement * row, query(pass.session, "SELECT person FROM erasure WHERE tenant = ?1", pass.tenant.id));
  while (true) {
    SEGELL_TRY(const bool more, row->step());
    if (!more) return base::ok();
    SEGELL_TRY(const PersonId person, id_column<PersonId>(*row, 0));
    SEGELL_TRY(const bool left, pass.keys->exists(person_key_owner(pass.tenant.id, person)));
    if (left) pass.findings.add("erasure.key-left", "person " + person.text());
  }
}

}  // namespace

Result<FsckReport> fsck(const FsckParts& parts) {
  FsckReport report;
  Findings findings(report, parts.max_findings);
  SEGELL_TRY(const std::unique_ptr<Session> session, parts.database.open_session(Access::read));
  SEGELL_CHECK(session->begin(Access::read));
  std::optional<KeyRing> keys;
  if (parts.keys != nullptr && parts.kek != nullptr) {
    keys.emplace(*parts.keys, *parts.kek);
  } else {
    report.not_checked.emplace_back("openings and the contents of revisions: no key-encryption key was given");
  }
  if (parts.keys == nullptr) report.not_checked.emplace_back("served checkpoints: no key store was given");
  if (parts.blobs == nullptr) report.not_checked.emplace_back("blobs: no blob store was given");

  SEGELL_TRY(const auto tenants, read_tenants(*session));
  std::set<BlobName> named;
  for (const TenantRecord& tenant : tenants) {
    SEGELL_TRY(FsckLog log, check_log(*session, tenant, parts.keys, findings));
    Pass pass{*session, tenant, keys ? &*keys : nullptr, parts.blobs, log, findings, named};
    if (keys) {
      SEGELL_CHECK(check_openings(pass));
      SEGELL_CHECK(check_erasures(pass));
    }
    SEGELL_CHECK(check_revisions(pass));
    report.logs.push_back(std::move(log));
  }
  if (parts.blobs != nullptr) {
    SEGELL_CHECK(parts.blobs->list([&](const BlobName& name, std::uint64_t) {
      if (!named.contains(name)) ++report.orphan_blobs;
    }));
  }
  session->rollback();
  return report;
}

}  // namespace segell::storage
