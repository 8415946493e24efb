import type { MessageKey, Translator } from './i18n/translate.ts';
import { oneOf } from './one-of.ts';
import { textIn } from './paths.ts';

/** The acts of forms that the next page tells of. */
const DONE_ACTS = [
  'sanctioned',
  'lifted',
  'noted',
  'acknowledged',
  'appealed',
  'answered',
  'begun',
  'dropped',
  'passwordSent',
  'reset',
  'takenBack',
  'confirmationSent',
  'emailAsked',
  'emailDropped',
  'sessionEnded',
  'othersEnded',
  'sessionsEnded',
  'factorOff',
  'recoveryUsed',
  'passkeyAdded',
  'passkeyRemoved',
  'providersChanged',
  'mailed',
  'retried',
  'erasureTakenBack',
  'memberStays',
  'claimed',
  'read',
  'chosen',
  'pushAdded',
  'pushRemoved',
  'attentionEnded',
  'ignored',
  'pageHidden',
  'pageShown',
  'imageDeleted',
] as const;
export type DoneAct = (typeof DONE_ACTS)[number];

/** The page's path with the act just done; the browser removes it from the address again. */
export function pathDone(path: string, done: DoneAct): string {
  return `${path}?done=${done}`;
}

export function doneIn(query: unknown): DoneAct | null {
  return oneOf(DONE_ACTS, textIn(query, 'done')) ?? null;
}

interface DoneTextProps {
  readonly text: string;
  /** Without it nothing gets the focus: an address with a fragment gives it to its target. */
  readonly id?: string;
  /** The words that replace it once the begun work has ended. */
  readonly later?: string;
}

/** Words about the act just done. Keyboard and screen reader stand at them, with a script and without. */
export function DoneText({ text, id, later }: DoneTextProps) {
  return (
    <p class="saved" id={id} role="status" tabIndex={-1} autofocus data-later={later}>
      {text}
    </p>
  );
}

/** Empty unless a form led here. */
export function Done({ done, translator }: { done: DoneAct | null; translator: Translator }) {
  if (done === null) return null;
  const key: MessageKey = `done.${done}`;
  return <DoneText text={translator.t(key)} />;
}
