import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listedNames, listedWords } from '../../../libs/search/index.ts';
import { SHARDS, type ShelvedText, shardOf, shelfFile, TAKE, textsFile } from '../../web/suitcase/shards.ts';
import type { BesideFolder } from '../export/beside-folder.ts';

/** Characters of texts in one file, about: a search reads whole files. */
const CHUNK = 65_536;
/** Characters of the index that wait in memory, in all parts together: of each part some kilobytes are written at once. */
const MOST_WAITING = 2 * 1_048_576;

/** A script that hands over what a file of the suitcase holds. */
export function handsOver(file: string, value: unknown): string {
  return `${TAKE}(${JSON.stringify(file)},${JSON.stringify(value)});\n`;
}

/**
 * The index of a suitcase. Which text has a word is noted part by part in files of its own, however many texts there are, and
 * each part is put in order once, at the end.
 */
export class SearchFiles {
  readonly #folder: Pick<BesideFolder, 'write' | 'notes'>;
  readonly #waiting: string[][] = Array.from({ length: SHARDS }, () => []);
  #waitingLength = 0;
  #chunk: ShelvedText[] = [];
  #chunkLength = 0;
  readonly #starts: number[] = [];
  #count = 0;

  constructor(folder: Pick<BesideFolder, 'write' | 'notes'>) {
    this.#folder = folder;
  }

  /** The texts come in the order of their time, so that the newest have the greatest numbers. */
  async add(text: ShelvedText): Promise<void> {
    const [kind, , title, name, handle, , body, , , , excerpt = ''] = text;
    const number = this.#count;
    this.#count += 1;
    // A comment is found by its own words, not by those of its post.
    const words = kind === 'p' ? `${title}\n${excerpt}\n${body}` : body;
    for (const word of listedWords(words)) this.#note(word, number);
    for (const word of listedNames(`${name} ${handle}`)) this.#note(word, number);
    if (this.#chunk.length === 0) this.#starts.push(number);
    this.#chunk.push(text);
    this.#chunkLength += title.length + body.length;
    if (this.#chunkLength >= CHUNK) await this.#endChunk();
    if (this.#waitingLength >= MOST_WAITING) await this.#putAway();
  }

  /** Writes the index, and gives the number of the first text of each file. */
  async finish(): Promise<readonly number[]> {
    if (this.#chunk.length > 0) await this.#endChunk();
    await this.#putAway();
    for (let shard = 0; shard < SHARDS; shard += 1) {
      const file = shelfFile(shard);
      await this.#folder.write(file, handsOver(file, shelfOf(await this.#notesOf(shard))));
    }
    return this.#starts;
  }

  #note(word: string, number: number): void {
    const note = `${word} ${number}`;
    this.#waiting[shardOf(word)]?.push(note);
    this.#waitingLength += note.length;
  }

  async #endChunk(): Promise<void> {
    const file = textsFile(this.#starts.length - 1);
    await this.#folder.write(file, handsOver(file, this.#chunk));
    this.#chunk = [];
    this.#chunkLength = 0;
  }

  async #putAway(): Promise<void> {
    for (const [shard, notes] of this.#waiting.entries()) {
      if (notes.length === 0) continue;
      await appendFile(join(this.#folder.notes, String(shard)), `${notes.join('\n')}\n`);
      this.#waiting[shard] = [];
    }
    this.#waitingLength = 0;
  }

  async #notesOf(shard: number): Promise<string> {
    return readFile(join(this.#folder.notes, String(shard)), 'utf8').catch(() => '');
  }
}

/** No word has a space. */
function shelfOf(notes: string): Readonly<Record<string, readonly number[]>> {
  const shelf = new Map<string, { last: number; readonly gaps: number[] }>();
  for (let from = 0; from < notes.length; ) {
    const lineEnd = notes.indexOf('\n', from);
    const wordEnd = notes.indexOf(' ', from);
    const [word, number] = [notes.slice(from, wordEnd), Number(notes.slice(wordEnd + 1, lineEnd))];
    from = lineEnd + 1;
    const list = shelf.get(word) ?? { last: 0, gaps: [] };
    list.gaps.push(number - list.last);
    list.last = number;
    shelf.set(word, list);
  }
  return Object.fromEntries([...shelf].map(([word, { gaps }]) => [word, gaps]));
}
