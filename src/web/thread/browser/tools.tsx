import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { ThreadClient } from '../../../../libs/client/thread-client.ts';
import { areKeysOn, switchKeys } from '../../shell/browser/kept-keys.ts';
import type { Translator } from '../../shell/i18n/translate.ts';
import { Announcer } from './announcer.ts';
import { composeLate } from './compose-late.ts';
import { closeOnEscape, listenToKeys } from './keys.ts';
import type { Tools as OwnTools } from './own-tools.tsx';
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
  useEffect(() => listenToKeys(showKeys, () => announcer.answer(t('keys.noUnread'))), []);
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

/** Adds the tools around the living thread that the first view does not need. */
export function showTools(parts: ThreadParts, rest: ThreadClient, own: OwnTools | null): void {
  const { view, translator } = parts;
  const place = document.getElementById('thread-tools');
  const announcer = new Announcer(translator);
  view.onArrival((comment) => announcer.tell(comment));
  view.equip(own?.own ?? null, readersSight(parts), own?.unsent ?? null);
  own?.begin();
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
}
