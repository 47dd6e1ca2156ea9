#pragma once

#include "base/fields.h"

namespace segell::http {

using base::Fields;

}  // namespace segell::http
