import { html, nothing } from 'lit';
import '../ui/read_aloud';
import { frame, languages, sizes } from '../ui/frame';
import { answered, done } from './screens/end';
import { copy, end } from './screens/copy';
import { item, toldOf } from './screens/item';
import { notes } from './screens/notes';
import { consented, onBehalf } from './screens/on_behalf';
import { reading } from './screens/reading';
import { review } from './screens/review';
import type { Scene, Screen } from './screens/screen';
import { problem, waiting } from './screens/waiting';
import { welcome } from './screens/welcome';
import { diligence, witness } from './screens/witnesses';
import { nameOf, type Step } from './state';

const kScreens: Record<Step['at'], (scene: Scene) => Screen> = {
  opening: waiting,
  welcome,
  item,
  review,
  working: waiting,
  reading,
  notes,
  diligence,
  witness,
  'on-behalf': onBehalf,
  consented,
  done,
  answered,
  copy,
  end,
  problem,
};

/** The whole page: what is always there, and the screen of the step. */
export function page(scene: Scene, leave: () => void): Screen {
  const { say, state, flow, language } = scene;
  return frame(
    {
      say,
      page: 'visit',
      at: state.step.at,
      from: state.visit?.organisation ?? '',
      tools: [
        sizes(say, state.textSize, (size) => flow.setTextSize(size)),
        html`<segell-read-aloud .say=${say} .language=${language} .screen=${nameOf(state.step)} .told=${toldOf(scene)}></segell-read-aloud>`,
        state.visit === null && state.step.at === 'problem' ? languages(say, language, (chosen) => flow.setLanguage(chosen)) : nothing,
        scene.handBack === undefined
          ? nothing
          : html`<button type="button" class="small" data-act="hand-back" @click=${scene.handBack}>${say('hand-back')}</button>`,
      ],
      leave,
    },
    kScreens[state.step.at](scene),
  );
}
