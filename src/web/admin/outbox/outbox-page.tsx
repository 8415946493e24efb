import type { FiledMail } from '../../../acts/mailing.ts';
import type { ListedMail, MailList } from '../../../views/mails/mails.query-types.ts';
import { Done, type DoneAct } from '../../shell/done.tsx';
import { FormFrame, Submit } from '../../shell/form-frame.tsx';
import type { Frame } from '../../shell/frame.ts';
import { PostForm } from '../../shell/post-form.tsx';
import { TABLE_ROLES, TableHead } from '../../shell/table-head.tsx';
import { ExactTime } from '../../shell/told-time.tsx';
import { AdminPage } from '../admin-frame.tsx';
import { faultKey } from './fault-words.ts';

/** Where mails go: a folder, or the host of a mail server. */
export interface ShownPlace {
  readonly folder: string | null;
  readonly server: string | null;
  readonly from: string;
}

export interface OutboxProps {
  readonly frame: Frame;
  readonly place: ShownPlace;
  readonly trouble: MailList;
  /** Null when a mail server takes the mails: nothing of them is kept then. */
  readonly filed: { readonly items: readonly FiledMail[]; readonly next: string | null } | null;
  /** Null when they are files. */
  readonly recorded: MailList | null;
  readonly done: DoneAct | null;
}

/** The pages of the outbox. */
export const mailHref = (name: string): string => `/admin/outbox/${encodeURIComponent(name)}`;

function Place({ frame, place }: Pick<OutboxProps, 'frame' | 'place'>) {
  const { t } = frame.translator;
  const { folder, server, from } = place;
  return (
    <>
      <p class="hint">
        {folder === null ? t('outbox.toServer', { server: server ?? '' }) : t('outbox.toFolder', { folder })}{' '}
        {t('outbox.from', { from })}
      </p>
      <p class="hint">
        {t('outbox.kept', { count: frame.site.mailDays })} <a href="/admin/settings#joining">{t('admin.settings')}</a>
      </p>
      <FormFrame
        action="/admin/outbox/tests"
        translator={frame.translator}
        buttons={<Submit label={t('outbox.test')} />}
      >
        {null}
      </FormFrame>
    </>
  );
}

function Receiver({ mail }: { mail: ListedMail }) {
  const { receiver } = mail;
  if (receiver === null) return <>–</>;
  return <a href={`/members/${encodeURIComponent(receiver.handle)}`}>{receiver.handle}</a>;
}

function Fault({ mail, frame }: { mail: ListedMail; frame: Frame }) {
  const { translator } = frame;
  const { reason, nextAt, attempts } = mail;
  return (
    <>
      {translator.t(`outbox.state.${mail.state}`)}
      {reason !== null && (
        <>
          {' · '}
          {translator.t(faultKey(reason))} <code>{reason}</code>
        </>
      )}
      {attempts > 0 && mail.state !== 'sent' && ` · ${translator.t('outbox.attempts', { count: attempts })}`}
      {mail.state === 'failed' && nextAt !== null && (
        <>
          {' · '}
          {translator.t('outbox.next')} <ExactTime at={nextAt} translator={translator} />
        </>
      )}
    </>
  );
}

/** The mails that failed, each with the button that has it tried again. */
function Trouble({ frame, trouble }: Pick<OutboxProps, 'frame' | 'trouble'>) {
  const { t } = frame.translator;
  if (trouble.items.length === 0) return null;
  return (
    <section class="part" aria-labelledby="trouble">
      <h2 id="trouble">{t('outbox.trouble')}</h2>
      <PostForm action="/admin/outbox/retries">
        <RecordedTable
          frame={frame}
          items={trouble.items}
          button={({ mailId }) => (
            <button class="button quiet" type="submit" name="mail" value={mailId}>
              {t('outbox.tryAgain')}
            </button>
          )}
        />
        <div class="buttons">
          <button class="button" type="submit" name="mail" value="all">
            {t('outbox.tryAll')}
          </button>
        </div>
      </PostForm>
    </section>
  );
}

interface TableProps {
  readonly frame: Frame;
  readonly items: readonly ListedMail[];
  readonly button?: (mail: ListedMail) => preact.JSX.Element;
}

function RecordedTable({ frame, items, button }: TableProps) {
  const { t } = frame.translator;
  const heads = [t('outbox.when'), t('outbox.letter'), t('outbox.to'), t('outbox.state')];
  return (
    <table {...TABLE_ROLES.table} class="dense log">
      <TableHead names={button === undefined ? heads : [...heads, t('outbox.tryAgain')]} />
      <tbody {...TABLE_ROLES.rows}>
        {items.map((mail) => (
          <tr key={mail.mailId} {...TABLE_ROLES.row}>
            <td {...TABLE_ROLES.cell} class="number">
              <ExactTime at={mail.at} translator={frame.translator} />
            </td>
            <td {...TABLE_ROLES.cell}>{frame.translator.t(`outbox.kind.${mail.kind}`)}</td>
            <td {...TABLE_ROLES.cell}>
              <Receiver mail={mail} />
            </td>
            <td {...TABLE_ROLES.cell}>
              <Fault mail={mail} frame={frame} />
            </td>
            {button !== undefined && <td {...TABLE_ROLES.cell}>{button(mail)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function FiledTable({ frame, items }: { frame: Frame; items: readonly FiledMail[] }) {
  const { t } = frame.translator;
  return (
    <table {...TABLE_ROLES.table} class="dense log">
      <TableHead names={[t('outbox.when'), t('outbox.subject'), t('outbox.to')]} />
      <tbody {...TABLE_ROLES.rows}>
        {items.map(({ name, at, subject, to }) => (
          <tr key={name} {...TABLE_ROLES.row}>
            <td {...TABLE_ROLES.cell} class="number">
              <ExactTime at={at} translator={frame.translator} />
            </td>
            <td {...TABLE_ROLES.cell}>
              <a href={mailHref(name)} dir="auto">
                {subject === '' ? name : subject}
              </a>
            </td>
            <td {...TABLE_ROLES.cell} dir="auto">
              {to}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Older({ frame, next }: { frame: Frame; next: string | null }) {
  const { t } = frame.translator;
  if (next === null) return null;
  return (
    <nav class="pages" aria-label={t('outbox.older')}>
      <a rel="next" href={`/admin/outbox?${new URLSearchParams({ before: next })}`}>
        {t('outbox.older')}
      </a>
    </nav>
  );
}

/** Where mails go, which of them failed, and the mails themselves, newest first. */
export function OutboxPage({ frame, place, trouble, filed, recorded, done }: OutboxProps) {
  const { t } = frame.translator;
  const shown = filed ?? recorded;
  return (
    <AdminPage frame={frame} title={t('admin.outbox')}>
      <h1>{t('admin.outbox')}</h1>
      <Done done={done} translator={frame.translator} />
      <Place frame={frame} place={place} />
      <Trouble frame={frame} trouble={trouble} />
      <section class="part" aria-labelledby="mails">
        <h2 id="mails">{t('outbox.mails')}</h2>
        {shown?.items.length === 0 && <p class="empty">{t('outbox.empty')}</p>}
        {filed !== null && filed.items.length > 0 && <FiledTable frame={frame} items={filed.items} />}
        {recorded !== null && recorded.items.length > 0 && <RecordedTable frame={frame} items={recorded.items} />}
        <Older frame={frame} next={shown?.next ?? null} />
      </section>
    </AdminPage>
  );
}
