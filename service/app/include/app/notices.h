#pragma once

#include "app/caller.h"
#include "app/reply.h"
#include "app/service.h"

namespace segell::app {

struct NewNotice {
  std::string key;
  std::string language;  ///< BCP 47
  std::string title;
  std::string text;
};
/// Publishes the next version of a notice. Body: {"notice":{key,version,language,sha256}}. Error: invalid_argument
/// "notice.invalid".
base::Result<Reply> publish_notice(Service& service, const Caller& caller, const NewNotice& notice,
                                   const Idempotency& idempotency);

}  // namespace segell::app
