page-title = Visit
skip = Go to the content
quick-exit = Quick exit
quick-exit-hint = You can also press the Esc key three times.
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

button-heading = Confirm that you sign
button-statement = I have read the paper “{ $title }” and I agree.
button-statement-informed = I have read the paper “{ $title }” and I have been informed.
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
