#pragma once

#include "base/digest.h"
#include "base/json.h"
#include "consent/item.h"

#include <optional>
#include <string>
#include <vector>

namespace segell::app {

/// Which revision the person is shown, once the document is frozen for them.
struct ShownRevision {
  std::uint32_t index = 0;
  std::uint64_t length = 0;
  base::Sha256 sha256{};
  base::Sha512 sha512{};
  std::uint64_t pages = 0;
  bool choices_on_page = false;  ///< false: the document came signed; the choices stand in the sealed facts only
};

/// The personal part of a signature request, as stored.
struct RequestPayload {
  std::string title;
  std::string language;
  std::string capacity;
  std::string identity_kind;
  int identity_level = 0;
  std::string identity_detail;
  std::string professional;  ///< empty: nobody was named
  std::vector<consent::ConsentItem> items;
  std::vector<std::string> methods;
  std::vector<consent::DecisionKind> choices;  ///< one an item once chosen, else empty
  std::optional<ShownRevision> shown;
  std::optional<base::Sha256> rendition;
};

base::Json to_json(const RequestPayload& payload);
/// Error: corrupt "app.record".
base::Result<RequestPayload> request_payload_from_json(const base::Json& json);

/// Whether the professional saw for themselves who the person is: only then may a page say so.
bool professional_checked(const RequestPayload& payload) noexcept;

/// The words of a choice on the wire: "informed" for inform, else the decision's own.
std::string_view choice_word(consent::DecisionKind kind) noexcept;

/// The states of a signature request (domain 5.2).
namespace request_state {
inline constexpr std::string_view kCreated = "created";
inline constexpr std::string_view kPresented = "presented";
inline constexpr std::string_view kDeferred = "deferred";
inline constexpr std::string_view kSigned = "signed";
inline constexpr std::string_view kSignedWithReservation = "signed_with_reservation";
inline constexpr std::string_view kRefused = "refused";
/// Whether the person may still act.
bool is_open(std::string_view state) noexcept;
}  // namespace request_state

}  // namespace segell::app
