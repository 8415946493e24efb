import { createHash } from 'node:crypto';
import {
  entryText,
  leafText,
  newSigner,
  type Signer,
  signCheckpoint,
  signerKey,
  TreeBuilder,
} from '../../libs/transparency/index.ts';

/** A log of a few streams, made by hand so that nothing of the forum's own writing is used to check what reads it. */
export interface SampleEvent {
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly text: string;
}

export const SIGNER: Signer = newSigner(signerKey('forum.example/colloquy', Buffer.alloc(32, 3)));

/** Events of three streams in turn; every seventh has what is hard to write: escapes, other scripts, nested data. */
export function sampleEvents(count: number): SampleEvent[] {
  return Array.from({ length: count }, (_, at) => ({
    position: at + 1,
    stream: `comment-${at % 3}`,
    revision: Math.floor(at / 3),
    text: at % 7 === 3 ? 'line\\n\\u0001 \\"ខ្មែរ\\" 🌏' : `text ${at}`,
  }));
}

/** The id that only the event's contents decide, so that an event keeps it wherever it stands. */
export function idOf({ stream, revision }: Pick<SampleEvent, 'stream' | 'revision'>): string {
  const hex = createHash('sha256').update(`${stream} ${revision}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export function lineOf(event: SampleEvent): string {
  const { position, stream, revision, text } = event;
  return [
    `{"actor":"member-1","causationId":null,"correlationId":"c-${revision}"`,
    `"data":{"depth":${revision},"flags":[true,null,-1],"nested":{"a":{},"b":[],"position":"1"},"text":"${text}"}`,
    `"id":"${idOf(event)}","occurredAt":"2015-10-05T08:00:00.000Z","position":"${position}"`,
    `"recordedAt":"2026-11-24T08:00:00.123Z","revision":"${revision}"`,
    `"sealed":${revision % 2 === 0 ? 'null' : '"AAEC/w=="'},"stream":"${stream}","type":"CommentPosted.v1"}`,
  ].join(',');
}

export function linesOf(events: readonly SampleEvent[]): string {
  return events.map((event) => `${lineOf(event)}\n`).join('');
}

/** The checkpoint over lines, signed. */
export function checkpointOver(lines: string, signer: Signer = SIGNER): string {
  const tree = new TreeBuilder();
  for (const line of lines.split('\n').slice(0, -1)) tree.add(leafText(entryText(line)));
  return signCheckpoint({ size: tree.size, root: tree.root() }, signer);
}
