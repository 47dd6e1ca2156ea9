page-title = Visit
skip = Go to the content
quick-exit = Quick exit
quick-exit-hint = You can also press the Esc key three times.
language = Language
text-size = Size of the letters
text-size-normal = Normal letters
text-size-large = Large letters
text-size-largest = Very large letters
continue = Continue
back = Go back
change = Change it
try-again = Try again
start-over = Start again

opening = One moment, please…

welcome-heading = Hello, { $name }
welcome-from = { $organisation } is asking you.
welcome-with = { $professional } is with you.
welcome-paper = Today’s paper
welcome-questions = { $count ->
    [0] There are no questions.
    [one] We will ask you one question.
   *[other] We will ask you { $count } questions, one at a time.
  }
welcome-answered = You have answered the questions: the answers do not change.
welcome-read = Then you can read the whole paper.
welcome-decide = At the end you decide: sign it, not sign it, or take time to think.
welcome-time = Take all the time you want. If you do not understand something, ask.
welcome-begin = Let’s start

item-step = Question { $index } of { $count }
item-consequence = If you say no
item-consequence-object = If you do not want us to look this up
item-until = Valid until { $date }.
item-notice = Read the full notice
item-choose = Choose an answer
item-missing = Before you go on, choose one of the answers. They are all fine.
choice-grant = Yes, I allow it
choice-refuse = No, I don’t
choice-defer = I don’t know yet
choice-informed = I was told about it
choice-object = Don’t look this up

review-heading = This is what you decided
review-none = There were no questions.
review-next = Now we will put these answers on the paper. After that, the paper does not change any more.
review-prepare = Prepare the paper
preparing = We are preparing the paper…

reading-heading = Read the paper
reading-same = It is exactly the paper that will be signed.
reading-code = Code of the paper
reading-as-text = Show it as text
reading-as-paper = Show it as paper
reading-page = Page { $page } of { $pages }
reading-decide = What do you want to do?
reading-loading = We are opening the paper…
sign = I sign
refuse = I won’t sign
defer = I want time to think

method-heading = How do you want to sign?
method-equal = They are all worth the same.
method-missing = Before you go on, choose how you want to sign.
method-drawn = I draw my signature; only the drawing is kept.
method-button = { $professional ->
    [none] I confirm with a button.
   *[other] I confirm with a button; { $professional } has checked who I am.
  }
method-dynamics = I draw my signature and how I draw it (rhythm and pressure) is kept too.
method-dynamics-more = It is encrypted; { $custodian } has the key, not { $organisation }; it is opened only for an expert’s examination. You can ask for it to be erased.

ink-heading = Sign here
ink-label = Space to sign
ink-says = By signing you say:
ink-help = With the pen or with your finger. With either hand.
ink-drawn-only = Only the drawing is kept.
ink-dynamics = Rhythm and pressure are kept too, encrypted for { $custodian }.
ink-undo = Undo the last stroke
ink-clear = Clear everything
ink-other-way = Sign in another way
ink-missing = You have not drawn anything yet. Sign inside the box, or choose another way.
ink-some = There { $count ->
    [one] is one stroke.
   *[other] are { $count } strokes.
  }
ink-none = The box is empty.
ink-slow = This tablet takes few points a second: the rhythm will be kept with little detail. You can sign like this or in another way, it is worth the same.

button-heading = Confirm that you sign
statement = I have read the paper “{ $title }” and I agree.
statement-informed = I have read the paper “{ $title }” and I have been informed.
button-checked = { $professional } has checked who you are.

leave-refused-heading = You won’t sign?
leave-refused-text = You have every right. It will be noted that you said no, and that is all.
leave-deferred-heading = You want time to think?
leave-deferred-text = No problem. We leave it as it is and you can talk about it another day.
sending = One moment, we are saving it…

done-sealed = Sealed
done-sealed-text = The paper is signed and sealed. It can no longer be changed without it showing.
done-pending = Received
done-pending-text = The paper is signed and sealed. The timestamp is pending and will be added by itself.
done-kept = What you signed
done-code = Code to check the document
done-withdraw = If you allowed something, you can withdraw it whenever you want, as easily as now.
done-end = You can hand back the tablet now. Thank you.
answered-refused = All right: you did not sign
answered-refused-text = We have noted it. You do not have to explain anything.
answered-deferred = All right: you want time to think
answered-deferred-text = Nothing was signed. Whenever you want, we look at it again.

problem-reference = If you ask for help, say this code:
problem-offline = The connection was lost
problem-offline-text = What you did is still here. When the connection is back, press the button and we go on where we were.
problem-link = This link opens nothing
problem-link-text = Ask the person who is with you to open the visit again.
problem-expired = This link has expired
problem-expired-text = Nothing was signed. Ask the person who is with you to prepare a new visit.
problem-used = This is already done
problem-used-text = This paper was signed or answered before. You do not have to do anything else.
problem-frozen = The answers are on the paper already
problem-frozen-text = These questions were answered differently before, and the paper no longer changes. If you do not agree, say that you want time to think.
problem-stale = The paper has changed in the meantime
problem-stale-text = Nothing was signed. You need to read the new version before you decide.
problem-digest = The paper is not the one it should be
problem-digest-text = The paper that reached this tablet is not the same as the one that was prepared. So we do not let you sign it. Nothing was signed. If it happens again, tell the person who is with you.
problem-custody = The signature could not be recorded well enough
problem-custody-text = This tablet could not keep rhythm and pressure as it should. Nothing was signed: choose another way, it is worth the same.
problem-unreadable = The paper cannot be shown
problem-unreadable-text = This tablet cannot show this paper, and we will not have you sign something you have not seen. Tell the person who is with you.
problem-busy = The service is very busy
problem-busy-text = What you did is still here. Wait a few seconds and try again.
problem-server = The service had a problem
problem-server-text = What you did is still here. Try again; if it stays the same, tell the person who is with you.
problem-refused = The service did not accept it
problem-refused-text = Nothing was signed. Tell the person who is with you and say the code below.

