import type { Translator } from '../../shell/i18n/translate.ts';
import { useThread } from './context.ts';
import { useCurrent } from './use-current.ts';

function writingText([name, other, more]: readonly string[], { t }: Translator): string | null {
  if (name === undefined) return null;
  if (other === undefined) return t('live.writing', { name });
  return more === undefined ? t('live.writingTwo', { name, other }) : t('live.writingMany');
}

/**
 * The number of readers and the names of writers, on one quiet line that always keeps its room, so that nothing moves.
 */
export function PresenceLine() {
  const { presence, translator } = useThread();
  const { readers, writing } = useCurrent(presence);
  const parts = [
    readers > 1 ? translator.t('live.reading', { count: readers }) : null,
    writingText(writing, translator),
  ];
  return <p class="presence">{parts.filter((part) => part !== null).join(' · ')}</p>;
}
