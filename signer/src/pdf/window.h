#pragma once

#include "pdf/lexer.h"
#include "signer/pdf/limits.h"
#include "signer/pdf/source.h"

#include <algorithm>

namespace segell::signer::pdf {

/// Runs `read(Lexer&)` over the source from `offset`: in memory over what is there, else in windows that grow until no
/// token touched the window's end. `read` may run several times and must not keep what it saw.
template <class Read>
auto read_growing(const ByteSource& source, std::uint64_t offset, std::size_t first_window, const Read& read)
    -> decltype(read(std::declval<Lexer&>())) {
  if (offset >= source.size()) {
    return base::fail(base::Code::malformed, "pdf.syntax", "something would stand behind the end of the file");
  }
  const std::uint64_t available = std::min<std::uint64_t>(source.size() - offset, limits::kObjectBytes);
  if (const auto view = source.borrow({offset, available}); !view.empty()) {
    Lexer lexer(base::as_text(view), offset);
    return read(lexer);
  }
  for (std::uint64_t size = std::min<std::uint64_t>(first_window, available);;
       size = std::min<std::uint64_t>(size * 4, available)) {
    SEGELL_TRY(const auto window, read_range(source, {offset, size}, limits::kObjectBytes));
    Lexer lexer(base::as_text(window), offset);
    auto result = read(lexer);
    const bool enough = !lexer.touched_end() && lexer.rest().size() > 16;
    if (enough || size == available) return result;
  }
}

}  // namespace segell::signer::pdf
