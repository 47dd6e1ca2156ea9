#include "base/json.h"

#include "base/encoding.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace segell::base {
namespace {

constexpr std::int64_t kMaxExact = (std::int64_t{1} << 53) - 1;

/// RFC 8785 section 3.2.2.2: two-character escapes where JSON has them, \u00xx for the other control characters, and
/// nothing else is escaped.
void write_string(std::string& out, std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\b':
        out += "\\b";
        break;
      case '\f':
        out += "\\f";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          out += "\\u00";
          out += kHex[static_cast<unsigned char>(c) >> 4];
          out += kHex[static_cast<unsigned char>(c) & 15];
        } else {
          out += c;
        }
    }
  }
  out += '"';
}

/// ECMAScript's Number::toString (ECMA-262 6.1.6.1.20), for finite values.
void write_number(std::string& out, double value) {
  if (value == 0) {
    out += '0';  // minus zero too
    return;
  }
  if (value < 0) out += '-';
  // The shortest digits that read back as the same value: "d.ddde±xx".
  std::array<char, 40> text{};
  const auto end =
      std::to_chars(text.data(), text.data() + text.size(), std::fabs(value), std::chars_format::scientific);
  const std::string_view scientific(text.data(), static_cast<std::size_t>(end.ptr - text.data()));
  const std::size_t mark = scientific.find('e');
  std::string digits(scientific.substr(0, mark));
  std::erase(digits, '.');
  int exponent = 0;
  const char* first = scientific.data() + mark + 1;
  if (*first == '+') ++first;
  std::from_chars(first, end.ptr, exponent);

  const int count = static_cast<int>(digits.size());
  const int point = exponent + 1;  // the value is 0.digits × 10^point
  if (point > 21 || point <= -6) {
    out += digits[0];
    if (count > 1) out.append(".").append(digits, 1);
    out += exponent < 0 ? "e-" : "e+";
    out += std::to_string(std::abs(exponent));
  } else if (point <= 0) {
    out.append("0.").append(static_cast<std::size_t>(-point), '0').append(digits);
  } else if (point >= count) {
    out.append(digits).append(static_cast<std::size_t>(point - count), '0');
  } else {
    out.append(digits, 0, static_cast<std::size_t>(point)).append(".").append(digits, static_cast<std::size_t>(point));
  }
}

/// RFC 8785 section 3.2.3: order by UTF-16 code units. For well-formed UTF-8 that is the order of octets, except that
/// the leads 0xEE and 0xEF (U+E000 to U+FFFF) come after those of the supplementary planes, which UTF-16 writes with
/// surrogates.
bool utf16_less(std::string_view a, std::string_view b) {
  const auto weight = [](char c) {
    const int octet = static_cast<unsigned char>(c);
    return octet == 0xee || octet == 0xef ? octet + 0x10 : octet;
  };
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                      [&](char x, char y) { return weight(x) < weight(y); });
}

enum class Form { compact, canonical };

class Writer {
 public:
  explicit Writer(Form form) : m_form(form) {}

  Result<void> write(const Json& value) {
    if (value.is_null()) {
      m_out += "null";
    } else if (const bool* flag = value.as_bool()) {
      m_out += *flag ? "true" : "false";
    } else if (const std::int64_t* integer = value.as_int()) {
      if (m_form == Form::canonical && (*integer > kMaxExact || *integer < -kMaxExact))
        return refuse("an integer beyond 2^53-1 has no canonical form");
      m_out += std::to_string(*integer);
    } else if (const double* number = value.as_double()) {
      return write_double(*number);
    } else if (const std::string* text = value.as_string()) {
      return write_text(*text);
    } else if (const Json::Array* array = value.as_array()) {
      return write_array(*array);
    } else {
      return write_object(*value.as_object());
    }
    return ok();
  }

  std::string take() { return std::move(m_out); }

 private:
  static Failure refuse(const char* why) { return fail(Code::invalid_argument, "json.not-canonical", why); }

  Result<void> write_double(double number) {
    if (std::isfinite(number)) {
      write_number(m_out, number);
    } else if (m_form == Form::canonical) {
      return refuse("a number that is not finite has no canonical form");
    } else {
      m_out += "null";  // as ECMAScript's JSON.stringify
    }
    return ok();
  }

  Result<void> write_text(std::string_view text) {
    if (m_form == Form::canonical && !is_utf8(text)) return refuse("text that is not UTF-8 has no canonical form");
    write_string(m_out, text);
    return ok();
  }

  Result<void> write_array(const Json::Array& array) {
    m_out += '[';
    const char* separator = "";
    for (const Json& item : array) {
      m_out += separator;
      separator = ",";
      SEGELL_CHECK(write(item));
    }
    m_out += ']';
    return ok();
  }

  Result<void> write_object(const Json::Object& object) {
    std::vector<const Json::Member*> members;
    members.reserve(object.size());
    for (const Json::Member& member : object) members.push_back(&member);
    if (m_form == Form::canonical) {
      std::sort(members.begin(), members.end(),
                [](const Json::Member* a, const Json::Member* b) { return utf16_less(a->first, b->first); });
      const auto twin = std::adjacent_find(members.begin(), members.end(),
                                           [](const auto* a, const auto* b) { return a->first == b->first; });
      if (twin != members.end()) return refuse("an object that names one member twice has no canonical form");
    }
    m_out += '{';
    const char* separator = "";
    for (const Json::Member* member : members) {
      m_out += separator;
      separator = ",";
      SEGELL_CHECK(write_text(member->first));
      m_out += ':';
      SEGELL_CHECK(write(member->second));
    }
    m_out += '}';
    return ok();
  }

  Form m_form;
  std::string m_out;
};

}  // namespace

std::string write_json(const Json& value) {
  Writer writer(Form::compact);
  (void)writer.write(value);  // the compact form refuses nothing
  return writer.take();
}

Result<std::string> write_canonical_json(const Json& value) {
  Writer writer(Form::canonical);
  SEGELL_CHECK(writer.write(value));
  return writer.take();
}

}  // namespace segell::base
