#include "segelld/letter.h"

#include "base/file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

namespace segell::segelld {

using base::Code;
using base::fail;

namespace {

/// One language's sentences; what stands in braces is put in.
struct Sentences {
  std::string_view greeting;
  std::string_view purpose;
  std::string_view address;
  std::string_view name;
  std::string_view code;
  std::string_view until;
  std::string_view secret;
};

constexpr Sentences kCatalan{"Bon dia, {shown}:",
                             "{organisation} us ha obert un accés al seu servei de documents i decisions.",
                             "1. Aneu a:            {address}",
                             "2. El vostre nom:     {name}",
                             "3. El vostre codi:    {code}",
                             "El codi serveix un sol cop, fins al {until}.",
                             "Amb el codi triareu una contrasenya. Ningú més no ha vist aquest codi: si el sobre us ha "
                             "arribat obert, no el feu servir i demaneu-ne un altre."};
constexpr Sentences kSpanish{"Buenos días, {shown}:",
                             "{organisation} le ha abierto un acceso a su servicio de documentos y decisiones.",
                             "1. Vaya a:            {address}",
                             "2. Su nombre:         {name}",
                             "3. Su código:         {code}",
                             "El código sirve una sola vez, hasta el {until}.",
                             "Con el código elegirá una contraseña. Nadie más ha visto este código: si el sobre le ha "
                             "llegado abierto, no lo use y pida otro."};
constexpr Sentences kEnglish{"Hello, {shown}:",
                             "{organisation} has opened a login for you to its service of documents and decisions.",
                             "1. Go to:             {address}",
                             "2. Your name:         {name}",
                             "3. Your code:         {code}",
                             "The code works once, until {until}.",
                             "With the code you choose a password. Nobody else has seen this code: if the envelope "
                             "reached you open, do not use it and ask for another one."};

std::string filled(std::string_view sentence, std::string_view word, std::string_view value) {
  std::string text(sentence);
  const std::string place = "{" + std::string(word) + "}";
  if (const auto at = text.find(place); at != std::string::npos) text.replace(at, place.size(), value);
  return text;
}

/// "2026-12-09 10:15 UTC".
std::string readable(base::Instant time) {
  const std::string text = base::format_rfc3339(time);
  return text.substr(0, 10) + ' ' + text.substr(11, 5) + " UTC";
}

}  // namespace

std::string write_letter(const LetterFacts& facts, std::string_view language) {
  const Sentences& say = language == "es" ? kSpanish : language == "en" ? kEnglish : kCatalan;
  std::string letter;
  const auto line = [&](const std::string& text) { letter += text + "\n\n"; };
  if (!facts.shown.empty()) line(filled(say.greeting, "shown", facts.shown));
  line(filled(say.purpose, "organisation", facts.organisation));
  line(filled(say.address, "address", facts.address));
  line(filled(say.name, "name", facts.name));
  line(filled(say.code, "code", facts.code));
  line(filled(say.until, "until", readable(facts.until)));
  letter += std::string(say.secret) + "\n";
  return letter;
}

base::Result<void> check_letter(const std::string& path, std::string_view language) {
  if (!language.empty() && language != "ca" && language != "es" && language != "en")
    return fail(Code::invalid_argument, "segelld.language", "no letter is written in '" + std::string(language) + "'",
                "ca, es or en");
  std::error_code error;
  if (std::filesystem::exists(path, error))
    return fail(Code::already_exists, "segelld.letter-exists", "there is a file " + path + " already",
                "name a file that does not exist yet; remove letters once they are printed");
  const auto folder = std::filesystem::absolute(path, error).parent_path();
  if (::access(folder.c_str(), W_OK) == 0) return base::ok();
  return fail(Code::io, "segelld.letter", "cannot write into the folder of " + path + ": " + base::system_words(errno),
              "name a file in a folder you may write to");
}

base::Result<void> write_secret_file(const std::string& path, std::string_view text) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  bool written = file >= 0 && ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  written = written && ::fsync(file) == 0;
  const int reason = errno;
  if (file >= 0) written = ::close(file) == 0 && written;
  if (written) return base::ok();
  return fail(Code::io, "segelld.letter", "cannot write the new file " + path + ": " + base::system_words(reason),
              "the code is lost: `segelld account code` issues another one");
}

}  // namespace segell::segelld
