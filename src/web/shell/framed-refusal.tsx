import type { DomainError } from '../../../libs/kernel/index.ts';
import { errorWords } from './error-words.ts';
import type { Frame } from './frame.ts';
import { type FrameAddress, framePath } from './frame-address.ts';
import { FramedDocument } from './framed-document.tsx';
import { NotKept } from './not-kept.tsx';
import { PostForm } from './post-form.tsx';
import { reasonOf } from './refusal-messages.ts';
import type { SentFields } from './unread-form.ts';
import { WRITER } from './unsent-writer.ts';
import { WaysOn } from './ways-on.tsx';

interface FramedRefusalProps {
  readonly frame: Frame;
  readonly address: FrameAddress;
  /** The origins whose pages may show the frame. */
  readonly hosts: readonly string[];
  readonly refusal: DomainError;
  /** The form that was refused. */
  readonly sent: { readonly action: string; readonly fields: SentFields } | null;
}

/** A refusal where it is shown: in a frame, with the text that was sent, and the ways on. */
export function FramedRefusal({ frame, address, hosts, refusal, sent }: FramedRefusalProps) {
  const { t } = frame.translator;
  const { title, text } = errorWords(refusal, frame.translator);
  const back = framePath(address);
  const isUnknown = refusal.status === 401;
  return (
    <FramedDocument
      frame={frame}
      address={address}
      told={{ hosts, site: null, as: null, sso: null, path: back }}
      title={title}
    >
      <h1>{title}</h1>
      {sent?.fields['body'] ? <Again {...sent} refusal={refusal} frame={frame} /> : <p class="lead">{text}</p>}
      <div class="buttons">
        <WaysOn
          refusal={refusal}
          next={framePath({ ...address, as: address.as || null })}
          translator={frame.translator}
        />
        <a class="button quiet" href={back} target="_self">
          {t('embed.back')}
        </a>
      </div>
      {isUnknown && <NotKept inForum={null} translator={frame.translator} />}
    </FramedDocument>
  );
}

/** The text with its form, to be sent again; whoever signs in meanwhile stays on this page. */
function Again({
  action,
  fields: { body = '', as, ...others },
  refusal,
  frame: { translator },
}: NonNullable<FramedRefusalProps['sent']> & Pick<FramedRefusalProps, 'refusal' | 'frame'>) {
  const { t } = translator;
  return (
    <PostForm
      class="composer"
      action={action}
      as={as ?? null}
      target="_self"
      data-unsent={t('embed.as', { name: WRITER })}
    >
      {Object.entries(others).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <label for="unsent">{t('form.comment')}</label>
      <p class="field-error" id="unsent-error" role="alert">
        {reasonOf(refusal, translator)}
      </p>
      <textarea
        id="unsent"
        name="body"
        rows={6}
        required
        dir="auto"
        aria-invalid
        aria-describedby="unsent-error"
        defaultValue={body}
      />
      <div class="buttons">
        <button class="button" type="submit">
          {t('error.again')}
        </button>
      </div>
    </PostForm>
  );
}
