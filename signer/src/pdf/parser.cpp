#include "signer/pdf/parser.h"

#include "pdf/lexer.h"
#include "signer/pdf/limits.h"

#include <algorithm>

namespace segell::signer::pdf {
namespace {

constexpr std::size_t kFirstWindow = 512;   ///< most objects and the dictionaries of most streams fit
constexpr std::size_t kTail = 64;           ///< most endings fit
constexpr std::size_t kLongestTail = 4096;  ///< white space and comments around "endstream" and "endobj"

base::Failure wrong_syntax(std::string_view what, std::uint64_t offset) {
  return base::fail(base::Code::malformed, "pdf.syntax", std::string(what) + " at offset " + std::to_string(offset));
}

/// "endstream endobj" behind stream data, and where it ends. The standard asks for one end-of-line before it (7.3.8.1);
/// some writers leave more white space, which no reader takes for data.
base::Result<std::uint64_t> close_stream(const ByteSource& source, std::uint64_t data_end) {
  Lexer lexer(source, data_end, kTail, kLongestTail);
  while (!lexer.rest(1).empty() && is_white(lexer.rest(1).front())) lexer.skip(1);
  if (!lexer.rest(9).starts_with("endstream")) {
    return base::fail(base::Code::malformed, "pdf.stream-length",
                      "a stream does not end where its length says, at offset " + std::to_string(data_end));
  }
  if (!lexer.keyword("endstream") || !lexer.keyword("endobj")) {
    return wrong_syntax("a stream object has no end", data_end);
  }
  return lexer.offset();
}

base::Result<std::uint64_t> stream_length(const Dictionary& dictionary, const LengthOf& length_of,
                                          std::uint64_t offset) {
  if (const auto* length = dictionary.integer("Length"); length != nullptr && *length >= 0) {
    return static_cast<std::uint64_t>(*length);
  }
  if (const auto* ref = dictionary.reference("Length"); ref != nullptr && length_of) {
    if (const auto length = length_of(*ref)) return *length;
  }
  return base::fail(base::Code::malformed, "pdf.stream-length",
                    "a stream has no readable length, at offset " + std::to_string(offset));
}

/// Data begins behind "stream" and one line feed, a carriage return before it allowed (7.3.8.1). Older writers put a
/// carriage return alone, or spaces before the end of the line; all readers begin at the same octet, and where the data
/// ends is told by its length.
base::Result<void> open_stream(Lexer& lexer) {
  while (lexer.rest(1).starts_with(' ')) lexer.skip(1);
  const auto rest = lexer.rest(2);
  const std::size_t skip = rest.starts_with("\r\n") ? 2 : rest.starts_with('\n') || rest.starts_with('\r') ? 1 : 0;
  if (skip == 0) return wrong_syntax("no end-of-line follows the word stream", lexer.offset());
  lexer.skip(skip);
  return base::ok();
}

struct Attempt {
  IndirectObject object;
  bool is_stream = false;
  std::uint64_t data_offset = 0;
};

base::Result<Attempt> parse_header(Lexer& lexer) {
  Attempt out;
  for (std::size_t i = 0; i < kLineEnd && !lexer.rest(1).empty() && is_white(lexer.rest(1).front()); ++i) lexer.skip(1);
  const std::uint64_t begin = lexer.offset();
  std::uint64_t number = 0;
  std::uint64_t generation = 0;
  const auto first = lexer.rest(1);
  if (first.empty() || !is_digit(first.front()) || !lexer.number(number) || !lexer.number(generation) || number == 0 ||
      number > limits::kObjectNumber || generation > 65535 || !lexer.keyword("obj")) {
    return wrong_syntax("no object header stands", begin);
  }
  SEGELL_TRY(out.object.object, lexer.object());
  out.object.ref = {static_cast<std::uint32_t>(number), static_cast<std::uint32_t>(generation)};
  if (lexer.keyword("endobj")) {
    out.object.where = {begin, lexer.offset() - begin};
    return out;
  }
  if (out.object.object.as_dictionary() == nullptr || !lexer.rest(6).starts_with("stream")) {
    return wrong_syntax("an object has no end", lexer.offset());
  }
  lexer.skip(6);
  SEGELL_CHECK(open_stream(lexer));
  out.is_stream = true;
  out.data_offset = lexer.offset();
  out.object.where = {begin, 0};
  return out;
}

}  // namespace

base::Result<Object> parse_object(base::BytesView text, std::uint64_t base, std::size_t& used) {
  Lexer lexer(base::as_text(text), base);
  auto object = lexer.object();
  used = static_cast<std::size_t>(lexer.offset() - base);
  return object;
}

base::Result<IndirectObject> parse_indirect(const ByteSource& source, std::uint64_t offset, const LengthOf& length_of,
                                            std::uint64_t* examined) {
  if (offset >= source.size()) return wrong_syntax("an object would stand behind the end", offset);
  Lexer lexer(source, offset, kFirstWindow, limits::kObjectBytes);
  auto parsed = parse_header(lexer);
  if (examined != nullptr) *examined = lexer.offset() - offset;
  SEGELL_TRY(auto attempt, std::move(parsed));
  if (!attempt.is_stream) return std::move(attempt.object);
  const Object header = std::move(attempt.object.object);
  const auto& dictionary = *header.as_dictionary();
  SEGELL_TRY(const auto length, stream_length(dictionary, length_of, offset));
  if (length > source.size() - attempt.data_offset) {
    return base::fail(base::Code::malformed, "pdf.stream-length",
                      "a stream reaches behind the end, at offset " + std::to_string(offset));
  }
  SEGELL_TRY(const auto end, close_stream(source, attempt.data_offset + length));
  attempt.object.object = Object(Stream{dictionary, {attempt.data_offset, length}});
  attempt.object.object.set_where(header.where());
  attempt.object.where.length = end - attempt.object.where.offset;
  return std::move(attempt.object);
}

}  // namespace segell::signer::pdf
