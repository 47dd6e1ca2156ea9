#pragma once

#include "act_seal.h"
#include "app/visit.h"
#include "state.h"

#include <optional>
#include <string>
#include <vector>

namespace segell::app {

/// `segell.captured-act/1`: what a person did at a device while no network was there.
struct CapturedAct {
  storage::VisitId visit;
  storage::DeviceId device;
  RequestId request;
  base::Bytes nonce;          ///< 32 octets
  std::uint64_t counter = 0;  ///< of the device, from 1
  base::Instant handed_over{};
  base::Instant captured{};
  std::string identity;  ///< "id-seen", "known" or "none"; empty: as the request says
  std::string answer;    ///< "signed", "refused" or "deferred"
  std::vector<Choice> choices;
  std::optional<Act> act;          ///< exactly with "signed"; whether it fits the request is judged when it is sealed
  std::optional<CopyChoice> copy;  ///< none: nothing was chosen
  std::optional<Notes> notes;      ///< of the conversation, whatever the answer
};

/// The longest counter: what every reader of JSON holds without loss.
inline constexpr std::uint64_t kMostCounter = (std::uint64_t{1} << 53) - 1;

/// Judges the form alone. Errors: malformed "request.…" with the field's name; invalid_argument "act.bad-captured" for
/// a value that is none of its kind, "act.bad-notes".
base::Result<CapturedAct> parse_captured_act(const base::Json& json);

namespace captured_answer {
inline constexpr std::string_view kSigned = "signed";
}  // namespace captured_answer

}  // namespace segell::app
