#pragma once

#include "pdf/copier.h"
#include "signer/pdf/pages.h"

#include <string>

namespace segell::signer::pdf {

/// A page's content as one stream: entries for its dictionary and raw octets.
struct PageContent {
  std::string entries;
  base::Bytes raw;
};

/// Errors: malformed "pdf.page"; the document's.
base::Result<PageContent> content_of(Copier& copier, const Document& from, const Page& page);
/// "/Resources … /Group …" of a page or form. Errors: the document's.
base::Result<std::string> shared_entries(Copier& copier, const Document& from, const Page& page);
/// import_page_as_form() with a copier that goes on being used: several pages share what they use. Not flushed.
base::Result<Ref> copy_page_as_form(RevisionWriter& writer, Copier& copier, const Document& from, const Page& page);

/// Error: conflict "pdf.signed".
base::Result<void> check_unsigned(const Document& base);

}  // namespace segell::signer::pdf
