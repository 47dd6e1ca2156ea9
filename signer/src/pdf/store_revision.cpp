#include "signer/pdf/store_revision.h"

#include "signer/pdf/parser.h"
#include "signer/pdf/security_store.h"
#include "signer/pdf/signatures.h"

#include <algorithm>
#include <array>
#include <utility>

namespace segell::signer::pdf {
namespace {

using base::Bytes;
using base::Result;

std::string text_of(const Object& object) {
  std::string text;
  write_object(text, object);
  return text;
}

struct Added {
  std::string certificates, crls, ocsp_responses;  // references, each with a blank before it
  [[nodiscard]] bool nothing() const { return certificates.empty() && crls.empty() && ocsp_responses.empty(); }
};

std::string add_streams(RevisionWriter& writer, const std::vector<Bytes>& values,
                        const std::vector<SecurityStore::Item>& known) {
  std::string references;
  std::vector<const Bytes*> done;
  for (const Bytes& value : values) {
    const auto same = [&](const auto& one) { return one.octets == value; };
    const auto again = [&](const Bytes* one) { return *one == value; };
    if (std::ranges::any_of(known, same) || std::ranges::any_of(done, again)) continue;
    done.push_back(&value);
    references += " " + reference_text(writer.add_stream("", value));
  }
  return references;
}

constexpr std::array<std::string_view, 3> kKinds{"Certs", "CRLs", "OCSPs"};

const std::string& of_kind(const Added& added, std::string_view kind) {
  if (kind == "Certs") return added.certificates;
  return kind == "CRLs" ? added.crls : added.ocsp_responses;
}

// What /VRI gets: an entry for each of the signatures that has none. Entries that stand are somebody's and stay.
std::vector<std::pair<std::string, std::string>> new_entries(const Dictionary& vri, const Added& added,
                                                             const std::vector<std::string>& signatures) {
  const auto part = [](std::string_view key, const std::string& references) {
    return references.empty() ? std::string() : " /" + std::string(key) + " [" + references + " ]";
  };
  const std::string value =
      "<<" + part("Cert", added.certificates) + part("CRL", added.crls) + part("OCSP", added.ocsp_responses) + " >>";
  std::vector<std::pair<std::string, std::string>> out;
  for (const std::string& signature : signatures)
    if (!vri.has(signature)) out.emplace_back(signature, value);
  return out;
}

// A dictionary's entries as text, with further ones behind them.
std::string with_entries(const Dictionary& dictionary, const std::vector<std::pair<std::string, std::string>>& more) {
  std::string text = "<<";
  for (const DictionaryEntry& entry : dictionary.entries())
    text += " " + text_of(Object(Name{entry.key})) + " " + text_of(entry.value);
  for (const auto& [key, value] : more) text += " /" + key + " " + value;
  return text + " >>";
}

// The store is an object of its own: it grows where it stands.
Result<void> grow_store(const Document& document, RevisionWriter& writer, Ref store_ref, const Dictionary& store,
                        const Added& added, const std::vector<std::string>& signatures) {
  for (const std::string_view kind : kKinds) {
    const std::string& references = of_kind(added, kind);
    if (!references.empty()) SEGELL_CHECK(writer.append_to_array(store_ref, kind, references));
  }
  SEGELL_TRY(const Object value, document.get(store, "VRI"));
  const Dictionary none;
  const Dictionary& vri = value.as_dictionary() == nullptr ? none : *value.as_dictionary();
  const auto entries = new_entries(vri, added, signatures);
  if (entries.empty()) return base::ok();
  const Ref* own = value.as_dictionary() == nullptr ? nullptr : store.reference("VRI");
  if (own == nullptr) return writer.set_key(store_ref, "VRI", with_entries(vri, entries));
  for (const auto& [key, text] : entries) {
    SEGELL_CHECK(writer.set_key(*own, key, text));
  }
  return base::ok();
}

// There is none, or it stands directly in the catalog: a new object takes over what it holds.
Result<void> establish_store(const Document& document, RevisionWriter& writer, const Dictionary& store,
                             const Added& added, const std::vector<std::string>& signatures) {
  std::string body = "<< /Type /DSS";
  for (const std::string_view kind : kKinds) {
    SEGELL_TRY(const Object value, document.get(store, kind));
    std::string items;
    if (const Array* array = value.as_array())
      for (const Object& item : *array) items += " " + text_of(item);
    items += of_kind(added, kind);
    if (!items.empty()) body += " /" + std::string(kind) + " [" + items + " ]";
  }
  SEGELL_TRY(const Object value, document.get(store, "VRI"));
  const Dictionary none;
  const Dictionary& vri = value.as_dictionary() == nullptr ? none : *value.as_dictionary();
  const std::string entries = with_entries(vri, new_entries(vri, added, signatures));
  if (entries != "<< >>") body += " /VRI " + entries;
  return writer.set_key(document.root(), "DSS", reference_text(writer.add(body + " >>")));
}

}  // namespace

Result<AppendedRevision> append_to_security_store(const Document& document, const StoreAddition& addition) {
  SEGELL_TRY(const SecurityStore known, read_security_store(document, document.latest()));
  SEGELL_TRY(RevisionWriter writer, RevisionWriter::begin(document));
  Added added;
  added.certificates = add_streams(writer, addition.certificates, known.certificates);
  added.crls = add_streams(writer, addition.crls, known.crls);
  added.ocsp_responses = add_streams(writer, addition.ocsp_responses, known.ocsp_responses);
  if (added.nothing()) return AppendedRevision{.bytes = {}, .base_length = document.length()};
  SEGELL_TRY(const Object catalog, document.catalog());
  const Dictionary& root = *catalog.as_dictionary();
  SEGELL_TRY(const Object store, document.get(root, "DSS"));
  const Dictionary none;
  const Dictionary& old = store.as_dictionary() == nullptr ? none : *store.as_dictionary();
  const Ref* ref = store.as_dictionary() == nullptr ? nullptr : root.reference("DSS");
  auto written = ref != nullptr ? grow_store(document, writer, *ref, old, added, addition.signatures)
                                : establish_store(document, writer, old, added, addition.signatures);
  SEGELL_CHECK(std::move(written));
  return std::move(writer).finish();
}

}  // namespace segell::signer::pdf
