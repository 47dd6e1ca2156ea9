#pragma once

#include "base/bytes.h"
#include "signer/pdf/source.h"

#include <compare>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace segell::signer::pdf {

/// "12 0 R". Number 0 names no object.
struct Ref {
  std::uint32_t number = 0;
  std::uint32_t generation = 0;

  [[nodiscard]] bool is_none() const noexcept { return number == 0; }
  auto operator<=>(const Ref&) const = default;
};

/// "12 0", for messages.
std::string to_string(Ref ref);
/// "12 0 R": the reference as a file writes it.
std::string reference_text(Ref ref);

class Object;
struct DictionaryEntry;

/// A number with a decimal point, kept as written.
struct Real {
  std::string text;
  bool operator==(const Real&) const = default;
};

/// A string object: its octets, decoded, and how it was written.
struct String {
  std::string octets;
  bool hex = false;
  bool spaced = false;  ///< hex, with white space among the digits
  bool operator==(const String& other) const { return octets == other.octets; }
};

/// A name without its slash, #xx decoded.
struct Name {
  std::string text;
  bool operator==(const Name&) const = default;
};

using Array = std::vector<Object>;

/// Entries in the order written. A key given twice is kept twice: find() yields the last one (as most readers do), and
/// has_duplicate_keys() tells. Comparison ignores the order.
class Dictionary {
 public:
  Dictionary();
  ~Dictionary();
  Dictionary(const Dictionary&);
  Dictionary& operator=(const Dictionary&);
  Dictionary(Dictionary&&) noexcept;
  Dictionary& operator=(Dictionary&&) noexcept;

  [[nodiscard]] const std::vector<DictionaryEntry>& entries() const noexcept { return m_entries; }
  [[nodiscard]] bool empty() const noexcept { return m_entries.empty(); }
  /// The value as written (it may be a reference), or null pointer. A value `null` counts as absent.
  [[nodiscard]] const Object* find(std::string_view key) const noexcept;
  [[nodiscard]] bool has(std::string_view key) const noexcept { return find(key) != nullptr; }
  [[nodiscard]] bool has_duplicate_keys() const;
  /// Keys that are written with a value that differs from the first one.
  [[nodiscard]] std::vector<std::string> contradictory_keys() const;
  void add(std::string key, Object value);

  // The common look-ups of direct values; none follows a reference.
  [[nodiscard]] const std::string* name(std::string_view key) const noexcept;    ///< text of a name
  [[nodiscard]] const std::string* string(std::string_view key) const noexcept;  ///< octets of a string
  [[nodiscard]] const std::int64_t* integer(std::string_view key) const noexcept;
  [[nodiscard]] const Ref* reference(std::string_view key) const noexcept;
  [[nodiscard]] const Array* array(std::string_view key) const noexcept;
  [[nodiscard]] const Dictionary* dictionary(std::string_view key) const noexcept;
  [[nodiscard]] bool is_name(std::string_view key, std::string_view text) const noexcept;

  bool operator==(const Dictionary& other) const;

 private:
  std::vector<DictionaryEntry> m_entries;
};

/// A stream: its dictionary and where its raw (still filtered) octets lie in the file.
struct Stream {
  Dictionary dictionary;
  Range data;
  Ref key_of{};  ///< of an encrypted stream: the object from whose number its key is derived
};

/// One PDF object (ISO 32000-1, 7.3) as a value. `where()` is its exact range in the text it was read from: the file,
/// or for an object out of an object stream the decoded stream. Comparison ignores positions.
class Object {
 public:
  Object() = default;  ///< null
  explicit Object(bool value) : m_value(value) {}
  explicit Object(std::int64_t value) : m_value(value) {}
  explicit Object(Real value) : m_value(std::move(value)) {}
  explicit Object(String value) : m_value(share(std::move(value))) {}
  explicit Object(Name value) : m_value(std::move(value)) {}
  explicit Object(Array value) : m_value(share(std::move(value))) {}
  explicit Object(Dictionary value) : m_value(share(std::move(value))) {}
  explicit Object(Stream value) : m_value(share(std::move(value))) {}
  explicit Object(Ref value) : m_value(value) {}

  [[nodiscard]] bool is_null() const noexcept { return std::holds_alternative<std::monostate>(m_value); }
  [[nodiscard]] const bool* as_bool() const noexcept { return std::get_if<bool>(&m_value); }
  [[nodiscard]] const std::int64_t* as_integer() const noexcept { return std::get_if<std::int64_t>(&m_value); }
  [[nodiscard]] const Real* as_real() const noexcept { return std::get_if<Real>(&m_value); }
  [[nodiscard]] const String* as_string() const noexcept { return shared<String>(); }
  [[nodiscard]] const std::string* as_name() const noexcept;
  [[nodiscard]] const Array* as_array() const noexcept { return shared<Array>(); }
  [[nodiscard]] const Stream* as_stream() const noexcept { return shared<Stream>(); }
  [[nodiscard]] const Ref* as_reference() const noexcept { return std::get_if<Ref>(&m_value); }
  /// The dictionary, also that of a stream.
  [[nodiscard]] const Dictionary* as_dictionary() const noexcept;
  /// An integer or a real as a finite number; false for anything else.
  [[nodiscard]] bool as_number(double& out) const noexcept;

  [[nodiscard]] Range where() const noexcept { return m_where; }
  void set_where(Range where) noexcept { m_where = where; }

  /// Equal as values. Streams are never equal here: their octets lie elsewhere.
  bool operator==(const Object& other) const {
    if (m_value.index() != other.m_value.index()) return false;
    if (const Ref* ref = as_reference()) return *ref == *other.as_reference();  // the items of nearly every long list
    return same_kind_equals(other);
  }

 private:
  template <class T>
  using Shared = std::shared_ptr<const T>;

  template <class T>
  static Shared<T> share(T value) {
    return std::make_shared<const T>(std::move(value));
  }
  template <class T>
  [[nodiscard]] const T* shared() const noexcept {
    const auto* pointer = std::get_if<Shared<T>>(&m_value);
    return pointer == nullptr ? nullptr : pointer->get();
  }
  [[nodiscard]] bool same_kind_equals(const Object& other) const;
  template <class T>
  static bool same(const T* mine, const T* others) {
    return mine == others || (mine != nullptr && others != nullptr && *mine == *others);
  }

  std::variant<std::monostate, bool, std::int64_t, Real, Shared<String>, Name, Shared<Array>, Shared<Dictionary>,
               Shared<Stream>, Ref>
      m_value;
  Range m_where;
};

struct DictionaryEntry {
  std::string key;
  Object value;
};

/// Text string (ISO 32000-1, 7.9.2.2: UTF-16BE with mark, UTF-8 with mark, else PDFDocEncoding) as UTF-8. What cannot
/// be read becomes U+FFFD.
std::string text_of(const String& string);
/// The shortest text string for UTF-8 text, ready to stand in a file: literal for ASCII, else hex UTF-16BE.
std::string write_text_string(std::string_view utf8);

}  // namespace segell::signer::pdf
