#pragma once

#include "digest_stream.h"
#include "judge_archive.h"
#include "work.h"

namespace segell::signer::ades {

/// Kinds of files that can carry a signature of their own; what is none of the others is left to the reader of PDF,
/// which says why it is none.
enum class Format { pdf, cms, zip };

/// What a file is, by its first octets. Errors: the source's.
base::Result<Format> tell_format(const pdf::ByteSource& file);

/// The verdict on a file that could not be read to its end: ERROR, with what the blank verdict says of trust and
/// policy.
Verdict unreadable_input(const Verdict& blank, const base::Error& error);

/// The verdict on a file that is a CMS message: CAdES (EN 319 122-1) or plain CMS, with the content inside or given in
/// the options, or a timestamp token (RFC 3161) over the content given.
Verdict judge_cms_file(Inquiry& inquiry, const pdf::ByteSource& file);

/// The octets of a message in a file of its own, without PEM's armour. Errors: malformed "cms.malformed";
/// limit_exceeded "pdf.limit.read" for a file of more than `most` octets; the source's.
base::Result<base::Bytes> read_cms_file(const pdf::ByteSource& file, std::size_t most);

/// The verdict on a ZIP file: a container with CAdES signatures (ASiC-S and ASiC-E, EN 319 162-1), or none.
Verdict judge_container(Inquiry& inquiry, const pdf::SourcePtr& file);

// What CAdES in a file of its own and CAdES inside a container share.

/// The digests of all octets of a source, in one pass. Errors: the source's.
base::Result<Digests> digests_of(const pdf::ByteSource& source, const std::set<Digest>& digests);

/// What CAdES asks of a message beyond CMS (EN 319 122-1 6.3). Plain CMS is accepted where nothing promises more.
enum class Profile { cms, cades };

/// A signature over content of its own (no byte ranges): attributes, digest, certificate, value, timestamps, path. Not
/// concluded yet. `content` holds digests_wanted of it; null: what was signed was not found.
void judge_detached(Inquiry& file, Work& work, const SignerPlace& place, const Digests* content, Profile profile);
/// A timestamp token over `content`; its trusted time stands in the verdict when it holds now, or at the time that a
/// later timestamp proves it for (EN 319 102-1 5.6.3).
void judge_token_over(Inquiry& file, Work& work, const Digests* content, std::optional<base::Instant> proven = {});
/// The digest that the token's imprint is made with; nothing when it cannot be read.
std::optional<Digest> imprint_digest(base::BytesView token);
/// Level, claimed time, conclusion. `archived`: something beside the message proves all of it to be older.
void conclude_detached(Inquiry& file, Work& work, bool archived);

}  // namespace segell::signer::ades
