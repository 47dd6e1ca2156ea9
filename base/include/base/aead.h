#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret.h"

#include <functional>

namespace segell::base {

/// AES-256-GCM with a fresh random 96-bit nonce: output = nonce(12) ‖ ciphertext ‖ tag(16). `context` is authenticated,
/// not stored. One key seals at most 2^32 messages (SP 800-38D 8.3). Key: 32 octets.
Bytes aead_seal(const Secret& key, BytesView plaintext, BytesView context);
/// Error: corrupt, "aead.forged" for any difference; nothing of the plaintext is released then.
Result<Bytes> aead_open(const Secret& key, BytesView sealed, BytesView context);

/// Segmented AEAD for blobs: the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015) over AES-256-GCM with
/// 64 KiB segments. Layout: version octet 0x01 ‖ 32-octet salt ‖ segments. The file key is HKDF-SHA-256(key, salt,
/// "segell.stream/1" ‖ context); the nonce of segment i is 0^7 ‖ i as 4 octets big-endian ‖ last(0|1); every segment
/// but the last holds 65,536 octets of plaintext, each is followed by its 16-octet tag. Truncation, reordering and
/// extension are all detected.
inline constexpr std::size_t kStreamSegment = 65536;
Bytes stream_seal(const Secret& key, BytesView plaintext, BytesView context);
Result<Bytes> stream_open(const Secret& key, BytesView sealed, BytesView context);

/// Length of stream_seal's output for that much plaintext.
std::uint64_t stream_sealed_size(std::uint64_t plaintext_size);

}  // namespace segell::base
