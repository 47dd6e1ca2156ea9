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
  out = matrix_of(n);
  return true;
}

std::optional<Matrix> placed(const Document& document, const Dictionary& form, const Rect& shown, RevisionIndex as_of) {
  Matrix matrix;
  const Object* box = form.find("BBox");
  const auto bounds = box == nullptr ? base::Result<Rect>(Rect{}) : read_rect(document, *box, as_of);
  if (!bounds || !read_matrix(document, form, as_of, matrix)) return std::nullopt;
  const Rect from = transformed(matrix, *bounds);
  if (!(from.width() > 0 && from.height() > 0)) return std::nullopt;
  const double x = shown.width() / from.width(), y = shown.height() / from.height();
  return product(matrix, {x, 0, 0, y, shown.left - x * from.left, shown.bottom - y * from.bottom});
}

}  // namespace segell::signer::pdf
