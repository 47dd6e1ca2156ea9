#pragma once

#include "base/json.h"
#include "base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace segell::base {

/// Takes a JSON object apart by declaration: each member is named with where it goes; what was not named is refused.
/// The first failure stays; finish() tells it. Errors: malformed "request.missing-field", "request.unknown-field",
/// "request.wrong-type"; each message names the field ("items[2].notice.version").
///
///     Fields fields(body);
///     fields.required("name", person.name);
///     fields.optional("identifier", person.identifier, [](Fields& inner, auto& to) { inner.required("type", to.type);
///     }); SEGELL_CHECK(fields.finish());
class Fields {
 public:
  explicit Fields(const Json& object, std::string path = {});

  void required(std::string_view name, std::string& to);
  void required(std::string_view name, bool& to);
  void required(std::string_view name, std::uint64_t& to);
  void required(std::string_view name, std::uint32_t& to);
  void required(std::string_view name, int& to);  ///< zero or more
  void required(std::string_view name, std::vector<std::string>& to);
  void required_object(std::string_view name, const Json*& to);  ///< borrowed from the object

  /// Absent leaves `to` as it is; null is a wrong type.
  void optional(std::string_view name, std::string& to);
  void optional(std::string_view name, std::optional<std::string>& to);
  void optional(std::string_view name, std::vector<std::string>& to);
  void optional(std::string_view name, std::uint32_t& to);
  void optional(std::string_view name, bool& to);
  void optional_object(std::string_view name, const Json*& to);
  /// Octets in base64 (RFC 4648 section 4).
  void required_base64(std::string_view name, Bytes& to);
  void optional_base64(std::string_view name, std::optional<Bytes>& to);

  /// A nested object; `read` receives its fields and `to`.
  template <class T, class Read>
  void required(std::string_view name, T& to, Read read) {
    if (const auto* json = take(name, true)) nested(*json, member_path(name), to, read);
  }
  template <class T, class Read>
  void optional(std::string_view name, std::optional<T>& to, Read read) {
    // Not emplace(): clang 14 finds no constructor of a struct that is a member of the one in which `to` stands.
    if (const auto* json = take(name, false)) nested(*json, member_path(name), *(to = T{}), read);
  }
  /// An array of objects.
  template <class T, class Read>
  void required_list(std::string_view name, std::vector<T>& to, Read read) {
    const auto* json = take(name, true);
    if (json == nullptr) return;
    const auto* items = json->as_array();
    if (items == nullptr) return wrong_type(name, "an array");
    for (std::size_t i = 0; i < items->size(); ++i)
      nested((*items)[i], member_path(name) + '[' + std::to_string(i) + ']', to.emplace_back(), read);
  }

  /// The first failure, or success when every member of the object was named.
  [[nodiscard]] Result<void> finish();

 private:
  const Json* take(std::string_view name, bool needed);
  [[nodiscard]] std::string member_path(std::string_view name) const;
  void wrong_type(std::string_view name, std::string_view wanted);
  void note(Error error);
  template <class T>
  void number(std::string_view name, T& to);

  template <class T, class Read>
  void nested(const Json& json, std::string path, T& to, Read& read) {
    Fields inner(json, std::move(path));
    read(inner, to);
    if (auto done = inner.finish(); !done) note(done.error());
  }

  const Json::Object* m_object;
  std::string m_path;
  std::vector<std::string_view> m_named;
  std::optional<Error> m_error;
};

}  // namespace segell::base
