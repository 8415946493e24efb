import { randomUUID } from 'node:crypto';
import { constants, type Dirent } from 'node:fs';
import { chmod, mkdir, open, opendir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../kernel/index.ts';
import { aboutIn, MOST_ABOUT_BYTES, withAbout } from './outbox-about.ts';
import { isOutboxName, outboxName, readOutboxName } from './outbox-names.ts';
import { MailFault, type MailTransport, type WrittenMail } from './port.ts';
import { SharedSync } from './shared-sync.ts';

/** A file beyond this is none of the forum's mails. */
const LARGEST_BYTES = 262_144;
/** Named by its mail and its writing; without a mail by an earlier version. */
const PART = /^\.(?:([0-9a-f-]{36})\.)?[0-9a-f-]{36}\.part$/;
/** Room for a usual mail; a larger one takes its own. */
const MAIL_BYTES = 65_536;
/** The age from which on nobody writes a part any more, in milliseconds. */
const LEFT_AFTER_MS = 3_600_000;

/**
 * A folder of mails for a forum without a mail server, a file each, for nobody but its keeper. A mail that is sent again
 * replaces its file; several processes may write, since each file is whole from its first moment.
 */
export class MailFolder implements MailTransport {
  readonly folder: string;
  readonly atOnce = 16;
  readonly #underWay = new Set<Promise<void>>();
  /** Resolves once this process has seen to the folder. */
  #made: Promise<void> | undefined;
  readonly #syncs: SharedSync;
  /**
   * The bytes of mails that are being written. Bytes of their own for each would wait in memory for the next collection
   * of what is old: 64 MiB of thousands of mails.
   */
  readonly #room: Buffer[] = [];

  constructor(folder: string) {
    this.folder = folder;
    this.#syncs = new SharedSync(() => syncFolder(folder));
  }

  /** Keeps the text no longer than until it is bytes. */
  async send({ at, id, raw, about }: WrittenMail): Promise<void> {
    const writing = this.#filed({ at, id, text: about === undefined ? raw : withAbout(raw, about) });
    this.#underWay.add(writing);
    const done = (): void => void this.#underWay.delete(writing);
    writing.then(done, done);
    return writing;
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#underWay);
  }

  /** Takes away what processes that were killed have left half written. */
  async sweep(): Promise<void> {
    for await (const entry of this.#entries()) {
      if (!PART.test(entry.name)) continue;
      const path = join(this.folder, entry.name);
      const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
      if (Date.now() - mtimeMs > LEFT_AFTER_MS) await rm(path, { force: true });
    }
  }

  /** Takes away the files of these mails, also what is half written of them: a process that was killed has left it. */
  async removeAll(ids: ReadonlySet<string>): Promise<void> {
    let removed = false;
    for await (const { name } of this.#entries()) {
      const id = isOutboxName(name) ? readOutboxName(name).id : PART.exec(name)?.[1];
      if (id === undefined || !ids.has(id)) continue;
      await rm(join(this.folder, name), { force: true });
      removed = true;
    }
    if (removed) await syncFolder(this.folder);
  }

  /**
   * Takes away the mails that tell of any of these ids. What a mail of an earlier version tells of does not stand in its
   * file: `mayTell` says of such a mail whether it is taken away, too.
   */
  async removeAbout(gone: ReadonlySet<string>, mayTell: (id: string) => Promise<boolean>): Promise<void> {
    let removed = false;
    for await (const { name } of this.#entries()) {
      if (!isOutboxName(name)) continue;
      const about = aboutIn(await this.#headOf(name));
      const tells = about === null ? await mayTell(readOutboxName(name).id) : about.some((id) => gone.has(id));
      if (!tells) continue;
      await rm(join(this.folder, name), { force: true });
      removed = true;
    }
    if (removed) await syncFolder(this.folder);
  }

  /** Takes away the mails that were caused before a moment (RFC 3339). */
  async removeBefore(moment: string): Promise<void> {
    let removed = false;
    for await (const { name } of this.#entries()) {
      if (!isOutboxName(name) || readOutboxName(name).at >= moment) continue;
      await rm(join(this.folder, name), { force: true });
      removed = true;
    }
    if (removed) await syncFolder(this.folder);
  }

  /** The newest names, at most `limit`, that come before the name `before` (null: of all); newest first. */
  async newest(limit: number, before: string | null): Promise<readonly string[]> {
    const found: string[] = [];
    for await (const entry of this.#entries()) {
      const { name } = entry;
      if (!entry.isFile() || !isOutboxName(name)) continue;
      if (before !== null && name >= before) continue;
      found.push(name);
      if (found.length >= 2 * limit) found.sort().splice(0, found.length - limit);
    }
    return found.sort().reverse().slice(0, limit);
  }

  /** The bytes of a mail; undefined where there is no such file. A link is not followed. */
  async read(name: string): Promise<Buffer | undefined> {
    if (!isOutboxName(name)) return undefined;
    try {
      const file = await open(join(this.folder, name), constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
      try {
        const { size } = await file.stat();
        return size > LARGEST_BYTES ? undefined : await file.readFile();
      } finally {
        await file.close();
      }
    } catch (error) {
      if (['ENOENT', 'ELOOP', 'EISDIR', 'EACCES'].includes(codeOf(error))) return undefined;
      throw error;
    }
  }

  /** The first bytes of a mail; none where it is gone. */
  async #headOf(name: string): Promise<Buffer> {
    const file = await open(join(this.folder, name), constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0)).catch(
      () => null,
    );
    if (file === null) return Buffer.alloc(0);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(MOST_ABOUT_BYTES), 0, MOST_ABOUT_BYTES, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  }

  /** What the folder holds, in no order; nothing for a folder that is not there yet. */
  async *#entries(): AsyncGenerator<Dirent> {
    try {
      for await (const entry of await opendir(this.folder)) yield entry;
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error;
    }
  }

  /** Does it in the folder, which is made for the first mail and where somebody has taken it away. */
  async #inFolder(work: () => Promise<void>): Promise<void> {
    this.#made ??= this.#makeFolder();
    try {
      await this.#made;
      return await work();
    } catch (error) {
      this.#made = undefined;
      if (codeOf(error) !== 'ENOENT') throw error;
    }
    this.#made = this.#makeFolder();
    await this.#made;
    await work();
  }

  /** Also closes a folder to others that somebody else has made. */
  async #makeFolder(): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    await chmod(this.folder, 0o700);
  }

  #filed({ at, id, text }: { readonly at: string; readonly id: string; readonly text: string }): Promise<void> {
    const isUsual = Buffer.byteLength(text) <= MAIL_BYTES;
    const room = isUsual ? (this.#room.pop() ?? Buffer.allocUnsafeSlow(MAIL_BYTES)) : Buffer.from(text);
    const bytes = isUsual ? room.subarray(0, room.write(text)) : room;
    return this.#write({ at, id, bytes }).finally(() => {
      if (isUsual) this.#room.push(room);
    });
  }

  async #write({ at, id, bytes }: { readonly at: string; readonly id: string; readonly bytes: Buffer }): Promise<void> {
    const target = join(this.folder, outboxName(at, id));
    const part = join(this.folder, `.${id}.${randomUUID()}.part`);
    try {
      await this.#inFolder(() => writeBytes(part, bytes));
      await rename(part, target);
      await this.#syncs.done();
    } catch (error) {
      await rm(part, { force: true }).catch(() => undefined);
      throw new MailFault(`FILE ${codeOf(error) || 'UNKNOWN'}`, { cause: error });
    }
  }
}

async function writeBytes(path: string, bytes: Buffer): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Without this a power cut could undo the rename. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
