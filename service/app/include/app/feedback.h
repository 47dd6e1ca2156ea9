#pragma once

#include "app/caller.h"
#include "app/page.h"
#include "app/reply.h"
#include "app/service.h"

#include <string>
#include <string_view>

// What people say about the use of the pages (Directive (EU) 2016/2102 article 7(1)(b), Real Decreto 1112/2018 articles
// 10 to 12): without a login, without a name. Whoever answers people's requests answers within twenty working days.

namespace segell::app {

/// Whose pages these are, for the accessibility statement. Body: {"organisation","telephone"}; telephone is null where
/// none is configured. It is the first organisation of the node.
base::Result<base::Json> describe_organisation(Service& service);

struct NewFeedback {
  std::string text;     ///< up to 4000 octets of plain text
  std::string page;     ///< which page it is about: one of its names, never an address; empty: none
  std::string way;      ///< how an answer is wanted: "none", "phone" or "post"
  std::string contact;  ///< a number or a postal address, for an answer; empty for "none"
};
/// Body: {"feedback":{reference,dueAt}}. Nothing in it leads back to a document or a visit. Errors: invalid_argument
/// "feedback.bad-text", "feedback.bad-page", "feedback.bad-contact"; unavailable "feedback.full" while a thousand wait.
base::Result<base::Json> send_feedback(Service& service, const NewFeedback& wanted);

/// Newest first. Nobody's words are in it. Body: {"feedback":[{id,state,receivedAt,dueAt}],"next"}. Errors: not_found
/// "http.not-found" for whoever answers nobody; invalid_argument "page.bad-cursor".
base::Result<base::Json> list_feedback(Service& service, const Caller& caller, const Page& page);

/// One with its words; an event. Body: {"feedback":{id,state,receivedAt,dueAt,page,text,way,contact,answer}}. Error:
/// not_found "feedback.unknown".
base::Result<base::Json> read_feedback(Service& service, const Caller& caller, std::string_view feedback);

/// Notes what was answered or done; the contact is forgotten with it. Body: {"feedback":{id,state,logIndex}}. Errors:
/// not_found "feedback.unknown"; conflict "feedback.answered"; invalid_argument "feedback.bad-text".
base::Result<Reply> answer_feedback(Service& service, const Caller& caller, std::string_view feedback,
                                    const std::string& text, const Idempotency& idempotency);

}  // namespace segell::app
