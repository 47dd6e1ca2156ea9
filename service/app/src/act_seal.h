#pragma once

#include "app/visit.h"
#include "base/json.h"
#include "official_act.h"
#include "state.h"
#include "storage/transaction.h"

#include <functional>
#include <optional>
#include <string>

namespace segell::app {

/// What is known of an act that a device captured without a network, beside the act itself. The times of the device
/// are claims; that the act lies between `not_before` and `received` is proven.
struct CapturedEvidence {
  base::Instant not_before{};  ///< the package left the service
  base::Instant received{};    ///< the act came in: by this time the request was still open
  base::Bytes nonce;           ///< of the package, as the manifest and the custody envelope hold it
  base::Json device;           ///< {id,counter,signature,key,captured}
  base::Json times;            ///< {handedOver,captured} by the device's clock
  std::string identity;        ///< how the person was identified there; empty: as the request says
};

/// What a sealed act changes beside the document, in the same transaction; `answer` is what perform_act() answers.
using ActRecorder = std::function<base::Result<void>(storage::Transaction& transaction, const base::Json& answer)>;

/// How an act came about, where not by the person's own link. Borrowed for the call.
struct ActOrigin {
  const CapturedEvidence* captured = nullptr;  ///< a device captured it
  const OfficialEvidence* official = nullptr;  ///< an official signs on the person's behalf
};

/// The one way in which an act is sealed: perform_act(), by a link, from what a device captured, or by an official.
base::Result<base::Json> seal_act(Service::State& state, const VisitCaller& caller, const Act& act,
                                  const ActOrigin& origin, const ActRecorder& record);

}  // namespace segell::app
