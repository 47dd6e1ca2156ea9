#include "signer/pdf/pages.h"

#include "signer/pdf/limits.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <unordered_set>

namespace segell::signer::pdf {
namespace {

constexpr double kLargest = 1e7;  ///< points; annex C allows 14,400 for a page

base::Failure bad_page_tree(std::string_view what) {
  return base::fail(base::Code::malformed, "pdf.page-tree", std::string(what));
}

/// Attributes that a page inherits (table 30), nearest first as the walk goes down.
struct Inherited {
  Object resources;
  Object media_box;
  Object crop_box;
  Object rotate;
};

void inherit(const Dictionary& node, Inherited& inherited) {
  const auto take = [&](std::string_view key, Object& into) {
    if (const auto* value = node.find(key)) into = *value;
  };
  take("Resources", inherited.resources);
  take("MediaBox", inherited.media_box);
  take("CropBox", inherited.crop_box);
  take("Rotate", inherited.rotate);
}

/// Depth-first over the tree; `visit` returns false to stop.
class TreeWalk {
 public:
  using Visit = std::function<bool(Ref, const Object&, const Inherited&)>;

  TreeWalk(const Document& document, RevisionIndex as_of, const Visit& visit)
      : m_document(document), m_as_of(as_of), m_visit(visit) {}

  base::Result<void> run() {
    SEGELL_TRY(const auto catalog, m_document.catalog(m_as_of));
    const auto* root = catalog.as_dictionary()->reference("Pages");
    if (root == nullptr) return bad_page_tree("the catalog names no page tree");
    SEGELL_CHECK(node(*root, {}, 0));
    return base::ok();
  }

 private:
  base::Result<bool> node(Ref ref, Inherited inherited, std::size_t depth) {
    if (depth > limits::kTreeDepth) return bad_page_tree("the page tree is too deep");
    if (!m_seen.insert(ref.number).second) return bad_page_tree("the page tree names a node twice");
    if (m_seen.size() > limits::kPages) {
      return base::fail(base::Code::limit_exceeded, "pdf.limit.pages", "the document has too many pages");
    }
    SEGELL_TRY(const auto object, m_document.load(ref, m_as_of));
    const auto* dictionary = object.as_dictionary();
    if (dictionary == nullptr) return bad_page_tree("a node of the page tree is no dictionary");
    inherit(*dictionary, inherited);
    const bool page = dictionary->is_name("Type", "Page") || !dictionary->has("Kids");
    if (page) return m_visit(ref, object, inherited);
    SEGELL_TRY(const auto kids, m_document.get(*dictionary, "Kids", m_as_of));
    const auto* list = kids.as_array();
    if (list == nullptr) return bad_page_tree("a node of the page tree has no kids");
    for (const auto& kid : *list) {
      const auto* next = kid.as_reference();
      if (next == nullptr) return bad_page_tree("a kid of the page tree is no reference");
      SEGELL_TRY(const bool more, node(*next, inherited, depth + 1));
      if (!more) return false;
    }
    return true;
  }

