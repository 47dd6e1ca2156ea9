#pragma once

#include "app/notes.h"
#include "base/digest.h"
#include "base/json.h"
#include "consent/item.h"
#include "signer/pdf/fill_in.h"

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

/// What was laid out when the request was made: pages on which every choice has its place, as one revision of the
/// document, and how the choices are put in. It becomes part of the document when the person has chosen.
struct PreparedPaper {
  std::uint32_t base = 0;         ///< the stored revision that it extends
  std::string verification_code;  ///< as printed on it
  base::Sha256 rendition{};
  std::uint64_t pages = 0;  ///< of the whole document
  signer::pdf::FillInRecipe recipe;
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
  bool discreet = false;     ///< what the person takes home names no service
  std::vector<consent::ConsentItem> items;
  std::string signature_field;  ///< where the document has a place for this signer; empty: none of its own
  std::vector<std::string> methods;
  std::vector<std::string> meanings;           ///< what the signature may say; empty: what follows from the choices
  std::string address;                         ///< form of address: "formal", "familiar"; empty: formal
  std::string after;                           ///< the request that is signed first; empty: none
  std::string representation;                  ///< through which somebody signs for the person; empty: they sign
  std::string other_holder;                    ///< "sole", "declared", "signed": consent of another holder; empty: none
  std::string instead_of;                      ///< the request whose signature is void; empty: none
  std::string meaning;                         ///< what was signed, where meanings were offered
  std::string reservation;                     ///< the person's words beside a signature with reservation
  std::optional<Notes> notes;                  ///< of the conversation, with the newest answer that had some
  base::Json on_behalf;                        ///< consent that an official signs (official_act.h); null: none
  std::optional<PreparedPaper> paper;          ///< until the choices are made
  std::vector<consent::DecisionKind> choices;  ///< one an item once chosen, else empty
  std::optional<ShownRevision> shown;
  std::optional<base::Sha256> rendition;
};

base::Json to_json(const consent::ConsentItem& item);
/// Error: corrupt "app.record".
base::Result<consent::ConsentItem> item_from_json(const base::Json& json);

base::Json to_json(const RequestPayload& payload);
/// Error: corrupt "app.record".
base::Result<RequestPayload> request_payload_from_json(const base::Json& json);

/// Whether the professional saw for themselves who the person is: only then may a page say so.
bool professional_checked(const RequestPayload& payload) noexcept;

/// The words of a choice on the wire: "informed" for inform, else the decision's own.
std::string_view choice_word(consent::DecisionKind kind) noexcept;

/// The states of a signature request (domain 5.2).
namespace request_state {
inline constexpr std::string_view kWaiting = "waiting";  ///< somebody else signs first
inline constexpr std::string_view kCreated = "created";
inline constexpr std::string_view kPresented = "presented";
inline constexpr std::string_view kDeferred = "deferred";
inline constexpr std::string_view kSigned = "signed";
inline constexpr std::string_view kSignedWithReservation = "signed_with_reservation";
inline constexpr std::string_view kRefused = "refused";
inline constexpr std::string_view kCancelled = "cancelled";
inline constexpr std::string_view kRepudiated = "repudiated";  ///< signed, and the signature is void
/// Never stored: what a pending request is once its time is over.
inline constexpr std::string_view kExpired = "expired";
/// Whether the person may still act.
bool is_open(std::string_view state) noexcept;
/// Whether the person may still act, or will when their turn comes.
bool is_pending(std::string_view state) noexcept;
/// Whether the person signed.
bool is_signed(std::string_view state) noexcept;
/// Whether there is a signature on the paper, be it void.
bool has_signature(std::string_view state) noexcept;
}  // namespace request_state

}  // namespace segell::app
