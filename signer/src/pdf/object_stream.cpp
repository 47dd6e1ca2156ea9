#include "pdf/object_stream.h"

#include "pdf/lexer.h"
#include "signer/pdf/filters.h"
#include "signer/pdf/limits.h"

namespace segell::signer::pdf {
namespace {

base::Failure wrong_object_stream(std::string_view what) {
  return base::fail(base::Code::malformed, "pdf.object-stream", std::string(what));
}

}  // namespace

base::Result<ObjectStream> read_object_stream(const Dictionary& dictionary, base::Bytes text) {
  if (!dictionary.is_name("Type", "ObjStm")) return wrong_object_stream("an object stream has another type");
  const auto* count = dictionary.integer("N");
  const auto* first = dictionary.integer("First");
  if (count == nullptr || first == nullptr || *count < 0 || *first < 0 ||
      static_cast<std::uint64_t>(*first) > text.size() || static_cast<std::uint64_t>(*count) > text.size()) {
    return wrong_object_stream("an object stream's /N or /First is malformed");
  }
  ObjectStream stream;
  stream.index.reserve(static_cast<std::size_t>(*count));
  const auto begin = static_cast<std::size_t>(*first);
  Lexer lexer(base::as_text(text).substr(0, begin), 0);
  for (std::int64_t i = 0; i < *count; ++i) {
    std::uint64_t number = 0;
    std::uint64_t offset = 0;
    if (!lexer.number(number) || !lexer.number(offset) || number > limits::kObjectNumber ||
        offset > text.size() - begin) {
      return wrong_object_stream("an object stream's table is malformed");
    }
    stream.index.emplace_back(static_cast<std::uint32_t>(number), begin + offset);
  }
  stream.text = std::move(text);
  return stream;
}

base::Result<Object> object_in_stream(const ObjectStream& stream, std::uint32_t number, std::uint32_t index) {
  if (index >= stream.index.size() || stream.index[index].first != number) {
    return wrong_object_stream("object " + std::to_string(number) + " does not stand in its object stream");
  }
  const auto offset = static_cast<std::size_t>(stream.index[index].second);
  Lexer lexer(base::as_text(stream.text).substr(offset), offset);
  return lexer.object();
}

std::vector<std::uint32_t> read_object_stream_numbers(const ByteSource& source, const Stream& stream,
                                                      std::size_t& budget) {
  const auto raw = read_range(source, stream.data, limits::kInflatedStream);
  if (!raw) return {};
  auto text = decode_stream(stream.dictionary, *raw, budget);
  if (!text) {
    if (text.error().code == base::Code::limit_exceeded) budget = 0;
    return {};
  }
  budget -= text->size();
  const auto objects = read_object_stream(stream.dictionary, *std::move(text));
  if (!objects) return {};
  std::vector<std::uint32_t> numbers;
  for (const auto& [number, offset] : objects->index) numbers.push_back(number);
  return numbers;
}

}  // namespace segell::signer::pdf
