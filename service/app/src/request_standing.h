#pragma once

#include "app/caller.h"
#include "request_payload.h"
#include "storage/transaction.h"
#include "template_document.h"

#include <optional>
#include <string>
#include <vector>

namespace segell::app {

/// What the requests of a document leave to another one: whether somebody decides already, which places are taken.
struct Standing {
  bool has_decider = false;
  std::vector<std::string> taken;  ///< form fields that somebody signed or is asked to sign
};

/// `except`: a request that does not stand in its own way.
base::Result<Standing> standing_of(const storage::View& view, const base::DocumentId& document, base::Instant now,
                                   const std::optional<RequestId>& except = {});

/// The request finds its place free, and nobody else deciding where it decides. Error: conflict
/// "request.document-moved".
base::Result<void> check_free(const Standing& standing, const RequestPayload& payload);

/// The place that waits for this signer; the first that nobody was asked to sign when none is named, empty when there
/// is none. Errors: conflict "request.signer-taken"; invalid_argument "request.unknown-signer".
base::Result<std::string> signing_place(const TemplateDocument& made, const Standing& standing,
                                        const std::string& wanted);

/// The state in which a request begins whose turn comes after `earlier`, a request of the same document: created once
/// that one is signed, waiting before. Errors: invalid_argument "request.bad-order"; conflict "request.earlier-over".
base::Result<std::string_view> turn_after(const storage::View& view, const base::DocumentId& document,
                                          const std::string& earlier, base::Instant now);

}  // namespace segell::app
