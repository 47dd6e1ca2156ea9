#include "support/curl_exchange.h"

#include "support/child_process.h"

namespace segell::tests {

base::Result<base::HttpHead> CurlExchange::exchange(const base::HttpRequest& request, const base::HttpBounds& bounds,
                                                    const base::BodySink& sink) {
  const TemporaryFolder folder;
  write_file(folder / "body", base::as_text(request.body));
  std::vector<std::string> command = {"curl",
                                      "-sS",
                                      "--max-time",
                                      std::to_string(bounds.deadline.count() / 1000.0),
                                      "-X",
                                      request.method,
                                      "--data-binary",
                                      "@" + (folder / "body").string(),
                                      "-o",
                                      folder / "answer",
                                      "-w",
                                      "%{http_code}"};
  for (const auto& [name, value] : request.headers) {
    command.push_back("-H");
    command.push_back(name + ": " + value);
  }
  command.push_back(request.url);
  const auto result = run(command);
  if (result.exit_code == 28) return base::fail(base::Code::timed_out, "http.timeout", "no answer in time");
  if (!result.ok()) return base::fail(base::Code::unavailable, "http.unreachable", result.err);
  const std::string body = std::filesystem::exists(folder / "answer") ? read_file(folder / "answer") : std::string();
  if (body.size() > bounds.max_response_bytes)
    return base::fail(base::Code::limit_exceeded, "http.too-large", "the answer is too large");
  SEGELL_CHECK(sink(base::as_bytes(body)));
  return base::HttpHead{std::stoi(result.out), {}};
}

}  // namespace segell::tests
