#include "base/file.h"

#include "base/http_exchange.h"
#include "support/child_process.h"

#include <doctest/doctest.h>

#include <thread>

#include <sys/stat.h>
#include <unistd.h>

using namespace segell::base;
using segell::tests::TemporaryFolder;
using segell::tests::write_file;

TEST_CASE("a file is read whole up to the bound, and an error names it") {
  const TemporaryFolder folder;
  write_file(folder / "five", "12345");
  write_file(folder / "empty", "");
  CHECK(to_text(load_file(folder / "five", 5).value()) == "12345");
  CHECK(load_file(folder / "empty", 0).value().empty());
  const auto reason_of = [&](const std::filesystem::path& path, std::size_t bound) {
    const auto loaded = load_file(path, bound);
    REQUIRE_FALSE(loaded);
    CHECK(loaded.error().message.find(path.filename().string()) != std::string::npos);
    return std::string(loaded.error().reason);
  };
  CHECK(reason_of(folder / "five", 4) == "file.too-large");
  CHECK(reason_of(folder / "absent", 4) == "file.not-found");
  CHECK(reason_of(folder / "five" / "below", 4) == "file.not-found");
  CHECK(reason_of(folder.path(), 4) == "file.unreadable");
}

TEST_CASE("a pipe is read to its end, within the bound too") {
  const TemporaryFolder folder;
  const std::string pipe = (folder / "pipe").string();
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  const std::string content(200'000, 'x');
  for (const bool fits : {true, false}) {
    std::thread writer([&] {
      try {
        write_file(pipe, content);
      } catch (const std::exception&) {
        // the reader closed it early
      }
    });
    const auto loaded = load_file(pipe, fits ? content.size() : content.size() / 4);
    writer.join();
    CHECK(loaded.has_value() == fits);
    if (fits) CHECK(to_text(*loaded) == content);
  }
}

namespace {
/// Sends more than it may.
struct Boundless final : HttpExchange {
  Result<HttpHead> exchange(const HttpRequest& /*request*/, const HttpBounds& /*bounds*/,
                            const BodySink& sink) override {
    for (int i = 0; i < 3; ++i) SEGELL_CHECK(sink(as_bytes("0123456789")));
    return HttpHead{.status = 200, .headers = {{"content-type", "text/plain"}}};
  }
};
}  // namespace

TEST_CASE("fetch collects a body, and keeps the bound itself") {
  Boundless http;
  const auto whole = fetch(http, {.url = "http://example.invalid/"}, {.max_response_bytes = 30});
  REQUIRE(whole);
  CHECK(whole->head.status == 200);
  CHECK(to_text(whole->body) == "012345678901234567890123456789");
  const auto cut = fetch(http, {.url = "http://example.invalid/"}, {.max_response_bytes = 29});
  REQUIRE_FALSE(cut);
  CHECK(cut.error().reason == "http.too-large");
}
