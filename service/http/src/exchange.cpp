#include "http/exchange.h"

#include "base/id.h"
#include "http/body_reader.h"
#include "http/inbox.h"
#include "http/problem.h"

#include <algorithm>
#include <ctime>
#include <exception>
#include <optional>
#include <typeinfo>
#include <utility>

namespace segell::http {
namespace {

using base::Code;
using base::Error;
using std::chrono::steady_clock;

constexpr std::size_t kJoin = 16 * 1024;    ///< bodies up to this leave in one write with their head
constexpr std::size_t kPiece = 256 * 1024;  ///< larger ones in pieces of this

/// Now, as RFC 9110 section 5.6.7 writes it; made once a second and thread.
std::string_view http_date() {
  thread_local std::time_t made = 0;
  thread_local char text[40];
  thread_local std::size_t size = 0;
  const auto now = std::time(nullptr);
  if (now != made) {
    std::tm parts{};
    gmtime_r(&now, &parts);
    size = std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts);
    made = now;
  }
  return {text, size};
}

Error too_large(std::uint64_t cap) {
  return {Code::limit_exceeded, "http.body-too-large",
          "the body is larger than this call takes, which is " + std::to_string(cap) + " octets",
          "send less; how large a document may be is set by the operator"};
}

class Exchange final : public Conversation {
 public:
  Exchange(Transport& transport, Site& site, BodyRoom& room, const ExchangeLimits& limits, bool overloaded)
      : m_transport(transport),
        m_site(site),
        m_room(room),
        m_limits(limits),
        m_overloaded(overloaded),
        m_peer(transport.peer_address()),
        m_inbox(transport) {}

  State proceed() override {
    while (m_count < m_limits.max_requests) {
      const Wait wait = wait_for_request();
      if (wait == Wait::rests) return State::resting;
      if (wait == Wait::ended) break;
      m_last = ++m_count == m_limits.max_requests;
      if (!serve_one()) break;
    }
    return State::over;
  }

 private:
  enum class Wait { request, rests, ended };

  /// False when the connection is over.
  bool serve_one() {
    m_begin = steady_clock::now();
    Request request;
    request.id = base::Id<struct RequestTag>::make().text();
    request.peer = m_peer;
    std::string head_text;
    if (!read_head(head_text, request)) return false;
    auto parsed = parse_head(head_text, m_limits.head);
    if (const auto* refusal = std::get_if<Refusal>(&parsed))
      return refuse_and_end(request, "(refused)", refusal->status, refusal->error);
    request.head = std::get<RequestHead>(std::move(parsed));
    if (m_overloaded)
      return refuse_and_end(
          request, "(overloaded)", 503,
          {Code::unavailable, "http.too-many-connections", "too many connections", "try again later"});
    auto decided = guarded(request, [&] { return m_site.admit(request); });
    if (auto* response = std::get_if<Response>(&decided)) return answer_unread(request, "(refused)", *response);
    return admitted(request, std::get<Admission>(decided));
  }

  Wait wait_for_request() {
    if (!m_inbox.empty()) return Wait::request;
    if (!std::exchange(m_rested, false)) {
      m_inbox.release();
      m_transport.set_deadline(steady_clock::now() + m_limits.idle);
      m_transport.set_idle(true);
      m_rested = !m_transport.stopping() && m_transport.rests();
      if (m_rested) return Wait::rests;
    }
    const bool more = !m_transport.stopping() && m_inbox.fill();
    m_transport.set_idle(false);
    return more ? Wait::request : Wait::ended;
  }

  /// Reads to the empty line. What is cut off or too long is answered here.
  bool read_head(std::string& text, Request& request) {
    m_transport.set_deadline(m_begin + m_limits.head_deadline);
    std::size_t seen = 0;
    while (true) {
      const auto have = m_inbox.text();
      const auto end = have.find("\r\n\r\n", seen < 3 ? 0 : seen - 3);
      const auto size = end == have.npos ? have.size() : end + 4;
      // Looked for here too, since a head with other line ends may never reach an empty line that we would see.
      if (has_bare_line_feed(have.substr(0, std::min(size, m_limits.head.max_bytes))))
        return refuse_and_end(request, "(refused)", 400,
                              {Code::malformed, "http.line", "a line of the request head does not end in CR LF", {}});
      if (size > m_limits.head.max_bytes)
        return refuse_and_end(request, "(refused)", 431,
                              {Code::limit_exceeded, "http.head-too-large", "the request head is too large", {}});
      if (end != have.npos) {
        text = have.substr(0, size);
        m_inbox.use(size);
        return true;
      }
      seen = have.size();
      if (!m_inbox.fill()) {
        if (m_transport.deadline_passed())
          refuse_and_end(request, "(refused)", 408,
                         {Code::timed_out, "http.head-deadline", "the request head came too slowly", {}});
        return false;
      }
    }
  }

