#include "pdf/field_looks.h"

#include "pdf/content_scan.h"
#include "signer/pdf/fields.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

namespace segell::signer::pdf {
namespace {

constexpr std::uint64_t kLooked = 256U << 10U;  ///< octets of one appearance
constexpr std::size_t kFrames = 4;              ///< rectangles of ground and frame

constexpr std::array kPainting{
    std::string_view("S"),  std::string_view("s"),  std::string_view("f"),  std::string_view("F"),
    std::string_view("f*"), std::string_view("B"),  std::string_view("B*"), std::string_view("b"),
    std::string_view("b*"), std::string_view("Do"), std::string_view("sh"), std::string_view("Tj"),
    std::string_view("TJ"), std::string_view("'"),  std::string_view("\""), std::string_view("BI")};
/// Paths of other shapes than rectangles.
constexpr std::array kShapes{std::string_view("m"), std::string_view("l"), std::string_view("c"), std::string_view("v"),
                             std::string_view("y")};

template <std::size_t N>
bool is_listed(std::string_view word, const std::array<std::string_view, N>& list) {
  return std::ranges::find(list, word) != list.end();
}

/// The stream of the normal appearance; null when there is none.
Object normal_look(const RevisionPair& pair, const Object& looks) {
  if (looks.as_stream() != nullptr || looks.as_dictionary() == nullptr) return looks;
  return pair.new_entry(*looks.as_dictionary(), "N");
}

/// Without white space, which is where lines break.
void add_letters(std::string_view text, std::string& out) {
  for (const char c : text)
    if (std::isspace(static_cast<unsigned char>(c)) == 0) out += c;
}

/// A font whose letters look as their codes say: one that was there before, or one of every reader's own.
bool is_plain_font(const RevisionPair& pair, const Object& resources, const std::vector<Object>& operands) {
  const std::string* name = operands.empty() ? nullptr : operands.front().as_name();
  const Object fonts = pair.new_entry(plain_dictionary(resources), "Font");
  const Object* held = name == nullptr ? nullptr : plain_dictionary(fonts).find(*name);
  if (held == nullptr) return false;
  if (const Ref* ref = held->as_reference(); ref != nullptr && pair.existed(ref->number)) return true;
  const auto font = pair.document.resolve(*held, pair.now);
  if (!font) return false;
  const Dictionary& entries = plain_dictionary(*font);
  const Object encoding = pair.new_entry(entries, "Encoding");
  return (entries.is_name("Subtype", "Type1") || entries.is_name("Subtype", "TrueType")) &&
         !entries.has("FontDescriptor") && encoding.as_dictionary() == nullptr;
}

}  // namespace

bool paints_nothing(const RevisionPair& pair, const Object& looks) {
  const Object look = normal_look(pair, looks);
  if (look.is_null()) return true;
  const Stream* stream = look.as_stream();
  const auto octets = stream == nullptr ? std::nullopt : pair.look_at(*stream, kLooked);
  return octets &&
         scan_content(base::as_text(*octets), [](std::string_view word, const std::vector<Object>& /*operands*/) {
           return !is_listed(word, kPainting);
         });
}

bool says_value(const RevisionPair& pair, const Object& looks, const Object& value) {
  const Object look = normal_look(pair, looks);
  const Stream* stream = look.as_stream();
  const String* text = value.as_string();
  if (stream == nullptr || text == nullptr) return false;
  const auto octets = pair.look_at(*stream, kLooked);
  if (!octets) return false;
  const Object resources = pair.new_entry(stream->dictionary, "Resources");
  std::string said, meant;
  std::size_t frames = 0;
  const bool read =
      scan_content(base::as_text(*octets), [&](std::string_view word, const std::vector<Object>& operands) {
        if (word == "Do" || word == "sh" || word == "BI" || is_listed(word, kShapes)) return false;
        if (word == "re") return said.empty() && ++frames <= kFrames;
        if (word == "Tf") return is_plain_font(pair, resources, operands);
        if (!is_listed(word, kPainting)) return true;
        for (const Object& operand : operands) {
          if (const String* shown = operand.as_string()) add_letters(shown->octets, said);
          if (const Array* pieces = operand.as_array())
            for (const Object& piece : *pieces)
              if (const String* shown = piece.as_string()) add_letters(shown->octets, said);
        }
        return true;
      });
  add_letters(text_of(*text), meant);
  return read && !meant.empty() && said == meant;
}

}  // namespace segell::signer::pdf
