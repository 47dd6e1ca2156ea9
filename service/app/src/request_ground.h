#pragma once

#include "app/requests.h"
#include "request_payload.h"
#include "storage/transaction.h"

#include <map>
#include <string>

namespace segell::app {

/// What a new signature request stands on: everything that is read before anything is laid out.
struct RequestGround {
  RequestPayload payload;
  storage::DocumentRecord document;
  storage::RevisionRecord last;
  std::string person_name;
  std::string signer;  ///< in words, where somebody signs for the person
  std::map<std::string, std::string> notice_titles;
};

/// `draft`: what could be judged without the store. Errors of create_signature_request().
base::Result<RequestGround> load_ground(const storage::View& view, const NewSignatureRequest& request,
                                        RequestPayload draft, const base::DocumentId& document,
                                        const base::PersonId& person, base::Instant now);

/// What was read is still so: the person is there, whoever signs may still do so, and nobody else was asked meanwhile
/// to decide on the same paper.
base::Result<void> check_ground(const storage::View& view, const RequestGround& ground, const base::PersonId& person,
                                base::Instant now);

}  // namespace segell::app