  static bool has_bare_line_feed(std::string_view text) {
    for (auto at = text.find('\n'); at != text.npos; at = text.find('\n', at + 1)) {
      if (at == 0 || text[at - 1] != '\r') return true;
    }
    return false;
  }

  bool admitted(Request& request, Admission& admission) {
    if (request.head.framing == Framing::length && request.head.content_length > admission.body_cap) {
      auto response = m_site.refuse(413, too_large(admission.body_cap), request.id);
      return answer_unread(request, admission.pattern, response);
    }
    if (request.head.expects_continue && m_inbox.empty() &&
        !m_transport.send(base::as_bytes("HTTP/1.1 100 Continue\r\n\r\n")))
      return false;
    BodyReader reader(m_transport, m_inbox, m_room, m_limits);
    switch (reader.read(request, admission)) {
      case BodyReader::End::complete:
        break;
      case BodyReader::End::too_large:
        return refuse_and_end(request, admission.pattern, 413, too_large(admission.body_cap));
      case BodyReader::End::malformed:
        return refuse_and_end(request, admission.pattern, 400,
                              {Code::malformed, "http.chunked", "the chunked body is not well-formed", {}});
      case BodyReader::End::no_room:
        return refuse_and_end(request, admission.pattern, 503,
                              {Code::unavailable, "http.too-many-bodies",
                               "the service is reading too much at this moment", "try again later"});
      case BodyReader::End::cut_off:
        return cut_off(request, admission.pattern);
      case BodyReader::End::not_kept:
        return refuse_and_end(request, admission.pattern, status_of(reader.failure().code), reader.failure());
    }
    m_transport.set_deadline(kNoDeadline);
    auto response = guarded(request, [&] { return admission.answer(request); });
    // Whoever hears the answer may send the next body at once: there is room for it by then.
    request.body = {};
    request.spooled.reset();
    reader.give_back();
    if (!send(request, admission.pattern, response, admission.is_head)) return false;
    return !response.close || end_in_peace();
  }

  /// A body that never came whole: the endpoint does not run.
  bool cut_off(const Request& request, std::string_view pattern) {
    if (m_transport.deadline_passed())
      return refuse_and_end(request, pattern, 408,
                            {Code::timed_out, "http.body-deadline", "the body came too slowly", {}});
    m_site.answered(pattern, request, 0, took());
    return false;
  }

  /// The outer guard (style C14): whatever an endpoint throws becomes a problem document.
  template <class Function>
  auto guarded(const Request& request, Function function) -> decltype(function()) {
    try {
      return function();
    } catch (const std::exception& failure) {
      // Its type only: what() may hold anything.
      return m_site.refuse(500, {Code::internal, "internal", std::string("uncaught ") + typeid(failure).name(), {}},
                           request.id);
    } catch (...) {
      return m_site.refuse(500, {Code::internal, "internal", "unknown exception", {}}, request.id);
    }
  }

  /// Answers a request whose body stays unread. A small body is taken in so that the connection goes on; after a larger
  /// or chunked one, or one that waits for our 100, the connection ends: its octets must never be read as a request.
  bool answer_unread(const Request& request, std::string_view pattern, Response& response) {
    const auto& head = request.head;
    const bool none = head.framing == Framing::none;
    const bool small =
        head.framing == Framing::length && !head.expects_continue && head.content_length <= m_limits.drain_cap;
    if (!none && !small) response.close = true;
    const bool is_head = head.method == "HEAD";
    if (!send(request, pattern, response, is_head)) return false;
    if (response.close) return none ? end_in_peace() : linger();
    return none || skip(head.content_length);
  }

  bool skip(std::uint64_t left) {
    m_transport.set_deadline(steady_clock::now() + m_limits.body_grace);
    while (left > 0) {
      if (m_inbox.empty() && !m_inbox.fill()) return false;
      const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(left, m_inbox.view().size()));
      m_inbox.use(count);
      left -= count;
    }
    return true;
  }

  bool refuse_and_end(const Request& request, std::string_view pattern, int status, const Error& error) {
    auto response = m_site.refuse(status, error, request.id);
    response.close = true;
    return send(request, pattern, response, false) && linger();
  }

