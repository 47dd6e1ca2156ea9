#pragma once

#include "app/visit.h"
#include "state.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace segell::app {

/// The frozen octets as a page says that it made them, digests in hexadecimal; nothing where it let us make them.
struct MadeOctets {
  std::optional<std::string> sha256;
  std::optional<std::string> sha512;
  std::optional<std::uint64_t> length;
};

/// The one way in which choices become part of a document: choose(), by a link or from what a device captured. `judged`
/// is the time by which the request was still open.
base::Result<Reply> freeze_choices(Service::State& state, const VisitCaller& caller, const std::vector<Choice>& choices,
                                   const MadeOctets& made, base::Instant judged);

}  // namespace segell::app
