#include "http/chunked.h"

#include <doctest/doctest.h>

#include <string>

using segell::base::as_bytes;
using segell::base::Bytes;
using segell::http::ChunkedDecoder;

namespace {

struct ChunkOutcome {
  std::string content;
  std::string left;
  std::string reason;  ///< empty: well-formed so far
  bool done = false;
};

ChunkOutcome decode(std::string_view input, std::size_t step, std::uint64_t cap = 1000) {
  ChunkedDecoder decoder(cap);
  Bytes content;
  std::size_t at = 0;
  while (at < input.size() && !decoder.done()) {
    const auto used = decoder.feed(as_bytes(input.substr(at, step)), content);
    if (!used) return {segell::base::to_text(content), {}, std::string(used.error().reason), false};
    at += *used;
  }
  return {segell::base::to_text(content), std::string(input.substr(at)), {}, decoder.done()};
}

}  // namespace

TEST_CASE("chunks are joined, whatever the pieces they come in, and what follows stays") {
  for (const std::size_t step : {1u, 2u, 3u, 7u, 1000u}) {
    const auto seen = decode("5\r\nhello\r\n0A\r\n, worlds!!\r\n0\r\n\r\nGET /", step);
    CHECK(seen.reason.empty());
    CHECK(seen.done);
    CHECK(seen.content == "hello, worlds!!");
    CHECK(seen.left == "GET /");
  }
}

TEST_CASE("broken chunks are refused") {
  const char* const rows[] = {
      "\r\n",                    // no size
      "g\r\n",                   // no digit
      "-1\r\n",                  // a sign
      "0x5\r\nhello\r\n",        // a prefix
      " 5\r\nhello\r\n",         // a space
      "5 \r\nhello\r\n",         // a space behind
      "5;a=b\r\nhello\r\n",      // an extension
      "5\nhello\n0\n\n",         // bare line feeds
      "5\r\nhello0\r\n\r\n",     // no line end after the data
      "5\r\nhelloo\r\n0\r\n",    // one octet too many
      "5\r\nhell\r\n0\r\n\r\n",  // one octet too few
      "5\rxhello",               // a bare carriage return
      "000000005\r\nhello",      // nine digits
      "FFFFFFFFFFFFFFFF1\r\n",   // an overflow elsewhere
      "0\r\nX: y\r\n\r\n",       // a trailer field
      "0\r\n\n",                 // an end in a bare line feed
  };
  for (const auto* row : rows) {
    CAPTURE(row);
    CHECK(decode(row, 1).reason == "http.chunked");
    CHECK(decode(row, 1000).reason == "http.chunked");
  }
}

TEST_CASE("the cap counts the sum of all chunks, from their sizes") {
  CHECK(decode("5\r\nhello\r\n5\r\nhello\r\n0\r\n\r\n", 1000, 10).done);
  CHECK(decode("5\r\nhello\r\n6\r\n", 1000, 10).reason == "http.body-too-large");
  CHECK(decode("FFFFFFFF\r\n", 1000, 10).reason == "http.body-too-large");
}
