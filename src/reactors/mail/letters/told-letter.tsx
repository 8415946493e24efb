import type { MailWay, NotificationKind } from '../../../../libs/words/index.ts';
import type { Telling } from '../../../views/notifications/notifications.query-types.ts';
import type { Letter, LetterMaker } from '../letter.ts';
import { Action, Note, Paragraph, Quote } from '../parts.tsx';
import { ANSWERED, sentenceOf, toldAddressOf } from '../told-words.ts';
import { greetingOf, type Words } from '../words.ts';

/** Of one discussion; the others are told by their number. */
const MOST_OF_ONE = 5;
const MOST_DISCUSSIONS = 10;

type Told = readonly Telling[];

/** Tells a member what is new: at once, or of a day or a week with the liveliest discussion first. */
export const toldLetter: LetterMaker<'told'> = {
  async compose({ data }, ports): Promise<Letter | null> {
    const { memberId, way } = data;
    const receiver = await ports.member(memberId);
    if (receiver === null || !receiver.emailConfirmed) return null;
    const span = { after: BigInt(data.after), upTo: BigInt(data.upTo) };
    const items = (await ports.tellings({ memberId, way, ...span })).toReversed();
    const [first] = items;
    if (first === undefined) return null;
    const words = ports.words(receiver.locale);
    const { t, locale } = words;
    const { name: site, publicUrl } = await ports.site();
    const groups = byInterest(items);
    const leave = `${publicUrl}/leave/${ports.leaveToken({ memberId, way, kinds: endedKinds(way, items) }, receiver)}`;
    const postIds = new Set(items.map(({ post }) => post?.id ?? null));
    const [discussion = null] = postIds.size === 1 ? postIds : [];
    const addressOf = (item: Telling): string | null =>
      ANSWERED.has(item.kind) && item.comment !== null ? ports.replyAddress(item.comment.id, receiver) : null;
    const isOne = items.length === 1;
    const replyTo = isOne ? addressOf(first) : null;
    return {
      to: { name: receiver.displayName, address: receiver.email },
      locale,
      subject: subjectOf({ way, items, site }, words),
      about: items.flatMap(idsIn),
      leave,
      ...(discussion !== null && { discussion }),
      ...(replyTo !== null && { replyTo }),
      body: (
        <>
          <Paragraph>{greetingOf(receiver, words)}</Paragraph>
          {groups.slice(0, MOST_DISCUSSIONS).map((group) => (
            <Group
              key={group[0]?.position}
              items={group}
              words={words}
              linkOf={isOne ? null : (item) => toldAddressOf(item, publicUrl)}
              addressOf={replyTo === null ? addressOf : () => null}
            />
          ))}
          {groups.length > MOST_DISCUSSIONS && <Paragraph>{t('told.more')}</Paragraph>}
          <Action href={isOne ? toldAddressOf(first, publicUrl) : `${publicUrl}/notifications`}>
            {t('told.open')}
          </Action>
          {replyTo !== null && <Note>{t('told.byMail')}</Note>}
          <Note>
            <a href={`${publicUrl}/settings/notifications`}>{t('told.choose')}</a>
          </Note>
          <Note>
            <a href={leave}>{t('told.leave')}</a>
          </Note>
        </>
      ),
    };
  },
};

/** Whom and what it tells of, so that it goes when they are erased; that a comment was erased tells nothing of it. */
function idsIn({ comment, outcome }: Telling): readonly string[] {
  return outcome === 'erased' ? [] : [comment?.id, comment?.author?.id].filter((id) => id != null);
}

interface GroupProps {
  readonly items: Told;
  readonly words: Words;
  /** Where each is found; null where the mail has a button for its only one. */
  readonly linkOf: ((item: Telling) => string) | null;
  /** Where a comment among others is answered by mail; null for none. */
  readonly addressOf: (item: Telling) => string | null;
}

function Group({ items, words, linkOf, addressOf }: GroupProps) {
  return (
    <>
      {items.slice(0, MOST_OF_ONE).map((item) => (
        <>
          <Paragraph>
            {linkOf === null ? sentenceOf(item, words) : <a href={linkOf(item)}>{sentenceOf(item, words)}</a>}
          </Paragraph>
          {item.comment?.excerpt && <Quote lang={item.comment.language}>{item.comment.excerpt}</Quote>}
          {item.translation && (
            <Paragraph>{words.t('told.reason', { reason: words.t(`reason.${item.translation.reason}`) })}</Paragraph>
          )}
          {item.statement && <Quote>{item.statement}</Quote>}
          <AnswerByMail address={addressOf(item)} words={words} />
        </>
      ))}
      {items.length > MOST_OF_ONE && <Paragraph>{words.t('told.more')}</Paragraph>}
    </>
  );
}

function AnswerByMail({ address, words }: { address: string | null; words: Words }) {
  if (address === null) return null;
  return (
    <Note>
      <a href={`mailto:${address}`}>{words.t('told.answer')}</a>
    </Note>
  );
}

/** What a mail at once tells of ends by its link alone; a digest ends whole, whatever it told that day. */
function endedKinds(way: MailWay, items: Told): readonly NotificationKind[] | null {
  return way === 'mail' ? [...new Set(items.map(({ kind }) => kind))] : null;
}

/** What concerns the member alone stands first, then each discussion, the one with most that is new before the others. */
function byInterest(items: Told): readonly Told[] {
  const groups = new Map<string, Telling[]>();
  for (const item of items) {
    const key = item.kind === 'followed' ? (item.post?.id ?? '') : '';
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  const own = groups.get('') ?? [];
  groups.delete('');
  return [...(own.length === 0 ? [] : [own]), ...[...groups.values()].toSorted((a, b) => b.length - a.length)];
}

function subjectOf(
  { way, items, site }: { readonly way: 'mail' | 'daily' | 'weekly'; readonly items: Told; readonly site: string },
  words: Words,
): string {
  const [first] = items;
  if (way !== 'mail') return words.t(way === 'daily' ? 'told.daily' : 'told.weekly', { site });
  if (items.length === 1 && first !== undefined) return sentenceOf(first, words);
  return words.t('told.several', { count: items.length, site });
}
