#include "app/events_samples.h"

#include "base/cbor.h"
#include "support/child_process.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <set>

using namespace segell;
using namespace segell::app;

namespace {

std::filesystem::path golden(const std::string& name) {
  return std::filesystem::path(SEGELL_VECTORS) / "events" / (name + ".v1.cbor");
}

}  // namespace

TEST_CASE("every kind of event is the golden file of its version, octet for octet") {
  for (const test::Sample& sample : test::sample_events()) {
    CAPTURE(sample.name);
    CHECK(tests::read_file(golden(sample.name)) == base::to_text(sample.bytes));
  }
}

TEST_CASE("every event is deterministic CBOR with version, kind, time and actor first") {
  std::set<std::int64_t> kinds;
  for (const test::Sample& sample : test::sample_events()) {
    CAPTURE(sample.name);
    const auto event = base::parse_cbor(sample.bytes);
    REQUIRE(event);
    const base::Cbor::Map& map = *event->as_map();
    CHECK(*map.at(0).as_int() == 1);
    CHECK(*map.at(2).as_int() == 1'790'000'000'123'456);
    CHECK(map.at(3).as_bytes()->size() == 16);
    const std::int64_t kind = *map.at(1).as_int();
    kinds.insert(kind);
    CHECK(sample.name.starts_with(to_string(static_cast<EventKind>(kind))));
  }
  CHECK(kinds.size() == 85);
}

TEST_CASE("the golden files fit the published schema, as a reader that shares no code sees them") {
  const auto checked = tests::run({"node", SEGELL_SOURCE_DIR "/tests/app/events_check.mjs",
                                   SEGELL_SOURCE_DIR "/service/app/events.cddl", SEGELL_VECTORS "/events"});
  INFO(checked.all());
  CHECK(checked.exit_code == 0);
  CHECK(checked.out.find("118 events fit") != std::string::npos);
}
