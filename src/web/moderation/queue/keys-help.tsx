import type { MessageKey, Translator } from '../../shell/i18n/translate.ts';

const KEYS: readonly (readonly [string, MessageKey])[] = [
  ['J', 'queuekeys.next'],
  ['K', 'queuekeys.previous'],
  ['A', 'action.approve'],
  ['H', 'action.hold'],
  ['R', 'action.reject'],
  ['X', 'action.remove'],
  ['0 … 6', 'queuekeys.reason'],
  ['U', 'queue.undo'],
  ['S', 'queuekeys.select'],
  ['⇧ A R X', 'queuekeys.bulk'],
  ['N', 'queuekeys.news'],
  ['M', 'queuekeys.member'],
  ['?', 'keys.help'],
];

/** The keys of the queue; only the page's program opens it. */
export function KeysHelp({ translator: { t } }: { translator: Translator }) {
  return (
    <dialog class="keys-dialog" id="queue-keys" aria-labelledby="queue-keys-title">
      <h2 id="queue-keys-title">{t('keys.title')}</h2>
      <dl>
        {KEYS.map(([key, name]) => (
          <div key={name}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(name)}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog">
        <label class="check">
          <input type="checkbox" id="queue-keys-on" />
          {t('keys.on')}
        </label>
        <div class="buttons">
          <button class="button" type="submit">
            {t('keys.close')}
          </button>
        </div>
      </form>
    </dialog>
  );
}
