#include "base/cbor.h"

#include "base/encoding.h"

#include <limits>
#include <stdexcept>

namespace segell::base {
namespace {

/// Major types of RFC 8949 section 3.1.
enum class Major : std::uint8_t {
  unsigned_int = 0,
  negative_int = 1,
  bytes = 2,
  text = 3,
  array = 4,
  map = 5,
  simple = 7
};

constexpr std::uint64_t kFalse = 20;
constexpr std::uint64_t kTrue = 21;
constexpr std::uint64_t kNull = 22;
constexpr std::size_t kMaxDepth = 16;

void write_head(Bytes& out, Major major, std::uint64_t argument) {
  const auto put = [&](unsigned info, int octets) {
    out.push_back(static_cast<std::byte>(static_cast<unsigned>(major) << 5 | info));
    for (int i = octets - 1; i >= 0; --i) out.push_back(static_cast<std::byte>(argument >> (8 * i) & 0xff));
  };
  if (argument < 24) {
    put(static_cast<unsigned>(argument), 0);
  } else if (argument <= 0xff) {
    put(24, 1);
  } else if (argument <= 0xffff) {
    put(25, 2);
  } else if (argument <= 0xffffffff) {
    put(26, 4);
  } else {
    put(27, 8);
  }
}

void write_value(Bytes& out, const Cbor& value, std::size_t depth) {
  if (depth > kMaxDepth) throw std::logic_error("CBOR nests deeper than 16 levels");
  if (value.is_null()) {
    write_head(out, Major::simple, kNull);
  } else if (const bool* flag = value.as_bool()) {
    write_head(out, Major::simple, *flag ? kTrue : kFalse);
  } else if (const std::int64_t* integer = value.as_int()) {
    // -1-n for a negative number is its bitwise complement.
    write_head(out, *integer < 0 ? Major::negative_int : Major::unsigned_int,
               static_cast<std::uint64_t>(*integer < 0 ? ~*integer : *integer));
  } else if (const Bytes* bytes = value.as_bytes()) {
    write_head(out, Major::bytes, bytes->size());
    append(out, *bytes);
  } else if (const std::string* text = value.as_text()) {
    if (!is_utf8(*text)) throw std::logic_error("CBOR text that is not UTF-8");
    write_head(out, Major::text, text->size());
    append(out, *text);
  } else if (const Cbor::Array* array = value.as_array()) {
    write_head(out, Major::array, array->size());
    for (const Cbor& item : *array) write_value(out, item, depth + 1);
  } else {
    const Cbor::Map& map = *value.as_map();
    write_head(out, Major::map, map.size());
    for (const auto& [key, item] : map) {  // numeric order is the order of the encodings
      write_head(out, Major::unsigned_int, key);
      write_value(out, item, depth + 1);
    }
  }
}

Failure malformed_cbor(const char* why) { return fail(Code::malformed, "cbor.malformed", why); }
Failure not_deterministic(const char* why) { return fail(Code::malformed, "cbor.not-deterministic", why); }

class Reader {
 public:
  explicit Reader(BytesView bytes) : m_rest(bytes) {}

  Result<Cbor> read_all() {
    SEGELL_TRY(Cbor value, read(1));
    if (!m_rest.empty()) return malformed_cbor("octets follow the CBOR value");
    return value;
  }

 private:
  struct Head {
    unsigned major = 0;
    std::uint64_t argument = 0;
  };

