import { rmSync } from 'node:fs';
import { type Account, newAccount, newPost, sendJson } from '../../support/forum-account.ts';
import { newDataDir, type ServedForum } from '../../support/served-forum.ts';
import { until } from '../../support/until.ts';
import { median, seconds } from '../measure.ts';
import { serveMeasured } from '../measured-forum.ts';
import { writeFollowers } from '../raw-people.ts';
import { atMost, type Measured, type Row } from '../row.ts';
import { sampleComment } from '../sample.ts';
import { againstAsked, mailsOf, notificationsOf, recorded, settledConfirmations } from '../told-forum.ts';

const FOLLOWERS = 500;
/** What is asked, in seconds. */
const INBOX_WITHIN = 1;
const QUEUED_WITHIN = 2;

/** A comment in a discussion with followers who want mails at once, beside one that nobody follows. */
export const toldFollowers: Row = {
  name: 'told-followers',
  what: `the answer to a comment in a discussion with ${FOLLOWERS} followers, all of whom get a mail, the median`,
  against: 'the same in a discussion that nobody follows',
  unit: 'ms',
  bound: atMost(1.1),
  run: (options) =>
    withFollowers(async (followed) => {
      const times = options.quick ? 4 : 12;
      const [ours, base]: [number[], number[]] = [[], []];
      for (let round = 0; round < options.rounds; round += 1) {
        const [told, untold]: [number[], number[]] = [[], []];
        for (let time = 0; time < times; time += 1) {
          untold.push(1_000 * (await seconds(() => followed.comment(followed.quiet).then(() => undefined))));
          told.push(1_000 * (await seconds(() => followed.comment(followed.post).then(() => undefined))));
          await followed.settled();
        }
        ours.push(median(told));
        base.push(median(untold));
      }
      return { ours, base, notes: { followers: FOLLOWERS, times } };
    }),
};

export const toldInbox: Row = {
  name: 'told-inbox',
  what: 'such a comment, from its sending until the last follower reads it in the list of notifications',
  against: 'what is asked',
  unit: 's',
  bound: atMost(1),
  run: (options) =>
    withFollowers((followed) =>
      againstAsked(options, INBOX_WITHIN, async () => {
        await followed.settled();
        return seconds(async () => {
          const id = await followed.comment(followed.post);
          await until(async () => (await notificationsOf(followed.forum, followed.last))[0]?.comment?.id === id);
        });
      }),
    ),
};

export const toldQueued: Row = {
  name: 'told-queued',
  what: `such a comment, from its sending until its ${FOLLOWERS} mails are recorded in the log`,
  against: 'what is asked',
  unit: 's',
  bound: atMost(1),
  run: (options) =>
    withFollowers((followed) =>
      againstAsked(options, QUEUED_WITHIN, async () => {
        await followed.settled();
        const { all } = await mailsOf(followed.forum);
        return seconds(async () => {
          await followed.comment(followed.post);
          await recorded(followed.forum, { mails: all + FOLLOWERS, isSent: false });
        });
      }),
    ),
};

interface Followed {
  readonly forum: ServedForum;
  readonly post: string;
  readonly quiet: string;
  /** A follower who reads in the list. */
  readonly last: Account;
  comment(postId: string): Promise<string>;
  /** Resolves once every mail is on its way. */
  settled(): Promise<void>;
}

async function withFollowers(measure: (followed: Followed) => Promise<Measured>): Promise<Measured> {
  const dataDir = newDataDir();
  const start = () => serveMeasured({ dataDir });
  let forum = await start();
  try {
    const admin = await newAccount(forum.address, 'bench-admin');
    const last = await newAccount(forum.address, 'bench-last');
    const [post, quiet] = [
      await newPost(forum.address, admin, 'Followed'),
      await newPost(forum.address, admin, 'Quiet'),
    ];
    await forum.end();
    await writeFollowers(dataDir, { count: FOLLOWERS, postId: post, way: 'mail' });
    forum = await start();
    await settledConfirmations(forum, FOLLOWERS);
    await sendJson(`${forum.address}/api/v1/posts/${post}/follow`, 'PUT', {}, last.token);
    let [said, told] = [0, 0];
    const { address } = forum;
    return await measure({
      forum,
      post,
      quiet,
      last,
      comment: async (postId) => {
        said += 1;
        if (postId === post) told += 1;
        const body = { body: sampleComment(said) };
        const path = `${address}/api/v1/posts/${postId}/comments`;
        return (await sendJson<{ comment: { id: string } }>(path, 'POST', body, admin.token)).comment.id;
      },
      settled: () => recorded({ address }, { mails: FOLLOWERS * (1 + told), isSent: true }),
    });
  } finally {
    await forum.end();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
