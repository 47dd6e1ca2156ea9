#include "pdf/numbers.h"

#include <cmath>

namespace segell::signer::pdf {

std::string number_text(double value) {
  const auto scaled = static_cast<long long>(std::llround(value * 10'000));
  const auto magnitude = static_cast<unsigned long long>(scaled < 0 ? -scaled : scaled);
  std::string out = (scaled < 0 ? "-" : "") + std::to_string(magnitude / 10'000);
  if (auto rest = magnitude % 10'000; rest != 0) {
    auto digits = std::to_string(10'000 + rest).substr(1);
    digits.erase(digits.find_last_not_of('0') + 1);
    out += "." + digits;
  }
  return out;
}

std::string rect_text(const Rect& rect) {
  return "[" + number_text(rect.left) + " " + number_text(rect.bottom) + " " + number_text(rect.right) + " " +
         number_text(rect.top) + "]";
}

}  // namespace segell::signer::pdf
