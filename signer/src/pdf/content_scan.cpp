#include "pdf/content_scan.h"

#include "pdf/lexer.h"

#include <cctype>

namespace segell::signer::pdf {
namespace {

constexpr std::size_t kOperators = 500'000;
constexpr std::size_t kOperands = 64;

bool begins_operator(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '\'' || c == '"'; }

/// Behind "EI" of the inline image whose "BI" was read: the first that stands between white space.
bool skip_image(Lexer& lexer, std::string_view text) {
  for (std::size_t at = text.find("EI", static_cast<std::size_t>(lexer.offset())); at != std::string_view::npos;
       at = text.find("EI", at + 1)) {
    const bool before = at > 0 && is_white(text[at - 1]);
    const bool after = at + 2 >= text.size() || is_white(text[at + 2]);
    if (!before || !after) continue;
    lexer.seek(at + 2);
    return true;
  }
  return false;
}

}  // namespace

std::vector<double> numbers_of(std::span<const Object> values) {
  std::vector<double> out;
  for (const Object& value : values)
    if (double number = 0; value.as_number(number)) out.push_back(number);
  return out;
}

bool scan_content(std::string_view text, const std::function<bool(const Instruction&)>& take) {
  Lexer lexer(text, 0);
  Instruction read;
  std::size_t count = 0;
  while (true) {
    const char next = lexer.peek();
    if (next == 0) return lexer.offset() >= text.size() && read.operands.empty();
    if (begins_operator(next)) {
      const std::size_t begin = static_cast<std::size_t>(lexer.offset());
      std::size_t end = begin;
      while (end < text.size() && class_of(text[end]) == CharClass::regular) ++end;
      read.word = text.substr(begin, end - begin);
      if (read.word != "true" && read.word != "false" && read.word != "null") {
        if (++count > kOperators) return false;
        lexer.seek(end);
        if (read.word == "BI" && !skip_image(lexer, text)) return false;
        if (!take(read)) return false;
        read.operands.clear();
        read.numbers.clear();
        continue;
      }
    }
    auto operand = lexer.object();
    if (!operand || read.operands.size() >= kOperands) return false;
    if (double number = 0; operand->as_number(number)) read.numbers.push_back(number);
    read.operands.push_back(*std::move(operand));
  }
}

}  // namespace segell::signer::pdf
