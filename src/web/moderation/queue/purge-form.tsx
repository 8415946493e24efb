import { TextArea } from '../../shell/fields.tsx';
import { FormFrame, Submit } from '../../shell/form-frame.tsx';
import type { Translator } from '../../shell/i18n/translate.ts';

interface PurgeFormProps {
  readonly commentId: string;
  readonly translator: Translator;
}

/** Behind a further press, since nobody can take it back. */
export function PurgeForm({ commentId, translator }: PurgeFormProps) {
  const { t } = translator;
  return (
    <details>
      <summary>{t('purge.title')}</summary>
      <p class="hint">{t('purge.hint')}</p>
      <FormFrame
        action={`/moderation/cases/${commentId}/purge`}
        translator={translator}
        buttons={<Submit label={t('purge.submit')} danger />}
      >
        <TextArea name="reason" id="purge-reason" label={t('purge.reason')} value="" rows={2} required errors={{}} />
      </FormFrame>
    </details>
  );
}
