#pragma once

#include "pdf/content_scan.h"

#include <optional>
#include <string_view>
#include <vector>

namespace segell::signer::pdf {

/// Whether an operator is one of several.
template <typename... Words>
constexpr bool is_any(std::string_view word, Words... words) {
  return ((word == words) || ...);
}

/// What an operator does to the path before it ends it (ISO 32000-1, table 60).
struct Painting {
  bool fills = false, strokes = false, closes = false, even_odd = false;
};
/// Nothing for operators that do not end a path.
std::optional<Painting> painting_of(std::string_view word);

/// What an operator of table 74 chooses, for what is filled or for what is stroked.
struct ColourChoice {
  enum class Kind { space, device_colour, colour };  ///< cs; g rg k, which choose their space too; sc scn
  Kind kind = Kind::space;
  bool strokes = false;
};
/// Nothing for operators that choose no colour.
std::optional<ColourChoice> colour_choice(std::string_view word);

/// DeviceGray, DeviceRGB or DeviceCMYK (8.6.4).
bool is_device_space(const std::string* name);
/// The numbers of its colours; 0 for other spaces.
std::size_t device_components(const std::string* name);

/// How many numbers an operator takes that moves the coordinates (cm), makes a path (table 59) or says how text stands
/// (tables 105 and 108); nothing for others.
std::optional<std::size_t> numbers_taken(std::string_view word);

/// Whether these are as many; an operator that takes none leaves alone what stands before it.
inline bool takes(std::string_view word, std::span<const double> numbers) {
  const auto count = numbers_taken(word);
  return count && (*count == 0 || *count == numbers.size());
}

/// What a text-showing operator shows, in order (table 109): the operands that are strings, and the parts of arrays:
/// strings and shifts between them.
std::vector<const Object*> shown_parts(const Instruction& instruction);

/// What an operator names among the resources of a kind (7.8.3); null when there is none. Errors: those of the source.
base::Result<Object> named_resource(const Document& document, const Object& resources, std::string_view kind,
                                    const Instruction& instruction, RevisionIndex as_of);

/// What the names inside of a form object stand for: its own resources, or the ones around it. Errors: those of the
/// source.
base::Result<Object> form_resources(const Document& document, const Stream& form, const Object& outer,
                                    RevisionIndex as_of);

}  // namespace segell::signer::pdf
