#pragma once

#include "events.h"

// Events about officials who sign on behalf of people (events.cddl, kinds 121 to 123).

namespace segell::app {

struct OfficialRegistered {
  storage::OfficialId official;
  storage::AccountId account;
  base::Instant since{};
  base::Instant until{};
  std::optional<base::Sha256> certificate;
};
struct OfficialWithdrawn {
  storage::OfficialId official;
  storage::AccountId account;
};
/// A person consented expressly that an official signs for them what was shown.
struct OnBehalfConsented {
  base::PersonId person;
  base::DocumentId document;
  RequestId request;
  base::Sha256 shown{};
  std::string meaning;
};

base::Bytes encode(const EventHead& head, const OfficialRegistered& event);
base::Bytes encode(const EventHead& head, const OfficialWithdrawn& event);
base::Bytes encode(const EventHead& head, const OnBehalfConsented& event);

}  // namespace segell::app
