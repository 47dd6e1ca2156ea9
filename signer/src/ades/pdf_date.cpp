#include "work.h"

namespace segell::signer::ades {
namespace {

// Reads `count` digits at the start of the text and drops them; the fallback where the text has ended.
std::optional<int> take(std::string_view& text, std::size_t count, int fallback) {
  if (text.empty() || text[0] == 'Z' || text[0] == '+' || text[0] == '-') return fallback;
  if (text.size() < count) return std::nullopt;
  int value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(count);
  return value;
}

std::optional<std::chrono::minutes> take_offset(std::string_view text) {
  if (text.empty() || text[0] == 'Z') return std::chrono::minutes(0);
  const int sign = text[0] == '-' ? -1 : 1;
  text.remove_prefix(1);
  const auto hours = take(text, 2, 0);
  if (!text.empty() && text[0] == '\'') text.remove_prefix(1);
  const auto minutes = take(text, 2, 0);
  if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  return std::chrono::minutes(sign * (*hours * 60 + *minutes));
}

}  // namespace

std::optional<base::Instant> parse_pdf_date(std::string_view text) {
  using namespace std::chrono;
  if (text.substr(0, 2) == "D:") text.remove_prefix(2);
  const bool has_year = text.size() >= 4;
  const auto y = take(text, 4, -1), mo = take(text, 2, 1), d = take(text, 2, 1);
  const auto h = take(text, 2, 0), mi = take(text, 2, 0), s = take(text, 2, 0);
  if (!has_year || !y || *y < 1970 || !mo || !d || !h || !mi || !s) return std::nullopt;
  const auto date = year(*y) / *mo / *d;
  if (!date.ok() || *h > 23 || *mi > 59 || *s > 60) return std::nullopt;
  const auto offset = take_offset(text);
  if (!offset) return std::nullopt;
  return base::Instant(sys_days(date) + hours(*h) + minutes(*mi) + seconds(*s) - *offset);
}

}  // namespace segell::signer::ades
