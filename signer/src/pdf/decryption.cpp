#include "pdf/decryption.h"

#include "pdf/password_key.h"

#include "signer/pdf/limits.h"

#include <algorithm>

namespace segell::signer::pdf {
namespace {

constexpr std::size_t kBlock = 16;

base::Failure not_read(std::string_view what) {
  return base::fail(base::Code::unsupported, "pdf.encryption", "the document is encrypted " + std::string(what));
}
base::Failure malformed_encryption() {
  return base::fail(base::Code::malformed, "pdf.encryption", "the document's encryption is malformed");
}

base::Bytes octets_of(const std::string* text, std::size_t length) {
  if (text == nullptr || text->size() < length) return {};
  return base::to_bytes(base::as_bytes(std::string_view(*text).substr(0, length)));
}

base::Result<KeyMaterial> read_material(const Dictionary& encrypt, int version, std::string_view id) {
  KeyMaterial material;
  const auto* revision = encrypt.integer("R");
  const auto* permissions = encrypt.integer("P");
  if (revision == nullptr || permissions == nullptr) return malformed_encryption();
  if (*revision < 2 || *revision > 6 || (version == 5) != (*revision >= 5))
    return not_read("in a way that is not known");
  material.revision = static_cast<int>(*revision);
  material.permissions = static_cast<std::uint32_t>(*permissions);
  const std::int64_t* bits = encrypt.integer("Length");
  const std::int64_t length = version == 1 ? 40 : version == 4 ? 128 : bits == nullptr ? 40 : *bits;
  if (length < 40 || length > (version == 5 ? 256 : 128) || length % 8 != 0) return malformed_encryption();
  material.length = static_cast<std::size_t>(length) / 8;
  const std::size_t entry = material.revision >= 5 ? 48 : 32;
  material.owner = octets_of(encrypt.string("O"), entry);
  material.user = octets_of(encrypt.string("U"), entry);
  material.user_key = octets_of(encrypt.string("UE"), 32);
  if (material.owner.empty() || material.user.empty() || (material.revision >= 5 && material.user_key.empty()))
    return malformed_encryption();
  const Object* metadata = encrypt.find("EncryptMetadata");
  material.encrypts_metadata = metadata == nullptr || metadata->as_bool() == nullptr || *metadata->as_bool();
  material.id = base::to_bytes(base::as_bytes(id));
  return material;
}

}  // namespace

base::Result<Decryption::Method> Decryption::method_of(const Dictionary& encrypt, std::string_view which, int version) {
  if (version < 4) return Method::rc4;
  const std::string* name = encrypt.name(which);
  if (name == nullptr || *name == "Identity") return Method::none;
  const Dictionary* filters = encrypt.dictionary("CF");
  const Dictionary* filter = filters == nullptr ? nullptr : filters->dictionary(*name);
  if (filter == nullptr) return malformed_encryption();
  if (filter->is_name("CFM", version == 5 ? "AESV3" : "AESV2")) return Method::aes;
  if (version == 4 && filter->is_name("CFM", "V2")) return Method::rc4;
  if (filter->is_name("CFM", "None")) return Method::none;
  return not_read("by an algorithm that is not known");
}

base::Result<std::shared_ptr<const Decryption>> Decryption::open(const Dictionary& encrypt, std::string_view id) {
  if (!encrypt.is_name("Filter", "Standard")) return not_read("for the holders of certificates");
  const auto* stated = encrypt.integer("V");
  if (stated == nullptr || (*stated != 1 && *stated != 2 && *stated != 4 && *stated != 5))
    return not_read("in a way that is not known");
  const int version = static_cast<int>(*stated);
  SEGELL_TRY(const KeyMaterial material, read_material(encrypt, version, id));
  std::shared_ptr<Decryption> made(new Decryption());
  SEGELL_TRY(made->m_strings, method_of(encrypt, "StrF", version));
  SEGELL_TRY(made->m_streams, method_of(encrypt, "StmF", version));
  auto key = key_without_password(material);
  if (!key)
    return base::fail(base::Code::forbidden, "pdf.password",
                      "the document is encrypted and needs a password to be read",
                      "open it with its password and save it without one");
  made->m_key = *std::move(key);
  made->m_one_key = version == 5;
  made->m_metadata = material.encrypts_metadata;
  return std::shared_ptr<const Decryption>(std::move(made));
}

/// ISO 32000-1, algorithm 1.
base::Bytes Decryption::key_for(Ref ref, Method method) const {
  if (m_one_key) return m_key;
  base::Bytes input = m_key;
  for (const unsigned shift : {0U, 8U, 16U}) input.push_back(static_cast<std::byte>(ref.number >> shift));
  for (const unsigned shift : {0U, 8U}) input.push_back(static_cast<std::byte>(ref.generation >> shift));
  if (method == Method::aes) base::append(input, base::as_bytes("sAlT"));
  base::Bytes key = md5(input);
  key.resize(std::min<std::size_t>(m_key.size() + 5, 16));
  return key;
}

base::Result<base::Bytes> Decryption::decrypt(base::BytesView octets, Ref ref, Method method) const {
  if (method == Method::none) return base::to_bytes(octets);
  const base::Bytes key = key_for(ref, method);
  if (method == Method::rc4) return rc4(key, octets);
  if (octets.empty()) return base::Bytes();
  // an initialisation vector and whole blocks, the last of which says how much of it is padding (7.6.2)
  if (octets.size() < 2 * kBlock || octets.size() % kBlock != 0) return malformed_encryption();
  base::Bytes out = aes_cbc(key, octets.first(kBlock), octets.subspan(kBlock), /*encrypts=*/false);
  const auto padding = std::to_integer<std::size_t>(out.back());
  if (padding == 0 || padding > kBlock) return malformed_encryption();
  out.resize(out.size() - padding);
  return out;
}

bool Decryption::is_plain(const Dictionary& stream) const {
  if (stream.is_name("Type", "XRef")) return true;
  if (!m_metadata && stream.is_name("Type", "Metadata")) return true;
  const Object* filter = stream.find("Filter");
  const Array* filters = stream.array("Filter");
  const std::string* first = filter == nullptr ? nullptr : filter->as_name();
  if (filters != nullptr && !filters->empty()) first = filters->front().as_name();
  if (first == nullptr || *first != "Crypt") return false;
  const Dictionary* parameters = stream.dictionary("DecodeParms");
  const Array* list = stream.array("DecodeParms");
  if (list != nullptr && !list->empty()) parameters = list->front().as_dictionary();
  const std::string* name = parameters == nullptr ? nullptr : parameters->name("Name");
  return name == nullptr || *name == "Identity";
}

Object Decryption::decrypt(const Object& object, Ref ref) const {
  const auto kept = [&](Object made) {
    made.set_where(object.where());
    return made;
  };
  if (const String* string = object.as_string()) {
    String plain = *string;
    // what does not decrypt stays as it is: no text, and no fault of the document's structure
    if (const auto octets = decrypt(base::as_bytes(string->octets), ref, m_strings))
      plain.octets = base::as_text(*octets);
    return kept(Object(std::move(plain)));
  }
  if (const Array* items = object.as_array()) {
    Array out;
    out.reserve(items->size());
    for (const Object& item : *items) out.push_back(decrypt(item, ref));
    return kept(Object(std::move(out)));
  }
  const Dictionary* dictionary = object.as_dictionary();
  if (dictionary == nullptr) return object;
  Dictionary out;
  const bool signature = dictionary->has("ByteRange");
  for (const DictionaryEntry& entry : dictionary->entries())
    out.add(entry.key, signature && entry.key == "Contents" ? entry.value : decrypt(entry.value, ref));
  const Stream* stream = object.as_stream();
  if (stream == nullptr) return kept(Object(std::move(out)));
  const bool plain = is_plain(*dictionary);
  return kept(Object(Stream{plain ? stream->dictionary : std::move(out), stream->data, plain ? Ref{} : ref}));
}

base::Result<base::Bytes> Decryption::decrypt_stream(base::BytesView octets, Ref ref) const {
  return decrypt(octets, ref, m_streams);
}

}  // namespace segell::signer::pdf
