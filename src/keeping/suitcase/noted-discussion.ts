import type { Comment } from '../../../libs/client/index.ts';
import { trusted } from '../../../libs/kernel/index.ts';
import type { Notebook, NotedPlace } from './notebook.ts';

/**
 * A discussion that is read once and written page by page: its pages name how many there are and link to each other, so all
 * of them wait in a notebook, and memory holds one of them and the place of each comment.
 */
export class NotedDiscussion {
  /** On which page each comment stands, from 1 on. */
  readonly places: ReadonlyMap<string, number>;
  readonly #notebook: Notebook;
  readonly #noted: readonly NotedPlace[];

  private constructor(notebook: Notebook, noted: readonly NotedPlace[], places: ReadonlyMap<string, number>) {
    this.#notebook = notebook;
    this.#noted = noted;
    this.places = places;
  }

  /** The notebook holds one discussion at a time. Throws the system's error, and what the pages throw. */
  static async of(notebook: Notebook, pages: AsyncIterable<readonly Comment[]>): Promise<NotedDiscussion> {
    notebook.turn();
    const noted: NotedPlace[] = [];
    const places = new Map<string, number>();
    for await (const page of pages) {
      noted.push(await notebook.note(JSON.stringify(page)));
      for (const { id } of page) places.set(id, noted.length);
    }
    return new NotedDiscussion(notebook, noted, places);
  }

  get pages(): number {
    return this.#noted.length;
  }

  /** Throws RangeError for a page that it does not have. */
  async page(number: number): Promise<readonly Comment[]> {
    const place = this.#noted[number - 1];
    if (place === undefined) throw new RangeError(`there is no page ${number} of ${this.pages}`);
    return trusted<readonly Comment[]>(JSON.parse(await this.#notebook.read(place)));
  }
}
