#include "journal/note.h"

#include "base/digest.h"
#include "base/encoding.h"

#include <algorithm>
#include <optional>

namespace segell::journal {

namespace {

using base::Code;
using base::fail;
using base::Result;

constexpr std::string_view kSignatureStart = "\xE2\x80\x94 ";  // U+2014 and a space

/// A key name is not empty and holds no Unicode space and no plus sign (signed-note, "Format").
bool is_key_name(std::string_view name) {
  if (name.empty() || !base::is_utf8(name)) return false;
  for (const char c : name)
    if (c == '+' || static_cast<unsigned char>(c) <= 0x20 || c == 0x7F) return false;
  constexpr std::string_view kSpaces[] = {"\xC2\x85",     "\xC2\xA0",     "\xE1\x9A\x80", "\xE2\x80\xA8",
                                          "\xE2\x80\xA9", "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE3\x80\x80"};
  if (std::any_of(std::begin(kSpaces), std::end(kSpaces),
                  [name](std::string_view s) { return name.find(s) != std::string_view::npos; }))
    return false;
  for (std::size_t at = name.find("\xE2\x80"); at != std::string_view::npos; at = name.find("\xE2\x80", at + 1)) {
    const auto third = static_cast<unsigned char>(name[at + 2]);
    if (third >= 0x80 && third <= 0x8A) return false;  // U+2000 to U+200A
  }
  return true;
}

KeyId key_id(std::string_view name, base::BytesView typed_key) {
  base::Bytes input = base::to_bytes(name);
  input.push_back(std::byte{'\n'});
  base::append(input, typed_key);
  const base::Sha256 digest = base::sha256(input);
  KeyId id;
  std::copy_n(digest.begin(), id.size(), id.begin());
  return id;
}

std::optional<NoteSignature> parse_signature_line(std::string_view line) {
  if (!line.starts_with(kSignatureStart)) return std::nullopt;
  line.remove_prefix(kSignatureStart.size());
  const std::size_t space = line.find(' ');
  if (space == std::string_view::npos || !is_key_name(line.substr(0, space))) return std::nullopt;
  const auto octets = base::from_base64(line.substr(space + 1));
  if (!octets || octets->size() < 5) return std::nullopt;
  NoteSignature signature;
  signature.name = std::string(line.substr(0, space));
  std::copy_n(octets->begin(), signature.key_id.size(), signature.key_id.begin());
  signature.signature.assign(octets->begin() + 4, octets->end());
  return signature;
}

}  // namespace

Result<VerifierKey> VerifierKey::make(std::string_view name, base::BytesView public_key) {
  if (!is_key_name(name) || public_key.size() != 32)
    return fail(Code::malformed, "vkey.malformed", "not a verifier key");
  VerifierKey key;
  key.m_name = std::string(name);
  std::copy(public_key.begin(), public_key.end(), key.m_public_key.begin());
  base::Bytes typed{kTypeEd25519};
  base::append(typed, public_key);
  key.m_id = key_id(name, typed);
  return key;
}

Result<VerifierKey> VerifierKey::parse(std::string_view vkey) {
  const auto malformed = [] {
    return fail(Code::malformed, "vkey.malformed", "not a verifier key", "it looks like name+1a2b3c4d+base64");
  };
  const std::size_t first = vkey.find('+');
  if (vkey.size() > 1024 || first == std::string_view::npos) return malformed();
  const std::size_t second = vkey.find('+', first + 1);
  if (second == std::string_view::npos) return malformed();
  const auto id = base::from_hex(vkey.substr(first + 1, second - first - 1));
  const auto typed = base::from_base64(vkey.substr(second + 1));
  if (!id || id->size() != 4 || !typed || typed->empty()) return malformed();
  if (typed->front() != kTypeEd25519)
    return fail(Code::unsupported, "vkey.type", "only Ed25519 verifier keys are supported");
  SEGELL_TRY(VerifierKey key, make(vkey.substr(0, first), base::BytesView(*typed).subspan(1)));
  if (!std::equal(id->begin(), id->end(), key.m_id.begin())) return malformed();
  return key;
}

std::string VerifierKey::text() const {
  base::Bytes typed{kTypeEd25519};
  base::append(typed, m_public_key);
  return m_name + "+" + base::to_hex(m_id) + "+" + base::to_base64(typed);
}

Result<Note> parse_note(std::string_view note) {
  const auto malformed = [](const char* what) { return fail(Code::malformed, "note.malformed", what); };
  if (note.size() > kMaxNoteSize) return fail(Code::limit_exceeded, "note.too-large", "the note is too large");
  if (!base::is_utf8(note)) return malformed("the note is not UTF-8");
  for (const char c : note) {
    const auto octet = static_cast<unsigned char>(c);
    if ((octet < 0x20 && c != '\n') || octet == 0x7F) return malformed("the note holds a control character");
  }
  // C1 controls, U+0080 to U+009F, are two octets each in UTF-8.
  for (std::size_t at = note.find('\xC2'); at != std::string_view::npos; at = note.find('\xC2', at + 1))
    if (static_cast<unsigned char>(note[at + 1]) < 0xA0) return malformed("the note holds a control character");

  const std::size_t blank = note.rfind("\n\n");
  if (blank == std::string_view::npos || !note.ends_with('\n')) return malformed("the note has no signature");
  Note parsed;
  parsed.text = std::string(note.substr(0, blank + 1));
  std::string_view lines = note.substr(blank + 2);
  while (!lines.empty()) {
    const std::size_t end = lines.find('\n');
    if (parsed.signatures.size() == kMaxNoteSignatures)
      return fail(Code::limit_exceeded, "note.too-many-signatures", "the note has too many signatures");
    auto signature = parse_signature_line(lines.substr(0, end));
    if (!signature) return malformed("a signature line of the note is malformed");
    parsed.signatures.push_back(std::move(*signature));
    lines.remove_prefix(end + 1);
  }
  if (parsed.signatures.empty()) return malformed("the note has no signature");
  return parsed;
}

Result<Note> verify_note(std::string_view note, std::span<const VerifierKey> known) {
  SEGELL_TRY(Note parsed, parse_note(note));
  std::size_t verified = 0;
  for (const NoteSignature& signature : parsed.signatures) {
    const auto key = std::find_if(known.begin(), known.end(), [&](const VerifierKey& k) {
      return k.name() == signature.name && k.id() == signature.key_id;
    });
    if (key == known.end()) continue;
    if (!base::verify_ed25519(key->public_key(), base::as_bytes(parsed.text), signature.signature))
      return fail(Code::untrusted, "note.bad-signature", "a known key's signature does not match the note");
    ++verified;
  }
  if (verified == 0) return fail(Code::untrusted, "note.no-known-signature", "no known key signed the note");
  return parsed;
}

Result<std::string> sign_note(std::string_view text, const VerifierKey& as, const base::SigningKey& key) {
  if (!text.ends_with('\n')) return fail(Code::invalid_argument, "note.text", "a note's text ends with a newline");
  SEGELL_TRY(const base::Bytes signature, key.sign(base::as_bytes(text)));
  base::Bytes line = base::to_bytes(base::BytesView(as.id()));
  base::append(line, signature);
  std::string note(text);
  note += "\n";
  note += kSignatureStart;
  note += as.name() + " " + base::to_base64(line) + "\n";
  return note;
}

}  // namespace segell::journal
