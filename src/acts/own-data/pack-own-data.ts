import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { OwnData, OwnSection } from '../../views/own-data/own-data.query-types.ts';
import { endOfPage, entryHtml, headOfPage, sectionHead } from './own-data-page.ts';
import type { PackOptions } from './words.ts';

/**
 * A ZIP of everything, made while it is read: a file of JSON for each kind, one page for people, and the images. Never more
 * than a few entries are in memory.
 */
export function packOwnData(data: OwnData, options: PackOptions): Readable {
  const zip = new ZipFile();
  const file = Readable.from(zip.outputStream);
  zip.on('error', (error: Error) => file.destroy(error));
  const mtime = new Date(options.at);
  const add = (name: string, pieces: () => AsyncIterable<string | Uint8Array>): void => {
    zip.addReadStreamLazy(name, { mtime }, (give) => give(null, Readable.from(pieces(), { objectMode: false })));
  };
  add('index.html', () => pageOf(data, options));
  for (const section of data.sections) add(`${section.name}.json`, () => jsonOf(section));
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

async function* jsonOf({ entries }: OwnSection): AsyncIterable<string> {
  let before = '[\n';
  for await (const entry of entries()) {
    yield before + JSON.stringify(entry);
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}

async function* pageOf({ sections }: OwnData, options: PackOptions): AsyncIterable<string> {
  yield headOfPage(options);
  for (const { name, entries } of sections) {
    yield sectionHead(name, options.words);
    let count = 0;
    for await (const entry of entries()) {
      count += 1;
      yield entryHtml(entry, options);
    }
    if (count === 0) yield `<p>${options.words.t('none')}</p>\n`;
  }
  yield endOfPage();
}
