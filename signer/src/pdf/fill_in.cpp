#include "signer/pdf/fill_in.h"

#include "base/encoding.h"
#include "pdf/page_copy.h"
#include "signer/pdf/fields.h"
#include "signer/pdf/revision_writer.h"

#include <algorithm>
#include <set>

namespace segell::signer::pdf {
namespace {

constexpr std::string_view kSchema = "segell.fill-in/1";
constexpr std::size_t kShortestName = 16;  // so that what keeps its place until then cannot be met by chance
constexpr std::size_t kLongestName = 32;
constexpr std::size_t kSlots = 500;
constexpr std::size_t kChoices = 16;
constexpr std::size_t kPlaces = 2;  // /V and /AS
constexpr std::size_t kAppend = 1U << 20U;
constexpr std::size_t kText = 128;

base::Failure bad_fill_in(std::string_view reason, std::string message) {
  return base::fail(base::Code::invalid_argument, reason, std::move(message));
}
base::Failure malformed(std::string message) {
  return base::fail(base::Code::malformed, "fill-in.malformed", std::move(message));
}

bool is_state(std::string_view name) {
  return !name.empty() && name.size() <= kLongestName &&
         std::all_of(name.begin(), name.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
}

/// A name that stands in for a choice while the revision is written: it follows from the base alone.
std::string stand_in(const base::Sha256& base, std::size_t index, std::size_t width) {
  base::Hasher hasher(base::HashAlgorithm::sha256);
  hasher.update(base);
  hasher.update(base::as_bytes(std::to_string(index)));
  return "Q" + base::to_hex(hasher.finish_sha256()).substr(0, width - 1);
}

/// The octets of the whole document, hashed without holding them.
base::Result<base::Sha256> digest_of(const Document& document) {
  base::Hasher hasher(base::HashAlgorithm::sha256);
  base::Bytes buffer(1U << 16U);
  for (std::uint64_t at = 0; at < document.length();) {
    const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), document.length() - at));
    SEGELL_CHECK(document.source().read(at, std::span(buffer).first(count)));
    hasher.update(base::BytesView(buffer).first(count));
    at += count;
  }
  return hasher.finish_sha256();
}

/// The states that the field's one widget can show.
base::Result<void> check_field(const Document& base, const Field& field, const FillInField& wanted) {
  const auto refuse = [&] {
    return bad_fill_in("pdf.choice-states", "the field " + wanted.field + " cannot show a choice");
  };
  const auto* dictionary = field.object.as_dictionary();
  if (field.type != "Btn" || field.widgets.size() != 1 || field.widgets[0] != field.ref || dictionary == nullptr)
    return refuse();
  SEGELL_TRY(const auto appearances, base.get(*dictionary, "AP"));
  if (appearances.as_dictionary() == nullptr) return refuse();
  SEGELL_TRY(const auto normal, base.get(*appearances.as_dictionary(), "N"));
  if (normal.as_dictionary() == nullptr || normal.as_stream() != nullptr) return refuse();
  if (wanted.choices.empty() || wanted.choices.size() > kChoices) return refuse();
  for (const FillInChoice& choice : wanted.choices)
    if (!is_state(choice.state) || !normal.as_dictionary()->has(choice.state)) return refuse();
  return base::ok();
}

/// Puts spaces in the place of the stand-ins and notes where they were.
base::Result<std::vector<std::size_t>> clear(base::Bytes& append, const std::string& name) {
  std::vector<std::size_t> places;
  const std::string token = "/" + name;
  for (std::size_t at = base::as_text(append).find(token); at != std::string_view::npos;
       at = base::as_text(append).find(token, at + 1)) {
    places.push_back(at + 1);
    std::fill_n(append.begin() + static_cast<std::ptrdiff_t>(at + 1), name.size(), std::byte{' '});
  }
  if (places.size() != kPlaces)
    return base::fail(base::Code::internal, "fill-in.places", "a field's value does not stand twice in its revision");
  return places;
}

const std::string* state_of(const FillInRecipe::Slot& slot, std::string_view choice) {
  const auto found = std::find_if(slot.choices.begin(), slot.choices.end(),
                                  [&](const FillInChoice& one) { return one.choice == choice; });
  return found == slot.choices.end() ? nullptr : &found->state;
}

