#include "formats.h"

#include <algorithm>
#include <array>

namespace segell::signer::ades {
namespace {

constexpr std::size_t kLookedAt = 64;

bool is_pem_message(std::string_view text) {
  return text.starts_with("-----BEGIN CMS-----") || text.starts_with("-----BEGIN PKCS7-----") ||
         text.starts_with("-----BEGIN PKCS #7 SIGNED DATA-----");
}

// ContentInfo whose contentType is one of PKCS#7's: SEQUENCE, length in any form, OBJECT IDENTIFIER.
bool is_content_info(base::BytesView head) {
  constexpr std::array<std::uint8_t, 10> kPkcs7 = {0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07};
  if (head.size() < 2 || head[0] != std::byte{0x30}) return false;
  const auto first = std::to_integer<std::size_t>(head[1]);
  const std::size_t at = 2 + (first > 0x80 ? first & 0x7FU : 0);
  if (head.size() < at + kPkcs7.size()) return false;
  return std::ranges::equal(head.subspan(at, kPkcs7.size()), base::BytesView(std::as_bytes(std::span(kPkcs7))));
}

// True when the file ends with the end of an archive without a comment, or nearly so.
bool ends_as_archive(const pdf::ByteSource& file) {
  constexpr std::size_t kTail = 1'024;
  const auto length = static_cast<std::size_t>(std::min<std::uint64_t>(file.size(), kTail));
  const auto tail = pdf::read_range(file, {file.size() - length, length}, kTail);
  return tail && base::as_text(*tail).find("PK\5\6") != std::string_view::npos;
}

}  // namespace

base::Result<Format> tell_format(const pdf::ByteSource& file) {
  const auto length = static_cast<std::size_t>(std::min<std::uint64_t>(file.size(), kLookedAt));
  SEGELL_TRY(const base::Bytes head, pdf::read_range(file, {0, length}, kLookedAt));
  if (is_content_info(head) || is_pem_message(base::as_text(head))) return Format::cms;
  const std::string_view text = base::as_text(head);
  if (text.starts_with("PK\3\4") || text.starts_with("PK\5\6")) return Format::zip;
  // Programs that unpack look for an archive's end first: octets in front of its first file do not hide it from them.
  if (text.find("%PDF-") == std::string_view::npos && ends_as_archive(file)) return Format::zip;
  return Format::pdf;
}

Verdict unreadable_input(const Verdict& blank, const base::Error& error) {
  Verdict failed = make_error_verdict(blank.input, error);
  failed.trust_sha256 = blank.trust_sha256;
  failed.policy_sha256 = blank.policy_sha256;
  return failed;
}

}  // namespace segell::signer::ades
