#pragma once

#include "base/encoding.h"
#include "base/result.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace segell::app {

/// What the caller gave is outside the contract.
inline base::Failure invalid(std::string_view reason, std::string message, std::string hint = {}) {
  return base::fail(base::Code::invalid_argument, reason, std::move(message), std::move(hint));
}

/// Whether the word is one of a closed list.
template <std::size_t N>
bool one_of(const std::string_view (&words)[N], std::string_view word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

inline bool one_of(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// The languages in which papers, letters and names are complete.
inline constexpr std::string_view kPaperLanguages[] = {"ca", "es", "en"};

/// Text that people read: UTF-8, not empty, bounded, without control characters other than a line feed where allowed.
inline bool is_plain_text(std::string_view text, std::size_t max_bytes, bool lines = false) {
  return !text.empty() && text.size() <= max_bytes && base::is_utf8(text) &&
         std::none_of(text.begin(), text.end(), [lines](char c) {
           const auto octet = static_cast<unsigned char>(c);
           return (octet < 0x20 && !(lines && c == '\n')) || octet == 0x7f;
         });
}

/// The error of a name that is no identifier of ours is the same as of one that is unknown.
template <class Id>
base::Result<Id> parse_or_unknown(std::string_view text, std::string_view reason, const char* what) {
  auto id = Id::parse(text);
  if (id) return id;
  return base::fail(base::Code::not_found, reason, std::string("no such ") + what);
}

}  // namespace segell::app
