#pragma once

#include "base/bytes.h"
#include "base/error.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace segell::base {
class Spool;
}

namespace segell::http {

/// How the end of a request's body is known (RFC 9112 section 6).
enum class Framing { none, length, chunked };

struct Field {
  std::string_view name;  ///< lower case
  std::string_view value;
};

/// A request head that passed the gate (head.h). All views point into the text that was parsed, which the caller keeps.
struct RequestHead {
  std::string_view method;
  std::string_view path;   ///< starts with '/', holds no percent sign, no empty and no dot segment
  std::string_view query;  ///< without '?', still percent-encoded
  std::vector<Field> fields;
  Framing framing = Framing::none;
  std::uint64_t content_length = 0;  ///< only with Framing::length
  bool keep_alive = false;
  bool expects_continue = false;

  /// The value of a field, `name` in lower case. Fields that the service reads occur at most once: the gate saw to it.
  [[nodiscard]] std::optional<std::string_view> field(std::string_view name) const;
};

/// What an endpoint receives: head and the whole body, whose length was compared with what the client declared.
struct Request {
  RequestHead head;
  base::Bytes body;
  std::shared_ptr<const base::Spool> spooled{};  ///< the body instead, where its route lets it be large
  std::string id;                                ///< made by the server, stands in the problem document and in the log
  std::string_view peer{};  ///< address of who is connected, perhaps a proxy; the connection keeps it
};

/// An answer. `text` bodies of static life (assets) are not copied.
struct Response {
  using Body = std::variant<std::string_view, std::string, base::Bytes>;

  int status = 200;
  std::string content_type;
  std::vector<std::pair<std::string, std::string>> headers;
  Body body;
  bool close = false;  ///< end the connection after this answer

  [[nodiscard]] base::BytesView bytes() const;
  [[nodiscard]] bool has_header(std::string_view name) const;
};

/// The reason phrase of a status that this service sends.
std::string_view reason_phrase(int status);

}  // namespace segell::http
