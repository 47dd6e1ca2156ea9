#include "pdf/geometry.h"

#include <array>

namespace segell::signer::pdf {

bool read_matrix(const Document& document, const Dictionary& form, RevisionIndex as_of, Matrix& out) {
  const auto numbers = document.get(form, "Matrix", as_of);
  if (numbers && numbers->is_null()) return true;
  const Array* items = numbers ? numbers->as_array() : nullptr;
  if (items == nullptr || items->size() != 6) return false;
  std::array<double, 6> n{};
  for (std::size_t i = 0; i < n.size(); ++i)
    if (!(*items)[i].as_number(n[i])) return false;
  out = {n[0], n[1], n[2], n[3], n[4], n[5]};
  return true;
}

}  // namespace segell::signer::pdf
