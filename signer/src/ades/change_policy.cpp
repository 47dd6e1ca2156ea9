#include "signer/ades/change_policy.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace segell::signer::ades {
namespace {

struct PolicyMember {
  const char* name;
  ChangeAnswer ChangePolicy::*answer;
};

constexpr std::array kMembers{PolicyMember{"formFilling", &ChangePolicy::form_filling},
                              PolicyMember{"annotations", &ChangePolicy::annotations},
                              PolicyMember{"visibleSignatures", &ChangePolicy::visible_signatures},
                              PolicyMember{"metadataAlone", &ChangePolicy::metadata_alone}};

struct AnswerName {
  std::string_view name;
  ChangeAnswer answer;
};

constexpr std::array kAnswers{AnswerName{"permitted", ChangeAnswer::permitted},
                              AnswerName{"suspicious", ChangeAnswer::suspicious},
                              AnswerName{"not-permitted", ChangeAnswer::not_permitted}};

std::optional<ChangeAnswer> answer_of(const base::Json& value) {
  const std::string* text = value.as_string();
  if (text == nullptr) return std::nullopt;
  for (const AnswerName& row : kAnswers)
    if (row.name == *text) return row.answer;
  return std::nullopt;
}

base::Result<void> take_answer(const std::string& name, const base::Json& value, ChangePolicy& policy) {
  for (const PolicyMember& member : kMembers) {
    if (name != member.name) continue;
    const auto answer = answer_of(value);
    if (!answer)
      return bad_policy("the policy's " + name + R"( is none of "permitted", "suspicious", "not-permitted")");
    policy.*(member.answer) = *answer;
    return base::ok();
  }
  return bad_policy("the policy's afterApproval has a member that is not known: " + name);
}

}  // namespace

base::Failure bad_policy(std::string message) {
  return base::fail(base::Code::malformed, "policy.malformed", std::move(message),
                    R"(for example {"schema":"segell.policy/1","afterApproval":{"formFilling":"permitted"}})");
}

base::Result<ChangePolicy> read_change_policy(const base::Json& after_approval) {
  if (after_approval.as_object() == nullptr) return bad_policy("the policy's afterApproval is no object");
  ChangePolicy policy;
  for (const auto& [member, answer] : *after_approval.as_object()) SEGELL_CHECK(take_answer(member, answer, policy));
  return policy;
}

base::Json to_json(const ChangePolicy& policy) {
  base::Json json = base::Json::object();
  for (const PolicyMember& member : kMembers)
    for (const AnswerName& row : kAnswers)
      if (row.answer == policy.*(member.answer)) json.set(member.name, row.name);
  return json;
}

}  // namespace segell::signer::ades
