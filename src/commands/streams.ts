import { slugName } from '../domain/reservation/names.ts';

/** The names of the streams of the forum's things; reserved names are streams of their own. */
export const streams = {
  /** The stream that reserves the address of a post. */
  slug: slugName,
  post: (postId: string) => `post-${postId}`,
  discussion: (postId: string) => `discussion-${postId}`,
  comment: (commentId: string) => `comment-${commentId}`,
  reaction: (commentId: string, memberId: string) => `reaction-${commentId}-${memberId}`,
  invitation: (invitationId: string) => `invitation-${invitationId}`,
  member: (memberId: string) => `member-${memberId}`,
  policy: (version: number) => `policy-${version}`,
  report: (commentId: string, memberId: string) => `report-${commentId}-${memberId}`,
  sanction: (memberId: string) => `sanction-${memberId}`,
  look: (lookId: string) => `look-${lookId}`,
  draft: (draftId: string) => `draft-${draftId}`,
  bookmarks: (memberId: string) => `bookmarks-${memberId}`,
  inbox: (memberId: string) => `inbox-${memberId}`,
  image: (imageId: string) => `image-${imageId}`,
  erasure: (erasureId: string) => `erasure-${erasureId}`,
  key: (keyId: string) => `key-${keyId}`,
  site: () => 'site',
  logKey: () => 'log-key',
  link: (linkId: string) => `link-${linkId}`,
  guest: (commentId: string) => `guest-${commentId}`,
  lease: (reactor: string) => `lease-${reactor}`,
  mail: (mailId: string) => `mail-${mailId}`,
  overdue: (overdueId: string) => `overdue-${overdueId}`,
  mailedReply: (answerId: string) => `mailed-reply-${answerId}`,
  testMail: (testId: string) => `test-mail-${testId}`,
  session: (sessionId: string) => `session-${sessionId}`,
  export: (exportId: string) => `export-${exportId}`,
} as const;
