import type { LogEvent, LookEntry, MemberAuthor } from '../../../libs/client/index.ts';
import { trusted } from '../../../libs/kernel/index.ts';
import type { HiddenSeenV1, LookEvent } from '../../domain/look/look.events.ts';
import type { MemberEvent } from '../../domain/member/member.events.ts';

export const LOOK_KINDS = ['look', 'export', 'roles'] as const;
export type LookKind = (typeof LOOK_KINDS)[number];

type Shown = LookEvent | HiddenSeenV1 | Extract<MemberEvent, { readonly type: 'MemberRolesChanged.v1' }>;

/** The types of events that are shown as each kind. */
export const TYPES_OF: { readonly [Kind in LookKind]: readonly Shown['type'][] } = {
  look: ['HiddenSeen.v1', 'HiddenSeen.v2'],
  export: ['Exported.v1'],
  roles: ['MemberRolesChanged.v1'],
};

type People = ReadonlyMap<string, MemberAuthor | null>;

/** The members that an entry names. */
export function membersIn({ actor, data }: LogEvent): readonly string[] {
  return [actor, ...('memberId' in data && typeof data.memberId === 'string' ? [data.memberId] : [])];
}

/** Null for an event that is no look. */
export function lookEntryOf(event: LogEvent, people: People): LookEntry | null {
  const shown = shownIn(event);
  if (shown === null) return null;
  const { position, recordedAt: at, actor } = event;
  const base = { position, at, by: people.get(actor) ?? null, comments: [], members: [], more: 0 };
  switch (shown.type) {
    case 'HiddenSeen.v1': {
      const { place, subject, comments, members, more } = shown.data;
      return { ...base, kind: 'look', what: place, subject, comments, members, more };
    }
    case 'HiddenSeen.v2': {
      const { place, subject, texts, members, more } = shown.data;
      const comments = [...new Set(texts.map(({ commentId }) => commentId))];
      return { ...base, kind: 'look', what: place, subject, comments, members, more };
    }
    case 'Exported.v1': {
      const { what, format, filter } = shown.data;
      const asked = Object.entries(filter).map(([field, value]) => `${field}=${value}`);
      return { ...base, kind: 'export', what: `${what} ${format}`, subject: asked.join(' ') || null };
    }
    case 'MemberRolesChanged.v1': {
      const { memberId, roles } = shown.data;
      return { ...base, kind: 'roles', what: roles.join(' '), subject: null, members: [memberId] };
    }
    default:
      return shown satisfies never;
  }
}

type ShownEvent = { readonly [One in Shown as One['type']]: LogEvent & Pick<One, 'type' | 'data'> }[Shown['type']];

/** Only this forum writes these types, and its catalogue says what they hold. */
function shownIn(event: LogEvent): ShownEvent | null {
  const isShown = Object.values(TYPES_OF)
    .flat()
    .some((type) => type === event.type);
  return isShown ? trusted<ShownEvent>(event) : null;
}
