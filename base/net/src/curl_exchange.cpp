#include "net/curl_exchange.h"

#include "request_policy.h"

#include "curl_library.h"

#include <algorithm>
#include <mutex>
#include <new>
#include <optional>
#include <stdexcept>

namespace segell::net {
namespace {

using base::BytesView;
using base::Code;
using base::fail;
using base::Failure;
using base::HttpBounds;
using base::HttpHead;
using base::HttpRequest;
using base::Result;

constexpr std::size_t kMaxHead = 64 * 1024;
constexpr std::size_t kKeptHandles = 8;

struct EasyDeleter {
  void operator()(CURL* easy) const noexcept { curl().easy_cleanup(easy); }
};
using EasyPtr = std::unique_ptr<CURL, EasyDeleter>;

struct ListDeleter {
  void operator()(curl_slist* list) const noexcept { curl().slist_free_all(list); }
};
using ListPtr = std::unique_ptr<curl_slist, ListDeleter>;

/// What curl reports during one exchange.
struct Receiver {
  const HttpBounds& bounds;
  const base::BodySink& sink;
  HttpHead head{};
  std::size_t head_bytes = 0;
  std::size_t body_bytes = 0;
  bool in_body = false;
  std::optional<Failure> failure{};

  /// Any number but the one that was offered makes curl stop.
  std::size_t stop(Failure why) {
    failure = std::move(why);
    return 0;
  }

  std::size_t take_head_line(std::string_view line) {
    head_bytes += line.size();
    if (head_bytes > kMaxHead)
      return stop(fail(Code::limit_exceeded, "http.too-large", "the head of the response is longer than 64 KiB"));
    if (in_body) return line.size();  // trailers say nothing that we use
    const std::size_t offered = line.size();
    if (line.starts_with("HTTP/")) {
      head.headers.clear();  // the head after an informational one (1xx)
      return offered;
    }
    while (!line.empty() && (line.back() == '\r' || line.back() == '\n')) line.remove_suffix(1);
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return offered;
    std::string_view value = line.substr(colon + 1);
    while (!value.empty() && (value.front() == ' ' || value.front() == '\t')) value.remove_prefix(1);
    while (!value.empty() && (value.back() == ' ' || value.back() == '\t')) value.remove_suffix(1);
    head.headers.emplace_back(lower_case(line.substr(0, colon)), value);
    return offered;
  }

