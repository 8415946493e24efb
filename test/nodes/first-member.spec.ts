import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { OwnMember } from '../../libs/client/index.ts';
import type { ForumCaller } from '../../libs/testing/forum-caller.ts';
import { alike, startThreeNodes, type ThreeNodes } from './three-nodes.ts';

describe('an empty forum', () => {
  let three: ThreeNodes;

  beforeAll(async () => {
    three = await startThreeNodes();
  }, 120_000);
  afterAll(() => three?.remove());

  test('given its first members on all three nodes at once, has one admin, on every node the same', async () => {
    const members = await Promise.all(
      three.nodes.flatMap(({ forum }, index) => ['a', 'b'].map((turn) => register(forum, `first-${turn}-${index}`))),
    );
    expect(members.filter(({ roles }) => roles.includes('admin'))).toHaveLength(1);
    const { token } = await three.nodes[0].forum.signIn('first-b-2');
    const me = await three.nodes[0].forum.call('GET', '/api/v1/members/me', { token });
    await three.reached(me.headers.get('colloquy-position') ?? '');
    for (const { forum } of three.nodes) {
      for (const { handle, roles } of members) {
        const shown = await forum.call('GET', `/api/v1/members/${handle}`, { token });
        expect(shown).toMatchObject({ status: 200, body: { roles } });
      }
    }
    const digests = await three.digests();
    expect(digests).toEqual(alike(digests));
  });
});

async function register(forum: ForumCaller, handle: string): Promise<OwnMember> {
  const body = { handle, displayName: handle, email: `${handle}@example.org`, password: 'correct horse battery' };
  const { member } = await forum.done<{ member: OwnMember }>('POST', '/api/v1/members', { body });
  return member;
}
