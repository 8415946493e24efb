import type { ComponentChildren } from 'preact';
import { Document } from '../../components/document.tsx';
import { type Frame, mayAudit } from '../../components/frame.ts';
import type { MessageKey } from '../../i18n/translate.ts';

const PARTS: readonly (readonly [string, MessageKey])[] = [
  ['/audit/events', 'audit.events'],
  ['/audit/views', 'audit.views'],
  ['/audit/verify', 'audit.verify'],
];
const LOOKS = ['/audit/log', 'audit.log'] as const;

interface AuditPageProps {
  readonly frame: Frame;
  readonly title: string;
  readonly scripts?: readonly string[];
  readonly data?: object | undefined;
  readonly children: ComponentChildren;
}

/** What all pages of auditors have around them; moderators, who read their own looks, are shown no way to the others. */
export function AuditPage({ frame, title, scripts = [], data, children }: AuditPageProps) {
  const { t } = frame.translator;
  const path = frame.here.split('?')[0] ?? '';
  const parts = mayAudit(frame.member) ? [...PARTS, LOOKS] : [LOOKS];
  return (
    <Document frame={frame} title={title} styles={['moderation.css', 'audit.css']} scripts={scripts} data={data} wide>
      <nav class="sort parts" aria-label={t('nav.audit')}>
        {parts.map(([href, name]) => (
          <a key={href} href={href} aria-current={path.startsWith(href) ? 'page' : undefined}>
            {t(name)}
          </a>
        ))}
      </nav>
      {children}
    </Document>
  );
}
