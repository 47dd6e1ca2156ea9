#include "pdf/signing_limits.h"

#include "pdf/field_lock.h"

#include <algorithm>
#include <utility>

namespace segell::signer::pdf {

base::Result<Transforms> read_transforms(const Document& document, const Dictionary& signature, RevisionIndex as_of) {
  Transforms out;
  SEGELL_TRY(const auto references, document.get(signature, "Reference", as_of));
  const auto* list = references.as_array();
  if (list == nullptr) return out;
  for (const auto& item : *list) {
    SEGELL_TRY(const auto object, document.resolve(item, as_of));
    const auto* reference = object.as_dictionary();
    if (reference == nullptr) continue;
    SEGELL_TRY(const auto method, document.get(*reference, "TransformMethod", as_of));
    SEGELL_TRY(const auto parameters, document.get(*reference, "TransformParams", as_of));
    const auto* name = method.as_name();
    const Dictionary none;
    const auto* given = parameters.as_dictionary() == nullptr ? &none : parameters.as_dictionary();
    if (name != nullptr && *name == "DocMDP") {
      SEGELL_TRY(const auto level, document.get(*given, "P", as_of));
      const auto* number = level.as_integer();
      out.doc_mdp = level.is_null()                                     ? 2
                    : number != nullptr && *number >= 1 && *number <= 3 ? static_cast<int>(*number)
                                                                        : 0;
    } else if (name != nullptr && *name == "FieldMDP") {
      SEGELL_TRY(out.field_mdp, read_field_lock(document, *given, as_of));
    }
  }
  return out;
}

base::Result<Ref> certifying_signature(const Document& document, RevisionIndex as_of) {
  SEGELL_TRY(const auto catalog, document.catalog(as_of));
  SEGELL_TRY(const auto perms, document.get(*catalog.as_dictionary(), "Perms", as_of));
  const auto* dictionary = perms.as_dictionary();
  const auto* ref = dictionary == nullptr ? nullptr : dictionary->reference("DocMDP");
  return ref == nullptr ? Ref{} : *ref;
}

base::Result<SigningLimits> read_signing_limits(const Document& document, const Form& form) {
  SigningLimits out;
  const auto tighten = [&](int permission) {
    // A level that is none of 1, 2, 3 is read as the strictest.
    const int level = permission == 0 ? 1 : permission;
    out.certified = out.certified == 0 ? level : std::min(out.certified, level);
  };
  SEGELL_TRY(const auto certifying, certifying_signature(document, document.latest()));
  if (!certifying.is_none()) {
    SEGELL_TRY(const auto object, document.load(certifying));
    const Dictionary none;
    SEGELL_TRY(const auto transforms,
               read_transforms(document, object.as_dictionary() ? *object.as_dictionary() : none, document.latest()));
    tighten(transforms.doc_mdp.value_or(2));
  }
  for (const auto& field : form.fields) {
    if (!field.is_signature() || field.is_empty()) continue;
    ++out.signatures;
    SEGELL_TRY(const auto value, document.resolve(field.value));
    const auto* dictionary = value.as_dictionary();
    if (dictionary == nullptr) continue;
    SEGELL_TRY(auto transforms, read_transforms(document, *dictionary, document.latest()));
    if (transforms.doc_mdp) tighten(*transforms.doc_mdp);
    for (const auto* lock : {&std::as_const(transforms.field_mdp), &field.lock}) {
      if (!lock->has_value()) continue;
      if ((*lock)->permission != 0) tighten((*lock)->permission);
    }
    if (transforms.field_mdp) out.locks.push_back(*std::move(transforms.field_mdp));
    if (field.lock) out.locks.push_back(*field.lock);
  }
  return out;
}

}  // namespace segell::signer::pdf
