import type { FoundPerson } from '../../../acts/erasing.ts';
import { WhatGoes } from '../../shell/erasure-parts.tsx';
import { type FieldErrors, TextField } from '../../shell/fields.tsx';
import { FormFrame, Submit } from '../../shell/form-frame.tsx';
import type { Frame } from '../../shell/frame.ts';
import { FreshPasswordField } from '../../shell/fresh-password.tsx';
import type { Typed } from '../../shell/typed.ts';
import { AdminPage } from '../admin-frame.tsx';

export interface OthersErasureProps {
  readonly frame: Frame;
  /** By what the person is found: `email`, `name`, `source`. */
  readonly typed: Typed;
  /** What it would take; null before it was asked. */
  readonly found: FoundPerson | null;
  readonly asksPassword: boolean;
  readonly errors: FieldErrors;
}

function Find({ frame, typed, found, errors }: OthersErasureProps) {
  const { translator } = frame;
  const { t } = translator;
  const field = { errors: found === null ? errors : {}, required: false };
  return (
    <FormFrame
      action="/admin/erasures"
      translator={translator}
      errors={field.errors}
      buttons={<Submit label={t('erase.count')} />}
    >
      <TextField {...field} name="email" label={t('erase.byEmail')} value={typed['email'] ?? ''} />
      <TextField {...field} name="name" label={t('erase.byName')} value={typed['name'] ?? ''} />
      <TextField
        {...field}
        name="source"
        label={t('erase.bySource')}
        hint={t('erase.bySourceHint')}
        value={typed['source'] ?? ''}
      />
    </FormFrame>
  );
}

/** The press that erases stands below the count of what it takes. */
function Found(props: OthersErasureProps & { readonly found: FoundPerson }) {
  const { frame, typed, found, asksPassword, errors } = props;
  const { translator } = frame;
  const { t, number } = translator;
  const { written, newsletter } = found;
  const count = [...written.values()].reduce((sum, some) => sum + some, 0);
  if (count === 0 && !newsletter) return <p class="empty">{t('erase.nobody')}</p>;
  return (
    <section aria-labelledby="found">
      <h2 id="found">{t('erase.found', { count })}</h2>
      <ul class="lines">
        {[...written].map(([source, some]) => (
          <li key={source}>
            {source}: {number(some)}
          </li>
        ))}
        {newsletter && <li>{t('newsletter.title')}</li>}
      </ul>
      <FormFrame
        action="/admin/erasures"
        translator={translator}
        errors={errors}
        hidden={{ ...typed, sure: '1' }}
        buttons={<Submit label={t('erase.othersSubmit')} danger />}
      >
        <WhatGoes of="others" translator={translator} />
        <p>{t('erase.atOnce')}</p>
        <FreshPasswordField frame={frame} form="erasure" isAsked={asksPassword} errors={errors} />
      </FormFrame>
    </section>
  );
}

/** The erasure of people without an account: found, counted, and then erased. */
export function OthersErasurePage(props: OthersErasureProps) {
  const { frame, found } = props;
  const { t } = frame.translator;
  return (
    <AdminPage frame={frame} title={t('erase.others')} part="/admin/members">
      <h1>{t('erase.others')}</h1>
      <p class="lead">{t('erase.othersLead')}</p>
      {found !== null && <Found {...props} found={found} />}
      <div class={found === null ? undefined : 'part'}>
        <Find {...props} />
      </div>
    </AdminPage>
  );
}
