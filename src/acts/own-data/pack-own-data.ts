import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { escapedHtml } from '../../../libs/kernel/index.ts';
import type { OwnData, OwnSection } from '../../views/own-data/own-data.query-types.ts';
import { endOfPage, headOfPage, sectionHead } from './own-data-page.ts';
import { partOf } from './own-data-parts.ts';
import type { PackOptions } from './words.ts';

/** The characters of JSON that one download keeps from the page to the files. */
const MOST_KEPT = 12 * 1024 * 1024;

/**
 * A ZIP of everything, made while it is read: a file of JSON for each kind, one page for people, and the images. The files
 * are made of what was read for the page, as far as that fits into a bounded memory; the rest is read again.
 */
export function packOwnData(data: OwnData, options: PackOptions): Readable {
  const zip = new ZipFile();
  const file = Readable.from(zip.outputStream);
  zip.on('error', (error: Error) => file.destroy(error));
  const mtime = new Date(options.at);
  const add = (name: string, pieces: () => AsyncIterable<string | Uint8Array>): void => {
    zip.addReadStreamLazy(name, { mtime }, (give) => give(null, Readable.from(pieces(), { objectMode: false })));
  };
  const kept = new KeptEntries(options.mostKept ?? MOST_KEPT);
  add('index.html', () => pageOf(data, options, kept));
  for (const section of data.sections) add(`${section.name}.json`, () => jsonOf(section, kept));
  const addImages = async (): Promise<void> => {
    for await (const { name, read } of data.images()) add(`images/${name}`, () => once(read));
  };
  addImages().then(
    () => zip.end(),
    (error: Error) => file.destroy(error),
  );
  return file;
}

async function* once(read: () => Promise<Uint8Array>): AsyncIterable<Uint8Array> {
  yield await read();
}

/** The entries of whole sections as JSON, from when the page shows them until their files are made. */
class KeptEntries {
  readonly #sections = new Map<string, string[]>();
  #left: number;

  constructor(characters: number) {
    this.#left = characters;
  }

  /** Keeps a section's entries while they are read, unless they are too many. */
  async *of({ name, entries }: OwnSection): ReturnType<OwnSection['entries']> {
    const before = this.#left;
    let texts: string[] | null = [];
    for await (const entry of entries()) {
      if (texts !== null) {
        const text = JSON.stringify(entry);
        this.#left -= text.length;
        texts.push(text);
      }
      if (this.#left < 0) [texts, this.#left] = [null, before];
      yield entry;
    }
    if (texts !== null) this.#sections.set(name, texts);
  }

  /** The entries as JSON, read again where they were not kept. Each is given once. */
  async *texts({ name, entries }: OwnSection): AsyncIterable<string> {
    const kept = this.#sections.get(name);
    this.#sections.delete(name);
    if (kept !== undefined) yield* kept;
    else for await (const entry of entries()) yield JSON.stringify(entry);
  }
}

async function* jsonOf(section: OwnSection, kept: KeptEntries): AsyncIterable<string> {
  let before = '[\n';
  for await (const text of kept.texts(section)) {
    yield before + text;
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}

async function* pageOf({ sections }: OwnData, options: PackOptions, kept: KeptEntries): AsyncIterable<string> {
  yield headOfPage(
    options,
    sections.map(({ name }) => name),
  );
  for (const section of sections) {
    yield sectionHead(section.name, options.words);
    const part = partOf(section.name, options);
    let count = 0;
    for await (const entry of kept.of(section)) {
      count += 1;
      yield part.add(entry);
    }
    yield part.end();
    if (count === 0) yield `<p class="none">${escapedHtml(options.words.t('none'))}</p>\n`;
    yield '</section>\n';
  }
  yield endOfPage();
}
