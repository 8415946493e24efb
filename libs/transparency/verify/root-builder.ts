import { entryText, type HashText, leafText } from '../hashing.ts';
import { TreeBuilder } from '../tree-builder.ts';

/** The root of a tree from its lines, without keeping anything else of it. */
export class RootBuilder {
  readonly #tree = new TreeBuilder();

  get size(): number {
    return this.#tree.size;
  }

  /** Adds the next line, without its newline; answers its entry. */
  add(line: Uint8Array): HashText {
    const entry = entryText(line);
    this.addEntry(entry);
    return entry;
  }

  /** Adds the next line by its entry. */
  addEntry(entry: HashText): void {
    this.#tree.add(leafText(entry));
  }

  root(): Uint8Array {
    return this.#tree.root();
  }
}
