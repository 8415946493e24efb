import { useEffect, useState } from 'preact/hooks';
import type { LiveClient } from '../../../../libs/client/live-client.ts';
import { keptIn } from '../../../../libs/client/outbox.ts';
import { ColloquyClient } from '../../../../libs/client/rest-client.ts';
import type { FollowerOptions } from '../../../../libs/client/thread-follower.ts';
import { ThreadSession } from '../../../../libs/client/thread-session.ts';
import { fetchAs } from '../../shell/browser/fetch-as.ts';
import { frameSite } from '../../shell/browser/frame-site.ts';
import { KEPT } from '../../shell/browser/kept.ts';
import type { OwnChanges, OwnForm } from '../parts/context.ts';
import { DeliveryNotice } from './delivery.tsx';
import { EditForm } from './edit-form.tsx';
import { Edits } from './edits.ts';
import { listenToUnread } from './next-unread.ts';
import { CommentChanges } from './own-changes.ts';
import { followByComment } from './own-follow.ts';
import { RefusedReaction, RemoveForm } from './own-forms.tsx';
import { tellOfSession } from './own-session.ts';
import { keepInSight } from './own-sight.ts';
import { reopenKept } from './reopen-kept.ts';
import { takeTyped, takeTypedOn, takeUnsent } from './taken-typed.ts';
import type { ShowsUnsent, ThreadParts } from './thread-view.ts';
import { unsentComment } from './unsent-comment.ts';

/** A rare form is loaded when it is first opened, and is the same one from then on; where that fails, the reader goes to its page. */
function lateForm(load: () => Promise<OwnForm>, page: (commentId: string) => string): OwnForm {
  let loaded: OwnForm | null = null;
  return function Late({ comment }) {
    const [Form, setForm] = useState<OwnForm | null>(() => loaded);
    useEffect(() => {
      if (loaded) return;
      load().then(
        (form) => {
          loaded ??= form;
          setForm(() => loaded);
        },
        () => location.assign(page(comment.id)),
      );
    }, [comment.id]);
    return Form && <Form comment={comment} />;
  };
}

function moderation(parts: ThreadParts, rest: ColloquyClient): OwnForm {
  const load = () => import('./moderate-form.tsx').then(({ moderateForm }) => moderateForm(parts, rest));
  return lateForm(load, (id) => `/moderation/cases/${id}`);
}

function reporting(rest: ColloquyClient): OwnForm {
  const load = () => import('./report-form.tsx').then(({ reportForm }) => reportForm(rest));
  return lateForm(load, (id) => `/comments/${id}/report`);
}

/** Unsent comments are kept apart for each member, since they belong to their writer. */
function outboxOf({ page: { viewer } }: ThreadParts) {
  return viewer === null ? {} : { outbox: keptIn(KEPT, `colloquy:outbox:${viewer.memberId}`) };
}

/** The tools of members on the page, which readers without an account do not load. */
export type OwnTools = typeof ownTools;

export interface Tools {
  readonly own: OwnChanges;
  readonly rest: ColloquyClient;
  readonly unsent: ShowsUnsent;
  /** The session in which the member also writes; what was not sent outlives the page. */
  readonly sessionOf: (options: FollowerOptions) => ThreadSession;
  /** Takes up what was left unsaved, once the thread has the forms. */
  readonly begin: () => void;
}

/** The forms with which a member changes comments in place. */
export function ownTools(parts: ThreadParts, live: LiveClient, connectAnew: () => void): Tools {
  const { viewer } = parts.page;
  const rest = new ColloquyClient({ frame: frameSite(), ...(viewer && { fetch: fetchAs(viewer.memberId) }) });
  const { view, translator } = parts;
  const changes = new CommentChanges(view, translator, rest);
  const edits = new Edits(parts, rest);
  const own: OwnChanges = {
    forms: {
      edit: ({ comment }) => <EditForm comment={comment} edits={edits} />,
      remove: ({ comment }) => <RemoveForm comment={comment} changes={changes} />,
      moderate: moderation(parts, rest),
      report: reporting(rest),
    },
    Delivery: ({ comment }) => <DeliveryNotice comment={comment} connectAnew={connectAnew} />,
    RefusedReaction: ({ comment }) => <RefusedReaction comment={comment} changes={changes} />,
    react: (commentId, kind) => void changes.react(commentId, kind),
    bookmark: (commentId) => void changes.bookmark(commentId),
  };
  const begin = (): void => {
    edits.followConnection();
    takeTyped(parts.page);
    takeUnsent(parts);
    reopenKept(parts, edits);
    takeTypedOn(parts, rest)
      .then((isAnswer) => isAnswer && reopenKept(parts, edits))
      .catch(() => undefined);
    void import('./left-texts.ts').then(({ leadToLeft }) => leadToLeft(parts, rest)).catch(() => undefined);
    keepInSight(parts, rest);
    followByComment(parts);
    tellOfSession(parts, live);
    listenToUnread();
    void import('./reading-on.ts').then(({ readOn }) => readOn(parts)).catch(() => undefined);
  };
  const sessionOf = (options: FollowerOptions) => new ThreadSession({ ...options, ...outboxOf(parts) });
  return { own, rest, unsent: unsentComment, sessionOf, begin };
}
