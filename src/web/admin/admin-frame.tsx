import { type Part, PartsPage, type PartsPageProps } from '../shell/parts-page.tsx';

/** The pages of admins that there are, in the order of their links. */
const PLACES = ['settings', 'members', 'invitations', 'outbox', 'status', 'import', 'integrations'] as const;

const PARTS: readonly Part[] = [
  ['/admin', 'admin.overview'],
  ...PLACES.map((place): Part => [`/admin/${place}`, `admin.${place}`]),
];

/** The frame of all pages of admins. */
export function AdminPage(props: PartsPageProps) {
  return <PartsPage {...props} name="nav.admin" parts={PARTS} styles={['moderation.css', 'admin.css']} />;
}
