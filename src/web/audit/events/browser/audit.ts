import type { LogEvent } from '../../../../../libs/client/audit-shapes.ts';
import { keepTrying } from '../../../../../libs/client/keep-trying.ts';
import { LiveClient } from '../../../../../libs/client/live-client.ts';
import { connect } from '../../../shell/browser/socket.ts';
import { shortened } from '../../shortened.ts';

/** Rows that the page keeps; the oldest are removed. */
const MOST_ROWS = 200;
/** Milliseconds between two looks at a verification's progress. */
const LOOK_EVERY = 700;

/** New events come in above the others, each tinted for a moment; nothing that is being read moves. */
function follow(rows: HTMLElement, says: HTMLElement): void {
  const live = new LiveClient(connect());
  const show = (event: LogEvent): void => {
    if (rows.querySelector(`[href="/audit/events/${CSS.escape(event.position)}"]`)) return;
    const row = rowOf(event);
    row.cells[0]?.setAttribute('data-label', rows.dataset['position'] ?? '');
    rows.prepend(row);
    while (rows.childElementCount > MOST_ROWS) rows.lastElementChild?.remove();
  };
  live.onMessage('audit:events', ({ items, passedOver }) => {
    for (const event of items) show(event);
    if (passedOver) says.textContent = says.dataset['passedOver'] ?? '';
  });
  let joining = new AbortController();
  const join = async (): Promise<void> => {
    joining.abort();
    const { signal } = (joining = new AbortController());
    const newest = rows.querySelector('a')?.textContent ?? '';
    const ask = () => live.ask('audit:join', newest === '' ? {} : { after: newest });
    const joined = await keepTrying(ask, signal).catch(() => null);
    if (joined === null || signal.aborted) return;
    for (const event of joined.items) show(event);
    says.hidden = false;
    rows.dataset['live'] = 'yes';
  };
  live.onConnected(() => void join());
  live.onDisconnected(() => {
    joining.abort();
    says.hidden = true;
    delete rows.dataset['live'];
  });
}

function rowOf({ position, recordedAt, type, stream, actor }: LogEvent): HTMLTableRowElement {
  const row = document.createElement('tr');
  row.className = 'fresh';
  row.role = 'row';
  const link = document.createElement('a');
  link.href = `/audit/events/${position}`;
  link.textContent = position;
  const cells = [link, recordedAt.replace('T', ' ').replace('Z', ''), type, shortened(stream), shortened(actor)];
  for (const content of cells) {
    const cell = row.insertCell();
    cell.role = 'cell';
    cell.append(content);
  }
  row.cells[0]?.classList.add('number');
  return row;
}

/** While something is under way, the part of the page that tells about it is fetched again. */
async function watch(): Promise<void> {
  while (document.querySelector('#replays [data-underway]')) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
    const response = await fetch(location.href).catch(() => null);
    if (!response?.ok) continue;
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    const next = page.getElementById('replays');
    if (next) document.getElementById('replays')?.replaceWith(document.adoptNode(next));
  }
  const says = document.getElementById('replays-say');
  if (says) says.textContent = says.dataset['later'] ?? '';
}

const rows = document.getElementById('event-rows');
const says = document.getElementById('live-says');
if (rows && says) follow(rows, says);
void watch();
