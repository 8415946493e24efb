import type { CauseNode, EventStory, LogEvent, OpenedPart } from '../../libs/client/index.ts';
import { eventLine, type RecordedEvent } from '../../libs/event-store/index.ts';
import { formatPosition, isErased, isUnreadable, trusted } from '../../libs/kernel/index.ts';
import type { ViewState } from '../../libs/projections/index.ts';
import type { Vault } from '../../libs/vault/index.ts';
import { viewDefinitions } from '../views/definitions.ts';
import { newest, openNewest } from '../views/newest.ts';
import { type Link, linksAmong, relatedStreams } from './links.ts';

/** Events that are looked through for one story. */
const MOST_EVENTS = 300;
/** How far from one event to another the trees go. */
const DEEPEST = 12;
/** Fields that nobody sees, whoever asks. */
const WITHHELD = ['passwordHash', 'email', 'subject'];

export interface StoryParts {
  readonly store: { readStream(stream: string): AsyncIterable<RecordedEvent> };
  /** Events of one correlation; null while they cannot be found. */
  readonly correlated: (correlation: string) => Promise<readonly RecordedEvent[] | null>;
  readonly views: { state(): readonly ViewState[] };
  readonly vault: Vault;
}

/** The causes and effects of an event, its newest form, and the views that fold it. */
export async function storyOf(event: RecordedEvent, { store, correlated, views }: StoryParts): Promise<EventStory> {
  const together = await correlated(event.correlationId);
  const known = new Map([event, ...(together ?? [])].map((one) => [one.position, one]));
  await addStreams(known, [event.stream, ...relatedStreams(event)], store);
  const further = new Set([...known.values()].flatMap(relatedStreams));
  await addStreams(known, [...further], store);
  const events = [...known.values()].sort((a, b) => (a.position < b.position ? -1 : 1));
  const links = linksAmong(events);
  const current = newest(event);
  const folding = viewDefinitions.filter(({ eventTypes }) => eventTypes.includes(event.type));
  return {
    event: trusted<LogEvent>(JSON.parse(eventLine(event))),
    newest: current.type === event.type ? null : { type: current.type, data: objectOf(current.data) },
    views: views
      .state()
      .filter(({ name }) => folding.some((one) => one.name === name))
      .map(({ name, version }) => ({ name, version })),
    causes: nodes(event, links, 'up'),
    effects: nodes(event, links, 'down'),
    whole: together !== null,
  };
}

/** The personal part as it may be shown; passwords and addresses never are. */
export async function openedPart(event: RecordedEvent, vault: Vault): Promise<OpenedPart> {
  const { personal } = await openNewest(event, vault);
  if (personal === null) return { personal: null, erased: false, unreadable: false, withheld: [] };
  if (isErased(personal))
    return { personal: null, erased: !isUnreadable(personal), unreadable: isUnreadable(personal), withheld: [] };
  const fields = Object.entries(personal);
  return {
    personal: Object.fromEntries(fields.filter(([name]) => !WITHHELD.includes(name))),
    erased: false,
    unreadable: false,
    withheld: fields.map(([name]) => name).filter((name) => WITHHELD.includes(name)),
  };
}

async function addStreams(
  known: Map<bigint, RecordedEvent>,
  streams: readonly string[],
  store: StoryParts['store'],
): Promise<void> {
  for (const stream of new Set(streams)) {
    for await (const event of store.readStream(stream)) {
      if (known.size >= MOST_EVENTS) return;
      if (!known.has(event.position)) known.set(event.position, event);
    }
  }
}

/** Each event once, however many ways lead to it. */
function nodes(root: RecordedEvent, links: readonly Link[], way: 'up' | 'down'): readonly CauseNode[] {
  const seen = new Set([root.position]);
  const below = (event: RecordedEvent, depth: number): readonly CauseNode[] => {
    if (depth > DEEPEST) return [];
    const next = links
      .filter((link) => (way === 'up' ? link.to : link.from).position === event.position)
      .map((link) => ({ event: way === 'up' ? link.from : link.to, kind: link.kind }))
      .filter(({ event: one }) => !seen.has(one.position));
    for (const { event: one } of next) seen.add(one.position);
    return next.map(({ event: one, kind }) => node(one, kind, below(one, depth + 1)));
  };
  return below(root, 1);
}

function node(event: RecordedEvent, link: Link['kind'], below: readonly CauseNode[]): CauseNode {
  const { type, occurredAt: at, actor, stream } = event;
  return { position: formatPosition(event.position), type, at, actor, stream, link, nodes: below };
}

function objectOf(data: unknown): Readonly<Record<string, unknown>> {
  return typeof data === 'object' && data !== null ? { ...data } : {};
}