const std::string* text_member(const base::Json& json, const char* name) {
  const base::Json* member = json.find(name);
  const std::string* text = member == nullptr ? nullptr : member->as_string();
  return text == nullptr || text->empty() ? nullptr : text;
}

const std::int64_t* number_member(const base::Json& json, const char* name) {
  const base::Json* member = json.find(name);
  const std::int64_t* number = member == nullptr ? nullptr : member->as_int();
  return number == nullptr || *number < 0 ? nullptr : number;
}

base::Result<void> parse_base(const base::Json& json, FillInRecipe& recipe) {
  const base::Json* base = json.find("base");
  if (base == nullptr) return malformed("a recipe names its base");
  const auto* length = number_member(*base, "length");
  const auto* sha256 = text_member(*base, "sha256");
  const auto digest = base::from_hex(sha256 == nullptr ? std::string_view() : std::string_view(*sha256));
  if (length == nullptr || !digest || digest->size() != recipe.base_sha256.size())
    return malformed("a recipe names length and SHA-256 of its base");
  recipe.base_length = static_cast<std::uint64_t>(*length);
  std::copy(digest->begin(), digest->end(), recipe.base_sha256.begin());
  return base::ok();
}

/// One slot, whose places must lie behind `from` in the octets: gives where they end.
base::Result<std::size_t> parse_slot(const base::Json& json, FillInRecipe& recipe, std::size_t from) {
  FillInRecipe::Slot slot;
  const auto* item = text_member(json, "item");
  const base::Json* at = json.find("at");
  const base::Json* choices = json.find("choices");
  if (item == nullptr || item->size() > kText || at == nullptr || at->as_array() == nullptr || choices == nullptr ||
      choices->as_object() == nullptr)
    return malformed("a slot has an item, places and choices");
  slot.item = *item;
  if (at->as_array()->size() != kPlaces) return malformed("a slot has two places");
  for (const base::Json& place : *at->as_array()) {
    const std::int64_t* offset = place.as_int();
    if (offset == nullptr || *offset < static_cast<std::int64_t>(std::max<std::size_t>(from, 1)) ||
        static_cast<std::uint64_t>(*offset) + recipe.width > recipe.append.size())
      return malformed("a place lies outside of the octets, or not behind the one before");
    const auto here = static_cast<std::size_t>(*offset);
    const std::string_view text = base::as_text(recipe.append);
    if (text[here - 1] != '/' || text.substr(here, recipe.width).find_first_not_of(' ') != std::string_view::npos)
      return malformed("a place is not empty");
    slot.at.push_back(here);
    from = here + recipe.width;
  }
  const auto& list = *choices->as_object();
  if (list.empty() || list.size() > kChoices) return malformed("a slot has 1 to 16 choices");
  for (const auto& [choice, state] : list) {
    if (choice.empty() || choice.size() > kText || state.as_string() == nullptr || !is_state(*state.as_string()) ||
        state.as_string()->size() > recipe.width)
      return malformed("a choice's name is malformed");
    slot.choices.push_back({choice, *state.as_string()});
  }
  recipe.slots.push_back(std::move(slot));
  return from;
}

}  // namespace

base::Result<FillInRecipe> make_fill_in(const Document& base, const std::vector<FillInField>& fields) {
  SEGELL_CHECK(check_unsigned(base));
  FillInRecipe recipe;
  recipe.base_length = base.length();
  SEGELL_TRY(recipe.base_sha256, digest_of(base));
  recipe.width = kShortestName;
  for (const FillInField& field : fields)
    for (const FillInChoice& choice : field.choices) recipe.width = std::max(recipe.width, choice.state.size());
  if (fields.empty()) return recipe;
  if (fields.size() > kSlots)
    return base::fail(base::Code::limit_exceeded, "pdf.limit.fields", "too many fields are to be filled in");
  SEGELL_TRY(const Form form, read_form(base));
  SEGELL_TRY(auto writer, RevisionWriter::begin(base));
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const auto found = std::find_if(form.fields.begin(), form.fields.end(),
                                    [&](const Field& one) { return one.name == fields[i].field; });
    if (found == form.fields.end())
      return base::fail(base::Code::not_found, "pdf.no-such-field", "the document has no field " + fields[i].field);
    SEGELL_CHECK(check_field(base, *found, fields[i]));
    const std::string name = "/" + stand_in(recipe.base_sha256, i, recipe.width);
    SEGELL_CHECK(writer.set_key(found->ref, "V", name));
    SEGELL_CHECK(writer.set_key(found->ref, "AS", name));
  }
  SEGELL_TRY(auto appended, std::move(writer).finish());
  recipe.append = std::move(appended.bytes);
  if (recipe.append.size() > kAppend)
    return base::fail(base::Code::limit_exceeded, "pdf.limit.fields", "too many fields are to be filled in");
  for (std::size_t i = 0; i < fields.size(); ++i) {
    SEGELL_TRY(auto places, clear(recipe.append, stand_in(recipe.base_sha256, i, recipe.width)));
    recipe.slots.push_back({fields[i].item, std::move(places), fields[i].choices});
  }
  // Objects are written by number: places ascend in that order, whatever the order of the items.
  std::sort(recipe.slots.begin(), recipe.slots.end(),
            [](const auto& a, const auto& b) { return a.at.front() < b.at.front(); });
  return recipe;
}

