import { formatPosition } from '../../../../libs/kernel/index.ts';
import type { ForumStatus, ViewStanding } from '../../../acts/operating/forum-status.ts';
import type { Frame } from '../../shell/frame.ts';
import { TABLE_ROLES, TableHead } from '../../shell/table-head.tsx';
import { toldSize } from '../../shell/told-size.ts';
import { ViewWords } from '../../shell/view-words.tsx';
import { AdminPage } from '../admin-frame.tsx';
import { statusLines } from './status-lines.tsx';

interface StatusProps {
  readonly frame: Frame;
  readonly status: ForumStatus;
}

/** How this server is doing: what an operator looks at first, then the figures. */
export function StatusPage({ frame, status }: StatusProps) {
  const { translator, now } = frame;
  const { t } = translator;
  const lines = statusLines(status, translator, now);
  const count = lines.filter(({ needsLook }) => needsLook).length;
  return (
    <AdminPage frame={frame} title={t('admin.status')}>
      <h1>{t('admin.status')}</h1>
      <p class="lead">{count === 0 ? t('server.allFine') : t('server.needLook', { count })}</p>
      <dl class="standing">
        {lines.map(({ name, needsLook, told }) => (
          <div key={name} class={needsLook ? 'needs-look' : undefined}>
            <dt>{t(name)}</dt>
            <dd class="state">{t(needsLook ? 'server.look' : 'server.ok')}</dd>
            <dd>{told}</dd>
          </div>
        ))}
      </dl>
      <section class="part" aria-labelledby="views">
        <h2 id="views">{t('server.views')}</h2>
        <p class="hint">{t('server.viewsAbout')}</p>
        <ViewTable frame={frame} views={status.views} />
      </section>
      <section class="part" aria-labelledby="disk">
        <h2 id="disk">{t('server.disk')}</h2>
        <PartTable frame={frame} status={status} />
      </section>
    </AdminPage>
  );
}

function ViewTable({ frame, views }: { readonly frame: Frame; readonly views: readonly ViewStanding[] }) {
  const { t } = frame.translator;
  return (
    <table {...TABLE_ROLES.table} class="dense log server-table">
      <TableHead names={[t('server.view'), t('server.position'), t('server.behind'), t('outbox.state')]} />
      <tbody {...TABLE_ROLES.rows}>
        {views.map(({ name, version, position, behind, state, reason }) => (
          <tr key={name} {...TABLE_ROLES.row}>
            <th scope="row" {...TABLE_ROLES.rowHead}>
              {name} <span class="hint">{version}</span> <ViewWords name={name} translator={frame.translator} />
            </th>
            <td {...TABLE_ROLES.cell} data-label={t('server.position')} class="number">
              {formatPosition(position)}
            </td>
            <td {...TABLE_ROLES.cell} data-label={t('server.behind')} class="number">
              {behind === null ? '–' : String(behind)}
            </td>
            <td {...TABLE_ROLES.cell}>
              {t(`server.view.${state}`)} {reason !== null && <span lang="en">{reason}</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function PartTable({ frame, status }: StatusProps) {
  const { translator } = frame;
  const { t } = translator;
  return (
    <table {...TABLE_ROLES.table} class="dense log server-table">
      <TableHead names={[t('server.part'), t('server.size')]} />
      <tbody {...TABLE_ROLES.rows}>
        {status.disk.parts.map(({ part, bytes, isWhole }) => (
          <tr key={part} {...TABLE_ROLES.row}>
            <th scope="row" {...TABLE_ROLES.rowHead}>
              {t(`server.part.${part}`)}
            </th>
            <td {...TABLE_ROLES.cell} class="number">
              {isWhole ? toldSize(bytes, translator) : t('server.atLeast', { size: toldSize(bytes, translator) })}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
