import { mayAudit } from '../shell/frame.ts';
import { type Part, PartsPage, type PartsPageProps } from '../shell/parts-page.tsx';

const PARTS: readonly Part[] = [
  ['/audit/events', 'audit.events'],
  ['/audit/views', 'audit.views'],
  ['/audit/verify', 'audit.verify'],
];
const LOOKS: Part = ['/audit/log', 'audit.log'];

/** The frame of all pages of auditors; moderators, who read their own looks, see no links to the others. */
export function AuditPage(props: PartsPageProps) {
  const parts = mayAudit(props.frame.member) ? [...PARTS, LOOKS] : [LOOKS];
  return <PartsPage {...props} name="nav.audit" parts={parts} styles={['moderation.css', 'audit.css']} />;
}
