#include "custody_key.h"

#include "base/digest.h"
#include "base/encoding.h"
#include "base/file.h"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace segell::cli {

namespace {

using base::Code;
using base::fail;
using base::Result;
using base::Secret;

constexpr std::size_t kMaxCustodyKeyFile = 1U << 20U;
constexpr std::size_t kMaxPassphrase = 1024;
constexpr std::string_view kDomain = "segell.custody-passphrase/1\n";

Secret first_line(base::BytesView octets) {
  const std::string_view text = base::as_text(octets);
  return Secret(base::to_bytes(text.substr(0, text.find_first_of("\r\n"))));
}

/// The terminal without echo, for as long as this lives.
class QuietTerminal {
 public:
  explicit QuietTerminal(int descriptor) : m_descriptor(descriptor), m_ok(::tcgetattr(descriptor, &m_before) == 0) {
    termios quiet = m_before;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    m_ok = m_ok && ::tcsetattr(m_descriptor, TCSAFLUSH, &quiet) == 0;
  }
  ~QuietTerminal() {
    if (m_ok) ::tcsetattr(m_descriptor, TCSAFLUSH, &m_before);
    ::close(m_descriptor);
  }
  QuietTerminal(const QuietTerminal&) = delete;
  QuietTerminal& operator=(const QuietTerminal&) = delete;
  [[nodiscard]] bool ok() const { return m_ok; }
  [[nodiscard]] bool say(std::string_view text) const {
    return ::write(m_descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  }
  [[nodiscard]] Result<Secret> read_line() const {
    base::Bytes line(kMaxPassphrase);
    ssize_t count = 0;
    do count = ::read(m_descriptor, line.data(), line.size());
    while (count < 0 && errno == EINTR);
    Secret whole(std::move(line));
    if (count <= 0) return fail(Code::io, "custody.no-answer", "nothing was typed");
    return first_line(whole.view().first(static_cast<std::size_t>(count)));
  }

 private:
  int m_descriptor;
  termios m_before{};
  bool m_ok;
};

Result<Secret> answer_of(const KeyHolders& holders, std::size_t number, const std::string& question) {
  if (number < holders.passphrase_files.size()) return load_passphrase(holders.passphrase_files[number]);
  return ask_passphrase(question);
}

Result<OpenedKey> open_with_halves(const std::filesystem::path& path, const KeyHolders& holders) {
  if (holders.passphrase_files.size() == 1)
    return fail(Code::invalid_argument, "custody.halves", "one half of the passphrase was given, and two are needed",
                "give --passphrase-file twice, one of each person, or leave it out to be asked");
  SEGELL_TRY(const Secret one, answer_of(holders, 0, "half of the passphrase of " + holders.opener + ": "));
  SEGELL_TRY(const Secret other, answer_of(holders, 1, "half of the passphrase of " + holders.witness + ": "));
  SEGELL_TRY(const Secret passphrase, combine_halves(one, other));
  auto key = load_custody_key(path, passphrase);
  if (!key && key.error().reason == "key.wrong-passphrase")
    return fail(
        Code::unauthenticated, "key.wrong-passphrase", path.string() + ": the two halves do not open the key",
        "each person gives their own half, as it was when the key was made; a key of one passphrase becomes one "
        "of two halves with segell ink key");
  if (!key) return fail(key.error());
  return OpenedKey{*std::move(key), true};
}

Result<OpenedKey> open_alone(const std::filesystem::path& path, const KeyHolders& holders) {
  if (holders.passphrase_files.size() > 1)
    return fail(Code::invalid_argument, "custody.halves", "two passphrase files and a note that one person is enough",
                "leave --single-person-note out");
  if (auto unprotected = load_custody_key(path, Secret())) return OpenedKey{*std::move(unprotected), false};
  SEGELL_TRY(const Secret passphrase, answer_of(holders, 0, "passphrase: "));
  SEGELL_TRY(auto key, load_custody_key(path, passphrase));
  return OpenedKey{std::move(key), false};
}

}  // namespace

Result<Secret> combine_halves(const Secret& one, const Secret& other) {
  if (std::min(one.view().size(), other.view().size()) < kLeastHalf)
    return fail(Code::invalid_argument, "custody.half-too-short",
                "a half of the passphrase has fewer than " + std::to_string(kLeastHalf) + " characters",
                "segell ink half makes one that nobody guesses");
  if (one.text() == other.text())
    return fail(Code::invalid_argument, "custody.halves-equal", "both halves of the passphrase are the same",
                "each person has a half of their own");
  const auto [first, second] = std::minmax({one.text(), other.text()});  // of a list: values, not references
  const base::BytesView feed = base::as_bytes("\n");
  const base::Sha256 digest =
      base::sha256_of_parts({base::as_bytes(kDomain), base::as_bytes(first), feed, base::as_bytes(second), feed});
  return Secret(base::to_bytes(base::to_hex(digest)));
}

Result<Secret> load_passphrase(const std::filesystem::path& path) {
  SEGELL_TRY(base::Bytes octets, base::load_file(path, kMaxPassphrase));
  const Secret whole(std::move(octets));
  return first_line(whole.view());
}

Result<Secret> ask_passphrase(const std::string& question) {
  const int descriptor = ::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
  if (descriptor < 0)
    return fail(Code::unavailable, "custody.no-terminal", "there is no terminal to ask for the passphrase",
                "give it in a file with --passphrase-file, once for each person");
  const QuietTerminal terminal(descriptor);
  if (!terminal.ok() || !terminal.say(question))
    return fail(Code::unavailable, "custody.no-terminal", "the terminal cannot hide what is typed");
  auto answer = terminal.read_line();
  (void)terminal.say("\n");
  return answer;
}

Result<base::DecryptionKey> load_custody_key(const std::filesystem::path& path, const Secret& passphrase) {
  if (path.string().rfind("pkcs11:", 0) == 0)
    return fail(Code::unsupported, "custody.pkcs11", "keys in a PKCS#11 token cannot be used by this version",
                "take a PEM or PKCS#12 file");
  SEGELL_TRY(base::Bytes octets, base::load_file(path, kMaxCustodyKeyFile));
  const Secret file(std::move(octets));
  const bool pem = file.text().find("-----BEGIN ") != std::string_view::npos;
  auto key = pem ? base::DecryptionKey::parse_pem(file.view(), passphrase)
                 : base::DecryptionKey::parse_pkcs12(file.view(), passphrase);
  if (key) return key;
  base::Error named = key.error();
  named.message = path.string() + ": " + named.message;
  return fail(std::move(named));
}

Result<OpenedKey> open_custody_key(const std::filesystem::path& path, const KeyHolders& holders) {
  if (!holders.single_person_note.empty()) return open_alone(path, holders);
  // A key without a passphrase opens for whoever holds the file: two halves typed beside it would be theatre.
  if (load_custody_key(path, Secret()))
    return fail(Code::forbidden, "custody.single-person",
                path.string() + ": the key has no passphrase, one person opens it",
                "make it a key of two halves with segell ink key, or say why one person is enough with "
                "--single-person-note TEXT: the register keeps the note");
  return open_with_halves(path, holders);
}

}  // namespace segell::cli
