import { EXPORT_FORMATS } from '../../libs/words/index.ts';
import { anyOf, type Catalogue, type OldCatalogue } from './catalogue-entry.ts';
import type { LookEvent } from './look/look.events.ts';
import type { OldLookEvent } from './look/look.upcasters.ts';

const LOOK_STREAM = 'look-<lookId>';
const LOOK_DATA = {
  lookId: 'The look.',
  memberId: 'Who looks.',
  place:
    '`thread`, `comment`, `history`, `queue`, `live-queue` (all that waits, from now until the connection ends), `case`, `decision`, `record`, `appeals`, `moderation-log`, `rehearsal`, `events`, `event`, `looks` or `scratch`.',
  subject: 'What was asked for (a list, a decision, a position, a filter, the hash of a rehearsed policy), or null.',
  members: 'The members whose record, notes or appeals are shown, 500 at most.',
  more: 'How many more are shown than are named.',
} as const;

/** What is recorded of those who watch over the forum. */
export const LOOK_EVENTS: Catalogue<LookEvent> = {
  'HiddenSeen.v2': {
    stream: LOOK_STREAM,
    sentence:
      'A moderator, auditor or admin is about to be shown what readers do not see; the same person, place and text within 15 minutes count once.',
    data: {
      ...LOOK_DATA,
      texts:
        'The hidden texts that are shown, each by its comment and revision (null where a comment is named and no text of it chosen), 500 at most; not those of the one who looks.',
    },
    personal: null,
  },
  'Exported.v1': {
    stream: 'export-<exportId>',
    sentence: 'Somebody is about to take a part of the log out of the forum.',
    data: {
      exportId: 'The export.',
      memberId: "Who takes it, or null for whoever has the machine's shell.",
      what: '`events`, `moderation-log` or `looks`.',
      format: `${anyOf(EXPORT_FORMATS)}.`,
      filter: 'What was asked for, by the names of the fields; empty for everything.',
      until: "The log's newest position when it began, decimal.",
    },
    personal: null,
  },
};
export const OLD_LOOK_EVENTS: OldCatalogue<OldLookEvent> = {
  'HiddenSeen.v1': {
    stream: LOOK_STREAM,
    sentence:
      'The same, without saying which text of a comment was shown; the same person and comment within 15 minutes counted once.',
    data: { ...LOOK_DATA, comments: 'The hidden comments that were shown, 500 at most.' },
    personal: null,
    readAs: 'HiddenSeen.v2',
  },
};
