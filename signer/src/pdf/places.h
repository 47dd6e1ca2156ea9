#pragma once

#include "signer/pdf/document.h"

#include <array>
#include <cstdint>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace segell::signer::pdf {

/// What an object is to the document that holds it: the kind of way on which the catalog leads to it. One object may
/// have several, and then each has a word in what may be done to it.
enum class Place : std::uint8_t {
  catalog,
  page_tree,
  page,
  content,      ///< what a page paints with: contents, resources, fonts, pictures, inherited attributes
  annotations,  ///< a list of annotations
  annotation,
  widget,  ///< a field's annotation, reached through a page, and the fields above it
  form,
  form_part,  ///< what hangs on a form or a field and is neither its value nor its appearance
  resources,  ///< /DR of the form or of a field
  fields,     ///< a list of fields
  field,      ///< a field or its widget, reached through the form
  appearance,
  value,
  store,  ///< the document security store
  permissions,
  extensions,
  metadata,
  structure,  ///< the structure tree
  names,
  outlines,
  layers,  ///< optional content
  actions,
  other
};

/// The places of every object that the catalogs of some revisions lead to, found in one walk over all values that these
/// objects have from the first of the revisions on. An object that had two places at different times has both: what is
/// suspected is never too little. Costs a look at each value for each of its places.
class Places {
 public:
  static constexpr std::uint32_t kSeveral = ~0U;

  struct Spot {
    std::uint32_t mask = 0;  ///< a bit for each Place
    std::uint32_t page = 0;  ///< object number of a page that leads there, 0 for none
    bool several_pages = false;
    std::uint32_t owner = 0;    ///< of what belongs to a field, a widget or an annotation: the object of that; kSeveral
    std::uint32_t named = ~0U;  ///< the first revision that states an object which refers to what this one is last
    [[nodiscard]] bool is(Place place) const { return (mask >> static_cast<unsigned>(place) & 1U) != 0; }
  };

  /// Errors: limit_exceeded; those of the source.
  static base::Result<Places> read(const Document& document, RevisionIndex from);

  /// All zero for an object that nothing leads to.
  [[nodiscard]] Spot of(std::uint32_t number) const;

 private:
  struct Task {
    std::uint32_t number = 0;
    Place place = Place::other;
    std::uint32_t page = 0;
    std::uint32_t owner = 0;
  };
  struct Node {
    Spot spot;
    std::uint32_t visited = 0;
  };

  Places(const Document& document, RevisionIndex from) : m_document(&document), m_from(from) {}
  base::Result<void> run();
  base::Result<void> visit(const Task& task);
  void walk(const Object& value, const Task& from, std::uint32_t revision, bool top, const Object* earlier = nullptr);
  void walk_entries(const Dictionary& dictionary, const Task& from, std::uint32_t revision, const Dictionary* earlier);
  void note(Ref ref, Place place, const Task& from, std::uint32_t revision);

  const Document* m_document;
  RevisionIndex m_from;
  std::unordered_map<std::uint32_t, Node> m_nodes;
  std::array<std::vector<Task>, 3> m_open;  ///< the page tree first, then what shows, then what only points at it
};

/// The numbers of all objects that the catalog and the trailer of one revision lead to, as they are then. Costs a look
/// at each. Errors: limit_exceeded; those of the source.
base::Result<std::unordered_set<std::uint32_t>> reachable_objects(const Document& document, RevisionIndex as_of);

}  // namespace segell::signer::pdf
