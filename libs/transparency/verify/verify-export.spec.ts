import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import {
  checkpointOver,
  idOf,
  lineOf,
  linesOf,
  type SampleEvent,
  SIGNER,
  sampleEvents,
} from '../../../test/transparency/sample-log.ts';
import { newSigner, type Signer, signerKey } from '../index.ts';
import { verifyExport } from './verify-export.ts';
import type { LogReport } from './verify-log.ts';
import { reportWords } from './words.ts';

const FORM_THREAD = new URL('./form.worker.ts', import.meta.url);
const EVENTS = sampleEvents(40);
const WHOLE = linesOf(EVENTS);
const CHECKPOINT = checkpointOver(WHOLE);
const dir = mkdtempSync(join(tmpdir(), 'colloquy-verify-'));
afterAll(() => rmSync(dir, { recursive: true }));

interface Given {
  readonly lines: string | Buffer;
  readonly checkpoints?: readonly string[];
  readonly against?: string;
  readonly key?: Signer;
}

function verify({ lines, checkpoints = [CHECKPOINT], against, key = SIGNER }: Given): Promise<LogReport> {
  const [file, copy] = [join(dir, 'export.ndjson'), join(dir, 'copy.ndjson')];
  writeFileSync(file, lines);
  if (against !== undefined) writeFileSync(copy, against);
  return verifyExport({
    file,
    keys: [key],
    checkpoints: checkpoints.map((note, at) => ({ name: `checkpoint ${at + 1}`, note })),
    against: against === undefined ? [] : [copy],
    formThread: FORM_THREAD,
  });
}

const words = (report: LogReport): string => reportWords(report, 'export').join('\n');

/** Positions as a log counts them, as somebody writes them who wants to hide that lines were taken out or put in. */
const renumbered = (events: readonly SampleEvent[]): SampleEvent[] =>
  events.map((event, at) => ({ ...event, position: at + 1 }));
const without = (index: number): SampleEvent[] => EVENTS.filter((_, at) => at !== index);
const altered = (index: number): SampleEvent[] =>
  EVENTS.map((event, at) => (at === index ? { ...event, text: 'another text' } : event));
const added: SampleEvent = { position: 99, stream: 'comment-x', revision: 0, text: 'never posted' };
const inserted = (index: number): SampleEvent[] => [...EVENTS.slice(0, index), added, ...EVENTS.slice(index)];
const swapped = (index: number): SampleEvent[] => {
  const events = [...EVENTS];
  events.splice(index, 2, ...events.slice(index, index + 2).reverse());
  return events;
};

it('shows integrity and completeness of an export that is whole', async () => {
  const report = await verify({ lines: WHOLE, checkpoints: [CHECKPOINT, checkpointOver(linesOf(EVENTS.slice(0, 7)))] });
  expect(report).toMatchObject({ ok: true, events: 40, integrity: 'shown', completeness: 'shown', covered: 40 });
  expect(report.checkpoints.map(({ result }) => result)).toEqual(['holds', 'holds']);
  expect(words(report)).toContain('completeness:  shown: none of the first 40 events is missing');
});

it('is no success where only a checkpoint of the empty log holds; an empty log is whole by it', async () => {
  const empty = checkpointOver('');
  const fault = 'only a checkpoint of the empty log holds: nothing signed says what these events must be';
  const report = await verify({ lines: WHOLE, checkpoints: [empty] });
  expect(report).toMatchObject({ ok: false, integrity: 'not-shown', completeness: 'not-shown', faults: [fault] });
  expect(await verify({ lines: WHOLE, checkpoints: [empty, CHECKPOINT] })).toMatchObject({ ok: true, faults: [] });
  expect(await verify({ lines: '', checkpoints: [empty] })).toMatchObject({ ok: true, faults: [] });
});

it('vouches for no event after the newest checkpoint', async () => {
  const report = await verify({ lines: WHOLE, checkpoints: [checkpointOver(linesOf(EVENTS.slice(0, 33)))] });
  expect(report).toMatchObject({ ok: true, covered: 33 });
  expect(words(report)).toContain('no checkpoint vouches for the 7 after them');
});

it('shows an empty log against its checkpoint', async () => {
  expect(await verify({ lines: '', checkpoints: [checkpointOver('')] })).toMatchObject({ ok: true, events: 0 });
});

