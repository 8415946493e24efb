import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { OwnMember } from '../../libs/client/index.ts';
import type { ForumCaller } from '../support/forum-caller.ts';
import { alike, startThreeNodes, type ThreeNodes } from './three-nodes.ts';

describe('an empty forum', () => {
  let three: ThreeNodes;

  beforeAll(async () => {
    three = await startThreeNodes();
  }, 120_000);
  afterAll(() => three?.remove());

  test('given its first members on all three nodes at once, has one admin, on every node the same, and of three who look alike one', async () => {
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
    const looks = ['linh', 'Iinh', '1inh'];
    const answers = await Promise.all(
      three.nodes.map(({ forum }, index) => forum.call('POST', '/api/v1/members', { body: wish(looks[index] ?? '') })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    const digests = await three.digests();
    expect(digests).toEqual(alike(digests));
  });
});

async function register(forum: ForumCaller, handle: string): Promise<OwnMember> {
  const { member } = await forum.done<{ member: OwnMember }>('POST', '/api/v1/members', { body: wish(handle) });
  return member;
}

function wish(handle: string): object {
  return { handle, displayName: handle, email: `${handle}@example.org`, password: 'correct horse battery' };
}
