#include "signer/pdf/security_store.h"

namespace segell::signer::pdf {
namespace {

void read_streams(const Document& document, const Dictionary& store, std::string_view key, RevisionIndex as_of,
                  std::vector<SecurityStore::Item>& out) {
  constexpr std::size_t kMaxItems = 256, kMaxItem = 4U << 20U;
  const auto list = document.get(store, key, as_of);
  const Array* items = list ? list->as_array() : nullptr;
  if (items == nullptr) return;
  for (const Object& item : *items) {
    if (out.size() >= kMaxItems) return;
    const auto stream = document.resolve(item, as_of);
    if (!stream || stream->as_stream() == nullptr) continue;
    if (auto octets = document.decode(*stream->as_stream(), kMaxItem))
      out.push_back({*std::move(octets), stream->as_stream()->data.end()});
  }
}

}  // namespace

base::Result<SecurityStore> read_security_store(const Document& document, RevisionIndex as_of) {
  SecurityStore out;
  SEGELL_TRY(const auto catalog, document.catalog(as_of));
  if (catalog.as_dictionary() == nullptr) return out;
  SEGELL_TRY(const auto store, document.get(*catalog.as_dictionary(), "DSS", as_of));
  if (store.as_dictionary() == nullptr) return out;
  out.present = true;
  read_streams(document, *store.as_dictionary(), "Certs", as_of, out.certificates);
  read_streams(document, *store.as_dictionary(), "CRLs", as_of, out.crls);
  read_streams(document, *store.as_dictionary(), "OCSPs", as_of, out.ocsp_responses);
  return out;
}

}  // namespace segell::signer::pdf
