import type { ComponentChildren } from 'preact';
import { Document } from '../../components/document.tsx';
import type { Frame } from '../../components/frame.ts';
import type { MessageKey } from '../../i18n/translate.ts';

const PARTS: readonly (readonly [string, MessageKey])[] = [
  ['/moderation/queue', 'queue.title'],
  ['/moderation/appeals', 'appeals.title'],
  ['/moderation/policy', 'policy.title'],
  ['/moderation/log', 'modlog.title'],
  ['/moderation/report', 'modreport.title'],
];

interface ModerationPageProps {
  readonly frame: Frame;
  readonly title: string;
  readonly scripts?: readonly string[];
  /** Plain data for them. */
  readonly data?: object | undefined;
  readonly children: ComponentChildren;
}

/** What all pages of moderation have around them: the whole width, a style sheet of their own, and the ways among them. */
export function ModerationPage({ frame, title, scripts = [], data, children }: ModerationPageProps) {
  const { t } = frame.translator;
  const path = frame.here.split('?')[0] ?? '';
  return (
    <Document frame={frame} title={title} styles={['moderation.css']} scripts={scripts} data={data} wide>
      <nav class="sort parts" aria-label={t('nav.moderation')}>
        {PARTS.map(([href, name]) => (
          <a key={href} href={href} aria-current={path.startsWith(href) ? 'page' : undefined}>
            {t(name)}
          </a>
        ))}
      </nav>
      {children}
    </Document>
  );
}
