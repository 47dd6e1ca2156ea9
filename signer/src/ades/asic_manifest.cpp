#include "asic_manifest.h"

#include "base/encoding.h"
#include "base/markup.h"
#include "xml_library.h"
#include "zip_names.h"

#include <algorithm>
#include <array>
#include <memory>
#include <set>

namespace segell::signer::ades {

using base::Code;
using base::fail;
using base::Result;

namespace {

constexpr std::string_view kAsicNamespace = "http://uri.etsi.org/02918/v1.2.1#";
// Of signers that followed the early versions of ETSI TS 102 918; what stands inside has the same form.
constexpr std::array kEarlyNamespaces{std::string_view("http://uri.etsi.org/02918/v1.1.1#"),
                                      std::string_view("http://uri.etsi.org/2918/v1.1.1#"),
                                      std::string_view("http://uri.etsi.org/2918/v1.2.1#")};
constexpr std::string_view kDsigNamespace = "http://www.w3.org/2000/09/xmldsig#";
constexpr int kMaxXmlDepth = 16;

struct NamedDigest {
  std::string_view uri;
  Digest digest;
};
// RFC 9231 section 2.1, and the older names that XML Signature kept.
constexpr std::array kDigestUris = {NamedDigest{"http://www.w3.org/2001/04/xmlenc#sha256", Digest::sha256},
                                    NamedDigest{"http://www.w3.org/2001/04/xmldsig-more#sha384", Digest::sha384},
                                    NamedDigest{"http://www.w3.org/2001/04/xmlenc#sha512", Digest::sha512},
                                    NamedDigest{"http://www.w3.org/2001/04/xmldsig-more#sha224", Digest::sha224},
                                    NamedDigest{"http://www.w3.org/2007/05/xmldsig-more#sha3-256", Digest::sha3_256},
                                    NamedDigest{"http://www.w3.org/2007/05/xmldsig-more#sha3-384", Digest::sha3_384},
                                    NamedDigest{"http://www.w3.org/2007/05/xmldsig-more#sha3-512", Digest::sha3_512},
                                    NamedDigest{"http://www.w3.org/2000/09/xmldsig#sha1", Digest::sha1},
                                    NamedDigest{"http://www.w3.org/2001/04/xmldsig-more#md5", Digest::md5}};

base::Failure bad_manifest(std::string_view words) {
  return fail(Code::malformed, "asic.manifest", "the manifest " + std::string(words));
}

std::string_view text_of(const xmlChar* text) {
  return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(text));
}

bool is_element(const xmlNode* node, std::string_view space, std::string_view name) {
  return node->type == XML_ELEMENT_NODE && text_of(node->name) == name && node->ns != nullptr &&
         text_of(node->ns->href) == space;
}

bool is_asic_namespace(std::string_view space) {
  return space == kAsicNamespace || std::ranges::find(kEarlyNamespaces, space) != kEarlyNamespaces.end();
}

// Text alone; anything else inside gives nothing.
std::optional<std::string> content_of(const xmlNode* node) {
  std::string out;
  for (const xmlNode* child = node->children; child != nullptr; child = child->next) {
    if (child->type == XML_COMMENT_NODE) continue;
    if (child->type != XML_TEXT_NODE && child->type != XML_CDATA_SECTION_NODE) return std::nullopt;
    out += text_of(child->content);
  }
  return out;
}

std::optional<std::string> attribute_of(const xmlNode* node, std::string_view name) {
  for (const xmlAttr* attribute = node->properties; attribute != nullptr; attribute = attribute->next) {
    if (attribute->ns != nullptr || text_of(attribute->name) != name) continue;
    std::string out;
    for (const xmlNode* child = attribute->children; child != nullptr; child = child->next) {
      if (child->type != XML_TEXT_NODE) return std::nullopt;
      out += text_of(child->content);
    }
    return out;
  }
  return std::nullopt;
}

// A relative reference (RFC 3986 4.2) to a file of the container; nothing for anything that may lead out of it.
std::optional<std::string> file_of_uri(std::string_view uri) {
  std::string name;
  for (std::size_t i = 0; i < uri.size(); ++i) {
    if (uri[i] == '?' || uri[i] == '#') return std::nullopt;
    if (uri[i] != '%') {
      name += uri[i];
      continue;
    }
    const auto octet = uri.size() - i > 2 ? base::from_hex(uri.substr(i + 1, 2))
                                          : Result<base::Bytes>(base::fail(Code::malformed, "hex", ""));
    if (!octet) return std::nullopt;
    name += static_cast<char>(octet->front());
    i += 2;
  }
  if (name.starts_with("./")) name.erase(0, 2);
  if (!fault_of_name(name).empty()) return std::nullopt;
  return name;
}

std::optional<Digest> digest_of_uri(std::string_view uri) {
  for (const NamedDigest& known : kDigestUris)
    if (known.uri == uri) return known.digest;
  return std::nullopt;
}

bool has_critical_extension(const xmlNode* extensions) {
  for (const xmlNode* child = extensions->children; child != nullptr; child = child->next)
    if (child->type == XML_ELEMENT_NODE) {
      auto critical = attribute_of(child, "Critical");
      if (!critical) continue;
      std::erase_if(*critical, [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; });
      if (*critical == "true" || *critical == "1") return true;
    }
  return false;
}

Result<AsicReference> read_data_object(const xmlNode* node) {
  AsicReference out;
  const auto uri = attribute_of(node, "URI");
  const auto name = uri ? file_of_uri(*uri) : std::nullopt;
  if (!name) return bad_manifest("names a file that lies outside of the container");
  out.name = *name;
  bool has_method = false, has_value = false;
  for (const xmlNode* child = node->children; child != nullptr; child = child->next) {
    if (is_element(child, kDsigNamespace, "DigestMethod")) {
      const auto algorithm = attribute_of(child, "Algorithm");
      if (has_method || !algorithm) return bad_manifest("does not say how a digest is made");
      out.digest = digest_of_uri(*algorithm);
      has_method = true;
    } else if (is_element(child, kDsigNamespace, "DigestValue")) {
      auto text = content_of(child);
      if (has_value || !text) return bad_manifest("holds a digest that cannot be read");
      std::erase_if(*text, [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; });
      auto value = base::from_base64(*text);
      if (!value) return bad_manifest("holds a digest that cannot be read");
      out.value = *std::move(value);
      has_value = true;
    } else if (is_element(child, text_of(node->ns->href), "DataObjectReferenceExtensions")) {
      out.critical_extension = has_critical_extension(child);
    }
  }
  if (!has_method || !has_value) return bad_manifest("names a file without its digest");
  return out;
}

Result<AsicManifest> read_manifest_root(const xmlNode* root) {
  const std::string_view space = root != nullptr && root->ns != nullptr ? text_of(root->ns->href) : std::string_view();
  if (root == nullptr || text_of(root->name) != "ASiCManifest") return bad_manifest("is no ASiCManifest");
  if (!is_asic_namespace(space))
    return fail(Code::unsupported, "asic.manifest-form", "the manifest is of a form that is not known here");
  AsicManifest out;
  bool has_signature = false;
  std::set<std::string> seen;
  for (const xmlNode* child = root->children; child != nullptr; child = child->next) {
    if (is_element(child, space, "SigReference")) {
      const auto uri = attribute_of(child, "URI");
      const auto name = uri ? file_of_uri(*uri) : std::nullopt;
      if (has_signature || !name) return bad_manifest("does not name one signature of the container");
      out.signature = *name;
      has_signature = true;
    } else if (is_element(child, space, "DataObjectReference")) {
      if (out.references.size() >= kMaxAsicReferences)
        return fail(Code::limit_exceeded, "asic.manifest-size",
                    "the manifest names more files than this program reads");
      SEGELL_TRY(auto reference, read_data_object(child));
      if (!seen.insert(reference.name).second)
        return bad_manifest("names the file " + quoted_name(reference.name) + " twice");
      out.critical_extension = out.critical_extension || reference.critical_extension;
      out.references.push_back(std::move(reference));
    } else if (is_element(child, space, "ASiCManifestExtensions")) {
      out.critical_extension = out.critical_extension || has_critical_extension(child);
    }
  }
  if (!has_signature) return bad_manifest("does not name one signature of the container");
  if (out.references.empty()) return bad_manifest("names no file");
  return out;
}

bool is_too_deep(const xmlNode* node, int depth) {
  if (depth > kMaxXmlDepth) return true;
  for (const xmlNode* child = node->children; child != nullptr; child = child->next)
    if (child->type == XML_ELEMENT_NODE && is_too_deep(child, depth + 1)) return true;
  return false;
}

// Every part of the path encoded for itself.
std::string uri_of_file(std::string_view name) {
  std::string out;
  for (std::size_t at = 0; at <= name.size();) {
    const std::size_t end = std::min(name.find('/', at), name.size());
    if (at != 0) out += '/';
    out += base::percent_encode(name.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

}  // namespace

Result<AsicManifest> parse_asic_manifest(base::BytesView octets) {
  if (octets.size() > kMaxAsicManifest)
    return fail(Code::limit_exceeded, "asic.manifest-size", "the manifest is larger than this program reads");
  const std::string_view text = base::as_text(octets);
  // In UTF-8 and without a document type there are no entities but those of XML itself.
  if (!base::is_utf8(text) || text.find('\0') != std::string_view::npos) return bad_manifest("is no UTF-8");
  if (text.find("<!DOCTYPE") != std::string_view::npos) return bad_manifest("has a document type");
  const XmlLibrary* library = xml_library();
  if (library == nullptr)
    return fail(Code::unavailable, "asic.xml", "containers need the library libxml2, which is not installed",
                "install the package libxml2");
  constexpr int kOptions = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_COMPACT;
  const std::unique_ptr<xmlDoc, void (*)(xmlDocPtr)> document(
      library->read_memory(text.data(), static_cast<int>(text.size()), nullptr, "UTF-8", kOptions),
      library->free_document);
  library->reset_last_error();
  if (document == nullptr) return bad_manifest("is no well-formed XML");
  if (document->intSubset != nullptr || document->extSubset != nullptr) return bad_manifest("has a document type");
  const xmlNode* root = library->root_element(document.get());
  if (root != nullptr && is_too_deep(root, 0)) return bad_manifest("is nested too deeply");
  return read_manifest_root(root);
}

std::string write_asic_manifest(std::string_view signature, std::string_view mime,
                                const std::vector<AsicEntry>& objects) {
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<asic:ASiCManifest xmlns:asic=\"" +
                    std::string(kAsicNamespace) + "\" xmlns:ds=\"" + std::string(kDsigNamespace) +
                    "\">\n  <asic:SigReference URI=\"" + base::escape_markup(uri_of_file(signature)) +
                    "\" MimeType=\"" + std::string(mime) + "\"/>\n";
  for (const AsicEntry& object : objects)
    out += "  <asic:DataObjectReference URI=\"" + base::escape_markup(uri_of_file(object.name)) +
           "\">\n    <ds:DigestMethod Algorithm=\"" + std::string(kDigestUris.front().uri) +
           "\"/>\n    <ds:DigestValue>" + base::to_base64(object.sha256) +
           "</ds:DigestValue>\n  </asic:DataObjectReference>\n";
  return out + "</asic:ASiCManifest>\n";
}

}  // namespace segell::signer::ades