  Result<Head> read_head() {
    if (m_rest.empty()) return malformed_cbor("CBOR ends early");
    const auto initial = std::to_integer<unsigned>(m_rest[0]);
    m_rest = m_rest.subspan(1);
    Head head{initial >> 5, initial & 31};
    if (head.argument < 24) return head;
    const bool has_length =
        head.major >= static_cast<unsigned>(Major::bytes) && head.major <= static_cast<unsigned>(Major::map);
    if (head.argument == 31 && has_length) return not_deterministic("CBOR of indefinite length");
    if (head.argument > 27) return malformed_cbor("reserved CBOR head");
    const std::size_t octets = std::size_t{1} << (head.argument - 24);
    if (m_rest.size() < octets) return malformed_cbor("CBOR ends early");
    std::uint64_t argument = 0;
    for (std::size_t i = 0; i < octets; ++i) argument = argument << 8 | std::to_integer<std::uint64_t>(m_rest[i]);
    m_rest = m_rest.subspan(octets);
    const std::uint64_t smallest = octets == 1 ? 24 : std::uint64_t{1} << (4 * octets);
    // In major type 7 these heads are floating point or simple values, which no event has.
    if (head.major != static_cast<unsigned>(Major::simple) && argument < smallest)
      return not_deterministic("a CBOR head longer than needed");
    head.argument = argument;
    head.major = head.major == static_cast<unsigned>(Major::simple) ? kForeign : head.major;
    return head;
  }

  Result<Cbor> read(std::size_t depth) {
    if (depth > kMaxDepth + 1) return malformed_cbor("CBOR nests deeper than 16 levels");
    SEGELL_TRY(const Head head, read_head());
    switch (head.major) {
      case static_cast<unsigned>(Major::unsigned_int):
      case static_cast<unsigned>(Major::negative_int):
        if (head.argument > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
          return malformed_cbor("a CBOR integer beyond 64 bits with sign");
        return head.major == 0 ? Cbor(static_cast<std::int64_t>(head.argument))
                               : Cbor(~static_cast<std::int64_t>(head.argument));
      case static_cast<unsigned>(Major::bytes):
      case static_cast<unsigned>(Major::text):
        return read_string(head);
      case static_cast<unsigned>(Major::array):
        return read_array(head.argument, depth);
      case static_cast<unsigned>(Major::map):
        return read_map(head.argument, depth);
      case static_cast<unsigned>(Major::simple):
        if (head.argument == kFalse || head.argument == kTrue) return Cbor(head.argument == kTrue);
        if (head.argument == kNull) return Cbor();
        return malformed_cbor("a simple CBOR value that events do not have");
      default:
        return malformed_cbor("CBOR tags and floating point do not occur in events");
    }
  }

  Result<Cbor> read_string(const Head& head) {
    if (head.argument > m_rest.size()) return malformed_cbor("CBOR ends early");
    const BytesView octets = m_rest.first(static_cast<std::size_t>(head.argument));
    m_rest = m_rest.subspan(octets.size());
    if (head.major == static_cast<unsigned>(Major::bytes)) return Cbor(octets);
    if (!is_utf8(as_text(octets))) return malformed_cbor("CBOR text that is not UTF-8");
    return Cbor(to_text(octets));
  }

  Result<Cbor> read_array(std::uint64_t count, std::size_t depth) {
    if (count > m_rest.size()) return malformed_cbor("CBOR ends early");  // each item takes one octet at least
    Cbor::Array array;
    for (std::uint64_t i = 0; i < count; ++i) {
      SEGELL_TRY(Cbor item, read(depth + 1));
      array.push_back(std::move(item));
    }
    return Cbor(std::move(array));
  }

  Result<Cbor> read_map(std::uint64_t count, std::size_t depth) {
    if (count > m_rest.size() / 2) return malformed_cbor("CBOR ends early");
    Cbor::Map map;
    for (std::uint64_t i = 0; i < count; ++i) {
      SEGELL_TRY(const Head key, read_head());
      if (key.major != static_cast<unsigned>(Major::unsigned_int))
        return malformed_cbor("a CBOR map key that is no number");
      if (!map.empty() && key.argument <= map.rbegin()->first)
        return not_deterministic("CBOR map keys out of order or twice");
      SEGELL_TRY(Cbor item, read(depth + 1));
      map.emplace_hint(map.end(), key.argument, std::move(item));
    }
    return Cbor(std::move(map));
  }

  static constexpr unsigned kForeign = 8;
  BytesView m_rest;
};

}  // namespace

Bytes write_cbor(const Cbor& value) {
  Bytes out;
  write_value(out, value, 0);
  return out;
}

Result<Cbor> parse_cbor(BytesView bytes) { return Reader(bytes).read_all(); }

}  // namespace segell::base
