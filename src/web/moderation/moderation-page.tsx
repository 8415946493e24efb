import { type Part, PartsPage, type PartsPageProps } from '../shell/parts-page.tsx';

const PARTS: readonly Part[] = [
  ['/moderation/queue', 'queue.title'],
  ['/moderation/appeals', 'appeals.title', 'appeals'],
  ['/moderation/translations', 'reported.title', 'translations'],
  ['/moderation/newcomers', 'newcomers.title', 'newcomers'],
  ['/moderation/policy', 'policy.title'],
  ['/moderation/log', 'modlog.title'],
  ['/moderation/report', 'modreport.title'],
];

/** The frame of all pages of moderation. */
export function ModerationPage(props: PartsPageProps) {
  return <PartsPage {...props} name="nav.moderation" parts={PARTS} styles={['moderation.css']} />;
}