  /// After the last answer to requests that were read whole. What the peer sends beyond them is looked at for a moment:
  /// a socket that closes over unread octets makes the peer's kernel drop our answer.
  bool end_in_peace() {
    if (!m_transport.finish_sending()) return false;
    m_transport.set_deadline(steady_clock::now() + std::chrono::seconds(1));
    std::byte scrap[4096];
    for (std::uint64_t taken = 0; taken < m_limits.drain_cap;) {
      const auto count = m_transport.receive(scrap);
      if (count == 0) break;
      taken += count;
    }
    return false;
  }

  /// After an answer to a request that still comes: takes in the rest and throws it away, since many clients send all
  /// they have before they listen. A server that stops does not wait for it.
  bool linger() {
    m_transport.finish_sending();
    m_inbox.use(m_inbox.view().size());
    m_inbox.release();
    m_transport.set_idle(true);
    const auto start = steady_clock::now();
    std::uint64_t taken = 0;
    std::byte scrap[16 * 1024];
    for (std::size_t count = 1; count > 0 && !m_transport.stopping(); taken += count) {
      m_transport.set_deadline(std::min(
          {start + m_limits.linger, steady_clock::now() + m_limits.linger_pause, pace(start, taken, m_limits)}));
      count = m_transport.receive(scrap);
    }
    m_transport.set_idle(false);
    return false;
  }

  bool send(const Request& request, std::string_view pattern, Response& response, bool is_head) {
    if (m_last || !request.head.keep_alive || m_transport.stopping()) response.close = true;
    const auto body = response.bytes();
    auto out = write_head(request, response, body.size());
    const auto start = steady_clock::now();
    m_transport.set_deadline(start + m_limits.body_grace);
    bool sent = false;
    if (is_head || body.empty()) {
      sent = m_transport.send(base::as_bytes(out));
    } else if (body.size() <= kJoin) {
      out += base::as_text(body);
      sent = m_transport.send(base::as_bytes(out));
    } else {
      sent = m_transport.send(base::as_bytes(out));
      for (std::size_t at = 0; sent && at < body.size(); at += kPiece) {
        m_transport.set_deadline(pace(start, at, m_limits));
        sent = m_transport.send(body.subspan(at, std::min(kPiece, body.size() - at)));
      }
    }
    m_site.answered(pattern, request, sent ? response.status : 0, took());
    return sent;
  }

  std::string write_head(const Request& request, const Response& response, std::size_t length) {
    std::string out;
    out.reserve(1024);
    out += "HTTP/1.1 ";
    out += std::to_string(response.status);
    out += ' ';
    out += reason_phrase(response.status);
    out += "\r\nDate: ";
    out += http_date();
    if (response.status != 304 && response.status != 204) {
      out += "\r\nContent-Length: ";
      out += std::to_string(length);
    }
    if (!response.content_type.empty()) {
      out += "\r\nContent-Type: ";
      out += response.content_type;
    }
    if (response.close) out += "\r\nConnection: close";
    if (!response.has_header("x-request-id")) {
      out += "\r\nX-Request-ID: ";
      out += request.id;
    }
    out += "\r\n";
    for (const auto& [name, value] : response.headers) {
      out += name;
      out += ": ";
      out += value;
      out += "\r\n";
    }
    out += m_site.common_headers();
    out += "\r\n";
    return out;
  }

  [[nodiscard]] std::chrono::microseconds took() const {
    return std::chrono::duration_cast<std::chrono::microseconds>(steady_clock::now() - m_begin);
  }

  Transport& m_transport;
  Site& m_site;
  BodyRoom& m_room;
  const ExchangeLimits& m_limits;
  bool m_overloaded;
  std::string m_peer;
  int m_count = 0;  ///< requests so far
  bool m_last = false;
  bool m_rested = false;  ///< no thread was held since the last request: its idle time runs already
  Inbox m_inbox;
  steady_clock::time_point m_begin;
};

}  // namespace

Deadline pace(Deadline start, std::uint64_t moved, const ExchangeLimits& limits) {
  const auto due = start + limits.body_grace + std::chrono::milliseconds(moved * 1000 / limits.least_rate);
  return std::min(due, steady_clock::now() + limits.body_grace);
}

std::unique_ptr<Conversation> make_conversation(Transport& transport, Site& site, BodyRoom& room,
                                                const ExchangeLimits& limits, bool overloaded) {
  return std::make_unique<Exchange>(transport, site, room, limits, overloaded);
}

}  // namespace segell::http
