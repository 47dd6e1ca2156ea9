#include "blob_names.h"

#include "query.h"

namespace segell::storage {

base::Result<std::set<BlobName>> read_blob_names(Session& session) {
  SEGELL_TRY(Statement * row, query(session, "SELECT blob FROM revision WHERE octets IS NULL"));
  const Reset reset(row);
  std::set<BlobName> names;
  while (true) {
    SEGELL_TRY(const bool more, row->step());
    if (!more) return names;
    SEGELL_TRY(const BlobName name, array_column<32>(*row, 0));
    names.insert(name);
  }
}

}  // namespace segell::storage
