import { SessionClient } from '../api/session';
import { quickExit } from '../ui/exit';
import { LeaveGuard } from '../ui/leave_guard';
import { Stage } from '../ui/stage';
import { TapGuard } from '../ui/tap_guard';
import { languageOf, wordsIn, type Language } from '../words/words';
import { takeCapability } from './capability';
import { Flow } from './flow';
import { isEmpty } from './notes';
import { OnlineSource } from './online';
import { nameOf, type State } from './state';
import { page } from './view';

let flow: Flow;
/** The way back to whoever gave this tablet to the person, where somebody did. */
let handBack: (() => void) | undefined;

const stage = new Stage(new TapGuard());
const leaving = new LeaveGuard();
const exit = quickExit(() => {
  leaving.guard(false);
  flow.abandon();
});

function show(state: State): void {
  leaving.guard(hasUnsent(state));
  const language = languageIn(state);
  const say = wordsIn(language, state.visit?.address);
  stage.show({
    name: nameOf(state.step),
    language,
    textSize: state.textSize,
    title: say('page-title'),
    guarded: true,
    content: page({ say, state, flow, language, ...(handBack === undefined ? {} : { handBack }) }, exit.leave),
  });
}

/** A link that was opened on a device of the person's own belongs to nobody else. */
async function lookForOwner(): Promise<void> {
  const client = new SessionClient();
  await client.current().catch(() => null);
  if (client.handedOver) {
    handBack = () => {
      leaving.guard(false);
      flow.abandon();
      window.location.replace('/login');
    };
    show(flow.state);
  }
}

/** Whether something that the person did is known to this page only: answers before the paper, or an act under way. */
function hasUnsent({ choices, fixed, strokes, reservation, notes, diligence, step, over }: State): boolean {
  const sending = step.at === 'working' && step.words !== 'reading-loading';
  return !over && (sending || strokes > 0 || reservation !== '' || !isEmpty(notes) || diligence.reason !== '' || (!fixed && choices.size > 0));
}

/** The visit's language; while there is no visit, the one chosen here, or the browser's. */
function languageIn({ visit, language }: State): Language {
  return visit === null ? (language ?? languageOf(...navigator.languages)) : languageOf(visit.language);
}

function open(): void {
  const capability = takeCapability(window.location, window.history);
  flow = new Flow(capability === null ? null : new OnlineSource(capability), show);
  flow.start();
}

// Another link opened in the same tab changes the fragment only.
window.addEventListener('hashchange', () => {
  if (window.location.hash.startsWith('#sgv_')) {
    flow.abandon();
    open();
  }
});
// Whoever leaves the page has gone on: what they said stands, though a page that dies takes it along.
window.addEventListener('pagehide', () => flow.leave());
open();
void lookForOwner();
