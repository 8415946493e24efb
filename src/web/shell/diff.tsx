import type { DiffPart } from '../../../libs/client/index.ts';
import type { Frame } from './frame.ts';

/** Added and removed words, told by mark-up and not by colour alone. */
export function Diff({ parts, frame }: { parts: readonly DiffPart[]; frame: Frame }) {
  const { t } = frame.translator;
  return (
    <>
      {parts.map((part, index) => {
        const key = `${index}-${part.kind}`;
        switch (part.kind) {
          case 'same':
            return <span key={key}>{part.text}</span>;
          case 'added':
            return (
              <ins key={key}>
                <span class="visually-hidden">{t('history.added')} </span>
                {part.text}
              </ins>
            );
          case 'removed':
            return (
              <del key={key}>
                <span class="visually-hidden">{t('history.taken')} </span>
                {part.text}
              </del>
            );
          default:
            return part.kind satisfies never;
        }
      })}
    </>
  );
}
