import { trusted } from '../../../libs/kernel/index.ts';
import { ProcessSeal, Scratch } from '../../../libs/scratch/index.ts';
import type { SourceName } from '../source/source-comment.ts';

const NOBODY: SourceName = { name: '', email: '', url: '' };

/** The people of an export whose comments name them by id; sealed, outside of memory. */
export class SourcePeople {
  readonly #scratch = new Scratch();
  readonly #seal = new ProcessSeal();
  readonly #sealed = this.#scratch.map();

  add(id: string, person: SourceName): void {
    this.#sealed.set(id, this.#seal.seal(JSON.stringify(person)).toString('base64'));
  }

  /** Nobody's name for an unknown id. */
  of(id: string): SourceName {
    const sealed = this.#sealed.get(id);
    return sealed === undefined
      ? NOBODY
      : trusted<SourceName>(JSON.parse(this.#seal.open(Buffer.from(sealed, 'base64'))));
  }

  close(): void {
    this.#scratch.close();
  }
}
