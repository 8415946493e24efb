import { describe, expect, it } from '@jest/globals';
import { keptIn, Outbox, type OutboxEntry, type TextStorage } from './outbox.ts';

const entry: OutboxEntry = {
  id: 'c',
  postId: 'p',
  parentId: null,
  body: 'Unsent.',
  writtenAt: '2015-10-01T00:00:00.000Z',
  state: 'failed',
  problem: { code: 'slow_mode', detail: 'Wait.' },
};

function storage(texts: Record<string, string> = {}): TextStorage & { readonly texts: Record<string, string> } {
  return {
    texts,
    getItem: (key) => texts[key] ?? null,
    setItem: (key, value) => {
      texts[key] = value;
    },
    removeItem: (key) => {
      delete texts[key];
    },
  };
}

describe('an outbox in a browser’s storage', () => {
  it('comes back as it was kept, under its own key', () => {
    const kept = storage({ other: 'x' });
    keptIn(kept, 'outbox-somchai').save([entry]);
    expect(keptIn(kept, 'outbox-somchai').load()).toEqual([entry]);
    expect(keptIn(kept, 'outbox-malee').load()).toEqual([]);
    keptIn(kept, 'outbox-somchai').save([]);
    expect(kept.texts).toEqual({ other: 'x' });
  });

  it('given what is no outbox, takes what is sound', () => {
    for (const text of ['', 'nonsense', 'null', '7', '{}', '[null, 7, {"id": "c"}]']) {
      expect(keptIn(storage({ key: text }), 'key').load()).toEqual([]);
    }
    const bent = [{ ...entry, state: 'lost' }, { ...entry, parentId: 7 }, entry];
    expect(keptIn(storage({ key: JSON.stringify(bent) }), 'key').load()).toEqual([entry]);
    const unread = [
      { ...entry, problem: { code: 7 } },
      { ...entry, problem: undefined, surprise: 1 },
    ];
    const known = { ...entry, problem: null };
    expect(keptIn(storage({ key: JSON.stringify(unread) }), 'key').load()).toEqual([known, known]);
  });

  it('given a storage that is full or forbidden, only forgets', () => {
    const refuse = (): never => {
      throw new Error('QuotaExceededError');
    };
    const outbox = keptIn({ getItem: refuse, setItem: refuse, removeItem: refuse }, 'key');
    expect(outbox.load()).toEqual([]);
    expect(() => outbox.save([entry])).not.toThrow();
    expect(() => outbox.save([])).not.toThrow();
  });
});

describe('an outbox that is opened again', () => {
  it('sends what was on its way and what had no session, and leaves to its writer what was refused for what it says', () => {
    const texts = storage();
    const entries: readonly OutboxEntry[] = [
      { ...entry, id: 'on-its-way', state: 'sending', problem: null },
      { ...entry, id: 'signed-out', problem: { code: 'unauthenticated', detail: 'Sign in.' } },
      { ...entry, id: 'run-out', problem: { code: 'token_expired', detail: 'Sign in again.' } },
      { ...entry, id: 'too-deep', problem: { code: 'too_deep', detail: 'No deeper.' } },
    ];
    keptIn(texts, 'key').save(entries);

    const opened = new Outbox('p', keptIn(texts, 'key'), () => undefined);

    expect(opened.entries.map(({ id, state, problem }) => [id, state, problem?.code])).toEqual([
      ['on-its-way', 'waiting', undefined],
      ['signed-out', 'waiting', undefined],
      ['run-out', 'waiting', undefined],
      ['too-deep', 'failed', 'too_deep'],
    ]);
  });
});
