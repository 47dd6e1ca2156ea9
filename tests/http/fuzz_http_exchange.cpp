// The whole rim on one connection: the first octet chooses the size of the pieces that come in. Whatever comes, the
// answers must not depend on it, and every answer must be one of ours.

#include "http/memory_transport.h"
#include "http/test_site.h"

#include <cstdlib>

namespace {

/// An answer without what differs from run to run.
std::string run(segell::base::BytesView says, std::size_t piece) {
  segell::tests::TestSite site;
  segell::http::BodyRoom room{segell::http::BodyBudget(4 << 20)};
  segell::http::ExchangeLimits limits;
  segell::tests::MemoryTransport transport(says, piece);
  segell::http::make_conversation(transport, site, room, limits, false)->proceed();
  if (!room.memory.take(4 << 20)) std::abort();  // a body's octets were not given back
  std::string statuses;
  const auto& answers = transport.m_answers;
  for (auto at = answers.find("HTTP/1.1 "); at != answers.npos; at = answers.find("HTTP/1.1 ", at + 9))
    statuses += answers.substr(at + 9, 4);
  return statuses + '/' + std::to_string(site.m_ran);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  const segell::base::BytesView says(reinterpret_cast<const std::byte*>(data) + 1, size - 1);
  // "100 Continue" is sent only while nothing of the body is there, so it alone may depend on the pieces.
  const auto strip = [](std::string text) {
    for (auto at = text.find("100 "); at != text.npos; at = text.find("100 ", at)) text.erase(at, 4);
    return text;
  };
  if (strip(run(says, data[0])) != strip(run(says, size))) std::abort();
  return 0;
}
