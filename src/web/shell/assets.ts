import { existsSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { DomainError, trusted } from '../../../libs/kernel/index.ts';

/** The files lie beside the built program, and in dist/web for a program that runs from its sources. */
const BUILT = new URL(import.meta.url.endsWith('.ts') ? '../../../dist/web/' : '../../../web/', import.meta.url);

/** What pages load, by plain names; `scripts/build-web.mjs` makes a file of each. */
export const ASSET_NAMES = [
  'site.css',
  'pages.css',
  'account.css',
  'admin.css',
  'audit.css',
  'embed.css',
  'embed-alone.css',
  'since-visit.css',
  'moderation.css',
  'write.css',
  'suitcase.css',
  'icon.svg',
  'page.js',
  'thread.js',
  'time-machine.js',
  'embed.js',
  'hand-over.js',
  'counts.js',
  'frame.js',
  'passkeys.js',
  'proof.js',
  'proof-worker.js',
  'recovery.js',
  'once.js',
  'drafts.js',
  'told.js',
  'underway.js',
  'let-in.js',
  'post-counts.js',
  'written.js',
  'search.js',
  'inbox.js',
  'push.js',
  'sw.js',
  'write.js',
  'zone.js',
  'moderation.js',
  'policy.js',
  'settings.js',
  'audit.js',
  'receipt.js',
  'verify.js',
  'suitcase-search.js',
  'suitcase-verify.js',
] as const;
export type AssetName = (typeof ASSET_NAMES)[number];

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

interface Asset {
  readonly file: string;
  /** The files that it imports before it can run. */
  readonly imports: readonly string[];
}
type Manifest = Readonly<Record<string, Asset>>;

export interface AssetFile {
  readonly bytes: Buffer;
  readonly type: string;
  /** Null for uncompressed bytes. */
  readonly encoding: 'br' | 'gzip' | null;
}

/** The browsers' files that `scripts/build-web.mjs` made, read once and kept in memory (under 200 kB). */
export class Assets {
  readonly #directory: URL;
  #manifest: Manifest | undefined;
  readonly #read = new Map<string, Buffer>();

  constructor(directory: URL = BUILT) {
    this.#directory = directory;
  }

  /**
   * The names of what pages load and the build did not make, so that a start can refuse instead of every page that needs one.
   */
  missing(): readonly string[] {
    return ASSET_NAMES.filter((name) => {
      try {
        const { file, imports } = this.#asset(name);
        return ![file, ...imports].every((one) => existsSync(new URL(one, this.#directory)));
      } catch {
        return true;
      }
    });
  }

  /** `site.css` → `/assets/site-4F2K.css`, an address that changes with the contents. */
  address(name: AssetName): string {
    return `/assets/${this.#asset(name).file}`;
  }

  /** The addresses of the files that a browser program imports, so that they are fetched at the same time. */
  imports(name: AssetName): readonly string[] {
    return this.#asset(name).imports.map((file) => `/assets/${file}`);
  }

  /** A file in the smallest form that the browser accepts. Throws DomainError not_found. */
  file(name: string, acceptEncoding: string | undefined): AssetFile {
    const type = /^[\w-]+\.[a-z]+$/.test(name) ? TYPES[extname(name)] : undefined;
    if (type === undefined) throw new DomainError('not_found', 'There is no such file.');
    const accepts = (coding: string) =>
      new RegExp(`\\b${coding}\\b(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$))`).test(acceptEncoding ?? '');
    if (accepts('br')) return { bytes: this.#bytes(`${name}.br`), type, encoding: 'br' };
    if (accepts('gzip')) return { bytes: this.#bytes(`${name}.gz`), type, encoding: 'gzip' };
    return { bytes: this.#bytes(name), type, encoding: null };
  }

  /** A file as it is, for those who take it along. */
  bytesOf(name: AssetName): Buffer {
    return this.#bytes(this.#asset(name).file);
  }

  #asset(name: AssetName): Asset {
    this.#manifest ??= trusted<Manifest>(JSON.parse(readFileSync(new URL('manifest.json', this.#directory), 'utf8')));
    const asset = this.#manifest?.[name];
    if (asset === undefined) throw new Error(`there is no asset ${name}; run npm run build`);
    return asset;
  }

  #bytes(name: string): Buffer {
    const known = this.#read.get(name);
    if (known) return known;
    try {
      const bytes = readFileSync(new URL(name, this.#directory));
      this.#read.set(name, bytes);
      return bytes;
    } catch {
      throw new DomainError('not_found', 'There is no such file.');
    }
  }
}
