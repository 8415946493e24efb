import type { Catalogue } from './catalogue-entry.ts';
import type { LookEvent } from './look/look.events.ts';

/** What is recorded of those who watch over the forum. */
export const LOOK_EVENTS: Catalogue<LookEvent> = {
  'HiddenSeen.v1': {
    stream: 'look-<lookId>',
    sentence:
      'A moderator, auditor or admin is about to be shown what readers do not see; the same person and thing within 15 minutes count once.',
    data: {
      lookId: 'The look.',
      memberId: 'Who looks.',
      place:
        '`thread`, `comment`, `history`, `queue`, `live-queue` (all that waits, from now until the connection ends), `case`, `decision`, `record`, `appeals`, `moderation-log`, `rehearsal`, `events`, `event`, `looks` or `scratch`.',
      subject: 'What was asked for (a list, a decision, a position, a filter), or null.',
      comments: 'The hidden comments that are shown, 500 at most; not those of the one who looks.',
      members: 'The members whose record, notes or appeals are shown, 500 at most.',
      more: 'How many more are shown than are named.',
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
      format: '`ndjson`, `csv` or `json`.',
      filter: 'What was asked for, by the names of the fields; empty for everything.',
      until: "The log's newest position when it began, decimal.",
    },
    personal: null,
  },
};
