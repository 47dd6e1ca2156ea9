// Prepares a visit through the service's own interface, as a professional's program does.
import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';

const paper = new URL('../../../service/segelld/demo/informacio-i-decisions.pdf', import.meta.url);

/** The scope of the question that the proof asks again and again. */
export const income = { purpose: 'meal-grant', category: 'income.tax', recipient: 'A09002970' };
/** What a law allows, asked or not: on the paper only where a test wants it. */
export const health = { purpose: 'meal-grant', category: 'health.summary', recipient: 'A09002970' };
export const register = { purpose: 'meal-grant', category: 'household.register', recipient: 'L01430001' };

export async function prepareVisit(service, {
  methods = ['drawn', 'button', 'drawn-with-dynamics'], name = 'Ramon Exemple Inventat', known, discreet = false, law = false, meanings,
  title = 'Informació i decisions sobre les vostres dades', capacity = 'self', ...more
} = {}) {
  const inDays = (days) => new Date(Date.now() + days * 86_400_000).toISOString().replace(/\.\d+Z$/, 'Z');
  const { document } = await service.ask('POST', '/api/v1/documents', new Uint8Array(readFileSync(paper)), 'application/pdf');
  const { person } = known ? { person: { id: known } } : await service.ask('POST', '/api/v1/persons', { name });
  const publish = async (key, title, text) =>
    (await service.ask('POST', '/api/v1/notices', { key, language: 'ca', title, text })).notice;
  const consent = await publish('renda', 'Consulta de la renda',
    'Qui ho farà: Serveis Socials de Vilaexemple.\nPer a què: només per tramitar la beca de menjador.\nPodeu canviar d’opinió quan vulgueu.');
  const duty = await publish('padro', 'Consulta del padró', 'Ho permet la llei. Us hi podeu oposar pels vostres motius.');
  const reference = ({ key, version }) => ({ key, version });
  const { request } = await service.ask('POST', '/api/v1/signature-requests', {
    documentId: document.id, personId: person.id, title, language: 'ca', capacity,
    identityEvidence: { kind: 'id-seen', level: 4 }, professional: { name: 'Marta Inventada' }, methods, discreet, meanings, expiresAt: inDays(1),
    items: [
      { ...income, basis: { kind: 'EXPRESS_CONSENT', article6: 'a', opposable: 'no' }, notice: reference(consent), validUntil: inDays(300),
        text: 'Voleu que consultem la vostra renda a l’Agència Tributària per tramitar la beca de menjador?',
        consequenceIfRefused: 'Haureu de portar vós la declaració de la renda. L’ajut no canvia per això.' },
      { ...register, basis: { kind: 'NON_OPPOSITION', article6: 'e', law: 'Llei 39/2015, art. 28', opposable: 'art28' }, notice: reference(duty),
        validUntil: inDays(300), text: 'Consultarem al padró amb qui viviu. La llei ho permet, i us hi podeu oposar.',
        consequenceIfRefused: 'Haureu de portar vós el volant de convivència.' },
      ...law ? [{ ...health, basis: { kind: 'LAW', article6: 'e', article9: 'h', law: 'Llei inventada 1/2020, art. 3', opposable: 'no' }, notice: reference(duty),
        validUntil: inDays(300), text: 'El centre de salut sap quin ajut rebeu. Ho mana la llei.', consequenceIfRefused: 'Cap.' }] : [],
    ],
    ...more,
  });
  return { document, person, request, link: request.link.startsWith('http') ? request.link : service.origin + request.link };
}

/** May this be read? As another system asks. */
export const evaluate = (service, person, scope = income) => service.ask('POST', '/access/v1/evaluation', {
  subject: { type: 'organization', id: scope.recipient }, action: { name: 'read', properties: { purpose: scope.purpose } },
  resource: { type: 'person_data', id: person.id, properties: { category: scope.category } },
});

/** The whole visit without a page: the person confirms with a button. Returns the sealed octets and their code. */
export async function signByButton(service, { link, document }) {
  const capability = new URL(link).hash.slice(1);
  const call = async (method, path, body) => {
    const response = await fetch(`${service.origin}/api/v1/visit${path}`, {
      method, body: body && JSON.stringify(body),
      headers: { Authorization: `Bearer ${capability}`, ...(body && { 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID() }) },
    });
    if (!response.ok) {
      throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    }
    return response;
  };
  const { request } = await (await call('GET', '')).json();
  const choices = request.items.map((item) => ({ item: item.id, choice: item.choices[0] }));
  await call('POST', '/choices', { choices });
  const shown = Buffer.from(await (await call('GET', '/document')).arrayBuffer());
  const digest = (name) => createHash(name).update(shown).digest('hex');
  const { sealed } = await (await call('POST', '/act', {
    shown: { sha256: digest('sha256'), sha512: digest('sha512'), length: shown.length }, method: 'button', meaning: 'agree',
  })).json();
  const { octets } = await service.call('GET', `/api/v1/documents/${document.id}/content`);
  return { octets, shown: shown.length, code: sealed.verificationCode };
}
