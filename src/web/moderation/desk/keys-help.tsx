import type { MessageKey, Translator } from '../../shell/i18n/translate.ts';

const KEYS: readonly (readonly [string, MessageKey])[] = [
  ['J', 'deskkeys.next'],
  ['K', 'deskkeys.previous'],
  ['A', 'action.approve'],
  ['H', 'action.hold'],
  ['R', 'action.reject'],
  ['X', 'action.remove'],
  ['0 … 6', 'deskkeys.reason'],
  ['U', 'queue.undo'],
  ['S', 'deskkeys.select'],
  ['⇧ A R X', 'deskkeys.bulk'],
  ['N', 'deskkeys.news'],
  ['M', 'deskkeys.member'],
  ['?', 'keys.help'],
];

/** The keys of the desk; the program of the page opens it, without a script it stays away. */
export function KeysHelp({ translator: { t } }: { translator: Translator }) {
  return (
    <dialog class="keys-dialog" id="desk-keys" aria-labelledby="desk-keys-title">
      <h2 id="desk-keys-title">{t('keys.title')}</h2>
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
          <input type="checkbox" id="desk-keys-on" />
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