  const Document& m_document;
  RevisionIndex m_as_of;
  const Visit& m_visit;
  std::unordered_set<std::uint32_t> m_seen;
};

base::Result<void> walk(const Document& document, RevisionIndex as_of, const TreeWalk::Visit& visit) {
  return TreeWalk(document, as_of, visit).run();
}

Rect meet(const Rect& a, const Rect& b) {
  return {std::max(a.left, b.left), std::max(a.bottom, b.bottom), std::min(a.right, b.right), std::min(a.top, b.top)};
}

base::Result<void> place(const Document& document, RevisionIndex as_of, const Inherited& inherited, Page& page) {
  SEGELL_TRY(page.resources, document.resolve(inherited.resources, as_of));
  SEGELL_TRY(page.media_box, read_rect(document, inherited.media_box, as_of));
  page.crop_box = page.media_box;
  if (!inherited.crop_box.is_null()) {
    SEGELL_TRY(const auto crop, read_rect(document, inherited.crop_box, as_of));
    page.crop_box = meet(crop, page.media_box);
    if (page.crop_box.width() <= 0 || page.crop_box.height() <= 0) page.crop_box = page.media_box;
  }
  SEGELL_TRY(const auto rotate, document.resolve(inherited.rotate, as_of));
  if (const auto* turns = rotate.as_integer()) {
    if (*turns % 90 != 0) return base::fail(base::Code::malformed, "pdf.page", "a page's /Rotate is no quarter turn");
    page.rotate = static_cast<int>((*turns % 360 + 360) % 360);
  }
  SEGELL_TRY(const auto unit, document.get(*page.object.as_dictionary(), "UserUnit", as_of));
  double value = 1;
  if (unit.as_number(value) && value > 0 && value <= 75'000) page.user_unit = value;
  return base::ok();
}

}  // namespace

double Page::shown_width() const noexcept {
  return user_unit * (rotate % 180 == 0 ? crop_box.width() : crop_box.height());
}
double Page::shown_height() const noexcept {
  return user_unit * (rotate % 180 == 0 ? crop_box.height() : crop_box.width());
}

Rect Page::to_user_space(const Rect& upright) const noexcept {
  const Rect r = {upright.left / user_unit, upright.bottom / user_unit, upright.right / user_unit,
                  upright.top / user_unit};
  const Rect& c = crop_box;
  switch (rotate) {
    case 90:  // the page's up shows to the right, its right shows down
      return {c.right - r.top, c.bottom + r.left, c.right - r.bottom, c.bottom + r.right};
    case 180:
      return {c.right - r.right, c.top - r.top, c.right - r.left, c.top - r.bottom};
    case 270:
      return {c.left + r.bottom, c.top - r.right, c.left + r.top, c.top - r.left};
    default:
      return {c.left + r.left, c.bottom + r.bottom, c.left + r.right, c.bottom + r.top};
  }
}

Rect Page::to_upright(const Rect& user) const noexcept {
  const Rect& c = crop_box;
  Rect r;
  switch (rotate) {
    case 90:
      r = {user.bottom - c.bottom, c.right - user.right, user.top - c.bottom, c.right - user.left};
      break;
    case 180:
      r = {c.right - user.right, c.top - user.top, c.right - user.left, c.top - user.bottom};
      break;
    case 270:
      r = {c.top - user.top, user.left - c.left, c.top - user.bottom, user.right - c.left};
      break;
    default:
      r = {user.left - c.left, user.bottom - c.bottom, user.right - c.left, user.top - c.bottom};
      break;
  }
  return {r.left * user_unit, r.bottom * user_unit, r.right * user_unit, r.top * user_unit};
}

base::Result<Rect> read_rect(const Document& document, const Object& array, RevisionIndex as_of) {
  const auto bad = [] { return base::fail(base::Code::malformed, "pdf.rect", "a rectangle is malformed"); };
  SEGELL_TRY(const auto object, document.resolve(array, as_of));
  const auto* items = object.as_array();
  if (items == nullptr || items->size() < 4) return bad();
  double numbers[4] = {};
  for (std::size_t i = 0; i < 4; ++i) {
    SEGELL_TRY(const auto item, document.resolve((*items)[i], as_of));
    if (!item.as_number(numbers[i]) || std::abs(numbers[i]) > kLargest) return bad();
  }
  return Rect{std::min(numbers[0], numbers[2]), std::min(numbers[1], numbers[3]), std::max(numbers[0], numbers[2]),
              std::max(numbers[1], numbers[3])};
}

base::Result<std::size_t> page_count(const Document& document, RevisionIndex as_of) {
  SEGELL_TRY(const auto refs, page_refs(document, as_of));
  return refs.size();
}

base::Result<std::vector<Ref>> page_refs(const Document& document, RevisionIndex as_of) {
  std::vector<Ref> refs;
  SEGELL_CHECK(walk(document, as_of, [&](Ref ref, const Object&, const Inherited&) {
    refs.push_back(ref);
    return true;
  }));
  return refs;
}

base::Result<Page> load_page(const Document& document, std::size_t index, RevisionIndex as_of) {
  Page page;
  Inherited inherited;
  std::size_t at = 0;
  bool found = false;
  SEGELL_CHECK(walk(document, as_of, [&](Ref ref, const Object& object, const Inherited& attributes) {
    if (at++ < index) return true;
    page.ref = ref;
    page.object = object;
    inherited = attributes;
    found = true;
    return false;
  }));
  if (!found) return base::fail(base::Code::not_found, "pdf.no-such-page", "the document has no such page");
  SEGELL_CHECK(place(document, as_of, inherited, page));
  return page;
}

}  // namespace segell::signer::pdf
