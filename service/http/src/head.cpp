#include "http/head.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string_view>

namespace segell::http {
namespace {

using base::Code;
using base::Error;

Refusal refusal(int status, std::string_view reason, std::string message, std::string hint = {}) {
  const auto code = status == 414 || status == 431 ? Code::limit_exceeded
                    : status >= 500                ? Code::unsupported
                                                   : Code::malformed;
  return {status, Error{code, reason, std::move(message), std::move(hint)}};
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_alnum(char c) { return is_digit(c) || is_upper(c) || is_lower(c); }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

/// RFC 9110 section 5.6.2.
bool is_token_char(char c) {
  return is_alnum(c) || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

/// RFC 3986: unreserved, sub-delims, ":" and "@".
bool is_path_char(char c) {
  return is_alnum(c) || std::string_view("-._~!$&'()*+,;=:@").find(c) != std::string_view::npos;
}

bool is_token(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_token_char); }

bool same_text(std::string_view text, std::string_view lower) {
  return std::equal(text.begin(), text.end(), lower.begin(), lower.end(),
                    [](char a, char b) { return (is_upper(a) ? static_cast<char>(a - 'A' + 'a') : a) == b; });
}

/// One parse: a cursor over the lines of the head.
class Gate {
 public:
  Gate(std::span<char> text, const HeadLimits& limits) : m_text(text), m_limits(limits) {}

  std::variant<RequestHead, Refusal> run() {
    if (m_text.size() > m_limits.max_bytes) return refusal(431, "http.head-too-large", "the request head is too large");
    for (const auto step : {&Gate::request_line, &Gate::fields, &Gate::framing, &Gate::connection}) {
      if (auto refused = (this->*step)()) return *std::move(refused);
    }
    return std::move(m_head);
  }

 private:
  using Step = std::optional<Refusal>;

  /// The next line without its CRLF; none when a line end is not exactly CRLF or a control character stands in it.
  std::optional<std::span<char>> next_line() {
    for (std::size_t at = m_at; at < m_text.size(); ++at) {
      const char c = m_text[at];
      if (c == '\r') {
        if (at + 1 >= m_text.size() || m_text[at + 1] != '\n') return std::nullopt;
        auto line = m_text.subspan(m_at, at - m_at);
        m_at = at + 2;
        return line;
      }
      if ((static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f) return std::nullopt;
    }
    return std::nullopt;
  }

  static Refusal bad_line() {
    return refusal(400, "http.line", "the request head has a control character or a line end other than CR LF");
  }

  Step request_line() {
    const auto line = next_line();
    if (!line) return bad_line();
    const std::string_view text(line->data(), line->size());
    const auto first = text.find(' ');
    const auto second = first == text.npos ? text.npos : text.find(' ', first + 1);
    if (second == text.npos) return refusal(400, "http.request-line", "the request line is not METHOD TARGET HTTP/1.1");
    m_head.method = text.substr(0, first);
    if (m_head.method.empty() || m_head.method.size() > 16 ||
        !std::all_of(m_head.method.begin(), m_head.method.end(), is_upper))
      return refusal(400, "http.method", "the method is not a word of at most 16 capital letters");
    const auto version = text.substr(second + 1);
    if (version.size() != 8 || version.substr(0, 5) != "HTTP/" || !is_digit(version[5]) || version[6] != '.' ||
        !is_digit(version[7]))
      return refusal(400, "http.request-line", "the request line is not METHOD TARGET HTTP/1.1");
    if (version != "HTTP/1.1" && version != "HTTP/1.0")
      return refusal(505, "http.version", "only HTTP/1.1 and HTTP/1.0 are spoken here");
    m_is_1_0 = version == "HTTP/1.0";
    return target(text.substr(first + 1, second - first - 1));
  }

  Step target(std::string_view text) {
    if (text.size() > m_limits.max_target)
      return refusal(414, "http.target-too-long", "the request target is too long");
    const auto bad = [](std::string message) { return refusal(400, "http.target", std::move(message)); };
    if (text.empty() || text[0] != '/') return bad("the request target is not a path that starts with a slash");
    const auto mark = text.find('?');
    m_head.path = text.substr(0, mark);
    if (mark != text.npos) m_head.query = text.substr(mark + 1);
    for (std::size_t at = 0; at < m_head.path.size();) {  // at stands on the slash before a segment
      const auto end = std::min(m_head.path.find('/', at + 1), m_head.path.size());
      const auto segment = m_head.path.substr(at + 1, end - at - 1);
      if (!std::all_of(segment.begin(), segment.end(), is_path_char))
        return bad("the path has a character that no path of this service has");
      if (segment == "." || segment == "..") return bad("the path has a dot segment");
      if (segment.empty() && m_head.path.size() > 1) return bad("the path has an empty segment");
      at = end;
    }
    for (std::size_t at = 0; at < m_head.query.size(); ++at) {
      const char c = m_head.query[at];
      if (c == '%') {
        if (at + 2 >= m_head.query.size() || !is_hex(m_head.query[at + 1]) || !is_hex(m_head.query[at + 2]))
          return bad("the query has a broken percent-encoding");
        at += 2;
      } else if (!is_path_char(c) && c != '/' && c != '?') {
        return bad("the query has a character that must be percent-encoded");
      }
    }
    return {};
  }

  Step fields() {
    while (true) {
      const auto line = next_line();
      if (!line) return bad_line();
      if (line->empty()) break;
      if (m_head.fields.size() == m_limits.max_fields)
        return refusal(431, "http.too-many-fields", "the request has too many header fields");
      if (auto refused = field(*line)) return refused;
    }
    if (m_at != m_text.size()) return refusal(400, "http.line", "octets follow the end of the request head");
    return {};
  }

  Step field(std::span<char> line) {
    const std::string_view text(line.data(), line.size());
    const auto colon = text.find(':');
    // A line that starts with a space is the folded line of RFC 9112 section 5.2; a space before the colon is its 5.1.
    if (colon == text.npos || !is_token(text.substr(0, colon)))
      return refusal(400, "http.field-name", "a header line is not NAME: VALUE");
    for (auto& c : line.first(colon)) {
      if (is_upper(c)) c = static_cast<char>(c - 'A' + 'a');
    }
    const auto name = text.substr(0, colon);
    auto value = text.substr(colon + 1);
    while (!value.empty() && (value.front() == ' ' || value.front() == '\t')) value.remove_prefix(1);
    while (!value.empty() && (value.back() == ' ' || value.back() == '\t')) value.remove_suffix(1);
    if (value.size() > m_limits.max_value) return refusal(431, "http.field-too-large", "a header field is too large");
    if (is_single(name) && m_head.field(name))
      return refusal(400, "http.duplicate-field", "the header field " + std::string(name) + " stands twice");
    m_head.fields.push_back({name, value});
    return {};
  }

  static bool is_single(std::string_view name) {
    static constexpr std::array<std::string_view, 16> kSingle{
        "host",   "content-length", "transfer-encoding", "content-type", "content-encoding", "authorization",
        "expect", "connection",     "idempotency-key",   "x-request-id", "if-none-match",    "range",
        "cookie", "origin",         "sec-fetch-site",    "x-segell-csrf"};
    return std::find(kSingle.begin(), kSingle.end(), name) != kSingle.end();
  }

  Step framing() {
    const auto host = m_head.field("host");
    const auto is_host_char = [](char c) {
      return is_alnum(c) || c == '-' || c == '.' || c == ':' || c == '[' || c == ']';
    };
    if (!host || host->empty() || host->size() > 261 || !std::all_of(host->begin(), host->end(), is_host_char))
      return refusal(400, "http.host", "the Host header field is missing or not a host");
    const auto length = m_head.field("content-length");
    const auto coding = m_head.field("transfer-encoding");
    if (length && coding)
      return refusal(400, "http.framing", "Content-Length and Transfer-Encoding must not stand together");
    if (coding) {
      if (m_is_1_0) return refusal(400, "http.framing", "HTTP/1.0 has no Transfer-Encoding");
      if (!same_text(*coding, "chunked")) return refusal(501, "http.framing", "the only transfer coding is chunked");
      m_head.framing = Framing::chunked;
    }
    if (length) {
      // from_chars alone would stop at the first other character; 18 digits cannot overflow.
      const bool digits =
          !length->empty() && length->size() <= 18 && std::all_of(length->begin(), length->end(), is_digit);
      if (!digits) return refusal(400, "http.content-length", "Content-Length is not a plain decimal number");
      std::from_chars(length->data(), length->data() + length->size(), m_head.content_length);
      m_head.framing = m_head.content_length == 0 ? Framing::none : Framing::length;
    }
    return {};
  }

  Step connection() {
    m_head.keep_alive = !m_is_1_0;
    if (const auto value = m_head.field("connection")) {
      for (std::size_t at = 0; at <= value->size();) {
        const auto end = std::min(value->find(',', at), value->size());
        auto word = value->substr(at, end - at);
        while (!word.empty() && word.front() == ' ') word.remove_prefix(1);
        while (!word.empty() && word.back() == ' ') word.remove_suffix(1);
        if (same_text(word, "close")) m_head.keep_alive = false;
        at = end + 1;
      }
    }
    if (const auto expect = m_head.field("expect")) {
      if (!same_text(*expect, "100-continue"))
        return refusal(417, "http.expect", "the only expectation met here is 100-continue");
      m_head.expects_continue = !m_is_1_0 && m_head.framing != Framing::none;
    }
    return {};
  }

  std::span<char> m_text;
  const HeadLimits& m_limits;
  std::size_t m_at = 0;
  bool m_is_1_0 = false;
  RequestHead m_head;
};

}  // namespace

std::variant<RequestHead, Refusal> parse_head(std::span<char> text, const HeadLimits& limits) {
  return Gate(text, limits).run();
}

}  // namespace segell::http
