import type { MessageKey, Translator } from './i18n/translate.ts';
import { oneOf } from './one-of.ts';
import { textIn } from './paths.ts';

/** What a form did before it led to the page that tells of it. */
const DEEDS = ['sanctioned', 'lifted', 'noted', 'acknowledged', 'appealed', 'answered', 'begun', 'dropped'] as const;
export type DoneAct = (typeof DEEDS)[number];

/** The page's path with what was just done; the browser takes it out of the address again. */
export function pathDone(path: string, done: DoneAct): string {
  return `${path}?done=${done}`;
}

export function doneIn(query: unknown): DoneAct | null {
  return oneOf(DEEDS, textIn(query, 'done')) ?? null;
}

interface DoneTextProps {
  readonly text: string;
  /** Where an address leads into the page, only what it names gets the focus. */
  readonly id?: string;
  /** The words in its place once what was begun has come to its end. */
  readonly later?: string;
}

/** What was just done, in words: keyboard and screen reader stand at it, with a script and without. */
export function DoneText({ text, id, later }: DoneTextProps) {
  return (
    <p class="saved" id={id} role="status" tabIndex={-1} autofocus data-later={later}>
      {text}
    </p>
  );
}

/** Nothing, unless a form led here. */
export function Done({ done, translator }: { done: DoneAct | null; translator: Translator }) {
  if (done === null) return null;
  const key: MessageKey = `done.${done}`;
  return <DoneText text={translator.t(key)} />;
}
