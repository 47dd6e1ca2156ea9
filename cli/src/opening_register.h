#pragma once

#include "base/bytes.h"
#include "base/json.h"
#include "base/result.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace segell::cli {

/// What reading a register from its first line on found.
struct RegisterCheck {
  std::size_t lines = 0;               ///< whole lines, torn ones too
  std::size_t torn = 0;                ///< lines that a crash cut short and a later line names as such
  std::size_t pending = 0;             ///< octets of a cut line at the end: it was never acknowledged
  std::string head;                    ///< hex digest of the last line; 64 zeros in an empty register
  std::string fault;                   ///< empty: the chain holds. Else what is wrong, with the line's number
  std::vector<std::string> digests{};  ///< of each line
  std::vector<base::Json> entries{};   ///< null for torn lines
};

/// Never fails: damage is a finding. Knows nothing of lines that somebody cut off at the end: for that, compare the
/// head with one that was noted down.
RegisterCheck check_register(base::BytesView octets);

inline constexpr std::size_t kMaxRegisterBytes = 64U << 20U;

/// The custodian's register of openings: JSON lines that are only ever appended, each with the SHA-256 of the line
/// before it ("segell.opening/1"). Locked for as long as this object lives, so that two openings never write the same
/// line.
class OpeningRegister {
 public:
  /// Creates it (0600) where there is none. Errors: corrupt "register.broken" when the chain does not hold; conflict
  /// "register.locked"; io "register.unwritable"; storage_full "register.full".
  static base::Result<OpeningRegister> open(const std::filesystem::path& path);
  ~OpeningRegister();
  OpeningRegister(OpeningRegister&& other) noexcept;
  OpeningRegister& operator=(OpeningRegister&&) = delete;

  /// Appends a line and makes it durable; members are those of the entry without schema, index and previous. Returns
  /// only when the line is on disk. A failure leaves a register that may not be written further by this object.
  base::Result<void> append(const base::Json::Object& members);

  [[nodiscard]] const std::string& head() const { return m_head; }
  [[nodiscard]] std::size_t next_index() const { return m_next; }

 private:
  OpeningRegister(std::filesystem::path path, int descriptor) : m_path(std::move(path)), m_descriptor(descriptor) {}
  std::filesystem::path m_path;
  int m_descriptor;
  std::string m_head;
  std::size_t m_next = 0;
  bool m_after_torn = false;
};

}  // namespace segell::cli
