import type { ViewDefinition } from '../../libs/projections/port.ts';
import { erasuresView } from './erasures/erasures.view.ts';
import { guestsView } from './guests/guests.view.ts';
import { imagesView } from './images/images.view.ts';
import { invitationsView } from './invitations/invitations.view.ts';
import { mailsView } from './mails/mails.view.ts';
import { membersView } from './members/members.view.ts';
import { moderationLogView } from './moderation-log/log.view.ts';
import { moderationQueueView } from './moderation-queue/queue.view.ts';
import { readingAllVersions } from './newest.ts';
import { notificationsView } from './notifications/notifications.view.ts';
import { postListView } from './post-list/post-list.view.ts';
import { previewsView } from './previews/previews.view.ts';
import { publishingView } from './publishing/publishing.view.ts';
import { pushView } from './push/push.view.ts';
import { sanctionsView } from './sanctions/sanctions.view.ts';
import { searchView } from './search/search.view.ts';
import { shelfView } from './shelf/shelf.view.ts';
import { siteView } from './site/site.view.ts';
import { threadView } from './thread/thread.view.ts';
import { translationReportsView } from './translation-reports/translation-reports.view.ts';
import { translationsView } from './translations/translations.view.ts';
import { waysInView } from './ways-in/ways-in.view.ts';

/** Every read model of the forum. */
export const viewDefinitions: readonly ViewDefinition[] = [
  membersView,
  postListView,
  threadView,
  moderationQueueView,
  sanctionsView,
  moderationLogView,
  imagesView,
  mailsView,
  waysInView,
  siteView,
  invitationsView,
  erasuresView,
  guestsView,
  notificationsView,
  shelfView,
  previewsView,
  pushView,
  publishingView,
  searchView,
  translationsView,
  translationReportsView,
].map((view) => readingAllVersions<unknown>(view));
