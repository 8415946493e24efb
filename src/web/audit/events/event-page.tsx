import type { CauseNode, EventStory, OpenedPart, TouchedView } from '../../../../libs/client/audit-shapes.ts';
import type { Frame } from '../../shell/frame.ts';
import { PostForm } from '../../shell/post-form.tsx';
import { AuditPage } from '../audit-page.tsx';
import { EventActor, eventHref, logTime, type People } from '../event-table.tsx';
import { ShortId } from '../short-id.tsx';
import { shortened } from '../shortened.ts';

interface EventProps {
  readonly frame: Frame;
  readonly story: EventStory;
  readonly people: People;
  /** Null until somebody asks for it. */
  readonly opened: OpenedPart | null;
  /** Undefined until somebody asks for it. */
  readonly touched: readonly TouchedView[] | undefined;
}

/** Characters of an event's data that a page shows: a policy may hold millions. */
const MOST_SHOWN = 65_536;

/** A value that is too long for the page ends with a link to the whole event. */
function Json({ value, position, frame }: { value: unknown; position: string; frame: Frame }) {
  const text = JSON.stringify(value, null, 2);
  if (text.length <= MOST_SHOWN) return <pre class="json">{text}</pre>;
  return (
    <>
      <pre class="json">{text.slice(0, MOST_SHOWN)}…</pre>
      <p class="hint">
        <a href={`/api/v1/audit/events/${position}`}>{frame.translator.t('audit.longEvent')}</a>
      </p>
    </>
  );
}

