import type { ComponentChildren } from 'preact';
import { formatPosition } from '../../../../libs/kernel/index.ts';
import type { ForumStatus } from '../../../acts/operating/forum-status.ts';
import type { MessageKey, Translator } from '../../shell/i18n/translate.ts';
import { toldSize } from '../../shell/told-size.ts';
import { Sentence } from '../../shell/told-time.tsx';
import { faultKey } from '../outbox/fault-words.ts';

const MEGABYTE = 1_000_000;
const DAY_MS = 86_400_000;
/** Positions by which a view may lag for a moment without a reason to look. */
const USUAL_LAG = 1_000n;
/** Bytes that should be free: of memory for the peaks of pictures and passwords, of the disk for a copy of a view. */
const LEAST_MEMORY = 64 * MEGABYTE;
const LEAST_ROOM = 512 * MEGABYTE;
/** The age of a backup in days from which on the page asks for another. */
export const OLD_BACKUP_DAYS = 7;

/** One thing that an operator wants to know. */
export interface StatusLine {
  readonly name: MessageKey;
  readonly needsLook: boolean;
  readonly told: ComponentChildren;
}

type Teller = (status: ForumStatus, translator: Translator, now: number) => StatusLine;

const running: Teller = ({ version, node, since }, translator) => ({
  name: 'server.running',
  needsLook: false,
  told: (
    <Sentence
      tell={(times) => translator.t('server.runningTold', { version, node, ...times })}
      times={{ since }}
      translator={translator}
    />
  ),
});

const log: Teller = ({ log: { server, position, trouble }, disk }, { t }) => ({
  name: 'server.log',
  needsLook: trouble !== null || position === null,
  told: (
    <>
      {server === null ? t('server.logFile', { folder: disk.folder }) : t('server.logServer', { server })}{' '}
      {position !== null && t('server.logPosition', { position: formatPosition(position) })}
      {trouble !== null && <Fault text={trouble} />}
    </>
  ),
});

const views: Teller = (status, { t }) => {
  const lagging = status.views.filter(({ behind, state }) => state !== 'following' || (behind ?? 0n) > USUAL_LAG);
  return {
    name: 'server.views',
    needsLook: lagging.length > 0,
    told: t(lagging.length > 0 ? 'server.viewsLag' : 'server.viewsFine', {
      count: lagging.length > 0 ? lagging.length : status.views.length,
    }),
  };
};

const memory: Teller = ({ memory: { used, free } }, translator) => ({
  name: 'server.memory',
  needsLook: free < LEAST_MEMORY,
  told: translator.t('server.used', { used: toldSize(used, translator), free: toldSize(free, translator) }),
});

const disk: Teller = ({ disk: { free, parts, folder } }, translator) => {
  const used = toldSize(
    parts.reduce((sum, { bytes }) => sum + bytes, 0),
    translator,
  );
  return {
    name: 'server.disk',
    needsLook: free !== null && free < LEAST_ROOM,
    told: (
      <>
        {free === null ? used : translator.t('server.used', { used, free: toldSize(free, translator) })}{' '}
        <code>{folder}</code>
      </>
    ),
  };
};

const mail: Teller = ({ mails }, translator) => {
  const { counts, server, folder, from, lastSentAt, lastFault } = mails;
  const { t } = translator;
  const { waiting, failed, 'given-up': givenUp } = counts;
  return {
    name: 'admin.outbox',
    needsLook: server === null || failed + givenUp > 0,
    told: (
      <>
        {server === null
          ? `${t('server.mailFolder', { folder: folder ?? '' })} ${t('server.mailNobody')}`
          : t('server.mailServer', { server })}{' '}
        {t('outbox.from', { from })}
        <br />
        {t('server.mailCounts', { waiting, failed, givenUp })}
        {lastSentAt !== null && (
          <>
            <br />
            <Sentence
              tell={(times) => t('server.mailLast', times)}
              times={{ at: lastSentAt }}
              translator={translator}
            />
          </>
        )}
        {lastFault !== null && (
          <>
            <br />
            <Sentence
              tell={(times) => t('server.mailFault', { fault: t(faultKey(lastFault.reason)), ...times })}
              times={{ at: lastFault.at }}
              translator={translator}
            />{' '}
            <code>{lastFault.reason}</code> <a href="/admin/outbox">{t('admin.outbox')}</a>
          </>
        )}
      </>
    ),
  };
};

const sender: Teller = ({ mails: { lease } }, translator) => ({
  name: 'server.sender',
  needsLook: false,
  told:
    lease === null ? (
      translator.t('server.senderNone')
    ) : (
      <Sentence
        tell={(times) => translator.t(lease.isHere ? 'server.senderHere' : 'server.senderOther', times)}
        times={{ until: lease.until }}
        translator={translator}
      />
    ),
});

const checkpoint: Teller = ({ tree: { size, trouble, signedAt } }, translator) => {
  const { t } = translator;
  return {
    name: 'server.checkpoint',
    needsLook: trouble !== null,
    told: (
      <>
        {t('server.treeSize', { count: size })}{' '}
        {signedAt === null ? (
          t('server.unsigned')
        ) : (
          <Sentence tell={(times) => t('server.signed', times)} times={{ at: signedAt }} translator={translator} />
        )}
        {trouble !== null && <Fault text={trouble} />}
      </>
    ),
  };
};

const backup: Teller = ({ backup: made }, translator, now) => {
  const { t } = translator;
  const isOld = made === null || now - Date.parse(made.at) > OLD_BACKUP_DAYS * DAY_MS;
  return {
    name: 'server.backup',
    needsLook: isOld,
    told: (
      <>
        {made !== null && (
          <Sentence
            tell={(times) => t('server.backupMade', { position: made.position, ...times })}
            times={{ at: made.at }}
            translator={translator}
          />
        )}
        {made === null && t('server.backupNone')} {isOld && <code>colloquy backup DIR</code>}
      </>
    ),
  };
};

const faults: Teller = ({ findings }, { t }) => ({
  name: 'server.faults',
  needsLook: findings.some(({ mendedAt }) => mendedAt === null),
  told:
    findings.length === 0
      ? t('server.faultsNone')
      : findings.map(({ subject, what }) => <Fault key={subject} text={what} />),
});

const fixed: Teller = (status, { t }) => ({
  name: 'server.fixed',
  needsLook: false,
  told:
    status.fixed.length === 0
      ? t('server.fixedNone')
      : status.fixed.map(({ field, by }) => (
          <p key={field}>
            <code>{by}</code> ({field})
          </p>
        )),
});

/** A fault in the words of the program, which operators look for in the documents. */
function Fault({ text }: { readonly text: string }) {
  return (
    <p lang="en" dir="ltr">
      {text}
    </p>
  );
}

const TELLERS: readonly Teller[] = [running, log, views, memory, disk, mail, sender, checkpoint, backup, faults, fixed];

/** What is told of the server, in the order of the page. */
export function statusLines(status: ForumStatus, translator: Translator, now: number): readonly StatusLine[] {
  return TELLERS.map((tell) => tell(status, translator, now));
}
