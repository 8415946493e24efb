import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ColloquyClient } from '../../../../libs/client/rest-client.ts';
import { areKeysOn, switchKeys } from '../../shell/browser/kept-keys.ts';
import type { Translator } from '../../shell/i18n/translate.ts';
import type { OwnChanges, OwnForm } from '../parts/context.ts';
import { Announcer } from './announcer.ts';
import { composeLate } from './compose-late.ts';
import { DeliveryNotice } from './delivery.tsx';
import { EditForm } from './edit-form.tsx';
import { Edits } from './edits.ts';
import { closeOnEscape, listenToKeys } from './keys.ts';
import { CommentChanges } from './own-changes.ts';
import { RefusedReaction, RemoveForm } from './own-forms.tsx';
import { keepInSight } from './own-sight.ts';
import { reopenKept } from './reopen-kept.ts';
import { shareOnPress } from './sharing.ts';
import { readersSight } from './sight.ts';
import type { Drawn, ThreadParts } from './thread-view.ts';

/** Milliseconds for which a lost connection is not mentioned. */
const PATIENCE_MS = 1_500;

function Check({ label, isOn, onChange }: { label: string; isOn: boolean; onChange: (on: boolean) => void }) {
  return (
    <label class="check">
      <input type="checkbox" checked={isOn} onChange={(event) => onChange(event.currentTarget.checked)} />
      {label}
    </label>
  );
}

interface ToolsProps {
  readonly drawn: Drawn;
  /** True when there was a live connection since the page was opened. */
  readonly wasLive: boolean;
  readonly announcer: Announcer;
  readonly translator: Translator;
}

/** One line at the foot while there is no connection; not an alarm. */
function ConnectionLine({ drawn: { connection }, wasLive, translator }: Omit<ToolsProps, 'announcer'>) {
  const isAway = connection === 'offline' || connection === 'connecting';
  const [isTold, setTold] = useState(false);
  useEffect(() => {
    if (!isAway) {
      setTold(false);
      return undefined;
    }
    const timer = setTimeout(() => setTold(wasLive || !navigator.onLine), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [isAway, wasLive]);
  return <div role="status">{isTold && <p class="connection">{translator.t('live.offline')}</p>}</div>;
}

function StaleNotice({ translator }: { translator: Translator }) {
  return (
    <p class="notice waiting">
      {translator.t('live.reload')}{' '}
      <a href={location.href} target="_self">
        {translator.t('live.reloadNow')}
      </a>
    </p>
  );
}

function Tools({ drawn, wasLive, announcer, translator }: ToolsProps) {
  const { t } = translator;
  const [isSilent, setSilent] = useState(announcer.isSilent);
  const showKeys = () =>
    void import('./keys-dialog.ts').then(
      ({ showKeysDialog }) => showKeysDialog(translator, { areKeysOn, switchKeys }),
      () => undefined,
    );
  useEffect(() => listenToKeys(showKeys), []);
  return (
    <>
      {drawn.isStale && <StaleNotice translator={translator} />}
      <div class="quiet-controls">
        <button class="action keys-hint" type="button" onClick={showKeys}>
          {t('keys.show')} <kbd>?</kbd>
        </button>
        <Check
          label={t('live.announce')}
          isOn={!isSilent}
          onChange={(on) => {
            announcer.silence(!on);
            setSilent(!on);
          }}
        />
      </div>
      <ConnectionLine drawn={drawn} wasLive={wasLive} translator={translator} />
    </>
  );
}

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

/**
 * Adds the tools around the living thread that the first view does not need; gives the client with which it reads and
 * writes.
 */
export function showTools(parts: ThreadParts, connectAnew: () => void): ColloquyClient {
  const { view, translator } = parts;
  const rest = new ColloquyClient();
  const place = document.getElementById('thread-tools');
  const announcer = new Announcer(translator);
  view.onArrival((comment) => announcer.tell(comment));
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
  view.equip(own, readersSight(parts));
  edits.followConnection();
  reopenKept(parts, edits);
  keepInSight(parts, rest);
  shareOnPress(translator);
  closeOnEscape(view);
  composeLate(parts, rest);
  const { editMinutes } = parts.page;
  if (editMinutes)
    void import('./composing/edit-window.ts').then(({ tellEditTime }) => tellEditTime(parts, editMinutes));
  if (place) {
    let wasLive = false;
    const draw = () => {
      const drawn = view.now();
      wasLive ||= drawn.connection === 'live';
      render(<Tools drawn={drawn} wasLive={wasLive} announcer={announcer} translator={translator} />, place);
    };
    view.subscribe(draw);
    draw();
  }
  return rest;
}