it('shows nothing without a checkpoint, or with one of another key', async () => {
  expect(await verify({ lines: WHOLE, checkpoints: [] })).toMatchObject({ ok: false, integrity: 'not-shown' });
  const other = newSigner(signerKey(SIGNER.name, Buffer.alloc(32, 4)));
  const report = await verify({ lines: WHOLE, key: other });
  expect(report).toMatchObject({ ok: false, integrity: 'not-shown', checkpoints: [{ result: 'refused' }] });
});

describe('against another copy', () => {
  it.each([
    ['altered', altered(11), { kind: 'altered', index: 11, position: '12', id: idOf(EVENTS[11] ?? added), count: 1 }],
    ['dropped', without(11), { kind: 'dropped', index: 11, position: '12', id: null, count: 1 }],
    ['dropped, the gap closed', renumbered(without(11)), { kind: 'dropped', index: 11, position: '12', count: 1 }],
    ['dropped at the start', without(0), { kind: 'dropped', index: 0, position: '1', count: 1 }],
    ['inserted', inserted(11), { kind: 'inserted', index: 11, position: '99', id: idOf(added), count: 1 }],
    ['inserted, room made for it', renumbered(inserted(11)), { kind: 'inserted', index: 11, position: '12', count: 1 }],
    ['reordered', swapped(11), { kind: 'reordered', index: 11, position: '13' }],
    ['reordered, renumbered', renumbered(swapped(11)), { kind: 'reordered', index: 11, position: '12' }],
    ['truncated', EVENTS.slice(0, 30), { kind: 'truncated', index: 30, position: '31' }],
  ] as const)('names the first event that was %s', async (_, events, change) => {
    const report = await verify({ lines: linesOf(events), against: WHOLE });
    expect(report).toMatchObject({ ok: false, change });
    expect(report.change?.evidence).toContain('agrees with checkpoint 1');
    const isShort = ['dropped', 'truncated'].includes(change.kind);
    expect(report).toMatchObject(isShort ? { completeness: 'broken' } : { integrity: 'broken' });
  });

  it('sees when it is the copy that was changed', async () => {
    const report = await verify({ lines: WHOLE, against: linesOf(altered(5)) });
    expect(report).toMatchObject({ ok: false, integrity: 'shown', completeness: 'shown', change: null });
    expect(report.faults.join()).toContain('it is the copy that was changed');
  });
});

