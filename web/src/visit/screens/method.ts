import { html } from 'lit';
import type { Method } from '../../api/types';
import { officialsIn } from './on_behalf';
import { answers, button, complaint, heading } from './parts';
import type { Scene, Screen } from './screen';

/** The least invasive way first, whatever the order of the service. */
const kOrder: readonly Method[] = ['drawn', 'button', 'official', 'witnesses', 'drawn-with-dynamics'];

/** Who holds the key of what the person gives: the first custodian named. */
export function custodianOf({ state }: Scene): string {
  return state.visit?.custody?.recipients.find((recipient) => recipient.role === 'custodian')?.name ?? '';
}

export function method(scene: Scene): Screen {
  const { say, state, flow } = scene;
  const { visit, step } = state;
  if (visit === null || step.at !== 'method') {
    return html``;
  }
  const offered = kOrder.filter((kind) => visit.methods.includes(kind));
  const words: Record<Method, { text: string; more?: string }> = {
    drawn: { text: say('method-drawn') },
    button: { text: say('method-button', { professional: visit.professional?.checkedIdentity ? visit.professional.name : 'none' }) },
    official: { text: say('method-official'), more: say('method-official-more', { officials: officialsIn(scene) }) },
    witnesses: { text: say('method-witnesses'), more: say('method-witnesses-more') },
    'drawn-with-dynamics': {
      text: say('method-dynamics'),
      more: say('method-dynamics-more', { custodian: custodianOf(scene), organisation: visit.organisation }),
    },
  };
  return html`
    ${heading(say('method-heading'))}
    ${answers({
      name: 'method',
      legend: say('method-equal'),
      options: offered.map((value) => ({ value, ...words[value] })),
      chosen: state.method ?? undefined,
      choose: (value) => flow.chooseMethod(value),
    })}
    ${complaint(step.missing, say('method-missing'))}
    <div class="two">
      ${button(say('continue'), () => flow.toSigning(), 'continue')}
      ${button(say('back'), () => flow.beforeMethod(), 'back')}
    </div>
  `;
}