  std::size_t take_body(BytesView piece) {
    in_body = true;
    if (piece.size() > bounds.max_response_bytes - body_bytes)
      return stop(fail(Code::limit_exceeded, "http.too-large",
                       "the response is longer than " + std::to_string(bounds.max_response_bytes) + " bytes"));
    body_bytes += piece.size();
    if (auto taken = sink(piece); !taken) return stop(fail(std::move(taken).error()));
    return piece.size();
  }
};

std::size_t on_head(char* data, std::size_t size, std::size_t count, void* self) {
  return static_cast<Receiver*>(self)->take_head_line({data, size * count});
}

std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self) {
  return static_cast<Receiver*>(self)->take_body({reinterpret_cast<const std::byte*>(data), size * count});
}

void require(CURLcode code) {
  if (code != CURLE_OK) throw std::runtime_error(std::string("libcurl: ") + curl().easy_strerror(code));
}

template <class Value>
void set(CURL* easy, CURLoption option, Value value) {
  require(curl().easy_setopt(easy, option, value));
}

void add(ListPtr& list, const std::string& line) {
  curl_slist* longer = curl().slist_append(list.get(), line.c_str());
  if (longer == nullptr) throw std::bad_alloc();
  (void)list.release();
  list.reset(longer);
}

ListPtr header_list(const HttpRequest& request) {
  ListPtr list;
  // curl would add these two by itself: one costs a round trip, the other claims a type.
  add(list, "Expect:");
  const auto is_type = [](const auto& header) { return lower_case(header.first) == "content-type"; };
  if (std::none_of(request.headers.begin(), request.headers.end(), is_type)) add(list, "Content-Type:");
  // "Name;" is curl's way to write an empty value.
  for (const auto& header : request.headers)
    add(list, header.second.empty() ? header.first + ";" : header.first + ": " + header.second);
  return list;
}

void apply_policy(CURL* easy, const CurlOptions& options, const HttpBounds& bounds) {
  set(easy, CURLOPT_NOSIGNAL, 1L);
  set(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  set(easy, CURLOPT_FOLLOWLOCATION, 0L);
  set(easy, CURLOPT_PROXY, "");  // an empty name also switches the environment's proxies off
  set(easy, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  set(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  set(easy, CURLOPT_SSL_VERIFYPEER, 1L);
  set(easy, CURLOPT_SSL_VERIFYHOST, 2L);
  set(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!options.ca_file.empty()) {
    set(easy, CURLOPT_CAINFO, options.ca_file.c_str());
    set(easy, CURLOPT_CAPATH, static_cast<char*>(nullptr));
  }
  const long deadline = static_cast<long>(std::max<std::int64_t>(1, bounds.deadline.count()));
  set(easy, CURLOPT_TIMEOUT_MS, deadline);
  set(easy, CURLOPT_CONNECTTIMEOUT_MS, deadline);
  set(easy, CURLOPT_USERAGENT, "segell");
}

void apply_request(CURL* easy, const HttpRequest& request, const CheckedUrl& url, const ListPtr& headers) {
  set(easy, CURLOPT_CURLU, url.url.get());
  set(easy, CURLOPT_HTTPHEADER, headers.get());
  if (request.method == "HEAD") {
    set(easy, CURLOPT_NOBODY, 1L);
    return;
  }
  if (request.method != "GET" || !request.body.empty()) {
    set(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    set(easy, CURLOPT_POSTFIELDS, request.body.empty() ? "" : base::as_text(request.body).data());
  }
  set(easy, CURLOPT_CUSTOMREQUEST, request.method.c_str());
}

Failure explain(CURLcode code, const std::string& host) {
  const std::string where = host + ": ";
  switch (code) {  // NOLINT(clang-diagnostic-switch-enum): curl's codes are open
    case CURLE_OPERATION_TIMEDOUT:
      return fail(Code::timed_out, "http.timeout", where + "no complete answer within the deadline");
    case CURLE_FILESIZE_EXCEEDED:
      return fail(Code::limit_exceeded, "http.too-large", where + "the response is longer than allowed");
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_ISSUER_ERROR:
      return fail(Code::untrusted, "http.tls", where + "the certificate is not trusted");
    case CURLE_SSL_CACERT_BADFILE:
      return fail(Code::invalid_argument, "http.tls", "the file of trusted certificate authorities cannot be read");
    default:
      return fail(Code::unavailable, "http.unreachable", where + curl().easy_strerror(code));
  }
}

class CurlExchange final : public base::HttpExchange {
 public:
  explicit CurlExchange(CurlOptions options) : m_options(std::move(options)) {
    // Thread-safe since 7.84, and never undone: other parts of the process may use libcurl too.
    static const CURLcode kReady = curl().global_init(CURL_GLOBAL_DEFAULT);
    require(kReady);
  }

  Result<HttpHead> exchange(const HttpRequest& request, const HttpBounds& bounds, const base::BodySink& sink) override {
    SEGELL_CHECK(check_head(request));
    SEGELL_TRY(const CheckedUrl url, check_url(request.url, m_options));
    EasyPtr easy = take_handle();
    const ListPtr headers = header_list(request);
    Receiver receiver{.bounds = bounds, .sink = sink};
    apply_policy(easy.get(), m_options, bounds);
    apply_request(easy.get(), request, url, headers);
    set(easy.get(), CURLOPT_HEADERFUNCTION, on_head);
    set(easy.get(), CURLOPT_HEADERDATA, static_cast<void*>(&receiver));
    set(easy.get(), CURLOPT_WRITEFUNCTION, on_body);
    set(easy.get(), CURLOPT_WRITEDATA, static_cast<void*>(&receiver));
    set(easy.get(), CURLOPT_MAXFILESIZE_LARGE, max_file_size(bounds));
    const CURLcode code = curl().easy_perform(easy.get());
    if (receiver.failure) return *std::move(receiver.failure);
    if (code != CURLE_OK) return explain(code, url.host);
    long status = 0;
    require(curl().easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &status));
    receiver.head.status = static_cast<int>(status);
    give_back(std::move(easy));
    return std::move(receiver.head);
  }

 private:
  /// Lets curl refuse by Content-Length before the first octet. Zero means "no bound" to curl: the receiver keeps that
  /// one.
  static curl_off_t max_file_size(const HttpBounds& bounds) {
    constexpr std::size_t kMost = std::size_t{1} << 62;
    return static_cast<curl_off_t>(std::min(bounds.max_response_bytes, kMost));
  }

  EasyPtr take_handle() {
    {
      const std::lock_guard lock(m_mutex);
      if (!m_idle.empty()) {
        EasyPtr easy = std::move(m_idle.back());
        m_idle.pop_back();
        return easy;
      }
    }
    EasyPtr easy(curl().easy_init());
    if (easy == nullptr) throw std::bad_alloc();
    return easy;
  }

  /// Only after a success: a handle keeps its open connections, and reset() all that concerned this request goes.
  void give_back(EasyPtr easy) {
    curl().easy_reset(easy.get());
    const std::lock_guard lock(m_mutex);
    if (m_idle.size() < kKeptHandles) m_idle.push_back(std::move(easy));
  }

  CurlOptions m_options;
  std::mutex m_mutex;
  std::vector<EasyPtr> m_idle;  // guarded by m_mutex
};

}  // namespace

std::unique_ptr<base::HttpExchange> make_curl_exchange(CurlOptions options) {
  return std::make_unique<CurlExchange>(std::move(options));
}

}  // namespace segell::net