describe('by the lines alone', () => {
  it.each([
    ['dropped', without(11), { kind: 'dropped', index: 11, position: '12' }],
    ['dropped at the start', EVENTS.slice(2), { kind: 'dropped', index: 0, position: '1' }],
    ['inserted twice', [...EVENTS.slice(0, 12), ...EVENTS.slice(11)], { kind: 'inserted', index: 12, position: '12' }],
    ['reordered', swapped(11), { kind: 'reordered', index: 11, position: '12' }],
    ['dropped, the gap closed', renumbered(without(11)), { kind: 'dropped', index: 13, position: '14' }],
  ] as const)('names the first event that was %s', async (_, events, change) => {
    expect(await verify({ lines: linesOf(events) })).toMatchObject({ ok: false, change });
  });

  it('names a line that is not canonical', async () => {
    const report = await verify({ lines: WHOLE.replace('"depth":3,', '"depth": 3,') });
    expect(report).toMatchObject({ ok: false, change: { kind: 'altered', index: 9 } });
  });

  it('says among which events an altered one is, by the checkpoints that hold', async () => {
    const checkpoints = [10, 20, 40].map((size) => checkpointOver(linesOf(EVENTS.slice(0, size))));
    const report = await verify({ lines: linesOf(altered(14)), checkpoints });
    expect(report).toMatchObject({
      ok: false,
      integrity: 'broken',
      completeness: 'not-shown',
      covered: 10,
      change: null,
    });
    expect(report.faults.join()).toContain('is among the events 11 to 20');
    expect(words(report)).toContain(
      'integrity:     BROKEN: an event is not what was signed, or not where it was; the first 10 events are those that were signed',
    );
    expect(words(report)).toContain('completeness:  shown for the first 10 events alone');
  });

  it('calls integrity broken where the one checkpoint over as many lines refutes an altered one', async () => {
    const report = await verify({ lines: linesOf(altered(14)) });
    expect(report).toMatchObject({ ok: false, integrity: 'broken', completeness: 'not-shown', covered: 0 });
    expect(words(report)).toMatch(/^integrity: {5}BROKEN: an event is not what was signed, or not where it was$/m);
    expect(words(report)).toMatch(/^completeness: {2}not shown: no checkpoint that holds covers any of these events$/m);
  });

  it('calls nothing broken for want of evidence', async () => {
    const other = newSigner(signerKey(SIGNER.name, Buffer.alloc(32, 4)));
    const report = await verify({ lines: linesOf(altered(14)), key: other });
    expect(report).toMatchObject({ ok: false, integrity: 'not-shown', completeness: 'not-shown' });
  });

  it('finds a cut end by a checkpoint that was kept, though the newest of the export agrees', async () => {
    const lines = linesOf(EVENTS.slice(0, 30));
    const report = await verify({ lines, checkpoints: [checkpointOver(lines), CHECKPOINT] });
    expect(report).toMatchObject({
      ok: false,
      integrity: 'shown',
      completeness: 'not-shown',
      covered: 30,
      change: null,
    });
    expect(report.faults).toEqual([
      expect.stringContaining('checkpoint 2 is newer than this export, or the end was cut off'),
    ]);
  });

  it('shows nothing by a checkpoint over no event', async () => {
    const report = await verify({ lines: WHOLE, checkpoints: [checkpointOver('')] });
    expect(report).toMatchObject({ integrity: 'not-shown', completeness: 'not-shown', covered: 0 });
    expect(words(report)).toContain('not shown: no checkpoint that holds covers any of these events');
  });

  it('finds a file that ends within a line', async () => {
    const report = await verify({ lines: WHOLE.slice(0, -1) });
    expect(report).toMatchObject({ ok: false });
    expect(report.faults.join()).toContain('the file stops within it');
  });

  it('finds a log that was signed anew with a gap', async () => {
    const lines = linesOf(without(11));
    const report = await verify({ lines, checkpoints: [checkpointOver(lines)] });
    expect(report).toMatchObject({ ok: false, completeness: 'broken', change: { kind: 'dropped', position: '12' } });
  });
});

it('accepts no export that was bent in any byte', async () => {
  const bytes = Buffer.from(linesOf(EVENTS.slice(0, 1)));
  const checkpoints = [checkpointOver(bytes.toString())];
  expect(await verify({ lines: bytes, checkpoints })).toMatchObject({ ok: true });
  for (let at = 0; at < bytes.length; at += 1) {
    const bent = Buffer.from(bytes);
    bent[at] = (bent[at] ?? 0) ^ (1 << (at % 8));
    expect([at, (await verify({ lines: bent, checkpoints })).ok]).toEqual([at, false]);
  }
});

it('accepts nothing else than the log, and never breaks down over it', async () => {
  const piece = fc.oneof(fc.constantFrom(...EVENTS.map(lineOf)), fc.string(), fc.constant('{}'), fc.constant(''));
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 8 }), fc.uint8Array(), async (lines, rest) => {
      const given = Buffer.concat([Buffer.from(lines.map((one) => `${one}\n`).join('')), rest]);
      expect(await verify({ lines: given, against: WHOLE })).toMatchObject({ ok: false });
    }),
  );
});

it('looks at the lines of a large export in a thread of its own', async () => {
  const lines = linesOf(sampleEvents(22_000));
  expect(lines.length).toBeGreaterThan(8_388_608);
  expect(await verify({ lines, checkpoints: [checkpointOver(lines)] })).toMatchObject({ ok: true, events: 22_000 });
  const stop = new AbortController();
  const stopped = verifyExport({
    file: join(dir, 'export.ndjson'),
    keys: [SIGNER],
    checkpoints: [],
    against: [],
    formThread: FORM_THREAD,
    onProgress: () => stop.abort(new Error('enough')),
    signal: stop.signal,
  });
  await expect(stopped).rejects.toThrow('enough');
  const gap = linesOf(sampleEvents(22_000).filter((_, at) => at !== 21_000));
  expect(await verify({ lines: gap, checkpoints: [checkpointOver(lines)] })).toMatchObject({
    change: { kind: 'dropped', index: 21_000, position: '21001' },
  });
});
