#include "pdf/plain_form.h"

#include <algorithm>

namespace segell::signer::pdf {
namespace {

bool is_profile(const RevisionPair& pair, const Object& space, RevisionIndex as_of) {
  const auto held = pair.document.resolve(space, as_of);
  const Array* parts = held ? held->as_array() : nullptr;
  if (parts == nullptr || parts->size() != 2 || !(parts->front() == Object(Name{"ICCBased"}))) return false;
  const Ref* profile = parts->back().as_reference();
  return profile != nullptr && pair.existed(profile->number);
}

}  // namespace

bool draws_by_itself(const RevisionPair& pair, const Stream& form, RevisionIndex as_of) {
  const Dictionary& entries = form.dictionary;
  constexpr std::array kElsewhere{std::string_view("OC"), std::string_view("F"), std::string_view("Ref"),
                                  std::string_view("PS"), std::string_view("Subtype2")};
  if ((entries.has("Subtype") && !entries.is_name("Subtype", "Form")) ||
      std::ranges::any_of(kElsewhere, [&](std::string_view key) { return entries.has(key); }))
    return false;
  const auto resources = pair.document.get(entries, "Resources", as_of);
  const auto spaces =
      resources ? pair.document.get(plain_dictionary(*resources), "ColorSpace", as_of) : base::Result<Object>(Object());
  return resources && spaces &&
         std::ranges::all_of(plain_dictionary(*spaces).entries(), [&](const DictionaryEntry& space) {
           const bool own = space.key.starts_with("Default") || space.key.starts_with("Device");
           return !own || is_profile(pair, space.value, as_of);
         });
}

}  // namespace segell::signer::pdf
