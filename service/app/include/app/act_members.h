#pragma once

#include "app/visit.h"
#include "base/fields.h"

#include <optional>
#include <string>

namespace segell::app {

/// The members of a signature on the wire, the same in POST /api/v1/visit/act and in a captured act.
struct ActMembers {
  struct Shown {
    std::string sha256;
    std::string sha512;
    std::uint64_t length = 0;
  };
  std::optional<Shown> shown;
  std::optional<std::string> method;
  std::optional<std::string> meaning;
  std::optional<std::string> reservation;
  std::optional<PictureInput> picture;
  std::optional<base::Bytes> envelope;
  std::optional<Diligence> diligence;
  const base::Json* capture = nullptr;  ///< borrowed from what is read

  /// Whether anything of a signature is there.
  [[nodiscard]] bool any() const;
};

void read_act_members(base::Fields& fields, ActMembers& to);

/// The members {questions[{asked,answered}],interpreter?{name,language,presence},supportPerson?{name,relation},
/// spokeAlone}. Their values are judged by whoever takes the notes.
void read_notes(base::Fields& fields, Notes& to);

/// The act, without notes; what its values say is judged when it is performed. Error: malformed
/// "request.missing-field".
base::Result<Act> to_act(ActMembers members);

}  // namespace segell::app