base::Result<base::Bytes> fill_in(const FillInRecipe& recipe, const FillInChoices& choices) {
  base::Bytes out = recipe.append;
  for (const auto& slot : recipe.slots) {
    const auto chosen = choices.find(slot.item);
    if (chosen == choices.end()) return bad_fill_in("fill-in.missing", "no choice was made for " + slot.item);
    const std::string* state = state_of(slot, chosen->second);
    if (state == nullptr) return bad_fill_in("fill-in.not-offered", "that choice is not offered for " + slot.item);
    for (const std::size_t at : slot.at)
      std::copy_n(base::as_bytes(*state).begin(), state->size(), out.begin() + static_cast<std::ptrdiff_t>(at));
  }
  for (const auto& [item, choice] : choices) {
    const auto knows = [name = item](const auto& slot) { return slot.item == name; };
    if (std::none_of(recipe.slots.begin(), recipe.slots.end(), knows))
      return bad_fill_in("fill-in.unknown", "there is nothing to choose by the name " + item);
  }
  return out;
}

base::Json to_json(const FillInRecipe& recipe) {
  base::Json json = base::Json::object({{"schema", kSchema}});
  json.set("base", base::Json::object({{"length", recipe.base_length}, {"sha256", base::to_hex(recipe.base_sha256)}}));
  json.set("width", std::uint64_t{recipe.width});
  json.set("append", base::to_base64(recipe.append));
  base::Json slots = base::Json::array();
  for (const auto& slot : recipe.slots) {
    base::Json at = base::Json::array();
    for (const std::size_t place : slot.at) at.push(std::uint64_t{place});
    base::Json choices = base::Json::object();
    for (const auto& [choice, state] : slot.choices) choices.set(choice, state);
    slots.push(base::Json::object({{"item", slot.item}, {"at", std::move(at)}, {"choices", std::move(choices)}}));
  }
  json.set("slots", std::move(slots));
  return json;
}

base::Result<FillInRecipe> parse_fill_in(const base::Json& json) {
  const auto* schema = text_member(json, "schema");
  if (schema == nullptr || *schema != kSchema || json.as_object()->size() != 5) return malformed("no segell.fill-in/1");
  FillInRecipe recipe;
  SEGELL_CHECK(parse_base(json, recipe));
  const auto* width = number_member(json, "width");
  if (width == nullptr || *width < 1 || *width > static_cast<std::int64_t>(kLongestName))
    return malformed("the width of a place is 1 to 32 octets");
  recipe.width = static_cast<std::size_t>(*width);
  const base::Json* append = json.find("append");
  const base::Json* slots = json.find("slots");
  if (append == nullptr || append->as_string() == nullptr || slots == nullptr || slots->as_array() == nullptr ||
      append->as_string()->size() > kAppend * 2 || slots->as_array()->size() > kSlots)
    return malformed("a recipe has octets to append and slots");
  auto octets = base::from_base64(*append->as_string());
  if (!octets || octets->size() > kAppend) return malformed("the octets to append are no base64, or too many");
  recipe.append = *std::move(octets);
  std::size_t from = 0;
  std::set<std::string_view> items;
  for (const base::Json& slot : *slots->as_array()) {
    SEGELL_TRY(from, parse_slot(slot, recipe, from));
  }
  for (const auto& slot : recipe.slots)
    if (!items.insert(slot.item).second) return malformed("an item has two slots");
  return recipe;
}

}  // namespace segell::signer::pdf
