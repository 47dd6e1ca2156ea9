#pragma once

#include "base/result.h"
#include "signer/pdf/object.h"

#include <functional>
#include <optional>

namespace segell::signer::pdf {

/// An object read out of "N G obj … endobj".
struct IndirectObject {
  Ref ref;
  Object object;
  Range where;  ///< from the first digit of N to the end of "endobj"
};

/// Reads one object out of memory; `text[0]` stands at `base` of its source. `used` becomes the octets consumed,
/// leading white space and comments included. Errors: malformed "pdf.syntax" (message has the offset); limit_exceeded
/// "pdf.limit.depth", "pdf.limit.name".
base::Result<Object> parse_object(base::BytesView text, std::uint64_t base, std::size_t& used);

/// Gives the value of a stream's indirect /Length, or nothing.
using LengthOf = std::function<std::optional<std::uint64_t>(Ref)>;

/// Reads the indirect object that starts exactly at `offset` of the source, stream data located but not read.
/// `examined` becomes the octets looked at, also on failure: what a bound on all reading can count.
/// Errors: malformed "pdf.syntax", "pdf.stream-length" (no "endstream" where /Length says); limit_exceeded.
base::Result<IndirectObject> parse_indirect(const ByteSource& source, std::uint64_t offset, const LengthOf& length_of,
                                            std::uint64_t* examined = nullptr);

/// Where an object's references are renamed while it is written; identity when empty.
using RenameRef = std::function<Ref(Ref)>;

/// Appends the object in file syntax. A stream is written as its dictionary alone.
void write_object(std::string& out, const Object& object, const RenameRef& rename = {});
void write_dictionary(std::string& out, const Dictionary& dictionary, const RenameRef& rename = {});
void write_name(std::string& out, std::string_view name);

}  // namespace segell::signer::pdf