check-title = Check
check-heading = Check a signed paper
check-intro = Choose the PDF file. We will tell you whether it changed since it was signed, who sealed it and when.
check-code = Code printed on the paper
check-code-type = Code printed on the paper, if you have it
check-code-incomplete = The code is not complete, or has a sign that no code has. Copy all six groups: there is no 0, no 1, no I and no O.
check-code-mistyped = This cannot be the code. Compare it with the paper: one sign is wrong, or two are swapped.
check-code-intro = The code alone proves nothing: the file is needed. Choose the PDF of the paper and we will tell you whether it is this one and whether it changed.
check-choose = Choose the PDF file
check-drop = or drop it here
check-one-file = Choose one file only.
check-not-kept = The file is sent to this service only to be checked. It is not kept.
check-working = Checking…
check-unchanged = Unchanged since signing
check-extended = Unchanged since signing; only signatures were added later
check-changed = Changed afterwards
check-false = The signature is not good
check-unknown = We cannot tell
check-none = There is no signature
check-none-text = This file carries no signature that can be checked. A paper that was printed and scanned has lost it: the original file is needed.
check-error = It could not be read
check-error-text = Perhaps it is not a PDF, or it is damaged. This says nothing about the signature.
check-why = Why
check-claims = This is what the file says. We do not vouch for it.
check-who = Who
check-kind = What it is
check-when = When
check-changes = Changes
check-level = Evidence level
check-not-proven = What is not proven
check-by-seal = sealed by { $name }
check-by-signature = signed with the certificate of { $name }
check-by-timestamp = timestamp by { $name }
check-by-declared = sealed by { $name }, which declares that a person (name not disclosed) { $did } and { $meant }
check-nobody = someone who cannot be named
check-organisational = organisational seal, not from a trusted-list provider
check-proven = proven by a timestamp
check-claimed = claimed by the signer
check-no-time = not known
check-no-changes = none
check-more = … and { $count } more
check-outcome-total-passed = Good
check-outcome-total-failed = Not good
check-outcome-indeterminate = We cannot tell
check-code-inside = Code inside the file
check-code-same = It is the same code: this file is that of the printed paper.
check-code-other = It is not the same code: this file is of another paper.
check-code-unknown = We cannot say whether this file is the paper of this code.
check-another = Check another file
check-problem-offline = The connection was lost
check-problem-offline-text = The file was not checked. When the connection is back, try again.
check-problem-busy = The service is very busy
check-problem-busy-text = The file was not checked. Wait a few seconds and try again.
check-problem-refused = The file is too large
check-problem-refused-text = The service did not accept it, and it was not checked. The program segell can check it.
check-problem-server = The service had a problem
check-problem-server-text = The file was not checked. Try again later.

did-drawn = drew their signature
did-drawn-with-dynamics = drew their signature (how it was drawn was kept too)
did-button = confirmed with a button
did-official = signed through an authorised official
did-witnesses = signed before witnesses
meant-agree = agrees
meant-agree-with-reservation = agrees with a note
meant-informed = was informed
meant-received = received it
meant-disagree = disagrees

gap-hand = that the person’s own hand signed
gap-revocation = that the certificate is not revoked (no revocation data)
gap-time = the time (no trusted timestamp)
gap-act-identity-evidence = how the person was identified (not disclosed)
gap-ocsp = the OCSP responses in the file
gap-pdf-encryption = anything behind the password

why-format-failure = it is not made as it must be
why-hash-failure = the signed content has changed
why-sig-crypto-failure = it does not fit the certificate
why-revoked = it was made after the certificate was revoked
why-expired = it was made after the certificate had expired
why-not-yet-valid = it was made before the certificate was valid
why-sig-constraints-failure = there are changes or a structure that cannot be explained
why-chain-constraints-failure = the certificate is not for this use
why-certificate-chain-general-failure = the certificate’s path does not hold
why-crypto-constraints-failure = the algorithms are too weak or not known
why-crypto-constraints-failure-no-poe = the algorithms are too weak or not known
why-timestamp-order-failure = the timestamps contradict each other
why-no-signing-certificate-found = the signer’s certificate is missing
why-no-certificate-chain-found = a trusted authority for this certificate is missing
why-revoked-no-poe = the certificate is revoked and proof that the signature is older is missing
why-revoked-ca-no-poe = the certificate is revoked and proof that the signature is older is missing
why-out-of-bounds-no-poe = the certificate is not valid now and proof that the signature is older is missing
why-signed-data-not-found = what was signed is missing
