#pragma once

#include "app/persons.h"
#include "storage/persons.h"

#include <string>
#include <string_view>

namespace segell::app {

/// An identifier as it is kept and compared: upper case, without the blanks, dots and dashes that people put in.
std::string normal_identifier(std::string_view value);

/// One as it was sent. Error: invalid_argument "person.bad-identifier".
base::Result<storage::OutsideIdentifier> outside_identifier(const NewPerson::Identifier& sent);

}  // namespace segell::app
