import type { Frame } from './frame.ts';
import { PostForm } from './post-form.tsx';

export const DEMO_ROLES = ['participant', 'editor', 'moderator', 'auditor'] as const;
export type DemoRole = (typeof DEMO_ROLES)[number];

function RoleButtons({ frame, look }: { frame: Frame; look: string }) {
  return (
    <>
      {DEMO_ROLES.map((role) => (
        <button key={role} class={look} type="submit" name="role" value={role}>
          {frame.translator.t(`demo.${role}`)}
        </button>
      ))}
    </>
  );
}

/** The demo's quiet bar, to choose a part. */
export function DemoBar({ frame }: { frame: Frame }) {
  const { t } = frame.translator;
  return (
    <section class="demo-bar" aria-label={t('demo.label')}>
      <PostForm class="column" action="/demo/sign-in" as={null}>
        <input type="hidden" name="next" value={frame.here} />
        <p>
          <span class="wide-only">{t('demo.lookAround')}</span>
          <span class="narrow-only">{t('demo.label')}:</span>
        </p>
        <RoleButtons frame={frame} look="link-button" />
      </PostForm>
    </section>
  );
}

/** The same on the sign-in page, with an explanation. */
export function DemoRoles({ frame, next }: { frame: Frame; next: string }) {
  const { t } = frame.translator;
  return (
    <PostForm class="demo-roles" action="/demo/sign-in" as={null}>
      <input type="hidden" name="next" value={next} />
      <p class="hint">{t('demo.note')}</p>
      <div class="buttons">
        <RoleButtons frame={frame} look="button quiet" />
      </div>
    </PostForm>
  );
}
