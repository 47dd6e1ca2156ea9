#include "pdf/signature_references.h"

#include "pdf/field_lock.h"

#include <algorithm>

namespace segell::signer::pdf {
namespace {

void read_signature_transforms(const Document& document, Signature& signature) {
  const auto list = document.get(signature.dictionary, "Reference", signature.revision);
  const Array* items = list ? list->as_array() : nullptr;
  if (items == nullptr) return;
  for (const Object& item : *items) {
    const auto reference = document.resolve(item, signature.revision);
    const Dictionary* dictionary = reference ? reference->as_dictionary() : nullptr;
    if (dictionary == nullptr) continue;
    const auto parameters = document.get(*dictionary, "TransformParams", signature.revision);
    const Dictionary* values = parameters ? parameters->as_dictionary() : nullptr;
    if (dictionary->is_name("TransformMethod", "DocMDP")) {
      Certification certification;
      if (const Object* p = values == nullptr ? nullptr : values->find("P")) {
        const std::int64_t* number = p->as_integer();
        certification.permission = number != nullptr && *number >= 1 && *number <= 3 ? static_cast<int>(*number) : 0;
      }
      // of several the strictest counts; one that permits what nobody knows permits nothing
      if (signature.certification)
        certification.permission = std::min(certification.permission, signature.certification->permission);
      signature.certification = certification;
    } else if (dictionary->is_name("TransformMethod", "FieldMDP") && values != nullptr) {
      if (auto lock = read_field_lock(document, *values, signature.revision)) signature.field_mdp = *lock;
    } else if (dictionary->is_name("TransformMethod", "UR3") || dictionary->is_name("TransformMethod", "UR")) {
      signature.usage_rights = true;
    }
  }
}

/// Whether the catalog's /Perms name the signature under a key, as of a revision, or hold it there: Acrobat writes
/// usage rights into the catalog itself.
bool is_permission(const Document& document, const Signature& signature, std::string_view key, RevisionIndex as_of) {
  const auto catalog = document.catalog(as_of);
  if (!catalog || catalog->as_dictionary() == nullptr) return false;
  const auto permissions = document.get(*catalog->as_dictionary(), "Perms", as_of);
  const Dictionary* dictionary = permissions ? permissions->as_dictionary() : nullptr;
  const Object* value = dictionary == nullptr ? nullptr : dictionary->find(key);
  if (value == nullptr) return false;
  if (const Ref* named = value->as_reference()) return *named == signature.ref;
  const Dictionary* held = value->as_dictionary();
  const Object* contents = held == nullptr ? nullptr : held->find("Contents");
  return contents != nullptr && signature.gap.length > 0 && contents->where() == signature.gap;
}

}  // namespace

void read_references(const Document& document, Signature& signature) {
  read_signature_transforms(document, signature);
  if (signature.certification)
    signature.certification->in_perms = is_permission(document, signature, "DocMDP", document.latest());
  // another program may take /Perms out when it signs: what it was when it was made counts
  signature.usage_rights = signature.usage_rights && !signature.certification &&
                           (is_permission(document, signature, "UR3", signature.revision) ||
                            is_permission(document, signature, "UR", signature.revision));
}

}  // namespace segell::signer::pdf
