#include "pdf/content_operators.h"

#include <utility>

namespace segell::signer::pdf {

std::optional<Painting> painting_of(std::string_view word) {
  const bool both = is_any(word, "B", "B*", "b", "b*");
  const Painting out{both || is_any(word, "f", "F", "f*"), both || is_any(word, "S", "s"), is_any(word, "s", "b", "b*"),
                     word.ends_with('*')};
  return out.fills || out.strokes || word == "n" ? std::optional(out) : std::nullopt;
}

std::optional<ColourChoice> colour_choice(std::string_view word) {
  const bool strokes = is_any(word, "CS", "G", "RG", "K", "SC", "SCN");
  if (is_any(word, "cs", "CS")) return ColourChoice{ColourChoice::Kind::space, strokes};
  if (is_any(word, "g", "G", "rg", "RG", "k", "K")) return ColourChoice{ColourChoice::Kind::device_colour, strokes};
  if (is_any(word, "sc", "SC", "scn", "SCN")) return ColourChoice{ColourChoice::Kind::colour, strokes};
  return std::nullopt;
}

std::size_t device_components(const std::string* name) {
  if (name == nullptr) return 0;
  return *name == "DeviceGray" ? 1 : *name == "DeviceRGB" ? 3 : *name == "DeviceCMYK" ? 4 : 0;
}

bool is_device_space(const std::string* name) { return device_components(name) != 0; }

std::optional<std::size_t> numbers_taken(std::string_view word) {
  if (is_any(word, "h", "BT", "T*")) return 0;
  if (is_any(word, "TL", "Tc", "Tw", "Tz", "Ts")) return 1;
  if (is_any(word, "m", "l", "Td", "TD")) return 2;
  if (is_any(word, "v", "y", "re")) return 4;
  if (is_any(word, "c", "cm", "Tm")) return 6;
  return std::nullopt;
}

std::vector<const Object*> shown_parts(const Instruction& instruction) {
  std::vector<const Object*> out;
  for (const Object& operand : instruction.operands) {
    if (operand.as_string() != nullptr) out.push_back(&operand);
    if (const Array* parts = operand.as_array())
      for (const Object& part : *parts) out.push_back(&part);
  }
  return out;
}

base::Result<Object> named_resource(const Document& document, const Object& resources, std::string_view kind,
                                    const Instruction& instruction, RevisionIndex as_of) {
  const std::string* name = instruction.name();
  if (name == nullptr || resources.as_dictionary() == nullptr) return Object();
  SEGELL_TRY(const auto list, document.get(*resources.as_dictionary(), kind, as_of));
  return list.as_dictionary() == nullptr ? Object() : document.get(*list.as_dictionary(), *name, as_of);
}

base::Result<Object> form_resources(const Document& document, const Stream& form, const Object& outer,
                                    RevisionIndex as_of) {
  SEGELL_TRY(auto own, document.get(form.dictionary, "Resources", as_of));
  return own.as_dictionary() != nullptr ? std::move(own) : outer;
}

}  // namespace segell::signer::pdf
