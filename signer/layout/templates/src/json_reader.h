#pragma once

#include "base/json.h"

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace segell::templates {

inline base::Failure malformed_at(std::string_view where, std::string_view what) {
  return base::fail(base::Code::malformed, "template.malformed",
                    (where.empty() ? std::string() : std::string(where) + ": ") + std::string(what));
}

/// A value of the file with the place where it stands, for messages.
class Place {
 public:
  Place(const base::Json& json, std::string path) : m_json(&json), m_path(std::move(path)) {}

  [[nodiscard]] const base::Json& json() const { return *m_json; }
  [[nodiscard]] const std::string& path() const { return m_path; }
  [[nodiscard]] base::Failure bad(std::string_view what) const { return malformed_at(m_path, what); }

  /// Refuses anything but an object with just these members; those before the empty name are mandatory.
  [[nodiscard]] base::Result<void> require_members(std::initializer_list<std::string_view> names) const;
  [[nodiscard]] bool has(std::string_view name) const { return m_json->find(name) != nullptr; }
  /// The member; it must be there.
  [[nodiscard]] base::Result<Place> at(std::string_view name) const;
  [[nodiscard]] base::Result<std::vector<Place>> items() const;
  [[nodiscard]] base::Result<std::vector<std::pair<std::string, Place>>> members() const;

  [[nodiscard]] base::Result<std::string> text() const;
  [[nodiscard]] base::Result<std::int64_t> integer() const;
  [[nodiscard]] base::Result<bool> flag() const;
  [[nodiscard]] base::Result<std::vector<std::string>> texts() const;
  /// The text of a member, or the other one when it is absent.
  [[nodiscard]] base::Result<std::string> text_of(std::string_view name, std::string_view otherwise) const;

 private:
  const base::Json* m_json;
  std::string m_path;
};

}  // namespace segell::templates
