#pragma once

#include "signer/pdf/document.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace segell::signer::pdf {

/// Finds "N G obj" where no cross-reference places an object: readers that lose the cross-reference (a reference to
/// nothing is enough for some) search for these words, in the data of streams too, and take what they find last. It is
/// an anomaly inside of another object, where nobody forgets it, and anywhere in a file that names what it does not
/// have. Of the oldest revision, where programs leave what they have no use for, only what stands behind the object of
/// its number counts, and only where a later revision names what the file does not have.
class StrayObjects {
 public:
  /// `sorted`: the entries of kind offset, by position; they outlive this.
  StrayObjects(const Document& document, const std::vector<XrefEntry>& sorted);

  /// The next octets of the file.
  void feed(std::string_view text);
  void finish(std::vector<Finding>& findings) const;

 private:
  void look(std::string_view text, std::uint64_t position, std::size_t from);
  [[nodiscard]] bool is_placed(std::uint64_t at) const;
  [[nodiscard]] bool is_inside(std::uint64_t at) const;
  [[nodiscard]] bool names_nothing(RevisionIndex since) const;
  [[nodiscard]] bool displaces(std::uint64_t number, std::uint64_t at) const;
  [[nodiscard]] std::optional<std::uint64_t> decoy() const;

  const Document& m_document;
  const std::vector<XrefEntry>& m_sorted;
  std::vector<std::uint64_t> m_sections;  ///< where cross-reference streams stand, which may leave themselves out
  std::uint64_t m_from;
  bool m_oldest = false;  ///< only the oldest revision is looked at
  std::uint64_t m_position = 0;
  std::string m_tail;
  std::vector<std::uint64_t> m_found;
};

}  // namespace segell::signer::pdf
