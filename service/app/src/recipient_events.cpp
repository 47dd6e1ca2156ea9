#include "recipient_events.h"

#include "event_builder.h"

namespace segell::app {

base::Bytes encode(const EventHead& head, const RecipientNoticeDue& event) {
  using namespace event_parts;
  Cbor::Array recipients;
  for (const std::string& recipient : event.recipients) recipients.push_back(word(recipient));
  return Builder(EventKind::recipient_notice_due, head)
      .role()
      .put(4, id(event.person))
      .put(166, id(event.review))
      .put(170, std::move(recipients))
      .finish();
}

}  // namespace segell::app
