import type { TranslationText } from '../../../libs/client/index.ts';
import type { Frame } from './frame.ts';
import { TimeAgo } from './time-ago.tsx';

/** Who translated, and when; from which text is told where that was changed since. */
export function Provenance({ translation, frame }: { translation: TranslationText; frame: Frame }) {
  const { translator, now } = frame;
  const name = translation.by?.displayName ?? translator.t('comment.nameless');
  const [before = '', after = ''] = translator.t('translation.from', { name, date: '\u0000' }).split('\u0000');
  return (
    <p class="hint" dir="auto">
      {before}
      <TimeAgo at={translation.writtenAt} translator={translator} now={now} />
      {after}
    </p>
  );
}
