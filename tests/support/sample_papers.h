#pragma once

#include "templates/fill.h"

#include <string>
#include <string_view>

// Filled templates with invented people, for every rendition that the shipped templates have.

namespace segell::tests {

/// The shipped template of that key; REQUIREs it.
const templates::Template& shipped(std::string_view key);

/// Everything that the template can hold, in the rendition's language.
templates::Input sample_input(std::string_view key, std::string_view language);

/// The filled template; REQUIREs success.
templates::Tree sample_tree(std::string_view key, std::string_view language);

}  // namespace segell::tests
