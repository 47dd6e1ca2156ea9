#include "slots.h"

#include <doctest/doctest.h>

#include <optional>

using segell::app::Slots;

TEST_CASE("as many as there are slots, one more is told no, and a slot comes back at the end of its scope") {
  Slots slots(2);
  const Slots::Held first(slots);
  std::optional<Slots::Held> second;
  second.emplace(slots);
  CHECK(first);
  CHECK(*second);
  {
    const Slots::Held third(slots);
    CHECK_FALSE(third);
  }
  second.reset();
  const Slots::Held again(slots);
  CHECK(again);
  const Slots::Held beyond(slots);
  CHECK_FALSE(beyond);
}
