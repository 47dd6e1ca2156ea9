#pragma once

#include "signer/pdf/document.h"

#include <utility>
#include <vector>

namespace segell::signer::pdf {

/// A decoded object stream (ISO 32000-1, 7.5.7).
struct ObjectStream {
  base::Bytes text;
  std::vector<std::pair<std::uint32_t, std::uint64_t>> index;  ///< object number and offset in text
};

/// Reads the header of decoded object stream text. Error: malformed "pdf.object-stream".
base::Result<ObjectStream> read_object_stream(const Dictionary& dictionary, base::Bytes text);
/// The object of that number at that index. Error: malformed "pdf.object-stream".
base::Result<Object> object_in_stream(const ObjectStream& stream, std::uint32_t number, std::uint32_t index);

/// Object numbers that an object stream of the file holds; none when it cannot be read. Only while repairing. `budget`
/// is what may still be decoded.
std::vector<std::uint32_t> read_object_stream_numbers(const ByteSource& source, const Stream& stream,
                                                      std::size_t& budget);

}  // namespace segell::signer::pdf
