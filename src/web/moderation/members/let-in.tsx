import { FormFrame, Submit } from '../../shell/form-frame.tsx';
import type { Translator } from '../../shell/i18n/translate.ts';

/** The button that lets in somebody who waits, or was refused. */
export function LetIn({ action, translator }: { readonly action: string; readonly translator: Translator }) {
  return (
    <FormFrame
      action={action}
      translator={translator}
      hidden={{ state: 'active' }}
      buttons={<Submit label={translator.t('newcomers.approve')} />}
    >
      {null}
    </FormFrame>
  );
}
