#pragma once

#include "signer/ades/cms.h"

#include <optional>
#include <string>

namespace segell::signer::ades {

/// Until when an algorithm may be relied on: never, for ever (no date), or with a proof of existence before a date.
struct AlgorithmLimit {
  bool accepted = true;
  std::optional<base::Instant> until;
  std::string name;
};

AlgorithmLimit limit_of(Digest digest);
AlgorithmLimit limit_of_key(const base::Certificate& certificate);

/// The strictest of several limits.
struct AlgorithmPolicy {
  bool accepted = true;
  std::optional<base::Instant> until;
  std::string weakest;

  void add(const AlgorithmLimit& limit);
};

}  // namespace segell::signer::ades
