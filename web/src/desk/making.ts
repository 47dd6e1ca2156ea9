import { once, type Once } from '../api/session';
import type { Desk, Link } from './api';
import { documentOf, inDays, nameOf, requestOf, type Draft, type Signer } from './draft';

/** A link that was made, whose it is, and for whom they sign. */
export interface Made extends Link {
  person: string;
  representing: string | null;
}

/**
 * A draft on its way: the document, then a request for each signer. What was answered is kept and what is sent again has the same
 * key, so that trying again after a lost answer makes nothing twice.
 */
export class Making {
  readonly #desk: Desk;
  readonly #professional: string;
  readonly #expiresAt: string;
  readonly #key = crypto.randomUUID();
  readonly #requests = new Map<Signer, Once>();
  readonly #made = new Map<Signer, Made>();
  #template: Once | null = null;
  #document: string | null = null;

  constructor(
    private readonly draft: Draft,
    desk: Desk,
    professional: string,
  ) {
    this.#desk = desk;
    this.#professional = professional;
    this.#expiresAt = inDays(draft.days);
  }

  /** Whether this is that draft on its way. */
  makes(draft: Draft): boolean {
    const fileOf = ({ paper }: Draft): File | null => (paper?.kind === 'pdf' ? paper.file : null);
    return fileOf(draft) === fileOf(this.draft) && JSON.stringify(draft) === JSON.stringify(this.draft);
  }

  async run(): Promise<Made[]> {
    this.#document ??= await this.#makeDocument();
    let after: string | null = null;
    for (const signer of this.draft.signers) {
      const made: Made = this.#made.get(signer) ?? (await this.#ask(signer, this.#document, after));
      this.#made.set(signer, made);
      after = this.draft.inOrder ? made.id : null;
    }
    return this.draft.signers.flatMap((signer) => this.#made.get(signer) ?? []);
  }

  async #makeDocument(): Promise<string> {
    const { paper, signers } = this.draft;
    if (paper?.kind === 'pdf') {
      return this.#desk.store(paper.file, this.#key);
    }
    if (paper === null) {
      throw new Error('no paper');
    }
    this.#template ??= once(`templates/${paper.template.key}/documents`, documentOf(paper, signers, this.#professional));
    return ((await this.#desk.send(this.#template)) as { document: { id: string } }).document.id;
  }

  async #ask(signer: Signer, documentId: string, after: string | null): Promise<Made> {
    const about = { documentId, professional: this.#professional, expiresAt: this.#expiresAt, after };
    const sending = this.#requests.get(signer) ?? once('signature-requests', requestOf(this.draft, signer, about));
    this.#requests.set(signer, sending);
    const { request } = (await this.#desk.send(sending)) as { request: Link };
    return { ...request, person: nameOf(signer), representing: signer.acting === null ? null : signer.person.name };
  }
}
