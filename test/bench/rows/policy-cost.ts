import { type Account, newAccount, sendJson } from '../../support/forum-account.ts';
import { startBenchForum } from '../bench-forum.ts';
import type { LoadRequest } from '../load/http-load.ts';
import { httpLoad } from '../load/run-http-load.ts';
import { alternate } from '../measure.ts';
import type { Row } from '../row.ts';
import { sampleComment } from '../sample.ts';

const CONNECTIONS = 64;
const WORDS = 2_000;
/** Authors that write over each connection in turn, so that none comes near the rule against flooding. */
const MEMBERS = 4;
/** Different texts of each connection in a round, so that nobody repeats anything. */
const BODIES = 400;

/** Every rule that can be on without catching what is posted here, so that all of them are asked each time. */
const STRICT = [
  { rule: 'length', on: true, least: 1, most: 10_000, measure: 'hold' },
  { rule: 'closed-discussion', on: true, afterDays: 365 },
  { rule: 'banned-words', on: true, words: words('banned'), measure: 'reject' },
  { rule: 'suspect-words', on: true, words: words('suspect') },
  { rule: 'links', on: true, most: 5, trustedHosts: ['example.org'], measure: 'hold' },
  { rule: 'repeated-text', on: true, withinHours: 24, measure: 'hold' },
  { rule: 'flooding', on: true, most: 50, withinSeconds: 1, measure: 'hold' },
  { rule: 'newcomer', on: true, firstComments: 0, firstDays: 0, measure: 'hold' },
  { rule: 'pre-moderated-member', on: true },
  { rule: 'recent-record', on: true, ofLast: 10, share: 0.5, measure: 'hold' },
  { rule: 'pre-moderate-all', on: false },
];
const LENIENT = STRICT.map((rule) => ({ ...rule, on: false }));

/** The same posting on the same server with the policy on and off in turn. */
export const policyCost: Row = {
  name: 'policy-cost',
  what: `POST a comment under a policy of ${WORDS} words with its rules on, ${CONNECTIONS} connections`,
  against: 'the same without a policy',
  unit: 'requests/s',
  bound: { text: 'cost ≤ 1.3', ratio: (ours, base) => base / ours, met: (ratio) => ratio <= 1.3 },
  run: async (options) => {
    const seconds = options.quick ? 4 : 10;
    const { forum, admin, post, end } = await startBenchForum(options);
    const accounts: Account[] = [];
    for (let member = 0; member < CONNECTIONS * MEMBERS; member += 1) {
      accounts.push(await newAccount(forum.address, `policy-member-${member}`));
    }
    let round = 0;
    const side = (rules: readonly object[]) => async (): Promise<number> => {
      round += 1;
      await setPolicy(forum.address, admin, rules);
      const requests = comments(await post(`Round ${round}`), accounts, round);
      const rate = await httpLoad({ addresses: [forum.address], connections: CONNECTIONS, seconds }, requests);
      await mustHoldNothing(forum.address, admin);
      return rate;
    };
    const compared = await alternate(options.rounds, side(STRICT), side(LENIENT));
    await end();
    return { ...compared, notes: { connections: CONNECTIONS, words: 2 * WORDS, seconds } };
  },
};

function words(kind: string): readonly string[] {
  return Array.from({ length: WORDS / 2 }, (_, at) => (at % 4 === 0 ? `${kind} phrase ${at}` : `${kind}word${at}`));
}

async function setPolicy(address: string, { token }: Account, rules: readonly object[]): Promise<void> {
  const path = `${address}/api/v1/moderation/policy`;
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const { version }: { version: number } = await (await fetch(path, { headers })).json();
  await sendJson(path, 'PUT', { version, rules }, token);
}

/** A comment that a rule catches has its own cost. */
async function mustHoldNothing(address: string, { token }: Account): Promise<void> {
  const headers = { authorization: `Bearer ${token}` };
  const held = await fetch(`${address}/api/v1/moderation/queue?list=held&limit=1`, { headers });
  const { items }: { items: readonly unknown[] } = await held.json();
  if (items.length > 0) throw new Error('the policy held some of what was posted');
}

function comments(postId: string, accounts: readonly Account[], round: number): readonly (readonly LoadRequest[])[] {
  return Array.from({ length: CONNECTIONS }, (_, connection) => {
    const writers = accounts.slice(connection * MEMBERS, (connection + 1) * MEMBERS);
    return Array.from({ length: BODIES }, (_, at): LoadRequest => {
      const body = JSON.stringify({ body: `${sampleComment(connection * BODIES + at)} ${round}.${at}` });
      const authorization = `Bearer ${writers[at % MEMBERS]?.token}`;
      const headers = { 'content-type': 'application/json', authorization };
      return { method: 'POST', path: `/api/v1/posts/${postId}/comments`, headers, body };
    });
  });
}
