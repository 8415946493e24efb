import { closeSync, ftruncateSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { codeOf } from '../../kernel/index.ts';
import { StoreUnavailable, type UnavailableReason } from '../port.ts';
import { answers } from './disk-answers.ts';

/** A fault in a form for messages between threads. */
export interface Fault {
  readonly reason: UnavailableReason;
  readonly message: string;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** True when a UNIQUE index refused one row; the transaction around it goes on. */
export function isDuplicate(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY';
}

/** Describes the fault of a file, which should have held so many bytes, and what a person can do about it. */
export function describeFault(error: unknown, file: string, bytes = 0): Fault {
  if (error instanceof StoreUnavailable) return { reason: error.reason, message: error.message };
  const code = codeOf(error);
  const reason = isUndone(error) ? 'disk-failed' : reasonOf(code, file, bytes);
  return { reason, message: `${file}: ${ADVICE[reason]} (${[code, messageOf(error)].filter(Boolean).join(': ')})` };
}

export function toUnavailable(error: unknown, file: string, bytes = 0): StoreUnavailable {
  if (error instanceof StoreUnavailable) return error;
  const { reason, message } = describeFault(error, file, bytes);
  return new StoreUnavailable(reason, message, { cause: error });
}

const ADVICE: Record<UnavailableReason, string> = {
  'disk-full':
    'the disk is full, or the file may not grow; make room: nothing acknowledged is lost, and a running forum goes on by itself',
  'disk-failed':
    'the disk did not write or sync it; nothing more is written, and the next start reads all of the write-ahead log again; look at the disk first',
  'read-only': 'the file is open for reading alone',
  unreadable: 'the disk does not answer; do not restore before you have looked at it: the file may be whole',
  locked: 'another process holds the file; end it, or wait until it lets go',
  corrupt:
    'the file is damaged or is no database of the forum; stop the forum, keep a copy of it, and restore the newest backup',
  unsupported: 'this version of Colloquy cannot do that with the file',
  closed: 'the log is closed',
  unreachable: 'the log cannot be reached',
  io: 'the file cannot be read or written; check the disk and the rights of the directory',
};

function reasonOf(code: string, file: string, bytes: number): UnavailableReason {
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG') return 'disk-full';
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return 'locked';
  if (code === 'SQLITE_IOERR_READ' || code === 'SQLITE_IOERR_CORRUPTFS') return 'unreadable';
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return answers(file) ? 'corrupt' : 'unreadable';
  if (code.startsWith('SQLITE_IOERR_SHORT_READ')) return 'corrupt';
  if (LEAVES_UNSYNCED.has(code)) return 'disk-failed';
  if (code.startsWith('SQLITE_IOERR') && mayNotGrow(file, bytes)) return 'disk-full';
  return LEAVES_UNWRITTEN.has(code) ? 'disk-failed' : 'io';
}

/**
 * After a failed sync, whatever the reason, the system may have dropped the pages, and the next sync does not mention
 * them (https://www.postgresql.org/message-id/CAMsr+YHh+5Oq4xziwwoEfhoTZgr07vdGG+hu=1adXx59aTeaoQ@mail.gmail.com).
 */
const LEAVES_UNSYNCED: ReadonlySet<string> = new Set(['SQLITE_IOERR_FSYNC', 'SQLITE_IOERR_DIR_FSYNC']);
/** A write without room fails before anything is dropped, and may be tried again. */
const LEAVES_UNWRITTEN: ReadonlySet<string> = new Set(['SQLITE_IOERR', 'SQLITE_IOERR_WRITE', 'SQLITE_IOERR_TRUNCATE']);

/**
 * True for the same in the errors of Node's own calls: any failed sync, and a write that failed for another reason than
 * room.
 */
function isUndone(error: unknown): boolean {
  const syscall: unknown = typeof error === 'object' && error !== null && 'syscall' in error ? error.syscall : '';
  if (syscall === 'fsync' || syscall === 'fdatasync') return true;
  return (syscall === 'write' || syscall === 'ftruncate') && codeOf(error) === 'EIO';
}

/**
 * Asks the operating system whether a file in the same place may become a little longer than the log's files are:
 * SQLite answers "disk I/O error" for a file size limit and for a full disk under its shared memory, and hides errno.
 */
function mayNotGrow(file: string, bytes: number): boolean {
  const probe = `${file}-probe`;
  let handle: number | undefined;
  try {
    handle = openSync(probe, 'w', 0o600);
    const size = Math.max(bytes, ...[file, `${file}-wal`, `${file}-shm`].map(sizeOf));
    ftruncateSync(handle, size);
    writeSync(handle, Buffer.alloc(65_536, 1), 0, 65_536, size);
    return false;
  } catch (error) {
    return ['ENOSPC', 'EFBIG', 'EDQUOT'].includes(codeOf(error));
  } finally {
    if (handle !== undefined) closeSync(handle);
    rmSync(probe, { force: true });
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** True for an error of SQLite or the operating system, false for a program's own. */
export function isStorageError(error: unknown): boolean {
  return error instanceof StoreUnavailable || /^(SQLITE_|E[A-Z]+$)/.test(codeOf(error));
}

/** True for a fault of one append alone (a value that SQLite cannot take), not of the file. */
export function concernsOneAppend(error: unknown): boolean {
  const code = codeOf(error);
  if (!code.startsWith('SQLITE_')) return true;
  return code.startsWith('SQLITE_CONSTRAINT') || ['SQLITE_TOOBIG', 'SQLITE_MISMATCH', 'SQLITE_RANGE'].includes(code);
}
