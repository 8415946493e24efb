import type { Rehearsal } from '../../../libs/client/index.ts';
import { FIRST_POLICY, type Policy, type Rule } from '../../../src/domain/policy/policy.settings.ts';
import { newAccount, sendJson } from '../../support/forum-account.ts';
import { type BenchForum, startBenchForum } from '../bench-forum.ts';
import { alternate, seconds } from '../measure.ts';
import type { Row } from '../row.ts';
import { sampleComment } from '../sample.ts';

const MANY = 100_000;
const WORDS = 2_000;
const AT_ONCE = 64;

const off: Policy = { rules: FIRST_POLICY.rules.map((rule): Rule => ({ ...rule, on: false })) };
const words = Array.from({ length: WORDS }, (_, at) => `forbidden${at}`);
/** Every rule on that looks at a text or its author, with long lists of words. */
const strict: Policy = {
  rules: FIRST_POLICY.rules.map((rule): Rule => {
    if (rule.rule === 'banned-words') return { ...rule, on: true, words };
    if (rule.rule === 'suspect-words') return { ...rule, on: true, words: words.map((word) => `${word}x`) };
    return { ...rule, on: rule.rule !== 'pre-moderate-all' && rule.rule !== 'closed-discussion' };
  }),
};

/** How many comments a second a rehearsal judges; against reading and opening them alone. There is no bound to meet. */
export const rehearsal: Row = {
  name: 'rehearsal',
  what: `rehearsal of ${MANY.toLocaleString('en')} comments, all rules on, ${WORDS.toLocaleString('en')} words`,
  against: 'the same with no rule on: read, open, remember',
  unit: 'comments/s',
  bound: { text: 'rate alone', ratio: (ours, base) => ours / base, met: () => true },
  run: async (options) => {
    const comments = options.quick ? MANY / 20 : MANY;
    const forum = await startBenchForum(options);
    await fill(forum, comments);
    const rate = async (policy: Policy): Promise<number> =>
      comments / (await seconds(() => rehearse(forum, policy, comments)));
    const compared = await alternate(
      options.rounds,
      () => rate(strict),
      () => rate(off),
    );
    await forum.end();
    return { ...compared, notes: { comments } };
  },
};

async function rehearse({ forum, admin }: BenchForum, policy: Policy, comments: number): Promise<void> {
  const path = `${forum.address}/api/v1/moderation/policy/simulations`;
  const result = await sendJson<Rehearsal>(path, 'POST', { policy }, admin.token);
  if (result.comments !== comments) throw new Error(`${result.comments} of ${comments} comments were judged`);
}

async function fill({ forum: { address }, post }: BenchForum, comments: number): Promise<void> {
  const writer = await newAccount(address, 'bench-writer');
  const path = `${address}/api/v1/posts/${await post('Rehearsed')}/comments`;
  let next = 0;
  const work = async (): Promise<void> => {
    for (let at = next++; at < comments; at = next++)
      await sendJson(path, 'POST', { body: sampleComment(at) }, writer.token);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}
