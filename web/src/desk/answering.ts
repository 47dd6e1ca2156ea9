import { behind } from './parts_of_lists';
import { kNothing } from './state';
import type { Correction, Feedback, OpenCorrection, OpenFeedback, Review, Tasks } from './tasks';
import { asksForSignatures } from './tasks_view';
import type { Page } from './visiting';

/** The lists of what waits for an answer. */
export type TaskPart = 'corrections' | 'feedback' | 'reviews';

/** What can be done about what waits for an answer. */
export interface AnsweringActions {
  tasks(): void;
  moreTasks(part: TaskPart): void;
  openFeedback(feedback: Feedback): void;
  note(feedback: OpenFeedback, text: string): void;
  openTask(task: Correction): void;
  answer(task: OpenCorrection, answer: 'accepted' | 'refused' | null, text: string): void;
  answerReview(review: Review, text: string): void;
}

/** What people, and birthdays, wait for an answer to. */
export class Answering {
  readonly actions: AnsweringActions;
  readonly #tasks: Tasks;
  readonly #page: Page;

  constructor(tasks: Tasks, page: Page) {
    this.#tasks = tasks;
    this.#page = page;
    const { attempt } = page;
    this.actions = {
      tasks: () => attempt(() => this.openList()),
      moreTasks: (part) => attempt(() => this.#fetch(part)),
      openFeedback: ({ id }) => attempt(async () => page.set({ step: { at: 'feedback', one: await tasks.oneFeedback(id) } })),
      openTask: ({ id }) => attempt(async () => page.set({ step: { at: 'correction', one: await tasks.correction(id) } })),
      note: (one, words) => this.#send(words, () => tasks.prepareNote(one, words), 'desk-noted'),
      answer: (task, answer, words) => {
        if (answer === null) {
          page.say('desk-answer-missing');
          return;
        }
        this.#send(words, () => tasks.prepareAnswer(task, answer, words), 'desk-answered');
      },
      answerReview: (one, words) => this.#send(words, () => tasks.prepareReview(one, words), 'desk-noted'),
    };
  }

  /** Reviews are of those who work with people. */
  async openList(news: string | null = null): Promise<void> {
    const { tasks, feedback, reviews } = kNothing;
    this.#page.set({ step: { at: 'tasks' }, tasks, feedback, reviews });
    if (asksForSignatures(this.#page.state())) {
      await this.#fetch('reviews');
    }
    await this.#fetch('corrections');
    await this.#fetch('feedback');
    this.#page.set({ news });
  }

  async #fetch(part: TaskPart): Promise<void> {
    const { tasks, feedback, reviews } = this.#page.state();
    if (part === 'corrections') {
      this.#page.set({ tasks: await behind(tasks, (cursor) => this.#tasks.corrections(cursor)) });
    } else if (part === 'feedback') {
      this.#page.set({ feedback: await behind(feedback, (cursor) => this.#tasks.feedback(cursor)) });
    } else {
      this.#page.set({ reviews: await behind(reviews, (cursor) => this.#tasks.reviews(cursor)) });
    }
  }

  /** An answer has words: they are asked for where they are missing. */
  #send(words: string, prepare: () => Parameters<Tasks['send']>[0], news: string): void {
    if (words === '') {
      this.#page.say('desk-answer-empty');
      return;
    }
    this.#page.attempt(async () => {
      await this.#tasks.send(prepare());
      await this.openList(news);
    });
  }
}
