#include "signer/pdf/store_revision.h"

#include "signer/pdf/parser.h"
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

// The array as it was, and behind it what is new; empty when both are nothing.
Result<std::string> extended_array(const Document& document, const Dictionary& store, std::string_view key,
                                   const std::string& added) {
  SEGELL_TRY(const Object value, document.get(store, key));
  std::string items;
  if (const Array* array = value.as_array())
    for (const Object& item : *array) items += " " + text_of(item);
  items += added;
  return items.empty() ? std::string() : "[" + items + " ]";
}

// /VRI as it was, with an entry for each of the signatures.
Result<std::string> extended_vri(const Document& document, const Dictionary& store, const Added& added,
                                 const std::vector<std::string>& signatures) {
  SEGELL_TRY(const Object value, document.get(store, "VRI"));
  std::string entries;
  if (const Dictionary* old = value.as_dictionary()) {
    for (const DictionaryEntry& entry : old->entries())
      if (std::ranges::find(signatures, entry.key) == signatures.end())
        entries += " " + text_of(Object(Name{entry.key})) + " " + text_of(entry.value);
  }
  const auto part = [](std::string_view key, const std::string& references) {
    return references.empty() ? std::string() : " /" + std::string(key) + " [" + references + " ]";
  };
  for (const std::string& signature : signatures)
    entries += " /" + signature + " <<" + part("Cert", added.certificates) + part("CRL", added.crls) +
               part("OCSP", added.ocsp_responses) + " >>";
  return entries.empty() ? std::string() : "<<" + entries + " >>";
}

// The keys of the store with their new values.
Result<std::vector<std::pair<std::string, std::string>>> new_values(const Document& document, const Dictionary& store,
                                                                    const Added& added,
                                                                    const std::vector<std::string>& signatures) {
  std::vector<std::pair<std::string, std::string>> out;
  const std::array<std::pair<std::string_view, const std::string*>, 3> kinds{
      {{"Certs", &added.certificates}, {"CRLs", &added.crls}, {"OCSPs", &added.ocsp_responses}}};
  for (const auto& [key, references] : kinds) {
    if (references->empty() && !store.has(key)) continue;
    SEGELL_TRY(std::string value, extended_array(document, store, key, *references));
    if (!value.empty()) out.emplace_back(key, std::move(value));
  }
  SEGELL_TRY(std::string vri, extended_vri(document, store, added, signatures));
  if (!vri.empty()) out.emplace_back("VRI", std::move(vri));
  return out;
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
  SEGELL_TRY(const auto values, new_values(document, old, added, addition.signatures));
  const Ref* ref = root.reference("DSS");
  if (ref != nullptr && store.as_dictionary() != nullptr) {
    for (const auto& [key, value] : values) SEGELL_CHECK(writer.set_key(*ref, key, value));
  } else {
    std::string body = "<< /Type /DSS";
    for (const auto& [key, value] : values) body += " /" + key + " " + value;
    SEGELL_CHECK(writer.set_key(document.root(), "DSS", reference_text(writer.add(body + " >>"))));
  }
  return std::move(writer).finish();
}

}  // namespace segell::signer::pdf
