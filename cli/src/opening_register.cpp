#include "opening_register.h"

#include "output_file.h"

#include "base/digest.h"
#include "base/encoding.h"
#include "base/file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace segell::cli {

namespace {

using base::Code;
using base::fail;
using base::Json;
using base::Result;

constexpr std::string_view kSchema = "segell.opening/1";

std::string digest_of(std::string_view line) { return base::to_hex(base::sha256(base::as_bytes(line))); }

base::Failure unwritable(const std::filesystem::path& path, int error) {
  const std::string hint = "an envelope is opened only when the register can say so; nothing was opened";
  if (error == ENOSPC || error == EDQUOT)
    return fail(Code::storage_full, "register.full", path.string() + ": no room left for the register", hint);
  return fail(Code::io, "register.unwritable",
              path.string() + ": the register cannot be written: " + std::strerror(error), hint);
}

/// What is wrong with a line as the one that follows `previous`; empty when nothing is.
std::string fault_of(const Json& entry, std::size_t index, const std::string& previous) {
  const Json *schema = entry.find("schema"), *number = entry.find("index"), *before = entry.find("previous");
  if (schema == nullptr || schema->as_string() == nullptr || *schema->as_string() != kSchema)
    return "is no entry of " + std::string(kSchema);
  if (number == nullptr || number->as_int() == nullptr || *number->as_int() != static_cast<std::int64_t>(index))
    return "has another number";
  if (before == nullptr || before->as_string() == nullptr || *before->as_string() != previous)
    return "does not follow the line before it: one of the two was changed, or a line is missing";
  return {};
}

bool names_torn_line(const Json& entry) {
  const Json* after = entry.find("afterTornLine");
  return after != nullptr && after->as_bool() != nullptr && *after->as_bool();
}

}  // namespace

RegisterCheck check_register(base::BytesView octets) {
  RegisterCheck check;
  check.head = std::string(64, '0');
  std::string_view text = base::as_text(octets);
  std::string unread;  // the fault of a line that cannot be read, until the next one says that it was torn
  while (!text.empty() && check.fault.empty()) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) {
      check.pending = text.size();
      break;
    }
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    const std::string number = "line " + std::to_string(check.lines + 1) + " ";
    auto entry = base::parse_json(line);
    if (!entry && !unread.empty()) check.fault = unread;
    if (!entry) unread = number + "cannot be read";
    if (entry) {
      const std::string fault = fault_of(*entry, check.lines, check.head);
      if (!fault.empty()) check.fault = number + fault;
      if (!unread.empty() && !names_torn_line(*entry)) check.fault = unread;
      if (!unread.empty()) ++check.torn;
      unread.clear();
    }
    check.entries.push_back(entry ? *std::move(entry) : Json());
    check.head = digest_of(line);
    check.digests.push_back(check.head);
    ++check.lines;
  }
  if (check.fault.empty() && !unread.empty()) check.fault = unread;
  return check;
}

Result<OpeningRegister> OpeningRegister::open(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (descriptor < 0) return unwritable(path, errno);
  OpeningRegister made(path, descriptor);
  struct stat facts {};
  if (::fstat(descriptor, &facts) != 0) return unwritable(path, errno);
  if (!S_ISREG(facts.st_mode)) return unwritable(path, EINVAL);
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0)
    return fail(Code::conflict, "register.locked", path.string() + ": another opening writes the register",
                "wait until it has ended");
  SEGELL_TRY(const base::Bytes octets, base::load_file(path, kMaxRegisterBytes));
  const RegisterCheck check = check_register(octets);
  if (!check.fault.empty())
    return fail(
        Code::corrupt, "register.broken", path.string() + ": the register of openings is damaged: " + check.fault,
        "keep it as it is and find out what happened; segell ink openings shows it. A new register is begun with "
        "--register FILE");
  made.m_head = check.head;
  made.m_next = check.lines;
  if (check.pending != 0) {
    // A crash cut the last line short, so its opening never went on. It stays, closed, and the next line names it.
    const std::string_view text = base::as_text(octets);
    made.m_head = digest_of(text.substr(text.size() - check.pending));
    made.m_next = check.lines + 1;
    made.m_after_torn = true;
  }
  return made;
}

OpeningRegister::~OpeningRegister() {
  if (m_descriptor >= 0) ::close(m_descriptor);
}

OpeningRegister::OpeningRegister(OpeningRegister&& other) noexcept
    : m_path(std::move(other.m_path)),
      m_descriptor(std::exchange(other.m_descriptor, -1)),
      m_head(std::move(other.m_head)),
      m_next(other.m_next),
      m_after_torn(other.m_after_torn) {}

Result<void> OpeningRegister::append(const Json::Object& members) {
  if (m_descriptor < 0)
    return fail(Code::io, "register.unwritable", m_path.string() + ": the register could not be written before");
  Json entry = Json::object({{"schema", kSchema}, {"index", static_cast<std::int64_t>(m_next)}, {"previous", m_head}});
  if (m_after_torn) entry.set("afterTornLine", true);
  for (const auto& [name, value] : members) entry.set(name, value);
  const std::string line = base::write_json(entry);
  const std::string octets = (m_after_torn ? "\n" : "") + line + "\n";
  const ssize_t written = ::write(m_descriptor, octets.data(), octets.size());
  int error = written < 0 ? errno : 0;
  if (error == 0 && static_cast<std::size_t>(written) != octets.size()) error = ENOSPC;
  if (error == 0 && ::fsync(m_descriptor) != 0) error = errno;
  if (error == 0 && m_next <= 1) {  // the file itself may be new
    const int folder = ::open(folder_of(m_path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0 || ::fsync(folder) != 0) error = errno;
    if (folder >= 0) ::close(folder);
  }
  if (error != 0) {
    ::close(std::exchange(m_descriptor, -1));
    return unwritable(m_path, error);
  }
  m_head = digest_of(line);
  ++m_next;
  m_after_torn = false;
  return base::ok();
}

}  // namespace segell::cli