function Envelope({ story: { event }, people, frame }: EventProps) {
  const { t } = frame.translator;
  const found = (field: string, value: string) => (
    <>
      <ShortId id={value} /> <a href={`/audit/events?${new URLSearchParams({ [field]: value })}`}>{t('audit.show')}</a>
    </>
  );
  const rows = [
    [t('audit.type'), found('type', event.type)],
    [t('audit.stream'), found('stream', event.stream)],
    [t('audit.revision'), event.revision],
    [t('audit.recorded'), logTime(event.recordedAt)],
    [t('audit.occurred'), logTime(event.occurredAt)],
    [t('audit.actor'), <EventActor key="actor" actor={event.actor} people={people} />],
    [
      t('audit.correlation'),
      <>
        {found('correlation', event.correlationId)}
        <br />
        <span class="hint">{t('audit.correlationAbout')}</span>
      </>,
    ],
    [t('audit.causation'), event.causationId === null ? '–' : found('causation', event.causationId)],
    ['id', <ShortId key="id" id={event.id} />],
  ] as const;
  return (
    <table class="dense envelope">
      <tbody>
        {rows.map(([name, value]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Personal({ story: { event }, opened, frame }: EventProps) {
  const { t } = frame.translator;
  return (
    <section aria-labelledby="personal">
      <h2 id="personal">{t('audit.personal')}</h2>
      <p class="hint">{t('audit.personalNote')}</p>
      {event.sealed === null && <p>{t('audit.noPersonal')}</p>}
      {event.sealed !== null && opened === null && (
        <p>
          <a class="button quiet" href={`${eventHref(event.position)}?open=1#personal`}>
            {t('audit.open')}
          </a>{' '}
          <span class="hint">{t('audit.openNote')}</span>
        </p>
      )}
      {opened?.erased && <p>{t('audit.erasedPart')}</p>}
      {opened?.unreadable && <p>{t('comment.unreadable')}</p>}
      {opened?.personal && <Json value={opened.personal} position={event.position} frame={frame} />}
      {opened && opened.withheld.length > 0 && (
        <p class="hint">{t('audit.withheld', { fields: opened.withheld.join(', ') })}</p>
      )}
    </section>
  );
}

function Node({ node, people, frame }: { node: CauseNode; people: People; frame: Frame }) {
  const { t } = frame.translator;
  return (
    <li>
      <a href={eventHref(node.position)}>{node.type}</a>{' '}
      <span class="hint">
        {node.position} · {logTime(node.at)} · <EventActor actor={node.actor} people={people} /> ·{' '}
        {node.link === 'cause' ? t('audit.linkCause') : t('audit.linkContents')}
      </span>
      <Nodes nodes={node.nodes} people={people} frame={frame} />
    </li>
  );
}

function Nodes({ nodes, people, frame }: { nodes: readonly CauseNode[]; people: People; frame: Frame }) {
  if (nodes.length === 0) return null;
  return (
    <ul>
      {nodes.map((node) => (
        <Node key={node.position} node={node} people={people} frame={frame} />
      ))}
    </ul>
  );
}

function Trees({ story: { causes, effects, whole }, people, frame }: EventProps) {
  const { t } = frame.translator;
  return (
    <div class="beside">
      {(
        [
          ['audit.causes', causes],
          ['audit.effects', effects],
        ] as const
      ).map(([title, nodes]) => (
        <section key={title} class="tree">
          <h2>{t(title)}</h2>
          {nodes.length === 0 && <p class="hint">{t('audit.noCauses')}</p>}
          <Nodes nodes={nodes} people={people} frame={frame} />
          {!whole && <p class="hint">{t('audit.notWhole')}</p>}
        </section>
      ))}
    </div>
  );
}

function Rows({ touched: { view, version, rows }, frame }: { touched: TouchedView; frame: Frame }) {
  const { t } = frame.translator;
  return (
    <>
      <h3>
        {view} <span class="hint">v{version}</span>
      </h3>
      {rows.length === 0 && <p class="hint">{t('audit.noRows')}</p>}
      {rows.map((row, index) => (
        <details key={`${row.table} ${index}`} class="touched">
          <summary>
            {row.table}: {t(`audit.${row.change}`)}{' '}
            <span class="hint">{shortened(Object.values(row.row)[0] ?? '')}</span>
          </summary>
          <table class="dense">
            <tbody>
              {Object.entries(row.row).map(([column, value]) => (
                <tr key={column}>
                  <th scope="row">{column}</th>
                  <td>
                    <code>{value}</code>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      ))}
    </>
  );
}

function Views({ story: { event, views }, touched, frame }: EventProps) {
  const { t } = frame.translator;
  return (
    <section aria-labelledby="views">
      <h2 id="views">{t('audit.viewsMade')}</h2>
      <p class="hint">{t('audit.foldNote')}</p>
      {views.length === 0 ? (
        <p>{t('audit.noView')}</p>
      ) : (
        <p>
          {t('audit.foldedBy')}: {views.map(({ name, version }) => `${name} v${version}`).join(', ')}
        </p>
      )}
      {views.length > 0 && touched === undefined && (
        <PostForm action={`${eventHref(event.position)}/touched`}>
          <button class="button quiet" type="submit">
            {t('audit.findTouched')}
          </button>
        </PostForm>
      )}
      {views.length > 0 && <p class="hint">{t('audit.touchedNote')}</p>}
      {touched?.map((one) => (
        <Rows key={one.view} touched={one} frame={frame} />
      ))}
    </section>
  );
}

/** One event: as recorded, as it reads today, its causes and effects, and its rows in the views. */
export function EventPage(props: EventProps) {
  const { frame, story } = props;
  const { t } = frame.translator;
  const { event, newest } = story;
  const title = t('audit.event', { position: event.position });
  return (
    <AuditPage frame={frame} title={title}>
      <h1>{title}</h1>
      <p class="hint">{t('audit.eventsIntro')}</p>
      <Envelope {...props} />
      <p class="hint">{t('audit.idsNote')}</p>
      <div class="beside">
        <section>
          <h2>{t('audit.asRecorded')}</h2>
          <Json value={event.data} position={event.position} frame={frame} />
        </section>
        <section>
          <h2>{t('audit.asRead')}</h2>
          {newest === null ? (
            <p>{t('audit.sameAsRecorded')}</p>
          ) : (
            <Json value={newest} position={event.position} frame={frame} />
          )}
        </section>
      </div>
      <Personal {...props} />
      <Trees {...props} />
      <Views {...props} />
    </AuditPage>
  );
}
