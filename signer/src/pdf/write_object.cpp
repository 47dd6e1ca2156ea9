#include "signer/pdf/parser.h"

#include "pdf/lexer.h"

namespace segell::signer::pdf {
namespace {

constexpr std::string_view kDigits = "0123456789ABCDEF";

void write_hex(std::string& out, char octet) {
  const auto value = static_cast<unsigned char>(octet);
  out.push_back(kDigits[value >> 4U]);
  out.push_back(kDigits[value & 15U]);
}

void write_string(std::string& out, const String& string) {
  if (string.hex) {
    out.push_back('<');
    for (const char c : string.octets) write_hex(out, c);
    out.push_back('>');
    return;
  }
  out.push_back('(');
  for (const char c : string.octets) {
    if (c == '(' || c == ')' || c == '\\') out.push_back('\\');
    if (c == '\r') {
      out += "\\r";  // a bare carriage return would be read back as a line feed
    } else {
      out.push_back(c);
    }
  }
  out.push_back(')');
}

/// A space only where two tokens would run together.
void separate(std::string& out, const Object& next) {
  const bool opens = next.as_array() != nullptr || next.as_dictionary() != nullptr || next.as_string() != nullptr ||
                     next.as_name() != nullptr;
  const char last = out.empty() ? '[' : out.back();
  if ((!opens && class_of(last) == CharClass::regular) || last == '/') out.push_back(' ');
}

}  // namespace

void write_name(std::string& out, std::string_view name) {
  out.push_back('/');
  for (const char c : name) {
    if (c > ' ' && c <= '~' && c != '#' && class_of(c) == CharClass::regular) {
      out.push_back(c);
    } else {
      out.push_back('#');
      write_hex(out, c);
    }
  }
}

void write_dictionary(std::string& out, const Dictionary& dictionary, const RenameRef& rename) {
  out += "<<";
  for (const auto& entry : dictionary.entries()) {
    write_name(out, entry.key);
    separate(out, entry.value);
    write_object(out, entry.value, rename);
  }
  out += ">>";
}

void write_object(std::string& out, const Object& object, const RenameRef& rename) {
  if (const auto* dictionary = object.as_dictionary()) return write_dictionary(out, *dictionary, rename);
  if (const auto* array = object.as_array()) {
    out.push_back('[');
    for (const auto& item : *array) {
      separate(out, item);
      write_object(out, item, rename);
    }
    out.push_back(']');
  } else if (const auto* reference = object.as_reference()) {
    out += to_string(rename ? rename(*reference) : *reference) + " R";
  } else if (const auto* string = object.as_string()) {
    write_string(out, *string);
  } else if (const auto* name = object.as_name()) {
    write_name(out, *name);
  } else if (const auto* integer = object.as_integer()) {
    out += std::to_string(*integer);
  } else if (const auto* real = object.as_real()) {
    out += real->text;
  } else if (const auto* boolean = object.as_bool()) {
    out += *boolean ? "true" : "false";
  } else {
    out += "null";
  }
}

}  // namespace segell::signer::pdf
