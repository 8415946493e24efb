import { describe, expect, it } from '@jest/globals';
import type { Comment } from '../../../libs/client/index.ts';
import { pagesOf, wordsOfHtml } from './post-pages.tsx';

function comment(id: number, parentId: string | null, bodyHtml = '<p>x</p>'): Comment {
  const rest = { author: null, body: 'x', status: 'visible', revision: 0, replyCount: 0, reactions: {} } as const;
  const times = { createdAt: '2015-10-05T08:00:00.000Z', editedAt: null, position: '1' };
  return { id: String(id), postId: 'p', parentId, depth: parentId === null ? 0 : 1, bodyHtml, ...rest, ...times };
}
const conversation = (from: number, length: number): readonly Comment[] =>
  Array.from({ length }, (_, at) => comment(from + at, at === 0 ? null : String(from)));

async function* inTurn(comments: readonly Comment[], onRead: () => void = () => undefined): AsyncGenerator<Comment> {
  for (const one of comments) {
    onRead();
    yield one;
  }
}

async function lengths(comments: readonly Comment[]): Promise<readonly number[]> {
  const found: number[] = [];
  for await (const { length } of pagesOf(inTurn(comments))) found.push(length);
  return found;
}

describe('the pages of a discussion', () => {
  it('end between conversations, and inside one only where it is very long', async () => {
    expect(await lengths([])).toEqual([0]);
    expect(await lengths(Array.from({ length: 250 }, (_, at) => comment(at, null)))).toEqual([100, 100, 50]);
    expect(await lengths([...conversation(0, 99), ...conversation(100, 60), comment(200, null)])).toEqual([159, 1]);
    expect(await lengths(conversation(0, 950))).toEqual([400, 400, 150]);
    const long = '<p>long</p>'.repeat(50_000);
    expect(await lengths([comment(0, null, long), comment(1, null, long), comment(2, null)])).toEqual([2, 1]);
  });

  it('are given as the discussion is read: no more of it is waited for than a page has', async () => {
    let read = 0;
    const pages = pagesOf(
      inTurn(
        Array.from({ length: 1_000 }, (_, at) => comment(at, null)),
        () => {
          read += 1;
        },
      ),
    );
    await pages.next();
    expect(read).toBe(101);
    await pages.return(undefined);
  });
});

describe('the words of a text', () => {
  it('are parted by blocks, and not by what stands within a sentence', () => {
    const html = '<p>中<strong>文</strong>字, a <a href="/x">link</a>.</p><ul><li>one</li><li>A &amp; B</li></ul>';
    expect(wordsOfHtml(html, 1_000)).toBe('中文字, a link. one A & B');
  });
});
