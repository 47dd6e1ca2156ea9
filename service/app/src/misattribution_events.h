#pragma once

#include "events.h"
#include "storage/misattributions.h"

// Events about a signature of another person than the one who was asked (events.cddl, kinds 150 to 157, and 159). All
// are of the person who was asked; who signed instead, what was seen and why it was decided so are in none of them.

namespace segell::app {

struct MisattributionRaised {
  base::PersonId person;
  base::DocumentId document;
  RequestId request;
  storage::MisattributionId misattribution;
  base::Sha256 words{};  ///< SHA-256(salt ‖ canonical JSON of {"type":"reason","value":…})
};
struct MisattributionRejected {
  base::PersonId person;
  storage::MisattributionId misattribution;
  base::Sha256 reason{};
};
/// From here on the signature counts for nothing. The document up to and with it stays what it is.
struct SignatureRepudiated {
  base::PersonId person;
  base::DocumentId document;
  RequestId request;
  storage::MisattributionId misattribution;
  std::uint32_t revision = 0;
  base::Sha256 sha256{};    ///< of the document up to and including the signature
  base::Sha256 manifest{};  ///< of the evidence manifest that the signature carries
  base::Sha256 reason{};
};
struct EnvelopeErased {
  base::PersonId person;
  base::DocumentId document;
  std::uint32_t revision = 0;
  base::Sha256 envelope{};
  storage::MisattributionId misattribution;
};
/// The person's paper was shown to somebody else, who signed it.
struct IncidentOpened {
  base::PersonId person;
  base::DocumentId document;
  storage::MisattributionId misattribution;
  base::Instant shown{};
  base::Instant due{};  ///< GDPR article 33.1
};
struct IncidentEnded {
  base::PersonId person;
  std::string answer;  ///< "reported", "not-needed"
  storage::MisattributionId misattribution;
  base::Sha256 reason{};
};
/// Its words were read.
struct MisattributionOpened {
  base::PersonId person;
  storage::MisattributionId misattribution;
};
struct RecipientTold {
  base::PersonId person;
  std::string recipient;
  storage::MisattributionId misattribution;
};

/// The record of what is void on a document left the service.
struct VoidRecordMade {
  std::optional<base::PersonId> person;  ///< none where they were erased
  base::DocumentId document;
  base::Sha256 sha256{};
};

base::Bytes encode(const EventHead& head, const MisattributionRaised& event);
base::Bytes encode(const EventHead& head, const MisattributionRejected& event);
base::Bytes encode(const EventHead& head, const SignatureRepudiated& event);
base::Bytes encode(const EventHead& head, const EnvelopeErased& event);
base::Bytes encode(const EventHead& head, const IncidentOpened& event);
base::Bytes encode(const EventHead& head, const IncidentEnded& event);
base::Bytes encode(const EventHead& head, const MisattributionOpened& event);
base::Bytes encode(const EventHead& head, const RecipientTold& event);
base::Bytes encode(const EventHead& head, const VoidRecordMade& event);

}  // namespace segell::app
